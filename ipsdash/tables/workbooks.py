"""XLSX workbooks: one sheet per table, every cell as the text it would have in a CSV file."""

import datetime
import math
import warnings
import zipfile
from collections.abc import Container, Iterable
from contextlib import closing
from pathlib import Path

import openpyxl
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter

from ipsdash.tables.faults import Fault
from ipsdash.tables.markup import Markup, markup
from ipsdash.tables.file_forms import form_of_archive, form_of_bytes, form_of_workbook
from ipsdash.tables.number_readings import SIGNIFICANT_DIGITS, NumericText
from ipsdash.tables.parts import Refused, look_through
from ipsdash.tables.schemas import TABLES, columns_of, may_lack
from ipsdash.tables.sheets import MARK, MARKED, TOP, Lines
from ipsdash.tables.text_normalisation import normalise

# What openpyxl does not know of a workbook is nothing that its sender can mend.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
LARGEST = 100  # megabytes after unpacking: a small file can unpack to more than the machine holds
# What a spreadsheet can hold: rows of a sheet, characters of a cell. Other programs write more, and it would be cut on the way out.
LAST_ROW, LONGEST = 1_048_576, 32_767
# Characters in all cells of a workbook, and how many of them a place in a row counts for, filled or not.
ROOM, PLACE = 20_000_000, 10
MOST_SHEETS, WIDEST, SHOWN = 1_000, 100, 40


def read_workbook(path: Path, wanted: Container[str]) -> tuple[dict[str, Lines] | None, list[Fault]]:
    """Sheet name -> its rows as text, with the faults of single cells; None and one fault when it cannot be read.

    Sheets that are not wanted come without rows: their names may be a slip, their cells are nobody's business.
    """
    try:
        form_of_bytes(path)
        form_of_archive(path)
        look_through(path, LARGEST)
        form_of_workbook(path)
        # A file and not its name: openpyxl goes by the ending of a name.
        with path.open("rb") as file, closing(_opened(file)) as book, zipfile.ZipFile(path) as parts:
            return _sheets(book, parts, wanted)
    except Refused as refused:
        return None, [Fault(path.name, None, None, None, refused.rule, refused.cure, refused.values)]
    except Exception:  # a damaged file makes zipfile and openpyxl raise nearly anything: KeyError, NotImplementedError, zlib.error
        return None, [Fault(path.name, None, None, None, "workbook_damaged", "save_workbook_again")]


def _opened(file) -> openpyxl.Workbook:
    try:
        return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except OSError as error:  # how openpyxl says that this is a document or slides
        raise Refused("not_a_workbook", "save_as_xlsx") from error


class _Room:
    """How much may still be read: a short row far to the right is ten thousand empty places, a text may stand in a million cells."""

    def __init__(self):
        self.left = ROOM

    def take(self, number: int, texts: list[str]) -> None:
        """Raises Refused when a row is too much."""
        self.left -= 1 + PLACE * len(texts) + sum(map(len, texts))
        if self.left < 0 or number > LAST_ROW:
            raise Refused("too_much_around", "paste_into_template")


def _sheets(book: openpyxl.Workbook, parts: zipfile.ZipFile, wanted: Container[str]) -> tuple[dict[str, Lines], list[Fault]]:
    if len(book.worksheets) > MOST_SHEETS:
        raise Refused("too_much_around", "paste_into_template")
    sheets, faults, room = {}, [], _Room()
    for worksheet in book.worksheets:
        title = worksheet.title.strip()
        worksheet.reset_dimensions()  # some programs write a wrong size, and cells beyond it would be lost
        name, like = _table(worksheet, title, wanted)
        if name in sheets:
            faults.append(Fault(title, None, None, None, "sheet_twice", "keep_one_sheet", {"table": name, "other": sheets[name].file}))
            continue
        sheets[name] = Lines(title, [], spreadsheet=True, like=like)
        if name in wanted:
            # openpyxl keeps the name of the part to itself.
            faults += _fill(sheets[name], worksheet.iter_rows(), room, markup(parts.read(worksheet._worksheet_path)))
    return sheets, faults


