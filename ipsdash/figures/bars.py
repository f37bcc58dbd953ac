"""Lying bars, one below the other: names to the left, the number at the end of each bar."""

from dataclasses import dataclass

import pandas as pd

from ipsdash.figures.axes import categories
from ipsdash.figures.chart import Axis, Bar, Chart, Column, Mark, Table
from ipsdash.text.credits import credit
from ipsdash.text.words import Words


@dataclass(frozen=True)
class Row:
    """A bar from zero to value. label: at its end; note: when pointed at."""

    name: str
    value: float
    meaning: str
    label: str
    note: str = ""


def lying(
    words: Words, register: pd.DataFrame, rows: list[Row], *, name: str, title: str, subtitle: str, alternative: str,
    heading: str, axis: Axis, quality: str, source: str, kind: str = "number", decimals: int = 0,
    further: tuple[Mark, ...] = (), more: dict[str, list] | None = None,
) -> Chart:  # fmt: skip
    """A chart of lying bars, the first on top. heading: of the numbers in the table; more: further columns, by heading."""
    last = len(rows) - 1
    bars = [
        Bar(last - place, 0, row.value, row.meaning, "x", row.label, row.note or f"{row.name}: {row.label}")
        for place, row in enumerate(rows)
    ]
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
