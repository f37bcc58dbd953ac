"""Specialists per site at a date: as they are known, and where they are not, a modelled split (METHOD section 5).

The modelled split gives every site the smallest team and the rest by Adams' rule on people aged 18-66. Beside it stand
1,000 random splits around it: posts dealt by chance in proportion to people, no site below the smallest team.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ipsdash.domain.allocation import given, sequence
from ipsdash.domain.assumptions import assumed, value
from ipsdash.domain.growth import leading_count, newest_counts, specialists, until
from ipsdash.domain.need import NoWeights, grouped_places, places, specialist_care_weight
from ipsdash.domain.provenance import united, weakest
from ipsdash.domain.sites import counts
from ipsdash.tables.load import Tables

COMPANIONS, SEED = 1_000, 1404
# Stands for nobody where something is shared out in proportion to people.
NOBODY = 1e-9


@dataclass(frozen=True, eq=False)
class Posts:
    """Posts per catchment in the order of the model's: central, shape (catchments,), and companions, shape (splits,
    catchments), all alike where every site is known. Each counts as one full-time post.

    total: of the region, by the newest full count, or a newer part count above it (bound at_least). modelled: the sites whose posts are modelled. by_care: the same split by adult
    outpatients instead of people, None where nothing is modelled or there are no such numbers.
    """

    total: float
    bound: str
    date: str
    central: np.ndarray
    companions: np.ndarray
    by_care: np.ndarray | None
    modelled: tuple[str, ...]
    quality: str
    source: str


def posts(tables: Tables, date: str) -> Posts | None:
    """The posts of the catchments at a date; None while no number of the region is known by then."""
    region = tables.areas.loc[tables.areas["kind"] == "region", "area_id"].iloc[0]
    counted = until(specialists(tables, region), date)
    if counted.empty:
        return None
    now, homes = leading_count(*newest_counts(counted)), places(tables, date, "population")
    catchments = grouped_places(tables, homes)
    sites = catchments[catchments["site_id"] != ""]
    every = counts(tables, date)
    known = every[every["fresh"].astype(bool)].set_index("site_id").reindex(sites["site_id"])
    exact = known["value"].where(known["bound"] == "exact")
    unknown, least = exact.isna().to_numpy(), value(assumed(tables.assumptions, date, {}), "team_minimum")
    rest = max(0, round(now.value - exact.sum()))
    # A sum in which sites are missing says nothing of them: they are taken for the smallest team.
    rest = max(rest, round(least * unknown.sum())) if now.bound == "at_least" else rest
    rest = max(rest, round(known["value"][unknown].sum()))
    weights = [np.maximum(one, NOBODY) for one in (sites["people"].to_numpy(), _by_care(tables, homes, sites)) if one is not None]
    basis, floor = exact.fillna(0).to_numpy(), known["value"].fillna(0).to_numpy()
    split = [_split(weight, basis, floor, unknown, rest, least) for weight in weights]
    companions = _random(basis, np.maximum(floor, least), weights[0], unknown, rest)
    used = known.dropna(subset=["value"])
    return Posts(
        total=now.value, bound=now.bound, date=now.date,
        central=_spread(catchments, split[0]), companions=_spread(catchments, companions).astype(np.float32),
        by_care=_spread(catchments, split[1]) if len(split) > 1 and unknown.any() else None, modelled=tuple(sites["site_id"][unknown]),
        quality=weakest([now.quality, *used["quality"], *(["modelled"] if unknown.any() else [])]),
        source=united([now.source, *used["source"], *(homes["source"] if unknown.any() else [])]),
    )  # fmt: skip


def _by_care(tables: Tables, homes: pd.DataFrame, sites: pd.DataFrame) -> np.ndarray | None:
    """The sites' people as specialist care weighs them; None where it has no numbers of all areas."""
    try:
        weight = specialist_care_weight(tables, homes)
    except NoWeights:
        return None
    return weight.groupby(homes["catchment"]).sum().reindex(sites["catchment"]).to_numpy()


def _split(weight: np.ndarray, basis: np.ndarray, floor: np.ndarray, unknown: np.ndarray, rest: int, least: float) -> np.ndarray:
    """The known posts, and the rest over the unknown sites: what is known at least, the smallest team, then Adams."""
    start = np.where(unknown, np.minimum(floor, rest), basis)
    left = max(0, int(rest - start[unknown].sum()))
    # A need that no site can reach: only the proportions count.
    wanted = np.where(unknown, weight / weight.sum() * 1e9, 0)
    return start + given(sequence(wanted, start, left, least), len(start))


def _random(basis: np.ndarray, floor: np.ndarray, weight: np.ndarray, unknown: np.ndarray, rest: int) -> np.ndarray:
    """Random splits, shape (splits, sites): the known posts, and the rest dealt to the unknown sites by chance, in
    proportion to people. A site below its floor is brought to it, one post at a time, from a site that has posts to
    spare, drawn in proportion to how many. Where the rest does not fill the floors, those that get theirs are drawn."""
    splits = np.tile(basis, (COMPANIONS, 1))
    places = np.flatnonzero(unknown)
    if not len(places):
        return splits
    stream, least, share = np.random.default_rng(SEED), floor[places], weight[places] / weight[places].sum()
    if rest < least.sum():
        splits[:, places] = np.stack([_dealt(least, rest, stream) for _ in range(COMPANIONS)])
        return splits
    dealt = stream.multinomial(rest, share, COMPANIONS).astype(float)
    while (short := (dealt < least).any(axis=1)).any():
        rows = np.flatnonzero(short)
        giver = _drawn(np.maximum(0, dealt[rows] - least), stream)
        dealt[rows, giver] -= 1
        dealt[rows, np.argmax(least - dealt[rows], axis=1)] += 1
    splits[:, places] = dealt
    return splits


def _drawn(chances: np.ndarray, stream: np.random.Generator) -> np.ndarray:
    """One place per row, drawn in proportion to the row's chances."""
    steps = chances.cumsum(axis=1)
    return (stream.random((len(chances), 1)) * steps[:, -1:] >= steps).sum(axis=1)


def _dealt(least: np.ndarray, rest: int, stream: np.random.Generator) -> np.ndarray:
    """Too few posts for all floors: dealt one by one to sites that are below theirs, in random order."""
    held = np.zeros(len(least))
    for _ in range(rest):
        held[stream.choice(np.flatnonzero(held < least))] += 1
    return held


def _spread(catchments: pd.DataFrame, split: np.ndarray) -> np.ndarray:
    """Posts of the sites, on the last axis, as posts of all catchments; areas without a site have none."""
    has_site = (catchments["site_id"] != "").to_numpy()
    spread = np.zeros((*split.shape[:-1], len(has_site)))
    spread[..., has_site] = split
    return spread
