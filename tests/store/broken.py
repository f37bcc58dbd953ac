"""How broken workbooks are made: small plain ones cell by cell, nasty ones part by part in the zip."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl

from ipsdash.export.workbook.template import template
from ipsdash.tables.load import load
from ipsdash.text.words import Words
from tests.workbooks import workbook

PUBLIC = Path(__file__).parents[2] / "data"
SITE = "kirkenes"
END = ("quality", "source", "note_nb", "note_en")
HEADS = {
    "staffing": ("site_id", "quarter", "fte", "headcount", "vacant", "joiners", "leavers", *END),
    "service": ("site_id", "quarter", "referred", "started", "served", "caseload", "working", "job_starts", "closed_cases", "days_to_contact", *END),
    "fidelity": ("site_id", "date", "item", "score", *END),
    "rollout": ("site_id", "stage", "date", *END),
    "goals": ("goal_id", "area_id", "indicator", "value", "unit", "set_on", "due_on", *END),
    "sites": ("site_id", "name", "parallel_name", "municipality", "lat", "lon", "evidence", "opened", "closed", "documented_by", "settings",
              "note_nb", "note_en", "quality", "source"),
}  # fmt: skip
FILLED = {
    "staffing": {"site_id": SITE, "quarter": "2024Q1", "fte": 2, "headcount": 2},
    "service": {"site_id": SITE, "quarter": "2024Q1", "served": 30, "caseload": 30},
    "fidelity": {"site_id": SITE, "date": "2024-05", "score": 100},
    "rollout": {"site_id": SITE, "stage": "grant", "date": "2024-05"},
    "goals": {"goal_id": "ips-60", "area_id": "region:nord", "indicator": "specialists", "value": 60, "unit": "positions_or_persons", "set_on": "2019-01",
              "due_on": "2024-01"},
}  # fmt: skip
# Parts of a workbook of one sheet, as openpyxl names them.
SHEET, BOOK, STYLES, TEXTS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def row(table: str, **cells: object) -> list[object]:
    """A row that is right but for these cells."""
    filled = FILLED[table] | {"quality": "reported", "source": "programme"} | cells
    return [filled.get(name) for name in HEADS[table]]


def table(name: str, *rows: dict) -> bytes:
    """A workbook of one table."""
    return workbook(**{name: [list(HEADS[name]), *(row(name, **cells) for cells in rows)]})


def changed(content: bytes, change: Callable[[openpyxl.Workbook], object]) -> bytes:
    """The workbook after somebody opened it, did this and saved it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def staff(change: Callable, *rows: dict) -> bytes:
    """A workbook with staff, changed in its sheet."""
    return changed(table("staffing", *(rows or ({},))), lambda book: change(book["staffing"]))


def packed(parts: dict[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", way) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """What is in a workbook, by the name of the part."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def with_parts(content: bytes, parts: dict[str, bytes]) -> bytes:
    """The workbook with other parts in the place of its own, and more parts."""
    return packed(parts_of(content) | parts)


def with_sheet(markup: bytes) -> bytes:
    """A workbook of one sheet of staff that says this."""
    return with_parts(table("staffing", {}), {SHEET: markup})


def markup(rows: str, before: str = "", after: str = "") -> bytes:
    """A sheet in its own words."""
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def said(*cells: str) -> str:
    """Cells of a row with these texts, in markup."""
    return "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)


def lying(content: bytes, name: str, size: int) -> bytes:
    """The zip with a part that states a smaller size, and the checksum of its beginning: nothing else gives the lie away."""
    beginning = parts_of(content)[name][:size]
    wrong = bytearray(content)
    # Where a header has the checksum (the size is 8 bytes behind it) and the name, before the part and in the list at the end.
    for signature, checksum, called in ((b"PK\x03\x04", 14, 30), (b"PK\x01\x02", 16, 46)):
        for start in [found.start() for found in re.finditer(signature, content)]:
            if content.startswith(name.encode(), start + called):
                wrong[start + checksum : start + checksum + 4] = zlib.crc32(beginning).to_bytes(4, "little")
                wrong[start + checksum + 8 : start + checksum + 12] = size.to_bytes(4, "little")
    return bytes(wrong)


@cache
def given_template() -> bytes:
    """The template in Norwegian, empty but for its example rows."""
    return template(Words("nb"), load(PUBLIC).tables)


def in_template(change: Callable, name: str = "staffing") -> bytes:
    """The template after somebody worked in the sheet of a table; a row is right when it is filled from `row`."""
    return changed(given_template(), lambda book: change(next(sheet for sheet in book if sheet["A1"].value == f"_{name}")))


def filled_in(sheet, line: int = 4, **cells: object) -> None:
    """Writes a row of staff into a sheet of the template."""
    for across, value in enumerate(row("staffing", **cells), 2):
        sheet.cell(line, across).value = value
