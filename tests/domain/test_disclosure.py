"""The gate for small numbers: what is hidden by itself, what beside it, and that nothing of it can be worked out."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from ipsdash.domain import staffing
from ipsdash.domain.cells import HIDDEN, MEASURES, OUTCOMES, cells, limits
from ipsdash.domain.disclosure import pattern, release, release_by
from ipsdash.domain.relations import System, system
from ipsdash.domain.suppression import protected
from ipsdash.tables.load import Tables
from tests.domain.attack import solved
from tests.domain.invented import AREAS, invented, two_editions
from tests.domain.reports import reported
from tests.domain.worlds import world


def seen(tables: Tables, measure: str, level: str = "site") -> dict[tuple[str, str], object]:
    """What is seen of a measure: the number where it is shown, else the state; by place and period."""
    rows = tables.outcomes.query("measure == @measure and level == @level")
    return {(row.place, row.period): row.value if row.state == "shown" else row.state for row in rows.itertuples()}


def one_site(measures: str, numbers: str) -> Tables:
    return release(reported(f"site_id|quarter|{measures}\na|2024Q1|{numbers}\nb|2024Q1|{'|'.join(('40', '20')[: numbers.count('|') + 1])}"))


# Each number by itself


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, "hidden"), (4, "hidden"), (5, 5), (40, 40)])
def test_counts_of_one_to_four_people_are_small(count, shown):
    assert seen(one_site("referred", f"{count}"), "referred")["a", "2024Q1"] == shown


def test_zero_missing_and_unknown_are_three_states():
    released = release(reported("site_id|quarter|referred|started|unknown\na|2024Q1|0||referred\nb|2024Q1|||started\nc|2024Q1|8||"))
    assert seen(released, "referred") == {
        ("a", "2024Q1"): 0, ("b", "2024Q1"): "missing", ("c", "2024Q1"): 8, ("a", "2024"): 0, ("c", "2024"): 8,
    }  # fmt: skip
    assert seen(released, "started") == {("a", "2024Q1"): "missing", ("b", "2024Q1"): "unknown", ("c", "2024Q1"): "missing"}


def test_a_sum_of_one_to_four_people_is_small_too():
    released = release(reported("site_id|quarter|referred\na|2024Q1|2\nb|2024Q1|2\nc|2024Q1|0"))
    assert seen(released, "referred", "region")["region:n", "2024Q1"] == "hidden"
    assert seen(released, "referred")["c", "2024Q1"] == 0


@pytest.mark.parametrize(("served", "working", "shown"), [
    (20, 8, 8), (20, 15, 15), (20, 16, "hidden"), (20, 20, "hidden"), (20, 0, "hidden"), (20, 3, "hidden"), (0, 0, 0),
])  # fmt: skip
def test_of_those_served_neither_nearly_all_nor_none_are_said_to_work(served, working, shown):
    assert seen(one_site("served|working", f"{served}|{working}"), "working")["a", "2024Q1"] == shown


def test_a_rate_of_the_region_is_held_to_the_same_rule():
    released = release(reported("site_id|quarter|served|working\na|2024Q1|12|10\nb|2024Q1|12|11"))
    assert seen(released, "served", "region") == {("region:n", "2024Q1"): 24}
    assert seen(released, "working", "region") == {("region:n", "2024Q1"): "hidden"}


@pytest.mark.parametrize(("staffing", "shown"), [
    ("a|2024Q1|1|", "hidden"), ("a|2024Q1|2|", 9), ("a|2024Q1|2|0.8", 9), ("a|2024Q1||1", "hidden"), ("a|2024Q1||1.2", 9),
    ("a|2023Q1|1|", "hidden"), ("a|2023Q1|3|", 9), ("a|2024Q2|3|", "hidden"), ("b|2024Q1|3|", "hidden"),
    ("a|2023Q1|3|\na|2024Q1||", 9),
])  # fmt: skip
def test_the_outcomes_of_a_site_with_one_specialist_describe_a_person(staffing, shown):
    staff = f"site_id|quarter|headcount|fte\nc|2000Q1|9|\nd|2000Q1|9|\n{staffing}"
    released = release(reported("site_id|quarter|referred|served\na|2024Q1|9|0\nc|2024Q1|30|30\nd|2024Q1|30|30", staff))
    assert seen(released, "referred")["a", "2024Q1"] == shown
    assert seen(released, "served")["a", "2024Q1"] == ("hidden" if shown == "hidden" else 0)


def test_a_year_with_one_quarter_of_one_person_is_hidden():
    staff = "site_id|quarter|headcount\na|2024Q1|3\na|2024Q2|1\nb|2000Q1|5"
    released = release(reported("site_id|quarter|referred\na|2024Q1|9\na|2024Q2|9\na|2023Q4|9\nb|2023Q4|9\nb|2024Q1|9\nb|2024Q2|9", staff))
    assert seen(released, "referred")["a", "2024"] == "hidden"


@pytest.mark.parametrize(("started", "shown"), [("8", 12.5), ("5", 12.5), ("4", "hidden"), ("0", "hidden"), ("", "hidden")])
def test_a_mean_is_shown_only_where_its_people_are_shown(started, shown):
    released = release(reported(f"site_id|quarter|started|days_to_contact\na|2024Q1|{started}|12.5\nb|2024Q1|9|"))
    # Whether b has a mean is told where its people are shown: beside 4 people its own are hidden too.
    beside = "hidden" if started == "4" else "missing"
    assert seen(released, "days_to_contact") == {("a", "2024Q1"): shown, ("b", "2024Q1"): beside}


def test_a_mean_goes_with_its_people_when_they_are_hidden_for_others():
    raw = reported("site_id|quarter|started|days_to_contact\na|2024Q1|3|10\nb|2024Q1|6|11\nc|2024Q1|7|12")
    chosen = set()
    for seed in range(10):
        released = release(raw, seed=seed)
        started, days = seen(released, "started"), seen(released, "days_to_contact")
        assert [cell for cell in days if days[cell] == "hidden"] == [cell for cell in started if started[cell] == "hidden" and "Q" in cell[1]]
        chosen |= {place for (place, _), state in days.items() if state == "hidden"}
    assert chosen == {"a", "b", "c"}


def test_thresholds_that_protect_nobody_cannot_be_read(public):
    assert limits(reported("site_id|quarter\na|2024Q1")) == limits(replace(reported("site_id|quarter\na|2024Q1"), assumptions=public.assumptions))


# Sums


def test_a_sum_that_lacks_a_site_or_a_quarter_is_a_lower_bound():
    released = release(reported(
        "site_id|quarter|referred\na|2023Q1|9\na|2023Q2|9\na|2023Q3|9\na|2023Q4|9\nb|2023Q3|9\nb|2023Q4|9\nc|2023Q1|9\n"
        "a|2024Q1|9\nb|2024Q1|", closed="c|2023-04-01",
    ))  # fmt: skip
    bounds = {(row.place, row.period): row.bound for row in released.outcomes.query("measure == 'referred'").itertuples()}
    assert bounds["a", "2023"] == "exact" and bounds["b", "2023"] == "at_least" and bounds["a", "2024"] == "at_least"
    # b began in the third quarter, c closed after the first; b reported before and not in 2024.
    assert [bounds["region:n", f"2023Q{number}"] for number in (1, 2, 3, 4)] == ["exact"] * 4
    assert bounds["region:n", "2023"] == "exact" and bounds["region:n", "2024Q1"] == "at_least" and bounds["region:n", "2024"] == "at_least"


def test_a_site_that_says_nothing_any_more_is_lacking():
    released = release(reported("site_id|quarter|served\na|2023Q4|9\nb|2023Q4|9\na|2024Q1|9"))
    assert released.outcomes.query("level == 'region'").set_index("period")["bound"].to_dict() == {"2023Q4": "exact", "2024Q1": "at_least"}


def test_a_sum_has_the_weakest_quality_and_all_sources():
    tables = reported("site_id|quarter|served|quality|source\na|2024Q1|9|reported|s1\nb|2024Q1|9|counted|s2 s1")
    whole = release(tables).outcomes.query("level == 'region'").iloc[0]
    assert (whole["quality"], whole["source"]) == ("counted", "s1 s2")


def test_what_there_is_at_a_time_is_not_added_over_quarters():
    released = release(reported("site_id|quarter|served|caseload|working\na|2024Q1|29|19|9\na|2024Q2|29|19|9\nb|2024Q1|29|19|9"))
    assert set(released.outcomes["period"]) == {"2024Q1", "2024Q2"} | set(released.outcomes.query("measure in ('referred', 'started', 'job_starts') and value == value")["period"])


# The second number


def hidden(tables: Tables) -> set[tuple[str, str]]:
    """Place and period of all that is hidden."""
    return set(tables.outcomes.loc[tables.outcomes["state"].eq(HIDDEN), ["place", "period"]].itertuples(index=False, name=None))


def test_the_second_hidden_is_one_of_the_cheapest_by_chance():
    """A site's number is lost rather than the sum of four; which one, the seed decides, and not the numbers."""
    raw = reported("site_id|quarter|served\na|2024Q1|3\nb|2024Q1|30\nc|2024Q1|8\nd|2024Q1|12")
    found = [release(raw, seed=seed) for seed in range(20)]
    assert all(seen(one, "served", "region") == {("region:n", "2024Q1"): 53} for one in found)
    second = [[place for (place, _), state in seen(one, "served").items() if state == "hidden"] for one in found]
    assert {tuple(one) for one in second} == {("a", "b"), ("a", "c"), ("a", "d")}


