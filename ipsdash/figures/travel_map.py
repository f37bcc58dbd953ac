"""The map of travel: how far people have to their own site, and where new sites would stand."""

from collections.abc import Mapping

import pandas as pd

from ipsdash.domain.provenance import united, weakest
from ipsdash.domain.travel import BANDS, band_of, in_bands
from ipsdash.figures.chart import Chart, Column, Dot, Table
from ipsdash.figures.layers import Layer
from ipsdash.figures.map import Borders, drawn_map
from ipsdash.tables.load import Tables
from ipsdash.text.words import Words

LOOKS = {**{str(limit): f"class_{place}" for place, limit in enumerate(BANDS, 1)}, "further": f"class_{len(BANDS) + 1}", "unknown": "no_data", "no_site": "no_site"}


def travel_map(
    words: Words, tables: Tables, borders: Borders, own: pd.DataFrame, homes: pd.DataFrame, places: tuple[str, ...], names: Mapping[str, str],
    minutes: int, area_id: str,
) -> Chart:  # fmt: skip
    """Minutes to the own site by municipality, and new sites. own: of `travel.times`, the ways from own sites; homes: area_id, site_id,
    people of municipalities; places: municipalities of new sites."""
    found = in_bands(own, homes)
    table = _table(words, found)
    known = own.set_index("destination")
    areas = tables.areas.loc[tables.areas["kind"] == "municipality", ["area_id", "dps_area"]].merge(homes[["area_id", "site_id"]], on="area_id")
    time = areas["area_id"].map(known["minutes"])
    bands, lists = band_of(areas["site_id"], time), united(tables.catchments["source"])
    shown = areas.assign(
        meaning=bands.map(LOOKS), said=[_said(words, one, site, names) for one, site in zip(time, areas["site_id"])], value=time,
        quality=[known["quality"].get(one, "inferred") for one in areas["area_id"]],
        source=[known["source"].get(one, lists) for one in areas["area_id"]],
    )  # fmt: skip
    legend = tuple((LOOKS[band], _band(words, band)) for band in found["band"] if (bands == band).any())
    dots = _dots(words, borders, shown, places, names)
    dot_legend = [(look, words(f"travel.map.legend.{look}")) for look in ("site", "new_site") if any(dot.meaning == look for dot in dots)]
    by_band = found.set_index("band")["people"]
    near = by_band[[str(limit) for limit in BANDS if limit <= minutes]].sum()
    whole = by_band.sum() or 1
    said = words("travel.map.title", near=near / whole, minutes=minutes, unknown=by_band["unknown"] / whole)
    return drawn_map(
        words, tables, borders, Layer(shown, legend), dots, dot_legend, "travel", said, words("travel.map.subtitle"), area_id,
        united([*shown["source"], *tables.population["source"].unique()]), weakest([*shown["quality"], "modelled"]), table,
    )  # fmt: skip


def _said(words: Words, minutes: float, site: str, names: Mapping[str, str]) -> str:
    if not site:
        return words("map.said.no_site")
    return words("travel.map.said_unknown", name=names[site]) if pd.isna(minutes) else words("travel.map.said", minutes=minutes, name=names[site])


def _band(words: Words, band: str) -> str:
    """A band in words: "31–60 minutes"."""
    if not band.isdecimal():
        return words(f"travel.band.{band}", last=BANDS[-1])
    place = BANDS.index(int(band))
    return words("travel.band.between", low=BANDS[place - 1] + 1, high=BANDS[place]) if place else words("travel.band.first", high=BANDS[0])


def _dots(words: Words, borders: Borders, shown: pd.DataFrame, places: tuple[str, ...], names: Mapping[str, str]) -> list[Dot]:
    sites = borders.sites[borders.sites["site_id"].isin(shown["site_id"])]
    towns = borders.towns.set_index("area_id")
    dots = [Dot(row["x_km"], row["y_km"], "site", names[row["site_id"]], "e", words("travel.map.site", name=names[row["site_id"]]), row["site_id"]) for _, row in sites.iterrows()]
    return dots + [
        Dot(towns.at[one, "x_km"], towns.at[one, "y_km"], "new_site", words("travel.map.new", name=names[one]), "e", words("travel.map.new_note", name=names[one]), one)
        for one in places
    ]  # fmt: skip


def _table(words: Words, found: pd.DataFrame) -> Table:
    """One row per band of minutes: how many people live there, and their share."""
    frame = pd.DataFrame({
        "band": [_band(words, band) for band in found["band"]], "people_18_66": found["people"], "share": found["people"] / (found["people"].sum() or 1),
    })  # fmt: skip
    kinds = {"band": "text", "people_18_66": "whole", "share": "share"}
    return Table(frame, tuple(Column(name, words(f"heading.{name}"), kind) for name, kind in kinds.items()))
