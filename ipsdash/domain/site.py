"""All that is known of one site at a date, gathered from the tables and from what the other modules find.

    km         = great circle from the site to the centre of a municipality, or to another site
    neighbours = the nearest sites that are open at the date
"""

from dataclasses import dataclass

import pandas as pd

from ipsdash.domain import funding, outcomes, quality, rollout, staffing
from ipsdash.domain.availability import people
from ipsdash.domain.provenance import united, weakest
from ipsdash.domain.sites import catchments_at, states
from ipsdash.domain.travel import great_circle_km
from ipsdash.tables.load import Tables

NEIGHBOURS = 3
# What is summed over a year; the others are of the people there are in a quarter.
YEARLY = outcomes.FLOWS
MEASURES = ("referred", "started", "served", "caseload", "working", "job_starts", "days_to_contact")


@dataclass(frozen=True, eq=False)
class Site:
    """One site. row: of `states`; staff: its rows of `staffing.staff`; reviews: of `quality.reviews`; due: of `quality.due`;
    items: of `quality.weakest_items`, its own newest review; standing, steps: of `rollout`; quarters, years: its numbers of people, as
    `outcomes.cells`, empty where the table has none of it; money: of `funding.money`; paid: of `posts_paid`; costs: of `costs`;
    catchment: one row is a municipality (area_id, people, km); neighbours: one row is a site (site_id, km)."""

    row: pd.Series
    staff: pd.DataFrame
    reviews: pd.DataFrame
    due: pd.Series
    items: pd.DataFrame
    standing: pd.Series
    steps: pd.DataFrame
    quarters: pd.DataFrame
    years: pd.DataFrame
    money: pd.DataFrame
    paid: pd.DataFrame
    costs: pd.DataFrame
    catchment: pd.DataFrame
    neighbours: pd.DataFrame
    quality: str
    source: str

    @property
    def empty(self) -> bool:
        """Whether nothing of what a programme reports is known of it."""
        return not any(map(len, (self.staff, self.reviews, self.quarters, self.money))) and not self.standing["reported"]


def site(tables: Tables, site_id: str, date: str, assumed: pd.Series) -> Site:
    """What is known of a site by a date. assumed: the value of each assumption, by its id. Raises IndexError for another id."""
    found = states(tables.sites, tables.catchments, date)
    mine = found[found["site_id"] == site_id]
    row, home = mine.iloc[0], mine["municipality"].iloc[0]
    staff = _own(staffing.staff(tables, home, date), site_id).query("reported")
    reviews = quality.reviews(tables, mine, date, assumed)
    standing = _own(rollout.standing(tables, home, date, assumed["stuck_months"]), site_id)
    steps = rollout.steps(tables, standing, date)
    given = tables.outcomes[(tables.outcomes["level"] == "site") & (tables.outcomes["place"] == site_id)] if len(tables.outcomes) else tables.outcomes
    quarters = outcomes.cells(given, "site", [site_id], outcomes.quarters(given, date), MEASURES)
    years = outcomes.cells(given, "site", [site_id], outcomes.years(given, date), YEARLY)
    money = funding.money(tables, home).query("level == 'site' and place == @site_id", local_dict={"site_id": site_id}).reset_index(drop=True)
    catchment, near = _catchment(tables, row, date), _neighbours(found, row)
    sources = [mine, staff, reviews, steps, quarters, money, catchment]
    return Site(
        row=row, staff=staff, reviews=reviews, due=quality.due(mine, reviews, date, assumed["review_months"]).iloc[0],
        items=quality.weakest_items(quality.scores(tables, reviews)), standing=standing.iloc[0], steps=steps[steps["source"] != ""], quarters=quarters, years=years,
        money=money, paid=funding.posts_paid(tables, money, date, assumed["ending_months"]), costs=_own(funding.costs(tables, home, date), site_id),
        catchment=catchment, neighbours=near, quality=weakest(one for frame in sources for one in frame["quality"] if one),
        source=united(one for frame in sources for one in frame["source"]),
    )  # fmt: skip


def _own(rows: pd.DataFrame, site_id: str) -> pd.DataFrame:
    return rows[rows["site_id"] == site_id].reset_index(drop=True)


def _catchment(tables: Tables, row: pd.Series, date: str) -> pd.DataFrame:
    """The municipalities that a site serves, the nearest first: area_id, people (aged 18-66), km, quality, source."""
    served = catchments_at(tables.catchments, tables.sites, date).query("site_id == @one", local_dict={"one": row["site_id"]})
    lived, areas = people(tables.population, date).set_index("area_id"), tables.areas.set_index("area_id").loc[served["area_id"]]
    km = great_circle_km(row["lat"], row["lon"], areas["lat"], areas["lon"])
    own = lived.reindex(served["area_id"])
    columns = {"people": own["population_18_66"].to_numpy(), "km": km, "source": [united(pair) for pair in zip(served["source"], own["source"])]}
    return served.assign(**columns).sort_values("km", kind="stable", ignore_index=True)[["area_id", "people", "km", "quality", "source"]]


def _neighbours(found: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    """The nearest open sites: site_id, km."""
    others = found[(found["state"] == "open") & (found["site_id"] != row["site_id"])]
    km = great_circle_km(row["lat"], row["lon"], others["lat"], others["lon"])
    return others.assign(km=km).sort_values("km", kind="stable", ignore_index=True)[["site_id", "km"]].head(NEIGHBOURS)


def serving(tables: Tables, area_id: str, date: str) -> str | None:
    """The open site that serves a municipality at a date; None where none is known to."""
    served = catchments_at(tables.catchments, tables.sites, date).set_index("area_id")["site_id"].get(area_id)
    return served or None