def test_the_same_seed_gives_the_same_release():
    raw = invented(2, sites=4, count=4)
    for one, other in zip(vars(release(raw, seed=2**255 + 19)).values(), vars(release(raw, seed=2**255 + 19)).values()):
        if isinstance(one, pd.DataFrame):
            pd.testing.assert_frame_equal(one, other)


def test_two_small_numbers_protect_each_other():
    assert hidden(release(reported("site_id|quarter|served\na|2024Q1|2\nb|2024Q1|3\nc|2024Q1|9"))) == {("a", "2024Q1"), ("b", "2024Q1")}


def test_two_numbers_with_too_small_a_sum_do_not():
    """1 + 1 may be 0 + 2 and 2 + 0, where nobody knows that both are at least 1; 1 + 0 only 0 + 1 beside it."""
    raw = reported("site_id|quarter|served\na|2024Q1|1\nb|2024Q1|1\nc|2024Q1|9\nd|2024Q1|12")
    found = {frozenset(hidden(release(raw, seed=seed))) for seed in range(12)}
    # By chance one more is hidden beside small numbers that are nearly known by their sum.
    small = frozenset({("a", "2024Q1"), ("b", "2024Q1")})
    assert small in found and all(one >= small and len(one) <= 3 for one in found)
    for seed in range(10):
        other = release(reported("site_id|quarter|served\na|2024Q1|1\nb|2024Q1|0\nc|2024Q1|9\nd|2024Q1|12"), seed=seed)
        assert hidden(other) & {("c", "2024Q1"), ("d", "2024Q1")}


