"""Growth and the way to the goal: the worked numbers of the method, and what happens at the edges."""

from dataclasses import replace

import pandas as pd
import pytest

from ipsdash.domain import growth
from ipsdash.domain.assumptions import assumed
from tests.domain.worlds import drawn, world

COUNTS = """
date       | value | bound | quality  | source
2017-04    | 5     | exact | reported | napha
2019-04-12 | 45    | exact | reported | napha
"""
GOAL = """
goal_id | value | set_on  | due_on  | quality  | source
ips-50  | 50    | 2017-04 | 2022-04 | reported | plan
"""


LIMITS = drawn("assumption|value\npace_on_track|.95\npace_behind|.60").set_index("assumption")


def way(counts: str = COUNTS, goal: str = GOAL) -> growth.Progress:
    return growth.progress(drawn(counts), drawn(goal), LIMITS)


# The worked case of the method: 5 (April 2017), 45 (12 April 2019), 50 due April 2022.


def test_gap_is_goal_minus_now():
    assert way().gap == 50 - 45


def test_pace_is_what_was_added_per_year():
    assert way().pace == pytest.approx((45 - 5) / (24 / 12))


def test_pace_needed_is_the_gap_over_the_years_left():
    assert way().pace_needed == pytest.approx((50 - 45) / (36 / 12))
    assert round(way().pace_needed, 2) == 1.67


def test_on_track_and_break_even_are_each_others_inverse():
    assert way().on_track == pytest.approx(20 / (5 / 3)) == pytest.approx(12)
    assert way().break_even == pytest.approx((5 / 3) / 20) == pytest.approx(1 / 12)


def test_the_plan_is_an_even_way_from_the_first_number_to_the_goal():
    assert way().plan_now == pytest.approx(5 + (50 - 5) * 24 / 60) == pytest.approx(23)


def test_arrival_when_the_pace_is_kept_halved_and_quartered():
    # 5/20 of a year is 3 months, 5/10 is 6, 5/5 is 12.
    rows = growth.arrivals(way())
    assert rows["date"].tolist() == ["2019-07", "2019-10", "2020-04"]
    assert rows["pace"].tolist() == [20, 10, 5]
    assert not rows["after_due"].any()


def test_recruits_are_the_gap_and_those_who_leave_on_the_way():
    assert growth.recruits(way(), 0.25) == pytest.approx(5 + 0.25 * (45 + 50) / 2 * 3) == pytest.approx(40.625)
    assert growth.recruits(way(), 0) == 5


def test_progress_unites_sources():
    assert way().source == "napha plan"


def test_the_public_facts_give_the_worked_case(public):
    rows = growth.specialists(public, "region:nord")
    found = growth.progress(rows, growth.goals_at(public, "region:nord", "2019-04-12"), assumed(public.assumptions, "2019-04-12", {}))
    assert (found.pace, found.gap, round(found.plan_now), found.grade) == (20, 5, 23, "on_track")
    assert (found.set_on, found.due_on) == ("2017-04", "2022-04")


# Grades: from .95 of the needed pace on track, from .60 faster growth needed, from 0 far behind, below falling.


@pytest.mark.parametrize(("now", "grade"), [
    # Needed from 10: (50 - now) / 3; pace: (now - 10) / 2.
    (50, "reached"), (55, "reached"), (33.5, "on_track"), (30, "on_track"), (25.6, "on_track"), (25.5, "faster_needed"),
    (24, "faster_needed"), (22, "faster_needed"), (21, "far_behind"), (10, "far_behind"), (9, "falling"),
])  # fmt: skip
def test_grade_follows_the_share_of_the_needed_pace(now, grade):
    counts = COUNTS.replace("| 5 ", "| 10").replace("| 45", f"| {now}")
    found = way(counts)
    if found.on_track is not None:
        share = ((now - 10) / 2) / ((50 - now) / 3)
        plain = "on_track" if share >= 0.95 else "faster_needed" if share >= 0.6 else "far_behind" if share >= 0 else "falling"
        assert plain == grade
    assert found.grade == grade


def test_one_count_gives_no_pace():
    found = way(COUNTS.rsplit("\n", 2)[0])
    assert (found.pace, found.on_track, found.break_even, found.grade) == (None, None, None, "unknown")
    assert found.gap == 45


def test_a_reached_goal_needs_no_pace():
    found = way(COUNTS.replace("| 45", "| 52"))
    assert (found.grade, found.pace_needed, found.break_even) == ("reached", None, None)
    assert growth.arrivals(found).empty


def test_after_the_due_date_no_pace_is_enough():
    found = way(COUNTS.replace("2019-04-12", "2023-04"))
    assert (found.grade, found.pace_needed) == ("past_due", None)
    assert growth.recruits(found, 0.25) == 5


def test_no_growth_gives_no_month_of_arrival():
    assert growth.arrivals(way(COUNTS.replace("| 45", "| 5"))).empty
    assert growth.arrivals(way(COUNTS.replace("| 45", "| 4"))).empty


