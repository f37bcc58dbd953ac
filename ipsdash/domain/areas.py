"""Which municipality lies in which larger area.

A municipality lies in its county (column parent) and in its DPS area; a DPS area lies in a health trust, counties and
trusts in the region.
"""

import pandas as pd

UPWARDS = ("parent", "dps_area")


def ancestors(areas: pd.DataFrame) -> pd.DataFrame:
    """One row is an area inside an area that holds it, itself included: area_id, within, kind (of within)."""
    upwards = {area: [one for one in above if isinstance(one, str)] for area, *above in areas[["area_id", *UPWARDS]].itertuples(index=False)}
    kinds = dict(zip(areas["area_id"], areas["kind"]))
    # Plain loops: a tenth of the time that joins of frames take.
    pairs = [(area, within, kinds[within]) for area in upwards for within in _reached(area, upwards)]
    return pd.DataFrame(pairs, columns=["area_id", "within", "kind"])


def _reached(area: str, upwards: dict[str, list[str]]) -> list[str]:
    """An area and all that hold it, each once, from the nearest on."""
    found = [area]
    for one in found:
        found += [above for above in upwards[one] if above not in found]
    return found


def municipalities_in(areas: pd.DataFrame, area_id: str) -> list[str]:
    """The ids of all municipalities of an area, in the order of the table; of a municipality: itself."""
    above = ancestors(areas)
    inside = above.loc[above["within"] == area_id, "area_id"]
    return areas.loc[areas["area_id"].isin(inside) & (areas["kind"] == "municipality"), "area_id"].tolist()


def groups(areas: pd.DataFrame, kind: str) -> pd.DataFrame:
    """One row is a municipality and the area of this kind it lies in: area_id, group."""
    above = ancestors(areas).query("kind == @kind")[["area_id", "within"]].set_axis(["area_id", "group"], axis=1)
    municipality = areas.loc[areas["kind"] == "municipality", ["area_id"]]
    return municipality.merge(above, how="left", validate="1:1")


def names(areas: pd.DataFrame) -> pd.Series:
    """The official name of each area in all its languages, by area_id."""
    return areas.set_index("area_id")["official_name"]