def test_a_small_sum_is_hidden_as_its_parts_are():
    released = release(reported("site_id|quarter|served\na|2024Q1|1\nb|2024Q1|1\nc|2024Q1|1\nd|2024Q1|0"))
    assert set(seen(released, "served", "region").values()) == {"hidden"}
    assert list(seen(released, "served").values()) == ["hidden", "hidden", "hidden", 0]


def test_a_sum_costs_as_many_numbers_as_it_sums():
    made, at = system([cells(reported("site_id|quarter|started\na|2024Q1|9\na|2024Q2|9\nb|2024Q1|9\nb|2024Q2|\nc|2024Q1|9"))])
    assert made.weight[at].round().tolist() == [1, 1, 1, 1, 2, 1, 1, 3, 1, 4]


def test_a_quarter_is_not_the_rest_of_its_year():
    """Both margins of both numbers: a rectangle of four."""
    rows = [f"{site}|2024Q{quarter}|{number}" for site, numbers in (("a", (3, 9, 8, 9)), ("b", (9, 9, 7, 20))) for quarter, number in zip((1, 2, 3, 4), numbers)]
    released = release(reported("site_id|quarter|referred\n" + "\n".join(rows)))
    assert hidden(released) == {("a", "2024Q1"), ("a", "2024Q3"), ("b", "2024Q1"), ("b", "2024Q3")}


