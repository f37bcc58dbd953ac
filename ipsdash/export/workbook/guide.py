"""The first sheet of the template: what it is, how to fill it in, where to hand it in. It has no mark, so it is never read."""

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from ipsdash.export.workbook.cells import INK, QUIET, STRONG, font, in_lines, place, put
from ipsdash.text.words import Words

WIDTHS = {"A": 2, "B": 44, "C": 96}
LINE = 15


def write_guide(sheet: Worksheet, words: Words, titles: dict[str, str], codes: str, made: str) -> None:
    """titles: table -> title of its sheet; codes: title of the sheet with the codes; made: what the template was made from."""
    _line(sheet, 2, words("template.title"), "", font(size=18, bold=True, color=STRONG))
    _line(sheet, 3, words("template.what"), "", font(color=QUIET))
    row = 5
    for heading, sentences in _parts(words, codes, made):
        for place_in_part, sentence in enumerate(sentences):
            _line(sheet, row, "" if place_in_part else heading, sentence, font(bold=True, color=INK))
            row += 1
        row += 1
    _line(sheet, row, words("template.sheets_heading"), "", font(bold=True, color=INK))
    for row, (table, title) in enumerate(titles.items(), row + 1):
        _line(sheet, row, title, words(f"table.{table}.row"), font(underline="single", color=STRONG))
        sheet.cell(row, 2).hyperlink = Hyperlink(ref=f"B{row}", location=place(title, "B4"), display=title)
        # Setting a link gives the cell the look of a link that leads out.
        sheet.cell(row, 2).font = font(underline="single", color=STRONG)
    _page(sheet)


def _parts(words: Words, codes: str, made: str) -> list[tuple[str, list[str]]]:
    how = [
        words("template.how_rows"), words("template.how_headings"), words("template.how_lists", codes=codes),
        words("template.how_dates"), words("template.how_people"), words("template.how_locked"),
    ]  # fmt: skip
    three = [words("template.three_empty"), words("template.three_zero"), words("template.three_unknown")]
    return [
        (words("template.how_heading"), how),
        (words("template.three_heading"), three),
        (words("template.send_heading"), [words("template.send")]),
        (words("template.made_heading"), [made]),
    ]


def _line(sheet: Worksheet, row: int, left: str, right: str, look: Font) -> None:
    for column, text in (("B", left), ("C", right)):
        cell = sheet[f"{column}{row}"]
        if text:
            put(cell, text)
        # A title without a sentence beside it runs over both columns.
        cell.alignment = Alignment(vertical="top", wrap_text=bool(right))
    sheet[f"B{row}"].font = look
    lines = max(in_lines(left, WIDTHS["B"]), in_lines(right, WIDTHS["C"])) if right else 1
    sheet.row_dimensions[row].height = LINE * lines + (10 if look.size == 18 else 4)


def _page(sheet: Worksheet) -> None:
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
