"""Small worlds: tables drawn as text in the test that reads them."""

import pandas as pd

from ipsdash.tables.load import Tables
from ipsdash.tables.schemas import TABLES, columns_of

NUMBERS = {
    "value", "population_18_66", "low", "high", "least", "most", "people", "km", "sea", "minutes", "estimate",
    "need", "in_post", "demand", "served_per_specialist", "nok", "posts", "fte", "headcount", "vacant", "joiners", "leavers", "item", "score", "lat", "lon",
}  # fmt: skip
# A count holds for a year.
A_YEAR = "assumption|valid_from|value\nfresh_years|2017|1"
WHOLE = {"year", "population_18_66"}


def drawn(text: str) -> pd.DataFrame:
    """A table drawn with | between columns; an empty cell is missing."""
    lines = [[cell.strip() or None for cell in line.split("|")] for line in text.strip().splitlines()]
    frame = pd.DataFrame(lines[1:], columns=lines[0])
    return frame.astype({name: "int64" if name in WHOLE else "float64" if name in NUMBERS else "str" for name in frame})


def world(**tables: str) -> Tables:
    """Tables with these rows, all others empty. Every row is reported by s1 unless it says otherwise."""
    empty = {name: pd.DataFrame(columns=columns_of(name), dtype="str") for name in (*TABLES, "sources")}
    given = {name: _whole(name, drawn(text)) for name, text in tables.items()}
    return Tables(**empty | given)


def _whole(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    defaults = {"quality": "reported", "source": "s1", "bound": "exact", "indicator": "specialists"}
    missing = [column for column in columns_of(name) if column not in frame]
    return frame.assign(**{column: pd.Series(defaults.get(column), index=frame.index, dtype="str") for column in missing})
