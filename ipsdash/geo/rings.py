"""Areas as rings of points.

One row of every frame of rings is a point: x_km and y_km in kilometres of EPSG:25833, to the metre. Points of one
ring follow each other, the last is the first again. `part` counts the islands of an area; `ring` is 0 for the
outer edge of a part and 1, 2, ... for holes in it.
"""

from pathlib import Path

import geopandas
import pandas as pd
import shapely

from ipsdash.geo.faults import GeometryFault
from ipsdash.geo.layers import municipalities, neighbours


def municipality_rings(folder: Path, detail: str = "400m") -> pd.DataFrame:
    """One row is a point on the edge of a municipality: area_id, part, ring, x_km, y_km. Raises GeometryFault.

    detail: 400m, or 1000m where speed counts more than the shape of an island.
    """
    return rings(municipalities(folder, detail), "area_id")


def dissolved_rings(folder: Path, groups: pd.DataFrame) -> pd.DataFrame:
    """One row is a point on the edge of a group of municipalities: group, part, ring, x_km, y_km. Raises GeometryFault.

    groups: one row is a municipality and its group (area_id, group); one without a group is in none.
    """
    return rings(dissolved(folder, groups), "group")


def neighbour_rings(folder: Path) -> pd.DataFrame:
    """One row is a point on the edge of a country around the region: name, part, ring, x_km, y_km. Raises GeometryFault.

    Neighbours reach a kilometre in under the municipalities: draw them first.
    """
    return rings(neighbours(folder), "name")


def dissolved(folder: Path, groups: pd.DataFrame) -> geopandas.GeoDataFrame:
    """One row is a group in the order of `groups`: group, geometry in metres. Raises GeometryFault."""
    layer = municipalities(folder)
    wanted = groups[["area_id", "group"]].dropna()
    missing = wanted.loc[~wanted["area_id"].isin(layer["area_id"]), "area_id"]
    if len(missing):
        raise GeometryFault("areas_missing", {"folder": Path(folder).name, "area_ids": missing.tolist()})
    grouped = layer.merge(wanted, on="area_id").dissolve("group")[["geometry"]]
    return grouped.loc[wanted["group"].unique()].reset_index()


def rings(layer: geopandas.GeoDataFrame, name: str) -> pd.DataFrame:
    """One row is a point: the column `name` of the layer, part, ring, x_km, y_km."""
    parts, area = shapely.get_parts(layer.geometry.array, return_index=True)
    edges, part = shapely.get_rings(parts, return_index=True)
    points, edge = shapely.get_coordinates(edges, return_index=True)
    part_in_area = pd.Series(area).groupby(area).cumcount().to_numpy()
    ring_in_part = pd.Series(part).groupby(part).cumcount().to_numpy()
    x_km, y_km = (points / 1000).round(3).T
    of_point = part[edge]
    return pd.DataFrame({
        name: layer[name].to_numpy()[area[of_point]], "part": part_in_area[of_point], "ring": ring_in_part[edge],
        "x_km": x_km, "y_km": y_km,
    })  # fmt: skip
