"""The borders a map is drawn from, as arrays of km, from the geographic layer's plain frames."""

from pathlib import Path

import numpy as np
import pandas as pd

from ipsdash.domain.areas import groups
from ipsdash.figures.layers import latest_teams
from ipsdash.figures.map import Borders
from ipsdash.geo.borders import inner_borders
from ipsdash.geo.places import located
from ipsdash.geo.rings import municipality_rings, neighbour_rings
from ipsdash.tables.load import Tables

XY = ["x_km", "y_km"]


def borders(folder: Path, tables: Tables, detail: str = "400m") -> Borders:
    """The borders in a folder of geometry, with the sites and Nav teams of the tables. detail: of the municipalities, 400m or 1000m.
    Raises GeometryFault."""
    return Borders(
        municipalities={area: _arrays(rows, ["part", "ring"]) for area, rows in municipality_rings(folder, detail).groupby("area_id")},
        neighbours=_arrays(neighbour_rings(folder), ["name", "part", "ring"]),
        counties=_arrays(inner_borders(folder, groups(tables.areas, "county")), ["line"]),
        sites=located(tables.sites), teams=_teams(tables), towns=_towns(tables),
    )  # fmt: skip


def _teams(tables: Tables) -> pd.DataFrame:
    """The newest Nav teams where the centre of their municipality is."""
    return latest_teams(tables.nav_teams).merge(_towns(tables), on="area_id")


def _towns(tables: Tables) -> pd.DataFrame:
    """The centre of every municipality."""
    return located(tables.areas.loc[tables.areas["kind"] == "municipality", ["area_id", "lat", "lon"]])


def _arrays(rows: pd.DataFrame, keys: list[str]) -> tuple[np.ndarray, ...]:
    return tuple(points[XY].to_numpy() for _, points in rows.groupby(keys, sort=False))
