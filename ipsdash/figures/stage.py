"""The stage all slides are drawn on: its size, where title, body and credit stand, how long a title may be. Pixels at 1920x1080."""

from dataclasses import dataclass, replace

from ipsdash.figures.chart import Chart
from ipsdash.figures.labels import LINE_HEIGHT, wrapped
from ipsdash.figures.letters import width

WIDE, HIGH, MARGIN = 1920, 1080, 64
# Letters: nothing under 24 px, titles from 48.
TITLE, LEAD, TEXT, POINT = 52, 28, 24, 44
# On a map the title stands over the sea in the upper left, and may have more lines.
MAP_ROOM, MAP_LINES, TITLE_LINES = 900, 4, 2


@dataclass(frozen=True)
class Box:
    """A box on the stage, px from its upper left corner."""

    left: float
    top: float
    wide: float
    high: float


def title_lines(title: str, on_map: bool) -> tuple[str, ...]:
    """A title in the lines it has on its slide."""
    return wrapped(title, MAP_ROOM if on_map else WIDE - 2 * MARGIN, TITLE, 600)


def short_title(title: str, on_map: bool) -> str:
    """A title as it fits its slide: whole, or cut behind a word; a word that is wider than a line is cut within."""
    if _fits(title, on_map):
        return title
    parts = title.split(" ")
    cut = (" ".join(parts[:count]).rstrip(" ,.;:–-") + "…" for count in range(len(parts) - 1, 0, -1))
    letters = (title[:count] + "…" for count in range(len(title), 0, -1))
    return next(one for one in (*cut, *letters) if _fits(one, on_map))


def _fits(title: str, on_map: bool) -> bool:
    room, lines = MAP_ROOM if on_map else WIDE - 2 * MARGIN, title_lines(title, on_map)
    return len(lines) <= (MAP_LINES if on_map else TITLE_LINES) and all(width(line, TITLE, 600) <= room for line in lines)


def body(title: str, lead: str, credit: str) -> Box:
    """What is left between title, lead and credit."""
    room = WIDE - 2 * MARGIN
    top = MARGIN + TITLE * LINE_HEIGHT * len(title_lines(title, False)) + LEAD * LINE_HEIGHT * len(wrapped(lead, room, LEAD) if lead else ()) + 24
    below = TEXT * LINE_HEIGHT * len(wrapped(credit, room - 120, TEXT) if credit else ()) + MARGIN * 0.6 + 16
    return Box(MARGIN, top, room, HIGH - top - below)


def whole_stage(chart: Chart) -> Chart:
    """A map that fills the stage, the region on the right, so that the title has the sea on the left to itself."""
    high = chart.y.high - chart.y.low
    wide = high * WIDE / HIGH
    if wide >= chart.x.high - chart.x.low:
        x = replace(chart.x, low=chart.x.high - wide)
        return replace(chart, x=x, height=HIGH / WIDE)
    higher = (chart.x.high - chart.x.low) * HIGH / WIDE
    middle = (chart.y.high + chart.y.low) / 2
    return replace(chart, y=replace(chart.y, low=middle - higher / 2, high=middle + higher / 2), height=HIGH / WIDE)
