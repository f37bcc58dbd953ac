"""Tables as an edition keeps them, and back: the text of each cell as it was delivered, and where it stood."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from ipsdash.store.records import BESIDE, HIDDEN, SHOWN, Content
from ipsdash.tables.faults import Fault
from ipsdash.tables.load import Loaded, Tables
from ipsdash.tables.schemas import TABLES, columns_of, may_lack
from ipsdash.tables.sheets import Sheet

# Tables that count people.
COUNTS_PEOPLE = ("service",)
# Columns of other tables that count people, and the columns that may say in words what those hold.
PEOPLE_COLUMNS = {"staffing": ("joiners", "leavers")}
NOTES = ("note_nb", "note_en")
COUNTS_DO_NOT_PASS = "counts_do_not_pass"


def contents(sheets: Mapping[str, Sheet], hidden: pd.DataFrame | None = None, shown: pd.DataFrame | None = None) -> dict[str, Content]:
    """What an edition keeps of these tables: columns in the order of the schema, cells as they were written; and what of them is
    hidden. hidden: one row is a cell that is not shown; None where nobody is counted. shown: one row is
    a table with its sha256 as readers may see it."""
    beside = {name: frame for name, frame in ((HIDDEN, hidden), (SHOWN, shown)) if frame is not None}
    kept = {name: Content(_text(frame.astype("str")), name, tuple(range(2, len(frame) + 2))) for name, frame in beside.items()}
    return kept | {table: Content(_text(sheet.cells[list(columns_of(table))]), sheet.file, tuple(int(row) for row in sheet.cells.index), tuple(sheet.letters.items())) for table, sheet in sheets.items()}


def sheets(kept: Mapping[str, Content]) -> dict[str, Sheet]:
    """The tables of an edition as they were read from what was delivered."""
    tables = {table: one for table, one in kept.items() if table not in BESIDE}
    return {table: Sheet(one.file, _whole(table, frame(one)), dict(one.letters)) for table, one in tables.items()}


def counts_people(delivered: Mapping[str, Sheet]) -> bool:
    """Whether any of these tables counts people: has rows of services, or joiners or leavers."""
    return bool(counts_of_people_in(delivered))


def counts_of_people_in(delivered: Mapping[str, Sheet]) -> list[tuple[str, int, str | None]]:
    """Where counts of people stand in these tables: table, row of its file and column; None for a
    whole row. Every row of a table that counts people is one, whatever it says."""
    rows = [(table, int(row), None) for table in COUNTS_PEOPLE if table in delivered for row in delivered[table].cells.index]
    for table, sheet, name in _people_columns(delivered):
        filled = sheet.cells.index[sheet.cells[name] != ""]
        rows += [(table, int(row), name) for row in filled]
    return rows


def without_counts_of_people(delivered: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """The tables without any count of people: tables that count people have no rows, columns that
    do are empty, and so are the notes beside them, which may say in words what the number was."""
    sheets = {table: replace(one, cells=one.cells.iloc[:0]) if table in COUNTS_PEOPLE else one for table, one in delivered.items()}
    for table, columns in PEOPLE_COLUMNS.items():
        if table in sheets:
            cells = sheets[table].cells
            emptied = [name for name in (*columns, *NOTES) if name in cells]
            sheets[table] = replace(sheets[table], cells=cells.assign(**dict.fromkeys(emptied, "")))
    return sheets


def tables_without_counts_of_people(tables: Tables) -> Tables:
    """Checked tables without any count of people, as `without_counts_of_people`."""
    emptied = {table: getattr(tables, table).iloc[:0] for table in COUNTS_PEOPLE}
    for table, columns in PEOPLE_COLUMNS.items():
        frame = getattr(tables, table)
        nowhere = pd.Series(False, index=frame.index)
        nothing = {name: frame[name].where(nowhere) for name in (*columns, *NOTES)}
        # Of released tables: nothing that was taken out is to be called hidden.
        nothing |= {"hidden": ""} if "hidden" in frame else {}
        emptied[table] = frame.assign(**nothing)
    return replace(tables, **emptied)


def without_unknown_columns(
    remarks: Iterable[Fault], delivered: Mapping[str, Sheet]
) -> list[Fault]:
    """Remarks on reading these tables, without quotes of columns that tables with counts of people do
    not have: where the heading is lacking, the first row stands in its place."""
    counting = (*COUNTS_PEOPLE, *PEOPLE_COLUMNS)
    tables = {one.file: table for table, one in delivered.items() if table in counting}
    return [
        replace(remark, column=None, value=None)
        if remark.file in tables and remark.column not in columns_of(tables[remark.file])
        else remark
        for remark in remarks
    ]


def without_remarks_on_people(loaded: Loaded) -> Loaded:
    """What came of reading tables without what their check says of counts of people: notes, warnings
    and faults quote cells. All faults about them become one, which quotes nothing."""
    files = {origin.file: table for table, origin in loaded.origins.items()}

    def about_people(remark: Fault) -> bool:
        table = files.get(remark.file)
        if table in COUNTS_PEOPLE:
            return True
        return table in PEOPLE_COLUMNS and remark.column in (*PEOPLE_COLUMNS[table], *NOTES)

    def others(remarks: Iterable[Fault]) -> tuple[Fault, ...]:
        return tuple(remark for remark in remarks if not about_people(remark))

    faults = others(loaded.faults)
    if len(faults) < len(loaded.faults):
        file = next(remark.file for remark in loaded.faults if about_people(remark))
        faults += (Fault(file, None, None, None, COUNTS_DO_NOT_PASS, "ask_publisher_to_mend"),)
    return replace(loaded, faults=faults, notes=others(loaded.notes), warnings=others(loaded.warnings))


def _people_columns(delivered: Mapping[str, Sheet]) -> Iterable[tuple[str, Sheet, str]]:
    for table, columns in PEOPLE_COLUMNS.items():
        if table in delivered:
            yield from ((table, delivered[table], name) for name in columns if name in delivered[table].cells)


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
