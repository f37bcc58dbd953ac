"""Staff: posts, turnover and hiring, by hand, and what a number that lacks does to each."""

import pandas as pd
import pytest

from ipsdash.domain import growth, staffing
from tests.domain.worlds import drawn, world

AREAS = """
area_id        | kind         | parent   | dps_area
region:r       | region       |          |
dps:d          | dps_area     | region:r |
municipality:1 | municipality | region:r | dps:d
municipality:2 | municipality | region:r |
"""
SITES = """
site_id | municipality   | opened  | closed
one     | municipality:1 | 2018-01 |
two     | municipality:2 | 2018-01 |
three   | municipality:2 | 2018-01 | 2024-08
four    | municipality:2 | 2025-01 |
"""
STAFF = """
site_id | quarter | fte | headcount | vacant | joiners | leavers | unknown | source
one     | 2023Q4  | 2   | 2         | 1      | 0       | 0       |         | a
one     | 2024Q1  | 3   | 3         | 0      | 1       | 0       |         | a
one     | 2024Q2  | 2   | 3         | 1      | 0       | 0       |         | a
one     | 2024Q3  | 3   | 4         | 0      | 2       | 1       |         | a
two     | 2023Q4  | 1.5 | 2         | 0.5    | 0       | 1       |         | b
two     | 2024Q1  | 1.5 | 2         | 0.5    | 0       | 0       |         | b
two     | 2024Q2  | 1   | 1         |        | 0       | 1       | vacant  | b
two     | 2024Q3  | 1   | 1         | 1      |         |         |         | b
three   | 2023Q4  | 1   | 1         | 0      | 0       | 0       |         | a
three   | 2024Q1  | 1   | 1         | 0      | 0       | 0       |         | a
three   | 2024Q3  | 0   | 0         | 0      | 0       | 1       |         | a
"""
GOAL = """
goal_id | area_id  | value | set_on  | due_on
goal    | region:r | 10    | 2023-10 | 2026-09
"""
LIMITS = drawn("assumption|value\npace_on_track|.95\npace_behind|.60").set_index("assumption")


def rows(staff: str = STAFF, date: str = "2024-09-30", area: str = "region:r") -> pd.DataFrame:
    return staffing.staff(small(staff), area, date)


def small(staff: str = STAFF):
    tables = world(areas=AREAS, sites=SITES, staffing=staff, goals=GOAL, catchments="area_id|site_id|valid_from")
    numbers = {name: tables.staffing[name].astype(float) for name in ("fte", "headcount", "vacant", "joiners", "leavers")}
    goals = tables.goals.assign(value=tables.goals["value"].astype(float))
    return type(tables)(**{**vars(tables), "staffing": tables.staffing.assign(**numbers), "goals": goals})


def total(quarter: str, measure: str, **given: str) -> pd.Series:
    sums = staffing.totals(rows(**given)).set_index(["quarter", "measure"])
    return sums.loc[(quarter, measure)]


def test_posts_are_filled_and_vacant_together():
    assert total("2023Q4", "posts")["value"] == (2 + 1) + (1.5 + 0.5) + (1 + 0)
    assert total("2023Q4", "posts")["bound"] == "exact"


def test_a_site_that_has_not_reported_makes_the_sum_at_least():
    # Three is open in June and has no row.
    one = total("2024Q2", "fte")
    assert (one["value"], one["bound"], one["told"], one["expected"]) == (2 + 1, "at_least", 2, 3)


def test_a_number_nobody_knows_makes_the_sum_at_least():
    one = total("2024Q2", "vacant")
    assert (one["value"], one["bound"], one["told"]) == (1, "at_least", 1)
    assert total("2024Q2", "posts")["bound"] == "at_least"


def test_a_closed_site_leaves_the_sum_and_one_that_has_not_opened_is_not_asked_for():
    # Three closed in August; four opens in January 2025.
    one = total("2024Q3", "fte")
    assert (one["value"], one["bound"], one["expected"]) == (3 + 1, "exact", 2)


def test_a_quarter_counts_from_its_last_month_on():
    assert rows(date="2024-08-31")["quarter"].max() == "2024Q2"
    assert rows(date="2024-09")["quarter"].max() == "2024Q3"
    assert rows(date="2019").empty and staffing.totals(rows(date="2019")).empty
    assert staffing.turnover(rows(date="2019")) is None


def test_missing_unknown_and_zero_are_three_states():
    june = staffing.latest(rows(date="2024-06")).set_index("site_id")
    assert staffing.state(june.loc["two"], "vacant") == "unknown" == staffing.state(june.loc["two"], "posts")
    assert staffing.state(june.loc["three"], "fte") == "missing"
    assert staffing.state(june.loc["one"], "leavers") == "shown" and june.loc["one", "leavers"] == 0


def test_turnover_is_leavers_over_the_mean_headcount_of_the_four_quarters():
    # Only site one: 1 left; (2 + 3 + 3 + 4) / 4 people.
    found = staffing.turnover(rows(area="dps:d"))
    assert found.rate == pytest.approx(1 / ((2 + 3 + 3 + 4) / 4))
    assert (found.first, found.last, found.used, found.asked) == ("2023Q4", "2024Q3", 4, 4)


def test_where_leavers_lack_their_quarter_is_left_out_of_both_sides():
    # Two lacks leavers in the last quarter, three has no row in June, and is closed in the last.
    found = staffing.turnover(rows())
    people = ((2 + 2 + 1) + (3 + 2 + 1) + (3 + 1) + 4) / 4
    assert found.leavers == 1 + (1 + 0 + 1) + 0
    assert found.rate == pytest.approx(3 / people)
    assert (found.used, found.asked) == (3 + 3 + 2 + 1, 3 + 3 + 3 + 2)


