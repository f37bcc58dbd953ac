"""The map as a reader uses it: pointed at, pressed, walked by keyboard, played through time, shown on a wall.

The browser fetches the borders once and keeps them; from here go only what each municipality and site means at each date,
in words and codes, and where the names stand.
"""

from dataclasses import asdict
from importlib.resources import files

import streamlit as st

from ipsdash.figures.style import Style
from ipsdash.ui import borders
from ipsdash.ui.frames import LETTERS, map_frames, named, places_of_names
from ipsdash.ui.reader import Reader
from ipsdash.ui.server import outline_address

BUTTONS = ("play", "pause", "wall", "leave", "hint", "loading")


def show(me: Reader, layer: str, seen: str, dates: list[str], place: str | None = None, height: int | None = None) -> None:
    """The map with a layer, seen at an area. height: of a small one without buttons, px."""
    lines = borders.load(me.edition, me.tables)
    frames = me.once(map_frames, me.words, me.tables, lines, layer, dates, seen)
    names = [me.once(places_of_names, *named({**frames[0], **frame})) for frame in frames]
    different = [one for place, one in enumerate(names) if one not in names[:place]]
    sent = {
        "frames": frames, "names": different, "named": [different.index(one) for one in names], "letters": LETTERS,
        "shown": dates.index(me.date), "chosen": place, "height": height,
        "looks": me.once(looks, me.style), "words": {name: me.words(f"map.button.{name}") for name in BUTTONS},
        "outline": outline_address(borders.drawn(me.edition, me.tables).digest),
    }  # fmt: skip
    key = "small-map" if height else "map"
    mount = st.components.v2.component("region_map", html=_part("map.html"), css=_part("map.css"), js=_part("map.js"))
    mount(data=sent, key=key, on_place_change=lambda: _choose(key, "place"), on_date_change=lambda: _choose(key, "date"))


def _choose(key: str, name: str) -> None:
    """What was pressed on the map becomes the choice of the control beside it; pressed again, no place is chosen."""
    value = st.session_state[key][name]
    again = name == "place" and st.session_state.get(name) == value
    st.session_state[name] = None if again else value


def _part(name: str) -> str:
    return (files("ipsdash.ui") / name).read_text("utf-8")


def looks(style: Style) -> dict[str, dict]:
    """What each meaning on the map looks like, and the colours of page and words."""
    wanted = (
        "sea", "neighbour", "land", "coast", "county_border", "chosen_border", "country", "no_data", "own_site", "assigned",
        "no_site", "named", "named_undated", "named_later", "site_inferred", "site_unknown", "site_closed", "team",
        *(f"class_{number}" for number in range(1, 6)),
    )  # fmt: skip
    colours = {"background": style.background, "ink": style.ink, "quiet": style.quiet, "halo": style.halo}
    return {name: asdict(style.look(name)) for name in wanted} | {"page": colours}
