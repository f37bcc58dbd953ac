"""Dots and lines over time as a native scatter chart: years with decimals below, so that a count stands where its date is.

A line belongs to the dot it leads to: between counts that are far apart it is dashed, whatever the rest of its series is.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ipsdash.export.elements import element
from ipsdash.export.pptx.drawing import CATEGORIES, VALUES, label, labels, layout, number_format, numbers, paint, texts, value_axis
from ipsdash.export.pptx.shapes import STYLE, fill, solid, stroke
from ipsdash.figures.chart import Axis, Band, Chart, Dot, Line, Mark, Rule
from ipsdash.figures.frame import frame
from ipsdash.figures.labels import wrapped
from ipsdash.figures.stage import TEXT
from ipsdash.figures.style import Look
from ipsdash.text.words import Words

# Where a label stands from its dot, in PowerPoint's letters.
SIDES = {"e": "r", "w": "l", "n": "t", "ne": "t", "nw": "t", "s": "b", "se": "b", "sw": "b"}
_SYMBOLS = {"circle": "circle", "ring": "circle", "diamond": "diamond", "square": "square", "cross": "x"}
_LETTERS = "BCDEFGHIJKLMNOPQRSTUVWXYZ"
LABEL_ROOM = 600
Point = tuple[float, float]


@dataclass
class Trail:
    """A series: its points in order, the meaning of the line that leads to each ("" for none), and the dots on them."""

    points: list[Point]
    lines: list[str]
    dots: dict[Point, Dot] = field(default_factory=dict)

    def named(self, otherwise: str) -> str:
        """Its name: the words at its last dot that has any."""
        said = [dot.label for dot in self.dots.values() if any(letter.isalpha() for letter in dot.label)]
        return said[-1] if said else otherwise


def lines(words: Words, chart: Chart, wide: float, high: float) -> tuple[str, list[list[object]]]:
    """The plot of a chart over time in a frame of this size, px, and the rows of its sheet."""
    whole = replace(chart, x=_whole_years(chart.x))
    trails = _trails(whole.marks)
    plot = frame(whole, STYLE, wide)
    series, rows, first = [], [], 2
    for place, trail in enumerate(trails):
        series.append(_series(words, trail, place, first, trail.named(chart.y.title)))
        rows += [[x, *[None] * place, y, *[None] * (len(trails) - place - 1), _note(trail, (x, y))] for x, y in trail.points]
        first += len(trail.points)
    head = [words("heading.date"), *(trail.named(chart.y.title) for trail in trails), words("heading.meaning")]
    scatter = element("c:scatterChart", element("c:scatterStyle", val="lineMarker"), element("c:varyColors", val="0"), *series, element("c:axId", val=CATEGORIES), element("c:axId", val=VALUES))
    place = layout(plot.left / wide, plot.above / high, plot.width / wide, (high - plot.above - plot.below) / high, inner=True)
    under = (plot.left / wide, (high - plot.below + 2 * TEXT) / high)
    across = value_axis(whole.x, words.lang, CATEGORIES, VALUES, "b", under, between="midCat", form=_years_format(chart.x))
    up = value_axis(whole.y, words.lang, VALUES, CATEGORIES, "l", (0, 0), between="midCat", line=False)
    return element("c:plotArea", place, scatter, across, up), [head, *rows]


def _whole_years(axis: Axis) -> Axis:
    """The axis from tick to tick: PowerPoint counts its years from the axis's end."""
    if len(axis.ticks) < 2:
        return replace(axis, low=math.floor(axis.low), high=math.ceil(axis.high))
    first, last, step = axis.ticks[0][0], axis.ticks[-1][0], axis.ticks[1][0] - axis.ticks[0][0]
    low, high = first - math.ceil((first - axis.low) / step) * step, last + math.ceil((axis.high - last) / step) * step
    return replace(axis, low=low, high=high)


def _years_format(axis: Axis) -> str:
    """Years without the two that stand beyond the chart's own ticks."""
    return f'[<{axis.ticks[0][0]:g}]"";[>{axis.ticks[-1][0]:g}]"";0' if axis.ticks else "0"