def hide(found: pd.DataFrame, site: str, quarter: str) -> pd.DataFrame:
    """Rows of `staff` with the joiners and leavers of a site in a quarter hidden."""
    here = (found["site_id"] == site) & (found["quarter"] == quarter)
    return found.assign(
        hidden=found["hidden"].mask(here, "joiners leavers"),
        joiners=found["joiners"].mask(here),
        leavers=found["leavers"].mask(here),
    )


def test_a_hidden_number_is_a_state_of_its_own():
    found = hide(rows(), "two", "2024Q1")
    row = found[(found["site_id"] == "two") & (found["quarter"] == "2024Q1")].iloc[0]
    assert [staffing.state(row, name) for name in ("fte", "joiners", "leavers")] == [
        "shown",
        "hidden",
        "hidden",
    ]


def test_a_sum_without_a_hidden_number_is_at_least_and_made_of_shown_ones_only():
    sums = staffing.totals(hide(rows(), "one", "2024Q1")).set_index(["quarter", "measure"])
    joiners = sums.loc[("2024Q1", "joiners")]
    assert (
        joiners["value"],
        joiners["bound"],
        joiners["state"],
        joiners["told"],
        joiners["expected"],
    ) == (0, "at_least", "shown", 2, 3)


def test_a_sum_of_which_nothing_is_shown_is_hidden_and_no_zero():
    found = rows()
    for site in ("one", "two", "three"):
        found = hide(found, site, "2024Q1")
    leavers = staffing.totals(found).set_index(["quarter", "measure"]).loc[("2024Q1", "leavers")]
    assert pd.isna(leavers["value"]) and (leavers["state"], leavers["bound"], leavers["told"]) == (
        "hidden",
        "at_least",
        0,
    )
    assert staffing.number_of(staffing.totals(found), "fte").bound == "exact"


def test_turnover_leaves_a_quarter_with_hidden_leavers_out_of_both_sides():
    plain, less = staffing.turnover(rows()), staffing.turnover(hide(rows(), "two", "2023Q4"))
    assert less.bound == "at_least"
    assert (less.used, less.leavers, less.headcount) == (
        plain.used - 1,
        plain.leavers - 1,
        plain.headcount - 2 / 4,
    )


def test_turnover_agrees_with_plain_loops():
    staff = rows()
    left = people = 0.0
    for _, row in staff.iterrows():
        if row["leavers"] == row["leavers"] and row["headcount"] == row["headcount"]:
            left, people = left + row["leavers"], people + row["headcount"]
    assert staffing.turnover(staff).rate == pytest.approx(4 * left / people)


@pytest.mark.parametrize("lost", ["2024Q2", "2023Q4"])
def test_a_year_with_a_quarter_nobody_reported_has_no_turnover(lost):
    assert staffing.turnover(rows("\n".join(line for line in STAFF.splitlines() if lost not in line))) is None


def test_nobody_employed_gives_no_turnover():
    nobody = rows(area="dps:d").assign(headcount=0.0)
    assert staffing.turnover(nobody) is None


def test_sites_with_fewer_people_than_a_team_are_named_and_those_not_known_are_apart():
    assert staffing.few(staffing.latest(rows()), 2) == (["two"], [])
    assert staffing.few(staffing.latest(rows(date="2024-06")), 2) == (["two"], ["three"])
    # Two are enough.
    assert staffing.few(staffing.latest(rows(date="2023-12")), 2) == (["three"], [])


def test_net_and_gross_recruitment():
    tables, staff = small(), rows()
    way = staffing.way(tables, "region:r", "2024-09-30", staffing.totals(staff), LIMITS)
    assert way.gap == 10 - (3 + 1)
    # September 2024 to September 2026 is two years; the stock goes from 4 to 10.
    assert growth.recruits(way, 0.25) == pytest.approx(6 + 0.25 * (4 + 10) / 2 * 2)
    assert way.now.bound == "exact"


def test_an_area_without_a_goal_of_its_own_has_no_way():
    assert staffing.way(small(), "dps:d", "2024-09-30", staffing.totals(rows(area="dps:d")), LIMITS) is None


def test_the_mean_position_is_of_the_sites_that_told_both():
    june = staffing.latest(rows(date="2024-06"))
    assert staffing.mean_position(june) == pytest.approx((2 + 1) / (3 + 1))
    assert staffing.mean_position(june.assign(headcount=0.0)) is None


def test_what_no_site_has_told_is_no_number():
    sums = staffing.totals(rows().assign(leavers=float("nan")))
    assert "leavers" not in set(sums["measure"]) and staffing.number_of(sums, "leavers") is None


def test_the_ends_of_reported_quarters_can_be_looked_back_at():
    tables = small()
    assert growth.all_dates(tables) == ["2023-12", "2024-03", "2024-06", "2024-09"]
    counted = world(areas=AREAS, sites=SITES, observations="date|site_id|area_id|value\n2024-09-30| |region:r|4", catchments="area_id|site_id|valid_from")
    both = type(tables)(**{**vars(tables), "observations": counted.observations})
    # One date for a month, the one known more closely.
    assert growth.all_dates(both) == ["2023-12", "2024-03", "2024-06", "2024-09-30"]


def test_a_step_after_all_numbers_can_be_looked_back_at():
    tables = small()
    steps = world(rollout="site_id|stage|date\none|grant|2025-02-01\none|full_team|").rollout
    assert growth.all_dates(type(tables)(**{**vars(tables), "rollout": steps}))[-1] == "2025-02-01"
