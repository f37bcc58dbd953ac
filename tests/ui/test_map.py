"""What the server sends of the map: little, and enough to say all that the chart says."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from ipsdash.domain import growth
from ipsdash.figures.borders import borders
from ipsdash.figures.chart import Area, Dot
from ipsdash.figures.layers import LAYERS
from ipsdash.figures.map import Borders, region_map
from ipsdash.figures.style import STYLES
from ipsdash.tables.load import Tables, load
from ipsdash.text.words import Words
from ipsdash.ui.frames import MOST_DOTS_BY_DATE, map_frames, named, places_of_names, seen_at
from ipsdash.ui.map import looks, meanings, PLAIN

DATA = Path(__file__).parents[2] / "data"
MOST_BYTES = 12_000
MUNICIPALITIES = 80


@pytest.fixture(scope="module")
def edition() -> tuple[Tables, Borders]:
    tables = load(DATA).tables
    return tables, borders(DATA / "geo", tables)


def _frames(edition: tuple[Tables, Borders], layer: str, lang: str = "nb") -> list[dict]:
    tables, lines = edition
    return map_frames(Words(lang), tables, lines, layer, growth.dates(tables), "region:nord")


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_a_change_of_layer_sends_little(edition, layer, lang):
    first, *later = _frames(edition, layer, lang)
    names = {json.dumps(places_of_names(*one)) for one in named([first, *later])}
    sent = json.dumps([first, later, list(names), looks(STYLES["light"], sorted(meanings([first, *later])))], ensure_ascii=False)
    assert len(sent.encode()) < MOST_BYTES


@pytest.mark.parametrize("area_id", ["region:nord", "county:troms", "county:nordland"])
def test_a_map_seen_at_an_area_is_the_one_drawn_for_it(edition, area_id):
    tables, lines = edition
    drawn = map_frames(Words("nb"), tables, lines, "specialists", growth.dates(tables), area_id)
    assert seen_at(tables, lines, _frames(edition, "specialists"), area_id) == drawn


@pytest.mark.parametrize("layer", LAYERS)
def test_no_borders_are_sent(edition, layer):
    tables, lines = edition
    points = sum(len(ring) for rings in lines.municipalities.values() for ring in rings)
    assert points > MOST_BYTES / 20, "the borders are more than what may be sent"
    numbers = [one for one in _walk(_frames(edition, layer)) if isinstance(one, float)]
    assert len(numbers) < 500


def _walk(one: object):
    if isinstance(one, dict):
        one = list(one.values())
    if isinstance(one, list | tuple):
        for inner in one:
            yield from _walk(inner)
    else:
        yield one


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("date", ["2017-04", "2019-04-12"])
def test_the_browser_can_say_of_each_municipality_what_the_chart_says(edition, layer, date):
    tables, lines = edition
    first, *later = _frames(edition, layer)
    frame = {**first, **next(({**one} for one in later if one["date"] == date), {})}
    order = list(zip(lines.municipalities, tables.areas.set_index("area_id").loc[list(lines.municipalities), "official_name"]))
    areas = _unpacked(order, first) | _unpacked(order, frame)
    chart = region_map(Words("nb"), tables, lines, layer, date, "region:nord")
    marks = {mark.key: (mark.meaning, mark.note) for mark in chart.marks if isinstance(mark, Area) and mark.key}
    assert len(marks) == MUNICIPALITIES
    assert areas == marks
    assert frame["title"] == chart.title and frame["alternative"] == chart.alternative


def _unpacked(order: list[tuple[str, str]], frame: dict) -> dict[str, tuple[str, str]]:
    """As the browser unpacks them: meaning and note by the municipality's id."""
    found = {}
    for meaning, tail, heads in frame["areas"]:
        for head, places in heads:
            for place in places:
                key, name = order[place]
                found[key] = (meaning, f"{name}: {head} {tail}".strip())
    return found


def test_each_name_has_a_place_at_the_scale_of_a_laptop_and_of_a_wall(edition):
    first = _frames(edition, "evidence")[0]
    sets = places_of_names(*named([first])[0])
    for mode, scale in (("screen", 0.84), ("wall", 0.99)):
        places = [letters for fits, letters in sets[mode] if fits <= scale][-1]
        assert len(places) == len(first["dots"]) and "." not in places


def test_what_is_left_out_of_a_look_is_plain():
    for style in STYLES.values():
        for name, look in looks(style, sorted(style.looks)).items():
            assert PLAIN | look == asdict(style.look(name))


@pytest.mark.parametrize("layer", LAYERS)
def test_every_meaning_on_the_map_has_a_look_that_is_sent(edition, layer):
    tables, lines = edition
    sent = meanings(_frames(edition, layer, "en"))
    assert sent <= set(STYLES["dark"].looks)
    for date in growth.dates(tables):
        chart = region_map(Words("en"), tables, lines, layer, date, "region:nord")
        drawn = {mark.meaning for mark in chart.marks if isinstance(mark, Area | Dot)} | {meaning for meaning, _ in chart.legend}
        assert drawn - sent <= {"neighbour"}


@pytest.mark.parametrize("dots, sets", [(MOST_DOTS_BY_DATE, 2), (MOST_DOTS_BY_DATE + 1, 1)])
def test_the_names_of_many_dots_are_placed_once_for_all_dates(dots, sets):
    def dot(number: int, label: str) -> tuple:
        return (str(number), 1.0, 1.0, "named", label, "")

    short, long = ([dot(number, f"{number % 10 and 'By'}{more}") for number in range(dots)] for more in ("", " (1)"))
    found = named([{"dots": short, "extent": (0, 0, 2, 2)}, {"dots": long}])
    assert len(set(found)) == sets and found[1][0][1][2] == "By (00)"
