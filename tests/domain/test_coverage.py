"""How much of the need is met: worked by hand, and plain loops beside the draws."""

import numpy as np
import pandas as pd
import pytest

from ipsdash.domain import coverage
from ipsdash.domain.assumptions import assumed
from ipsdash.domain.need import Model, flow, model
from ipsdash.domain.posts import Posts, posts

APRIL = "2019-04-12"


@pytest.fixture
def chance():
    return np.random.default_rng(7)


@pytest.fixture(scope="module")
def make(public):
    """A model with these needs per catchment, and posts; draws and companions are as the central values unless given."""
    rows = assumed(public.assumptions, APRIL, {})

    def made(need, in_post, draws=None, companions=None) -> tuple[Model, Posts]:
        need, in_post, names = np.array(need, float), np.array(in_post, float), [f"c{place}" for place in range(len(need))]
        catchments = pd.DataFrame({"catchment": names, "site_id": names, "people": 1000.0, "demand": need * 28.9, "need": need})
        draws = np.tile(need[:, None], 20) if draws is None else np.array(draws, float)
        companions = np.tile(in_post, (10, 1)) if companions is None else np.array(companions, float)
        held = Posts(in_post.sum(), "exact", APRIL, in_post, companions, None, (), "reported", "s1")
        return Model(APRIL, rows, pd.DataFrame(), catchments, flow(1.0, rows), draws, "s1"), held

    return made


def missing(made: Model, held: Posts) -> np.ndarray:
    """Unmet need in each draw, shape (catchments, draws); the companions are used over and over in their order."""
    needs = made.draws.tolist()
    return np.array([
        [max(0.0, one - held.companions[draw % len(held.companions)][place]) for draw, one in enumerate(row)] for place, row in enumerate(needs)
    ])  # fmt: skip


# Coverage


def test_places_left_over_in_one_catchment_are_of_no_use_in_another():
    # The first has 150 places for 100 people, the second 10 for 50; 160 / 150 would say that all are served.
    assert coverage.coverage(np.array([100, 50]), np.array([150, 10])) == pytest.approx((100 + 10) / (100 + 50))


def test_coverage_is_one_where_nobody_is_in_demand():
    assert coverage.coverage(np.zeros(2), np.array([3.0, 0])) == 1
    assert coverage.coverage(np.array([[0.0, 4], [0, 0]]), np.array([[0.0, 1], [0, 9]])).tolist() == [1, 1 / 4]


def test_a_post_more_never_lowers_coverage_and_it_stays_within_0_and_1(chance):
    for _ in range(200):
        demand, capacity = chance.uniform(0, 50, 6) * chance.integers(0, 2, 6), chance.uniform(0, 50, 6)
        before = coverage.coverage(demand, capacity)
        for place in range(6):
            more = coverage.coverage(demand, capacity + 20 * (np.arange(6) == place))
            assert 0 <= before <= more <= 1


# Whole posts


def test_posts_needed_are_whole_and_at_least_the_smallest_team_where_there_is_need():
    need = np.array([0, 0.4, 1, 2, 2 + 1e-12, 2.1, 7.5, 8])
    assert coverage.posts_needed(need, 2).tolist() == [0, 2, 2, 2, 2, 3, 8, 8]
    assert coverage.posts_needed(need, 3).tolist() == [0, 3, 3, 3, 3, 3, 8, 8]


def test_whole_posts_of_the_region_are_added_up_in_each_draw(make):
    #  need            0.5  2.4  0  5
    #  at least two    2    3    0  5    = 10; in every fifth draw the first needs 3.5: 4 + 3 + 5 = 12
    draws = np.tile(np.array([0.5, 2.4, 0, 5])[:, None], 20)
    draws[0, ::5] = 3.5
    found = coverage.met(*make([0.5, 2.4, 0, 5], [0, 0, 0, 0], draws=draws))
    assert found.posts_needed == (2 + 3 + 0 + 5, 10, 4 + 3 + 0 + 5)


# The region


def test_what_is_met_and_missing_in_the_region(make):
    found = coverage.met(*make([4, 2, 0], [1, 5, 3]))
    assert found.coverage == pytest.approx([(1 + 2 + 0) / (4 + 2)] * 3)
    assert found.unmet == pytest.approx([3 + 0 + 0] * 3), "three too many in the second do not help the first"


def test_ranges_of_the_region_agree_with_plain_loops(make, chance):
    draws, companions = chance.uniform(0, 6, (4, 50)), chance.integers(0, 5, (7, 4))
    made, held = make([3, 3, 3, 3], [2, 2, 2, 2], draws, companions)
    shares, unmet = [], []
    for draw in range(50):
        need, split = draws[:, draw], companions[draw % 7]
        shares.append(sum(min(a, b) for a, b in zip(need, split)) / sum(need))
        unmet.append(sum(max(0, a - b) for a, b in zip(need, split)))
    found = coverage.met(made, held)
    assert found.coverage[1:] == pytest.approx(np.quantile(shares, [0.1, 0.9]))
    assert found.unmet[1:] == pytest.approx(np.quantile(unmet, [0.1, 0.9]))


def test_unmet_and_met_need_are_the_need_in_the_public_facts(public):
    made, held = model(public, APRIL, {}), posts(public, APRIL)
    found = coverage.met(made, held)
    split = held.companions[np.arange(made.draws.shape[1]) % len(held.companions)].T
    met = np.minimum(made.draws, split).sum(axis=0)
    assert found.unmet[0] == pytest.approx(np.median(made.draws.sum(axis=0) - met))
    # Where nobody is in demand all are served.
    whole = made.draws.sum(axis=0)
    assert found.coverage[0] == pytest.approx(np.median(np.divide(met, whole, out=np.ones_like(met), where=whole > 0)))
    assert found.posts_needed[1] < found.posts_needed[0] < found.posts_needed[2]
    assert found.coverage[1] < found.coverage[0] < found.coverage[2] and found.unmet[1] < found.unmet[0] < found.unmet[2]


