"""Which municipality lies in which larger area.

A municipality lies in its county (column parent) and in its DPS area; a DPS area lies in a health trust, counties and
trusts in the region.
"""

import pandas as pd

UPWARDS = ("parent", "dps_area")


def ancestors(areas: pd.DataFrame) -> pd.DataFrame:
    """One row is an area inside an area that holds it, itself included: area_id, within, kind (of within)."""
    edges = pd.concat([areas[["area_id", column]].set_axis(["area_id", "within"], axis=1) for column in UPWARDS])
    step = edges.dropna().drop_duplicates()
    found = reached = areas[["area_id"]].assign(within=areas["area_id"])
    while len(reached):
        reached = reached.merge(step, left_on="within", right_on="area_id", suffixes=("", "_below"))
        reached = reached[["area_id", "within_below"]].set_axis(["area_id", "within"], axis=1).drop_duplicates()
        found = pd.concat([found, reached])
    kinds = areas.set_index("area_id")["kind"]
    found = found.drop_duplicates(ignore_index=True)
    return found.assign(kind=found["within"].map(kinds))


def municipalities_in(areas: pd.DataFrame, area_id: str) -> list[str]:
    """The ids of all municipalities of an area, in the order of the table; of a municipality: itself."""
    inside = ancestors(areas).query("within == @area_id")["area_id"]
    return areas.loc[areas["area_id"].isin(inside) & (areas["kind"] == "municipality"), "area_id"].tolist()


def groups(areas: pd.DataFrame, kind: str) -> pd.DataFrame:
    """One row is a municipality and the area of this kind it lies in: area_id, group."""
    above = ancestors(areas).query("kind == @kind")[["area_id", "within"]].set_axis(["area_id", "group"], axis=1)
    municipality = areas.loc[areas["kind"] == "municipality", ["area_id"]]
    return municipality.merge(above, how="left", validate="1:1")


def names(areas: pd.DataFrame) -> pd.Series:
    """The official name of each area in all its languages, by area_id."""
    return areas.set_index("area_id")["official_name"]
