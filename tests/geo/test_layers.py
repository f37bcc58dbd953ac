"""A reader's own layer: what is taken, what is refused. Small squares, in metres of EPSG:25833 unless stated."""

import json

import geopandas
import pandas as pd
import pytest
import shapely

from ipsdash.geo.borders import inner_borders
from ipsdash.geo.faults import GeometryFault
from ipsdash.geo.layers import municipality_layer
from ipsdash.geo.places import containing, label_points
from ipsdash.geo.rings import dissolved_rings, municipality_rings

WEST, EAST = shapely.box(500_000, 7_600_000, 510_000, 7_610_000), shapely.box(510_000, 7_600_000, 520_000, 7_610_000)
BOTH = pd.DataFrame({"area_id": ["municipality:1804", "municipality:5501"], "group": ["west", "east"]})


def written(path, shapes=(WEST, EAST), crs="EPSG:25833", **columns):
    """Writes a layer of these shapes and columns to a file and gives its path."""
    columns = columns or {"kommunenr": [1804, 5501]}
    geopandas.GeoDataFrame(columns, geometry=list(shapes), crs=crs).to_file(path)
    return path


def fault(path):
    """The fault that reading the layer raises."""
    with pytest.raises(GeometryFault) as raised:
        municipality_layer(path)
    return raised.value


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "shp", "fgb"])
def test_any_common_format_is_read(tmp_path, ending):
    written(tmp_path / f"municipalities.{ending}")
    rings = municipality_rings(tmp_path)
    assert set(rings["area_id"]) == {"municipality:1804", "municipality:5501"}
    assert (rings["x_km"].min(), rings["x_km"].max(), rings["y_km"].min()) == pytest.approx((500, 520, 7600), abs=0.001)


def test_a_shapefile_cuts_the_column_name_and_is_read_all_the_same(tmp_path):
    assert len(municipality_layer(written(tmp_path / "own.shp", kommunenum=[1804, 5501]))) == 2


@pytest.mark.parametrize("numbers", [[1804, 5501], [1804.0, 5501.0], ["1804", "5501"], ["municipality:1804", "municipality:5501"]])
def test_a_number_is_a_number_however_written(tmp_path, numbers):
    layer = municipality_layer(written(tmp_path / "own.gpkg", KOMMUNENR=numbers))
    assert layer["area_id"].tolist() == ["municipality:1804", "municipality:5501"]


def test_a_leading_zero_lost_in_a_spreadsheet_comes_back(tmp_path):
    assert municipality_layer(written(tmp_path / "own.gpkg", knr=[301, 5501]))["area_id"][0] == "municipality:0301"


def test_any_stated_projection_comes_out_in_the_same_place(tmp_path):
    squares = geopandas.GeoSeries([WEST, EAST], crs="EPSG:25833").to_crs("EPSG:25835")
    layer = municipality_layer(written(tmp_path / "own.gpkg", squares, "EPSG:25835"))
    assert layer.total_bounds == pytest.approx([500_000, 7_600_000, 520_000, 7_610_000], abs=1)


def test_rows_of_one_number_are_one_municipality(tmp_path):
    layer = municipality_layer(written(tmp_path / "own.gpkg", kommunenummer=[1804, 1804]))
    assert layer["area_id"].tolist() == ["municipality:1804"]
    assert layer.area.tolist() == [2 * 10_000**2]


def test_the_layer_with_numbers_is_taken_from_a_file_of_several(tmp_path):
    path = tmp_path / "own.gpkg"
    geopandas.GeoDataFrame({"fylke": ["Nordland"]}, geometry=[WEST], crs="EPSG:25833").to_file(path, layer="fylker")
    geopandas.GeoDataFrame({"kommunenummer": [5501]}, geometry=[EAST], crs="EPSG:25833").to_file(path, layer="kommuner")
    assert municipality_layer(path)["area_id"].tolist() == ["municipality:5501"]


def test_a_hole_is_a_ring_of_its_own(tmp_path):
    hole = shapely.box(503_000, 7_603_000, 504_000, 7_604_000)
    written(tmp_path / "municipalities.gpkg", [WEST - hole, EAST])
    rings = municipality_rings(tmp_path).query("ring == 1")
    assert set(zip(rings["x_km"], rings["y_km"])) == {(503, 7603), (504, 7603), (504, 7604), (503, 7604)}


def test_points_are_kept_to_the_metre(tmp_path):
    written(tmp_path / "municipalities.gpkg", [shapely.box(500_001, 7_600_002, 510_003, 7_610_004), EAST])
    west = municipality_rings(tmp_path).query("area_id == 'municipality:1804'")
    assert set(zip(west["x_km"], west["y_km"])) == {(x, y) for x in (500.001, 510.003) for y in (7600.002, 7610.004)}


