"""How many full-time specialists are needed (METHOD section 3). People flow, per municipality, summed to areas:

    eligible = people aged 18-66 * p * l * (1 - e) * w          l: local deviation, one per catchment
    demand   = eligible * u
    served_per_specialist = C * f * a * (1 + 1/d)               people with any contact in a year
    starts_per_specialist = C * f * a / d                       people who enter in a year
    need     = demand / served_per_specialist                   unrounded, full-time posts

Ranges are quantiles of draws; draws are added up, not limits.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ipsdash.domain.areas import ancestors
from ipsdash.domain.assumptions import DRAWS, Changed, assumed, drawn, provenance_of, value
from ipsdash.domain.availability import people
from ipsdash.domain.provenance import united
from ipsdash.domain.sites import catchments_at
from ipsdash.tables.load import Tables

WEIGHTS_INDICATOR = "adult_outpatients_18_64"
CATCHMENT = "catchment"
# The facts that are the same for all catchments.
FACTS = ("treated", "in_work", "want_work", "fill", "staffing", "stay")


@dataclass(frozen=True)
class Flow:
    """What comes of some people aged 18-66, a number or an array of draws in each: people a year, and posts."""

    treated: float | np.ndarray
    eligible: float | np.ndarray
    demand: float | np.ndarray
    served_per_specialist: float | np.ndarray
    starts_per_specialist: float | np.ndarray
    need: float | np.ndarray


@dataclass(frozen=True, eq=False)
class Model:
    """The need of every catchment at a date, in one scenario.

    places: one row per municipality: area_id, catchment (a site_id, or the DPS area of municipalities without a known
    site), site_id ("" for none), people (aged 18-66), weight (people as they count). catchments: one row each, sites in
    their order and then DPS areas: catchment, site_id, people, demand, need (central). draws: need, shape
    (catchments, draws). flow: of the region.
    deviation: the catchments' local deviation in each draw, of the same shape.
    """

    date: str
    assumed: pd.DataFrame
    places: pd.DataFrame
    catchments: pd.DataFrame
    flow: Flow
    draws: np.ndarray
    source: str
    deviation: np.ndarray = field(default_factory=lambda: np.empty((0, 0)))

    @property
    def need(self) -> float:
        """Full-time posts needed in the region, central, unrounded."""
        return float(self.catchments["need"].sum())


class NoWeights(Exception):
    """Specialist care cannot be used as weights. areas: the DPS areas that have no number of it."""

    def __init__(self, areas: list[str]):
        super().__init__(areas)
        self.areas = areas


def flow(count: float | np.ndarray, rows: pd.DataFrame, local: float | np.ndarray = 1.0, draws: int = 0) -> Flow:
    """The flow of `count` people aged 18-66 under these assumptions. draws: how many draws; 0: the point values."""
    return flow_of(count, values(rows, draws), local)


def values(rows: pd.DataFrame, draws: int = 0) -> dict[str, float | np.ndarray]:
    """What a flow is made of, by its name without the target group: point values, or draws of the facts."""
    facts = {name: drawn(rows, name, draws) if draws else value(rows, name) for name in FACTS}
    return facts | {name: value(rows, name) for name in ("served_share", "caseload")}


def flow_of(count: float | np.ndarray, of: Mapping[str, float | np.ndarray], local: float | np.ndarray = 1.0) -> Flow:
    """The flow of `count` people aged 18-66 with these values, as `values` names them."""
    treated = count * of["treated"] * local
    eligible = treated * (1 - of["in_work"]) * of["want_work"]
    demand = eligible * of["served_share"]
    load = of["caseload"] * of["fill"] * of["staffing"]
    served = load * (1 + 1 / of["stay"])
    return Flow(treated, eligible, demand, served, load / of["stay"], demand / served)


def places(tables: Tables, date: str, weights: str) -> pd.DataFrame:
    """One row is a municipality: area_id, catchment, site_id, people, weight, quality, source. Raises NoWeights."""
    lived = people(tables.population, date)
    dps = tables.areas.set_index("area_id")["dps_area"]
    served = catchments_at(tables.catchments, tables.sites, date)
    site = dict(zip(served["area_id"], served["site_id"]))
    site_id = lived["area_id"].map(lambda one: site.get(one, ""))
    rows = pd.DataFrame({
        "area_id": lived["area_id"], "site_id": site_id, "catchment": site_id.where(site_id != "", lived["area_id"].map(dps)),
        "people": lived["population_18_66"].astype(float), "quality": lived["quality"], "source": lived["source"],
    }).reset_index(drop=True)  # fmt: skip
    return rows.assign(weight=rows["people"] if weights == "population" else specialist_care_weight(tables, rows))


def specialist_care_weight(tables: Tables, rows: pd.DataFrame) -> pd.Series:
    """The region's people spread over DPS areas as their adult outpatients are, within each as its people are.

    rows: area_id, people of municipalities. Raises NoWeights.
    """
    dps = rows["area_id"].map(tables.areas.set_index("area_id")["dps_area"])
    given = _outpatients(tables).sort_values("period").drop_duplicates("area_id", keep="last")
    outpatients = dps.map(given.set_index("area_id")["value"])
    if outpatients.isna().any():
        raise NoWeights(dps[outpatients.isna()].unique().tolist())
    inside = rows["people"] / rows["people"].groupby(dps).transform("sum")
    shares = (outpatients * inside).fillna(0)
    return rows["people"].sum() * shares / shares.sum()


def model(tables: Tables, date: str, changed: Changed, draws: int = DRAWS) -> Model:
    """The model at a date, with what a scenario changes. Raises NoWeights, KeyError and ValueError as `assumed`."""
    rows = assumed(tables.assumptions, date, changed)
    homes = places(tables, date, rows.at["weights", "option"])
    grouped, one = grouped_places(tables, homes), flow(1.0, rows)
    local = value(rows, "local_deviation")
    catchments = grouped.assign(demand=grouped["weight"] * one.demand * local, need=grouped["weight"] * one.need * local)
    deviation = np.vstack([drawn(rows, "local_deviation", draws, name) for name in catchments["catchment"]])
    needs = flow(1.0, rows, draws=draws).need * deviation * catchments["weight"].to_numpy()[:, None]
    together = flow(homes["weight"].sum(), rows, local)
    return Model(date, rows, homes, catchments, together, needs, _source(tables, homes, rows), deviation)


def _outpatients(tables: Tables) -> pd.DataFrame:
    """The rows of specialist care that are weights."""
    return tables.specialist_care[tables.specialist_care["indicator"] == WEIGHTS_INDICATOR]


def grouped_places(tables: Tables, homes: pd.DataFrame) -> pd.DataFrame:
    """One row is a catchment, sites in their order and then DPS areas: catchment, site_id, people, weight."""
    grouped = homes.groupby("catchment", sort=False).agg(site_id=("site_id", "first"), people=("people", "sum"), weight=("weight", "sum"))
    order = [*tables.sites["site_id"], *tables.areas["area_id"]]
    return grouped.loc[[one for one in order if one in grouped.index]].reset_index()


def _source(tables: Tables, homes: pd.DataFrame, rows: pd.DataFrame) -> str:
    weighted = [] if rows.at["weights", "option"] == "population" else _outpatients(tables)["source"]
    return united([*homes["source"].unique(), *weighted, provenance_of(rows)])


def quantiles(draws: np.ndarray, share: float) -> tuple[np.ndarray, np.ndarray]:
    """The ends of the middle `share` of draws along the last axis: low, high."""
    low, high = np.quantile(draws, [(1 - share) / 2, (1 + share) / 2], axis=-1)
    return low, high


def region(made: Model) -> tuple[float, float, float]:
    """Full-time posts needed in the region: central, low, high. Draws are added up, not limits."""
    low, high = quantiles(made.draws.sum(axis=0), float(made.assumed.at["interval", "value"]))
    return made.need, float(low), float(high)


def need(made: Model, areas: pd.DataFrame, kind: str) -> pd.DataFrame:
    """One row is an area of a kind ("catchment", or a kind of `areas`), in table order: area_id (of a catchment: its id),
    people, treated, eligible, demand (people a year), need, low, high (full-time posts), served_per_specialist,
    starts_per_specialist. The range holds the middle share of draws that the assumption `interval` says."""
    rows = made.assumed
    share, one = float(rows.at["interval", "value"]), flow(1.0, rows, value(rows, "local_deviation"))
    inside = _inside(made, areas, kind)
    counted = inside.groupby("area_id", sort=False)[["people", "weight"]].sum()
    parts = inside.pivot_table(index="area_id", columns="catchment", values="weight", aggfunc="sum", fill_value=0.0, sort=False)
    # A municipality's share of its catchment's draws; a catchment without people has none to share.
    whole = made.catchments.set_index("catchment")["weight"]
    shares = parts.reindex(index=counted.index, columns=whole.index, fill_value=0.0) / whole.where(whole > 0, 1.0)
    low, high = _ends(made.draws, shares.to_numpy(), share)
    weight = counted["weight"].to_numpy()
    return pd.DataFrame({
        "area_id": counted.index, "people": counted["people"].to_numpy(), "treated": weight * one.treated, "eligible": weight * one.eligible,
        "demand": weight * one.demand, "need": weight * one.need, "low": low, "high": high,
        "served_per_specialist": one.served_per_specialist, "starts_per_specialist": one.starts_per_specialist,
    })  # fmt: skip


def _ends(draws: np.ndarray, shares: np.ndarray, interval: float) -> tuple[np.ndarray, np.ndarray]:
    """Quantiles of areas made of shares of catchments. An area within one catchment has that one's, in proportion."""
    alone = (shares > 0).sum(axis=1) <= 1
    low, high = np.vstack(quantiles(draws, interval)) @ shares.T if alone.any() else np.empty((2, len(shares)))
    if not alone.all():
        low[~alone], high[~alone] = quantiles(shares[~alone] @ draws, interval)
    return low, high


def _inside(made: Model, areas: pd.DataFrame, kind: str) -> pd.DataFrame:
    """One row is a municipality in an area of this kind: area_id (of the area), catchment, people, weight."""
    mine = made.places[["area_id", "catchment", "people", "weight"]]
    if kind == CATCHMENT:
        order = made.catchments[["catchment"]].merge(mine, on="catchment", sort=False)
        return order.assign(area_id=order["catchment"])
    above = ancestors(areas).query("kind == @kind")[["area_id", "within"]]
    rows = mine.merge(above, on="area_id").assign(area_id=lambda found: found["within"])
    order = areas.loc[areas["area_id"].isin(rows["area_id"]), ["area_id"]]
    return order.merge(rows, on="area_id", sort=False)
