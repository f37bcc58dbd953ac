"""Lying bars, one below the other: names to the left, the number at the end of each bar."""

from dataclasses import dataclass

import pandas as pd

from ipsdash.figures.axes import categories
from ipsdash.figures.chart import Axis, Bar, Chart, Column, Mark, Table
from ipsdash.text.credits import credit
from ipsdash.text.words import Words


@dataclass(frozen=True)
class Row:
    """A bar from zero (or start) to value. label: at its end; note: when pointed at. low, high: its range, if it has one, as
    a light band behind it; the label stands at the end of whichever is longer."""

    name: str
    value: float
    meaning: str
    label: str
    note: str = ""
    start: float = 0
    low: float | None = None
    high: float | None = None


# How thick a bar is that lies over its range.
OVER_RANGE = 0.45
# How wide a tick across bars is, as a share of the axis.
TICK = 0.006


def lying(
    words: Words, register: pd.DataFrame, rows: list[Row], *, name: str, title: str, subtitle: str, alternative: str,
    heading: str, axis: Axis, quality: str, source: str, kind: str = "number", decimals: int = 0,
    further: tuple[Mark, ...] = (), more: dict[str, list] | None = None,
) -> Chart:  # fmt: skip
    """A chart of lying bars, the first on top. heading: of the numbers in the table; more: further columns, by heading."""
    last = len(rows) - 1
    bars = [bar for place, row in enumerate(rows) for bar in _bars(last - place, row)]
    more = more or {}
    frame = pd.DataFrame({"name": [row.name for row in rows], "value": [row.value for row in rows], **more})
    columns = (
        Column("name", words("heading.name")), Column("value", heading, kind, decimals), *(Column(one, one) for one in more),
    )  # fmt: skip
    return Chart(
        name=name, title=title, subtitle=subtitle, alternative=alternative, marks=(*bars, *further),
        table=Table(frame, columns), sources=tuple(source.split()), quality=quality,
        credit=credit(words, register, source, quality), x=axis, y=categories([row.name for row in rows]),
        height=max(0.16, 0.075 * len(rows) + 0.06),
    )  # fmt: skip


def _bars(at: float, row: Row) -> list[Bar]:
    """The bar of a row, and before it the band of its range."""
    note = row.note or f"{row.name}: {row.label}"
    if row.low is None or row.high is None:
        return [Bar(at, row.start, row.value, row.meaning, "x", row.label, note)]
    beyond = row.high > row.value
    band = Bar(at, row.low, row.high, "range", "x", row.label if beyond else "", note)
    return [band, Bar(at, row.start, row.value, row.meaning, "x", "" if beyond else row.label, note, OVER_RANGE)]


def ticks(rows: int, value: float, meaning: str, note: str, axis: Axis) -> tuple[Bar, ...]:
    """A short stroke at a value in every row: a line across would go through the names that stand over bars on a phone."""
    half = TICK * (axis.high - axis.low) / 2
    return tuple(Bar(at, value - half, value + half, meaning, "x", "", note) for at in range(rows))
