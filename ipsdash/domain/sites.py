"""What is known of each site at a date, and which site serves a municipality.

A site is open at a date if it is written that it had opened, or that it was seen by then, and unknown before. The list
of sites is our own reading of the sources and speaks for the day the first catchments begin, so from that day every
listed site is taken as open, by its evidence. The date of later evidence is never an opening date.
"""

import pandas as pd

from ipsdash.domain.areas import municipalities_in
from ipsdash.domain.assumptions import assumed, value
from ipsdash.domain.provenance import loosest, united, weakest
from ipsdash.domain.spans import is_by, years_between
from ipsdash.tables.load import Tables

STATES = ("open", "unknown", "not_yet", "closed")


def listed_from(catchments: pd.DataFrame) -> pd.Series:
    """The first date each site is given municipalities, by site_id."""
    return catchments.dropna(subset=["site_id"]).groupby("site_id")["valid_from"].min()


def states(sites: pd.DataFrame, catchments: pd.DataFrame, date: str) -> pd.DataFrame:
    """The sites with their column `state` at a date, one of STATES."""
    listed = sites["site_id"].map(listed_from(catchments))
    known = zip(sites["opened"], sites["closed"], sites["documented_by"], listed)
    return sites.assign(state=[_state(*one, date) for one in known])


def _state(opened: object, closed: object, documented: object, listed: object, date: str) -> str:
    if _passed(closed, date):
        return "closed"
    if isinstance(opened, str):
        return "open" if is_by(opened, date) else "not_yet"
    return "open" if _passed(documented, date) or _passed(listed, date) else "unknown"


def _passed(when: object, date: str) -> bool:
    return isinstance(when, str) and is_by(when, date)


def catchments_at(catchments: pd.DataFrame, sites: pd.DataFrame, date: str) -> pd.DataFrame:
    """One row is a municipality and the open site that serves it at a date: area_id, site_id ("": none known), evidence,
    quality, source. No rows at all when no catchment is known for the date."""
    valid = catchments.loc[[is_by(since, date) for since in catchments["valid_from"]]]
    latest = valid.sort_values("valid_from", kind="stable").drop_duplicates("area_id", keep="last")
    state = states(sites, catchments, date).set_index("site_id")
    site = latest["site_id"].where(latest["site_id"].map(state["state"]) == "open", "")
    columns = {"site_id": site, "evidence": site.map(state["evidence"]).fillna("")}
    return latest.assign(**columns).sort_index()[["area_id", "site_id", "evidence", "quality", "source"]]


def counts(tables: Tables, date: str) -> pd.DataFrame:
    """One row is a site with a known number of specialists at a date: site_id, value, bound, date, fresh, quality, source.

    The number may be given for the site itself, for its municipality, or for a DPS area with this one site. The newest
    by the date counts; one without a date only if there is no other. fresh: not older
    than the assumption `fresh_years`; an older count is history, not a description of the date.
    """
    given = tables.observations[tables.observations["indicator"] == "specialists"]
    place = given["site_id"].fillna(given["area_id"].map(_site_of(tables.sites, tables.areas)))
    given = given.assign(site_id=place).dropna(subset=["site_id"])
    given = given.loc[[not isinstance(on, str) or is_by(on, date) for on in given["date"]]]
    newest = given.assign(on=given["date"].fillna("")).sort_values("on", kind="stable")
    newest = newest.drop_duplicates("site_id", keep="last")
    years = value(assumed(tables.assumptions, date, {}), "fresh_years")
    fresh = [bool(on) and years_between(on, date) <= years for on in newest["on"]]
    order = tables.sites.loc[tables.sites["site_id"].isin(newest["site_id"]), ["site_id"]]
    return order.merge(newest.assign(fresh=fresh))[["site_id", "value", "bound", "date", "fresh", "quality", "source"]]


def _site_of(sites: pd.DataFrame, areas: pd.DataFrame) -> dict[str, str]:
    """The one site of a municipality or DPS area that has exactly one."""
    dps = sites["municipality"].map(areas.set_index("area_id")["dps_area"])
    pairs = pd.DataFrame({"area": [*sites["municipality"], *dps], "site": [*sites["site_id"], *sites["site_id"]]})
    return pairs.drop_duplicates("area", keep=False).set_index("area")["site"].to_dict()


def sites_in(tables: Tables, area_id: str) -> pd.DataFrame:
    """The sites of an area, in the order of the table: its rows."""
    return tables.sites[tables.sites["municipality"].isin(municipalities_in(tables.areas, area_id))]


def states_in(tables: Tables, area_id: str, date: str) -> pd.DataFrame:
    """The sites of an area at a date: rows of `states`."""
    return states(sites_in(tables, area_id), tables.catchments, date)


def open_in(tables: Tables, area_id: str, date: str) -> pd.DataFrame:
    """The sites of an area that are known to be open at a date: rows of `states`."""
    return states_in(tables, area_id, date).query("state == 'open'")


def summed(counted: pd.DataFrame, expected: int) -> dict[str, object]:
    """The sum of sites' counts: value, bound (at_least when a site of the expected number is missing), quality, source."""
    bound = loosest([*counted["bound"], "exact" if len(counted) >= expected else "at_least"])
    return {
        "value": counted["value"].sum(), "bound": bound,
        "quality": weakest(counted["quality"]), "source": united(counted["source"]),
    }  # fmt: skip


def is_a_reading(sites: pd.DataFrame) -> bool:
    """Whether some sites are only inferred: then the list is somebody's reading, and nobody has published it."""
    return bool((sites["evidence"] == "inferred").any())
