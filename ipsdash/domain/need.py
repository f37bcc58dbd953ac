"""How many full-time specialists are needed (METHOD section 3). People flow, per municipality, summed to areas:

    eligible = people aged 18-66 * p * l * (1 - e) * w          base "out of work": w is of those out of work
    eligible = people aged 18-66 * p * l * max(0, w - e)        base "all": w is of all, and everyone who works wants to
                                                                l: local deviation, one per catchment
    demand   = eligible * u
    served_per_specialist = C * f * a * (1 + 1/d)               people with any contact in a year
    starts_per_specialist = C * f * a / d                       people who enter in a year
    need     = demand / served_per_specialist                   unrounded, full-time posts

Which base the published share is of is a fact with doubt (`want_base`): both are drawn with equal weight, one draw for all
catchments, unless a reader holds one. Points are medians of draws and ranges quantiles of the same draws, so that no point
lies outside its range; draws are added up, not limits, and medians do not add up. `flow` without draws is the arithmetic
with the central values, with the base "out of work" where both are drawn: the worked example of the method page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import numpy as np
import pandas as pd

from ipsdash.domain.areas import ancestors
from ipsdash.domain.assumptions import DRAWS, Changed, assumed, base_all, drawn, provenance_of, value
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
    their order and then DPS areas: catchment, site_id, people, weight, demand, need (medians). draws: need, shape
    (catchments, draws). flow: of the region, medians.
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
        """Full-time posts needed in the region, the median of the draws, unrounded."""
        return float(np.median(self.draws.sum(axis=0)))

    @property
    def people_weight(self) -> np.ndarray:
        """The region's people as they count in each draw, with the catchments' local deviations: shape (draws,)."""
        return self.catchments["weight"].to_numpy() @ self.deviation


class NoWeights(Exception):
    """Specialist care cannot be used as weights. areas: the DPS areas that have no number of it."""

    def __init__(self, areas: list[str]):
        super().__init__(areas)
        self.areas = areas


def flow(count: float | np.ndarray, rows: pd.DataFrame, local: float | np.ndarray = 1.0, draws: int = 0) -> Flow:
    """The flow of `count` people aged 18-66 under these assumptions. draws: how many draws; 0: the point values."""
    return flow_of(count, values(rows, draws), local)


def values(rows: pd.DataFrame, draws: int = 0) -> dict[str, float | np.ndarray]:
    """What a flow is made of, by its name without the target group: point values, or draws of the facts. base_all: 1 where
    the share who want work is of all, 0 where it is of those out of work."""
    facts = {name: drawn(rows, name, draws) if draws else value(rows, name) for name in FACTS}
    facts["base_all"] = base_all(rows, draws)
    return facts | {name: value(rows, name) for name in ("served_share", "caseload")}


def flow_of(count: float | np.ndarray, of: Mapping[str, float | np.ndarray], local: float | np.ndarray = 1.0) -> Flow:
    """The flow of `count` people aged 18-66 with these values, as `values` names them."""
    treated = count * of["treated"] * local
    of_those_out_of_work = (1 - of["in_work"]) * of["want_work"]
    of_all = np.maximum(0.0, of["want_work"] - of["in_work"])
    eligible = treated * (of["base_all"] * of_all + (1 - of["base_all"]) * of_those_out_of_work)
    demand = eligible * of["served_share"]
    load = of["caseload"] * of["fill"] * of["staffing"]
    served = load * (1 + 1 / of["stay"])
    return Flow(treated, eligible, demand, served, load / of["stay"], demand / served)


def medians(flow: Flow) -> Flow:
    """The median of each part of a flow of draws."""
    return Flow(*(float(np.median(getattr(flow, part.name))) for part in fields(flow)))


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
    grouped, one = grouped_places(tables, homes), flow(1.0, rows, draws=draws)
    weight = grouped["weight"].to_numpy()
    deviation = np.vstack([drawn(rows, "local_deviation", draws, name) for name in grouped["catchment"]])
    # Of a catchment's draws only the weight differs from those of one person: medians are taken once, per head.
    demand, need = (np.median(part * deviation, axis=1) * weight for part in (one.demand, one.need))
    needs = one.need * deviation * weight[:, None]
    together = medians(flow_of(weight @ deviation, values(rows, draws)))
    return Model(date, rows, homes, grouped.assign(demand=demand, need=need), together, needs, _source(tables, homes, rows), deviation)


def region_median(tables: Tables, date: str, changed: Changed, draws: int = DRAWS) -> float:
    """`Model.need` of the same scenario, without the catchments' own draws. Raises as `model`."""
    rows = assumed(tables.assumptions, date, changed)
    grouped = grouped_places(tables, places(tables, date, rows.at["weights", "option"]))
    deviation = np.vstack([drawn(rows, "local_deviation", draws, name) for name in grouped["catchment"]])
    return float(np.median(flow_of(grouped["weight"].to_numpy() @ deviation, values(rows, draws)).need))


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


