"""How much of a straight line between two places lies over the sea."""

from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from ipsdash.geo.layers import municipalities, neighbours
from ipsdash.geo.places import located


def sea_shares(folder: Path, pairs: pd.DataFrame) -> pd.Series:
    """The share of each pair's straight line in EPSG:25833 that lies over no land, 0 to 1, in the order of `pairs`.

    pairs: lat, lon and to_lat, to_lon in degrees. Two places in one point have no sea between them. Land is the
    municipalities and their neighbours, simplified to 1,000 m. Raises GeometryFault.
    """
    ends = [located(pairs[names].set_axis(["lat", "lon"], axis=1))[["x_km", "y_km"]].to_numpy() * 1000 for names in (["lat", "lon"], ["to_lat", "to_lon"])]
    lines = shapely.linestrings(np.stack(ends, axis=1))
    lengths, dry = shapely.length(lines), np.zeros(len(lines))
    land = _land(folder)
    line, part = shapely.STRtree(land).query(lines, predicate="intersects")
    np.add.at(dry, line, shapely.length(shapely.intersection(lines[line], land[part])))
    return pd.Series(np.clip(1 - dry / np.where(lengths > 0, lengths, 1), 0, 1) * (lengths > 0), index=pairs.index)


def _land(folder: Path) -> np.ndarray:
    """Pieces of land that do not overlap: municipalities, and what neighbours have beyond them."""
    ours = municipalities(folder, "1000m").geometry.array
    beyond = shapely.difference(shapely.union_all(neighbours(folder).geometry.array), shapely.union_all(ours))
    return np.concatenate([shapely.get_parts(ours), shapely.get_parts(beyond)])