def test_an_arrival_after_the_due_date_is_marked():
    # 10 to 14 in two years: 2 a year; 36 more take 18 years.
    rows = growth.arrivals(way(COUNTS.replace("| 5 ", "| 10").replace("| 45", "| 14")))
    assert rows["date"].iloc[0] == "2037-04"
    assert rows["after_due"].all()


@pytest.mark.parametrize(("counts", "goal"), [(COUNTS.splitlines()[1], GOAL), (COUNTS, GOAL.splitlines()[1])])
def test_without_a_count_or_a_goal_there_is_no_way(counts, goal):
    assert way(counts, goal) is None


def test_a_new_goal_does_not_rewrite_the_old_one(public):
    later = public.goals.assign(goal_id="more", value=80.0, set_on="2019-06", due_on="2025-06")
    both = replace(public, goals=pd.concat([public.goals, later]))
    assert growth.goals_at(both, "region:nord", "2019-04-12")["value"].tolist() == [50]
    assert growth.goals_at(both, "region:nord", "2019-06")["value"].tolist() == [50, 80]


def test_the_plan_starts_from_the_last_number_by_the_day_the_goal_was_set():
    counts = COUNTS + "2019-10 | 47 | exact | reported | napha\n2020-04 | 48 | exact | reported | napha\n"
    goal = GOAL.replace("2017-04", "2019-05").replace("2022-04", "2021-05")
    assert way(counts, goal).plan_now == pytest.approx(45 + (50 - 45) * 11 / 24)


# Specialists of an area: published numbers win, sites' numbers are summed.

AREAS = """
area_id        | kind         | parent   | dps_area
region:r       | region       |          |
county:c       | county       | region:r |
dps:d          | dps_area     | region:r |
municipality:1 | municipality | county:c | dps:d
municipality:2 | municipality | county:c | dps:d
"""
SITES = """
site_id | municipality   | opened  | closed
one     | municipality:1 | 2018-01 |
two     | municipality:2 | 2018-01 | 2020-06
three   | municipality:2 | 2019-06 |
"""
GIVEN = """
date    | area_id  | site_id | value | bound    | quality  | source
2018-01 |          | one     | 2     | exact    | reported | a
2018-01 |          | two     | 1     | exact    | counted  | b
2019-06 |          | one     | 4     | exact    | reported | a
2019-06 |          | two     | 2     | exact    | reported | b
2020-06 |          | one     | 5     | exact    | reported | a
2020-06 |          | three   | 3     | at_least | reported | c
2021-06 |          | one     | 6     | exact    | reported | a
2021-06 |          | three   | 3     | exact    | reported | a
"""


def small(given: str = GIVEN):
    return world(areas=AREAS, sites=SITES, observations=given, catchments="area_id|site_id|valid_from")


def test_sites_are_summed_by_date_and_a_missing_site_makes_it_at_least():
    rows = growth.specialists(small(), "county:c").set_index("date")
    assert rows["value"].to_dict() == {"2018-01": 2 + 1, "2019-06": 4 + 2, "2020-06": 5 + 3, "2021-06": 6 + 3}
    # 2018: both open sites gave. 2019: site three, open by then, gave none. 2020: a part is a lower bound. 2021: two is closed.
    assert rows["bound"].tolist() == ["exact", "at_least", "at_least", "exact"]
    assert (rows["quality"]["2018-01"], rows["source"]["2018-01"]) == ("counted", "a b")


def test_a_published_number_wins_over_the_sum_of_its_date():
    given = GIVEN + "2019-06 | county:c |  | 9 | exact | reported | p\n"
    rows = growth.specialists(small(given), "county:c").set_index("date")
    assert rows["value"]["2019-06"] == 9
    assert rows["value"]["2018-01"] == 3


def test_a_number_without_a_date_is_not_on_the_time_axis():
    given = GIVEN + " | county:c |  | 99 | exact | reported | p\n"
    assert 99 not in growth.specialists(small(given), "county:c")["value"].tolist()


def test_sums_by_kind_agree_with_plain_loops():
    tables = small()
    found = growth.by_kind(tables, "dps_area").set_index(["area_id", "date"])["value"].to_dict()
    plain = {}
    for _, row in tables.observations.iterrows():
        home = tables.sites.set_index("site_id")["municipality"][row["site_id"]]
        area = tables.areas.set_index("area_id")["dps_area"][home]
        plain[area, row["date"]] = plain.get((area, row["date"]), 0) + row["value"]
    assert found == plain


def test_dates_to_look_back_at_are_those_of_counts_and_catchments(public):
    assert growth.dates(public) == ["2017-04", "2019-04-12"]


def test_nav_teams_are_a_series_of_their_own(public):
    teams = growth.teams(public, "region:nord")
    assert set(teams["area_id"]) == {"region:nord", "country:no"}
    assert 45 not in teams.query("area_id == 'region:nord'")["value"].tolist()
    assert teams["value"].notna().all()


# Part counts: a sum in which an open site is missing never stands for the whole.

