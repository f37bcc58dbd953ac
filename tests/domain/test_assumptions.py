"""The values of the model: which date counts, what a reader may set, and how doubt is drawn."""

import numpy as np
import pandas as pd
import pytest

from ipsdash.domain.assumptions import CHOICES, FLOW, OF_GROUP, assumed, base_all, different, drawn, id_of, preset, refusal, value
from ipsdash.tables.spreads import spread
from tests.domain import worlds

APRIL = "2019-04-12"
GROUPS = ("narrow", "official", "broad")
DATED = """
assumption   | valid_from | basis  | value | option   | least | most | spread            | source
fill         | 2020-01    | fact   | 0.9   |          | 0.5   | 1    |                   | b
fill         | 2017       | fact   | 0.8   |          | 0.5   | 1    | beta(25.2, 4.6)   | a
fill         | 2024-06    | fact   | 0.7   |          | 0.5   | 1    |                   | c
stay         | 2018       | fact   | 1     |          | 0.3   | 3    | lognormal(1, 0.2) | a
target_group | 2017       | choice |       | narrow   |       |      |                   | a
target_group | 2022       | choice |       | official |       |      |                   | b
"""


@pytest.fixture
def rows(public):
    return assumed(public.assumptions, APRIL, {})


def with_group(public, name: str) -> tuple[pd.DataFrame, str]:
    """The assumptions with the target group that an id belongs to, and the id's name in the flow."""
    group = next((one for one in GROUPS if name.endswith(f"_{one}")), "official")
    return assumed(public.assumptions, APRIL, {"target_group": group}), name.removesuffix(f"_{group}")


# Dates


@pytest.mark.parametrize(("date", "fill", "group"), [
    ("2010", 0.8, "narrow"), ("2017", 0.8, "narrow"), ("2019-12-31", 0.8, "narrow"), ("2020-01", 0.9, "narrow"), ("2020", 0.9, "narrow"),
    ("2022-03", 0.9, "official"), ("2024-05-31", 0.9, "official"), ("2024-06-01", 0.7, "official"), ("2031", 0.7, "official"),
])  # fmt: skip
def test_the_newest_value_valid_by_a_date_counts_else_the_oldest(date, fill, group):
    found = assumed(worlds.drawn(DATED), date, {})
    assert sorted(found.index) == ["fill", "stay", "target_group"]
    assert (found["value"]["fill"], found["option"]["target_group"], found["value"]["stay"]) == (fill, group, 1)


def test_the_order_of_dated_values_in_the_file_does_not_matter():
    frame = worlds.drawn(DATED)
    for date in ("2016", "2019", "2021", "2025"):
        assert assumed(frame.iloc[::-1], date, {})["value"]["fill"] == assumed(frame, date, {})["value"]["fill"]


def test_without_changes_all_is_as_in_the_table(public, rows):
    assert rows["value"].equals(public.assumptions.set_index("assumption")["value"])
    assert not rows["held"].any()


# What a reader may set


@pytest.mark.parametrize(("name", "given", "problem"), [
    ("target_group", "wide", "unknown_option"), ("target_group", 1, "unknown_option"), ("target_group", "broad", None),
    ("weights", "official", "unknown_option"), ("weights", "specialist_care", None),
    ("team_minimum", 3, "not_to_be_chosen"), ("local_deviation", 1.0, "not_to_be_chosen"), ("interval", 0.9, "not_to_be_chosen"),
    ("served_share", "half", "not_a_number"), ("served_share", True, "not_a_number"), ("served_share", float("nan"), "not_a_number"),
    ("served_share", 1.5, "out_of_range"), ("served_share", 0, "out_of_range"), ("served_share", 0.1, None), ("served_share", 1, None),
    ("caseload", 0, "out_of_range"), ("caseload", 9, "out_of_range"), ("caseload", 26, "out_of_range"), ("caseload", 25, None),
    ("turnover", 0.5, "out_of_range"), ("turnover", 0.45, None), ("fill", 0.0, "out_of_range"), ("stay", float("inf"), "out_of_range"),
    ("in_work_official", -0.1, "out_of_range"), ("in_work_official", 0, None),
])  # fmt: skip
def test_what_cannot_be_set_is_refused_with_a_reason(public, rows, name, given, problem):
    assert refusal(rows.loc[name], name, given) == problem
    if problem:
        with pytest.raises(ValueError, match=f"{name}: .*{problem}"):
            assumed(public.assumptions, APRIL, {name: given})
    else:
        found = assumed(public.assumptions, APRIL, {name: given})
        assert found.at[name, "option" if isinstance(given, str) else "value"] == given
        assert found.index[found["held"]].tolist() == [name]


