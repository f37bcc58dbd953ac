"""Outcomes: rates with their intervals, what is hidden in them, the funnel, and medians, by hand."""

from math import isnan, sqrt
from statistics import NormalDist

import pandas as pd
import pytest

from ipsdash.domain import outcomes
from tests.domain.worlds import drawn

HEADING = "level | place | period | measure | value | state | bound | quality | source\n"
NOTHING = pd.DataFrame()


def told(*rows: str) -> pd.DataFrame:
    """Cells: "place period measure value state", the level by the place; reported by s1 unless it says more."""
    lines = []
    for row in rows:
        place, period, measure, value, state, *more = row.split()
        level = "region" if place == "r" else "site"
        lines.append(f"{level} | {place} | {period} | {measure} | {'' if value == '-' else value} | {state} | {(more or ['exact'])[0]} | reported | s1")
    return drawn(HEADING + "\n".join(lines))


def both(place: str, period: str, working: str, served: str) -> tuple[str, str]:
    """The two cells of a rate, "12" or "hidden"."""
    def cell(measure: str, given: str) -> str:
        return f"{place} {period} {measure} {given} shown" if given.isdigit() else f"{place} {period} {measure} - {given}"

    return cell("working", working), cell("served", served)


# Wilson's interval


def test_wilson_by_hand():
    # 12 of 40, z = 1.96: (0.3 + 3.8415/80 -+ 1.96 sqrt(0.3 * 0.7 / 40 + 3.8415/6400)) / (1 + 3.8415/40) = 0.3175 -+ 0.1368.
    assert outcomes.wilson(12, 40, 0.95) == pytest.approx((0.18075, 0.45430), abs=5e-5)


@pytest.mark.parametrize(("hits", "of", "low", "high"), [(0, 10, 0, 0.27753), (10, 10, 0.72247, 1), (5, 10, 0.23659, 0.76341)])
def test_wilson_at_the_ends_and_in_the_middle(hits, of, low, high):
    # Known values (Newcombe 1998 and later tables): 0 of 10 up to 27.8 %.
    assert outcomes.wilson(hits, of, 0.95) == pytest.approx((low, high), abs=1e-4)


def plain_wilson(hits: int, of: int, share: float) -> tuple[float, float]:
    """Where the score test just rejects, found by halving: the definition, not the formula."""
    z = NormalDist().inv_cdf(0.5 + share / 2)

    def rejected(rate: float) -> bool:
        return (hits / of - rate) ** 2 > z**2 * rate * (1 - rate) / of

    ends = []
    for outside in (0.0, 1.0):
        inside = hits / of
        if not rejected(outside):
            ends.append(outside)
            continue
        for _ in range(60):
            middle = (inside + outside) / 2
            inside, outside = (inside, middle) if rejected(middle) else (middle, outside)
        ends.append(inside)
    return tuple(ends)


