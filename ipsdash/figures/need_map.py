"""The map of what remains: unmet need by catchment in posts or people, with its doubt, and the areas without a site."""

from collections.abc import Mapping

import pandas as pd

from ipsdash.domain.remaining import Next, Remaining
from ipsdash.figures.chart import Chart, Dot, Table
from ipsdash.figures.layers import Layer
from ipsdash.figures.map import Borders, drawn_map
from ipsdash.figures.need import unmet_table
from ipsdash.tables.load import Tables
from ipsdash.text.values import ranged
from ipsdash.text.words import Words

UNITS = ("posts", "people")
# Lower ends of the classes, the same in every scenario so that they can be compared.
CLASSES = {"posts": (0, 1, 2, 4, 8), "people": (0, 25, 50, 100, 200)}
COLUMNS = {"posts": ("unmet", "unmet_low", "unmet_high"), "people": ("people_unmet", "people_low", "people_high")}
# Of a class of posts one decimal decides; numbers that are judged are written whole.
CLASS_DECIMALS = {"posts": 1, "people": 0}
DOTS = ("unmet_sure", "unmet_unsure", "area_without")


def need_map(
    words: Words, tables: Tables, borders: Borders, left: Remaining, homes: pd.DataFrame, names: Mapping[str, str], unit: str, area_id: str,
) -> Chart:  # fmt: skip
    """Unmet need in posts or people. homes: area_id, catchment, site_id, people of municipalities; names: of catchments."""
    rows = left.catchments.set_index("catchment")
    shown = _layer(words, tables, rows, homes, names, unit, left)
    dots = _dots(words, borders, rows, homes, names, unit, float(left.assumed.at["rank_certainty", "value"]))
    lacking = rows[rows["site_id"] == ""]
    # The region's own median: those of the areas do not add up to it.
    total = left.met.unmet[0] * (1.0 if unit == "posts" else left.flow.served_per_specialist)
    said = words(f"need.map.title_{unit}" if len(lacking) else f"need.map.title_{unit}_all", total=total,
                 areas=words.listed(names[one] for one in lacking.index))  # fmt: skip
    legend = [(look, words(f"need.map.legend.{look}")) for look in DOTS if any(dot.meaning == look for dot in dots)]
    subtitle = words(f"need.map.subtitle_{unit}", share=left.assumed.at["interval", "value"], certainty=left.assumed.at["rank_certainty", "value"])
    return drawn_map(words, tables, borders, shown, dots, legend, f"need-{unit}", said, subtitle, area_id, left.source, "modelled",
                     unmet_table(words, left.catchments, names))  # fmt: skip


def _layer(words: Words, tables: Tables, rows: pd.DataFrame, homes: pd.DataFrame, names: Mapping[str, str], unit: str, left: Remaining) -> Layer:
    """What each municipality shows: its catchment's unmet need."""
    limits, column = CLASSES[unit], COLUMNS[unit][0]
    place = {one: sum(round(number, CLASS_DECIMALS[unit]) >= low for low in limits) for one, number in rows[column].items()}
    said = {one: _said(words, row, names[one]) for one, row in rows.iterrows()}
    areas = tables.areas.loc[tables.areas["kind"] == "municipality", ["area_id", "dps_area"]].merge(homes[["area_id", "catchment", "site_id"]], on="area_id")
    meaning = [f"unmet_{place[one]}" if site else f"unmet_{place[one]}_none" for one, site in zip(areas["catchment"], areas["site_id"])]
    shown = areas.assign(meaning=meaning, said=areas["catchment"].map(said), value=areas["catchment"].map(rows[column]), quality="modelled", source=left.source)
    return Layer(shown, _legend(words, unit, set(meaning)))


def _said(words: Words, row: pd.Series, name: str) -> str:
    posts = ranged(words, row["unmet"], row["unmet_low"], row["unmet_high"])
    people = ranged(words, row["people_unmet"], row["people_low"], row["people_high"])
    return words("need.map.said" if row["site_id"] else "need.map.said_without", posts=posts, people=people, name=name)


