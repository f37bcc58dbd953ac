"""The borders of the map, read once for all readers."""

import pandas as pd

from ipsdash.export.outline import Outline, outline
from ipsdash.figures.map import Borders
from ipsdash.tables.load import Tables
from ipsdash.ui.once import once
from ipsdash.ui.reader import GEO


def load(tables: Tables) -> Borders:
    """Municipalities, neighbours, county lines, and where sites and Nav teams are, in km of EPSG:25833."""
    return once(tables, _borders, tables)


def drawn(tables: Tables) -> Outline:
    """The borders as the SVG that a browser fetches once."""
    return once(tables, _outline, load(tables), tables.areas)


def coarse(tables: Tables) -> Borders:
    """The same with fewer points, for shapes that people take apart."""
    return once(tables, _borders, tables, "1000m")


def _outline(lines: Borders, areas: pd.DataFrame) -> Outline:
    return outline(lines, areas.set_index("area_id")["official_name"].to_dict())


def _borders(tables: Tables, detail: str = "400m") -> Borders:
    # geopandas takes 0.25 s to import: pages without a map start without it.
    from ipsdash.figures.borders import borders

    return borders(GEO, tables, detail)
