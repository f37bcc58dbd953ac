"""Sites and municipalities by name, and the lists beside the map."""

from html import escape

import pandas as pd

from ipsdash.domain.site import serving
from ipsdash.domain.sites import STATES
from ipsdash.figures.chart import Chart, Dot
from ipsdash.tables.load import Tables
from ipsdash.ui import plain_streamlit as st
from ipsdash.ui.reader import Reader

SITE_PAGE = "pages/site.py"


def names(tables: Tables) -> dict[str, str]:
    """The names of all sites, then of all municipalities, by id, each in all its languages."""
    sites = {site["site_id"]: _full(site) for _, site in tables.sites.iterrows()}
    rows = tables.areas[tables.areas["kind"] == "municipality"].sort_values("name")
    return sites | dict(zip(rows["area_id"], rows["official_name"]))


def _full(site: pd.Series) -> str:
    return f"{site['name']} – {site['parallel_name']}" if isinstance(site["parallel_name"], str) else site["name"]


def sites_listed(me: Reader, sites: pd.DataFrame) -> None:
    """The sites in geographic order, each leading to its page, with what is known of it: what the map says, in words. sites: rows of
    `states`."""
    with st.expander(me.words("map.list_heading"), expanded=True), st.container(key="places", gap="small"):
        for number, (_, site) in enumerate(sites.iterrows(), 1):
            to_page(me.words("map.listed_site", number=number, name=_full(site)), site["site_id"])
            st.html(f'<p class="ips-about ips-under">{escape(_said(me, site))}</p>')


def to_page(label: str, place: str, icon: str | None = None) -> None:
    """Leads to the page of a site; what else is chosen stays."""
    st.page_link(SITE_PAGE, label=label, icon=icon, query_params={**st.query_params.to_dict(), "place": place})


def to_site(me: Reader, place: str) -> None:
    """Leads to the page of a site, or of the site that serves a municipality; nothing where none is known to."""
    of = me.site_names
    site = place if place in of.index else me.once(serving, me.tables, place, me.date)
    if site:
        to_page(me.words("map.to_site", site=of[site]), site, ":material/arrow_forward:")


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
