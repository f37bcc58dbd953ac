"""Cells of a workbook that people fill in: texts that are never formulas, notes that can be read, the same bytes each time."""

import io
import math
from numbers import Number

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import quote_sheetname

from ipsdash.export.tables import without_clock
from ipsdash.tables.delimited import FORMULA_STARTS
from ipsdash.tables.text_normalisation import escape_for_excel

INK, QUIET, STRONG, PALE, BLANK = "14212B", "4C5B67", "0B4F8A", "CFE0EE", "EEF1F3"
# A note is drawn in pixels and does not grow with its text: its width, digits in a line, the height of a line, that of the frame.
NOTE_WIDTH, NOTE_LINE, LINE_HEIGHT, NOTE_FRAME = 280, 36, 17, 12
LONGEST_NOTE = 1500
# A column's width is counted in digits; letters of running text are narrower.
LETTERS_PER_DIGIT = 1.1


def font(**look) -> Font:
    """Letters as all other cells have them, but for this look. Without a name a spreadsheet takes whichever it likes."""
    return Font(**{"name": "Calibri", "size": 11} | look)


def fill(colour: str) -> PatternFill:
    """One plain colour."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def colour_of(cell: Cell) -> str:
    """The plain colour that a cell is filled with, "CFE0EE"; empty when it has none or one of the theme."""
    colour = cell.fill.start_color if cell.fill.fill_type == "solid" else None
    return colour.rgb[-6:] if colour is not None and isinstance(colour.rgb, str) else ""


def put(cell: Cell, value: object) -> None:
    """Writes a number as a number and all else as text, also where a spreadsheet would take it for a formula."""
    if isinstance(value, Number):
        cell.value = value
        return
    text = escape_for_excel(ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    cell.value = text
    cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True


def note(text: str, author: str) -> Comment:
    """A comment as large as its text."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    text = text if len(text) <= LONGEST_NOTE else f"{text[: LONGEST_NOTE - 1]}…"
    return Comment(text, author, height=NOTE_FRAME + LINE_HEIGHT * in_lines(text, NOTE_LINE), width=NOTE_WIDTH)


def in_lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of this width."""
    return sum(max(1, math.ceil(len(line) / (width * LETTERS_PER_DIGIT))) for line in text.splitlines()) or 1


def place(sheet: str, cells: str) -> str:
    """Cells of a sheet as formulas and links name them: 'IPS-steder'!B4."""
    return f"{quote_sheetname(sheet)}!{cells}"


def saved(book: Workbook) -> bytes:
    """The workbook as a file, with a fixed date in place of the clock."""
    file = io.BytesIO()
    book.save(file)
    return without_clock(file.getvalue())
