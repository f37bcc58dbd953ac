"""Sites and municipalities by name, and the list beside the map."""

from html import escape

import pandas as pd
import streamlit as st

from ipsdash.domain.sites import STATES
from ipsdash.tables.load import Tables
from ipsdash.ui.reader import Reader


def names(tables: Tables) -> dict[str, str]:
    """The names of all sites, then of all municipalities, by id, each in all its languages."""
    sites = {site["site_id"]: _full(site) for _, site in tables.sites.iterrows()}
    rows = tables.areas[tables.areas["kind"] == "municipality"].sort_values("name")
    return sites | dict(zip(rows["area_id"], rows["official_name"]))


def _full(site: pd.Series) -> str:
    return f"{site['name']} – {site['parallel_name']}" if isinstance(site["parallel_name"], str) else site["name"]


def listed(me: Reader, sites: pd.DataFrame) -> None:
    """The sites in geographic order with what is known of each: what the map says, in words. sites: rows of `states`."""
    words = me.words
    with st.expander(words("map.list_heading"), expanded=True):
        items = "".join(f"<li><b>{escape(_full(site))}</b><br>{escape(_said(me, site))}</li>" for _, site in sites.iterrows())
        st.html(f'<ol class="ips-places">{items}</ol>')


def _said(me: Reader, site: pd.Series) -> str:
    if site["state"] != STATES[0]:
        return me.words(f"state.{site['state']}")
    return me.words(f"evidence.{site['evidence']}")