def _legend(words: Words, unit: str, used: set[str]) -> tuple[tuple[str, str], ...]:
    limits = CLASSES[unit]
    ends = [words("map.class.under", high=limits[1])]
    ends += [words("map.class.between", low=low, high=high) for low, high in zip(limits[1:], limits[2:])]
    ends.append(words("map.class.over", low=limits[-1]))
    classes = [(f"unmet_{place}", text) for place, text in enumerate(ends, 1)]
    without = next((meaning for meaning in sorted(used) if meaning.endswith("_none")), None)
    return (*classes, *([(without, words("need.map.legend.none"))] if without else []))


def _dots(words: Words, borders: Borders, rows: pd.DataFrame, homes: pd.DataFrame, names: Mapping[str, str], unit: str, certainty: float) -> list[Dot]:
    """One dot per catchment with its number and range: full where unmet need is as good as sure, hollow where it is not."""
    sites, towns = borders.sites.set_index("site_id"), borders.towns.set_index("area_id")
    columns, dots = COLUMNS[unit], []
    for catchment, row in rows.iterrows():
        spot = sites.loc[row["site_id"]] if row["site_id"] else towns.loc[_largest(homes, catchment)]
        look = ("unmet_sure" if row["sure"] >= certainty else "unmet_unsure") if row["site_id"] else "area_without"
        middle, low, high = (row[column] for column in columns)
        label = words("need.map.label", name=names[catchment], value=words.number(middle), low=low, high=high)
        note = words("need.map.note", name=names[catchment], said=_said(words, row, names[catchment]), sure=row["sure"])
        dots.append(Dot(spot["x_km"], spot["y_km"], look, label, "e", note, row["site_id"] or _largest(homes, catchment)))
    return dots


def _largest(homes: pd.DataFrame, catchment: str) -> str:
    """The municipality of a catchment where most people live."""
    mine = homes[homes["catchment"] == catchment]
    return mine.loc[mine["people"].idxmax(), "area_id"]


def next_map(words: Words, tables: Tables, borders: Borders, following: Next, homes: pd.DataFrame, names: Mapping[str, str], area_id: str, table: Table) -> Chart:
    """Where the next posts go: every site with the posts it gets. table: of `next`."""
    rows = following.sites.set_index("site_id")
    areas = tables.areas.loc[tables.areas["kind"] == "municipality", ["area_id", "dps_area"]].merge(homes[["area_id", "site_id"]], on="area_id")
    added = areas["site_id"].map(rows["added"])
    meaning = ["no_site" if not site else "own_site" if number > 0 else "land" for site, number in zip(areas["site_id"], added)]
    said = [words("next.map.said", name=names[site], added=int(number)) if site else words("map.said.no_site") for site, number in zip(areas["site_id"], added)]
    shown = areas.assign(meaning=meaning, said=said, value=added, quality=following.quality, source=following.source)
    legend = tuple((look, words(f"next.map.legend.{look}")) for look in ("own_site", "no_site") if look in meaning)
    spots, dots = borders.sites.set_index("site_id"), []
    for site_id, row in rows.iterrows():
        label = words("next.map.label", name=names[site_id], added=row["added"]) if row["added"] else names[site_id]
        note = words("next.map.note", name=names[site_id], added=int(row["added"]), stable=row["stability"])
        look = "post_added" if row["added"] else "post_none"
        dots.append(Dot(spots.at[site_id, "x_km"], spots.at[site_id, "y_km"], look, label, "e", note, site_id))
    dot_legend = [(look, words(f"next.map.legend.{look}")) for look in ("post_added", "post_none") if any(dot.meaning == look for dot in dots)]
    getting = rows[rows["added"] > 0]
    title = words("next.map.title", posts=int(rows["added"].sum()), sites=len(getting))
    return drawn_map(words, tables, borders, Layer(shown, legend), dots, dot_legend, "next", title, words("next.map.subtitle"), area_id, following.source,
                     following.quality, table)  # fmt: skip
