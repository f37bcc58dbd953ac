"""The committed borders hold what data/geo/README.md promises, and the frames made from them fit together."""

import math
from pathlib import Path

import pandas as pd
import pytest
import shapely

from ipsdash.geo.borders import inner_borders
from ipsdash.geo.layers import METRES, municipalities, neighbours
from ipsdash.geo.places import containing, label_points, located
from ipsdash.geo.rings import dissolved_rings, municipality_rings, neighbour_rings

DATA = Path(__file__).parents[2] / "data"
GEO = DATA / "geo"
AREAS = pd.read_csv(DATA / "tables" / "areas.csv", dtype=str)
MUNICIPALITIES = AREAS[AREAS["kind"] == "municipality"]
SITES = pd.read_csv(DATA / "tables" / "sites.csv")
COUNTIES = MUNICIPALITIES[["area_id"]].assign(group=MUNICIPALITIES["parent"])
DPS_AREAS = MUNICIPALITIES[["area_id"]].assign(group=MUNICIPALITIES["dps_area"])
EQUAL_AREA = "EPSG:3035"
DETAILS = pytest.mark.parametrize("detail", ["400m", "1000m"])


def enclosed_km2(shapes):
    """The areas of all holes in the union of shapes in metres."""
    parts = shapely.get_parts(shapely.union_all(list(shapes)))
    return [shapely.Polygon(hole).area / 1e6 for part in parts for hole in part.interiors]


def ring_area(ring):
    """The area of one ring by the shoelace formula, in square kilometres."""
    x, y = ring["x_km"].tolist(), ring["y_km"].tolist()
    return abs(sum(x[i] * y[i + 1] - x[i + 1] * y[i] for i in range(len(x) - 1))) / 2


def land_km2(rings):
    """The area inside all rings, holes taken off."""
    by_ring = rings.groupby([rings.columns[0], "part", "ring"])
    return sum(ring_area(ring) * (-1 if number else 1) for (_, _, number), ring in by_ring)


@DETAILS
def test_each_of_the_80_municipalities_is_there_once(detail):
    assert len(MUNICIPALITIES) == 80
    assert municipalities(GEO, detail)["area_id"].tolist() == MUNICIPALITIES["area_id"].tolist()


@DETAILS
def test_every_shape_is_valid(detail):
    assert municipalities(GEO, detail).is_valid.all()


@DETAILS
def test_municipalities_meet_without_gap_or_overlap(detail):
    assert shapely.coverage_is_valid(municipalities(GEO, detail).geometry.array)


@DETAILS
def test_no_gap_shows_between_municipalities_and_neighbours(detail):
    north = municipalities(GEO, detail).geometry
    own = enclosed_km2(north)
    found = [km2 for km2 in enclosed_km2([*north, *neighbours(GEO).geometry]) if km2 not in own]
    # A tenth of a square kilometre is less than a pixel on the widest screen.
    assert max(found, default=0) < 0.1


def test_neighbours_do_not_cover_each_other():
    shapes = neighbours(GEO).geometry
    # Rounding to four decimals moves a shared line by some metres.
    assert shapes.area.sum() / 1e6 - shapely.union_all(shapes.array).area / 1e6 < 1


def test_all_neighbours_are_there_mainland_and_all():
    km2 = neighbours(GEO).set_index("name").area / 1e6
    assert set(km2.index) == {"Norway", "Sweden", "Finland", "Russia"}
    assert (km2 > 50_000).all()


def test_simplified_shapes_keep_the_area_of_the_region_within_1_per_cent():
    counted = pd.read_csv(GEO / "areas.csv")["km2"].sum()
    assert municipalities(GEO).to_crs(EQUAL_AREA).area.sum() / 1e6 == pytest.approx(counted, rel=0.01)


def test_simplified_shapes_keep_the_area_of_each_municipality_within_10_per_cent():
    counted = pd.read_csv(GEO / "areas.csv").set_index("area_id")["km2"]
    simplified = municipalities(GEO).set_index("area_id").to_crs(EQUAL_AREA).area / 1e6
    assert ((simplified / counted - 1).abs() < 0.1).all()


def test_area_of_kautokeino_is_the_official_one():
    # Statistics Norway: 9,707 square kilometres, lakes included.
    assert pd.read_csv(GEO / "areas.csv").set_index("area_id")["km2"]["municipality:5612"] == pytest.approx(9707, abs=2)


@pytest.mark.parametrize(
    ("name", "most"), [("municipalities.geojson", 400), ("municipalities-1000m.geojson", 180), ("neighbours.geojson", 150)]
)
def test_files_stay_small(name, most):
    assert (GEO / name).stat().st_size < most * 1000


