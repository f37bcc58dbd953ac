"""No name on a map covers another, a dot that is not its own, or the edge."""

import random
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest

from ipsdash.figures import names, placing
from ipsdash.figures.borders import borders
from ipsdash.figures.chart import Dot
from ipsdash.figures.layers import LAYERS
from ipsdash.figures.map import region_map
from ipsdash.figures.names import DOT_RADIUS, LEFT_OUT, PLACES, box, name_set
from ipsdash.figures.placing import shared
from ipsdash.tables.load import load
from ipsdash.text.words import Words

DATA = Path(__file__).parents[2] / "data"
SIDE = 100.0
EXTENT = (0.0, 0.0, SIDE, SIDE)
# px per km and letters of the whole region: a phone, a laptop of 1440x900, a wall of 1920x1080.
SCREENS = {"phone": (0.36, 16), "laptop": (0.84, 16), "wall": (0.99, 24)}
REGION_NAMES = 14


def _dots(*places: tuple[str, float, float]) -> list[Dot]:
    return [Dot(x, y, "named", name, key=name) for name, x, y in places]


def _crossing(one: tuple, other: tuple) -> bool:
    """Whether two boxes share area, said the long way: their widths and heights overlap."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 0 and high > 0


def _round(dot: Dot, scale: float, size: float) -> tuple:
    x, y, radius = dot.x * scale, -dot.y * scale, DOT_RADIUS * size
    return x - radius, y - radius, x + radius, y + radius


def _in_the_way(dots: list[Dot], places: dict[str, str], extent: tuple, scale: float, size: float) -> list[str]:
    """Every pair of names, name and other dot, and name and edge that is in the way, by plain loops."""
    found = []
    boxes = {dot.key: box(dot, places[dot.key], scale, size) for dot in dots if dot.key in places}
    for one, other in combinations(boxes, 2):
        if _crossing(boxes[one], boxes[other]):
            found.append(f"{one} and {other}")
    for key, dot in product(boxes, dots):
        if key != dot.key and _crossing(boxes[key], _round(dot, scale, size)):
            found.append(f"{key} on the dot of {dot.key}")
    for key, (left, top, right, bottom) in boxes.items():
        if left < extent[0] * scale or right > extent[2] * scale or top < -extent[3] * scale or bottom > -extent[1] * scale:
            found.append(f"{key} over the edge")
    return found


def test_a_name_alone_stands_to_the_right_of_its_dot():
    assert name_set(_dots(("Bodø", 50, 50)), EXTENT, 5, 16).places == {"Bodø": "e"}


def test_a_name_at_the_right_edge_stands_to_the_left():
    assert name_set(_dots(("Kirkenes", 99, 50)), EXTENT, 5, 16).places == {"Kirkenes": "w"}


def test_a_name_without_room_is_left_out():
    assert name_set(_dots(("Brønnøysund", 50, 50)), EXTENT, 0.5, 16).places == {}


def test_a_dot_that_is_not_seen_has_no_name():
    assert name_set(_dots(("Bodø", 50, 50), ("Alta", 150, 50)), EXTENT, 5, 16).places == {"Bodø": "e"}


CROWDS = {
    "two beside each other": _dots(("Sortland", 40, 50), ("Stokmarknes", 44, 50)),
    "three in a triangle": _dots(("Harstad", 50, 50), ("Narvik", 52, 53), ("Evenes", 54, 50)),
    "a column": _dots(("Alta", 50, 50), ("Lakselv", 50, 53), ("Karasjok", 50, 47)),
}


@pytest.mark.parametrize("scale", [2, 4, 8])
@pytest.mark.parametrize("dots", CROWDS.values(), ids=CROWDS)
def test_the_places_are_as_good_as_those_of_trying_everything(dots: list[Dot], scale: float):
    def cost(places: dict[str, str]) -> int:
        return sum(PLACES.index(places[dot.key]) if dot.key in places else LEFT_OUT for dot in dots)

    every = product([None, *PLACES], repeat=len(dots))
    tried = ({dot.key: place for dot, place in zip(dots, one) if place} for one in every)
    best = min(cost(one) for one in tried if not _in_the_way(dots, one, EXTENT, scale, 16))
    found = name_set(dots, EXTENT, scale, 16).places
    assert not _in_the_way(dots, found, EXTENT, scale, 16)
    assert cost(found) == best


@pytest.fixture(scope="module")
def edition():
    tables = load(DATA).tables
    return tables, borders(DATA / "geo", tables)


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_no_name_of_the_region_is_in_the_way(edition, lang: str, layer: str, screen: str):
    tables, lines = edition
    chart = region_map(Words(lang), tables, lines, layer, "2019-04-12", "region:nord")
    dots = [mark for mark in chart.marks if isinstance(mark, Dot)]
    extent = (chart.x.low, chart.y.low, chart.x.high, chart.y.high)
    scale, size = SCREENS[screen]
    places = name_set(dots, extent, scale, size).places
    assert not _in_the_way(dots, places, extent, scale, size)
    assert layer == "nav_teams" or len(places) == len(dots) == REGION_NAMES


@pytest.mark.parametrize("county", ["county:nordland", "county:troms", "county:finnmark"])
@pytest.mark.parametrize("scale", [0.6, 1.2, 2.4])
def test_no_name_of_a_county_is_in_the_way(edition, county: str, scale: float):
    tables, lines = edition
    chart = region_map(Words("nb"), tables, lines, "evidence", "2019-04-12", county)
    dots = [mark for mark in chart.marks if isinstance(mark, Dot)]
    extent = (chart.x.low, chart.y.low, chart.x.high, chart.y.high)
    assert not _in_the_way(dots, name_set(dots, extent, scale, 16).places, extent, scale, 16)


# Comparisons of two boxes for a set of names, by the number of sites: as many as a stranger and as a
# publisher may hand in.
MOST_BOXES = {150: 5_000_000, 500: 30_000_000}


def _stacked(edition, sites: int) -> tuple[list[Dot], tuple]:
    """The region's dots again and again, on the same spots, under other names."""
    tables, lines = edition
    chart = region_map(Words("nb"), tables, lines, "evidence", "2019-04-12", "region:nord")
    dots = [mark for mark in chart.marks if isinstance(mark, Dot)]
    extent = (chart.x.low, chart.y.low, chart.x.high, chart.y.high)
    spots = (dots[number % len(dots)] for number in range(sites))
    return [replace(dot, label=f"Sted {number}", key=f"s{number}") for number, dot in enumerate(spots)], extent