# Catchments


def test_each_catchment_has_its_own_unmet_need(make):
    rows = coverage.by_catchment(*make([4, 1, 0, 2.5], [1, 3, 0, 2.5], companions=[[1, 3, 0, 2.5], [5, 0, 0, 2.5]])).set_index("catchment")
    # Of the twenty draws ten have the first split and ten the second: the median lies between.
    assert rows["unmet"].tolist() == [(4 - 1) / 2, 1 / 2, 0, 0]
    assert rows["posts_needed"].tolist() == [4, 2, 0, 3]
    assert rows["people_unmet"].tolist() == pytest.approx([1.5 * 28.9, 0.5 * 28.9, 0, 0])
    assert rows["coverage"].fillna(-1).tolist() == [(1 / 4 + 1) / 2, (1 + 0) / 2, -1, 1]
    # In every other draw the first has five posts and the second none.
    assert rows["sure"].tolist() == [1 / 2, 1 / 2, 0, 0]
    assert rows["unmet_low"].tolist() == [0, 0, 0, 0] and rows["unmet_high"].tolist() == [3, 1, 0, 0]
    assert rows["in_post_low"].tolist() == pytest.approx([1.4, 0.3, 0, 2.5]), "a tenth of the way from the fewer to the more"


def test_no_point_of_a_catchment_lies_outside_its_range(public):
    for changed in ({}, {"served_share": 0.6}, {"target_group": "broad"}):
        rows = coverage.by_catchment(model(public, APRIL, changed), posts(public, APRIL))
        for name in ("need", "unmet", "in_post"):
            assert ((rows[f"{name}_low"] <= rows[name]) & (rows[name] <= rows[f"{name}_high"])).all(), (changed, name)


def test_the_posts_of_the_catchments_are_those_of_the_region(public):
    made, held = model(public, APRIL, {"served_share": 0.5}), posts(public, APRIL)
    rows = coverage.by_catchment(made, held)
    assert rows["in_post"].sum() == 45
    assert rows.set_index("catchment").loc[["dps:nord-troms", "dps:midt-finnmark"], "coverage"].tolist() == [0, 0]


# Which catchment stands above which


def check_tiers(made: Model, held: Posts, certainty: float) -> pd.DataFrame:
    """Holds tiers and places against a plain double loop over catchments and draws, and gives them back."""
    rows, unmet = coverage.tiers(made, held, certainty), missing(made, held).tolist()
    names, draws = made.catchments["catchment"].tolist(), made.draws.shape[1]
    above = {
        (a, b): sum(one > other for one, other in zip(unmet[i], unmet[j])) / draws >= certainty
        for i, a in enumerate(names) for j, b in enumerate(names)
    }  # fmt: skip
    order, tier = rows["catchment"].tolist(), dict(zip(rows["catchment"], rows["tier"]))
    assert sorted(order) == sorted(names)
    assert rows["tier"].tolist()[0] == 1 and set(rows["tier"].diff().dropna()) <= {0, 1}
    for a in names:
        for b in names:
            assert tier[a] >= tier[b] or above[a, b], f"{a} is ranked above {b} without being surely so"
        assert rows.set_index("catchment").loc[a, ["best", "worst"]].tolist() == [
            1 + sum(above[b, a] for b in names), len(names) - sum(above[a, b] for b in names),
        ]  # fmt: skip
    for place in range(1, len(order)):
        if tier[order[place - 1]] == tier[order[place]]:
            assert not all(above[a, b] for a in order[:place] for b in order[place:]), f"a tier could end before {order[place]}"
    return rows


def test_catchments_of_the_public_facts_are_ranked_only_when_surely_so(public):
    rows = check_tiers(model(public, APRIL, {}, draws=1_000), posts(public, APRIL), 0.8)
    assert rows.iloc[0][["catchment", "best"]].tolist() == ["tromso", 1]


@pytest.mark.parametrize("doubt", [0.01, 0.3, 1, 3])
def test_made_up_catchments_are_ranked_only_when_surely_so(make, doubt, chance):
    need = np.array([9.0, 6, 5.9, 3, 1, 0])
    draws = np.maximum(0, need[:, None] + doubt * chance.standard_normal((6, 150)) * (need > 0)[:, None])
    check_tiers(*make(need, [1, 1, 1, 0, 2, 0], draws, chance.integers(0, 3, (13, 6))), 0.8)


def test_clearly_separated_catchments_have_a_tier_each(make):
    rows = check_tiers(*make([2, 9, 5], [0, 0, 0]), 0.8)
    assert rows[["catchment", "tier"]].values.tolist() == [["c1", 1], ["c2", 2], ["c0", 3]]
    assert (rows["best"] == rows["worst"]).all()


@pytest.mark.parametrize(("times", "tiers"), [(16, [1, 2]), (15, [1, 1])])
def test_in_exactly_four_of_five_draws_is_enough(make, times, tiers):
    draws = [[3] * times + [1] * (20 - times), [2] * 20]
    assert check_tiers(*make([3, 2], [0, 0], draws), 0.8)["tier"].tolist() == tiers


def test_alike_is_not_above(make):
    assert check_tiers(*make([0, 0, 4], [1, 1, 0]), 0.8)["tier"].tolist() == [1, 2, 2]
