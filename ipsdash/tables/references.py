"""Rules between tables: an id must be found where it belongs, and be an area of the right kind.

Frames here are the cells as text with numbers as floats, NA for empty and for cells that already have a fault.
A rule is silent where the table it looks into could not be read: that is one fault, not hundreds.
"""

from collections.abc import Iterable

import pandas as pd

from ipsdash.tables.assumptions import scenario_values
from ipsdash.tables.columns import KINDS
from ipsdash.tables.faults import Fault, nearest
from ipsdash.tables.rows import MUNICIPALITY, SITE, Reference
from ipsdash.tables.schemas import references_of

# The kind of area each kind lies in. DPS areas belong to health trusts, municipalities to counties.
PARENT = {"region": "country", "county": "region", "trust": "region", "dps_area": "trust", "municipality": "county"}
UNKNOWN = {  # rule, and the cure when no known id is alike
    "areas": ("unknown_area", "add_area"),
    "sites": ("unknown_site", "add_site"),
    "sources": ("unknown_source", "add_source"),
}


def reference_faults(frames: dict[str, pd.DataFrame], files: dict[str, str]) -> Iterable[Fault]:
    """Unknown areas, sites and sources, and areas of the wrong kind, in all tables."""
    for table, frame in frames.items():
        for name, reference in references_of(table).items():
            known = _known(frames, reference)
            if name in frame and known:
                yield from _unknown(frame[name], files[table], reference, known)
    areas = frames.get("areas", pd.DataFrame())
    if {"area_id", "kind", "parent"} <= set(areas):
        yield from _parents(areas, files["areas"])
    if "kind" in areas:
        yield from _of_municipalities(areas, files["areas"])
    if {"assumption", "value"} <= set(frames.get("scenarios", ())) and {"assumption", "least", "most"} <= set(frames.get("assumptions", ())):
        yield from scenario_values(frames["scenarios"], frames["assumptions"], files["scenarios"])
    if "origin" in frames.get("travel", ()):
        yield from _origins(frames["travel"], files["travel"], {**_known(frames, SITE), **_known(frames, MUNICIPALITY)})


def _known(frames: dict[str, pd.DataFrame], reference: Reference) -> dict[str, str | None]:
    """Id -> kind of area (None for other tables and for kinds that are faults themselves)."""
    frame = frames.get(reference.table)
    if frame is None or reference.column not in frame:
        return {}
    kinds = frame["kind"] if "kind" in frame else pd.Series(None, index=frame.index, dtype="str")
    return {key: kind if kind in KINDS else None for key, kind in zip(frame[reference.column], kinds) if pd.notna(key)}


def _unknown(cells: pd.Series, file: str, reference: Reference, known: dict[str, str | None]) -> Iterable[Fault]:
    for row, text in cells.dropna().items():
        unknown = [word for word in (text.split() if reference.several else [text]) if word not in known]
        if unknown:
            meant = nearest(unknown[0], [key for key, kind in known.items() if reference.kind in (None, kind)])
            values = {"unknown": " ".join(unknown)} | ({"nearest": meant} if meant else {})
            rule, cure = UNKNOWN[reference.table]
            yield Fault(file, row, cells.name, None, rule, "did_you_mean" if meant else cure, values)
        elif reference.kind and known[text] not in (None, reference.kind):
            yield _wrong_kind(file, row, cells.name, known[text], reference.kind)


def _wrong_kind(file: str, row: int, column: str, kind: str, wanted: str) -> Fault:
    return Fault(file, row, column, None, "wrong_kind", "pick_area_of_kind", {"kind": kind, "wanted": wanted})


def _parents(areas: pd.DataFrame, file: str) -> Iterable[Fault]:
    """Each area lies in an area of the next kind up, the country in none."""
    kinds = dict(zip(areas["area_id"], areas["kind"]))
    for row, kind, parent in areas.loc[areas["kind"].isin(KINDS), ["kind", "parent"]].itertuples():
        wanted = PARENT.get(kind)
        if wanted and pd.isna(parent):
            yield Fault(file, row, "parent", None, "parent_missing", "fill_parent", {"kind": kind, "wanted": wanted})
        elif not wanted and pd.notna(parent):
            yield Fault(file, row, "parent", None, "must_be_empty", "clear_cell", {"kind": kind})
        elif wanted and kinds.get(parent) in KINDS and kinds[parent] != wanted:
            yield _wrong_kind(file, row, "parent", kinds[parent], wanted)


def _of_municipalities(areas: pd.DataFrame, file: str) -> Iterable[Fault]:
    """A municipality has a DPS area, and coordinates to measure distances from; no other area has a DPS area."""
    is_municipality = areas["kind"] == "municipality"
    needed = {"dps_area": ("dps_area_missing", "fill_dps_area")} | dict.fromkeys(["lat", "lon"], ("empty_cell", "fill_cell"))
    for name, (rule, cure) in needed.items():
        if name in areas:
            for row in areas.index[is_municipality & areas[name].isna()]:
                yield Fault(file, row, name, None, rule, cure)
    if "dps_area" in areas:
        for row, kind in areas.loc[areas["kind"].isin(KINDS) & ~is_municipality & areas["dps_area"].notna(), "kind"].items():
            yield Fault(file, row, "dps_area", None, "must_be_empty", "clear_cell", {"kind": kind})


def _origins(travel: pd.DataFrame, file: str, known: dict[str, str | None]) -> Iterable[Fault]:
    """Travel begins at a site or in a municipality."""
    for row, origin in travel["origin"].dropna().items():
        if known and known.get(origin, "") not in (None, "municipality"):
            meant = nearest(origin, [one for one, kind in known.items() if kind in (None, "municipality")])
            values = {"unknown": origin} | ({"nearest": meant} if meant else {})
            yield Fault(file, row, "origin", None, "unknown_origin", "did_you_mean" if meant else "add_site", values)
