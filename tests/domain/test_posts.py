"""Specialists per site: known numbers as they are, and where there are none a modelled split with 1,000 others beside it."""

from dataclasses import replace

import numpy as np
import pytest

from ipsdash.domain.posts import posts
from tests.domain.worlds import world

APRIL = "2019-04-12"


@pytest.fixture(scope="module")
def held(public):
    return posts(public, APRIL)


def by_site(public, split) -> dict[str, float]:
    """Posts by site; those of areas without a site must be zero."""
    assert not split[len(public.sites):].any()
    return dict(zip(public.sites["site_id"], split))


def plain_adams(weights: dict[str, float], total: int) -> dict[str, int]:
    """Two each, then one at a time to the site with most weight per post."""
    split = dict.fromkeys(weights, 2)
    while sum(split.values()) < total:
        split[max(split, key=lambda site: weights[site] / split[site])] += 1
    return split


# The public facts


def test_the_modelled_split_of_the_public_facts(public, held):
    larger = {"tromso": 8, "bodo": 6, "alta": 4, "finnsnes": 3, "harstad": 3, "mo-i-rana": 3, "narvik": 3, "sortland": 3}
    assert by_site(public, held.central) == dict.fromkeys(public.sites["site_id"], 2) | larger
    assert (held.central.sum(), len(held.central)) == (45, 16)


def test_the_split_says_that_it_is_modelled_and_of_what(public, held):
    assert (held.total, held.bound, held.date, held.quality) == (45, "exact", APRIL, "modelled")
    assert held.modelled == tuple(public.sites["site_id"])
    assert {"napha-2019", "napha-bodo-2019", "ssb-07459"} <= set(held.source.split())


def test_the_splits_by_people_and_by_care_agree_with_a_plain_rule(public, held):
    people, care, site = {}, {}, dict(zip(public.catchments["area_id"], public.catchments["site_id"]))
    dps = dict(zip(public.areas["area_id"], public.areas["dps_area"]))
    lived = public.population.query("year == 2019").set_index("area_id")["population_18_66"]
    in_care = public.specialist_care.query("indicator == 'adult_outpatients_18_64'").set_index("area_id")["value"]
    inside = lived.groupby(lived.index.map(dps)).sum()
    for area, count in lived.items():
        if isinstance(site[area], str):
            people[site[area]] = people.get(site[area], 0) + count
            care[site[area]] = care.get(site[area], 0) + in_care[dps[area]] * count / inside[dps[area]]
    assert by_site(public, held.central) == plain_adams(people, 45)
    assert by_site(public, held.by_care) == plain_adams(care, 45)
    assert by_site(public, held.by_care) != by_site(public, held.central)


def test_without_numbers_of_specialist_care_there_is_no_split_by_it(public):
    assert posts(replace(public, specialist_care=public.specialist_care.iloc[:0]), APRIL).by_care is None


def test_a_thousand_splits_of_45_with_nobody_alone_and_what_is_known_kept(public, held):
    sites = held.companions[:, :14]
    assert held.companions.shape == (1_000, 16)
    assert set(held.companions.sum(axis=1)) == {45}
    assert not held.companions[:, 14:].any()
    assert sites.min() == 2
    assert sites[:, public.sites["site_id"].tolist().index("bodo")].min() == 3, "three are known in Bodø at least"
    assert (sites == sites.round()).all()
    assert len(np.unique(sites, axis=0)) > 900


def test_the_modelled_split_lies_in_the_middle_of_the_random_ones(held):
    low, high = np.quantile(held.companions, [0.1, 0.9], axis=0)
    assert (low <= held.central).all() and (held.central <= high).all()


def test_the_random_splits_follow_people(public, held):
    # Tromsø has most people, then Bodø, then Alta.
    mean = by_site(public, held.companions.mean(axis=0))
    assert sorted(mean, key=mean.get)[-3:] == ["alta", "bodo", "tromso"]


def test_the_splits_are_the_same_each_time(public, held):
    again = posts(public, APRIL)
    assert np.array_equal(again.companions, held.companions) and np.array_equal(again.central, held.central)


# Small worlds: three sites with 9,000, 3,000 and 2,000 people, and a municipality without a site

SMALL = {
    "areas": "area_id|kind|dps_area|parent\nregion:r|region||\ndps:d|dps_area||region:r\ndps:e|dps_area||region:r\n"
             "municipality:1|municipality|dps:d|region:r\nmunicipality:2|municipality|dps:d|region:r\n"
             "municipality:3|municipality|dps:d|region:r\nmunicipality:4|municipality|dps:e|region:r",
    "sites": "site_id|municipality|evidence|opened\na|municipality:1|named|2015\nb|municipality:2|named|2015\nc|municipality:3|named|2015",
    "population": "area_id|year|population_18_66\nmunicipality:1|2018|9000\nmunicipality:2|2018|3000\n"
                  "municipality:3|2018|2000\nmunicipality:4|2018|1000",
    "catchments": "area_id|site_id|valid_from\nmunicipality:1|a|2016\nmunicipality:2|b|2016\nmunicipality:3|c|2016\nmunicipality:4||2016",
}  # fmt: skip
HEADING = "date|area_id|site_id|value|bound|quality|source\n"
OWN = HEADING + "2018-06||a|5|exact|reported|x\n2018-06||b|1.5|exact|counted|y\n2018-06||c|0|exact|reported|x"


