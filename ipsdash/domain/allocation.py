"""Where the next posts go (METHOD section 5). Nobody is moved.

    1. Every open site is brought to the smallest team (two).
    2. The rest go one at a time to the site with the highest need / posts (Adams: smallest worst load), or with the
       highest need / (posts + 1/2) (Webster, to hold beside it).
    3. A site stops when its posts reach its need; what cannot be placed then is returned as not placed.
    4. Ties: larger need first, then the order of the sites.
"""

import numpy as np
import pandas as pd

# What a rule adds to the posts that a need is divided by.
RULES = {"adams": 0.0, "webster": 0.5}
# Two loads this close to each other, in parts, are the same: what differs is how a machine rounds.
SAME = 1e-12
# Stands for no post at all where a need is divided by posts: such a site comes first, the larger need before the smaller.
NONE = 1e-9


def sequence(need: np.ndarray, in_post: np.ndarray, posts: int, least: float, rule: str = "adams") -> np.ndarray:
    """The site of each next post, by its place: shape (..., posts), -1 from where nothing more can be placed.

    need, in_post: posts per site, shape (..., sites); leading dimensions are draws, each on its own. least: the smallest
    team; a site without any need is brought to nothing. Raises KeyError for a rule that is not in RULES.
    """
    added, shape = RULES[rule], np.broadcast_shapes(np.shape(need), np.shape(in_post))
    if not shape[-1]:
        return np.full((*shape[:-1], posts), -1)
    wanted = np.broadcast_to(np.asarray(need, float), shape).reshape(-1, shape[-1])
    held = np.array(np.broadcast_to(np.asarray(in_post, float), shape)).reshape(-1, shape[-1])
    placed, rows = np.full((len(held), posts), -1), np.arange(len(held))
    for step in range(posts):
        small = (held < least) & (wanted > 0)
        open_for = np.where(small.any(axis=1, keepdims=True), small, (held < wanted) & ~small)
        load = np.where(small, wanted, wanted / np.maximum(held + added, NONE))
        site = _first(np.where(open_for, load, -np.inf), wanted)
        found = open_for.any(axis=1)
        placed[found, step] = site[found]
        held[rows[found], site[found]] += 1
    return placed.reshape(*shape[:-1], posts)


def _first(load: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The place of the highest load in each row; among equals the larger need, then the first."""
    highest = load.max(axis=1, keepdims=True)
    equal = (load >= highest - SAME * np.abs(highest)) & np.isfinite(load)
    among = np.where(equal, wanted, -np.inf)
    largest = among.max(axis=1, keepdims=True)
    return np.argmax(among >= largest - SAME * np.abs(largest), axis=1)


def given(placed: np.ndarray, sites: int) -> np.ndarray:
    """How many of the placed posts each site gets: shape (..., sites)."""
    flat = placed.reshape(int(np.prod(placed.shape[:-1])), placed.shape[-1])
    counts = np.zeros((len(flat), sites), int)
    for step in range(flat.shape[1]):
        found = flat[:, step] >= 0
        counts[np.flatnonzero(found), flat[found, step]] += 1
    return counts.reshape(*placed.shape[:-1], sites)


def stability(need_draws: np.ndarray, in_post_draws: np.ndarray, posts: int, least: float) -> np.ndarray:
    """Per site, the share of draws in which it is among the next posts. need_draws, in_post_draws: (draws, sites)."""
    return (given(sequence(need_draws, in_post_draws, posts, least), need_draws.shape[-1]) > 0).mean(axis=0)


def placements(sites: pd.DataFrame, posts: int, least: float, rule: str = "adams") -> pd.DataFrame:
    """One row is a placed post, in order: number (from 1), site_id, reason, in_post (before it), people_without (a year),
    load (people a year per post before it; infinite without one).

    sites: site_id, need, in_post, demand, served_per_specialist. reason: below_least (the team is brought to the smallest
    size) or heaviest_load. Fewer rows than posts: the rest is not placed.
    """
    order = sequence(sites["need"].to_numpy(), sites["in_post"].to_numpy(), posts, least, rule)
    held, rows = sites["in_post"].to_numpy(float).copy(), []
    for number, place in enumerate(order[order >= 0], 1):
        site = sites.iloc[place]
        without = max(0.0, site["demand"] - held[place] * site["served_per_specialist"])
        load = site["demand"] / held[place] if held[place] else float("inf")
        reason = "below_least" if held[place] < least else "heaviest_load"
        rows.append((number, site["site_id"], reason, held[place], without, load))
        held[place] += 1
    return pd.DataFrame(rows, columns=["number", "site_id", "reason", "in_post", "people_without", "load"])