def test_every_site_is_within_3_km_of_its_municipality():
    assert containing(GEO, located(SITES))["area_id"].tolist() == SITES["municipality"].tolist()


def test_every_municipality_is_in_exactly_one_dps_area():
    known = AREAS.loc[AREAS["kind"] == "dps_area", "area_id"]
    assert MUNICIPALITIES["dps_area"].isin(known).all()
    assert set(dissolved_rings(GEO, DPS_AREAS)["group"]) == set(known)


def test_dissolving_neither_loses_nor_adds_ground():
    assert land_km2(dissolved_rings(GEO, DPS_AREAS)) == pytest.approx(land_km2(municipality_rings(GEO)), rel=1e-6)


def test_dissolved_areas_have_no_hairline_holes():
    rings = dissolved_rings(GEO, DPS_AREAS)
    holes = rings[rings["ring"] > 0].groupby(["group", "part", "ring"])
    assert all(ring_area(hole) > 0.05 for _, hole in holes)


@pytest.mark.parametrize("rings", [municipality_rings(GEO), dissolved_rings(GEO, COUNTIES), neighbour_rings(GEO)])
def test_every_ring_closes_and_is_plain(rings):
    assert type(rings) is pd.DataFrame
    ends = rings.groupby([rings.columns[0], "part", "ring"])[["x_km", "y_km"]].agg(["first", "last", "size"])
    assert (ends["x_km"]["first"] == ends["x_km"]["last"]).all()
    assert (ends["y_km"]["first"] == ends["y_km"]["last"]).all()
    assert (ends["x_km"]["size"] >= 4).all()


@pytest.mark.parametrize("groups", [COUNTIES, DPS_AREAS])
def test_inner_borders_are_half_of_what_the_groups_have_more_edge_than_the_region(groups):
    rings = municipalities(GEO).merge(groups, on="area_id")
    edges = rings.dissolve("group").length.sum() - shapely.union_all(rings.geometry.array).length
    lines = inner_borders(GEO, groups)
    steps = lines.groupby("line")[["x_km", "y_km"]].diff().dropna()
    assert sum(map(math.hypot, steps["x_km"], steps["y_km"])) == pytest.approx(edges / 1000 / 2, rel=1e-4)


def test_inner_borders_are_not_on_the_coast():
    coast = shapely.union_all(municipalities(GEO).geometry.array).boundary
    for _, line in inner_borders(GEO, COUNTIES).groupby("line"):
        drawn = shapely.LineString(line[["x_km", "y_km"]].to_numpy() * 1000)
        # Only the two ends of a border reach the sea or the frontier.
        assert shapely.intersection(drawn, shapely.buffer(coast, 1)).length < 20


def test_a_name_stands_inside_the_largest_part_of_its_municipality():
    points = label_points(GEO)
    shapes = municipalities(GEO).set_index("area_id").geometry
    for row in points.itertuples():
        largest = max(shapely.get_parts(shapes[row.area_id]), key=shapely.area)
        assert shapely.contains_xy(largest, row.x_km * 1000, row.y_km * 1000), row.area_id


def test_the_central_meridian_lies_at_500_km_and_at_the_length_of_its_arc():
    found = located(pd.DataFrame({"lat": [69.0], "lon": [15.0]})).iloc[0]
    # Length of the meridian arc on GRS 80 (Snyder 1987, formula 3-21), times 0.9996.
    phi, a, e2 = math.radians(69), 6378.137, 0.00669438002290
    arc = a * (
        (1 - e2 / 4 - 3 * e2**2 / 64 - 5 * e2**3 / 256) * phi
        - (3 * e2 / 8 + 3 * e2**2 / 32 + 45 * e2**3 / 1024) * math.sin(2 * phi)
        + (15 * e2**2 / 256 + 45 * e2**3 / 1024) * math.sin(4 * phi)
        - (35 * e2**3 / 3072) * math.sin(6 * phi)
    )
    assert found["x_km"] == pytest.approx(500, abs=0.001)
    assert found["y_km"] == pytest.approx(0.9996 * arc, abs=0.002)


def test_east_is_right_and_a_missing_place_stays_missing():
    found = located(pd.DataFrame({"lat": [69.0, 69.0, None], "lon": [14.0, 16.0, 15.0]}))
    assert 500 - found["x_km"][0] == pytest.approx(found["x_km"][1] - 500, abs=0.001)
    assert found["x_km"][0] < found["x_km"][1]
    assert found[["x_km", "y_km"]].iloc[2].isna().all()


def test_all_layers_are_in_metres_of_the_same_projection():
    assert municipalities(GEO).crs == neighbours(GEO).crs == METRES