FOUR_SITES = """
site_id | municipality   | opened
bodo    | municipality:1 | 2015
tromso  | municipality:1 | 2015
alta    | municipality:2 | 2015
narvik  | municipality:2 | 2015
"""
HEAD = "date | area_id | site_id | value | bound | quality | source\n"
REGION = HEAD + "2017-04 | region:r | | 5 | exact | reported | p\n2019-04 | region:r | | 45 | exact | reported | p\n"


def four_sites(observations: str):
    return world(areas=AREAS, sites=FOUR_SITES, observations=observations, catchments="area_id|site_id|valid_from")


def way_of(observations: str, goal: str = GOAL) -> growth.Progress:
    return growth.progress(growth.specialists(four_sites(observations), "region:r"), drawn(goal), LIMITS)


def site_counts(date: str, **sites: float) -> str:
    return "".join(f"{date} | | {site} | {value} | exact | reported | w\n" for site, value in sites.items())


def test_three_sites_of_a_later_date_do_not_replace_the_full_count():
    found = way_of(REGION + site_counts("2020-04", bodo=6, tromso=8, alta=4))
    assert (found.now.value, found.now.date, found.pace, found.gap, found.grade) == (45, "2019-04", 20, 5, "on_track")
    assert (found.part.value, found.part.bound, found.leading.value) == (6 + 8 + 4, "at_least", 45)
    assert growth.reporting(four_sites(REGION + site_counts("2020-04", bodo=6, tromso=8, alta=4)), "region:r", "2020-04") == (
        ["bodo", "tromso", "alta"], ["narvik"]
    )  # fmt: skip


def test_a_site_that_begins_to_report_is_no_growth():
    observations = HEAD + site_counts("2019-04", bodo=6) + site_counts("2020-04", bodo=6, tromso=8)
    found = way_of(observations)
    assert (found.pace, found.pace_needed, found.plan_now, found.grade) == (None, None, None, "unknown")
    assert growth.arrivals(found).empty
    same = growth.same_sites(four_sites(observations), "region:r", "2020-04")
    assert (same.sites, same.before, same.after) == (("bodo",), 6, 6)


def test_of_two_part_counts_the_sites_that_reported_both_times_are_compared():
    observations = REGION + site_counts("2020-04", bodo=6, tromso=6, alta=2) + site_counts("2021-04", bodo=7, alta=4, tromso=7)
    same = growth.same_sites(four_sites(observations), "region:r", "2021-04")
    assert (same.sites, same.first, same.last) == (("bodo", "tromso", "alta"), "2020-04", "2021-04")
    assert (same.before, same.after) == (6 + 6 + 2, 7 + 7 + 4)
    assert growth.same_sites(four_sites(observations), "region:r", "2020-04") is None


def test_two_full_sums_of_sites_are_a_series_and_nothing_is_compared_beside_it():
    both = HEAD + site_counts("2019-04", bodo=6, tromso=8, alta=4, narvik=2) + site_counts("2020-04", bodo=7, tromso=8, alta=4, narvik=2)
    assert way_of(both).pace == 1
    assert growth.same_sites(four_sites(both), "region:r", "2020-04") is None


def test_a_part_count_above_the_full_one_leads_and_gives_no_pace_that_is_needed():
    found = way_of(REGION + site_counts("2020-04", bodo=20, tromso=20, alta=8))
    assert (found.leading.value, found.leading.bound, found.gap, found.gap_bound) == (48, "at_least", 2, "at_most")
    assert (found.pace, found.pace_needed, found.on_track, found.grade) == (20, None, None, "unknown")
    assert growth.arrivals(found).empty


def test_a_part_count_at_the_goal_reaches_it():
    found = way_of(REGION + site_counts("2020-04", bodo=20, tromso=20, alta=10))
    assert (found.grade, found.gap, found.pace_needed) == ("reached", 0, None)


def test_without_any_full_count_the_gap_is_at_most():
    found = way_of(HEAD + site_counts("2020-04", bodo=6, tromso=8, alta=4))
    assert (found.now.value, found.now.bound, found.gap, found.gap_bound) == (18, "at_least", 50 - 18, "at_most")
    assert (found.pace, found.plan_now, found.grade) == (None, None, "unknown")


# What the way says at its edges.


def test_a_goal_due_in_the_month_of_the_count_is_not_past_due():
    found = way(COUNTS.replace("2019-04-12", "2022-04-20"))
    assert (found.grade, found.pace_needed) == ("due", None)
    assert way(COUNTS.replace("2019-04-12", "2022-05-01")).grade == "past_due"


def test_one_count_has_no_plan():
    assert way(COUNTS.rsplit("\n", 2)[0]).plan_now is None


def test_a_goal_set_after_the_last_count_has_no_plan_at_it():
    assert way(goal=GOAL.replace("2017-04", "2020-01")).plan_now is None


def test_a_series_that_turned_is_told_by_both_paces():
    found = way(COUNTS + "2020-04 | 40 | exact | reported | napha\n")
    assert (found.pace, found.recent_pace) == (pytest.approx(35 / 3), pytest.approx(-5))
    assert found.trend_turned
    steady = way(COUNTS + "2020-04 | 48 | exact | reported | napha\n")
    assert steady.recent_pace == pytest.approx(3) and not steady.trend_turned
