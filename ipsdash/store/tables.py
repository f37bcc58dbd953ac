"""Tables as an edition keeps them, and back: the text of each cell as it was delivered, and where it stood."""

import csv
import io
from collections.abc import Mapping

import pandas as pd

from ipsdash.store.records import Content
from ipsdash.tables.schemas import columns_of
from ipsdash.tables.sheets import Sheet

# Tables that count people: they are not published until small numbers are hidden everywhere.
COUNTS_PEOPLE = ("service",)


def contents(sheets: Mapping[str, Sheet]) -> dict[str, Content]:
    """What an edition keeps of these tables: columns in the order of the schema, cells as they were written."""
    return {table: Content(_text(sheet.cells[list(columns_of(table))]), sheet.file, tuple(int(row) for row in sheet.cells.index), tuple(sheet.letters.items())) for table, sheet in sheets.items()}


def sheets(kept: Mapping[str, Content]) -> dict[str, Sheet]:
    """The tables of an edition as they were read from what was delivered."""
    return {table: Sheet(one.file, _cells(one), dict(one.letters)) for table, one in kept.items()}


def counts_people(delivered: Mapping[str, Sheet]) -> bool:
    """Whether any of these tables counts people and has rows."""
    return any(table in delivered and len(delivered[table].cells) for table in COUNTS_PEOPLE)


def _text(cells: pd.DataFrame) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(cells.columns)
    writer.writerows(cells.itertuples(index=False, name=None))
    return file.getvalue()


def _cells(kept: Content) -> pd.DataFrame:
    heading, *rows = csv.reader(io.StringIO(kept.text))
    return pd.DataFrame(rows, columns=heading, index=list(kept.rows), dtype="str")
