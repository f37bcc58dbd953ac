"""Money: what is added and what never is, posts whose money ends, the cost of a post and of a job start."""

from dataclasses import replace

import pandas as pd
import pytest

from ipsdash.domain import funding
from tests.domain.worlds import world

AREAS = """
area_id        | kind         | parent   | dps_area
country:n      | country      |          |
region:r       | region       |          |
county:c       | county       | region:r |
dps:d          | dps_area     | region:r |
municipality:1 | municipality | county:c | dps:d
municipality:2 | municipality |          | dps:d
"""
SITES = """
site_id | municipality   | opened  | closed
one     | municipality:1 | 2018-01 |
two     | municipality:2 | 2018-01 |
three   | municipality:2 | 2018-01 | 2019-06-30
"""
MONEY = """
year | area_id        | site_id | entry  | nok     | bound    | payer | posts | ends
2018 | country:n      |         |        | 4000000 | at_least | D     |       |
2019 | country:n      |         | grant  | 5000000 | exact    | D     |       |
2018 | region:r       |         |        | 1000000 | exact    | D     |       |
2019 | region:r       |         | grant  | 1500000 | at_least | D     |       |
2019 | municipality:1 | one     | budget | 900000  | exact    | K     | 1     |
2019 | municipality:1 | one     | grant  | 600000  | exact    | D     | 0.5   | 2019-12-31
2019 | municipality:1 | one     | grant  | 900000  | exact    | K     | 3     |
2019 | municipality:1 | one     | spent  | 1200000 | exact    | K     |       |
2019 | municipality:2 | two     | budget | 2000000 | exact    | K     | 2     | 2020-06-30
2019 | municipality:2 | two     | spent  | 1800000 | exact    | K     |       |
"""
STAFF = """
site_id | quarter | fte
one     | 2019Q1  | 1
one     | 2019Q2  | 2
one     | 2019Q3  |
two     | 2019Q4  | 2
two     | 2020Q1  | 9
"""
CELLS = ["level", "place", "period", "measure", "value", "state", "bound", "quality", "source"]
STARTS = (
    ("site", "one", "2019", 6.0, "shown", "exact"), ("site", "two", "2019", 8.0, "shown", "exact"), ("region", "region:r", "2019", 14.0, "shown", "exact"),
)  # fmt: skip


def small(money: str = MONEY, starts=STARTS, sites: str = SITES, staff: str = STAFF):
    tables = world(areas=AREAS, sites=sites, funding=money, staffing=staff, catchments="area_id|site_id|valid_from", observations="date|area_id|site_id|value")
    rows = [(level, place, period, "job_starts", value, state, bound, "reported", "s2") for level, place, period, value, state, bound in starts]
    return replace(tables, outcomes=pd.DataFrame(rows, columns=CELLS))


def rows_of(area: str = "region:r", **given):
    return funding.money(small(**given), area)


def costs(area: str = "region:r", date: str = "2019-12-31", **given):
    return funding.costs(small(**given), area, date).set_index(["site_id", "year"])


# What is added.


def test_an_area_has_its_own_money_and_that_of_all_in_it_and_never_the_countrys():
    assert set(rows_of()["place"]) == {"region:r", "one", "two"}
    assert set(rows_of("county:c")["place"]) == {"one"}
    assert set(funding.country(small())["place"]) == {"country:n"}


def test_an_amount_without_an_entry_is_a_grant():
    assert rows_of().query("place == 'region:r'")["entry"].tolist() == ["grant", "grant"]


def test_entries_and_levels_are_never_added():
    tables = small()
    sums = funding.totals(tables, rows_of()).set_index(["year", "entry"])["nok"].to_dict()
    # 2019: the region's grant of 1.5 million is no part of the sites' 0.6 + 0.9.
    assert sums == {(2018, "grant"): 1e6, (2019, "grant"): 6e5 + 9e5, (2019, "budget"): 9e5 + 2e6, (2019, "spent"): 1.2e6 + 1.8e6}


def test_a_sum_is_at_least_where_a_site_with_money_in_other_years_has_none():
    gone = MONEY + "2020 | municipality:1 | one | budget | 950000 | exact | K | 1 |\n"
    sums = funding.totals(small(gone), rows_of(money=gone)).set_index(["year", "entry"])["bound"]
    assert sums[2019, "budget"] == "exact" and sums[2020, "budget"] == "at_least"
    # Site two has a budget and no grant: no grant is no gap.
    assert sums[2019, "grant"] == "exact"
    unspent = MONEY.replace("2019 | municipality:2 | two     | spent  | 1800000 | exact    | K     |       |\n", "")
    assert funding.totals(small(unspent), rows_of(money=unspent)).set_index("entry")["bound"]["spent"] == "at_least"


