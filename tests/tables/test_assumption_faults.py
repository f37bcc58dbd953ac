"""Faults in assumptions, scenarios and travel times, each from its own small change to the public data, with its exact record."""

from pathlib import Path

import pytest

from ipsdash.tables.columns import ASSUMPTIONS
from ipsdash.tables.faults import Fault
from ipsdash.tables.spreads import Spread, spread

FILE, SCENARIOS, TRAVEL = "assumptions.toml", "tables/scenarios.csv", "tables/travel.csv"
HEADING = ["origin", "destination", "minutes", "quality", "source", "note_nb", "note_en"]


def edited(delivery, name: str, **lines: str) -> int:
    """Writes other values into an assumption's block (as TOML; None takes a line away) and gives the line of its heading."""
    path: Path = delivery.folder / FILE
    text = path.read_text(encoding="utf-8").splitlines()
    start = text.index(f"[[{name}]]")
    size = next((place for place, line in enumerate(text[start + 1 :]) if line.startswith("[[")), len(text) - start - 1)
    block = text[start + 1 : start + 1 + size]
    for key, value in lines.items():
        kept = [line for line in block if not line.startswith(f"{key} =")]
        block = kept if value is None else [f"{key} = {value}", *kept]
    path.write_text("\n".join([*text[: start + 1], *block, *text[start + 1 + size :]]) + "\n", encoding="utf-8")
    return start + 1


# Numbers and ranges


# Each breaks another block: all are told at once, in the order of the file.
BROKEN = [
    ("target_group", {"option": '"wide"'}, "option", "wide", "unknown_option", "pick_code", {"allowed": "narrow, official, broad"}),
    ("served_share", {"value": "1.5"}, "value", "1.5", "share_outside", "write_share", {"low": 0, "high": 1}),
    ("weights", {"option": None}, "option", "", "unknown_option", "pick_code", {"allowed": "population, specialist_care"}),
    ("caseload", {"value": "0"}, "value", "0", "out_of_range", "write_within", {"low": 1, "high": 100}),
    ("team_minimum", {"value": '"to"'}, "value", "to", "not_a_number", "write_number", {}),
    ("treated_official", {"high": "1.4"}, "high", "1.4", "out_of_range", "write_within", {"low": 0, "high": 1}),
    ("treated_narrow", {"spread": '"normal(1, 2)"'}, "spread", "normal(1, 2)", "spread_format", "write_spread", {}),
    ("treated_broad", {"value": "0.044"}, "value", "0.044", "value_outside_range", "write_within", {"low": "0.045", "high": "0.062"}),
    ("in_work_official", {"value": None}, "value", "", "empty_cell", "fill_cell", {}),
    ("in_work_narrow", {"source": None}, "source", "", "empty_cell", "fill_cell", {}),
    ("in_work_broad", {"basis": '"guess"'}, "basis", "guess", "unknown_code", "pick_code", {"unknown": "guess", "allowed": "fact, choice"}),
    ("want_work", {"source": '"avisen"'}, "source", "avisen", "unknown_source", "add_source", {"unknown": "avisen"}),
    ("fill", {"low": "0.95", "high": "0.7"}, "high", "0.7", "range_reversed", "swap_range", {"low": "0.95"}),
    ("staffing", {"low": "0"}, "low", "0", "out_of_range", "write_within", {"low": 0.05, "high": 1}),
    ("stay", {"least": "0"}, "least", "0", "out_of_range", "write_within", {"low": 0.05, "high": 20}),
    ("turnover", {"least": "0.45", "most": "0.15"}, "most", "0.15", "range_reversed", "swap_range", {"low": "0.45"}),
    ("interval", {"value": "80"}, "value", "80", "share_outside", "write_share", {"low": 0, "high": 1}),
    ("speed", {"value": "0"}, "value", "0", "out_of_range", "write_within", {"low": 1, "high": 200}),
    ("near_tie", {"unit": '"factor"'}, "unit", "factor", "wrong_assumption_unit", "write_unit", {"assumption": "near_tie", "wanted": "share"}),
]


def test_broken_lines_of_assumptions_are_told_at_their_headings(delivery):
    expected = []
    for name, lines, *_ in BROKEN:
        edited(delivery, name, **lines)
    text = (delivery.folder / FILE).read_text(encoding="utf-8").splitlines()
    for name, _, *told in BROKEN:
        expected.append(Fault(FILE, text.index(f"[[{name}]]") + 1, *told))
    assert delivery.faults() == expected


