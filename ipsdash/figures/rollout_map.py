"""The map of the roll-out: how many steps each site has done, with what waits told apart by shape."""

import pandas as pd

from ipsdash.domain.provenance import united, weakest
from ipsdash.domain.rollout import open_sites, summary
from ipsdash.domain.sites import catchments_at
from ipsdash.figures.chart import Chart, Dot
from ipsdash.figures.layers import Layer
from ipsdash.figures.map import Borders, drawn_map
from ipsdash.figures.rollout import said, standing_names, standing_table
from ipsdash.tables.columns import STEPS
from ipsdash.tables.load import Tables
from ipsdash.text.places import site_names
from ipsdash.text.words import Words

LOOKS = ("step_done", "step_some", "step_stuck", "step_unreported", "site_closed")


def rollout_map(words: Words, tables: Tables, borders: Borders, found: pd.DataFrame, date: str, area_id: str, months: float) -> Chart:
    """Every site of `rollout.standing` with the number of steps it has done."""
    names = standing_names(words, tables.sites, found)
    spots, plain, dots = borders.sites.set_index("site_id"), site_names(tables.sites), []
    for _, row in found.iterrows():
        site, look = row["site_id"], _look(row)
        label = words("rollout.map.label", name=plain[site], done=row["done"], all=len(STEPS)) if row["reported"] and not row["closed"] else plain[site]
        dots.append(Dot(spots.at[site, "x_km"], spots.at[site, "y_km"], look, label, "e", said(words, row, names[site]), site))
    legend = [(look, words(f"rollout.map.legend.{look}", months=months)) for look in LOOKS if any(dot.meaning == look for dot in dots)]
    told = found[found["source"] != ""]
    source, quality = united([*told["source"], *tables.sites["source"]]), weakest([*told["quality"], *tables.sites["quality"]])
    going, complete = open_sites(found), summary(found, date)["complete"]
    title = words("rollout.map.title", complete=words.bounded(complete.value, complete.bound), sites=len(going), date=date)
    return drawn_map(words, tables, borders, _layer(words, tables, found, date), dots, legend, "rollout", title, words("rollout.map.subtitle", all=len(STEPS)),
                     area_id, source, quality, standing_table(words, tables.sources, found, names))  # fmt: skip


def _look(row: pd.Series) -> str:
    if row["closed"]:
        return "site_closed"
    if not row["reported"]:
        return "step_unreported"
    return "step_done" if row["done"] == len(STEPS) else "step_stuck" if row["stuck"] else "step_some"


def _layer(words: Words, tables: Tables, found: pd.DataFrame, date: str) -> Layer:
    """What each municipality shows: the site that serves it and how far that has come."""
    served = catchments_at(tables.catchments, tables.sites, date).set_index("area_id")
    areas = tables.areas.loc[tables.areas["kind"] == "municipality", ["area_id", "dps_area", "quality", "source"]]
    site = areas["area_id"].map(served["site_id"])
    names, done = site_names(tables.sites), found.set_index("site_id")["done"]
    told = [_served(words, one, names, done) for one in site]
    meaning = site.map(lambda one: "no_site" if one == "" else "land")
    legend = (("no_site", words("map.legend.no_site")),) if (meaning == "no_site").any() else ()
    return Layer(areas.assign(site_id=site, meaning=meaning, said=told, value=site.map(done)), legend)


def _served(words: Words, site: object, names: pd.Series, done: pd.Series) -> str:
    if not isinstance(site, str):
        return words("map.said.unknown")
    if not site:
        return words("map.said.no_site")
    return words("rollout.map.said", name=names[site], done=int(done[site]), all=len(STEPS)) if site in done.index else words("map.said.served", site=names[site])