def test_a_number_is_not_the_rest_of_a_definition():
    """Served are those on the list at the start and those who started: 20 - 17 would be the 3."""
    rows = ["a|2024Q1|6|23|17|8", "a|2024Q2|3|20|18|8"] + [f"{site}|2024Q{quarter}|9|40|30|15" for site in "bcd" for quarter in (1, 2)]
    released = release(reported("site_id|quarter|started|served|caseload|working\n" + "\n".join(rows)))
    assert seen(released, "started")["a", "2024Q2"] == "hidden"
    assert "hidden" in (seen(released, "served")["a", "2024Q2"], seen(released, "caseload")["a", "2024Q1"])


# Editions


def test_a_late_report_does_not_give_itself_away():
    """The region's 30 becomes 33 when a's 3 comes: either is safe alone, and both were not."""
    rows = "site_id|quarter|served\nb|2024Q1|12\nc|2024Q1|18\n"
    before, after = reported(rows + "a|2024Q1|"), reported(rows + "a|2024Q1|3")
    old = release(before)
    assert hidden(old) == set()
    new = release(after, [(before, pattern(old.outcomes))])
    assert seen(new, "served") == {("a", "2024Q1"): "hidden", ("b", "2024Q1"): 12, ("c", "2024Q1"): 18}
    assert seen(new, "served", "region") == {("region:n", "2024Q1"): "hidden"}


def test_a_correction_of_a_hidden_number_does_not_give_itself_away():
    """The sum grows from 33 to 34 while all that is shown stays: the hidden ones have grown by one, and it must stay unknown what they are."""
    before = reported("site_id|quarter|served\na|2024Q1|3\nb|2024Q1|12\nc|2024Q1|18")
    after = reported("site_id|quarter|served\na|2024Q1|4\nb|2024Q1|12\nc|2024Q1|18")
    old = release(before)
    new = release(after, [(before, pattern(old.outcomes))])
    assert hidden(old) == hidden(new) and ("a", "2024Q1") in hidden(new) and len(hidden(new)) == 2
    assert solved([(before, old.outcomes), (after, new.outcomes)]) == []


def test_what_was_hidden_and_is_unchanged_stays_hidden():
    """In the second edition the other would be shown for itself; but the first showed the sum with a in it."""
    before = reported("site_id|quarter|served\na|2024Q1|3\nb|2024Q1|12\nc|2024Q1|18")
    after = reported("site_id|quarter|served\na|2024Q1|13\nb|2024Q1|12\nc|2024Q1|18")
    old = release(before)
    second = (hidden(old) - {("a", "2024Q1")}).pop()
    new = release(after, [(before, pattern(old.outcomes))])
    assert seen(new, "served")[second] == "hidden"
    assert hidden(release(after)) == set()
    assert solved([(before, old.outcomes), (after, new.outcomes)]) == []


# Closed cases


def closed(rows: str) -> Tables:
    other = "\n".join(f"{site}|2024Q{quarter}|9|40|30|10" for site in "bcd" for quarter in (1, 2))
    return reported(f"site_id|quarter|started|served|caseload|closed_cases\n{rows}\n{other}")


