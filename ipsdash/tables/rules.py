"""Rules about rows: what cells of one row say together, and rows of one table that contradict each other.

Each rule is a function from a frame and its file's name to faults. Frames are text with numbers as floats,
NA for empty and for cells that already have a fault: every rule passes over NA. `load` adds the cell as written.
`RULES` says which columns a rule reads; where one is missing the rule is silent, for that is a fault of its own.
"""

import re
from collections.abc import Iterable

import pandas as pd

from ipsdash.tables import assumptions, dates
from ipsdash.tables.columns import COLUMNS, INDICATORS, UNITS
from ipsdash.tables.faults import Fault
from ipsdash.tables.schemas import TABLES, key_of, references_of

NORTH, EAST, YEAR = UNITS["degrees_north"], UNITS["degrees_east"], UNITS["year"]
ID = re.compile(r"[a-z0-9][a-z0-9._:-]*")  # ids stand in links, and several sources stand in a cell with a space between


def row_faults(frames: dict[str, pd.DataFrame], files: dict[str, str]) -> Iterable[Fault]:
    """The faults of all rules in all tables that have their columns."""
    for table, frame in frames.items():
        yield from duplicates(frame, files[table], table)
        yield from strange_ids(frame, files[table], table)
        for rule, columns in RULES.items():
            if set(columns) <= set(frame):
                yield from rule(frame, files[table])
    if {"area_id", "kind", "name"} <= set(frames.get("areas", ())) and {"area_id", "year"} <= set(frames.get("population", ())):
        yield from gaps_in_population(frames["areas"], frames["population"], files["population"])
    if "assumption" in frames.get("assumptions", ()):
        yield from assumptions.missing(frames["assumptions"], files["assumptions"])


def duplicates(frame: pd.DataFrame, file: str, table: str) -> Iterable[Fault]:
    """Two rows with one key; the fault stands at the later one. Empty cells where a key may be empty are alike."""
    key = list(key_of(table))
    if not set(key) <= set(frame):
        return
    schema = TABLES[table].to_schema()
    rows = frame.dropna(subset=[name for name in key if not schema.columns[name].nullable])[key].astype(object).fillna("")
    again = rows.duplicated()
    first = {tuple(ids): row for row, *ids in rows[~again].itertuples()} if again.any() else {}
    for row, *ids in rows[again].itertuples():
        words = [f"{each:g}" if isinstance(each, float) else each for each in ids if each != ""]
        values = {"key": ", ".join(key), "ids": ", ".join(words), "earlier": first[tuple(ids)]}
        yield Fault(file, row, key[0], None, "duplicate_key", "keep_one_row", values)


def strange_ids(frame: pd.DataFrame, file: str, table: str) -> Iterable[Fault]:
    """A table's own ids are small letters a-z, digits and . _ : - only."""
    own = [name for name in key_of(table) if COLUMNS[name].kind == "id" and name not in references_of(table)]
    for name in set(own) & set(frame):
        for row, text in frame[name].dropna().items():
            if not ID.fullmatch(text):
                yield Fault(file, row, name, None, "id_format", "write_id")


def gaps_in_population(areas: pd.DataFrame, population: pd.DataFrame, file: str) -> Iterable[Fault]:
    """Each municipality has inhabitants in each year of the table; without, sums would be too low and nobody would see it.

    One fault per year. A year with an unknown area is passed over: that area is most likely the missing one.
    """
    municipalities = areas[areas["kind"] == "municipality"].dropna(subset=["area_id"]).set_index("area_id")["name"]
    for year, rows in population[population["year"].between(YEAR.low, YEAR.high)].groupby("year"):
        missing = municipalities.drop(rows["area_id"], errors="ignore")
        if len(missing) and set(rows["area_id"]) <= set(municipalities.index):
            values = {"count": len(missing), "area_id": missing.index[0], "name": missing.iloc[0], "year": int(year)}
            yield Fault(file, None, "area_id", None, "population_missing", "add_row", values)


def two_sites_at_one_date(catchments: pd.DataFrame, file: str) -> Iterable[Fault]:
    """A municipality belongs to at most one site at a date. "2019" and "2019-01-01" are the same day."""
    rows = catchments[catchments["valid_from"].map(dates.is_good).astype(bool)].dropna(subset=["area_id"]).fillna({"site_id": ""})
    first: dict[tuple[str, str], tuple[int, str]] = {}
    for row, area_id, site_id, valid_from in rows[["area_id", "site_id", "valid_from"]].itertuples():
        earlier, other = first.setdefault((area_id, dates.first_day(valid_from)), (row, site_id))
        if other != site_id:
            values = {"area_id": area_id, "date": valid_from, "earlier": earlier}
            yield Fault(file, row, "site_id", None, "two_sites_at_one_date", "keep_one_site", values)


def due_before_set(goals: pd.DataFrame, file: str) -> Iterable[Fault]:
    """A goal is due after it was set; due the same day it would have no duration and no pace."""
    for row, set_on, due_on in goals[["set_on", "due_on"]].itertuples():
        if dates.is_good(set_on) and dates.is_good(due_on) and dates.first_day(due_on) <= dates.first_day(set_on):
            yield Fault(file, row, "due_on", None, "due_before_set", "mend_goal_dates", {"set_on": set_on})


