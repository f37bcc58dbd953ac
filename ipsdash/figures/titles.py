"""What the map finds, in a sentence, and what it shows."""

import pandas as pd

from ipsdash.domain.availability import catchment_sizes, without_site
from ipsdash.domain.growth import specialists, until
from ipsdash.domain.sites import is_a_reading, states
from ipsdash.figures.layers import latest_teams
from ipsdash.tables.load import Tables
from ipsdash.text.places import site_names
from ipsdash.text.words import Words

# Layers of counts per catchment: the column of `catchment_sizes` they show, and its decimals.
COUNTS = {"specialists": ("value", 0), "per_100000": ("per_100000", 1)}


def title(words: Words, tables: Tables, name: str, date: str) -> str:
    """The finding of a layer at a date, in a sentence."""
    if name == "nav_teams":
        teams = latest_teams(tables.nav_teams)
        return words("map.title.nav_teams", teams=len(teams), date=teams["date"].max()) if len(teams) else words("map.title.no_teams")
    known = _counts(tables, name, date)
    if len(known):
        return _most_and_fewest(words, tables, name, known, date)
    region = tables.areas.loc[tables.areas["kind"] == "region", "area_id"].iloc[0]
    found = states(tables.sites, tables.catchments, date)
    rows = until(specialists(tables, region), date)
    number = words.bounded(rows["value"].iloc[-1], rows["bound"].iloc[-1]) if len(rows) else words("map.unknown_number")
    empty = without_site(tables, date)
    ends = found[found["state"] == "open"] if (found["state"] == "open").any() else found
    official = tables.areas.set_index("area_id")["name"]
    values = {
        "date": date, "sites": int((found["state"] == "open").sum()), "unknown": int((found["state"] == "unknown").sum()),
        "specialists": number, "first": ends["name"].iloc[0], "last": ends["name"].iloc[-1],
        "people": int(empty["people_18_66"].sum()), "areas": words.listed(official[area] for area in empty["area_id"]),
    }  # fmt: skip
    if name in ("evidence", "catchments") and values["unknown"]:
        return words("map.title.partly", **values)
    if name == "catchments" and len(empty):
        return words("map.title.catchments_without", **values)
    return words(f"map.title.{name}", **values)


def subtitle(words: Words, tables: Tables, name: str, date: str) -> str:
    """What a layer shows, and of when."""
    if name == "specialists" and len(_counts(tables, name, date)):
        return words("map.subtitle.specialists_known", date=date)
    if name == "evidence" and not is_a_reading(tables.sites):
        return words("map.subtitle.evidence_plain", date=date)
    return words(f"map.subtitle.{name}", date=latest_teams(tables.nav_teams)["date"].max() if name == "nav_teams" else date)


def _counts(tables: Tables, name: str, date: str) -> pd.Series:
    """What a layer of counts shows of each catchment, rounded as it is written, by site_id; empty while any is unknown."""
    if name not in COUNTS:
        return pd.Series(dtype=float)
    column, decimals = COUNTS[name]
    shown = catchment_sizes(tables, date).set_index("site_id")[column]
    return shown.round(decimals) if shown.notna().all() else shown.iloc[:0]


def _most_and_fewest(words: Words, tables: Tables, name: str, counts: pd.Series, date: str) -> str:
    """Where there are most and fewest, with all that have as many."""
    site = site_names(tables.sites)
    low, high = (
        words("map.title.end", sites=words.listed(site[counts.index[counts == end]]), value=words.number(end, COUNTS[name][1]))
        for end in (counts.min(), counts.max())
    )
    return words(f"map.title.{name}_known", low=low, high=high, date=date)
