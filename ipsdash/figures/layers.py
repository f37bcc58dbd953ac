"""The layers of the map: what each municipality shows, one layer at a time."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from ipsdash.domain.availability import catchment_sizes, people
from ipsdash.domain.provenance import provenance
from ipsdash.domain.sites import catchments_at, states
from ipsdash.tables.load import Tables
from ipsdash.text.places import site_names
from ipsdash.text.words import Words

LAYERS = ("evidence", "catchments", "population", "specialists", "per_100000", "nav_teams")
# Layers of a day of their own, whatever date is looked at.
OF_ONE_DAY = ("nav_teams",)
# Lower ends of the classes, the same for every date so that years can be compared: people aged 18-66; per 100,000.
CLASSES = {"population": (0, 1_000, 2_500, 5_000, 10_000), "per_100000": (0, 5, 10, 15, 20)}


@dataclass(frozen=True, eq=False)
class Layer:
    """areas: one row per municipality, in table order: area_id, meaning, said (what it shows, in words), value, quality,
    source. legend: (meaning, words)."""

    areas: pd.DataFrame
    legend: tuple[tuple[str, str], ...]


def layer(words: Words, tables: Tables, name: str, date: str) -> Layer:
    """A layer by its name, at a date. Raises KeyError for a name that is not in LAYERS."""
    rows = tables.areas.loc[tables.areas["kind"] == "municipality", ["area_id", "name", "dps_area", "quality", "source"]]
    served = catchments_at(tables.catchments, tables.sites, date).set_index("area_id")
    rows = _traced(rows.assign(site_id=rows["area_id"].map(served["site_id"])), served, "area_id")
    return _MAKERS[name](words, tables, rows, date)


def _evidence(words: Words, tables: Tables, rows: pd.DataFrame, date: str) -> Layer:
    empty = _in_empty_dps(rows)
    sites = _site_names(tables)
    said = [_served(words, sites, site_id) for site_id in rows["site_id"]]
    meaning = empty.map({True: "no_site", False: "land"})
    legend = (("no_site", words("map.legend.no_site")),) if empty.any() else ()
    return Layer(rows.assign(meaning=meaning, said=said, value=float("nan")), legend)


def _catchments(words: Words, tables: Tables, rows: pd.DataFrame, date: str) -> Layer:
    found = states(tables.sites, tables.catchments, date).query("state == 'open'")["municipality"]
    meaning = rows["site_id"].map(lambda site: "no_data" if not isinstance(site, str) else "assigned" if site else "no_site")
    meaning = meaning.mask(rows["area_id"].isin(found), "own_site")
    sites = _site_names(tables)
    said = [_served(words, sites, site_id) for site_id in rows["site_id"]]
    shown = [code for code in ("own_site", "assigned", "no_site", "no_data") if (meaning == code).any()]
    areas = rows.assign(meaning=meaning, said=said, value=float("nan"))
    return Layer(areas, tuple((code, words(f"map.legend.{code}")) for code in shown))


def _population(words: Words, tables: Tables, rows: pd.DataFrame, date: str) -> Layer:
    lived = people(tables.population, date).set_index("area_id")
    value = rows["area_id"].map(lived["population_18_66"])
    said = [words("map.said.population", people=count, year=str(lived["year"].iloc[0])) for count in value]
    areas = rows.assign(value=value, meaning=_classed(value, "population"), said=said)
    return Layer(_traced(areas, lived, "area_id"), _class_legend(words, "population"))


def _specialists(words: Words, tables: Tables, rows: pd.DataFrame, date: str) -> Layer:
    sizes = _sizes(tables, date)
    value = rows["site_id"].map(sizes["value"])
    meaning = value.map(lambda number: "assigned" if number == number else "no_data")
    said = _catchments_said(words, tables, sizes, rows, "value", 0)
    legend = (("assigned", words("map.legend.specialists")), ("no_data", words("map.legend.no_count")))
    return Layer(_traced(rows.assign(value=value, meaning=meaning, said=said), sizes, "site_id"), legend)


def _per_100000(words: Words, tables: Tables, rows: pd.DataFrame, date: str) -> Layer:
    sizes = _sizes(tables, date)
    value = rows["site_id"].map(sizes["per_100000"])
    said = _catchments_said(words, tables, sizes, rows, "per_100000", 1)
    areas = rows.assign(value=value, meaning=_classed(value, "per_100000"), said=said)
    return Layer(_traced(areas, sizes, "site_id"), (*_class_legend(words, "per_100000"), ("no_data", words("map.legend.no_count"))))


def _nav_teams(words: Words, tables: Tables, rows: pd.DataFrame, date: str) -> Layer:
    teams = latest_teams(tables.nav_teams)
    mine = teams.groupby("area_id")["team"].agg(words.listed)
    said = [
        words("map.said.team", team=mine[area], date=teams["date"].iloc[0]) if area in mine.index else words("map.said.no_team")
        for area in rows["area_id"]
    ]
    meaning = rows["area_id"].isin(mine.index).map({True: "assigned", False: "land"})
    areas = rows.assign(meaning=meaning, said=said, value=float("nan"), **provenance(teams))
    return Layer(areas, (("assigned", words("map.legend.team_area")),))


_MAKERS = {
    "evidence": _evidence, "catchments": _catchments, "population": _population, "specialists": _specialists,
    "per_100000": _per_100000, "nav_teams": _nav_teams,
}  # fmt: skip


def latest_teams(nav_teams: pd.DataFrame) -> pd.DataFrame:
    """The Nav teams of the newest date there is a list from."""
    return nav_teams[nav_teams["date"] == nav_teams["date"].max()]


def _in_empty_dps(rows: pd.DataFrame) -> pd.Series:
    """Whether no municipality of a municipality's DPS area has a known site; False where no catchment is known at all."""
    empty = rows["site_id"].eq("").groupby(rows["dps_area"]).transform("all")
    return empty.astype(bool)