def spread_of(draws: np.ndarray, share: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The low end of the middle `share` of draws along the last axis, their median, and the high end."""
    low, middle, high = np.quantile(draws, [(1 - share) / 2, 0.5, (1 + share) / 2], axis=-1)
    return low, middle, high


def median_and_range(draws: np.ndarray, share: float) -> tuple[float, float, float]:
    """Median, low and high of draws of one number."""
    low, middle, high = spread_of(draws, share)
    return float(middle), float(low), float(high)


def region(made: Model) -> tuple[float, float, float]:
    """Full-time posts needed in the region: median, low, high. Draws are added up, not limits."""
    return median_and_range(made.draws.sum(axis=0), float(made.assumed.at["interval", "value"]))


def need(made: Model, areas: pd.DataFrame, kind: str) -> pd.DataFrame:
    """One row is an area of a kind ("catchment", or a kind of `areas`), in table order: area_id (of a catchment: its id),
    people, treated, eligible, demand (people a year), need, low, high (full-time posts), served_per_specialist,
    starts_per_specialist; medians of the draws. The range holds the middle share of draws that the assumption `interval` says."""
    rows = made.assumed
    share, one = float(rows.at["interval", "value"]), medians(flow(1.0, rows, draws=made.draws.shape[1]))
    inside = _inside(made, areas, kind)
    counted = inside.groupby("area_id", sort=False)[["people", "weight"]].sum()
    parts = inside.pivot_table(index="area_id", columns="catchment", values="weight", aggfunc="sum", fill_value=0.0, sort=False)
    # A municipality's share of its catchment's draws; a catchment without people has none to share.
    whole = made.catchments.set_index("catchment")["weight"]
    shares = parts.reindex(index=counted.index, columns=whole.index, fill_value=0.0) / whole.where(whole > 0, 1.0)
    low, middle, high = _quantiles(made.draws, shares.to_numpy(), share)
    weight = counted["weight"].to_numpy()
    return pd.DataFrame({
        "area_id": counted.index, "people": counted["people"].to_numpy(), "treated": weight * one.treated, "eligible": weight * one.eligible,
        "demand": weight * one.demand, "need": middle, "low": low, "high": high,
        "served_per_specialist": one.served_per_specialist, "starts_per_specialist": one.starts_per_specialist,
    })  # fmt: skip


def _quantiles(draws: np.ndarray, shares: np.ndarray, interval: float) -> np.ndarray:
    """Low, median and high of areas made of shares of catchments, shape (3, areas). An area within one catchment has that
    one's, in proportion."""
    alone = (shares > 0).sum(axis=1) <= 1
    found = np.vstack(spread_of(draws, interval)) @ shares.T if alone.any() else np.empty((3, len(shares)))
    if not alone.all():
        found[:, ~alone] = spread_of(shares[~alone] @ draws, interval)
    return found


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
