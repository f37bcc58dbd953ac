"""The words in the picture: what stands at which mark, on which side, how it wraps. The same for every renderer."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ipsdash.figures.chart import Band, Bar, Chart, Dot, Line, Mark, Rule, Text
from ipsdash.figures.letters import width
from ipsdash.figures.style import Style

LINE_HEIGHT = 1.3
# left, top, right, bottom
Box = tuple[float, float, float, float]
# East, north: to the right, upwards; the screen counts downwards.
SIDES = {
    "e": (1, 0), "w": (-1, 0), "n": (0, -1), "s": (0, 1), "ne": (1, -1), "se": (1, 1), "nw": (-1, -1), "sw": (-1, 1),
}  # fmt: skip
_ANCHORS = {"start": (1, 0), "middle": (0, 0), "end": (-1, 0)}
# The share of the picture's width that a label or a name may take before it is broken, and the least that is, in letters' heights.
LABEL_SHARE, LABEL_LEAST, RULE_SHARE = 0.34, 9.5, 0.7


@dataclass(frozen=True)
class Label:
    """Lines of text at a point in data coordinates. side: where it stands from there; gap: how far, px.

    moves: "around" (to any side of its point), "along" (up and down) or "" when something is in its way. nudge: how
    far down it was moved, px. colour: where it is not the ink of the style.
    """

    x: float
    y: float
    lines: tuple[str, ...]
    size: float
    side: tuple[int, int] = (1, 0)
    gap: float = 0
    weight: int = 400
    moves: str = ""
    nudge: float = 0
    colour: str = ""

    @cached_property
    def wide(self) -> float:
        """The width of the longest line, px."""
        return max(width(line, self.size, self.weight) for line in self.lines)

    @property
    def high(self) -> float:
        """The height of all lines, px."""
        return len(self.lines) * self.size * LINE_HEIGHT

    def box(self, x: float, y: float) -> Box:
        """Left, top, right, bottom, px, when its point is at x, y px."""
        left = x + self.side[0] * self.gap - self.wide * (1 - self.side[0]) / 2
        top = y + self.side[1] * self.gap - self.high * (1 - self.side[1]) / 2 + self.nudge
        return (left, top, left + self.wide, top + self.high)

    def choices(self) -> Iterator["Label"]:
        """Itself, then where else it may stand, nearest first."""
        yield self
        if self.moves == "around":
            yield from (replace(self, side=side) for side in sorted(SIDES.values(), key=self._turn)[1:])
        if self.moves == "along":
            # Downwards first: labels are placed from the top, so they keep the order of their lines.
            steps = (*range(1, 13), *range(-1, -7, -1))
            yield from (replace(self, nudge=step * self.size * LINE_HEIGHT / 2) for step in steps)

    def _turn(self, side: tuple[int, int]) -> int:
        return abs(side[0] - self.side[0]) + abs(side[1] - self.side[1])


def wrapped(text: str, room: float, size: float, weight: int = 400) -> tuple[str, ...]:
    """The text in lines no wider than `room`, px, broken at spaces. A longer word stands alone."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, weight) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def labels(chart: Chart, style: Style, whole: float, bar_shift: float = 0) -> list[Label]:
    """The labels of all marks within the axes, in a picture of this width. bar_shift: of lying bars from their category."""
    pairs = ((mark, _label(chart, mark, bar_shift)) for mark in chart.marks)
    found = [(mark, *place) for mark, place in pairs if place and inside(chart, *place[:2])]
    return [_made(mark, x, y, text, style, _room(chart, mark, x, style, whole)) for mark, x, y, text in found if text]


def inside(chart: Chart, x: float, y: float) -> bool:
    """Whether a point is within both axes."""
    return chart.x.low <= x <= chart.x.high and chart.y.low <= y <= chart.y.high


def _label(chart: Chart, mark: Mark, bar_shift: float) -> tuple[float, float, str] | None:
    """Where a mark's words stand and what they are."""
    match mark:
        case Dot():
            return mark.x, mark.y, mark.label
        case Text():
            return mark.x, mark.y, mark.text
        case Line():
            return mark.x[-1], mark.y[-1], mark.label
        case Band():
            return mark.x[-1], (mark.low[-1] + mark.high[-1]) / 2, mark.label
        case Bar(along="x"):
            return max(mark.low, mark.high), mark.at + bar_shift, mark.label
        case Bar():
            return mark.at, max(mark.low, mark.high), mark.label
        case Rule(axis="x"):
            return mark.at, chart.y.high, mark.label
        case Rule():
            return chart.x.low, mark.at, mark.label
    return None


def _room(chart: Chart, mark: Mark, x: float, style: Style, whole: float) -> float:
    """How wide a mark's label may be in a picture of this width, px: more beside a short bar, most over a rule."""
    if isinstance(mark, Rule) and mark.axis == "y":
        return RULE_SHARE * whole
    beside = 0.0
    if isinstance(mark, Bar) and mark.along == "x":
        beside = 1 - LABEL_SHARE - 0.4 * (x - chart.x.low) / (chart.x.high - chart.x.low)
    return max(max(LABEL_SHARE, beside) * whole, LABEL_LEAST * style.text)


def _made(mark: Mark, x: float, y: float, text: str, style: Style, room: float) -> Label:
    """The label of a mark, broken into lines, on the side of the mark where it belongs."""
    size = style.text
    match mark:
        case Dot():
            look = style.look(mark.meaning)
            gap = (look.radius + look.width / 2) * (0.6 if len(mark.place) > 1 else 1) + size / 4
            return Label(x, y, wrapped(text, room, size, 600), size, SIDES[mark.place], gap, 600, "around")
        case Bar():
            side = SIDES["e" if mark.along == "x" else "n"]
            return Label(x, y, wrapped(text, room, size, 600), size, side, size * 0.4, 600)
        case Rule(axis="x"):
            return Label(x, y, wrapped(text, room, size), size, SIDES["n"], size / 4)
        case Rule():
            return Label(x, y, wrapped(text, room, size), size, SIDES["ne"], size / 5)
        case Text():
            fill = style.look(mark.meaning).fill
            return Label(x, y, wrapped(text, room, size), size, _ANCHORS[mark.anchor], colour="" if fill == "none" else fill)
    return Label(x, y, wrapped(text, room, size), size, SIDES["e"], size / 2, moves="along")
