"""How a sheet of the template looks: what must be filled in is dark, the example is grey and italic, only rows for data are open."""

import math
from collections.abc import Sequence

from openpyxl.styles import Alignment, Border, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ipsdash.export.workbook.cells import BLANK, INK, PALE, QUIET, STRONG, fill, font, in_lines
from ipsdash.tables.columns import COLUMNS
from ipsdash.tables.schemas import TABLES

NARROWEST, WIDEST = 11, 44
# A drop-down arrow or the mark of a note covers the end of a cell.
ROOM = 4
LINE, HEADING_LINES, MOST_LINES = 15, 2, 8


def open_cells(sheet: Worksheet, names: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence]) -> None:
    """Lets the columns of a table be written in, as text where Excel would else make a date of 2024-05; wide enough for the rows.

    Said once for a whole column: 2,000 rows of cells with a look each would make the file ten times as large.
    """
    for across, (name, heading, cells) in enumerate(zip(names, headings, zip(*rows)), 2):
        column = sheet.column_dimensions[get_column_letter(across)]
        longest = max(_heading_width(heading), *(len(str(value or "")) for value in cells))
        column.width = min(max(longest + ROOM, NARROWEST), WIDEST)
        column.protection, column.number_format = Protection(locked=False), number_format(name)
        column.alignment = Alignment(**_side(name), vertical="top", wrap_text=COLUMNS[name].kind == "text")
    sheet.column_dimensions["A"].hidden = True
    sheet.row_dimensions[1].hidden = True


def number_format(name: str) -> str:
    """Numbers as they are, money with its thousands apart, all else as text."""
    if COLUMNS[name].kind not in ("number", "whole"):
        return "@"
    return "#,##0" if COLUMNS[name].unit == "nok" else "General"


def row_looks(sheet: Worksheet, table: str, names: Sequence[str]) -> None:
    """The headings and the example row."""
    columns, line, gap = TABLES[table].to_schema().columns, Side("thin", color=QUIET), Side("thin", color="FFFFFF")
    for across, name in enumerate(names, 2):
        required = not columns[name].nullable
        heading, shown = sheet.cell(2, across), sheet.cell(3, across)
        heading.font = font(bold=True, color="FFFFFF" if required else INK)
        heading.fill, heading.border = fill(STRONG if required else PALE), Border(right=gap)
        heading.alignment = Alignment(**_side(name), vertical="center", wrap_text=True)
        shown.font, shown.fill, shown.border = font(italic=True, color=QUIET), fill(BLANK), Border(bottom=line)
        shown.alignment, shown.number_format = Alignment(**_side(name), vertical="top"), number_format(name)
    sheet.row_dimensions[2].height = LINE * HEADING_LINES + 4


def as_high_as_their_texts(sheet: Worksheet, names: Sequence[str], rows: Sequence[Sequence], first: int) -> None:
    """Makes each row, the first of which stands in row `first`, show its longest text, within reason."""
    widths = [sheet.column_dimensions[get_column_letter(across)].width - 1 for across in range(2, len(names) + 2)]
    texts = [(place, widths[place]) for place, name in enumerate(names) if COLUMNS[name].kind == "text"]
    for row, cells in enumerate(rows, first):
        lines = max((in_lines(str(cells[place] or ""), width) for place, width in texts), default=1)
        if lines > 1:
            sheet.row_dimensions[row].height = LINE * min(lines, MOST_LINES)


def lock(sheet: Worksheet) -> None:
    """Headings and example stay as they are; widths, sorting and filters are free. No password: it guards against slips only."""
    sheet.protection.sheet = True
    for free in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(sheet.protection, free, False)
    # Below the headings, and beside the first column that is seen: the site of a row stays in view.
    sheet.freeze_panes = "C3"


def print_well(sheet: Worksheet) -> None:
    """On paper a sheet is as wide as the page and repeats its headings."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "2:2"


def _side(name: str) -> dict:
    """Numbers to the right, under their heading; all else to the left, with air after the number before."""
    return {"horizontal": "right"} if COLUMNS[name].kind in ("number", "whole") else {"horizontal": "left", "indent": 1}


def _heading_width(heading: str) -> int:
    """What a heading takes on two lines, its longest word whole."""
    return max(math.ceil(len(heading) / HEADING_LINES) + 2, *(len(word) for word in heading.split()))
