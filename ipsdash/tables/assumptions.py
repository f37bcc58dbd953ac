"""Rules about assumptions and about scenarios, which set them. A frame and its file's name in, faults out, as in `rules`."""

from collections.abc import Iterable
from numbers import Real

import pandas as pd

from ipsdash.tables.columns import ASSUMPTIONS, OPTIONS, UNITS
from ipsdash.tables.faults import Fault


# What decides which counts of people are hidden (METHOD section 7).
DISCLOSURE_LIMITS = ("small_count", "possible_values", "one_person")


def range_reversed(frame: pd.DataFrame, file: str) -> Iterable[Fault]:
    """The low end of a range is not above its high end, and the least a reader may choose not above the most."""
    for low, high in (("low", "high"), ("least", "most")):
        for row, least in frame.loc[frame[low] > frame[high], low].items():
            yield Fault(file, row, high, None, "range_reversed", "swap_range", {"low": f"{least:g}"})


def value_outside_range(frame: pd.DataFrame, file: str) -> Iterable[Fault]:
    """The value lies within its own range, and within what a reader may choose."""
    for low, high in (("low", "high"), ("least", "most")):
        outside = ((frame["value"] < frame[low]) | (frame["value"] > frame[high])) & (frame[low] <= frame[high])
        for row, one in frame[outside].iterrows():
            limits = {"low": f"{one[low]:g}", "high": f"{one[high]:g}"}
            yield Fault(file, row, "value", None, "value_outside_range", "write_within", limits)


def limits_of_unit(frame: pd.DataFrame, file: str) -> Iterable[Fault]:
    """What bounds a value is itself possible in the unit."""
    for name in ("low", "high", "least", "most"):
        for row, number, unit in frame[[name, "unit"]].itertuples():
            limits = UNITS.get(unit)
            if limits and (number < limits.low or number > limits.high):
                yield Fault(file, row, name, None, "out_of_range", "write_within", {"low": limits.low, "high": limits.high})


def assumption_unit(frame: pd.DataFrame, file: str) -> Iterable[Fault]:
    """Each assumption has one unit: the formulas are written for it."""
    for row, name, unit in frame[["assumption", "unit"]].itertuples():
        wanted = ASSUMPTIONS.get(name)
        if wanted and pd.notna(unit) and unit != wanted:
            yield Fault(file, row, "unit", None, "wrong_assumption_unit", "write_unit", {"assumption": name, "wanted": wanted})


def value_or_option(frame: pd.DataFrame, file: str) -> Iterable[Fault]:
    """An assumption that is one of several names has a name that there is; every other one has a number."""
    for row, name, value, option in frame[["assumption", "value", "option"]].itertuples():
        allowed = OPTIONS.get(name)
        if allowed and option not in allowed:
            yield Fault(file, row, "option", None, "unknown_option", "pick_code", {"allowed": ", ".join(allowed)})
        elif name in ASSUMPTIONS and not allowed and pd.isna(value):
            yield Fault(file, row, "value", None, "empty_cell", "fill_cell")


def missing(frame: pd.DataFrame, file: str) -> Iterable[Fault]:
    """Everything the model reads is there."""
    for name in ASSUMPTIONS:
        if name not in set(frame["assumption"]):
            yield Fault(file, None, "assumption", None, "assumption_missing", "add_assumption", {"assumption": name})


def scenario_values(scenarios: pd.DataFrame, assumptions: pd.DataFrame, file: str) -> Iterable[Fault]:
    """What a scenario sets is something a reader may set, to a value a reader may choose."""
    known = assumptions.dropna(subset=["assumption"]).drop_duplicates("assumption", keep="last").set_index("assumption")
    for row, name, value in scenarios[["assumption", "value"]].itertuples():
        # Ends that are swapped are one fault, not many.
        if name in known.index and name not in OPTIONS and pd.notna(value) and not known.at[name, "least"] > known.at[name, "most"]:
            problem = refusal(known.loc[name], name, value)
            if problem:
                column, cure, values = CURES[problem](known.loc[name], name)
                yield Fault(file, row, column, None, problem, cure, values)


def refusal(row: pd.Series | dict, name: str, given: object) -> str | None:
    """Why a reader cannot set an assumption to this: unknown_option, not_to_be_chosen, not_a_number or out_of_range; else
    None. row: of the assumption: least, most."""
    if name in OPTIONS:
        return None if given in OPTIONS[name] else "unknown_option"
    if pd.isna(row["least"]) or pd.isna(row["most"]):
        return "not_to_be_chosen"
    if isinstance(given, bool) or not isinstance(given, Real) or given != given:
        return "not_a_number"
    return None if row["least"] <= given <= row["most"] else "out_of_range"


def _within(row: pd.Series, name: str) -> tuple[str, str, dict]:
    return "value", "write_within", {"low": f"{row['least']:g}", "high": f"{row['most']:g}"}


# By refusal: the column of the cell to mend, the cure, and the values that the cure names.
CURES = {
    "unknown_option": lambda row, name: ("option", "pick_code", {"allowed": ", ".join(OPTIONS[name])}),
    "not_to_be_chosen": lambda row, name: ("assumption", "remove_row", {}),
    "not_a_number": lambda row, name: ("value", "write_number", {}),
    "out_of_range": _within,
}


RULES = {
    range_reversed: ("low", "high", "least", "most"),
    value_outside_range: ("value", "low", "high", "least", "most"),
    limits_of_unit: ("low", "high", "least", "most", "unit"),
    assumption_unit: ("assumption", "unit"),
    value_or_option: ("assumption", "value", "option"),
}
