"""The map of the region: municipalities in one layer, sites, neighbours, county lines; EPSG:25833 kilometres."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ipsdash.domain.areas import municipalities_in, names
from ipsdash.domain.provenance import united, weakest
from ipsdash.domain.sites import counts, states
from ipsdash.figures import titles
from ipsdash.figures.chart import Area, Axis, Chart, Column, Dot, Line, Table, Text
from ipsdash.figures.layers import Layer, latest_teams, layer
from ipsdash.tables.load import Tables
from ipsdash.text.credits import credit, references
from ipsdash.text.places import site_names
from ipsdash.text.words import Words

# The look of an open site by its evidence.
EVIDENCE_LOOKS = {"named": "named", "named_undated": "named_undated", "named_later": "named_later", "inferred": "site_inferred"}
STATE_LOOKS = {"unknown": "site_unknown", "not_yet": "site_unknown", "closed": "site_closed"}
MARGIN_KM = 20
# Where the neighbours' names stand, in km: inside what is seen of them.
COUNTRIES = {"sweden": (690, 7420), "finland": (905, 7560), "russia": (1135, 7640)}


@dataclass(frozen=True, eq=False)
class Borders:
    """What does not change on the map, as arrays of km of shape (points, 2): rings by area_id, neighbours, county lines.

    sites, teams, towns: frames with x_km, y_km beside site_id, team and area_id (the centre of the municipality).
    """

    municipalities: dict[str, tuple[np.ndarray, ...]]
    neighbours: tuple[np.ndarray, ...]
    counties: tuple[np.ndarray, ...]
    sites: pd.DataFrame
    teams: pd.DataFrame
    towns: pd.DataFrame


def extent(borders: Borders, municipalities: list[str]) -> tuple[float, float, float, float]:
    """The box in km around these municipalities, with a margin: x low, y low, x high, y high."""
    points = np.vstack([ring for area in municipalities for ring in borders.municipalities[area]])
    low, high = points.min(axis=0) - MARGIN_KM, points.max(axis=0) + MARGIN_KM
    return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def region_map(words: Words, tables: Tables, borders: Borders, name: str, date: str, area_id: str) -> Chart:
    """The map with a layer at a date, seen at an area (region, county, trust, DPS area)."""
    shown = layer(words, tables, name, date)
    dots = _team_dots(words, tables, borders) if name == "nav_teams" else _site_dots(words, tables, borders, name, date)
    title, subtitle = titles.title(words, tables, name, date), titles.subtitle(words, tables, name, date)
    return drawn_map(words, tables, borders, shown, dots, _dot_legend(words, dots), name, title, subtitle, area_id, *_provenance(shown, tables, name))


def drawn_map(
    words: Words, tables: Tables, borders: Borders, shown: Layer, dots: list[Dot], dot_legend: list[tuple[str, str]], name: str,
    title: str, subtitle: str, area_id: str, source: str, quality: str, table: Table | None = None,
) -> Chart:  # fmt: skip
    """A map of a layer with dots, seen at an area. table: its numbers, where they are not what each municipality shows."""
    low_x, low_y, high_x, high_y = extent(borders, municipalities_in(tables.areas, area_id))
    return Chart(
        name=f"map-{name.replace('_', '-')}", title=title, subtitle=subtitle, alternative=_alternative(words, shown, dots, dot_legend, title),
        table=table or _table(words, tables, shown), sources=tuple(source.split()), quality=quality,
        credit=words("map.credit", credit=credit(words, tables.sources, source, quality)),
        marks=(*_ground(words, borders), *_municipalities(tables, borders, shown), *_county_lines(borders), *dots),
        x=Axis(low_x, high_x), y=Axis(low_y, high_y), legend=(*dot_legend, *shown.legend),
        true_shape=True, height=(high_y - low_y) / (high_x - low_x),
    )  # fmt: skip


def _ground(words: Words, borders: Borders) -> list[Area | Text]:
    countries = [Text(x, y, words(f"map.country.{name}"), "country") for name, (x, y) in COUNTRIES.items()]
    return [Area(borders.neighbours, "neighbour"), *countries]


def _municipalities(tables: Tables, borders: Borders, shown: Layer) -> list[Area]:
    official = names(tables.areas)
    return [
        Area(borders.municipalities[row["area_id"]], row["meaning"], row["area_id"], f"{official[row['area_id']]}: {row['said']}")
        for _, row in shown.areas.iterrows()
    ]


def _county_lines(borders: Borders) -> list[Line]:
    return [Line(tuple(line[:, 0]), tuple(line[:, 1]), "county_border") for line in borders.counties]


def _site_dots(words: Words, tables: Tables, borders: Borders, name: str, date: str) -> list[Dot]:
    """One dot per site, with its number where the layer asks for it."""
    found = states(tables.sites, tables.catchments, date).merge(borders.sites[["site_id", "x_km", "y_km"]])
    known = counts(tables, date).set_index("site_id")
    dots = []
    for _, site in found.iterrows():
        look = EVIDENCE_LOOKS[site["evidence"]] if site["state"] == "open" else STATE_LOOKS[site["state"]]
        label = site["name"]
        if name == "specialists" and site["site_id"] in known.index:
            row = known.loc[site["site_id"]]
            label = words(f"map.site_with_number.{row['bound']}", name=label, value=row["value"])
        dots.append(Dot(site["x_km"], site["y_km"], look, label, "e", site_note(words, site, known), site["site_id"]))
    return dots


def site_note(words: Words, site: pd.Series, known: pd.DataFrame) -> str:
    """What is known of a site, in words. site: a row of `states`; known: `counts` by site_id."""
    full = f"{site['name']} ({site['parallel_name']})" if isinstance(site["parallel_name"], str) else site["name"]
    said = words(f"state.{site['state']}") if site["state"] != "open" else words(f"evidence.{site['evidence']}")
    parts = [words("map.said.site", name=full, said=said)]
    if isinstance(site["settings"], str):
        parts.append(words("map.said.settings", settings=words.listed(words(f"settings.{one}") for one in site["settings"].split())))
    if site["site_id"] in known.index:
        row = known.loc[site["site_id"]]
        when = words("map.said.dated", date=row["date"]) if isinstance(row["date"], str) else words("map.said.undated")
        parts.append(words("map.said.count", value=words.bounded(row["value"], row["bound"]), when=when))
    return " ".join(parts)


def _team_dots(words: Words, tables: Tables, borders: Borders) -> list[Dot]:
    """One dot per municipality with Nav teams, which its note names."""
    centre = tables.areas.set_index("area_id")["centre"]
    return [
        Dot(mine["x_km"].iloc[0], mine["y_km"].iloc[0], "team", centre[area_id] if len(mine) == 1 else f"{centre[area_id]} ({len(mine)})", "e",
            words("map.said.team", team=words.listed(mine["team"]), date=mine["date"].iloc[0]), area_id)
        for area_id, mine in borders.teams.groupby("area_id", sort=False)
    ]  # fmt: skip


def _dot_legend(words: Words, dots: list[Dot]) -> list[tuple[str, str]]:
    looks = [*EVIDENCE_LOOKS.values(), *dict.fromkeys(STATE_LOOKS.values()), "team"]
    return [(look, words(f"map.legend.{look}")) for look in looks if any(dot.meaning == look for dot in dots)]


def _alternative(words: Words, shown: Layer, dots: list[Dot], dot_legend: list[tuple[str, str]], title: str) -> str:
    """What the map shows, for those who do not see it: the title, then how many of each kind."""
    said = dict([*dot_legend, *shown.legend])
    sites = [words("map.alternative.dots", text=said[look], places=sum(dot.meaning == look for dot in dots),
                   names=words.listed(dot.label for dot in dots if dot.meaning == look))
             for look in said if any(dot.meaning == look for dot in dots)]  # fmt: skip
    areas = [words("map.alternative.areas", text=text, areas=int((shown.areas["meaning"] == look).sum())) for look, text in shown.legend]
    return " ".join([words("map.alternative.start", title=title), *sites, *areas])


def _provenance(shown: Layer, tables: Tables, name: str) -> tuple[str, str]:
    rows = [shown.areas, latest_teams(tables.nav_teams) if name == "nav_teams" else tables.sites]
    return united(one for frame in rows for one in frame["source"]), weakest(one for frame in rows for one in frame["quality"])


def _table(words: Words, tables: Tables, shown: Layer) -> Table:
    """The municipalities of the map: name, DPS area, site, what the layer shows, number, quality, source."""
    official, sites = names(tables.areas), site_names(tables.sites)
    rows = shown.areas
    frame = pd.DataFrame({
        "municipality": rows["area_id"].map(official), "dps_area": rows["dps_area"].map(official),
        "site": rows["site_id"].map(sites).fillna(""), "shown": rows["said"], "value": rows["value"],
        "quality": [words(f"quality.{quality}") for quality in rows["quality"]],
        "source": rows["source"].map({source: references(words, tables.sources, source) for source in rows["source"].unique()}),
    })  # fmt: skip
    numbers = frame["value"].notna().any()
    kept = [name for name in frame if name != "value" or numbers]
    return Table(frame, tuple(Column(name, words(f"heading.{name}"), "number" if name == "value" else "text") for name in kept))
