"""A whole edition to take away: every table with the register of sources, as a workbook or as CSV files, so that nobody is locked in."""

import csv
import io
import zipfile
from collections.abc import Mapping

from openpyxl import Workbook

from ipsdash.export.csv_files import csv_file
from ipsdash.export.tables import WRITTEN, without_clock
from ipsdash.export.workbook.cells import put
from ipsdash.store.records import BESIDE, Content
from ipsdash.tables.columns import COLUMNS
from ipsdash.tables.numbers import plain


def sealed_texts(kept: Mapping[str, Content]) -> bytes:
    """The texts of an edition in a ZIP, byte for byte as its checksum was made of them; for counting it again, not for
    spreadsheets."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for table, one in kept.items():
            entry = zipfile.ZipInfo(f"tables/{table}.csv", WRITTEN.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, one.text.encode())
    return file.getvalue()


def whole_folder(kept: Mapping[str, Content], lang: str) -> bytes:
    """The tables as CSV files of a language in a ZIP. The dashboard reads the folder as it was."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for table, one in kept.items():
            entry = zipfile.ZipInfo(f"tables/{table}.csv", WRITTEN.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, _as_csv(one.text, lang))
    return file.getvalue()


def _as_csv(text: str, lang: str) -> bytes:
    heading, *rows = csv.reader(io.StringIO(text, newline=""))
    kinds = [COLUMNS[name].kind if name in COLUMNS else "text" for name in heading]
    date_columns = {place for place, kind in enumerate(kinds) if kind == "date"}
    return csv_file([heading, *(_values(row, kinds) for row in rows)], lang, date_columns)


def _values(row: list[str], kinds: list[str]) -> list[str | float | None]:
    """The cells of a row with numbers as numbers; texts among numbers ("unknown") stay texts."""
    return [_value(text, kind) if text else None for text, kind in zip(row, kinds)]


def _value(text: str, kind: str) -> str | float:
    number = plain(text, kind) if kind in ("number", "whole") else None
    return text if number is None else float(number)


def whole_workbook(kept: Mapping[str, Content]) -> bytes:
    """The tables as a workbook with a sheet for each: numbers as numbers, all else as text. The
    dashboard reads it again.
    """
    book = Workbook()
    book.properties.creator, book.properties.created = "ipsdash", WRITTEN
    book.remove(book.active)
    for table, one in kept.items():
        # What is hidden and what is shown is found anew when the tables are published again.
        if table in BESIDE:
            continue
        sheet = book.create_sheet(table)
        heading, *rows = csv.reader(io.StringIO(one.text, newline=""))
        kinds = [COLUMNS[name].kind for name in heading]
        for down, row in enumerate([heading, *(_values(row, kinds) for row in rows)], 1):
            for across, value in enumerate(row, 1):
                if value is not None:
                    put(sheet.cell(down, across), value)
        sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return without_clock(file.getvalue())
