"""A workbook as it was sent, opened to be marked and sent back: formulas stay unread, macros and links to other files go."""

import io
import re
import zipfile

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

# Megabytes after unpacking: here every cell becomes an object. 150 sites by 40 quarters are 5, and take 40 of memory.
LARGEST = 40
# "[1]Ark1!A1" names another workbook, by its number among the links.
ELSEWHERE = re.compile(r"(?<![\w.])'?\[\d+\][^!]*!")


def editable(content: bytes) -> openpyxl.Workbook:
    """The workbook with its cells, looks and notes. Raises ValueError for what cannot be opened or is too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            megabytes = sum(part.file_size for part in parts.infolist()) / 1_000_000
        if megabytes > LARGEST:
            raise ValueError("too large after unpacking")
        book = openpyxl.load_workbook(io.BytesIO(content), keep_vba=False, keep_links=False)
    except Exception as error:  # a damaged file makes zipfile and openpyxl raise nearly anything
        raise ValueError(f"not a workbook that can be opened: {error}") from error
    book.template = False
    _without_links(book)
    return book


def cells_of(sheet: Worksheet, row: int | None = None) -> list:
    """The cells there are, of one row if wished. `iter_rows` would make all others too: a million when one is at the bottom."""
    return [cell for (down, _), cell in sheet._cells.items() if row in (None, down)]


def _without_links(book: openpyxl.Workbook) -> None:
    """Formulas and names that look into other workbooks become text or go: without the link Excel would call the file damaged."""
    for names in (book.defined_names, *(sheet.defined_names for sheet in book.worksheets)):
        for name in [name for name, meant in names.items() if ELSEWHERE.search(meant.attr_text or "")]:
            del names[name]
    for sheet in book.worksheets:
        for cell in cells_of(sheet):
            formula = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
            if cell.data_type == "f" and isinstance(formula, str) and ELSEWHERE.search(formula):
                cell.value, cell.data_type = formula, "s"