@pytest.mark.parametrize("seed", range(4))
def test_few_closed_cases_cannot_be_worked_out(seed):
    """20 on the list, 9 more and 26 in the end: 3 were closed, and 29 - 26 says the same."""
    tables = closed("a|2024Q1|8|28|20|8\na|2024Q2|9|29|26|3")
    released = release(tables, seed=seed)
    assert ("a", "2024Q2") in hidden(released) | {("a", "2024Q2") for cell in hidden(released) if cell == ("a", "2024Q1")}
    assert solved([(tables, released.outcomes)]) == []
    bare = cells(tables)
    bare = bare[bare["measure"] != "closed_cases"].assign(value=lambda rows: rows["value"].where(rows["state"] == "shown"))
    assert [name[4] for name in solved([(tables, bare[OUTCOMES])])] == ["closed_cases"]


def test_many_closed_cases_need_no_protection():
    assert hidden(release(closed("a|2024Q1|8|28|20|8\na|2024Q2|9|29|24|5"))) == set()


def test_closed_cases_of_two_quarters_are_one_sum_where_the_caseload_between_is_not_told():
    tables = closed("a|2024Q1|8|28|20|8\na|2024Q2|9|||1\na|2024Q3|9||37|0")
    assert solved([(tables, release(tables).outcomes)]) == []
    bare = cells(tables)
    bare = bare[bare["measure"] != "closed_cases"].assign(value=lambda rows: rows["value"].where(rows["state"] == "shown"))
    assert {name[4] for name in solved([(tables, bare[OUTCOMES])])} == {"closed_cases"}


# What a shown number tells of a hidden one


def test_nobody_is_hidden_beside_nobody_who_works():
    """Working is shown as 0 only where nobody was served: then a hidden number of those served is 0, and protects no other."""
    raw = reported("site_id|quarter|served|working\na|2024Q1|3|1\nb|2024Q1|0|0\nc|2024Q1|30|12\nd|2024Q1|40|20")
    for seed in range(12):
        released = release(raw, seed=seed)
        assert ("b", "2024Q1") not in {cell for cell, one in seen(released, "served").items() if one == "hidden"}
        assert solved([(raw, released.outcomes)]) == []


# Who came and who left


STAFFED = "site_id|quarter|headcount|joiners|leavers\n"


def moved(tables: Tables) -> list[tuple]:
    rows = tables.staffing.astype(object).where(tables.staffing.notna(), None)
    return list(rows[["site_id", "joiners", "leavers", "hidden"]].itertuples(index=False, name=None))


def test_who_came_and_left_at_a_site_of_one_person_is_hidden():
    raw = reported("site_id|quarter|referred\na|2024Q1|9\nb|2024Q1|9", STAFFED + "a|2024Q1|1|0|1\nb|2024Q1|3|1|0\nc|2024Q1||1|0")
    raw = replace(raw, staffing=raw.staffing.assign(note_nb="En sluttet", note_en="One has left"))
    released = release(raw)
    assert moved(released) == [("a", None, None, "joiners leavers"), ("b", 1, 0, ""), ("c", None, None, "joiners leavers")]
    assert released.staffing["note_nb"].notna().tolist() == released.staffing["note_en"].notna().tolist() == [False, True, False]
    assert released.staffing["headcount"].tolist()[:2] == [1, 3]


def test_what_is_not_told_of_those_who_left_is_not_called_hidden():
    raw = reported("site_id|quarter|referred\na|2024Q1|9", STAFFED + "a|2024Q1|1||1")
    assert moved(release(raw)) == [("a", None, None, "leavers")]


def test_staff_is_hidden_where_no_outcomes_are_told():
    raw = reported("site_id|quarter|referred\na|2024Q1|9", STAFFED + "a|2024Q1|1|0|1")
    raw = replace(raw, service=raw.service.iloc[:0])
    released = release(raw)
    assert moved(released) == moved(release_by(raw, pattern(released.outcomes, released.staffing))) == [("a", None, None, "joiners leavers")]


