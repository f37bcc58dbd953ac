"""Travel times, computed once for all readers, and where new sites would reach most people."""

import pandas as pd

from ipsdash.domain import siting, travel
from ipsdash.domain.assumptions import assumed
from ipsdash.tables.load import Tables
from ipsdash.ui import needs
from ipsdash.ui.reader import GEO, Reader

HOUR = 60


def times(me: Reader) -> pd.DataFrame:
    """The pairs of `travel.times` at the reader's date."""
    return me.once(_times, me.tables, me.date)


def _times(tables: Tables, date: str) -> pd.DataFrame:
    # geopandas takes 0.25 s to import: pages without travel start without it.
    from ipsdash.geo.sea import sea_shares

    rows = assumed(tables.assumptions, date, {})
    wanted = travel.pairs(tables, rows, date)
    return travel.times(wanted, sea_shares(GEO, wanted), tables.travel, rows)


def own_site(me: Reader) -> pd.DataFrame:
    """Every municipality's way from its own site."""
    return me.once(_own, times(me))


def _own(known: pd.DataFrame) -> pd.DataFrame:
    return known[known["own"]]


def near(me: Reader) -> dict[str, tuple[float, float]]:
    """By site: the share of its catchment's people within an hour of it, and the share whose way is unknown."""
    return me.once(_near, needs.catchments(me), own_site(me))


def _near(homes: pd.DataFrame, ways: pd.DataFrame) -> dict[str, tuple[float, float]]:
    own = ways.set_index("destination")["minutes"]
    rows = homes.query("site_id != ''").assign(minutes=lambda found: found["area_id"].map(own))
    people = rows.groupby("site_id")["people"].sum()
    within, unknown = (rows[kept].groupby("site_id")["people"].sum().reindex(people.index, fill_value=0.0) for kept in (rows["minutes"] <= HOUR, rows["minutes"].isna()))
    return {site: (float(within[site] / people[site]), float(unknown[site] / people[site])) for site in people.index if people[site]}


def new_sites(me: Reader, sites: int, minutes: int, who: str) -> tuple[pd.DataFrame, float]:
    """The best sets of new sites as `siting.best_places` gives them, and how many people there are to reach."""
    homes, known = needs.catchments(me), times(me)
    people = me.once(siting.to_reach, homes, known, minutes, who)
    candidates = me.once(_candidates, homes, me.tables.sites)
    close = float(me.assumed.at["near_tie", "value"])
    return me.once(siting.best_places, people, known, candidates, sites, minutes, close), float(people.sum())


def _candidates(homes: pd.DataFrame, sites: pd.DataFrame) -> list[str]:
    taken = set(sites["municipality"])
    return [one for one in homes["area_id"] if one not in taken]