def _clustered(edition, sites: int) -> tuple[list[Dot], tuple]:
    """Fives of dots, each five so close that finding its best places takes long."""
    chance = random.Random(1)
    spots = [(number // 5 % 8 * 90 + 50, number // 40 * 40 + 50) for number in range(sites)]
    places = [(f"Sted {number}", x + chance.random() * 25, y + chance.random() * 15) for number, (x, y) in enumerate(spots)]
    return _dots(*places), (0.0, 0.0, 800.0, 700.0)


@pytest.mark.parametrize("sites", MOST_BOXES)
@pytest.mark.parametrize("crowd", [_stacked, _clustered])
def test_the_work_for_a_crowd_of_names_is_bounded(edition, monkeypatch, crowd, sites: int):
    boxes, pairs, tries = [], [], []
    meet, best = names._meet, names._Choices.best

    def counted(one, other):
        found = meet(one, other)
        boxes.append(found.size)
        pairs.append(one.ndim == 3 and len(one) <= len(PLACES))
        return found

    monkeypatch.setattr(names, "_meet", counted)
    monkeypatch.setattr(names._Choices, "best", lambda *given: tries.append(best(*given)) or tries[-1])
    dots, extent = crowd(edition, sites)
    for scale, size in (*SCREENS.values(), (1.8, 16)):
        boxes.clear(), pairs.clear(), tries.clear()
        assert name_set(dots, extent, scale, size).places
        assert sum(boxes) < MOST_BOXES[sites]
        assert sum(pairs) <= names.MOST_COMPARED + 1
        # A search that is cut off counts its last steps too.
        assert sum(found[1] for found in tries) < names.MOST_TRIES_OF_SET + 2_000


def test_no_name_of_a_crowd_is_in_the_way(edition):
    dots, extent = _stacked(edition, 150)
    scale, size = SCREENS["laptop"]
    places = name_set(dots, extent, scale, size).places
    boxes = {dot.key: box(dot, places[dot.key], scale, size) for dot in dots if dot.key in places}
    assert not any(_crossing(boxes[one], boxes[other]) for one, other in combinations(boxes, 2))


def test_what_a_label_covers_is_the_sum_over_all_that_is_there():
    chance = random.Random(1)
    edges = [(chance.random() * 90, chance.random() * 90) for _ in range(60)]
    boxes = [(x, y, x + chance.random() * 30, y + chance.random() * 10) for x, y in edges]
    for mine in boxes[:10]:
        expected = sum(shared(mine, other) for other in boxes[10:])
        assert placing._covered(mine, np.array(boxes[10:])) == pytest.approx(expected)
