"""Quarters on a time axis: numbers that follow each other are joined, and a quarter without a number is a field, not a zero."""

from collections.abc import Iterable

import pandas as pd

from ipsdash.figures import told
from ipsdash.figures.axes import years
from ipsdash.figures.chart import Axis, Band, Line, Mark

# A quarter in years.
LONG = 0.25
# Reasons for a rate that is not shown, as a chart draws them.
DRAWN = {"uneven": "missing", "nobody": "missing"}


def span(periods: pd.Series) -> Axis:
    """The time axis of these quarters, the oldest first."""
    return years(middle(periods.iloc[0]) - LONG, middle(periods.iloc[-1]) + LONG)


def middle(period: str) -> float:
    """Where a quarter stands on a time axis: in its middle."""
    return int(period[:4]) + (int(period[5]) - 0.5) * LONG


def gaps(rows: pd.DataFrame, y: Axis) -> Iterable[Mark]:
    """A field over each quarter whose number is not shown."""
    for period, state in zip(rows["period"], rows["state"]):
        if state != "shown":
            ends = middle(period) - LONG / 2, middle(period) + LONG / 2
            yield Band(ends, (y.low,) * 2, (y.high,) * 2, told.look(DRAWN.get(state, state), ""))


def runs(states: Iterable[str]) -> list[list[int]]:
    """The places of shown numbers that follow each other without a gap."""
    found: list[list[int]] = []
    for place, state in enumerate(states):
        if state == "shown":
            if found and found[-1][-1] == place - 1:
                found[-1].append(place)
            else:
                found.append([place])
    return found


def joined(periods: pd.Series, values: pd.Series, states: pd.Series, qualities: pd.Series) -> Iterable[Mark]:
    """Lines through numbers that follow each other without a gap."""
    for run in runs(states):
        if len(run) > 1:
            x = tuple(middle(periods.iloc[place]) for place in run)
            yield Line(x, tuple(values.iloc[place] for place in run), qualities.iloc[run[-1]])
