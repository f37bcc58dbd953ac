"""What the browser needs of the map at each date, as little of it as can be: words, dots, municipalities, places of names."""

import re
from collections.abc import Callable

from ipsdash.domain.areas import municipalities_in
from ipsdash.figures.chart import Area, Chart, Dot, Text
from ipsdash.figures.map import Borders, extent, region_map
from ipsdash.figures.names import PLACES, name_set
from ipsdash.tables.load import Tables
from ipsdash.text.words import Words

# px per km from a phone to a wall; letters grow with the map from one to the next.
SCALES = tuple(0.36 * 1.2**step for step in range(14))
SIZES = {"screen": 16, "wall": 24}
NO_PLACE = "."
# With more dots than this the names stand at the same places at all dates, where there is room for the
# longest that each dot has: finding places takes 0.01 s for each scale, and there may be fifty dates.
MOST_DOTS_BY_DATE = 40
# One letter per place, so that a set of names is a short text.
LETTERS = dict(zip(PLACES, "abcdefghijklmnopqrstuvwxyz"))


class Frames(list[dict]):
    """A map's frames. Made once, they stand for themselves where they are given to another maker (`once`), as a plain list could not."""


def map_frames(words: Words, tables: Tables, lines: Borders, layer: str, dates: list[str], seen: str) -> Frames:
    """One frame per date: words, dots, and municipalities by what they mean; what is as at the first date is left out.

    Names and ids of municipalities are in the outline, in the same order.
    """
    charts = [region_map(words, tables, lines, layer, date, seen) for date in dates]
    return _frames(charts, [(words.date(date), date) for date in dates], lines)


def seen_at(tables: Tables, lines: Borders, frames: Frames, area_id: str) -> Frames:
    """The same frames, seen at an area: all that differs is where the map's edges are."""
    return Frames([frames[0] | {"extent": extent(lines, municipalities_in(tables.areas, area_id))}, *frames[1:]])


def made_frames(maker: Callable[..., Chart], words: Words, tables: Tables, lines: Borders, *given: object) -> Frames:
    """The one frame of a map that a function makes."""
    return _frames([maker(words, tables, lines, *given)], [("", "")], lines)


def _frames(charts: list[Chart], dates: list[tuple[str, str]], lines: Borders) -> Frames:
    order = list(lines.municipalities)
    first, *later = [_frame(caption, chart) | {"date": date} for (caption, date), chart in zip(dates, charts)]
    known = _said(charts[0])
    frames = Frames([first | {"areas": _together(known, order)}])
    for frame, chart in zip(later, charts[1:]):
        changed = {key: one for key, one in _said(chart).items() if one != known[key]}
        frames.append({name: one for name, one in frame.items() if one != first[name]} | {"areas": _together(changed, order)})
    return frames


def _said(chart: Chart) -> dict[str, tuple[str, str]]:
    """What is said of every municipality after its name, and its meaning, by its id."""
    areas = [mark for mark in chart.marks if isinstance(mark, Area) and mark.key]
    return {mark.key: (mark.note.split(": ", 1)[1], mark.meaning) for mark in areas}


def _together(areas: dict[str, tuple[str, str]], order: list[str]) -> list[tuple[str, str, list[tuple[str, list[int]]]]]:
    """Meaning, all but the first of the words said, and for each first word (often a number) the places in the order.

    The same words are sent once: "innbyggere mellom 18 og 66 år" stands in eighty notes.
    """
    shared: dict[tuple[str, str], dict[str, list[int]]] = {}
    for key, (said, meaning) in areas.items():
        head, _, tail = said.partition(" ")
        shared.setdefault((meaning, tail), {}).setdefault(head, []).append(order.index(key))
    return [(meaning, tail, list(heads.items())) for (meaning, tail), heads in shared.items()]


def _frame(caption: str, chart: Chart) -> dict:
    dots = [mark for mark in chart.marks if isinstance(mark, Dot)]
    return {
        "caption": caption, "title": chart.title, "subtitle": chart.subtitle, "credit": chart.credit,
        "alternative": chart.alternative, "legend": chart.legend,
        "extent": (chart.x.low, chart.y.low, chart.x.high, chart.y.high),
        "dots": [(dot.key, round(dot.x, 1), round(dot.y, 1), dot.meaning, dot.label, dot.note) for dot in dots],
        "texts": [(round(one.x, 1), round(one.y, 1), one.text) for one in chart.marks if isinstance(one, Text)],
    }  # fmt: skip


Named = tuple[tuple[tuple[float, float, str], ...], tuple[float, float, float, float]]


def named(frames: list[dict]) -> list[Named]:
    """All that decides where names stand, of each frame: x, y and name of each dot, and what is seen."""
    whole = [{**frames[0], **frame} for frame in frames]
    longest: dict[str, str] = {}
    for frame in whole:
        for key, *_, label, _ in frame["dots"]:
            longest[key] = max(longest.get(key, ""), _roomy(label), key=len)
    return [_named(frame, longest if len(longest) > MOST_DOTS_BY_DATE else {}) for frame in whole]


def _named(frame: dict, longest: dict[str, str]) -> Named:
    """longest: names to find room for instead of the frame's own, by the dot's key."""
    dots = tuple((x, y, longest.get(key) or _roomy(label)) for key, x, y, _, label, _ in frame["dots"])
    return dots, frame["extent"]


def _roomy(label: str) -> str:
    """A name with room for any number as long as the one it has: places hold for every scenario, and are found once."""
    return re.sub(r"\d+", lambda digits: "0" * max(2, len(digits[0])), label)


def places_of_names(dots: tuple[tuple[float, float, str], ...], seen: tuple[float, float, float, float]) -> dict[str, list]:
    """For screen and wall: scales and, for each dot in order, the letter of its name's place."""
    marks = [Dot(x, y, "named", label, key=str(order)) for order, (x, y, label) in enumerate(dots)]
    return {size: [_lettered(marks, seen, scale, px) for scale in SCALES] for size, px in SIZES.items()}


def _lettered(dots: list[Dot], seen: tuple[float, float, float, float], scale: float, size: float) -> tuple[float, str]:
    places = name_set(dots, seen, scale, size).places
    return round(scale, 4), "".join(LETTERS[places[dot.key]] if dot.key in places else NO_PLACE for dot in dots)
