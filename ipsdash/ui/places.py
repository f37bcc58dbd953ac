"""Sites and municipalities by name, and the lists beside the map."""

from html import escape

import pandas as pd
import streamlit as st

from ipsdash.domain.sites import STATES
from ipsdash.figures.chart import Chart, Dot
from ipsdash.tables.load import Tables
from ipsdash.ui.reader import Reader


def names(tables: Tables) -> dict[str, str]:
    """The names of all sites, then of all municipalities, by id, each in all its languages."""
    sites = {site["site_id"]: _full(site) for _, site in tables.sites.iterrows()}
    rows = tables.areas[tables.areas["kind"] == "municipality"].sort_values("name")
    return sites | dict(zip(rows["area_id"], rows["official_name"]))


def _full(site: pd.Series) -> str:
    return f"{site['name']} – {site['parallel_name']}" if isinstance(site["parallel_name"], str) else site["name"]


def sites_listed(me: Reader, sites: pd.DataFrame) -> None:
    """The sites in geographic order with what is known of each: what the map says, in words. sites: rows of `states`."""
    _listed(me.words("map.list_heading"), [(_full(site), _said(me, site)) for _, site in sites.iterrows()])


def teams_listed(me: Reader, shown: Chart) -> None:
    """The places of the map's Nav teams with the teams in each. shown: the map."""
    _listed(me.words("map.teams_heading"), [(mark.label, mark.note) for mark in shown.marks if isinstance(mark, Dot)])


def _listed(heading: str, places: list[tuple[str, str]]) -> None:
    with st.expander(heading, expanded=True):
        items = "".join(f"<li><b>{escape(name)}</b><br>{escape(said)}</li>" for name, said in places)
        st.html(f'<ol class="ips-places">{items}</ol>')


def _said(me: Reader, site: pd.Series) -> str:
    if site["state"] != STATES[0]:
        return me.words(f"state.{site['state']}")
    return me.words(f"evidence.{site['evidence']}")
