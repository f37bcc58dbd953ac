"""How much of the need is met, and what remains (METHOD section 3).

    posts_needed = max(smallest team, ceil(need)) where there is demand
    unmet        = max(0, need - in_post)
    coverage     = sum over catchments of min(demand, capacity) / sum of demand     never total capacity over total demand

Availability, the share of people who live where there is a site, is another thing and stands in `availability`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ipsdash.domain.need import Model, median_and_range, quantiles, spread_of
from ipsdash.domain.posts import Posts

# A need this much above a whole number is that number: what differs is how a machine rounds.
HAIR = 1e-9


@dataclass(frozen=True)
class Met:
    """Of the region, each as median, low and high of the draws. coverage: share of people in demand with a place. unmet:
    full-time posts, summed over catchments. posts_needed: whole posts, no team below the smallest."""

    coverage: tuple[float, float, float]
    unmet: tuple[float, float, float]
    posts_needed: tuple[float, float, float]


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
    posts = in_post_draws(held, made.draws.shape[1])
    # Demand is need times what a specialist serves, and so is capacity of posts: the factor is the same everywhere.
    covered, unmet = coverage(made.draws, posts), np.maximum(0, made.draws - posts).sum(axis=0)
    whole = posts_needed(made.draws, least).sum(axis=0)
    return Met(*(median_and_range(drawn, share) for drawn in (covered, unmet, whole)))


def by_catchment(made: Model, held: Posts) -> pd.DataFrame:
    """One row is a catchment in the model's order: catchment, site_id, people, demand (people a year), need, need_low,
    need_high, in_post, in_post_low, in_post_high, posts_needed, unmet, unmet_low, unmet_high (full-time posts),
    people_unmet, people_low, people_high (a year), coverage, sure (share of draws with unmet need). Points are medians of
    the draws; in_post is the split the posts start from."""
    share, least = float(made.assumed.at["interval", "value"]), float(made.assumed.at["team_minimum", "value"])
    posts = in_post_draws(held, made.draws.shape[1])
    missing = np.maximum(0, made.draws - posts)
    rows, need = made.catchments, made.catchments["need"].to_numpy()
    served = made.flow.served_per_specialist
    low, unmet, high = spread_of(missing, share)
    ends = {"need": quantiles(made.draws, share), "unmet": (low, high)}
    with np.errstate(divide="ignore", invalid="ignore"):
        met_share = np.median(np.where(made.draws > 0, np.minimum(1, posts / made.draws), 1.0), axis=1)
    few, many = quantiles(held.companions.T, share)
    return rows[["catchment", "site_id", "people", "demand"]].assign(
        need=need, need_low=ends["need"][0], need_high=ends["need"][1], in_post=held.central, in_post_low=few, in_post_high=many,
        posts_needed=posts_needed(need, least), unmet=unmet, unmet_low=ends["unmet"][0], unmet_high=ends["unmet"][1],
        people_unmet=unmet * served, people_low=ends["unmet"][0] * served, people_high=ends["unmet"][1] * served,
        coverage=np.where(need > 0, met_share, np.nan), sure=(missing > 0).mean(axis=1),
    )  # fmt: skip


def tiers(made: Model, held: Posts, certainty: float) -> pd.DataFrame:
    """One row is a catchment: catchment, tier (from 1: most unmet need), best and worst place it may have.

    A tier ends only where everything above it has more unmet need than everything below it in at least `certainty` of the
    draws: within a tier nothing is ranked. best, worst: from how many are above, or below, by that rule.
    """
    missing = np.maximum(0, made.draws - in_post_draws(held, made.draws.shape[1]))
    above = np.stack([(one > missing).mean(axis=1) for one in missing]) >= certainty
    unmet = np.median(missing, axis=1)
    order = np.lexsort((np.arange(len(unmet)), -missing.mean(axis=1), -unmet))
    ends = [bool(above[np.ix_(order[: place + 1], order[place + 1 :])].all()) for place in range(len(order) - 1)]
    tier = pd.Series(np.cumsum([1, *ends]), index=made.catchments["catchment"].to_numpy()[order])
    best, worst = 1 + above.sum(axis=0), len(unmet) - above.sum(axis=1)
    rows = pd.DataFrame({"catchment": made.catchments["catchment"], "best": best, "worst": worst}).iloc[order]
    return rows.assign(tier=rows["catchment"].map(tier)).reset_index(drop=True)
