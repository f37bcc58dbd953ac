"""Tables as an edition keeps them, and back: the text of each cell as it was delivered, and where it stood."""

import csv
import io
from collections.abc import Mapping

import pandas as pd

from ipsdash.store.records import HIDDEN, Content
from ipsdash.tables.schemas import TABLES, columns_of, may_lack
from ipsdash.tables.sheets import Sheet

# Tables that count people.
COUNTS_PEOPLE = ("service",)


def contents(sheets: Mapping[str, Sheet], hidden: pd.DataFrame | None = None) -> dict[str, Content]:
    """What an edition keeps of these tables: columns in the order of the schema, cells as they were written; and what of them is
    hidden. hidden: one row is a cell that is not shown; None where nobody is counted."""
    kept = {} if hidden is None else {HIDDEN: Content(_text(hidden.astype("str")), HIDDEN, tuple(range(2, len(hidden) + 2)))}
    return kept | {table: Content(_text(sheet.cells[list(columns_of(table))]), sheet.file, tuple(int(row) for row in sheet.cells.index), tuple(sheet.letters.items())) for table, sheet in sheets.items()}


def sheets(kept: Mapping[str, Content]) -> dict[str, Sheet]:
    """The tables of an edition as they were read from what was delivered."""
    tables = {table: one for table, one in kept.items() if table != HIDDEN}
    return {table: Sheet(one.file, _whole(table, frame(one)), dict(one.letters)) for table, one in tables.items()}


def counts_people(delivered: Mapping[str, Sheet]) -> bool:
    """Whether any of these tables counts people and has rows."""
    return any(table in delivered and len(delivered[table].cells) for table in COUNTS_PEOPLE)


def _text(cells: pd.DataFrame) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(cells.columns)
    writer.writerows(cells.itertuples(index=False, name=None))
    return file.getvalue()


def _whole(table: str, cells: pd.DataFrame) -> pd.DataFrame:
    """With the columns that the table had not yet when it was published, empty."""
    return cells.assign(**{name: "" for name in may_lack(table) if name not in cells}) if table in TABLES else cells


def frame(kept: Content) -> pd.DataFrame:
    """A text of an edition as a frame of text, with the rows it had where it was delivered."""
    heading, *rows = csv.reader(io.StringIO(kept.text))
    return pd.DataFrame(rows, columns=heading, index=list(kept.rows), dtype="str")
