"""The map as a reader uses it: pointed at, pressed, walked by keyboard, played through time, shown on a wall.

The browser fetches the borders once and keeps them; from here go only what each municipality and site means at each date,
in words and codes, and where the names stand.
"""

from dataclasses import asdict
from importlib.resources import files

import streamlit as st

from ipsdash.figures.chart import Area, Chart, Dot, Text
from ipsdash.figures.map import Borders, region_map
from ipsdash.figures.names import PLACES, name_set
from ipsdash.figures.style import Style
from ipsdash.tables.load import Tables
from ipsdash.text.words import Words
from ipsdash.ui import borders
from ipsdash.ui.reader import Reader
from ipsdash.ui.server import outline_address

# px per km from a phone to a wall; letters grow with the map from one to the next.
SCALES = tuple(0.36 * 1.2**step for step in range(14))
SIZES = {"screen": 16, "wall": 24}
NO_PLACE = "."
# One letter per place, so that a set of names is a short text.
LETTERS = dict(zip(PLACES, "abcdefghijklmnopqrstuvwxyz"))
BUTTONS = ("play", "pause", "wall", "leave", "hint", "loading")


def show(me: Reader, layer: str, seen: str, dates: list[str], place: str | None = None, height: int | None = None) -> None:
    """The map with a layer, seen at an area. height: of a small one without buttons, px."""
    lines = borders.load(me.edition, me.tables)
    frames = me.once(map_frames, me.words, me.tables, lines, layer, dates, seen)
    sent = {
        "frames": frames, "shown": dates.index(me.date), "chosen": place, "height": height, "letters": LETTERS,
        "looks": me.once(looks, me.style), "words": {name: me.words(f"map.button.{name}") for name in BUTTONS},
        "outline": outline_address(borders.drawn(me.edition, me.tables).digest),
    }  # fmt: skip
    key = "small-map" if height else "map"
    mount = st.components.v2.component(
        "region_map", html=_part("map.html"), css=_part("map.css"), js=_part("map.js")
    )
    mount(
        data=sent, key=key, on_place_change=lambda: _choose(key, "place"), on_date_change=lambda: _choose(key, "date")
    )


def _choose(key: str, name: str) -> None:
    """What was pressed on the map becomes the choice of the control beside it; pressed again, no place is chosen."""
    value = st.session_state[key][name]
    again = name == "place" and st.session_state.get(name) == value
    st.session_state[name] = None if again else value


def _part(name: str) -> str:
    return (files("ipsdash.ui") / name).read_text("utf-8")


def map_frames(words: Words, tables: Tables, lines: Borders, layer: str, dates: list[str], seen: str) -> list[dict]:
    """One frame per date: words, dots, names, and each municipality's meaning and note where they differ from the first date."""
    charts = [region_map(words, tables, lines, layer, date, seen) for date in dates]
    first = _areas(charts[0])
    frames = []
    for date, chart in zip(dates, charts):
        areas = _areas(chart)
        changed = areas if chart is charts[0] else {key: one for key, one in areas.items() if one != first[key]}
        frames.append(_frame(words.date(date), chart) | {"date": date, "areas": changed})
    return frames


def _areas(chart: Chart) -> dict[str, tuple[str, str]]:
    return {mark.key: (mark.meaning, mark.note) for mark in chart.marks if isinstance(mark, Area) and mark.key}


def _frame(caption: str, chart: Chart) -> dict:
    dots = [mark for mark in chart.marks if isinstance(mark, Dot)]
    extent = (chart.x.low, chart.y.low, chart.x.high, chart.y.high)
    return {
        "caption": caption, "title": chart.title, "subtitle": chart.subtitle, "credit": chart.credit,
        "alternative": chart.alternative, "legend": chart.legend, "extent": extent,
        "dots": [(dot.key, round(dot.x, 1), round(dot.y, 1), dot.meaning, dot.label, dot.note) for dot in dots],
        "texts": [(round(one.x, 1), round(one.y, 1), one.text) for one in chart.marks if isinstance(one, Text)],
        "names": {size: [_names(dots, extent, scale, px) for scale in SCALES] for size, px in SIZES.items()},
    }  # fmt: skip


def _names(dots: list[Dot], extent: tuple[float, float, float, float], scale: float, size: float) -> tuple[float, str]:
    """A scale and, for each dot in order, the letter of its name's place."""
    places = name_set(dots, extent, scale, size).places
    return round(scale, 4), "".join(LETTERS[places[dot.key]] if dot.key in places else NO_PLACE for dot in dots)


def looks(style: Style) -> dict[str, dict]:
    """What each meaning on the map looks like, and the colours of page and words."""
    wanted = (
        "sea", "neighbour", "land", "coast", "county_border", "chosen_border", "country", "no_data", "own_site", "assigned",
        "no_site", "named", "named_undated", "named_later", "site_inferred", "site_unknown", "site_closed", "team",
        *(f"class_{number}" for number in range(1, 6)),
    )  # fmt: skip
    colours = {"background": style.background, "ink": style.ink, "quiet": style.quiet, "halo": style.halo}
    return {name: asdict(style.look(name)) for name in wanted} | {"page": colours}