def test_a_page_leads_with_the_budget_of_the_newest_year_that_has_begun():
    sums = funding.totals(small(), rows_of())
    assert (funding.latest(sums, "2019-04")["year"], funding.latest(sums, "2019-04")["entry"]) == (2019, "budget")
    assert (funding.latest(sums, "2018-12-31")["year"], funding.latest(sums, "2018-12-31")["entry"]) == (2018, "grant")
    assert funding.latest(sums, "2017") is None


# The share of the country.


def test_a_share_of_at_least_is_at_most_and_of_an_exact_sum_with_a_part_at_least_at_least():
    found = funding.share_of_country(rows_of(), funding.country(small())).set_index("year")
    assert (found.at[2018, "share"], found.at[2018, "bound"]) == (1 / 4, "at_most")
    assert (found.at[2019, "share"], found.at[2019, "bound"]) == (1.5 / 5, "at_least")


@pytest.mark.parametrize(("part", "whole", "known"), [
    ("exact", "exact", "exact"), ("exact", "at_least", "at_most"), ("at_least", "exact", "at_least"), ("at_least", "at_least", ""),
])  # fmt: skip
def test_two_lower_bounds_say_nothing_of_a_share(part, whole, known):
    assert funding.ratio_bound(part, whole) == known


def test_only_grants_of_the_same_payer_are_set_against_each_other():
    other = MONEY.replace("2018 | region:r       |         |        | 1000000 | exact    | D", "2018 | region:r       |         |        | 1000000 | exact    | X")
    assert funding.share_of_country(rows_of(money=other), funding.country(small(other)))["year"].tolist() == [2019]


def test_the_public_facts_give_at_most_29_per_cent(public):
    found = funding.share_of_country(funding.money(public, "region:nord"), funding.country(public))
    assert found["share"].tolist() == [13 / 45] and found["bound"].tolist() == ["at_most"]


# Posts and the end of their money.


def paid(date: str = "2019-04-12", months: float = 12, **given):
    return funding.posts_paid(small(**given), rows_of(**given), date, months).set_index(["place", "payer"])


def test_a_grant_and_a_budget_of_one_payer_pay_for_the_same_posts():
    assert paid()["posts"].to_dict() == {("one", "D"): 0.5, ("one", "K"): 1, ("two", "K"): 2}


@pytest.mark.parametrize(("date", "states"), [
    # K has given no last day for site one: its money is for 2019. The others end 31 December 2019 and 30 June 2020.
    ("2019-04-12", {"D": "ending", "K": "undated", "two": "later"}), ("2019-06-30", {"D": "ending", "K": "undated", "two": "ending"}),
    ("2019-06-29", {"D": "ending", "K": "undated", "two": "later"}), ("2020-01-01", {"D": "ended", "K": "ended", "two": "ending"}),
    ("2020-07-01", {"D": "ended", "K": "ended", "two": "ended"}),
])  # fmt: skip
def test_money_ends_within_the_months_that_are_assumed(date, states):
    assert paid(date)["state"].to_dict() == {("one", "D"): states["D"], ("one", "K"): states["K"], ("two", "K"): states["two"]}


def test_money_that_is_promised_for_longer_goes_on():
    longer = MONEY + "2020 | municipality:1 | one | grant | 600000 | exact | D | 0.5 | 2022-12-31\n"
    assert paid(money=longer).at[("one", "D"), "state"] == "later"


def test_a_closed_site_has_no_posts():
    assert "two" not in paid(sites=SITES.replace("two     | municipality:2 | 2018-01 |", "two | municipality:2 | 2018-01 | 2019-01-31")).reset_index()["place"].tolist()


# Costs.


def test_a_post_costs_what_was_spent_by_the_mean_of_the_quarters_reported():
    found = costs().loc[("one", 2019)]
    assert (found["basis"], found["quarters"], found["of_quarters"]) == ("spent", 2, 4)
    assert found["per_post"] == 1_200_000 / ((1 + 2) / 2)
    assert (found["source"], found["quality"]) == ("s1 s2", "reported")


def test_a_site_that_was_open_for_half_a_year_had_posts_for_half_a_year():
    half = SITES.replace("two     | municipality:2 | 2018-01", "two     | municipality:2 | 2019-08")
    assert costs(sites=half).at[("two", 2019), "per_post"] == 1_800_000 / (2 * 2 / 4)


