"""Where the plot stands in a picture, so that every tick and label has room. Pixels, from the top left corner."""

import math
from dataclasses import dataclass

from ipsdash.figures.chart import Bar, Chart
from ipsdash.figures.labels import LABEL_SHARE, LINE_HEIGHT, Label, labels, wrapped
from ipsdash.figures.letters import width
from ipsdash.figures.style import Style

EDGE = 2
# Of the width between two categories.
BAR_SHARE = 0.62
# In letters' heights: the thickest bar, the thinnest one below its name, the lowest plot, between rows, between name and bar.
THICKEST, THINNEST, LEAST_PLOT, ROW_GAP, NAME_GAP = 2, 1.25, 14, 0.7, 0.15
LEAST_WIDTH_SHARE = 0.3
Ticks = tuple[tuple[float, tuple[str, ...]], ...]


@dataclass(frozen=True, eq=False)
class Frame:
    """The plot's box in a picture of width `whole`; over it `above` px for words, under it `below` px for ticks and title.

    em: height of letters. named: whether names of lying bars stand over their bars, with their feet `feet` above the middle
    of the row and the bar `shift` from it, both in categories. x_ticks, y_ticks: (position, lines).
    x_title: the title of the x axis, in lines from the plot's left edge.
    """

    chart: Chart
    left: float
    top: float
    width: float
    height: float
    whole: float
    above: float
    below: float
    em: float
    named: bool = False
    feet: float = 0
    shift: float = 0
    x_ticks: Ticks = ()
    y_ticks: Ticks = ()
    x_title: tuple[str, ...] = ()

    def x(self, value: float) -> float:
        """The pixel of a value of the x axis."""
        axis = self.chart.x
        return self.left + (value - axis.low) / (axis.high - axis.low) * self.width

    def y(self, value: float) -> float:
        """The pixel of a value of the y axis."""
        axis = self.chart.y
        return self.top + (axis.high - value) / (axis.high - axis.low) * self.height

    @property
    def bottom(self) -> float:
        """Where the picture's body ends, px."""
        return self.top + self.height + self.below

    def bar(self, bar: Bar) -> tuple[float, float]:
        """Where the middle of a bar is and how thick it is, in units of its axis of categories."""
        axis, room = (self.chart.y, self.height) if bar.along == "x" else (self.chart.x, self.width)
        thickest = (THINNEST if self.named else THICKEST) * self.em
        return bar.at + self.shift, bar.part * min(BAR_SHARE, thickest * (axis.high - axis.low) / room)


def frame(chart: Chart, style: Style, whole: float, top: float = 0, page: float = 0) -> Frame:
    """The frame of a chart in a picture of this width, below what takes `top` px. page: the width that its height is a
    share of, where it is not the picture's."""
    if chart.true_shape:
        height = (page or whole) * (chart.y.high - chart.y.low) / (chart.x.high - chart.x.low)
        return Frame(chart, 0, top, whole, height, whole, 0, 0, style.text)
    em, line = style.text, style.text * LINE_HEIGHT
    lying, named = _lying(chart, em, whole)
    shown = labels(chart, style, whole)
    names = tuple((at, wrapped(text, whole - em, em)) for at, text in chart.y.ticks)
    # A name that no picture has room for is cut off: the plot keeps its least width.
    left = min(_left(chart, named, em), (1 - LEAST_WIDTH_SHARE) * whole)
    wide = _plot_width(chart, shown, left, whole, em)
    ticks = _x_ticks(chart, wide, em)
    above = (line + em / 4 if chart.y.title else 0) + max((_over(chart, label) for label in shown), default=0) + em / 2
    below = line * max((len(lines) for _, lines in ticks), default=0) + em / 2
    titles = wrapped(chart.x.title, whole - left, em) if chart.x.title else ()
    below += line * len(titles) + (em / 4 if titles else 0)
    row, feet, shift = _row(shown, names, named, em)
    least = row * (chart.y.high - chart.y.low) if lying else LEAST_PLOT * em
    # Rows whose names stand over their bars have the height they need: in a higher one a name would leave its bar.
    height = least if named else max(chart.height * (page or whole) - above - below, least)
    return Frame(chart, left, top + above, wide, height, whole, above, below, em, named, feet, shift, ticks, names, titles)