def _trails(marks: Iterable[Mark]) -> list[Trail]:
    """The series of a chart: lines that go on where another ended are one; dots that no line touches are one by meaning."""
    trails: list[Trail] = []
    for x, y, meaning in (one for mark in marks for one in _paths(mark)):
        points = [*zip(map(float, x), map(float, y))]
        before = next((trail for trail in trails if trail.points[-1] == points[0] and meaning not in ("goal", "range")), None)
        if before:
            before.points += points[1:]
            before.lines += [meaning] * (len(points) - 1)
        else:
            trails.append(Trail(points, ["", *[meaning] * (len(points) - 1)]))
    alone: dict[str, Trail] = {}
    for dot in (mark for mark in marks if isinstance(mark, Dot)):
        at = (float(dot.x), float(dot.y))
        home = next((trail for trail in trails if at in trail.points and at not in trail.dots), None) or alone.setdefault(dot.meaning, Trail([], []))
        home.dots[at] = dot
        if at not in home.points:
            home.points.append(at)
            home.lines.append("")
    return [*trails, *alone.values()]


def _paths(mark: Mark) -> list[tuple[Sequence[float], Sequence[float], str]]:
    """What of a mark is drawn as a line: itself, or the two edges of a band."""
    match mark:
        case Line():
            return [(mark.x, mark.y, mark.meaning)]
        case Band():
            return [(mark.x, mark.low, mark.meaning), (mark.x, mark.high, mark.meaning)]
        case Rule():
            raise ValueError("a rule has no native chart")
    return []


def _note(trail: Trail, point: Point) -> str:
    dot = trail.dots.get(point)
    return dot.note.strip() if dot else ""


def _series(words: Words, trail: Trail, place: int, first: int, name: str) -> str:
    rows = (first, first + len(trail.points) - 1)
    meanings = [meaning for meaning in trail.lines if meaning]
    own = _stroke(meanings[0]) if meanings else element("a:ln", element("a:noFill"))
    points = [_point(at, trail.dots.get(point), trail.lines[at]) for at, point in enumerate(trail.points)]
    said = [_label(words, at, trail.dots[point]) for at, point in enumerate(trail.points) if point in trail.dots and trail.dots[point].label]
    column = _LETTERS[place]
    return element(
        "c:ser", element("c:idx", val=str(place)), element("c:order", val=str(place)), texts("c:tx", column, (1, 1), [name]), paint(own), _marker(None), *points, labels(said),
        numbers("c:xVal", "A", rows, [x for x, _ in trail.points]), numbers("c:yVal", column, rows, [y for _, y in trail.points]), element("c:smooth", val="0"),
    )  # fmt: skip


def _stroke(meaning: str) -> str:
    look = STYLE.look(meaning)
    return stroke(look if look.stroke != "none" else replace(look, stroke=look.fill))


def _point(place: int, dot: Dot | None, line: str) -> str:
    """A point: its marker by its own meaning, the line to it by that of the line."""
    drawn = _stroke(line) if line else element("a:ln", element("a:noFill"))
    return element("c:dPt", element("c:idx", val=str(place)), _marker(STYLE.look(dot.meaning) if dot else None), element("c:bubble3D", val="0"), paint(drawn))


def _marker(look: Look | None) -> str:
    if look is None:
        return element("c:marker", element("c:symbol", val="none"))
    inside = solid(STYLE.background) if look.fill == "none" or look.hatch else fill(look)
    return element("c:marker", element("c:symbol", val=_SYMBOLS[look.shape]), element("c:size", val=str(round(look.radius * 1.2))), paint(inside, stroke(replace(look, dash=()))))


def _label(words: Words, place: int, dot: Dot) -> str:
    said = wrapped(dot.label, LABEL_ROOM, TEXT, 600)
    return label(place, said, words.lang, SIDES[dot.place], number_format([dot.label], words.lang))
