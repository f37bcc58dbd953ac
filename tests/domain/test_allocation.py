"""Where the next posts go: every rule by hand, and every way to give posts tried out beside Adams' rule."""

from itertools import product

import numpy as np
import pytest

from ipsdash.domain.allocation import given, placements, sequence, stability
from tests.domain.worlds import drawn


@pytest.fixture
def chance():
    return np.random.default_rng(11)


def order(need, in_post, posts, least=2, rule="adams") -> list[int]:
    return sequence(np.array(need, float), np.array(in_post, float), posts, least, rule).tolist()


# Adams' rule


def loads(need, held) -> list[float]:
    return sorted((round(one / other, 9) for one, other in zip(need, held)), reverse=True)


def test_no_other_way_to_give_the_posts_leaves_a_smaller_worst_load(chance):
    for _ in range(60):
        need, held, posts = chance.uniform(0, 9, 4), chance.integers(2, 5, 4).astype(float), int(chance.integers(1, 5))
        found = given(np.array(order(need, held, posts)), 4)
        # A site takes a post as long as it has fewer than its need; what no site takes is not placed.
        room = [max(0, int(np.ceil(one - other))) for one, other in zip(need, held)]
        ways = [way for way in product(*(range(one + 1) for one in room)) if sum(way) == min(posts, sum(room))]
        assert tuple(found) in ways
        assert loads(need, held + found) == min(loads(need, held + np.array(way)) for way in ways)


def test_the_next_post_goes_where_most_need_falls_on_each():
    # 9/2, 8/3 and 5/2; then 9/3, 8/3, 5/2; then 9/4, 8/3, 5/2; then 9/4, 8/4, 5/2.
    assert order([9, 8, 5], [2, 3, 2], 4) == [0, 0, 1, 2]


def test_needs_all_multiplied_give_the_same_order_as_long_as_no_site_is_full(chance):
    for _ in range(20):
        need, held = chance.uniform(15, 40, 5), chance.integers(0, 6, 5)
        for rule in ("adams", "webster"):
            assert order(need, held, 8, rule=rule) == order(need * 1.7, held, 8, rule=rule) == order(need * 50, held, 8, rule=rule)


# Every site is brought to two first


def test_teams_below_two_come_first_and_among_them_the_larger_need():
    # One post each is missing in the third, two in the second; then 9/2 is the heaviest load.
    assert order([9, 5, 3], [2, 0, 1], 4) == [1, 1, 2, 0]


def test_a_team_is_brought_to_two_even_beyond_its_need():
    assert order([0.5, 4], [0, 4], 4) == [0, 0, -1, -1]


def test_a_site_without_need_gets_nothing():
    assert order([0, 3], [0, 2], 3) == [1, -1, -1]


@pytest.mark.parametrize(("least", "expected"), [(1, [1, 0, 1]), (2, [1, 1, 0]), (3, [0, 1, 1])])
def test_how_small_a_team_may_be_is_an_assumption(least, expected):
    assert order([12, 5], [2, 0], 3, least) == expected


# Nobody is moved, and a site stops


def test_nobody_is_moved_from_a_site_with_too_many(chance):
    for _ in range(50):
        need, held = chance.uniform(0, 9, 5), chance.integers(0, 12, 5)
        more = given(np.array(order(need, held, 6)), 5)
        assert (more >= 0).all()
        assert not more[(held >= need) & (held >= 2)].any(), "who has enough gets no more"


def test_a_site_stops_when_its_posts_reach_its_need():
    assert order([3.2], [2], 4) == [0, 0, -1, -1]
    assert order([4], [2], 4) == [0, 0, -1, -1]


def test_what_no_site_lacks_is_not_placed():
    # 2 and 1 are lacking, nothing in the third.
    found = order([4, 3, 2], [2, 2, 5], 9)
    assert found[3:] == [-1] * 6
    assert given(np.array(found), 3).tolist() == [2, 1, 0]


# Ties


def test_of_equal_loads_the_larger_need_comes_first_and_then_the_earlier_site():
    assert order([4, 8, 8], [2, 4, 4], 3) == [1, 2, 0]
    # In thirds and tenths a machine rounds, and yet these loads are the same.
    assert order([0.3 * 3, 0.1 * 9, 2.7], [0.3, 0.3, 0.9], 3, least=0) == [2, 0, 1]


def test_the_order_of_sites_does_not_matter_without_ties(chance):
    for rule in ("adams", "webster"):
        for _ in range(20):
            need, held, places = chance.uniform(1, 12, 6), chance.integers(0, 5, 6), chance.permutation(6)
            there = [places[one] if one >= 0 else -1 for one in order(need[places], held[places], 12, rule=rule)]
            assert there == order(need, held, 12, rule=rule)


# Webster's rule


@pytest.mark.parametrize(("votes", "seats", "expected"), [
    ([53_000, 24_000, 23_000], 7, [3, 2, 2]), ([100_000, 80_000, 30_000, 20_000], 8, [3, 3, 1, 1]),
])  # fmt: skip
def test_webster_gives_the_published_examples(votes, seats, expected):
    found = order(votes, [0] * len(votes), seats, least=0, rule="webster")
    assert given(np.array(found), len(votes)).tolist() == expected