def test_who_left_stays_hidden_when_the_staff_is_corrected():
    service = "site_id|quarter|referred\na|2024Q1|9\nb|2024Q1|9"
    before, after = (reported(service, STAFFED + f"a|2024Q1|{staff}|{came}|1\nb|2024Q1|3|0|0") for staff, came in ((1, 0), (2, 1)))
    old = release(before)
    new = release(after, [(before, pattern(old.outcomes, old.staffing))])
    assert moved(new)[0] == ("a", None, None, "joiners leavers")
    assert moved(release_by(after, pattern(new.outcomes, new.staffing))) == moved(new)
    assert moved(release(after))[0] == ("a", 1, 1, "")


def test_sums_of_those_who_left_are_made_of_what_is_shown():
    raw = reported("site_id|quarter|referred\na|2024Q1|9\nb|2024Q1|9", STAFFED + "a|2024Q1|1|0|1\nb|2024Q1|3|1|2")
    raw = replace(raw, staffing=raw.staffing.assign(fte=raw.staffing["headcount"]))
    rows = staffing.staff(release(raw), "region:n", "2024-12")
    left = staffing.totals(rows).set_index("measure").loc["leavers"]
    assert (left["value"], left["bound"], left["told"]) == (2, "at_least", 1)
    assert [staffing.state(row, "leavers") for _, row in rows.iterrows()] == ["hidden", "shown"]


# Editions of older versions


def test_an_older_pattern_tells_that_a_number_is_small_and_shows_it_as_hidden():
    """Its readers were told "<5": the number has four values at most, and beside it less is left."""
    raw = reported("site_id|quarter|served\na|2024Q1|1\nb|2024Q1|1\nc|2024Q1|9\nd|2024Q1|12")
    kept = pd.DataFrame({"level": "site", "place": ["a", "b", "c"], "period": "2024Q1", "measure": "served", "state": ["small", "small", "protected"]})
    assert seen(release_by(raw, kept), "served") == {("a", "2024Q1"): "hidden", ("b", "2024Q1"): "hidden", ("c", "2024Q1"): "hidden", ("d", "2024Q1"): 12}
    assert min(len(hidden(release(raw, seed=seed))) for seed in range(12)) == 2
    for seed in range(12):
        assert len(hidden(release(raw, [(raw, kept)], seed=seed))) >= 3


# Limits of the publisher's


def test_limits_that_are_handed_in_hold_instead_of_those_of_the_tables():
    raw = reported("site_id|quarter|served\na|2024Q1|3\nb|2024Q1|12\nc|2024Q1|18")
    lower = replace(raw, assumptions=raw.assumptions.assign(value=raw.assumptions["value"].mask(raw.assumptions["assumption"] == "small_count", 2)))
    assert hidden(release(lower)) == set()
    assert ("a", "2024Q1") in hidden(release(lower, rules=limits(raw)))


# What leaves the gate


def test_the_balance_of_cases_never_leaves():
    released = release(reported("site_id|quarter|caseload|closed_cases\na|2024Q1|30|9\nb|2024Q1|30|"))
    assert released.service["closed_cases"].isna().all() and "closed_cases" not in set(released.outcomes["measure"])
    assert released.service["hidden"].tolist() == ["closed_cases", ""]


def test_a_row_of_service_keeps_what_is_shown_and_names_what_is_not():
    tables = reported("site_id|quarter|referred|served|working\na|2024Q1|3|20|0\nb|2024Q1|0|20|8\nc|2024Q1|9||7\nd|2024Q1|9|30|12")
    rows = release(tables).service.set_index("site_id")
    assert rows.loc["a", "hidden"] == "referred working" and rows.loc["a", "served"] == 20
    assert rows.loc["d", ["referred", "served"]].tolist() == [9, 30] or "hidden" in rows.loc["d", "hidden"]
    assert list(rows.reset_index().columns) == [*tables.service.columns, "hidden"]