def _table(worksheet, title: str, wanted: Container[str]) -> tuple[str, str]:
    """The table that a sheet holds: by its title, or by its first cell where a template was filled in; else the title.

    With the table that it looks like when neither says it: it has all its columns in a row near the top.
    """
    plain_title = normalise(title).strip()
    if plain_title in wanted:
        return plain_title, ""
    rows = [[as_text(value).strip() for value in row] for row in worksheet.iter_rows(max_row=TOP, max_col=WIDEST, values_only=True)]
    rows = [row for row in rows if any(row)]
    marked = rows[0][0][len(MARK) :] if rows and rows[0][0].startswith(MARK) else ""
    if marked in wanted:
        return marked, ""
    needed = {table: {name for name in columns_of(table) if name not in may_lack(table)} for table in TABLES if table in wanted}
    return title, next((table for table in needed for row in rows if needed[table] <= set(row)), "")


def _fill(lines: Lines, rows: Iterable, room: _Room, said: Markup) -> Iterable[Fault]:
    """Takes the rows into the lines; the faults are of single cells: formulas without a number, merged cells, endless texts.

    Rows that a template marks have none: they are never read in.
    """
    heading, written, passed = [], {}, set()
    for number, cells in enumerate(rows, start=1):
        texts = [as_text(cell.value, getattr(cell, "number_format", "")) for cell in cells]
        room.take(number, texts)
        if not any(texts):
            continue
        lines.rows.append((number, texts))
        if heading and heading[0].startswith(MARK) and texts[0].strip() in MARKED:
            passed.add(number)
            continue
        heading = heading or [text.strip() for text in texts]
        written[number] = texts
        for place, cell in enumerate(cells):
            if getattr(cell, "data_type", "") == "e":
                yield _at(lines.file, heading, number, place, texts[place], "formula_error", "mend_formula")
            elif len(texts[place]) > LONGEST:
                yield _at(lines.file, heading, number, place, f"{texts[place][:SHOWN]}…", "text_too_long", "shorten_text", most=LONGEST)
    for cell in said.uncalculated:
        number, across = coordinate_to_tuple(cell)
        if number not in passed:
            yield _at(lines.file, heading, number, across - 1, "", "formula_without_value", "calculate_formula")
    for cell, cells in said.merged.items():
        number, across = coordinate_to_tuple(cell)
        texts = written.get(number, [])
        if across <= len(texts) and texts[across - 1]:
            yield _at(lines.file, heading, number, across - 1, texts[across - 1], "merged_cells", "unmerge_cells", cells=cells)


def _at(file: str, heading: list[str], number: int, place: int, value: str, rule: str, cure: str, **values: str | int) -> Fault:
    """A fault of a cell, by its place in the row, also where the heading ends before."""
    column = heading[place] if place < len(heading) else None
    return Fault(file, number, column, value, rule, cure, values, cell=f"{get_column_letter(place + 1)}{number}")


def as_text(value: object, number_format: str = "") -> str:
    """A cell as normalised text. Dates become ISO, to the month or the year when that is all the
    cell shows; 2012.0 becomes "2012"."""
    if value is None:
        return ""
    if isinstance(value, float) and math.isfinite(value):
        # Through a float again: 11.000000000000002 is 11 as Excel shows it.
        value = float(f"{value:.{SIGNIFICANT_DIGITS}g}")
        return NumericText(int(value) if value.is_integer() else value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()[: _precision(number_format.lower())]
    return normalise(value) if isinstance(value, str) else str(value)


def _precision(number_format: str) -> int:
    """How many characters of an ISO date a cell shows: Excel stores "2017-04" as 1 April 2017, shown as month and year."""
    if "d" in number_format or "y" not in number_format:
        return 10
    return 7 if "m" in number_format else 4
