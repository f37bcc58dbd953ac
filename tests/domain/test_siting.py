"""Where new sites would reach most people: every set of candidates is tried out beside the search."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from ipsdash.domain.assumptions import assumed
from ipsdash.domain.need import places
from ipsdash.domain.siting import best_places, to_reach
from ipsdash.domain.travel import pairs, times
from tests.domain.worlds import drawn

NEAR = 0.03
# Minutes from three candidates to five municipalities, of which x has nobody.
PEOPLE = pd.Series({"1": 100.0, "2": 60.0, "3": 50.0, "4": 30.0, "x": 0.0})
KNOWN = """
origin | destination | minutes
a      | 1           | 10
a      | 2           | 50
b      | 2           | 20
b      | 3           | 30
c      | 3           | 60
c      | 4           | 0
c      | 1           | 61
d      | 4           |
e      | x           | 0
"""


def plain(people: pd.Series, known: pd.DataFrame, candidates: list[str], sites: int, minutes: float, near: float) -> list[tuple]:
    """(places, people, mean minutes) of the best sets and of those nearly as good, by trying all."""
    way = {(row["origin"], row["destination"]): row["minutes"] for _, row in known.iterrows() if row["minutes"] <= minutes}
    useful = [one for one in candidates if any((one, town) in way and count > 0 for town, count in people.items())]
    found = []
    for chosen in combinations(useful, min(sites, len(useful))):
        reached, spent = 0.0, 0.0
        for town, count in people.items():
            ways = [way[one, town] for one in chosen if (one, town) in way]
            if ways:
                reached, spent = reached + count, spent + count * min(ways)
        found.append((" ".join(chosen), reached, spent / reached if reached else None))
    most = max((one[1] for one in found), default=0)
    # Sorting keeps the order of candidates among equals.
    return sorted((one for one in found if one[1] and one[1] >= most * (1 - near)), key=lambda one: (-one[1], round(one[2], 6)))


def best(sites: int = 1, minutes: float = 60, near: float = NEAR, known: str = KNOWN, candidates=("a", "b", "c", "d", "e")) -> pd.DataFrame:
    return best_places(PEOPLE, drawn(known), list(candidates), sites, minutes, near)


# Worked by hand


def test_one_site_is_put_where_most_people_are_within_the_time():
    # a: 100 + 60, b: 60 + 50, c: 50 + 30, for 61 minutes are too long.
    rows = best()
    assert rows[["places", "people", "left_out", "best"]].values.tolist() == [["a", 160, 240 - 160, True]]
    assert rows["mean_minutes"].tolist() == pytest.approx([(100 * 10 + 60 * 50) / 160])


def test_two_sites_are_chosen_together():
    # a and b reach 1, 2 and 3; a and c all, though b alone reaches more than c.
    rows = best(sites=2)
    assert rows[["places", "people", "left_out"]].values.tolist() == [["a c", 240, 0]]
    assert rows["mean_minutes"].tolist() == pytest.approx([(100 * 10 + 60 * 50 + 50 * 60 + 30 * 0) / 240])


def test_who_is_reached_twice_takes_the_shorter_way():
    assert best(sites=3)["mean_minutes"].tolist() == pytest.approx([(100 * 10 + 60 * 20 + 50 * 30 + 30 * 0) / 240])


@pytest.mark.parametrize(("people", "listed"), [(97, ["a", "b"]), (96.9, ["a"]), (100, ["b", "a"])])
def test_what_reaches_at_most_three_percent_fewer_is_listed_beside_the_best(people, listed):
    known = drawn("origin|destination|minutes\na|1|20\nb|2|10")
    rows = best_places(pd.Series({"1": 100.0, "2": people}), known, ["a", "b"], 1, 60, NEAR)
    assert rows["places"].tolist() == listed, "most people first, then the shorter way"
    assert rows["best"].tolist() == [True, people == 100][: len(listed)]


def test_of_equally_good_places_the_earlier_candidate_comes_first():
    known = drawn("origin|destination|minutes\na|1|20\nb|1|20")
    for candidates in (["a", "b"], ["b", "a"]):
        assert best_places(pd.Series({"1": 9.0}), known, candidates, 1, 60, NEAR)["places"].tolist() == candidates


# Beside every set there is


@pytest.mark.parametrize("sites", [1, 2, 3])
def test_the_search_finds_what_trying_all_sets_finds(sites):
    chance = np.random.default_rng(sites)
    for near in (0, 0.03, 0.2):
        for _ in range(12):
            people = pd.Series(chance.integers(0, 50, 7) * 1.0, index=list("1234567"))
            known = pd.DataFrame([(one, town) for one in "abcdef" for town in people.index], columns=["origin", "destination"])
            known["minutes"] = np.where(chance.random(len(known)) < 0.4, np.nan, chance.integers(0, 12, len(known)) * 10.0)
            rows = best_places(people, known.sample(frac=0.8, random_state=3), list("abcdef"), sites, 60, near)
            wanted = plain(people, known.sample(frac=0.8, random_state=3), list("abcdef"), sites, 60, near)
            assert rows["places"].tolist() == [one[0] for one in wanted]
            assert rows["people"].tolist() == [one[1] for one in wanted]
            assert rows["mean_minutes"].tolist() == pytest.approx([one[2] for one in wanted])
            assert (rows["people"] + rows["left_out"] == people.sum()).all()
            assert rows["best"].tolist() == [one[1] == wanted[0][1] for one in wanted]


def test_more_sites_or_more_time_reach_at_least_as_many():
    reached = {(sites, minutes): best(sites, minutes)["people"].iloc[0] for sites in (1, 2, 3) for minutes in (10, 30, 60, 90)}
    for (sites, minutes), count in reached.items():
        assert all(count <= more for (other, longer), more in reached.items() if other >= sites and longer >= minutes)


# Nobody to reach


def test_nobody_to_reach_gives_no_rows():
    columns = ["places", "people", "left_out", "mean_minutes", "best"]
    nobody = best_places(PEOPLE * 0, drawn(KNOWN), list("abcde"), 2, 60, NEAR)
    for rows in (nobody, best(candidates=[]), best(candidates=["elsewhere"]), best(minutes=-1)):
        assert rows.empty and rows.columns.tolist() == columns


def test_a_candidate_with_unknown_times_reaches_nobody_nor_one_where_nobody_lives():
    assert best(candidates=["d", "e"]).empty
    assert best(sites=3, candidates=["d", "c", "e"])["places"].tolist() == ["c"]


# Who is to be reached

HOMES = "area_id|site_id|people\n1|s|1\n2|s|2\n3|s|4\n4|s|8\n5||16"
WAYS = "destination|minutes\n1|60\n2|61\n3|\n5|5"


def test_far_counts_also_those_whose_own_site_is_too_far_or_at_an_unknown_time():
    homes, known = drawn(HOMES).fillna({"site_id": ""}), drawn(WAYS).assign(own=[True, True, True, False])
    assert to_reach(homes, known, 60, "without").to_dict() == {"1": 0, "2": 0, "3": 0, "4": 0, "5": 16}
    # 2 is too far, 3 over sea, 4 without a pair at all; 5 has no site, however near one is.
    assert to_reach(homes, known, 60, "far").to_dict() == {"1": 0, "2": 2, "3": 4, "4": 8, "5": 16}
    with pytest.raises(KeyError):
        to_reach(homes, known, 60, "all")


def test_the_public_facts_leave_15604_people_without_a_known_site(public):
    rows = assumed(public.assumptions, "2019-04-12", {})
    wanted = pairs(public, rows, "2019-04-12")
    known = times(wanted, pd.Series(0.0, index=wanted.index), public.travel, rows)
    people = to_reach(places(public, "2019-04-12", "population"), known, 60, "without")
    assert people.sum() == 7_852 + 7_752 == 15_604
    inside = public.areas.loc[public.areas["dps_area"].isin(["dps:nord-troms", "dps:midt-finnmark"]), "area_id"]
    assert set(people.index[people > 0]) == set(inside)
    assert to_reach(places(public, "2019-04-12", "population"), known, 60, "far").sum() > 15_604