def test_a_note_of_a_row_with_a_hidden_number_is_not_shown():
    raw = reported("site_id|quarter|referred\na|2024Q1|40\nb|2024Q1|3\nc|2024Q1|6")
    noted = replace(raw, service=raw.service.assign(note_nb="Tre av dem er nye", note_en="Three of them are new"))
    shown = release(noted).service.set_index("site_id")
    assert shown["referred"].notna().tolist() == shown["note_nb"].notna().tolist() == shown["note_en"].notna().tolist() == [True, False, False]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_blank_in_service_is_what_outcomes_hide(seed):
    tables = invented(seed, sites=4, count=4)
    released = release(tables)
    assert list(released.outcomes.columns) == OUTCOMES
    assert released.outcomes["value"].notna().equals(released.outcomes["state"] == "shown")
    leaves = released.outcomes.query("level == 'site' and period.str.contains('Q')").pivot(index=["place", "period"], columns="measure")
    rows = released.service.set_index(["site_id", "quarter"])
    for measure in MEASURES:
        at = leaves.loc[rows.index]
        pd.testing.assert_series_equal(rows[measure], at["value", measure], check_names=False)
        named = [measure in names.split() for names in rows["hidden"]]
        assert named == at["state", measure].eq(HIDDEN).tolist()


@pytest.mark.parametrize("seed", range(3))
def test_a_kept_pattern_gives_the_same_again(seed):
    tables = invented(seed, sites=4, count=4)
    released = release(tables)
    again = release_by(tables, pattern(released.outcomes))
    pd.testing.assert_frame_equal(again.outcomes, released.outcomes)
    pd.testing.assert_frame_equal(again.service, released.service)


def test_a_pattern_never_shows_what_is_hidden_by_itself():
    tables = invented(1, sites=4, count=4)
    kept = pattern(release(tables).outcomes)
    counted = cells(tables).query("measure != 'closed_cases'")
    primary = {row[:4] for row in counted.query("state == @HIDDEN")[["level", "place", "period", "measure"]].itertuples(index=False, name=None)}
    for some in (kept.iloc[:0], kept.iloc[::3], kept.assign(state="hidden")):
        again = release_by(tables, some).outcomes
        still = {row[:4] for row in again.query("state == @HIDDEN")[["level", "place", "period", "measure"]].itertuples(index=False, name=None)}
        assert primary <= still


def test_a_table_without_people_passes():
    empty = release(world(areas=AREAS))
    assert list(empty.outcomes.columns) == OUTCOMES and empty.outcomes.empty and list(empty.service.columns)[-1] == "hidden"
    assert release_by(world(areas=AREAS), pattern(empty.outcomes)).outcomes.empty


# Least is hidden


def table_of(seed: int, sites: int, quarters: int) -> Tables:
    """A measure of some sites and quarters, many of them small."""
    chance = np.random.default_rng(seed)
    rows = [f"{site}|2024Q{quarter + 1}|{chance.choice([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 20])}" for site in "abcdef"[:sites] for quarter in range(quarters)]
    return reported("site_id|quarter|referred\n" + "\n".join(rows))


def cheaper_sets(made: System, than: float) -> Iterator[list[int]]:
    """All sets of cells that cost less, but those that leave a sum with one hidden number alone."""
    free, cost, sums = np.flatnonzero(~made.hidden), made.weight.round().astype(int), made.sums.toarray() != 0
    for size in range(len(free) + 1):
        for some in combinations(free.tolist(), size):
            mask = made.hidden.copy()
            mask[list(some)] = True
            if cost[list(some)].sum() < than and not ((sums & mask).sum(axis=1) == 1).any():
                yield list(some)


def with_hidden(found: pd.DataFrame, more: list[int]) -> pd.DataFrame:
    """Outcomes that hide what the primary rules hide, and some more rows."""
    found = found.assign(state=found["state"].mask(found.index.isin(more), "hidden"))
    return found.assign(value=found["value"].where(found["state"] == "shown"))[OUTCOMES]


SHAPES = [*[(5, 1)] * 16, *[(2, 3)] * 10, *[(3, 2)] * 8]


