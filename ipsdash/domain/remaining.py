"""All that the need pages show of one scenario at a date, in one go."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ipsdash.domain import allocation
from ipsdash.domain.assumptions import Changed, value
from ipsdash.domain.coverage import Met, by_catchment, in_post_draws, met, tiers
from ipsdash.domain.effects import enough, tornado
from ipsdash.domain.need import Flow, Model, model, region
from ipsdash.domain.posts import Posts
from ipsdash.domain.provenance import united, weakest
from ipsdash.tables.load import Tables

# METHOD section 5: stability is counted over as many draws as there are random splits.
STABILITY_DRAWS = 1_000


@dataclass(frozen=True, eq=False)
class Remaining:
    """need: full-time posts of the region, central, low, high. catchments: rows of `by_catchment` with in_post_care (the modelled split
    by outpatients; NaN without one), tier, best, worst;
    None with met while no full count of posts is known (of a part count no share is computed), or not where they are. enough: of the newest goal; None without one."""

    date: str
    assumed: pd.DataFrame
    people: float
    flow: Flow
    need: tuple[float, float, float]
    posts: Posts | None
    met: Met | None
    catchments: pd.DataFrame | None
    tornado: pd.DataFrame
    enough: pd.DataFrame | None
    quality: str
    source: str


@dataclass(frozen=True, eq=False)
class Next:
    """The next posts of a scenario. placed: rows of `placements`; webster: how many posts Webster's rule gives each site.

    sites: one row each, in site order: site_id, in_post, added, webster, after, need, stability (share of draws in which the site is among the next len(placed)), load_before, load_after
    (people in demand per post), coverage_before, coverage_after. not_placed: of the posts asked for.
    """

    placed: pd.DataFrame
    sites: pd.DataFrame
    not_placed: int
    modelled: bool
    quality: str
    source: str


def remaining(tables: Tables, date: str, changed: Changed, held: Posts | None, goal: float | None) -> Remaining:
    """The numbers of the need pages. held: the posts of the date. Raises NoWeights, and ValueError and KeyError as `assumed`."""
    made = model(tables, date, changed)
    rows = made.assumed
    split = None
    placed = held is not None and held.bound == "exact" and bool((made.catchments["site_id"] != "").any())
    if placed:
        care = np.nan if held.by_care is None else held.by_care
        split = by_catchment(made, held).assign(in_post_care=care).merge(tiers(made, held, float(rows.at["rank_certainty", "value"])), on="catchment", sort=False)
    return Remaining(
        date=date, assumed=rows, people=float(made.places["people"].sum()), flow=made.flow, need=region(made), posts=held,
        met=met(made, held) if placed else None, catchments=split, tornado=tornado(made),
        enough=enough(made, goal, shares(rows)) if goal else None, quality="modelled",
        source=united([made.source, held.source if held is not None else ""]),
    )  # fmt: skip


def shares(rows: pd.DataFrame) -> tuple[float, ...]:
    """The shares to be served that are set side by side."""
    return tuple(float(one) for one in rows.at["served_share", "options"].split())


def next_posts(tables: Tables, date: str, changed: Changed, held: Posts | None, number: int) -> Next | None:
    """The next posts from those in post; None while no full count of posts is known or no site is open. Raises as `remaining`."""
    made = model(tables, date, changed)
    has_site = (made.catchments["site_id"] != "").to_numpy()
    if held is None or held.bound != "exact" or not has_site.any():
        return None
    least, served = value(made.assumed, "team_minimum"), float(made.flow.served_per_specialist)
    sites = made.catchments[has_site].assign(in_post=held.central[has_site].astype(float), served_per_specialist=served)
    placed = allocation.placements(sites, number, least)
    beside = allocation.placements(sites, number, least, "webster")["site_id"].value_counts()
    added = sites["site_id"].map(placed["site_id"].value_counts()).fillna(0).astype(int)
    return Next(
        placed=placed, not_placed=number - len(placed), modelled=len(held.modelled) > 0, quality=weakest([held.quality, "modelled"]),
        sites=_before_and_after(sites, added, beside).assign(stability=_stability(made, held, has_site, len(placed), least)),
        source=united([made.source, held.source]),
    )  # fmt: skip


def _before_and_after(sites: pd.DataFrame, added: pd.Series, webster: pd.Series) -> pd.DataFrame:
    after = sites["in_post"] + added
    with np.errstate(divide="ignore", invalid="ignore"):
        loads = {f"load_{name}": sites["demand"] / posts for name, posts in (("before", sites["in_post"]), ("after", after))}
        covered = {
            f"coverage_{name}": np.minimum(1, posts / sites["need"]).where(sites["need"] > 0) for name, posts in (("before", sites["in_post"]), ("after", after))
        }
    return sites[["site_id", "in_post", "need"]].assign(
        added=added, webster=sites["site_id"].map(webster).fillna(0).astype(int), after=after, **loads, **covered
    ).reset_index(drop=True)  # fmt: skip


def _stability(made: Model, held: Posts, has_site: np.ndarray, number: int, least: float) -> np.ndarray:
    draws = made.draws[:, :STABILITY_DRAWS]
    in_post = in_post_draws(held, draws.shape[1])
    return allocation.stability(draws[has_site].T, in_post[has_site].T, number, least)


def without_site(catchments: pd.DataFrame) -> pd.DataFrame:
    """The rows of `Remaining.catchments` that are areas without a site."""
    return catchments[catchments["site_id"] == ""]
