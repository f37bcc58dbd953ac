"""What a row of any table must hold: the base of all schemas. What a column may hold is said once, in `columns`.

Everything is strict (no other column) and coercing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pandera.pandas as pa

from ipsdash.tables import dates
from ipsdash.tables.columns import COLUMNS, UNITS, named
from ipsdash.tables.spreads import spread


@dataclass(frozen=True)
class Reference:
    """Where an id must be found. kind: the kind of area meant, None = any; several: ids with a space between."""

    table: str
    column: str
    kind: str | None = None
    several: bool = False


# Cells are text when they come from the reader. As `str` pandera would look at each again: 25 of 165 ms of a load.
Text = Any

AREA = Reference("areas", "area_id")
MUNICIPALITY = Reference("areas", "area_id", kind="municipality")
DPS_AREA = Reference("areas", "area_id", kind="dps_area")
SITE = Reference("sites", "site_id")
SOURCES = Reference("sources", "source", several=True)

# Degrees have their own rule (outside, or north and east swapped), which looks at both numbers at once.
LIMITED = [name for name, column in COLUMNS.items() if column.unit and not column.unit.startswith("degrees")]


def cell(key: bool = False, empty: bool = False, refers: Reference | None = None, later: bool = False):
    """A column: part of the key or not, may be empty or not, refers to another table or not.

    later: it was added to a table that people have files of already; a file may lack it, and it is empty then.
    """
    return pa.Field(nullable=empty, coerce=True, metadata={"key": key, "refers": refers, "later": later})


def those(names: Iterable[str]) -> str:
    """A pattern that finds exactly these columns."""
    return f"^({'|'.join(names)})$"


def holds(cells: pd.Series, test: Callable[[str], bool]) -> pd.Series:
    """Whether the test holds, cell by cell; each different text is tested once."""
    return cells.map({text: test(text) for text in cells.unique()}).astype(bool)


class Rows(pa.DataFrameModel):
    """What holds for every table. The name of a check is the id of the rule in the fault it gives.

    (`pa.check(name=…)` would not do: pandera hands that name to the first table only.)
    """

    @pa.check(those(LIMITED), regex=True)
    def out_of_range(cls, cells: pd.Series) -> pd.Series:
        unit = UNITS[COLUMNS[cells.name].unit]
        return cells.between(unit.low, unit.high)

    @pa.check(those(named("code", "codes")), regex=True)
    def unknown_code(cls, cells: pd.Series) -> pd.Series:
        column = COLUMNS[cells.name]
        return holds(cells, lambda text: set(text.split() if column.kind == "codes" else [text]) <= set(column.codes))

    @pa.check(those(named("date")), regex=True)
    def date_format(cls, cells: pd.Series) -> pd.Series:
        return holds(cells, dates.is_iso)

    @pa.check(those(named("date")), regex=True)
    def date_impossible(cls, cells: pd.Series) -> pd.Series:
        return holds(cells, lambda date: not dates.is_iso(date) or dates.is_possible(date))

    @pa.check(those(named("date")), regex=True)
    def date_out_of_range(cls, cells: pd.Series) -> pd.Series:
        return holds(cells, lambda date: not dates.is_good(date) or dates.is_recent(date))

    @pa.check(those(named("spread")), regex=True)
    def spread_format(cls, cells: pd.Series) -> pd.Series:
        return holds(cells, lambda text: spread(text) is not None)

    @pa.check(those(named("quarter")), regex=True)
    def quarter_format(cls, cells: pd.Series) -> pd.Series:
        return holds(cells, dates.is_quarter)

    @pa.check(those(named("period")), regex=True)
    def period_format(cls, cells: pd.Series) -> pd.Series:
        return holds(cells, dates.is_period)

    class Config:
        strict = True
