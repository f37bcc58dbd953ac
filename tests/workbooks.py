"""Workbooks as a programme hands them in: sheets with the columns' own names in the first row."""

import io
import zipfile

import openpyxl


def workbook(**sheets: list[list[object]]) -> bytes:
    """A workbook with these sheets, row by row."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return kept(book)


def kept(book: openpyxl.Workbook) -> bytes:
    """The workbook as a file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def opened(content: bytes) -> openpyxl.Workbook:
    """The workbook that a file holds."""
    return openpyxl.load_workbook(io.BytesIO(content))


GOALS = ["goal_id", "area_id", "indicator", "value", "unit", "set_on", "due_on", "quality", "source", "note_nb", "note_en"]


def goals(value: object = 60) -> bytes:
    """A workbook with a goal set after the first one."""
    old = ["ipsnor-50", "region:nord", "specialists", 50, "positions_or_persons", "2017-04", "2022-04", "reported", "napha-2019", "", ""]
    new = ["ips-60", "region:nord", "specialists", value, "positions_or_persons", "2019-01", "2024-01", "reported", "programme", "", ""]
    return workbook(goals=[GOALS, old, new])


STAFFING = ["site_id", "quarter", "fte", "headcount", "vacant", "joiners", "leavers", "quality", "source", "note_nb", "note_en"]
# Names of the parts of a Strict workbook, as Excel writes them.
TRANSITIONAL, STRICT = b"http://schemas.openxmlformats.org", b"http://purl.oclc.org/ooxml"
STRICT_NAMES = {
    TRANSITIONAL + b"/spreadsheetml/2006/main": STRICT + b"/spreadsheetml/main",
    TRANSITIONAL + b"/officeDocument/2006/relationships": STRICT + b"/officeDocument/relationships",
}


def strict(content: bytes) -> bytes:
    """The workbook as "Strict Open XML Spreadsheet"."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(file, "w") as copy:
        for name in parts.namelist():
            part = parts.read(name)
            for transitional, other in STRICT_NAMES.items():
                part = part.replace(transitional, other)
            copy.writestr(name, part)
    return file.getvalue()