@pytest.mark.parametrize(("name", "lines", "values"), [
    ("caseload", {"value": "26"}, {"low": "10", "high": "25"}), ("fill", {"value": "0.96"}, {"low": "0.7", "high": "0.95"}),
])  # fmt: skip
def test_a_value_lies_in_its_range_and_in_what_a_reader_may_choose(delivery, name, lines, values):
    line = edited(delivery, name, **lines)
    assert delivery.faults() == [Fault(FILE, line, "value", lines["value"], "value_outside_range", "write_within", values)]


# Blocks


def test_a_second_dated_value_is_read_with_its_own_line(delivery):
    path = delivery.folder / FILE
    text = path.read_text(encoding="utf-8")
    block = text[text.index("[[fill]]") : text.index("[[staffing]]")].replace('"2017"', '"2022"')
    path.write_text(text + "\n" + block, encoding="utf-8")
    assert delivery.faults() == []
    path.write_text(text + "\n" + block.replace("value = 0.85", "value = 0.5"), encoding="utf-8")
    line, limits = text.count("\n") + 2, {"low": "0.7", "high": "0.95"}
    assert delivery.faults() == [Fault(FILE, line, "value", "0.5", "value_outside_range", "write_within", limits)]


def test_two_values_from_one_date_are_one_too_many(delivery):
    path = delivery.folder / FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n" + text[text.index("[[fill]]") : text.index("[[staffing]]")], encoding="utf-8")
    values = {"key": "assumption, valid_from", "ids": "fill, 2017", "earlier": text[: text.index("[[fill]]")].count("\n") + 1}
    assert delivery.faults() == [Fault(FILE, text.count("\n") + 2, "assumption", "fill", "duplicate_key", "keep_one_row", values)]


def test_an_unknown_assumption_is_told_with_the_nearest_and_the_right_one_is_missing(delivery):
    path = delivery.folder / FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[[stay]]", "[[stai]]"), encoding="utf-8")
    line = text[: text.index("[[stay]]")].count("\n") + 1
    missing, unknown = delivery.faults()
    assert missing == Fault(FILE, None, "assumption", None, "assumption_missing", "add_assumption", {"assumption": "stay"})
    assert unknown == Fault(FILE, line, "assumption", "stai", "unknown_code", "did_you_mean", unknown.values)
    assert unknown.values == {"unknown": "stai", "allowed": ", ".join(ASSUMPTIONS), "nearest": "stay"}


@pytest.mark.parametrize("name", ["near_tie", "turnover"])
def test_every_assumption_that_the_model_reads_is_there(delivery, name):
    path = delivery.folder / FILE
    text = path.read_text(encoding="utf-8")
    start = text.index(f"[[{name}]]")
    end = text.find("[[", start + 2)
    path.write_text(text[:start] + (text[end:] if end > 0 else ""), encoding="utf-8")
    assert delivery.faults() == [Fault(FILE, None, "assumption", None, "assumption_missing", "add_assumption", {"assumption": name})]


# Spreads


@pytest.mark.parametrize(("text", "found"), [
    ("lognormal(0.017, 0.177)", Spread("lognormal", 0.017, 0.177)), (" beta(8.8,20.9) ", Spread("beta", 8.8, 20.9)),
    ("lognormal(1, 0)", Spread("lognormal", 1, 0)),
    ("beta(8.8, 0)", None), ("lognormal(0, 1)", None), ("lognormal(-1, 1)", None), ("lognormal(0,017, 0,177)", None), ("beta(8.8)", None),
    ("normal(0, 1)", None), ("beta(8.8, 20.9) or so", None), ("lognormal(1e-2, 1)", None), ("", None),
])  # fmt: skip
def test_a_spread_is_one_of_two_with_two_numbers(text, found):
    assert spread(text) == found


# Scenarios. Row 2 is the goal of 50, row 5 the target group of the broad scenario, row 8 the fill of English productivity.