@pytest.mark.parametrize("share", [0.8, 0.95, 0.998])
def test_wilson_agrees_with_a_search_for_where_the_score_test_rejects(share):
    for of in (5, 12, 40, 333):
        for hits in range(1, of, max(1, of // 7)):
            assert outcomes.wilson(hits, of, share) == pytest.approx(plain_wilson(hits, of, share), abs=1e-9)


@pytest.mark.parametrize(("hits", "of"), [(0, 0), (3, 2), (-1, 5)])
def test_there_is_no_share_of_nobody(hits, of):
    with pytest.raises(ValueError):
        outcomes.wilson(hits, of, 0.95)


# Rates


def rate(working: str, served: str) -> pd.Series:
    cells = outcomes.cells(told(*both("a", "2024Q1", working, served)), "site", ["a"], ["2024Q1"], ("served", "working"))
    return outcomes.rates(cells, 0.95).iloc[0]


def test_a_rate_is_working_of_served_with_its_interval():
    row = rate("12", "40")
    assert (row["rate"], row["state"], row["quality"], row["source"]) == (0.3, "shown", "reported", "s1")
    assert (row["low"], row["high"]) == outcomes.wilson(12, 40, 0.95)


@pytest.mark.parametrize(("working", "served", "state"), [
    ("hidden", "40", "hidden"), ("12", "hidden", "hidden"), ("hidden", "missing", "hidden"), ("missing", "40", "missing"),
    ("unknown", "40", "unknown"), ("0", "0", "nobody"),
])  # fmt: skip
def test_a_rate_of_which_a_part_is_not_shown_is_not_shown(working, served, state):
    row = rate(working, served)
    assert row["state"] == state and isnan(row["rate"]) and isnan(row["low"])
    assert outcomes.rate_of(row) is None


def test_a_cell_that_the_table_lacks_is_missing():
    rows = outcomes.cells(told("a 2024Q1 served 9 shown"), "site", ["a", "b"], ["2024Q1"], ("served",))
    assert rows[["place", "state", "source"]].values.tolist() == [["a", "shown", "s1"], ["b", "missing", ""]]
    assert outcomes.cells(NOTHING, "site", ["a"], ["2024Q1"], ("served",))["state"].tolist() == ["missing"]


# The region


def region(*rows: str) -> pd.Series:
    return outcomes.of_region(told(*rows), "r", ["2024Q1"], 0.95).iloc[0]


def test_the_region_is_its_own_cells_and_never_the_sum_of_its_sites():
    sites = (*both("a", "2024Q1", "10", "20"), *both("b", "2024Q1", "10", "20"))
    assert region(*both("r", "2024Q1", "30", "60"), *sites)["rate"] == 0.5
    assert region(*both("r", "2024Q1", "30", "60"), *sites)["served"] == 60
    assert region(*both("r", "2024Q1", "hidden", "60"), *sites)["state"] == "hidden"


def test_sums_of_different_sites_make_no_rate():
    # b told of those served but not of those working.
    sites = (*both("a", "2024Q1", "10", "20"), *both("b", "2024Q1", "missing", "40"))
    assert region(*both("r", "2024Q1", "10", "60"), *sites)["state"] == "uneven"
    # A hidden number was told: the sums are of the same sites.
    sites = (*both("a", "2024Q1", "10", "20"), *both("b", "2024Q1", "hidden", "40"))
    assert region(*both("r", "2024Q1", "13", "60"), *sites)["state"] == "shown"


def test_a_rate_of_lower_bounds_says_so():
    assert region("r 2024Q1 working 10 shown at_least", "r 2024Q1 served 40 shown at_least")["bound"] == "at_least"


# The funnel


def test_limits_by_hand():
    # 0.4 -+ 1.96 sqrt(0.4 * 0.6 / 96) = 0.4 -+ 1.96 * 0.05.
    assert outcomes.limits(0.4, 96, 0.95) == pytest.approx((0.302, 0.498), abs=1e-4)
    # 0.4 -+ 3.0902 * 0.05.
    assert outcomes.limits(0.4, 96, 0.998) == pytest.approx((0.2455, 0.5545), abs=1e-4)
    assert outcomes.limits(0.1, 5, 0.998)[0] == 0


@pytest.mark.parametrize(("rate", "side"), [
    (0.40, "within"), (0.31, "within"), (0.49, "within"), (0.30, "below"), (0.50, "above"), (0.25, "below"), (0.24, "far_below"), (0.56, "far_above"),
])  # fmt: skip
def test_where_a_site_stands(rate, side):
    assert outcomes.side(rate, 96, 0.4, 0.95, 0.998) == side


def test_a_site_is_outside_where_its_interval_does_not_hold_the_regions_rate():
    for served in (12, 40, 111):
        for working in range(served + 1):
            low, high = outcomes.wilson(working, served, 0.95)
            side = outcomes.side(working / served, served, 0.37, 0.95, 0.998)
            assert (side == "within") == (low <= 0.37 <= high), (working, served)


def test_chance_leaves_one_in_twenty_outside_at_large_sites():
    # A plain count over the binomial of 400 at 0.4.
    rate, served, chance = 0.4, 400, 0.0
    probability = (1 - rate) ** served
    for working in range(served + 1):
        if outcomes.side(working / served, served, rate, 0.95, 0.998) != "within":
            chance += probability
        probability *= (served - working) / (working + 1) * rate / (1 - rate)
    assert chance == pytest.approx(0.05, abs=0.01)


def test_the_funnel_has_only_rates_that_are_shown():
    cells = told(*both("a", "2024Q1", "38", "96"), *both("b", "2024Q1", "hidden", "96"), *both("c", "2024Q1", "60", "96"))
    found = outcomes.rates(outcomes.cells(cells, "site", ["a", "b", "c"], ["2024Q1"], ("served", "working")), 0.95)
    assert outcomes.funnel(found, 0.4, 0.95, 0.998)[["place", "side"]].values.tolist() == [["a", "within"], ["c", "far_above"]]
    # 60/96 = 0.625, the outer limit is 0.4 + 3.09 sqrt(0.24/96).
    assert 0.625 > 0.4 + 3.0902 * sqrt(0.24 / 96)


# Time


def test_only_quarters_and_years_by_the_date():
    cells = told(*(f"a {period} started 9 shown" for period in ("2023Q4", "2024Q1", "2024Q2", "2023", "2024", "2025")))
    assert outcomes.quarters(cells, "2024-03-31") == ["2023Q4", "2024Q1"]
    assert outcomes.quarters(cells, "2024-02") == ["2023Q4"]
    assert outcomes.years(cells, "2024-03-31") == ["2023", "2024"]
    assert outcomes.quarters(NOTHING, "2024") == outcomes.years(NOTHING, "2024") == []


def test_the_median_of_days_is_of_the_sites_that_are_shown():
    # 10, 20 and 40: 20. One is hidden, one is missing.
    cells = told(*(f"{place} 2024Q1 days_to_contact {days} shown" for place, days in (("a", 10), ("b", 40), ("c", 20))),
                 "d 2024Q1 days_to_contact - hidden", "e 2024Q2 days_to_contact - hidden")  # fmt: skip
    rows = outcomes.contact(cells, ["2024Q1", "2024Q2", "2024Q3"], ["a", "b", "c", "d", "e"])
    assert rows[["sites", "hidden", "missing"]].values.tolist() == [[3, 1, 1], [0, 1, 4], [0, 0, 5]]
    assert rows["median"].iloc[0] == 20 and rows["median"].iloc[1:].isna().all()
    assert outcomes.as_series(rows)["state"].tolist() == ["shown", "hidden", "missing"]


def test_sites_of_a_quarter_are_those_that_tell_and_those_in_operation():
    sites = drawn("site_id | state\na | open\nb | closed\nc | closed\nd | not_yet\ne | unknown")
    rows = outcomes.in_quarter(told("b 2024Q1 served 9 shown"), sites, "2024Q1", ("served",))
    assert rows[["place", "state"]].values.tolist() == [["a", "missing"], ["b", "shown"], ["e", "missing"]]


def test_every_state_is_counted_up_to_the_date():
    cells = told("a 2024Q1 served - hidden", "a 2024Q1 working - hidden", "r 2024 started 9 shown", "a 2024Q4 served - hidden")
    assert outcomes.tally(cells, "2024-06").to_dict() == {"hidden": 2, "shown": 1}
    assert outcomes.tally(NOTHING, "2024").empty


# Published results


def test_results_that_are_defined_alike_are_told_from_others(public):
    assert outcomes.benchmarks(public, outcomes.SAME)["value"].tolist() == [0.31, 0.41, 0.5]
    assert outcomes.benchmarks(public, outcomes.OTHER)["value"].tolist() == [0.366, 0.271, 0.4]
    said = public.benchmarks.set_index("benchmark")["definition_nb"]
    assert all("i arbeid i kvartalet" in said[name] for name in outcomes.SAME)
    assert not any("i arbeid i kvartalet" in said[name] for name in outcomes.OTHER)


def test_a_break_is_the_one_that_the_definition_tells_of(public):
    said = public.benchmarks.set_index("benchmark")["definition_nb"]
    changed = [name for name, text in said.items() if "endret" in text]
    assert changed == list(outcomes.BREAKS) and "april 2024" in said[changed[0]] and outcomes.BREAKS[changed[0]] == "2024-04"
