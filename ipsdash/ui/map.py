"""The map as a reader uses it: pointed at, pressed, walked by keyboard, played through time, shown on a wall.

The browser fetches the borders and the program once and keeps them; from here go only what each municipality and site means at each date,
in words and codes, and where the names stand.
"""

import json
from collections.abc import Callable
from dataclasses import asdict

from ipsdash.figures.chart import Chart
from ipsdash.figures.style import Look, Style
from ipsdash.tables.load import Tables
from ipsdash.text.words import Words
from ipsdash.ui import borders
from ipsdash.ui import plain_streamlit as st
from ipsdash.ui.frames import LETTERS, Frames, made_frames, map_frames, named, places_of_names, seen_at
from ipsdash.ui.once import once
from ipsdash.ui.reader import Reader
from ipsdash.ui.server import outline_address, part_address

# The program is fetched once and kept by the browser; Streamlit would send it anew with every change.
_PROGRAM = """
const { default: shown } = await import(new URL('%s', document.baseURI));
export default shown;
"""
PLAIN = asdict(Look())
# Heights on a low screen, px: of a map on top of its page, and of one with numbers beside its names.
LEAST, TALL = 480, 760
# Under every map.
GROUND = ("sea", "neighbour", "land", "coast", "county_border", "country")
BUTTONS = ("play", "pause", "wall", "leave", "hint", "loading", "nowhere")


def show(me: Reader, layer: str, seen: str, dates: list[str], place: str | None = None, height: int | None = None) -> None:
    """The map with a layer, seen at an area. height: of a small one without buttons, px."""
    lines = borders.load(me.tables)
    everywhere = me.once(map_frames, me.words, me.tables, lines, layer, dates, me.region)
    frames = me.once(seen_at, me.tables, lines, everywhere, seen)
    _mount(me, frames, dates.index(me.date), "small-map" if height else "map", place, height)


def show_made(me: Reader, key: str, maker: Callable[..., Chart], *given: object) -> None:
    """A map that a function makes of words, tables, borders and what is given; without steps in time."""
    lines = borders.load(me.tables)
    _mount(me, me.once(made_frames, maker, me.words, me.tables, lines, *given), 0, key, least=TALL)


def _mount(me: Reader, frames: Frames, shown: int, key: str, place: str | None = None, height: int | None = None, least: int = LEAST) -> None:
    """Sends frames to the map with this key. least: its height on a low screen, px."""
    made = me.once(_written, me.words, me.tables, me.style, frames)
    sent = {"made": made, "shown": shown, "chosen": place, "height": height, "least": least, "outline": outline_address(borders.drawn(me.tables).digest)}
    mount = st.components.v2.component("region_map", html='<section class="ips-map"></section>', js=_PROGRAM % part_address("map.js"))
    mount(data=sent, key=key, on_place_change=lambda: _choose(key, "place"), on_date_change=lambda: _choose(key, "date"))


def _written(words: Words, tables: Tables, style: Style, frames: Frames) -> str:
    """Frames with all that they need, as JSON: of 150 sites at 40 dates it is 0.6 MB, and Streamlit would write it with every run."""
    names = [once(tables, places_of_names, *one) for one in named(frames)]
    different = [one for place, one in enumerate(names) if one not in names[:place]]
    return json.dumps({
        "frames": frames, "names": different, "named": [different.index(one) for one in names], "letters": LETTERS,
        "looks": looks(style, sorted(meanings(frames))), "plain": PLAIN,
        "page": {"page": style.background, "ink": style.ink, "quiet": style.quiet, "halo": style.halo}, "words": {name: words(f"map.button.{name}") for name in BUTTONS},
    }, ensure_ascii=False, separators=(",", ":"))  # fmt: skip


def _choose(key: str, name: str) -> None:
    """What was pressed on the map becomes the choice of the control beside it; pressed again, no place is chosen."""
    value = st.session_state[key][name]
    again = name == "place" and st.session_state.get(name) == value
    st.session_state[name] = None if again else value


def meanings(frames: list[dict]) -> set[str]:
    """All that frames show: of municipalities, dots and legend, and what is under them."""
    shown = {area[0] for frame in frames for area in frame["areas"]}
    shown |= {dot[3] for frame in frames for dot in frame.get("dots", ())}
    return {*GROUND, *shown, *(meaning for frame in frames for meaning, _ in frame.get("legend", ()))}


def looks(style: Style, wanted: list[str]) -> dict[str, dict]:
    """What each of these meanings looks like, as far as it is not plain."""
    return {name: {part: one for part, one in asdict(style.look(name)).items() if one != PLAIN[part]} for name in wanted}
