"""The sheet behind a native chart, and files without the clock: the same numbers give the same bytes."""

import io
import re
import zipfile
from collections.abc import Sequence
from numbers import Number

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

SHEET = "IPS"
FIRST = (1980, 1, 1, 0, 0, 0)
# A cell that is computed in the sheet.
FORMULA = "="
WIDE = 28
Rows = Sequence[Sequence[object]]


def workbook(rows: Rows, form: str = "") -> bytes:
    """A workbook of one sheet, its first row the headings. A text is never read as a formula; a formula is a tuple (FORMULA, text)."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    for down, row in enumerate(rows, 1):
        for across, value in enumerate(row, 1):
            cell = sheet.cell(down, across)
            if isinstance(value, tuple):
                cell.value = "".join(value)
            elif isinstance(value, Number):
                cell.value = float(value) if float(value) != int(value) else int(value)
            elif value:
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))
                cell.data_type = "s"
            cell.font = Font(bold=down == 1)
    for letter in "ABCDEFG":
        sheet.column_dimensions[letter].width = WIDE
    file = io.BytesIO()
    book.save(file)
    return without_clock(file.getvalue())


def without_clock(package: bytes) -> bytes:
    """The same file, without the times at which it and its parts were written."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as made, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in made.namelist():
            part = made.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", b"", part)
            entry = zipfile.ZipInfo(name, FIRST)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".xlsx") else zipfile.ZIP_DEFLATED
            fixed.writestr(entry, part)
    return file.getvalue()