def _site_names(tables: Tables) -> dict[str, str]:
    return site_names(tables.sites).to_dict()


def _served(words: Words, sites: Mapping[str, str], site_id: object) -> str:
    """Which site serves a municipality, in words. sites: names by id."""
    if not isinstance(site_id, str):
        return words("map.said.unknown")
    name = sites.get(site_id, "")
    return words("map.said.served", site=name) if name else words("map.said.no_site")


def _sizes(tables: Tables, date: str) -> pd.DataFrame:
    return catchment_sizes(tables, date).set_index("site_id")


def _catchments_said(words: Words, tables: Tables, sizes: pd.DataFrame, rows: pd.DataFrame, column: str, decimals: int) -> list[str]:
    sites, known = _site_names(tables), sizes[sizes[column].notna()].to_dict("index")
    return [_catchment_said(words, _served(words, sites, site_id), known.get(site_id), column, decimals) for site_id in rows["site_id"]]


def _catchment_said(words: Words, served: str, size: Mapping[str, object] | None, column: str, decimals: int) -> str:
    """size: the row of the catchment's site, None where its number is not known."""
    if size is None:
        return words("map.said.no_count", served=served)
    number = words.bounded(size[column], size["bound"], decimals)
    return words(f"map.said.{column}", served=served, value=number, date=size["date"])


def _classed(value: pd.Series, name: str) -> pd.Series:
    limits = CLASSES[name]
    return value.map(lambda number: f"class_{sum(number >= low for low in limits)}" if number == number else "no_data")


def _class_legend(words: Words, name: str) -> tuple[tuple[str, str], ...]:
    limits = CLASSES[name]
    ends = [words("map.class.under", high=limits[1])]
    ends += [words("map.class.between", low=low, high=high) for low, high in zip(limits[1:], limits[2:])]
    ends.append(words("map.class.over", low=limits[-1]))
    return tuple((f"class_{place}", text) for place, text in enumerate(ends, 1))


def _traced(areas: pd.DataFrame, basis: pd.DataFrame, key: str) -> pd.DataFrame:
    """The areas with quality and source of what they show, from the row of `basis` (indexed by key) they refer to."""
    known = areas[key].isin(basis.index)
    found = {column: areas[column].mask(known, areas[key].map(basis[column])) for column in ("quality", "source")}
    return areas.assign(**found) if known.any() else areas
