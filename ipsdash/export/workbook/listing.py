"""The first sheet of a workbook that is given back: every fault with its sheet, cell, value, rule and cure, and a link to the cell."""

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from ipsdash.export.workbook.cells import BLANK, QUIET, STRONG, fill, font, in_lines, place, put
from ipsdash.tables.faults import Fault
from ipsdash.text.faults import lines
from ipsdash.text.formats import LANGUAGES
from ipsdash.text.words import Words

HEADING_ROW = 3
WIDTHS = (11, 26, 10, 22, 24, 52, 52)
LINE = 16


def is_list(sheet: Worksheet) -> bool:
    """Whether the sheet is the list of an earlier check, in any language."""
    leads = {Words(lang)("template.marked.lead") for lang in LANGUAGES}
    return sheet["A1"].value in leads


def write_list(book: Workbook, faults: list[Fault], links: list[tuple[str, str] | None], words: Words, colours: dict[str, str]) -> None:
    """links: for each fault the sheet and cell to go to; colours: by level."""
    sheet = book.create_sheet(words("template.marked.sheet"), 0)
    put(sheet["A1"], words("template.marked.lead"))
    sheet["A1"].font = font(color=QUIET)
    for across, text in enumerate(_headings(words), 1):
        cell = sheet.cell(HEADING_ROW, across)
        put(cell, text)
        cell.font, cell.fill = font(bold=True), fill(BLANK)
    for row, (fault, line, link) in enumerate(zip(faults, lines(words, faults), links), HEADING_ROW + 1):
        _line(sheet, row, (words(f"template.marked.levels.{fault.level}"), *line), link)
        sheet.cell(row, 1).fill = fill(colours[fault.level])
    _look(book, sheet)


def _headings(words: Words) -> tuple[str, ...]:
    ours = (words("template.marked.level"), words("template.marked.file"), words("template.marked.cell"))
    return (*ours, *(words(f"faults.heading.{name}") for name in ("column", "value", "rule", "cure")))


def _line(sheet: Worksheet, row: int, texts: tuple[str, ...], link: tuple[str, str] | None) -> None:
    for across, text in enumerate(texts, 1):
        cell = sheet.cell(row, across)
        if text:
            put(cell, text)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.row_dimensions[row].height = LINE * min(8, max(in_lines(text, width) for text, width in zip(texts, WIDTHS)))
    if link:
        where = sheet.cell(row, 3)
        where.hyperlink = Hyperlink(ref=where.coordinate, location=place(*link))
        where.value = where.value or link[1]
        where.font = font(underline="single", color=STRONG)


def _look(book: Workbook, sheet: Worksheet) -> None:
    for letter, width in zip("ABCDEFG", WIDTHS):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{HEADING_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADING_ROW}:G{max(sheet.max_row, HEADING_ROW + 1)}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for other in book.worksheets:
        # Two chosen sheets would be written in together.
        other.sheet_view.tabSelected = other is sheet
    book.active = sheet
