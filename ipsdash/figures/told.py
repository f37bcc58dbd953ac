"""Numbers of people in charts and tables.

A number, a hidden one, one that is not reported and a zero look and read differently.

All hidden numbers look and read the same.
"""

from collections.abc import Iterable

import pandas as pd

from ipsdash.domain.cells import HIDDEN
from ipsdash.domain.provenance import united, weakest
from ipsdash.figures.bars import Row
from ipsdash.figures.chart import Axis
from ipsdash.text.credits import credit
from ipsdash.text.hidden import SHOWN, written
from ipsdash.text.words import Words

# How long the stub of a bar without a number is, as a share of the axis.
STUB = 0.035


def look(state: str, quality: str, bound: str = "exact") -> str:
    """The meaning of a mark of a number in this state."""
    return (
        HIDDEN
        if state == HIDDEN
        else "no_data"
        if state != SHOWN
        else "at_least"
        if bound == "at_least"
        else quality
    )


def cell(words: Words, value: float, state: str, bound: str = "exact", decimals: int = 0) -> float | str:
    """A cell of a table: the number where it is shown and exact, else words."""
    return float(value) if state == SHOWN and bound == "exact" else written(words, value, state, bound, decimals)


def row(name: str, value: float, state: str, quality: str, label: str, note: str, axis: Axis) -> Row:
    """A lying bar; of a number that is not shown a stub of the same length for all."""
    if state == SHOWN:
        return Row(name, value, quality, label, note)
    return Row(name, STUB * axis.high, look(state, quality), label, note)


def legend(words: Words, states: Iterable[str], bounds: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """The entries that explain what is drawn without a number, and of lower bounds."""
    there, entries = set(states), []
    if HIDDEN in there:
        entries.append((HIDDEN, words("outcomes.legend.hidden")))
    if there & {"missing", "unknown"}:
        entries.append(("no_data", words("outcomes.legend.missing")))
    if "at_least" in set(bounds):
        entries.append(("at_least", words("outcomes.legend.at_least")))
    return tuple(entries)


def made_of(words: Words, register: pd.DataFrame, *frames: pd.DataFrame) -> dict[str, object]:
    """sources, quality and credit of a chart made of these rows; those that nobody told of have neither."""
    source = united(one for frame in frames for one in frame["source"])
    quality = weakest(one for frame in frames for one in frame["quality"] if one)
    return {"sources": tuple(source.split()), "quality": quality, "credit": credit(words, register, source, quality)}