def small(public, observations: str):
    return replace(world(**SMALL, observations=observations), assumptions=public.assumptions)


def test_where_every_site_has_a_fresh_number_nothing_is_modelled(public):
    # The number of the region is another count and does not change those of the sites.
    found = posts(small(public, OWN + "\n2018-06|region:r||8|exact|reported|p"), "2018-12")
    assert found.central.tolist() == [5, 1.5, 0, 0]
    assert (found.companions == found.central).all()
    assert (found.modelled, found.by_care, found.total, found.bound) == ((), None, 8, "exact")
    assert (found.quality, found.source) == ("counted", "p x y"), "as weak as the weakest number, and no longer modelled"


def test_a_known_site_keeps_its_number_and_the_rest_is_split(public):
    # 12 in all, 1 in b: 2 each for a and c, then 7 more: a at 9000/2, 9000/3, 9000/4, 9000/5, ... against c at 2000/2.
    found = posts(small(public, HEADING + "2018-06|region:r||12|exact|reported|p\n2018-06||b|1|exact|reported|x"), "2018-12")
    assert found.central.tolist() == [9, 1, 2, 0]
    assert found.modelled == ("a", "c")
    assert (found.companions[:, 1] == 1).all()
    assert set(found.companions.sum(axis=1)) == {12}
    assert found.companions[:, [0, 2]].min() == 2


def test_a_number_older_than_a_year_is_not_known_any_more(public):
    found = posts(small(public, HEADING + "2018-06|region:r||12|exact|reported|p\n2017-01||b|1|exact|reported|x"), "2018-12")
    assert found.modelled == ("a", "b", "c")
    # Two each and six more to a, but for the last: 9000/7 is less than 3000/2.
    assert found.central.tolist() == [7, 3, 2, 0]


def test_a_number_that_is_a_lower_bound_is_kept_and_may_grow(public):
    found = posts(small(public, HEADING + "2018-06|region:r||9|exact|reported|p\n2018-06||c|4|at_least|reported|x"), "2018-12")
    # 4 in c are known, 2 each for a and b; the last goes to a: 9000/2.
    assert found.central.tolist() == [3, 2, 4, 0]
    assert found.companions[:, 2].min() == 4
    assert set(found.companions.sum(axis=1)) == {9}


def test_too_few_posts_for_two_each_are_all_dealt(public):
    found = posts(small(public, HEADING + "2018-06|region:r||3|exact|reported|p"), "2018-12")
    assert found.central.tolist() == [2, 1, 0, 0], "the larger first"
    assert set(found.companions.sum(axis=1)) == {3}
    assert found.companions.max() == 2
    assert (found.companions[:, :3] > 0).any(axis=0).all(), "any of the sites may be the one with two"


def test_a_sum_in_which_a_site_is_missing_takes_it_for_the_smallest_team(public):
    given = "\n".join(OWN.splitlines()[:3])
    found = posts(small(public, given), "2018-12")
    assert (found.total, found.bound) == (6.5, "at_least")
    assert found.central.tolist() == [5, 1.5, 2, 0]
    assert (found.modelled, found.quality) == (("c",), "modelled")


def test_a_later_number_of_the_region_counts_from_its_date_on(public):
    tables = small(public, HEADING + "2018-06|region:r||12|exact|reported|p\n2019-02|region:r||20|exact|reported|p")
    assert [posts(tables, date).central.sum() for date in ("2018-06", "2019-01", "2019-02", "2030")] == [12, 12, 20, 20]


def test_nothing_known_by_a_date_gives_no_posts(public):
    assert posts(public, "2016") is None
    assert posts(small(public, HEADING.strip()), "2018-12") is None


def test_where_all_sites_are_known_nothing_is_left_to_split(public):
    found = posts(small(public, OWN), "2018-12")
    assert found.central.tolist() == [5, 1.5, 0, 0] and found.modelled == () and found.total == 6.5


def test_before_catchments_are_known_no_site_has_posts(public):
    found = posts(public, "2017-04")
    assert (found.total, found.modelled) == (5, ()) and not found.central.any()


def test_sites_that_are_known_to_have_more_than_the_region_keep_them(public):
    rows = HEADING + "2018-06|region:r||4|exact|reported|p\n2018-06||a|3|at_least|reported|x\n2018-06||b|3|at_least|reported|x"
    found = posts(small(public, rows), "2018-12")
    assert set(found.companions.sum(axis=1)) == {found.central.sum()} == {6}


def test_a_part_of_a_post_is_kept_as_it_was_written(public):
    found = posts(small(public, OWN.replace("1.5", "2.6") + "\n2018-06|region:r||9|exact|reported|p"), "2018-12")
    assert found.central.tolist() == [5, 2.6, 0, 0]