@pytest.mark.parametrize(("seed", "shape"), list(enumerate(SHAPES)))
def test_no_set_that_costs_less_is_safe(seed, shape):
    tables = table_of(seed, *shape)
    found = cells(tables)
    made, at = system([found])
    row = dict(zip(at, at.index))
    # Without what is hidden by chance.
    made = replace(made, chance=np.ones(len(made.truth)))
    mask = protected(made, 3)
    further = np.flatnonzero(mask & ~made.hidden)
    assert solved([(tables, with_hidden(found, [row[one] for one in further]))]) == []
    for some in cheaper_sets(made, made.weight[further].round().sum()):
        assert solved([(tables, with_hidden(found, [row[one] for one in some]))]), some


# The attack


# In the last, what would be hidden for another number could be worked out itself by what was shown before.
@pytest.mark.parametrize("seed", [*range(18), 19, 1045])
def test_nothing_hidden_can_be_worked_out(seed):
    before, after = two_editions(seed)
    old = release(before)
    new = release(after, [(before, pattern(old.outcomes))])
    assert new.outcomes["state"].eq(HIDDEN).any()
    assert solved([(before, old.outcomes), (after, new.outcomes)]) == []


def test_the_attack_finds_what_the_primary_rules_alone_give_away():
    tables = invented(0, sites=5, count=4)
    found = cells(tables)
    naive = found.assign(value=found["value"].where(found["state"] == "shown"))[OUTCOMES]
    assert len(solved([(tables, naive)])) > 10


def test_the_attack_finds_what_two_editions_give_away():
    rows = "site_id|quarter|served\nb|2024Q1|12\nc|2024Q1|18\n"
    before, after = reported(rows + "a|2024Q1|"), reported(rows + "a|2024Q1|3")
    naive = cells(after)
    naive = naive.assign(value=naive["value"].where(naive["state"] == "shown"))[OUTCOMES]
    assert solved([(before, release(before).outcomes), (after, naive)]) == [(1, "site", "a", "2024Q1", "served", 1)]


def test_whether_somebody_reported_a_mean_is_not_told_beside_hidden_people():
    # 1 and 1 of a region of 52: two hidden means would say that somebody started at both, and their sum is 2.
    rows = "site_id|quarter|started|days_to_contact|unknown\na|2024Q1|1|9|\nb|2024Q1|1|{mean}|{unknown}\nc|2024Q1|20|9|\nd|2024Q1|30|9|"
    told, empty, unknown = (
        release(reported(rows.format(mean=mean, unknown=name)), seed=seed)
        for mean, name, seed in (("9", "", 3), ("", "", 3), ("", "days_to_contact", 3))
    )
    for one in (empty, unknown):
        pd.testing.assert_frame_equal(one.outcomes, told.outcomes)
        pd.testing.assert_frame_equal(one.service, told.service)
    assert "days_to_contact" in told.service.set_index("site_id").at["b", "hidden"].split()


def test_the_attack_knows_that_who_has_a_mean_has_somebody_who_started():
    rows = "site_id|quarter|started|days_to_contact\na|2024Q1|1|9\nb|2024Q1|1|9\nc|2024Q1|0|\nd|2024Q1|20|9\ne|2024Q1|30|9"
    tables = reported(rows)
    found = cells(tables)
    naive = found.assign(state=found["state"].mask((found["measure"] == "started") & (found["place"] == "c"), HIDDEN))
    naive = naive.assign(state=naive["state"].mask((naive["measure"] == "days_to_contact") & (naive["value"] < 10) & (naive["place"] < "c"), HIDDEN))
    naive = naive.assign(value=naive["value"].where(naive["state"] == "shown"))[OUTCOMES]
    assert (0, "site", "a", "2024Q1", "started", 1) in solved([(tables, naive)])


def test_who_started_was_served():
    # Served 5 and 5 with started hidden: more than 5 cannot have started.
    tables = reported("site_id|quarter|started|served\na|2024Q1|4|5\nb|2024Q1|5|5\nc|2024Q1|20|60\nd|2024Q1|30|80")
    for seed in range(5):
        assert solved([(tables, release(tables, seed=seed).outcomes)]) == []
