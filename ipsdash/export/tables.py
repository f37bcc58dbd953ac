"""A chart's table to take away: as CSV, as a workbook, and as strings to read on the page."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from numbers import Number

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from ipsdash.export.csv_files import csv_file
from ipsdash.figures.chart import Column, Table
from ipsdash.tables.delimited import FORMULA_STARTS
from ipsdash.tables.text_normalisation import escape_for_excel
from ipsdash.text.words import Words

MISSING = "\u2013"
# In every workbook: the clock would make two copies of the same numbers different files.
WRITTEN = datetime(2000, 1, 1)
WIDEST, NARROWEST = 60, 8
SHEETS = ("IPS", "Info")


def shown(table: Table, words: Words) -> pd.DataFrame:
    """The table as its readers write it: one column of strings per column, named by its heading; what is missing is a dash."""
    written = [[_in_words(value, column, words) for value in table.frame[column.name]] for column in table.columns]
    rows = pd.DataFrame(dict(enumerate(written)), dtype=object)
    return rows.set_axis([column.heading for column in table.columns], axis=1)


def csv(table: Table, words: Words) -> bytes:
    """The table as CSV that a spreadsheet in this language opens with a double click.

    Numbers are not rounded; a month is "2019M04". Missing is empty.
    """
    rows = [[column.heading for column in table.columns], *_rows(table)]
    date_columns = {place for place, column in enumerate(table.columns) if column.kind == "date"}
    return csv_file(rows, words.lang, date_columns)


def xlsx(table: Table, about: list[tuple[str, str]], sheets: tuple[str, str] = SHEETS) -> bytes:
    """The table as a workbook: numbers as numbers, and a second sheet with `about` (what, words). The same bytes each time.

    sheets: the names of the two sheets.
    """
    book = Workbook()
    book.properties.creator, book.properties.created = "ipsdash", WRITTEN
    first = book.active
    first.title = sheets[0]
    _fill(first, [[column.heading for column in table.columns], *_rows(table)])
    _format(first, table.columns)
    first.freeze_panes = "A2"
    for cell in first[1]:
        cell.font = Font(bold=True)
    second = book.create_sheet(sheets[1])
    _fill(second, about)
    for sheet in book:
        _widen(sheet)
    file = io.BytesIO()
    book.save(file)
    return without_clock(file.getvalue())


def _rows(table: Table) -> Iterable[tuple]:
    """The values of the columns that are shown, row by row."""
    return table.frame[[column.name for column in table.columns]].itertuples(index=False, name=None)


def _fill(sheet: Worksheet, rows: Iterable[Sequence]) -> None:
    """Write rows: numbers as numbers, everything else as text that is never read as a formula; missing cells stay empty."""
    for down, row in enumerate(rows, 1):
        for across, value in enumerate(row, 1):
            cell = sheet.cell(down, across)
            if _is_number(value):
                cell.value = value.item() if hasattr(value, "item") else value
            elif text := _text(value):
                cell.value = escape_for_excel(ILLEGAL_CHARACTERS_RE.sub("", text))
                # Else "=1+1" would be a formula.
                cell.data_type = "s"
                cell.quotePrefix = text.startswith(FORMULA_STARTS)


def _format(sheet: Worksheet, columns: tuple[Column, ...]) -> None:
    for cells, column in zip(sheet.iter_cols(min_row=2), columns):
        for cell in cells:
            if cell.data_type == "n" and column.kind != "text":
                cell.number_format = _number_format(column)


def _number_format(column: Column) -> str:
    decimals = "." + "0" * column.decimals if column.decimals else ""
    return {"share": f"0{decimals}%", "date": "0"}.get(column.kind, f"#,##0{decimals}")


def _widen(sheet: Worksheet) -> None:
    """Columns as wide as their longest words, within reason."""
    for cells in sheet.iter_cols():
        longest = max(len(str(cell.value or "")) for cell in cells)
        sheet.column_dimensions[cells[0].column_letter].width = min(max(longest + 2, NARROWEST), WIDEST)


def without_clock(book: bytes) -> bytes:
    """The same workbook, with the fixed date wherever the time of saving was written."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as saved, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in saved.namelist():
            part = saved.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + WRITTEN.isoformat().encode() + b"Z", part)
            entry = zipfile.ZipInfo(name, WRITTEN.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(entry, part)
    return file.getvalue()


def _in_words(value: object, column: Column, words: Words) -> str:
    """A value as a reader of this language writes it."""
    if not _is_number(value):
        text = _text(value, MISSING)
        return words.date(text) if column.kind == "date" and text[:1].isdigit() else text
    if column.kind == "share":
        return words.share(value, column.decimals)
    if column.kind == "date":
        return str(int(value))
    # A number in a column of words has no decimals of its own to go by.
    return words.number(value, column.decimals if column.kind != "text" else 0 if value == int(value) else 1)


def _is_number(value: object) -> bool:
    return isinstance(value, Number) and not isinstance(value, bool) and not pd.isna(value)


def _text(value: object, missing: str = "") -> str:
    return missing if pd.isna(value) else str(value)
