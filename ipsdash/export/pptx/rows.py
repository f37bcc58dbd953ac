"""What a chart of lying bars has to show, row by row: bars stacked from zero outwards, a range, a label, and where the plot stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from ipsdash.figures.bars import TICK
from ipsdash.figures.chart import Bar, Chart
from ipsdash.figures.frame import Frame
from ipsdash.figures.labels import LABEL_SHARE, wrapped
from ipsdash.figures.letters import width
from ipsdash.figures.stage import TEXT
from ipsdash.text.words import Words

# Arial is about as wide as the letters that are measured. Between a bar or its range and its label, px.
ROOMY, LABEL_GAP, BEYOND = 1.05, TEXT, 10
# What stands before a bar that does not begin at zero.
SPACER = "–"
RANGE = "range"
# For each row the length and the meaning of its bar; a gap below a bar has no meaning.
Level = list[tuple[float | None, str]]


@dataclass(frozen=True)
class Row:
    """A category: its name, its bars from zero outwards, its range, its label and the value behind which that stands."""

    name: str
    bars: tuple[Bar, ...]
    span: Bar | None
    label: str
    end: float


@dataclass(frozen=True, eq=False)
class Sizes:
    """The chart in px, and where the plot stands in it."""

    wide: float
    high: float
    left: float
    top: float
    plot_wide: float
    plot_high: float
    per_unit: float


def rows_of(chart: Chart) -> list[Row]:
    """The categories from top to bottom. Short strokes across the bars are not among them."""
    least = TICK * (chart.x.high - chart.x.low) * 1.01
    found = []
    for at, name in sorted(chart.y.ticks, reverse=True):
        here = [mark for mark in chart.marks if isinstance(mark, Bar) and round(mark.at) == at]
        span = next((mark for mark in here if mark.meaning == RANGE), None)
        solid_bars = tuple(sorted((mark for mark in here if mark.meaning != RANGE and not (mark.low and 0 < mark.high - mark.low <= least)), key=lambda mark: abs(mark.low)))
        said = next((mark for mark in here if mark.label), None)
        found.append(Row(name, solid_bars, span, said.label if said else "", said.high if said else 0))
    return found


def levels_of(rows: Sequence[Row]) -> list[Level]:
    """The bars as series stacked on each other: for each level and row its length and meaning; a gap below a bar has no meaning."""
    stacks = []
    for row in rows:
        reached, stack = 0.0, []
        for bar in row.bars:
            if abs(bar.low - reached) > 1e-9:
                stack.append((bar.low - reached, ""))
            stack.append((bar.high - bar.low, bar.meaning))
            reached = bar.high
        stacks.append(stack)
    most = max((len(stack) for stack in stacks), default=0)
    return [[stack[level] if level < len(stack) else (None, "") for stack in stacks] for level in range(most)]


def level_names(words: Words, chart: Chart, levels: Sequence[Level]) -> list[str]:
    """The headings of the levels: what the axis measures, and for what is stacked on it the words of the legend."""
    legend, found = dict(chart.legend), []
    for level in levels:
        meaning = next((meaning for _, meaning in level if meaning), "")
        if not meaning:
            found.append(SPACER)
        elif found and found[-1] != SPACER:
            found.append(legend.get(meaning, words("heading.added")))
        else:
            found.append(chart.x.title or words("heading.value"))
    return found


def sizes_of(plot: Frame, rows: Sequence[Row], wide: float, high: float) -> Sizes:
    """Where the plot stands: long names are broken beside the bars, and every label has room behind its bar."""
    left, axis = max(plot.left, LABEL_SHARE * wide if plot.named else 0), plot.chart.x
    room = wide - left - TEXT
    reach = [(row.end - axis.low, room - label_wide(row, wide) - LABEL_GAP) for row in rows if row.label and row.end > axis.low]
    per_unit = min([room / (axis.high - axis.low), *(free / units for units, free in reach)])
    top = TEXT / 2
    return Sizes(wide, high, left, top, per_unit * (axis.high - axis.low), high - top - plot.below - TEXT / 2, per_unit)


def label_lines(row: Row, wide: float) -> tuple[str, ...]:
    """The label of a row in lines, in a chart of this width, px."""
    return wrapped(row.label, LABEL_SHARE * wide, TEXT, 600)


def label_wide(row: Row, wide: float) -> float:
    """How wide the label of a row is, px."""
    return max(width(one, TEXT, 600) for one in label_lines(row, wide)) * ROOMY
