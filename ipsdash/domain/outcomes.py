"""What came of it for those who took part, from the numbers of people that may be shown (METHOD sections 6 and 7).

    rate     = working in the quarter / served in the quarter
    interval = (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)      Wilson (1927), p = rate, n = served
    limits   = p0 -+ z sqrt(p0(1-p0)/n), within 0 and 1                       funnel plot, p0 = the region's rate

The limits of the funnel are those of Spiegelhalter (2005, Statistics in Medicine 24, 1185-1202) in the form of the score
test, which is the test that Wilson's interval turns round: a site is outside them where its interval of the same width
does not hold the region's rate. z is the point of the normal distribution for the width: 1.96 for 95 %, 3.09 for 99.8 %.
They say what chance gives where all sites do alike; that sites differ in whom they serve is not in them.

Everything is made of numbers that are shown. A rate of which a part is hidden is hidden; the region's rate is made of the
region's own numbers, and only where the same sites have told both of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan, sqrt
from statistics import NormalDist

import pandas as pd

from ipsdash.domain.cells import HIDDEN
from ipsdash.domain.provenance import loosest, provenance, united, weakest
from ipsdash.domain.spans import is_over
from ipsdash.tables.load import Tables

FLOWS = ("referred", "started", "job_starts")
COUNTS = ("served", "started", "working", "job_starts")
MEASURES = (*COUNTS, "days_to_contact")
DAYS = "days_to_contact"
CELL = ["place", "period", "measure"]
# Published rates: those of working in the quarter among those served, as ours, and those of something else.
SAME = ("ips_center_minimum", "ips_center_average", "ips_center_excellent")
OTHER = ("rct_norway_ips_12_months", "rct_norway_control_12_months", "ipsgrow_employment_rate")
# The month in which a benchmark's definition became another one, as its definition in the table says.
BREAKS = {"ipsgrow_employment_rate": "2024-04"}
SIDES = ("far_below", "below", "within", "above", "far_above")


@dataclass(frozen=True)
class Rate:
    """A share of people with its interval. of: the denominator."""

    value: float
    low: float
    high: float
    hits: int
    of: int


def quarters(outcomes: pd.DataFrame, date: str) -> list[str]:
    """All quarters that are told of and over by a date, the oldest first."""
    periods = outcomes["period"].unique() if len(outcomes) else ()
    return sorted(period for period in periods if "Q" in period and is_over(period, date))


def years(outcomes: pd.DataFrame, date: str) -> list[str]:
    """All years that have begun by a date and that flows are given for, the oldest first."""
    periods = outcomes["period"].unique() if len(outcomes) else ()
    return sorted(period for period in periods if "Q" not in period and period <= date[:4])


def cells(outcomes: pd.DataFrame, level: str, places: Sequence[str], periods: Sequence[str], measures: Sequence[str] = MEASURES) -> pd.DataFrame:
    """One row is a number of a place in a period, for every one of them in this order: place, period, measure, value, state, bound,
    quality, source. What the table has no row of is missing, with quality and source ""."""
    order = pd.MultiIndex.from_product([places, periods, measures], names=CELL)
    blank = {"value": nan, "state": "missing", "bound": "exact", "quality": "", "source": ""}
    if outcomes.empty:
        return pd.DataFrame(blank, index=order).reset_index()
    mine = outcomes[(outcomes["level"] == level) & outcomes["measure"].isin(measures) & outcomes["period"].isin(periods)]
    found = mine.drop(columns="level").set_index(CELL).reindex(order)
    return found.assign(value=found["value"].astype(float)).fillna(blank | {"value": nan}).reset_index()[[*CELL, *blank]]


def in_quarter(outcomes: pd.DataFrame, sites: pd.DataFrame, quarter: str, measures: Sequence[str] = MEASURES) -> pd.DataFrame:
    """The numbers of the sites in a quarter, in the order of the sites, as `cells`: of all that tell of it, and of those that were
    in operation by its end and tell nothing. sites: with state at the end of the quarter."""
    there = set(outcomes.loc[(outcomes["level"] == "site") & (outcomes["period"] == quarter), "place"]) if len(outcomes) else set()
    expected = sites["site_id"].isin(there) | sites["state"].isin(["open", "unknown"])
    return cells(outcomes, "site", sites.loc[expected, "site_id"].tolist(), [quarter], measures)


def wilson(hits: float, of: float, share: float) -> tuple[float, float]:
    """The interval of this width around a share of people. Raises ValueError for nobody, or for more hits than people."""
    if of <= 0 or not 0 <= hits <= of:
        raise ValueError(f"no share: {hits} of {of}")
    z, rate = NormalDist().inv_cdf(0.5 + share / 2), hits / of
    middle, half = rate + z**2 / (2 * of), z * sqrt(rate * (1 - rate) / of + z**2 / (4 * of**2))
    whole = 1 + z**2 / of
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def rates(rows: pd.DataFrame, share: float, odd: Sequence[str] = ()) -> pd.DataFrame:
    """One row is a place in a period: place, period, working, served, rate, low, high, state, bound, quality, source.

    rows: of `cells`. share: width of the interval. state: shown; hidden where a part is, missing or unknown where one is;
    nobody where none were served; uneven where other sites told of those served than of those working, so that the sums do not fit.
    odd: the quarters of `uneven`, for a region.
    """
    wide = rows.set_index(CELL).unstack("measure")
    places = rows[["place", "period"]].drop_duplicates().itertuples(index=False, name=None)
    found = [{"place": place, "period": period, **_rate(wide.loc[(place, period)], share, period in odd)} for place, period in places]
    return pd.DataFrame(found, columns=["place", "period", "working", "served", "rate", "low", "high", "state", "bound", "quality", "source"])


def _rate(parts: pd.Series, share: float, odd: bool) -> dict[str, object]:
    working, served = parts["value", "working"], parts["value", "served"]
    both = [(parts[column, "working"], parts[column, "served"]) for column in ("state", "bound", "quality", "source")]
    states, bounds, qualities, sources = both
    state = _state_of(states, served, odd)
    low, high = wilson(working, served, share) if state == "shown" else (nan, nan)
    known = [one for one in qualities if one]
    return {
        "working": working, "served": served, "rate": working / served if state == "shown" else nan, "low": low, "high": high, "state": state,
        "bound": loosest(bounds), "quality": weakest(known) if known else "", "source": united(sources),
    }  # fmt: skip


def _state_of(states: Sequence[str], served: float, odd: bool) -> str:
    """The state of a rate. What is hidden comes first: that another part is missing must not tell that this one is."""
    if HIDDEN in set(states):
        return HIDDEN
    named = next((one for one in ("missing", "unknown") if one in states), None)
    if named:
        return named
    return "nobody" if served == 0 else "uneven" if odd else "shown"


def uneven(outcomes: pd.DataFrame, periods: Sequence[str]) -> list[str]:
    """The quarters in which other sites told of those served than of those working."""
    mine = outcomes[(outcomes["level"] == "site") & outcomes["period"].isin(periods) & outcomes["measure"].isin(["served", "working"])]
    told = mine[~mine["state"].isin(["missing", "unknown"])]
    sides = {key: frozenset(rows["place"]) for key, rows in told.groupby(["period", "measure"])}
    return [period for period in periods if sides.get((period, "served"), frozenset()) != sides.get((period, "working"), frozenset())]


def of_region(outcomes: pd.DataFrame, region: str, periods: Sequence[str], share: float) -> pd.DataFrame:
    """The rate of the region in these quarters: rows of `rates`, from its own numbers only."""
    rows = cells(outcomes, "region", [region], periods, ("served", "working"))
    return rates(rows, share, uneven(outcomes, periods) if len(outcomes) else ())


def limits(centre: float, served: float, share: float) -> tuple[float, float]:
    """Between which rates chance leaves a site that serves so many, where the rate of all is `centre`."""
    half = NormalDist().inv_cdf(0.5 + share / 2) * sqrt(centre * (1 - centre) / served)
    return max(0.0, centre - half), min(1.0, centre + half)


def funnel(found: pd.DataFrame, centre: float, inner: float, outer: float) -> pd.DataFrame:
    """The shown rates of sites with where each stands, one of SIDES. found: of `rates`; inner, outer: widths of the limits."""
    rows = found[found["state"] == "shown"].reset_index(drop=True)
    return rows.assign(side=[side(*one, centre, inner, outer) for one in zip(rows["rate"], rows["served"])])


def side(rate: float, served: float, centre: float, inner: float, outer: float) -> str:
    """Where a rate stands: within what chance gives, or below or above, or far so. A rate on a limit is within it."""
    for name, share in (("far_", outer), ("", inner)):
        low, high = limits(centre, served, share)
        if rate < low or rate > high:
            return f"{name}{'below' if rate < low else 'above'}"
    return "within"


def contact(outcomes: pd.DataFrame, periods: Sequence[str], sites: Sequence[str]) -> pd.DataFrame:
    """One row is a quarter: period, median (days, of the means of the sites that are shown; NaN where none is), sites (how many are
    shown), hidden (how many are not), missing (not told or not known), quality, source."""
    rows = cells(outcomes, "site", sites, periods, ("days_to_contact",))
    found = [{"period": period, **_contact(mine)} for period, mine in rows.groupby("period", sort=False)]
    return pd.DataFrame(found, columns=["period", "median", "sites", "hidden", "missing", "quality", "source"])


def _contact(rows: pd.DataFrame) -> dict[str, object]:
    shown = rows[rows["state"] == "shown"]
    hidden, told = rows["state"] == HIDDEN, {"quality": "", "source": ""}
    return {
        "median": shown["value"].median() if len(shown) else nan, "sites": len(shown), "hidden": int(hidden.sum()),
        "missing": len(rows) - len(shown) - int(hidden.sum()), **(provenance(shown) if len(shown) else told),
    }  # fmt: skip


def as_series(rows: pd.DataFrame) -> pd.DataFrame:
    """The medians of `contact` as a number over quarters: its columns, value, state (hidden where all that is told is) and bound."""
    state = [
        "shown" if sites else HIDDEN if hidden else "missing" for sites, hidden in zip(rows["sites"], rows["hidden"])
    ]
    return rows.assign(value=rows["median"], state=state, bound="exact")


def tally(outcomes: pd.DataFrame, date: str) -> pd.Series:
    """How many numbers of sites and of the region, of quarters and years up to a date, are in each state."""
    if outcomes.empty:
        return pd.Series(dtype=int)
    periods = {*quarters(outcomes, date), *years(outcomes, date)}
    return outcomes.loc[outcomes["period"].isin(periods), "state"].value_counts()


def benchmarks(tables: Tables, names: Sequence[str]) -> pd.DataFrame:
    """The published rates of these names that are in the table, in this order: rows of `benchmarks`."""
    found = tables.benchmarks[tables.benchmarks["benchmark"].isin(names)]
    place = found["benchmark"].map({name: at for at, name in enumerate(names)})
    return found.assign(place=place).sort_values("place", ignore_index=True).drop(columns="place")


def rate_of(row: pd.Series) -> Rate | None:
    """A row of `rates` as a rate; None where it is not shown."""
    return None if isnan(row["rate"]) else Rate(row["rate"], row["low"], row["high"], int(row["working"]), int(row["served"]))