def test_what_is_no_assumption_cannot_be_set(public):
    with pytest.raises(KeyError):
        assumed(public.assumptions, APRIL, {"full": 0.9})


def test_setting_something_leaves_the_table_as_it_is(public):
    before = public.assumptions.copy()
    assumed(public.assumptions, APRIL, {"fill": 0.9, "target_group": "broad"})
    pd.testing.assert_frame_equal(public.assumptions, before)


# Groups


@pytest.mark.parametrize("group", GROUPS)
def test_two_facts_depend_on_the_target_group_and_no_other(public, group):
    rows = assumed(public.assumptions, APRIL, {"target_group": group})
    ids = {name: id_of(rows, name) for name in (*FLOW, *CHOICES)}
    assert ids == {name: f"{name}_{group}" if name in OF_GROUP else name for name in ids}
    assert [value(rows, name) for name in OF_GROUP] == {"narrow": [0.006, 0.1], "official": [0.017, 0.3], "broad": [0.053, 0.45]}[group]


# Ready-made scenarios


@pytest.mark.parametrize(("scenario", "changes"), [
    ("goal-50", {"served_share": 0.6}), ("half", {"served_share": 0.5}), ("everyone", {"served_share": 1}),
    ("broad", {"target_group": "broad", "served_share": 0.5}), ("english", {"served_share": 1, "fill": 1, "staffing": 1, "stay": 1}),
    ("none such", {}),
])  # fmt: skip
def test_presets_are_those_of_the_method_and_can_be_set(public, scenario, changes):
    assert preset(public.scenarios, scenario) == changes
    assumed(public.assumptions, APRIL, preset(public.scenarios, scenario))


def test_a_choice_set_to_its_default_is_no_change_but_a_fact_is(rows):
    changed = {"served_share": 1.0, "target_group": "official", "weights": "specialist_care", "caseload": 18, "fill": 0.85, "stay": 2}
    assert different(rows, changed) == {"weights": "specialist_care", "caseload": 18, "fill": 0.85, "stay": 2}
    assert different(rows, {}) == {}


# Draws


def test_draws_have_the_range_of_the_table(public):
    doubted = public.assumptions.dropna(subset=["spread"])
    assert len(doubted) == 3 + 3 + 5, "treated and in work by group; want work, local deviation, fill, staffing, stay"
    for _, fact in doubted.iterrows():
        low, high = np.quantile(drawn(*with_group(public, fact["assumption"])), [0.025, 0.975])
        assert abs(low - fact["low"]) <= max(0.02, 0.12 * fact["low"]), fact["assumption"]
        assert abs(high - fact["high"]) <= max(0.02, 0.12 * fact["high"]), fact["assumption"]
        # The two shares of treated are small: there .02 says nothing.
        assert fact["assumption"][:7] != "treated" or (low, high) == pytest.approx((fact["low"], fact["high"]), rel=0.12)


def test_draws_have_the_middle_of_their_spread(public):
    for _, fact in public.assumptions.dropna(subset=["spread"]).iterrows():
        draws, of = drawn(*with_group(public, fact["assumption"])), spread(fact["spread"])
        middle = np.median(draws) if of.family == "lognormal" else draws.mean()
        expected = of.first if of.family == "lognormal" else of.first / (of.first + of.second)
        assert middle == pytest.approx(expected, rel=0.01), fact["assumption"]
        assert expected == pytest.approx(fact["value"], rel=0.02), "the spread stands around the value"


def test_holding_a_fact_takes_its_doubt_out_and_leaves_all_others(public, rows):
    held = assumed(public.assumptions, APRIL, {"fill": 0.9})
    assert set(drawn(held, "fill")) == {0.9}
    assert np.array_equal(base_all(held, 100), base_all(rows, 100))
    for name in set(FLOW) - {"fill", "want_base"}:
        assert len(set(drawn(held, name))) > 9_000
        assert np.array_equal(drawn(held, name), drawn(rows, name)), name


def test_a_fact_without_spread_is_drawn_alike(rows):
    assert set(drawn(rows, "turnover", 50)) == {0.25}


def test_facts_and_catchments_have_streams_of_their_own_and_the_same_each_time(rows):
    # Fill and staffing have one spread, and yet are not one doubt.
    streams = [drawn(rows, "fill"), drawn(rows, "staffing"), *(drawn(rows, "local_deviation", of=one) for one in ("alta", "bodo", "dps:lofoten"))]
    for place, one in enumerate(streams):
        for other in streams[:place]:
            assert abs(np.corrcoef(one, other)[0, 1]) < 0.05
    assert np.array_equal(drawn(rows, "local_deviation", of="alta"), streams[2])
