"""How well IPS is done: fidelity reviews by the IPS-25 scale, which reviews are due, and people per post (METHOD section 6).

    total    = as reported, else the sum of the items where all 25 are given; never of fewer
    band     = exemplary, good or fair from its limit up, else not_ips; the limits are assumptions
    due_on   = month of the last review + review_months
    mean     = mean of an item over the newest review with items of each site
    per_post = caseload as it may be shown / full-time equivalents in post, at the end of the same quarter

What a site that is closed at the date scored before is history: it is in no count of sites.
"""

from typing import NamedTuple

import pandas as pd

from ipsdash.domain.provenance import provenance, united, weakest
from ipsdash.domain.sites import states_in
from ipsdash.domain.spans import is_by, is_over, month_after
from ipsdash.tables.load import Tables

ITEMS = 25
LOWEST, HIGHEST = 25, 125
# From the best to the least, each from the limit of this assumption up.
LIMITS = {"exemplary": "fidelity_exemplary", "good": "fidelity_good", "fair": "fidelity_fair"}
BANDS = (*LIMITS, "not_ips")
AT_LEAST_GOOD = BANDS[:2]
STATES = ("never", "due", "later")
BENCHMARKS = ("fidelity_norway_lowest", "fidelity_norway_highest")
MONTHS_A_YEAR = 12


def running(tables: Tables, area_id: str, date: str) -> pd.DataFrame:
    """The sites of an area that are or may be in operation at a date, in the order of the table: its columns and state."""
    found = states_in(tables, area_id, date)
    return found[found["state"].isin(["open", "unknown"])].reset_index(drop=True)


def band(score: float, limits: pd.Series) -> str:
    """The band of a total score, "" where it is unknown. limits: the value of each assumption, by its id."""
    if pd.isna(score):
        return ""
    return next((name for name, limit in LIMITS.items() if score >= limits[limit]), "not_ips")


def reviews(tables: Tables, sites: pd.DataFrame, date: str, limits: pd.Series) -> pd.DataFrame:
    """One row is a review of one of these sites by a date, by site in their order and then by date: site_id, date, score (25 to 125,
    NaN: not known), items (how many are given), summed (whether the score is the sum of the items), band, quality, source."""
    given = tables.fidelity[tables.fidelity["site_id"].isin(sites["site_id"])]
    given = given.loc[[is_by(on, date) for on in given["date"]]]
    # Not by groupby: it takes a millisecond for each of thousands of reviews.
    told: dict[tuple[str, str], list[_Row]] = {}
    for row in given[list(_Row._fields)].itertuples(index=False):
        told.setdefault((row.site_id, row.date), []).append(_Row(*row))
    rows = [{"site_id": site, "date": on, **_review(mine)} for (site, on), mine in told.items()]
    found = pd.DataFrame(rows, columns=["site_id", "date", "score", "items", "summed", "quality", "source"])
    place = found["site_id"].map({site: at for at, site in enumerate(sites["site_id"])})
    found = found.assign(place=place, score=found["score"].astype(float)).sort_values(["place", "date"], kind="stable", ignore_index=True)
    return found.drop(columns="place").assign(band=[band(score, limits) for score in found["score"]])


class _Row(NamedTuple):
    """A row of `fidelity`."""

    site_id: str
    date: str
    item: float
    score: float
    quality: str
    source: str


def _review(rows: list[_Row]) -> dict[str, object]:
    """The total of a review and what it is made of."""
    whole, items = [row for row in rows if pd.isna(row.item)], [row for row in rows if pd.notna(row.item)]
    told = {"items": len(items), "summed": False}
    if whole:
        return {**told, "score": float(whole[0].score), **_provenance(whole)}
    if len(items) == ITEMS:
        return {**told, "score": float(sum(row.score for row in items)), "summed": True, **_provenance(items)}
    return {**told, "score": float("nan"), **_provenance(items)}


def _provenance(rows: list[_Row]) -> dict[str, str]:
    return {"quality": weakest(row.quality for row in rows), "source": united(row.source for row in rows)}


def scored(found: pd.DataFrame) -> pd.DataFrame:
    """The reviews with a known total."""
    return found[found["score"].notna()].reset_index(drop=True)


def latest(found: pd.DataFrame) -> pd.DataFrame:
    """The newest review with a known total of each site: rows of `reviews`."""
    return scored(found).drop_duplicates("site_id", keep="last").reset_index(drop=True)


def without_total(found: pd.DataFrame) -> pd.DataFrame:
    """The newest review of each site, where its total is not known: rows of `reviews`."""
    newest = found.drop_duplicates("site_id", keep="last")
    return newest[newest["score"].isna()].reset_index(drop=True)


def followed(found: pd.DataFrame) -> pd.DataFrame:
    """The reviews with a known total of the sites that have more than one: rows of `reviews`."""
    rows = scored(found)
    return rows[rows.duplicated("site_id", keep=False)].reset_index(drop=True)


