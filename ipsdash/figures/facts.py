"""What is known of one site or municipality, as lines of (what, said)."""

import pandas as pd

from ipsdash.domain.areas import names
from ipsdash.domain.availability import people
from ipsdash.domain.sites import catchments_at, counts, states
from ipsdash.figures.layers import latest_teams
from ipsdash.tables.load import Tables
from ipsdash.text.credits import references
from ipsdash.text.places import site_names
from ipsdash.text.words import Words


def facts(words: Words, tables: Tables, place: str, date: str) -> list[tuple[str, str]]:
    """The facts of a site (site_id) or a municipality (area_id) at a date. Raises KeyError for another id."""
    if place in set(tables.sites["site_id"]):
        return _site(words, tables, place, date)
    return _municipality(words, tables, place, date)


def _site(words: Words, tables: Tables, site_id: str, date: str) -> list[tuple[str, str]]:
    site = states(tables.sites, tables.catchments, date).set_index("site_id").loc[site_id]
    known = counts(tables, date).set_index("site_id")
    full = f"{site['name']} – {site['parallel_name']}" if isinstance(site["parallel_name"], str) else site["name"]
    lines = {
        "site": full,
        "municipality": names(tables.areas)[site["municipality"]],
        "state": words(f"state.{site['state']}"),
        "evidence": words(f"evidence.{site['evidence']}"),
        "opened": _dated(words, site["opened"]),
        "closed": _dated(words, site["closed"]) if site["state"] == "closed" else None,
        "documented": _dated(words, site["documented_by"]),
        "settings": _settings(words, site["settings"]),
        "specialists": _count(words, known, site_id),
        "note": site[f"note_{words.lang}"],
        "source": references(words, tables.sources, site["source"]),
    }
    return _told(words, lines)


def _municipality(words: Words, tables: Tables, area_id: str, date: str) -> list[tuple[str, str]]:
    area = tables.areas.set_index("area_id").loc[area_id]
    lived = people(tables.population, date).set_index("area_id").loc[area_id]
    served = catchments_at(tables.catchments, tables.sites, date).set_index("area_id")["site_id"].get(area_id)
    site = site_names(tables.sites)
    trust = tables.areas.set_index("area_id").loc[area["dps_area"], "parent"]
    lines = {
        "municipality": area["official_name"],
        "dps_area": names(tables.areas)[area["dps_area"]],
        "trust": names(tables.areas)[trust],
        "served": words("facts.unknown") if served is None else site.get(served, words("map.legend.no_site")),
        "teams": _teams(words, tables, area_id),
        "people": words("facts.people_value", people=lived["population_18_66"], year=str(lived["year"])),
        "note": area[f"note_{words.lang}"],
        "source": references(words, tables.sources, f"{lived['source']} {area['source']}"),
    }
    return _told(words, lines)


def _teams(words: Words, tables: Tables, area_id: str) -> str | None:
    teams = latest_teams(tables.nav_teams)
    mine = teams[teams["area_id"] == area_id]
    return words("map.said.team", team=words.listed(mine["team"]), date=mine["date"].iloc[0]) if len(mine) else None


def _told(words: Words, lines: dict[str, object]) -> list[tuple[str, str]]:
    return [(words(f"facts.{name}"), said) for name, said in lines.items() if isinstance(said, str)]


def _dated(words: Words, date: object) -> str | None:
    return words.date(date) if isinstance(date, str) else None


def _settings(words: Words, settings: object) -> str:
    if not isinstance(settings, str):
        return words("facts.unknown")
    return words.listed(words(f"settings.{one}") for one in settings.split())


def _count(words: Words, known: pd.DataFrame, site_id: str) -> str:
    if site_id not in known.index:
        return words("facts.unknown")
    row = known.loc[site_id]
    when = words.date(row["date"]) if isinstance(row["date"], str) else words("map.said.undated")
    return words("growth.number_at_text", value=words.bounded(row["value"], row["bound"]), when=when)
