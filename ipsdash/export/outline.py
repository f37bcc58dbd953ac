"""What never changes on the map, as one SVG: neighbours, municipalities, county lines. Kilometres, y downwards."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from ipsdash.export.elements import element, path
from ipsdash.figures.map import Borders


@dataclass(frozen=True)
class Outline:
    """The SVG and a digest of it for its address, so that a browser may keep it for ever."""

    svg: str
    digest: str


def outline(borders: Borders, names: Mapping[str, str]) -> Outline:
    """The outline of the map. Each municipality is a path with its id in data-key and its name in data-name.

    names: official names by area_id. What a municipality looks like is not said here.
    """
    neighbours = element("path", d=path(borders.neighbours), class_="neighbour")
    areas = [
        element("path", d=path(rings), data_key=area_id, data_name=names[area_id])
        for area_id, rings in borders.municipalities.items()
    ]
    counties = element("path", d=path(borders.counties, closed=False), fill="none", class_="county")
    svg = element("svg", neighbours, element("g", *areas, class_="areas"), counties, xmlns="http://www.w3.org/2000/svg")
    return Outline(svg, hashlib.sha256(svg.encode()).hexdigest()[:12])
