"""The workbook that was sent, given back with its faulty cells coloured and commented, and a first sheet that lists all faults."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ipsdash.export.workbook.cells import colour_of, fill, note, saved
from ipsdash.export.workbook.listing import is_list, write_list
from ipsdash.tables.editable import cells_of, editable
from ipsdash.tables.faults import Fault
from ipsdash.text.faults import lines
from ipsdash.text.words import Words

# From gravest to least; one cell has one colour.
COLOURS = {"fault": "F4B183", "warning": "FFE699", "note": "DDEBF7"}
AUTHOR = "ipsdash check"
# Between what the sender had written in a note and what is said of the cell.
PARTING = "\n\n――――\n"
LAST_ROW = 1_048_576
CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")


def marked(content: bytes, faults: Iterable[Fault], words: Words) -> bytes:
    """content: the workbook as it was sent. Raises ValueError when it cannot be opened. Nothing is changed but marks and the list.

    Marks of an earlier check are taken away, so that a mended cell is plain again.
    """
    book = editable(content)
    _plain(book)
    sheets = {sheet.title.strip(): sheet for sheet in book.worksheets}
    letters = {title: _letters(sheet) for title, sheet in sheets.items()}
    faults = [replace(fault, cell=_cell(fault, letters.get(fault.file.strip()))) for fault in faults]
    said = defaultdict(list)
    for fault in faults:
        if fault.cell:
            said[fault.file.strip(), fault.cell].append(fault)
    for (title, cell), about in said.items():
        _mark(sheets[title], cell, about, words)
    write_list(book, faults, [_link(fault, sheets) for fault in faults], words, COLOURS)
    return saved(book)


def _letters(sheet: Worksheet) -> dict[str, str]:
    """Column's own name in row 1 -> its letter; of a name that stands twice, the first."""
    names = {str(cell.value).strip(): cell.column for cell in sorted(cells_of(sheet, row=1), key=lambda cell: -cell.column)}
    return {name: get_column_letter(column) for name, column in names.items()}


def _cell(fault: Fault, letters: dict[str, str] | None) -> str:
    """The cell that a fault is about, "B7": as the fault says, or by the names in row 1; empty when the sheet has no such cell."""
    if letters is None:
        return ""
    if fault.cell:
        return fault.cell if CELL.fullmatch(fault.cell) else ""
    is_one = fault.row and 1 <= fault.row <= LAST_ROW and fault.column in letters
    return f"{letters[fault.column]}{fault.row}" if is_one else ""


def _link(fault: Fault, sheets: dict[str, Worksheet]) -> tuple[str, str] | None:
    """Sheet and cell to go to: the faulty one, else the beginning of its row, else that of the sheet."""
    sheet = sheets.get(fault.file.strip())
    return (sheet.title, fault.cell or f"A{fault.row or 1}") if sheet else None


def _mark(sheet: Worksheet, where: str, faults: list[Fault], words: Words) -> None:
    """Colours a cell and says all that is wrong with it, below what its sender had noted; shows it where it was hidden."""
    cell = _seen(sheet, where)
    levels = [level for level in COLOURS if level in {fault.level for fault in faults}]
    cell.fill = fill(COLOURS[levels[0]])
    earlier = cell.comment
    text = "\n\n".join(_sentences(fault, words) for fault in faults)
    cell.comment = note(earlier.text + PARTING + text, earlier.author) if earlier else note(text, AUTHOR)
    sheet.sheet_state = "visible"
    for dimension in (sheet.row_dimensions.get(cell.row), sheet.column_dimensions.get(cell.column_letter)):
        if dimension is not None:
            dimension.hidden = False


def _seen(sheet: Worksheet, where: str) -> Cell:
    """The cell; of merged cells the first, which is the one that is seen."""
    merged = next((cells for cells in sheet.merged_cells.ranges if where in cells), None)
    return sheet.cell(merged.min_row, merged.min_col) if merged else sheet[where]


def _sentences(fault: Fault, words: Words) -> str:
    """Value, rule and cure of one fault."""
    *_, value, rule, cure = lines(words, [fault])[0]
    kind = words(f"template.marked.levels.{fault.level}")
    shown = [words("template.marked.value", value=value)] if value else []
    return "\n".join([kind, *shown, rule, cure])


def _plain(book: Workbook) -> None:
    """Takes away the list and the marks of an earlier check; the notes that stay get the size of their text, which openpyxl forgets."""
    for sheet in [sheet for sheet in book.worksheets if is_list(sheet)]:
        if len(book.worksheets) > 1:
            book.remove(sheet)
    for sheet in book.worksheets:
        for cell in cells_of(sheet):
            if not getattr(cell, "comment", None):
                continue
            text, parting, _ = cell.comment.text.partition(PARTING)
            ours = cell.comment.author == AUTHOR
            cell.comment = None if ours else note(text, cell.comment.author)
            if (ours or parting) and colour_of(cell) in COLOURS.values():
                cell.fill = PatternFill()
