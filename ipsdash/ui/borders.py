"""The borders of the map, read once for all readers."""

import streamlit as st

from ipsdash.export.outline import Outline, outline
from ipsdash.figures.map import Borders
from ipsdash.tables.load import Tables
from ipsdash.ui.reader import GEO


@st.cache_resource(show_spinner=False, max_entries=4)
def load(edition: tuple, _tables: Tables) -> Borders:
    """Municipalities, neighbours, county lines, and where sites and Nav teams are, in km of EPSG:25833."""
    # geopandas takes 0.25 s to import: pages without a map start without it.
    from ipsdash.figures.borders import borders

    return borders(GEO, _tables)


@st.cache_resource(show_spinner=False, max_entries=4)
def drawn(edition: tuple, _tables: Tables) -> Outline:
    """The borders as the SVG that a browser fetches once."""
    return outline(load(edition, _tables))
