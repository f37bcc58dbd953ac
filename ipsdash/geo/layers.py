"""Reads layers of polygons, ours or a reader's own, into EPSG:25833 metres."""

from pathlib import Path

import geopandas
import shapely
from pyogrio.errors import DataSourceError

from ipsdash.geo.faults import GeometryFault

METRES = "EPSG:25833"
NAMES = {"400m": "municipalities", "1000m": "municipalities-1000m"}
ENDINGS = {".geojson", ".json", ".gpkg", ".gml", ".shp", ".fgb"}
# What makers call the municipality number, in small letters; a Shapefile keeps ten of them.
NUMBER_COLUMNS = ("area_id", "kommunenummer", "kommunenum", "kommunenr", "komm_nr", "komnr", "knr", "municipality_number")


def municipalities(folder: Path, detail: str = "400m") -> geopandas.GeoDataFrame:
    """One row is a municipality: area_id, geometry. detail: 400m or 1000m. Raises GeometryFault."""
    if detail not in NAMES:
        raise GeometryFault("unknown_detail", {"detail": detail, "known": list(NAMES)})
    return municipality_layer(only_file(folder, NAMES[detail]))


def neighbours(folder: Path) -> geopandas.GeoDataFrame:
    """One row is a country around the region, Norway without the region among them: name, geometry. Raises GeometryFault."""
    path = only_file(folder, "neighbours")
    return polygons(read(path), path)[["name", "geometry"]]


def only_file(folder: Path, name: str) -> Path:
    """The one layer called `name` in the folder, whatever its format. Raises GeometryFault for none or several."""
    found = sorted(path for path in Path(folder).glob(f"{name}.*") if path.suffix.lower() in ENDINGS)
    if not found:
        raise GeometryFault("no_layer", {"folder": Path(folder).name, "name": name})
    if len(found) > 1:
        raise GeometryFault("several_layers", {"folder": Path(folder).name, "names": [path.name for path in found]})
    return found[0]


def municipality_layer(path: Path) -> geopandas.GeoDataFrame:
    """One row is a municipality of any layer with a number and a stated projection: area_id, geometry. Raises GeometryFault.

    Rows with the same number are one municipality (some makers write one row per island).
    """
    path = Path(path)
    layer = polygons(read(path), path)
    rows = geopandas.GeoDataFrame({"area_id": area_ids(layer, path)}, geometry=layer.geometry.array)
    return rows if rows["area_id"].is_unique else rows.dissolve("area_id", sort=False).reset_index()


def read(path: Path) -> geopandas.GeoDataFrame:
    """The layer of a file as it is; of several layers the one with municipality numbers. Raises GeometryFault."""
    try:
        every = [geopandas.read_file(path, layer=name) for name in geopandas.list_layers(path)["name"]]
    except DataSourceError as reason:
        raise GeometryFault("unreadable_layer", {"file": path.name}) from reason
    shapes = [layer for layer in every if isinstance(layer, geopandas.GeoDataFrame)]
    if not shapes:
        raise GeometryFault("not_polygons", {"file": path.name, "rows": sum(map(len, every))})
    return next((layer for layer in shapes if number_column(layer)), shapes[0])


def polygons(layer: geopandas.GeoDataFrame, path: Path) -> geopandas.GeoDataFrame:
    """The layer in EPSG:25833 metres, flat and valid. Raises GeometryFault."""
    wrong = ~layer.geom_type.isin(["Polygon", "MultiPolygon"])
    if wrong.any() or layer.empty:
        raise GeometryFault("not_polygons", {"file": path.name, "rows": int(wrong.sum())})
    if not projected(layer):
        raise GeometryFault("no_projection", {"file": path.name})
    metres = layer.set_geometry(shapely.force_2d(layer.geometry.array)).to_crs(METRES)
    return metres.set_geometry(metres.make_valid(method="structure", keep_collapsed=False))


def projected(layer: geopandas.GeoDataFrame) -> bool:
    """Whether the layer states its projection, believably.

    GeoJSON is in degrees by its standard, so metres without a stated projection arrive as impossible degrees.
    """
    west, south, east, north = layer.total_bounds
    return layer.crs is not None and (not layer.crs.is_geographic or (-180 <= west <= east <= 180 and -90 <= south <= north <= 90))


def number_column(layer: geopandas.GeoDataFrame) -> str | None:
    """The column with the municipality number, or None."""
    by_small = {name.lower(): name for name in layer.columns}
    return next((by_small[name] for name in NUMBER_COLUMNS if name in by_small), None)


def area_ids(layer: geopandas.GeoDataFrame, path: Path) -> list[str]:
    """The area_id of each row, made from its number: 1804, 1804.0 and "1804" are municipality:1804. Raises GeometryFault."""
    column = number_column(layer)
    if column is None:
        raise GeometryFault("no_number", {"file": path.name, "columns": [name for name in layer if name != "geometry"]})
    written = layer[column].astype("string").fillna("")
    numbers = written.str.extract(r"^(?:municipality:)?(\d{3,4})(?:\.0)?$")[0].str.zfill(4)
    if numbers.isna().any():
        raise GeometryFault("bad_number", {"file": path.name, "numbers": written[numbers.isna()].unique().tolist()})
    return ("municipality:" + numbers).tolist()