def closed_before_opened(sites: pd.DataFrame, file: str) -> Iterable[Fault]:
    """A site closes after it opened, as far as the precision of the two dates tells."""
    for row, opened, closed in sites[["opened", "closed"]].itertuples():
        if dates.is_good(opened) and dates.is_good(closed) and dates.is_before(closed, opened):
            yield Fault(file, row, "closed", None, "closed_before_opened", "mend_site_dates", {"opened": opened})


def area_or_site(observations: pd.DataFrame, file: str) -> Iterable[Fault]:
    """An observation is about one area or one site."""
    filled = observations[["area_id", "site_id"]].notna()
    for row, area_id, site_id in filled.itertuples():
        if area_id == site_id:
            rule, cure = ("both_area_and_site", "clear_one") if area_id else ("neither_area_nor_site", "fill_one")
            yield Fault(file, row, "area_id", None, rule, cure)


def misplaced(places: pd.DataFrame, file: str) -> Iterable[Fault]:
    """Coordinates outside Northern Norway, or north and east swapped: then one fault names the cure at once."""
    for row, lat, lon in places[["lat", "lon"]].itertuples():
        if NORTH.low <= lon <= NORTH.high and EAST.low <= lat <= EAST.high:
            yield Fault(file, row, "lat", None, "coordinates_swapped", "swap_coordinates", {"lat": lon, "lon": lat})
            continue
        for column, degrees, unit in (("lat", lat, NORTH), ("lon", lon, EAST)):
            if degrees < unit.low or degrees > unit.high:
                values = {"low": unit.low, "high": unit.high}
                yield Fault(file, row, column, None, "coordinates_outside", "write_coordinates", values)


def value_out_of_range(frame: pd.DataFrame, file: str) -> Iterable[Fault]:
    """A value within the limits of its unit; a share has its own rule, for 35 is mostly meant as 0.35."""
    for row, value, unit in frame[["value", "unit"]].itertuples():
        limits = UNITS.get(unit)
        if limits and (value < limits.low or value > limits.high):
            rule, cure = ("share_outside", "write_share") if unit == "share" else ("out_of_range", "write_within")
            yield Fault(file, row, "value", None, rule, cure, {"low": limits.low, "high": limits.high})


def wrong_unit(frame: pd.DataFrame, file: str) -> Iterable[Fault]:
    """Each indicator has one unit."""
    for row, indicator, unit in frame[["indicator", "unit"]].itertuples():
        wanted = INDICATORS.get(indicator)
        if wanted and unit in UNITS and unit != wanted:
            values = {"indicator": indicator, "wanted": wanted}
            yield Fault(file, row, "unit", None, "wrong_unit", "write_unit", values)


def caseload_balance(service: pd.DataFrame, file: str) -> Iterable[Fault]:
    """The caseload at the end is that of the quarter before, with those who started and without those who were closed (METHOD section 6)."""
    ends = {(site, quarter): caseload for site, quarter, caseload in service[["site_id", "quarter", "caseload"]].itertuples(index=False)}
    for row, site, quarter, started, closed, caseload in service[["site_id", "quarter", "started", "closed_cases", "caseload"]].itertuples():
        before = ends.get((site, dates.quarter_before(quarter))) if isinstance(quarter, str) and dates.is_quarter(quarter) else None
        numbers = (before, started, closed, caseload)
        if all(pd.notna(one) and one is not None for one in numbers) and before + started - closed != caseload:
            values = {"before": int(before), "started": int(started), "closed": int(closed), "expected": int(before + started - closed)}
            yield Fault(file, row, "caseload", None, "caseload_balance", "mend_caseload", values)


def score_of_its_kind(fidelity: pd.DataFrame, file: str) -> Iterable[Fault]:
    """An item is scored 1 to 5, a whole review 25 to 125 and as the sum of its items where all 25 are given."""
    for row, item, score in fidelity[["item", "score"]].itertuples():
        low, high = (1, 5) if pd.notna(item) else (25, 125)
        if pd.notna(score) and not low <= score <= high:
            yield Fault(file, row, "score", None, "score_outside", "write_score", {"low": low, "high": high})
    if {"site_id", "date"} <= set(fidelity):
        for _, review in fidelity.groupby(["site_id", "date"], sort=False):
            items, whole = review[review["item"].notna()], review[review["item"].isna()]
            if len(items) == 25 and len(whole) == 1 and items["score"].sum() != whole["score"].iloc[0]:
                yield Fault(file, whole.index[0], "score", None, "score_sum", "mend_score", {"sum": int(items["score"].sum())})


def part_above_whole(population: pd.DataFrame, file: str) -> Iterable[Fault]:
    """Those aged 18-66 are some of all inhabitants."""
    above = population[population["population_18_66"] > population["population"]]
    for row, whole in above["population"].items():
        yield Fault(file, row, "population_18_66", None, "part_above_whole", "mend_population", {"whole": int(whole)})


RULES = {
    two_sites_at_one_date: ("area_id", "site_id", "valid_from"),
    due_before_set: ("set_on", "due_on"),
    closed_before_opened: ("opened", "closed"),
    area_or_site: ("date", "area_id", "site_id", "indicator"),
    misplaced: ("lat", "lon"),
    value_out_of_range: ("value", "unit"),
    wrong_unit: ("indicator", "unit"),
    part_above_whole: ("population", "population_18_66"),
    caseload_balance: ("site_id", "quarter", "started", "closed_cases", "caseload"),
    score_of_its_kind: ("item", "score"),
    **assumptions.RULES,
}
