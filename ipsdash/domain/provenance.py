"""A number made of several rows: all their sources, their weakest quality.

METHOD: reported is stronger than counted, counted than inferred, inferred than modelled.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from ipsdash.tables.columns import QUALITIES


@dataclass(frozen=True)
class Number:
    """A number with what must be said of it. date: ISO, empty when unknown; bound: exact or at_least; source: ids, a space between."""

    value: float
    date: str
    quality: str
    source: str
    bound: str = "exact"


@dataclass(frozen=True)
class Said:
    """What must be said of a number that is told elsewhere."""

    quality: str
    source: str


def weakest(qualities: Iterable[str]) -> str:
    """The weakest of these qualities. Raises ValueError for none or for one that is not a quality."""
    return QUALITIES[max(QUALITIES.index(quality) for quality in qualities)]


def united(sources: Iterable[str]) -> str:
    """All source ids named in these cells, each once, in the order they are first named, a space between."""
    return " ".join(dict.fromkeys(" ".join(cell for cell in sources if isinstance(cell, str)).split()))


def loosest(bounds: Iterable[str]) -> str:
    """at_least as soon as one part is only a lower bound."""
    return "at_least" if "at_least" in set(bounds) else "exact"


def provenance(*frames: pd.DataFrame) -> dict[str, str]:
    """`quality` and `source` of a number made of all rows of these frames. Raises ValueError when there are no rows."""
    return {
        "quality": weakest(quality for frame in frames for quality in frame["quality"].unique()),
        "source": united(source for frame in frames for source in frame["source"].unique()),
    }


def cites(cells: Iterable[str], source: str) -> bool:
    """Whether any of these cells names a source."""
    return source in united(cells).split()


def number(row: pd.Series) -> Number:
    """A row of observations or of a series as a Number."""
    date = row["date"] if isinstance(row["date"], str) else ""
    return Number(float(row["value"]), date, row["quality"], row["source"], row["bound"])
