"""XLSX workbooks: one sheet per table, every cell as the text it would have in a CSV file."""

import datetime
import zipfile
from collections.abc import Container, Iterable
from contextlib import closing
from pathlib import Path

import openpyxl

from ipsdash.tables.faults import Fault
from ipsdash.tables.sheets import MARK, Lines

OLD_OR_PROTECTED = b"\xd0\xcf\x11\xe0"  # how .xls files and password-protected workbooks begin
LARGEST = 200  # megabytes after unpacking: a small file can unpack to more than the machine holds


def read_workbook(path: Path, wanted: Container[str]) -> tuple[dict[str, Lines] | None, list[Fault]]:
    """Sheet name -> its rows as text, with the faults of single cells; None and one fault when it cannot be read.

    Sheets that are not wanted come without rows: their names may be a slip, their cells are nobody's business.
    """
    fault = _unfit(path)
    if fault:
        return None, [fault]
    try:
        megabytes = _unpacked(path)
        if megabytes > LARGEST:
            values = {"megabytes": round(megabytes), "largest": LARGEST}
            return None, [Fault(path.name, None, None, None, "workbook_too_large", "remove_what_is_not_data", values)]
        with closing(openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)) as book:
            return _sheets(book, wanted)
    except Exception:  # a damaged file makes zipfile and openpyxl raise nearly anything: KeyError, NotImplementedError, zlib.error
        return None, [Fault(path.name, None, None, None, "workbook_damaged", "save_workbook_again")]


def _unfit(path: Path) -> Fault | None:
    """The fault of a file that does not begin as a workbook does, or None."""
    with path.open("rb") as file:
        begin = file.read(4)
    if begin == OLD_OR_PROTECTED:
        return Fault(path.name, None, None, None, "workbook_protected", "remove_password")
    if not begin.startswith(b"PK"):
        return Fault(path.name, None, None, None, "not_a_workbook", "save_as_xlsx")
    return None


def _unpacked(path: Path) -> float:
    """The size of all parts of a workbook after unpacking, in megabytes."""
    with zipfile.ZipFile(path) as parts:
        return sum(part.file_size for part in parts.infolist()) / 1_000_000


def _sheets(book: openpyxl.Workbook, wanted: Container[str]) -> tuple[dict[str, Lines], list[Fault]]:
    sheets, faults = {}, []
    for worksheet in book.worksheets:
        title = worksheet.title.strip()
        worksheet.reset_dimensions()  # some programs write a wrong size, and cells beyond it would be lost
        name = _table(worksheet, title, wanted)
        sheets[name] = Lines(title, [], spreadsheet=True)
        if name in wanted:
            faults += _fill(sheets[name], worksheet.iter_rows())
    return sheets, faults


def _table(worksheet, title: str, wanted: Container[str]) -> str:
    """The table that a sheet holds: by its title, or by its first cell where a template was filled in; else the title."""
    first = next(worksheet.iter_rows(max_row=1, max_col=1, values_only=True), ())
    marked = str(first[0])[len(MARK) :] if first and str(first[0]).startswith(MARK) else ""
    return title if title in wanted else marked if marked in wanted else title


def _fill(lines: Lines, rows: Iterable) -> Iterable[Fault]:
    """Takes the rows into the lines; the faults are formulas that show #REF!, #N/A and the like."""
    heading = []
    for number, cells in enumerate(rows, start=1):
        texts = [as_text(cell.value, getattr(cell, "number_format", "")) for cell in cells]
        lines.rows.append((number, texts))
        heading = heading or texts
        for place, cell in enumerate(cells):
            if getattr(cell, "data_type", "") == "e":
                column = heading[place].strip() if place < len(heading) else None
                yield Fault(lines.file, number, column, str(cell.value), "formula_error", "mend_formula")


def as_text(value: object, number_format: str = "") -> str:
    """A cell as text. Dates become ISO, to the month or the year when that is all the cell shows; 2012.0 becomes "2012"."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()[: _precision(number_format.lower())]
    return str(value)


def _precision(number_format: str) -> int:
    """How many characters of an ISO date a cell shows: Excel stores "2017-04" as 1 April 2017, shown as month and year."""
    if "d" in number_format or "y" not in number_format:
        return 10
    return 7 if "m" in number_format else 4