def test_the_two_rules_can_differ():
    # Adams: 10/4 = 2.5 against 3/1 = 3. Webster: 10/4.5 = 2.2 against 3/1.5 = 2.
    assert order([10, 3], [4, 1], 1, least=1) == [1]
    assert order([10, 3], [4, 1], 1, least=1, rule="webster") == [0]


def test_webster_keeps_the_first_rules_too():
    assert order([9, 5, 0.5], [9, 1, 0], 6, rule="webster") == [1, 2, 2, 1, 1, 1]
    assert order([4, 3], [4, 2], 3, rule="webster") == [1, -1, -1]


def test_there_are_two_rules():
    with pytest.raises(KeyError):
        order([1], [0], 1, rule="jefferson")


# Many draws


@pytest.mark.parametrize("rule", ["adams", "webster"])
def test_draws_at_once_are_as_one_by_one(rule, chance):
    need, held = chance.uniform(0, 8, (40, 5)).round(1), chance.integers(0, 5, (40, 5))
    together = sequence(need, held, 7, 2, rule)
    assert together.tolist() == [order(one, other, 7, rule=rule) for one, other in zip(need, held)]
    # One split for all draws, or one need for all splits.
    assert sequence(need, held[0], 7, 2, rule).tolist() == [order(one, held[0], 7, rule=rule) for one in need]
    assert sequence(need[0], held, 7, 2, rule).tolist() == [order(need[0], one, 7, rule=rule) for one in held]


def test_given_counts_the_placed_posts_of_each_site():
    assert given(np.array([[0, 2, 2, -1], [1, 1, 1, 1]]), 3).tolist() == [[1, 0, 2], [0, 4, 0]]
    assert given(np.array([-1, -1]), 2).tolist() == [0, 0]


def test_stability_is_the_share_of_draws_in_which_a_site_is_among_the_next(chance):
    need, held = chance.uniform(0, 8, (60, 4)), chance.integers(0, 5, (60, 4))
    plain = [0] * 4
    for one, other in zip(need, held):
        for site in set(order(one, other, 3)) - {-1}:
            plain[site] += 1
    assert stability(need, held, 3, 2).tolist() == pytest.approx([count / 60 for count in plain])
    assert stability(np.array([[5.0, 1], [5, 1]]), np.array([2.0, 2]), 2, 2).tolist() == [1, 0], "twice in one draw is once"


def test_the_inputs_stay_as_they_are():
    need, held = np.array([5.0, 4]), np.array([0.0, 1])
    sequence(need, held, 4, 2)
    assert (need.tolist(), held.tolist()) == ([5, 4], [0, 1])


# Reasons

SITES = """
site_id | need | in_post | demand | served_per_specialist
a       | 5    | 2       | 100    | 20
b       | 3    | 0       | 60     | 20
c       | 0    | 0       | 0      | 20
"""


def test_each_placed_post_has_its_reason_and_the_numbers_before_it():
    # b is brought to two; then a has 100/2 people on each against 60/2, and 100/3 against 60/2.
    rows = placements(drawn(SITES), 4, 2)
    assert rows["number"].tolist() == [1, 2, 3, 4]
    assert rows["site_id"].tolist() == ["b", "b", "a", "a"]
    assert rows["reason"].tolist() == ["below_least", "below_least", "heaviest_load", "heaviest_load"]
    assert rows["in_post"].tolist() == [0, 1, 2, 3]
    assert rows["people_without"].tolist() == [60, 60 - 20, 100 - 2 * 20, 100 - 3 * 20]
    assert rows["load"].tolist() == pytest.approx([float("inf"), 60 / 1, 100 / 2, 100 / 3])


def test_posts_that_cannot_be_placed_have_no_row():
    # a lacks three, b lacks three.
    assert len(placements(drawn(SITES), 20, 2)) == 3 + 3
    assert placements(drawn(SITES.replace("| 5  ", "| 2  ").replace("| 3 ", "| 0 ")), 5, 2).empty


def test_a_team_beyond_its_need_leaves_nobody_without():
    rows = placements(drawn(SITES.replace("b       | 3    | 0       | 60 ", "b       | 0.5  | 1       | 10 ")), 1, 2)
    assert rows[["site_id", "people_without", "load"]].values.tolist() == [["b", 0, 10]]


def test_nothing_placed_is_nothing_given():
    assert given(np.empty(0, int), 3).tolist() == [0, 0, 0]
    assert given(np.empty((2, 0), int), 3).tolist() == [[0, 0, 0]] * 2


def test_without_a_smallest_team_a_site_with_nobody_comes_first_the_larger_need_before_the_smaller():
    assert order([1, 5, 3], [0, 0, 0], 3, least=0) == [1, 2, 0]
    assert order([0, 5], [0, 0], 2, least=0) == [1, 1]