def test_what_is_spent_of_a_year_that_runs_is_not_used_and_later_quarters_neither():
    found = costs(date="2019-09-30").loc[("one", 2019)]
    assert (found["basis"], found["nok"], found["starts_state"], found["of_quarters"]) == ("budget", 900_000, "", 3)
    # Somebody without a budget, D, gives a grant: the site may cost more.
    assert found["bound"] == "at_least"
    assert costs(date="2019-09-30").at[("two", 2019), "bound"] == "exact"
    alone = MONEY.replace("2019 | municipality:1 | one     | grant  | 600000  | exact    | D     | 0.5   | 2019-12-31\n", "")
    assert costs(money=alone, date="2019-09-30").at[("one", 2019), "bound"] == "exact"


def test_without_a_quarter_or_with_nobody_in_post_there_is_no_cost():
    assert pd.isna(costs(date="2019-09-30").at[("two", 2019), "per_post"])
    assert pd.isna(costs(staff="site_id|quarter|fte\none|2019Q1|0").at[("one", 2019), "per_post"])


def test_a_job_start_costs_what_was_spent_by_the_job_starts_that_are_shown():
    assert costs()["per_start"].to_dict() == {("one", 2019): 1_200_000 / 6, ("two", 2019): 1_800_000 / 8}


@pytest.mark.parametrize(("value", "state", "bound"), [
    (float("nan"), "hidden", "exact"), (float("nan"), "hidden", "exact"), (float("nan"), "missing", "exact"), (0.0, "shown", "exact"), (6.0, "shown", "at_least"),
])  # fmt: skip
def test_job_starts_that_are_hidden_lacking_zero_or_of_a_part_of_the_year_have_no_cost(value, state, bound):
    found = costs(starts=[("site", "one", "2019", value, state, bound)]).loc[("one", 2019)]
    assert pd.isna(found["per_start"]) and found["starts_state"] == state and "s2" not in found["source"]


def test_the_regions_post_is_all_money_by_all_posts():
    found = funding.per_post(costs().reset_index())
    assert found["value"] == pytest.approx((1_200_000 + 1_800_000) / (1.5 + 2))
    assert (found["year"], found["basis"], found["sites"], found["of_sites"]) == (2019, "spent", 2, 2)


def of_region(**given):
    tables = small(**given)
    return funding.per_start(tables, funding.costs(tables, "region:r", "2019-12-31"), "region:r")


def test_the_regions_job_start_needs_every_site_on_both_sides():
    assert of_region()["value"] == (1_200_000 + 1_800_000) / 14
    # One site's own number may be hidden: the region's is shown.
    assert of_region(starts=[("site", "one", "2019", float("nan"), "hidden", "exact"), *STARTS[1:]])["value"] == 3_000_000 / 14


@pytest.mark.parametrize("starts", [
    [*STARTS[:2], ("region", "region:r", "2019", float("nan"), "hidden", "exact")],
    [*STARTS[:2], ("region", "region:r", "2019", 14.0, "shown", "at_least")],
    [*STARTS, ("site", "three", "2019", 5.0, "shown", "exact")], STARTS[1:], (),
])  # fmt: skip
def test_the_regions_job_start_is_unknown_where_a_side_lacks(starts):
    assert of_region(starts=starts) is None


def test_sums_agree_with_plain_loops():
    tables, plain = small(), {}
    for _, row in tables.funding.iterrows():
        if isinstance(row["site_id"], str):
            key = (row["year"], row["entry"], row["payer"])
            plain[key] = plain.get(key, 0) + row["nok"]
    found = funding.by_payer(rows_of()).query("level == 'site'").set_index(["year", "entry", "payer"])["nok"].to_dict()
    assert found == plain


def test_nothing_gives_nothing():
    empty = small(money=MONEY.strip().splitlines()[0], starts=())
    rows = funding.money(empty, "region:r")
    assert rows.empty and funding.level(rows) == "" and funding.totals(empty, rows).empty and funding.by_payer(rows).empty
    assert funding.posts_paid(empty, rows, "2019", 12).empty and funding.costs(empty, "region:r", "2019").empty
    assert funding.per_post(funding.costs(empty, "region:r", "2019")) is None


def test_money_ends_soon_within_a_year(public):
    assert public.assumptions.set_index("assumption").at["ending_months", "value"] == 12
