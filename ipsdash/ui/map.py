"""The map as a reader uses it: pointed at, pressed, walked by keyboard, played through time, shown on a wall.

The browser fetches the borders and the program once and keeps them; from here go only what each municipality and site means at each date,
in words and codes, and where the names stand.
"""

from dataclasses import asdict

import streamlit as st

from ipsdash.figures.style import Look, Style
from ipsdash.ui import borders
from ipsdash.ui.frames import LETTERS, map_frames, named, places_of_names
from ipsdash.ui.reader import Reader
from ipsdash.ui.server import outline_address, part_address

# The program is fetched once and kept by the browser; Streamlit would send it anew with every change.
_PROGRAM = """
const { default: shown } = await import(new URL('%s', document.baseURI));
export default shown;
"""
PLAIN = asdict(Look())
BUTTONS = ("play", "pause", "wall", "leave", "hint", "loading")


def show(me: Reader, layer: str, seen: str, dates: list[str], place: str | None = None, height: int | None = None) -> None:
    """The map with a layer, seen at an area. height: of a small one without buttons, px."""
    lines = borders.load(me.tables)
    frames = me.once(map_frames, me.words, me.tables, lines, layer, dates, seen)
    names = [me.once(places_of_names, *named({**frames[0], **frame})) for frame in frames]
    different = [one for place, one in enumerate(names) if one not in names[:place]]
    sent = {
        "frames": frames, "names": different, "named": [different.index(one) for one in names], "letters": LETTERS,
        "shown": dates.index(me.date), "chosen": place, "height": height,
        "looks": me.once(looks, me.style), "plain": PLAIN,
        "page": {"page": me.style.background, "ink": me.style.ink, "quiet": me.style.quiet, "halo": me.style.halo}, "words": {name: me.words(f"map.button.{name}") for name in BUTTONS},
        "outline": outline_address(borders.drawn(me.tables).digest),
    }  # fmt: skip
    key = "small-map" if height else "map"
    mount = st.components.v2.component("region_map", html='<section class="ips-map"></section>', js=_PROGRAM % part_address("map.js"))
    mount(data=sent, key=key, on_place_change=lambda: _choose(key, "place"), on_date_change=lambda: _choose(key, "date"))


def _choose(key: str, name: str) -> None:
    """What was pressed on the map becomes the choice of the control beside it; pressed again, no place is chosen."""
    value = st.session_state[key][name]
    again = name == "place" and st.session_state.get(name) == value
    st.session_state[name] = None if again else value


def looks(style: Style) -> dict[str, dict]:
    """What each meaning on the map looks like, as far as it is not plain."""
    wanted = (
        "sea", "neighbour", "land", "coast", "county_border", "chosen_border", "country", "no_data", "own_site", "assigned",
        "no_site", "named", "named_undated", "named_later", "site_inferred", "site_unknown", "site_closed", "team",
        *(f"class_{number}" for number in range(1, 6)),
    )  # fmt: skip
    return {name: {part: one for part, one in asdict(style.look(name)).items() if one != PLAIN[part]} for name in wanted}