def due(sites: pd.DataFrame, found: pd.DataFrame, date: str, months: float) -> pd.DataFrame:
    """One row is a site, in the order of the sites: site_id, last ("" without a review), due_on (month, "" without), state (never, due
    or later), quality, source ("" without). months: between two reviews."""
    last = found.drop_duplicates("site_id", keep="last").set_index("site_id")
    rows = [{"site_id": site, **_due(last, site, date, months)} for site in sites["site_id"]]
    return pd.DataFrame(rows, columns=["site_id", "last", "due_on", "state", "quality", "source"])


def _due(last: pd.DataFrame, site: str, date: str, months: float) -> dict[str, str]:
    if site not in last.index:
        return {"last": "", "due_on": "", "state": "never", "quality": "", "source": ""}
    on, quality, source = last.loc[site, ["date", "quality", "source"]]
    due_on = month_after(on, months / MONTHS_A_YEAR)
    return {"last": on, "due_on": due_on, "state": "due" if is_by(due_on, date) else "later", "quality": quality, "source": source}


def scores(tables: Tables, found: pd.DataFrame) -> pd.DataFrame:
    """One row is an item of the newest review with items of a site: site_id, date, item, score, quality, source; in the order of the
    reviews, then of the items."""
    newest = found[found["items"] > 0].drop_duplicates("site_id", keep="last")[["site_id", "date"]]
    rows = newest.merge(tables.fidelity[tables.fidelity["item"].notna()], on=["site_id", "date"])
    place = rows["site_id"].map({site: at for at, site in enumerate(newest["site_id"])})
    rows = rows.assign(item=rows["item"].astype(int), place=place).sort_values(["place", "item"], kind="stable", ignore_index=True)
    return rows[["site_id", "date", "item", "score", "quality", "source"]]


def weakest_items(found: pd.DataFrame) -> pd.DataFrame:
    """One row is an item, the lowest mean first, then by its number: item, mean (1 to 5), reviews, lowest, highest, quality, source.
    found: of `scores`."""
    rows = [
        {
            "item": item, "mean": mine["score"].mean(), "reviews": len(mine), "lowest": mine["score"].min(), "highest": mine["score"].max(),
            **provenance(mine),
        }
        for item, mine in found.groupby("item")
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["item", "mean", "reviews", "lowest", "highest", "quality", "source"])
    return frame.sort_values(["mean", "item"], kind="stable", ignore_index=True)


def lowest_at_sites(found: pd.DataFrame) -> pd.DataFrame:
    """One row is a site: site_id, date, score (its lowest of an item), items (the numbers of all that have it), given (how many
    items), quality, source. found: of `scores`."""
    rows = [
        {
            "site_id": site, "date": mine["date"].iloc[0], "score": mine["score"].min(),
            "items": tuple(mine.loc[mine["score"] == mine["score"].min(), "item"]), "given": len(mine), **provenance(mine),
        }
        for site, mine in found.groupby("site_id", sort=False)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["site_id", "date", "score", "items", "given", "quality", "source"])


def per_post(tables: Tables, sites: pd.DataFrame, date: str) -> pd.DataFrame:
    """One row is a site in the newest quarter that any of them tells of by a date, in the order of the sites: site_id, quarter,
    caseload (NaN unless shown), fte, per_post, state, quality, source ("" where neither is told). No rows without a quarter.

    state: shown, hidden, missing or unknown, as the caseload is; no_posts where the posts are not told or zero.
    """
    told = tables.outcomes
    columns = ["site_id", "quarter", "caseload", "fte", "per_post", "state", "quality", "source"]
    if told.empty:
        return pd.DataFrame(columns=columns)
    mine = told[(told["level"] == "site") & (told["measure"] == "caseload") & told["place"].isin(sites["site_id"])]
    mine = mine.loc[[is_over(period, date) for period in mine["period"]]]
    if mine.empty:
        return pd.DataFrame(columns=columns)
    quarter = mine["period"].max()
    people = mine[mine["period"] == quarter].set_index("place")
    staff = tables.staffing[tables.staffing["quarter"] == quarter].set_index("site_id")
    rows = [{"site_id": site, "quarter": quarter, **_per_post(people, staff, site)} for site in sites["site_id"]]
    return pd.DataFrame(rows, columns=columns)


def _per_post(people: pd.DataFrame, staff: pd.DataFrame, site: str) -> dict[str, object]:
    caseload, state = people.loc[site, ["value", "state"]] if site in people.index else (float("nan"), "missing")
    fte = float(staff.at[site, "fte"]) if site in staff.index else float("nan")
    parts = [frame.loc[site] for frame in (people, staff) if site in frame.index]
    known = state == "shown" and fte > 0
    return {
        "caseload": caseload if state == "shown" else float("nan"), "fte": fte, "per_post": caseload / fte if known else float("nan"),
        "state": "no_posts" if state == "shown" and not known else state,
        "quality": weakest(part["quality"] for part in parts) if parts else "", "source": united(part["source"] for part in parts),
    }  # fmt: skip


def benchmarks(tables: Tables) -> pd.DataFrame:
    """The published scores to compare with, the lowest first: rows of `benchmarks`; none where they are not in the table."""
    found = tables.benchmarks[tables.benchmarks["benchmark"].isin(BENCHMARKS)]
    return found.sort_values("value", kind="stable", ignore_index=True)