def test_a_bow_tie_is_mended(tmp_path):
    corners = [(500_000, 7_600_000), (510_000, 7_610_000), (510_000, 7_600_000), (500_000, 7_610_000)]
    layer = municipality_layer(written(tmp_path / "own.gpkg", [shapely.Polygon(corners), EAST]))
    assert layer.is_valid.all()


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_layer_without_projection_is_refused(tmp_path):
    found = fault(written(tmp_path / "own.shp", crs=None))
    assert (found.code, found.values) == ("no_projection", {"file": "own.shp"})


def test_metres_that_pass_for_degrees_are_refused(tmp_path):
    features = [{"type": "Feature", "properties": {"kommunenummer": 1804}, "geometry": shapely.geometry.mapping(WEST)}]
    (tmp_path / "own.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert fault(tmp_path / "own.geojson").code == "no_projection"


def test_a_layer_without_numbers_is_refused_and_its_columns_named(tmp_path):
    found = fault(written(tmp_path / "own.gpkg", navn=["Bodø", "Tromsø"]))
    assert (found.code, found.values) == ("no_number", {"file": "own.gpkg", "columns": ["navn"]})


@pytest.mark.parametrize("wrong", ["Bodø", "18", "18041", None])
def test_a_number_that_is_none_is_refused_and_named(tmp_path, wrong):
    found = fault(written(tmp_path / "own.gpkg", kommunenummer=[wrong, "5501"]))
    assert (found.code, found.values["numbers"]) == ("bad_number", [wrong or ""])


def test_lines_are_refused(tmp_path):
    found = fault(written(tmp_path / "own.gpkg", [WEST.boundary, EAST.boundary]))
    assert (found.code, found.values["rows"]) == ("not_polygons", 2)


def test_a_table_without_shapes_is_refused(tmp_path):
    (tmp_path / "own.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    assert fault(tmp_path / "own.geojson").code == "not_polygons"


@pytest.mark.parametrize("content", ["", "not a map", "{}"])
def test_a_file_that_is_no_layer_is_refused(tmp_path, content):
    (tmp_path / "own.geojson").write_text(content)
    assert fault(tmp_path / "own.geojson").code == "unreadable_layer"


def test_a_folder_without_layer_is_refused(tmp_path):
    with pytest.raises(GeometryFault) as raised:
        municipality_rings(tmp_path)
    assert (raised.value.code, raised.value.values["name"]) == ("no_layer", "municipalities")


def test_two_layers_of_one_name_are_refused(tmp_path):
    written(tmp_path / "municipalities.gpkg")
    written(tmp_path / "municipalities.geojson")
    with pytest.raises(GeometryFault) as raised:
        municipality_rings(tmp_path)
    assert raised.value.values["names"] == ["municipalities.geojson", "municipalities.gpkg"]


def test_an_unknown_detail_is_refused(tmp_path):
    with pytest.raises(GeometryFault) as raised:
        municipality_rings(tmp_path, "10m")
    assert raised.value.code == "unknown_detail"


def test_a_municipality_without_shape_is_named(tmp_path):
    written(tmp_path / "municipalities.gpkg")
    more = pd.concat([BOTH, pd.DataFrame({"area_id": ["municipality:9999"], "group": ["east"]})])
    with pytest.raises(GeometryFault) as raised:
        dissolved_rings(tmp_path, more)
    assert (raised.value.code, raised.value.values["area_ids"]) == ("areas_missing", ["municipality:9999"])


def test_groups_come_in_their_own_order(tmp_path):
    written(tmp_path / "municipalities.gpkg")
    assert dissolved_rings(tmp_path, BOTH)["group"].unique().tolist() == ["west", "east"]


def test_the_border_of_two_squares_is_their_common_side(tmp_path):
    written(tmp_path / "municipalities.gpkg")
    line = inner_borders(tmp_path, BOTH)
    assert set(zip(line["line"], line["x_km"], line["y_km"])) == {(0, 510, 7600), (0, 510, 7610)}


def test_one_group_has_no_inner_border(tmp_path):
    written(tmp_path / "municipalities.gpkg")
    assert inner_borders(tmp_path, BOTH.assign(group="one")).empty


def test_a_place_belongs_to_the_municipality_around_it_or_near_it(tmp_path):
    written(tmp_path / "municipalities.gpkg")
    points = pd.DataFrame({"x_km": [None, 505, 522, 524], "y_km": [7605, 7605, 7605, 7605]}, index=[7, 7, 3, 1])
    found = containing(tmp_path, points)
    assert found["area_id"].fillna("").tolist() == ["", "municipality:1804", "municipality:5501", ""]
    assert found["km"].fillna(-1).tolist() == [-1, 0, 2, -1]


def test_a_name_stands_far_from_every_edge(tmp_path):
    written(tmp_path / "municipalities.gpkg")
    point = label_points(tmp_path).iloc[0]
    assert (point["x_km"], point["y_km"]) == pytest.approx((505, 7605), abs=0.5)
