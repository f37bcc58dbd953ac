"""Lines where two groups of municipalities meet."""

import itertools
from pathlib import Path

import pandas as pd
import shapely

from ipsdash.geo.rings import dissolved


def inner_borders(folder: Path, groups: pd.DataFrame) -> pd.DataFrame:
    """One row is a point on a line between two groups, never on the coast or the edge of the region: line, x_km, y_km.

    x_km, y_km in kilometres of EPSG:25833, to the metre; points of one line follow each other.
    groups: one row is a municipality and its group (area_id, group). Raises GeometryFault.
    """
    edges = shapely.boundary(dissolved(folder, groups).geometry.array)
    shared = [shapely.intersection(one, other) for one, other in itertools.combinations(edges, 2)]
    pieces = shapely.get_parts(shapely.get_parts(shared))
    lines = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(pieces[shapely.get_dimensions(pieces) == 1])))
    points, line = shapely.get_coordinates(lines, return_index=True)
    x_km, y_km = (points / 1000).round(3).T
    return pd.DataFrame({"line": line, "x_km": x_km, "y_km": y_km})