def _lying(chart: Chart, em: float, whole: float) -> tuple[bool, bool]:
    """Whether the chart has lying bars, and whether their names are too long to stand beside them."""
    lying = any(isinstance(mark, Bar) and mark.along == "x" for mark in chart.marks)
    return lying, lying and _widest(chart, em) > LABEL_SHARE * whole


def _standing(chart: Chart) -> bool:
    return any(isinstance(mark, Bar) and mark.along == "y" for mark in chart.marks)


def _widest(chart: Chart, em: float) -> float:
    return max((tick_width(text, em) for _, text in chart.y.ticks), default=0)


def _left(chart: Chart, named: bool, em: float) -> float:
    """Room for the ticks of the y axis, and for half of the first tick of the x axis."""
    beside = 0 if named else _widest(chart, em) + em / 2
    half = max((tick_width(text, em) / 2 for at, text in chart.x.ticks if at == chart.x.low), default=0)
    return EDGE + max(beside, half)


def _plot_width(chart: Chart, shown: list[Label], left: float, whole: float, em: float) -> float:
    """The widest plot at which no label and no tick runs out of the picture on the right."""
    axis = chart.x
    reach = [(label.x, label.box(0, 0)[2]) for label in shown if label.moves != "around" or label.side[0] == 1]
    # Names below standing bars are broken at spaces; then their longest word counts.
    parts = [(at, text.split(" ") if _standing(chart) else [text]) for at, text in axis.ticks]
    reach += [(at, max(tick_width(part, em) for part in words) / 2) for at, words in parts]
    shares = [((at - axis.low) / (axis.high - axis.low), right) for at, right in reach]
    room = whole - left - EDGE
    widest = min([room, *((room - right) / share for share, right in shares if share > 0)])
    return max(widest, LEAST_WIDTH_SHARE * whole)


def _x_ticks(chart: Chart, wide: float, em: float) -> Ticks:
    """The ticks of the x axis: names broken into lines, numbers left out at equal steps, where they would touch."""
    ticks = chart.x.ticks
    if len(ticks) < 2:
        return tuple((at, (text,)) for at, text in ticks)
    step = (ticks[1][0] - ticks[0][0]) / (chart.x.high - chart.x.low) * wide
    if _standing(chart):
        return tuple((at, wrapped(text, step - em / 4, em)) for at, text in ticks)
    every = math.ceil((max(tick_width(text, em) for _, text in ticks) + em / 2) / step)
    return tuple((at, (text,) if place % every == 0 else ("",)) for place, (at, text) in enumerate(ticks))


def _over(chart: Chart, label: Label) -> float:
    """How far a label rises above the plot because its point is at the top."""
    return max(0, -label.box(0, 0)[1]) if label.y == chart.y.high and not label.moves else 0


def _row(shown: list[Label], names: Ticks, named: bool, em: float) -> tuple[float, float, float]:
    """The least height of a lying bar's row, px, and in rows from its middle: where the name's feet are, and the bar."""
    label = max((label.high for label in shown if label.side[1] == 0), default=0)
    name = max((len(lines) for _, lines in names), default=1) * LINE_HEIGHT * em
    if not named:
        return max(name, label) + ROW_GAP * em, 0, 0
    bar = max(label, THINNEST * em)
    row = name + NAME_GAP * em + bar + ROW_GAP * em
    return row, 0.5 - name / row, 0.5 - (name + NAME_GAP * em + bar / 2) / row


def tick_width(text: str, em: float) -> float:
    """The width of a tick, px. Its figures are tabular: all as wide as the widest, which is the 4."""
    return width("".join("4" if letter.isdigit() else letter for letter in text), em)