def test_a_scenario_sets_only_what_a_reader_may_choose(delivery):
    delivery.change("scenarios", 2, value="0.05")
    delivery.change("scenarios", 3, value="")
    delivery.change("scenarios", 4, assumption="team_minimum", value="2")
    delivery.change("scenarios", 5, option="wide")
    delivery.change("scenarios", 8, value="1.2")
    assert delivery.faults() == [
        Fault(SCENARIOS, 2, "value", "0.05", "out_of_range", "write_within", {"low": "0.1", "high": "1"}),
        Fault(SCENARIOS, 3, "value", "", "empty_cell", "fill_cell"),
        Fault(SCENARIOS, 4, "assumption", "team_minimum", "not_to_be_chosen", "remove_row"),
        Fault(SCENARIOS, 5, "option", "wide", "unknown_option", "pick_code", {"allowed": "narrow, official, broad"}),
        Fault(SCENARIOS, 8, "value", "1.2", "out_of_range", "write_within", {"low": "0.5", "high": "1"}),
    ]


def test_a_scenario_sets_each_assumption_once_and_only_known_ones(delivery):
    row = delivery.add("scenarios", like=2)
    values = {"key": "scenario, assumption", "ids": "goal-50, served_share", "earlier": 2}
    assert delivery.faults() == [Fault(SCENARIOS, row, "scenario", "goal-50", "duplicate_key", "keep_one_row", values)]
    delivery.change("scenarios", row, assumption="fil")
    values = {"unknown": "fil", "allowed": ", ".join(ASSUMPTIONS), "nearest": "fill"}
    assert delivery.faults() == [Fault(SCENARIOS, row, "assumption", "fil", "unknown_code", "did_you_mean", values)]


# Travel times


def test_a_broken_travel_time_is_told_in_its_cell(delivery):
    rest = ["reported", "judgement", "", ""]
    good = [["bodo", "municipality:1804", "10", *rest], ["municipality:1804", "municipality:1804", "0", *rest]]
    delivery.write("travel", [HEADING, *good])
    assert delivery.faults() == []
    delivery.write("travel", [
        HEADING, *good, ["kirkenez", "municipality:1804", "10", *rest], ["mars", "municipality:1804", "10", *rest],
        ["bodo", "county:nordland", "10", *rest], ["bodo", "municipality:1806", "-5", *rest], ["bodo", "municipality:1811", "en time", *rest],
        ["bodo", "municipality:1812", "", *rest], ["bodo", "municipality:1804", "12", *rest],
    ])  # fmt: skip
    kinds, key = {"kind": "county", "wanted": "municipality"}, {"key": "origin, destination", "ids": "bodo, municipality:1804", "earlier": 2}
    assert delivery.faults() == [
        Fault(TRAVEL, 4, "origin", "kirkenez", "unknown_origin", "did_you_mean", {"unknown": "kirkenez", "nearest": "kirkenes"}),
        Fault(TRAVEL, 5, "origin", "mars", "unknown_origin", "add_site", {"unknown": "mars"}),
        Fault(TRAVEL, 6, "destination", "county:nordland", "wrong_kind", "pick_area_of_kind", kinds),
        Fault(TRAVEL, 7, "minutes", "-5", "out_of_range", "write_within", {"low": 0, "high": 6_000}),
        Fault(TRAVEL, 8, "minutes", "en time", "not_a_number", "write_number"),
        Fault(TRAVEL, 9, "minutes", "", "empty_cell", "fill_cell"),
        Fault(TRAVEL, 10, "origin", "bodo", "duplicate_key", "keep_one_row", key),
    ]


def test_an_origin_of_the_wrong_kind_is_not_answered_with_itself(delivery):
    delivery.write("travel", [delivery.rows("travel")[0], ["county:nordland", "municipality:1804", "10", "reported", "judgement", "", ""]])
    fault = Fault("tables/travel.csv", 2, "origin", "county:nordland", "unknown_origin", "add_site", {"unknown": "county:nordland"})
    assert delivery.faults() == [fault]


def test_swapped_ends_of_a_choice_are_one_fault_and_not_one_of_each_scenario(delivery):
    file = delivery.folder / "assumptions.toml"
    text = file.read_text(encoding="utf-8")
    fill = text.index("[[fill]]")
    file.write_text(text[:fill] + text[fill:].replace("least = 0.5\nmost = 1.0", "least = 1.0\nmost = 0.5", 1), encoding="utf-8")
    assert [fault.rule for fault in delivery.faults()] == ["range_reversed"]
