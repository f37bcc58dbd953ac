"""What a chart shows, before anything is drawn: marks in data coordinates, axes, words, table, sources, quality.

A renderer turns a `Chart` into a picture and nothing else knows how to draw. Every mark has a meaning; `style` says
how a meaning looks. Positions on a time axis are years with decimals, on a map kilometres in EPSG:25833, on an axis
of categories 0, 1, 2, ...
"""

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from ipsdash.tables.columns import QUALITIES


@dataclass(frozen=True, eq=False)
class Area:
    """Filled rings, each an array of shape (points, 2); holes are rings inside rings. key: the area's id, if it can be asked for.

    note: what hover and screen readers say about it.
    """

    rings: tuple[np.ndarray, ...]
    meaning: str
    key: str = ""
    note: str = ""


@dataclass(frozen=True, eq=False)
class Line:
    """A line through points; label stands at its last point."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    meaning: str
    label: str = ""
    note: str = ""


@dataclass(frozen=True)
class Dot:
    """A point. label stands beside it; place is where: e, w, n, s, ne, nw, se, sw. key: its id, if it can be asked for."""

    x: float
    y: float
    meaning: str
    label: str = ""
    place: str = "e"
    note: str = ""
    key: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar from low to high at a category. along: the axis its length is read on, "x" (lying) or "y" (standing).

    part: how thick it is, as a part of a whole bar.
    """

    at: float
    low: float
    high: float
    meaning: str
    along: str = "y"
    label: str = ""
    note: str = ""
    part: float = 1


@dataclass(frozen=True)
class Band:
    """What lies between two lines: a range."""

    x: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    meaning: str
    label: str = ""


@dataclass(frozen=True)
class Rule:
    """A straight line across the chart at a value of an axis, with its label."""

    at: float
    axis: str
    meaning: str
    label: str = ""
    note: str = ""


@dataclass(frozen=True)
class Text:
    """Words at a point. anchor: start, middle or end."""

    x: float
    y: float
    text: str
    meaning: str = "note"
    anchor: str = "middle"


Mark = Area | Line | Dot | Bar | Band | Rule | Text


@dataclass(frozen=True)
class Axis:
    """From low to high, with ticks as (position, words). grid: whether a thin line runs from each tick."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()
    title: str = ""
    grid: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a chart's table. kind: text, number, share, date or whole; decimals are those shown on screen."""

    name: str
    heading: str
    kind: str = "text"
    decimals: int = 0


@dataclass(frozen=True, eq=False)
class Table:
    """The numbers behind a chart: a frame, and what its columns are called and how they are written."""

    frame: pd.DataFrame
    columns: tuple[Column, ...]

    def __post_init__(self):
        missing = [column.name for column in self.columns if column.name not in self.frame]
        if missing:
            raise ValueError(f"columns without numbers: {missing}")


@dataclass(frozen=True, eq=False, kw_only=True)
class Chart:
    """A picture with its numbers. Without title, text alternative, table, sources and quality it cannot be made: ValueError.

    name: for file names. sources: ids in the register. quality: the weakest of all numbers shown. credit: the line
    below the chart, in words. legend: (meaning, words), for what is not labelled in the picture. true_shape: both axes
    have the same scale, as on a map. height: the picture's height as a share of its width.
    """

    name: str
    title: str
    subtitle: str
    alternative: str
    table: Table
    sources: tuple[str, ...]
    quality: str
    credit: str
    marks: tuple[Mark, ...]
    x: Axis
    y: Axis
    legend: tuple[tuple[str, str], ...] = ()
    true_shape: bool = False
    height: float = 0.5

    def __post_init__(self):
        empty = [field.name for field in fields(self) if field.name in REQUIRED and not getattr(self, field.name)]
        if empty:
            raise ValueError(f"a chart without {', '.join(empty)}")
        if self.quality not in QUALITIES:
            raise ValueError(f"no such quality: {self.quality}")
        if self.table.frame.empty:
            raise ValueError("a chart without numbers")


REQUIRED = ("name", "title", "alternative", "sources", "quality", "credit", "marks")
