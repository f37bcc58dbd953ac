"""A whole edition to take away: every table with the register of sources, as a workbook or as CSV files, so that nobody is locked in."""

import csv
import io
import zipfile
from collections.abc import Mapping

from openpyxl import Workbook

from ipsdash.export.tables import WRITTEN, without_clock
from ipsdash.store.records import BESIDE, Content
from ipsdash.tables.delimited import FORMULA_STARTS, harmless
from ipsdash.tables.numbers import NUMBER


def whole_folder(kept: Mapping[str, Content]) -> bytes:
    """The tables as CSV files in a ZIP: UTF-8, commas, heading first; text that looks like a formula is marked as text. The dashboard
    reads the folder again, as it was."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for table, one in kept.items():
            entry = zipfile.ZipInfo(f"tables/{table}.csv", WRITTEN.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, _harmless(one.text).encode())
    return file.getvalue()


def _harmless(text: str) -> str:
    """The rows with what looks like a formula marked as text; numbers below zero are numbers."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    for row in csv.reader(io.StringIO(text)):
        writer.writerow([cell if NUMBER.fullmatch(cell) else harmless(cell) for cell in row])
    return file.getvalue()


def whole_workbook(kept: Mapping[str, Content]) -> bytes:
    """The tables as a workbook with a sheet for each, every cell as text. The dashboard reads it again."""
    book = Workbook()
    book.properties.creator, book.properties.created = "ipsdash", WRITTEN
    book.remove(book.active)
    for table, one in kept.items():
        # What is hidden and what is shown is found anew when the tables are published again.
        if table in BESIDE:
            continue
        sheet = book.create_sheet(table)
        for down, row in enumerate(csv.reader(io.StringIO(one.text)), 1):
            for across, text in enumerate(row, 1):
                cell = sheet.cell(down, across, text or None)
                if text:
                    cell.data_type, cell.quotePrefix = "s", text.startswith(FORMULA_STARTS)
        sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return without_clock(file.getvalue())
