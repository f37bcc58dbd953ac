"""How much of the need is met, and what remains (METHOD section 3).

    posts_needed = max(smallest team, ceil(need)) where there is demand
    unmet        = max(0, need - in_post)
    coverage     = sum over catchments of min(demand, capacity) / sum of demand     never total capacity over total demand

Availability, the share of people who live where there is a site, is another thing and stands in `availability`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ipsdash.domain.need import Model, quantiles
from ipsdash.domain.posts import Posts

# A need this much above a whole number is that number: what differs is how a machine rounds.
HAIR = 1e-9


@dataclass(frozen=True)
class Met:
    """Of the region. coverage: share of people in demand with a place, central, low, high. unmet: full-time posts, summed
    over catchments. rounding: posts that rounding up adds; team_minimum: posts that the smallest team adds beyond that;
    together they are the small-site premium on top of the need, and posts_needed is the sum of all three."""

    coverage: tuple[float, float, float]
    unmet: tuple[float, float, float]
    posts_needed: int
    rounding: float
    team_minimum: int

    @property
    def premium(self) -> float:
        """What whole posts and teams of at least the smallest size add to the need."""
        return self.rounding + self.team_minimum


def coverage(demand: np.ndarray, capacity: np.ndarray) -> np.ndarray | float:
    """People with a place over people in demand, over the first axis of catchments; 1 where nobody is in demand."""
    total = np.sum(demand, axis=0)
    met = np.minimum(demand, capacity).sum(axis=0)
    return np.where(total > 0, met / np.where(total > 0, total, 1), 1.0)[()]


def posts_needed(need: np.ndarray, least: float) -> np.ndarray:
    """Whole posts per team: at least the smallest team where there is any need."""
    return np.where(need > 0, np.maximum(least, np.ceil(need - HAIR)), 0).astype(int)


def in_post_draws(held: Posts, draws: int) -> np.ndarray:
    """The companions' posts as often as they are needed: shape (catchments, draws)."""
    return held.companions[np.arange(draws) % len(held.companions)].T


def met(made: Model, held: Posts) -> Met:
    """The region's coverage and what remains, with the doubt of need and split."""
    share, least = float(made.assumed.at["interval", "value"]), float(made.assumed.at["team_minimum", "value"])
    need, posts = made.catchments["need"].to_numpy(), in_post_draws(held, made.draws.shape[1])
    # Demand is need times what a specialist serves, and so is capacity of posts: the factor is the same everywhere.
    covered, unmet = coverage(made.draws, posts), np.maximum(0, made.draws - posts).sum(axis=0)
    whole = posts_needed(need, least)
    up = np.where(need > 0, np.ceil(need - HAIR), 0)
    return Met(
        coverage=(float(coverage(need, held.central)), *map(float, quantiles(covered, share))),
        unmet=(float(np.maximum(0, need - held.central).sum()), *map(float, quantiles(unmet, share))),
        posts_needed=int(whole.sum()), rounding=float(up.sum() - need.sum()), team_minimum=int((whole - up).sum()),
    )  # fmt: skip


def by_catchment(made: Model, held: Posts) -> pd.DataFrame:
    """One row is a catchment in the model's order: catchment, site_id, people, demand (people a year), need, need_low,
    need_high, in_post, in_post_low, in_post_high, posts_needed, unmet, unmet_low, unmet_high (full-time posts),
    people_unmet, people_low, people_high (a year), coverage, sure (share of draws with unmet need)."""
    share, least = float(made.assumed.at["interval", "value"]), float(made.assumed.at["team_minimum", "value"])
    posts = in_post_draws(held, made.draws.shape[1])
    missing = np.maximum(0, made.draws - posts)
    rows, need = made.catchments, made.catchments["need"].to_numpy()
    served = made.flow.served_per_specialist
    unmet = np.maximum(0, need - held.central)
    ends = {name: quantiles(drawn, share) for name, drawn in (("need", made.draws), ("unmet", missing))}
    few, many = quantiles(held.companions.T, share)
    return rows[["catchment", "site_id", "people", "demand"]].assign(
        need=need, need_low=ends["need"][0], need_high=ends["need"][1], in_post=held.central, in_post_low=few, in_post_high=many,
        posts_needed=posts_needed(need, least), unmet=unmet, unmet_low=ends["unmet"][0], unmet_high=ends["unmet"][1],
        people_unmet=unmet * served, people_low=ends["unmet"][0] * served, people_high=ends["unmet"][1] * served,
        coverage=np.where(need > 0, np.minimum(1, held.central / np.where(need > 0, need, 1)), np.nan), sure=(missing > 0).mean(axis=1),
    )  # fmt: skip


def tiers(made: Model, held: Posts, certainty: float) -> pd.DataFrame:
    """One row is a catchment: catchment, tier (from 1: most unmet need), best and worst place it may have.

    A tier ends only where everything above it has more unmet need than everything below it in at least `certainty` of the
    draws: within a tier nothing is ranked. best, worst: from how many are above, or below, by that rule.
    """
    missing = np.maximum(0, made.draws - in_post_draws(held, made.draws.shape[1]))
    above = np.stack([(one > missing).mean(axis=1) for one in missing]) >= certainty
    unmet = np.maximum(0, made.catchments["need"].to_numpy() - held.central)
    order = np.lexsort((np.arange(len(unmet)), -missing.mean(axis=1), -unmet))
    ends = [bool(above[np.ix_(order[: place + 1], order[place + 1 :])].all()) for place in range(len(order) - 1)]
    tier = pd.Series(np.cumsum([1, *ends]), index=made.catchments["catchment"].to_numpy()[order])
    best, worst = 1 + above.sum(axis=0), len(unmet) - above.sum(axis=1)
    rows = pd.DataFrame({"catchment": made.catchments["catchment"], "best": best, "worst": worst}).iloc[order]
    return rows.assign(tier=rows["catchment"].map(tier)).reset_index(drop=True)
