"""A workbook as it was sent, opened to be marked and sent back: formulas stay unread, macros and links to other files go."""

import io
import re
import zipfile
from collections.abc import Iterable

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula

# Megabytes after unpacking. Every cell becomes an object: 150 sites by 40 quarters are 10 MB here, and 500 MB in memory would follow from 50.
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


def cells_of(sheet) -> Iterable:
    """The cells there are. `iter_rows` would make all others too: a million when one stray cell is at the bottom."""
    return list(sheet._cells.values())


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
