"""Workbooks as they come: torn, mislaid, half filled in, and made to do harm. Each has its message, by cell where there is one.

Nothing is raised, nothing is half read, and what is odd but means one thing only is read as it stands.
"""

import csv
import datetime
import io
import re
import time
import tracemalloc
import zipfile
from functools import cache

import openpyxl
import pandas as pd
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.utils import get_column_letter

from ipsdash.export import tables as charts
from ipsdash.export.editions import whole_workbook
from ipsdash.figures.chart import Column, Table
from ipsdash.store.deliveries import Delivery, received
from ipsdash.store.tables import contents
from ipsdash.tables.readers import read, read_onto
from ipsdash.text.faults import lines
from ipsdash.text.formats import LANGUAGES
from ipsdash.text.words import Words
from tests.store.broken import (
    BOOK,
    HEADS,
    MAIN,
    PUBLIC,
    SHEET,
    SITE,
    STYLES,
    TEXTS,
    changed,
    filled_in,
    given_template,
    in_template,
    lying,
    markup,
    packed,
    parts_of,
    row,
    said,
    staff,
    table,
    with_parts,
    with_sheet,
)
from tests.workbooks import workbook

NAME, STAFF = "tall.xlsx", list(HEADS["staffing"])
TEMPLATE_SHEET = "Bemanning per kvartal"
CONTENT_TYPES = "[Content_Types].xml"
# Seconds that no broken workbook takes: reading and checking the public data is 0.2 of them.
PATIENCE = 8
MACHINE_WORDS = re.compile(r"Traceback|Exception|Error\b|\bNone\b|\bnan\b|openpyxl|zipfile|[{}]")


def given(content: bytes, name: str = NAME) -> Delivery:
    return received(name, content, None, PUBLIC, True)


def records(delivery: Delivery) -> list[tuple]:
    return [(one.file, one.cell or one.row, one.column, one.value, one.rule, one.cure) for one in delivery.loaded.faults]


# How the faults of a case are written: of the whole file, of a sheet, of a cell.


def whole(rule: str, cure: str) -> list[tuple]:
    return [(NAME, None, None, None, rule, cure)]


def of_sheet(rule: str, cure: str, sheet: str = "staffing") -> tuple:
    return (sheet, None, None, None, rule, cure)


def at(cell: str | int, column: str | None, value: str | None, rule: str, cure: str, sheet: str = "staffing") -> tuple:
    return (sheet, cell, column, value, rule, cure)


DAMAGED = whole("workbook_damaged", "save_workbook_again")
NO_WORKBOOK = whole("not_a_workbook", "save_as_xlsx")
TOO_MUCH = whole("too_much_around", "paste_into_template")


# What somebody does to a workbook.


def write(cell: str, value: object, shown: str = "General"):
    def change(sheet):
        sheet[cell] = value
        sheet[cell].number_format = shown

    return change


def hide(state: str):
    def change(sheet):
        sheet.parent.create_sheet("Kladd")
        sheet.sheet_state = state

    return change


def hide_row(sheet):
    sheet.row_dimensions[3].hidden = True


def hide_column(sheet):
    sheet.column_dimensions["C"].hidden = True


def filter_rows(sheet):
    sheet.auto_filter.ref = "A1:K3"
    sheet.auto_filter.add_filter_column(1, ["2024Q1"])
    hide_row(sheet)


def chart_sheet(book):
    chart = BarChart()
    chart.add_data(Reference(book["staffing"], min_col=3, min_row=1, max_row=2))
    book.create_chartsheet("Figur").add_chart(chart)


def as_text(cell: str, text: str):
    """A cell with a text that looks like a formula and is none."""

    def change(sheet):
        sheet[cell].value = text
        sheet[cell].data_type = "s"
        sheet[cell].quotePrefix = True

    return change


def in_sheet(*changes):
    """The template with a row of staff, and then this."""

    def change(sheet):
        filled_in(sheet)
        for one in changes:
            one(sheet)

    return in_template(change)


# Workbooks that are made part by part.

DOCUMENT = b"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
LAUGHS = "".join(f'<!ENTITY {one} "' + f"&{before};" * 10 + '">' for before, one in zip("abcdefghi", "bcdefghij"))
BILLION = f'<!DOCTYPE x [<!ENTITY a "haha">{LAUGHS}]>'
PASSWD = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def without(part: str) -> bytes:
    return packed({name: content for name, content in parts_of(table("staffing", {})).items() if name != part})


def formula(cell: str) -> bytes:
    """A sheet with this markup in C2, and the columns named as they must be."""
    names = "".join(f'<c r="{get_column_letter(across)}1" t="inlineStr"><is><t>{name}</t></is></c>' for across, name in enumerate(STAFF, 1))
    before, behind = (
        "".join(f'<c r="{place}2" t="inlineStr"><is><t>{text}</t></is></c>' for place, text in some)
        for some in ([("A", SITE), ("B", "2024Q1")], [("H", "reported"), ("I", "programme")])
    )
    return with_sheet(markup(f'<row r="1">{names}</row><row r="2">{before}{cell}{behind}</row>'))


def staff_markup(note: str = "", more: str = "") -> bytes:
    return with_sheet(markup(f'<row r="1">{said(*STAFF)}</row><row r="2">{said(SITE, "2024Q1", "2", "2", "", "", "", "reported", "programme", note)}</row>{more}'))


def shared(rows: str, *texts: str) -> bytes:
    """A sheet that has its texts in the place where Excel puts them."""
    types = parts_of(table("staffing", {}))[CONTENT_TYPES].replace(
        b"</Types>", f'<Override PartName="/{TEXTS}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'.encode()
    )
    listed = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in texts)
    return with_parts(with_sheet(markup(rows)), {CONTENT_TYPES: types, TEXTS: f'<sst xmlns="{MAIN}">{listed}</sst>'.encode()})


def as_excel_does() -> bytes:
    texts = [*STAFF, SITE, "2024Q1", "reported", "programme"]
    heading = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(11))
    return shared(
        f'<row>{heading}</row><row><c t="s"><v>11</v></c><c t="s"><v>12</v></c><c><v>2</v></c><c r="H2" t="s"><v>13</v></c><c t="s"><v>14</v></c></row>', *texts
    )


def macros() -> bytes:
    parts = parts_of(table("staffing", {}))
    types = parts[CONTENT_TYPES].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    assert types != parts[CONTENT_TYPES]
    return packed(parts | {CONTENT_TYPES: types, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def in_book(*changes: bytes) -> bytes:
    """The list of the sheets with other words: old, new, old, new."""
    parts = parts_of(table("staffing", {}))
    for old, new in zip(changes[::2], changes[1::2]):
        assert old in parts[BOOK]
        parts[BOOK] = parts[BOOK].replace(old, new, 1)
    return packed(parts)


def sheets_of_one_part() -> bytes:
    more = b"".join(
        b'<sheet name="s%d" sheetId="%d" r:id="rId1" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>' % (number, number)
        for number in range(2, 1_200)
    )
    return in_book(b"</sheets>", more + b"</sheets>")


def two_parts_of_one_name() -> bytes:
    file = io.BytesIO(table("staffing", {}))
    with zipfile.ZipFile(file, "a") as parts, pytest.warns(UserWarning, match="Duplicate name"):
        parts.writestr(SHEET, markup(""))
    return file.getvalue()


def sites(many: int) -> list[list[str]]:
    """The public sites and others, so many in all."""
    public = read(PUBLIC)[0]["sites"].cells[list(HEADS["sites"])].to_numpy().tolist()
    like = dict(zip(HEADS["sites"], public[0]))
    more = [like | {"site_id": f"sted-{number}", "name": f"Sted {number}"} for number in range(many - len(public))]
    return [list(HEADS["sites"]), *public, *(list(one.values()) for one in more)]


def ten_thousand(**bad: object) -> bytes:
    """250 sites by 40 quarters; one of the rows, the 7000th, is bad."""
    places = sites(250)
    rows = [row("staffing", site_id=place[0], quarter=f"{year}Q{quarter}") for place in places[1:] for year in range(2015, 2025) for quarter in (1, 2, 3, 4)]
    rows[6_999] = row("staffing", **dict(zip(STAFF, rows[6_999])) | bad)
    return workbook(sites=places, staffing=[STAFF, *rows])


# Files that are no workbook, or not a whole one
FILES = {
    "a file of no bytes": (lambda: b"", NO_WORKBOOK),
    "text with the name of a workbook": (lambda: b"site_id;quarter\nkirkenes;2024Q1\n", whole("csv_as_workbook", "import_csv")),
    "a web page with the name of a workbook": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", whole("web_page_as_workbook", "save_as_workbook")),
    "a compound file of another program": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), NO_WORKBOOK),
    "cut off in the middle": (lambda: table("staffing", {})[:2_000], DAMAGED),
    "a zip of something else": (lambda: packed({"staffing.csv": b"site_id"}), NO_WORKBOOK),
    "a text document": (lambda: packed({CONTENT_TYPES: DOCUMENT, "word/document.xml": b"<document/>"}), NO_WORKBOOK),
    "without the part that lists the sheets": (lambda: without(BOOK), DAMAGED),
    "without the part of a sheet": (lambda: without(SHEET), DAMAGED),
    "a sheet that breaks off": (lambda: with_sheet(b"<worksheet><sheetData><row"), DAMAGED),
    "a control character": (lambda: with_sheet(markup(f"<row>{said('site_id&#1;')}</row>")), DAMAGED),
    "two parts of one name": (two_parts_of_one_name, DAMAGED),
}

# Made to do harm, or so large that they do
HARMFUL = {
    "a part that says it unpacks to more than the limit": (
        lambda: packed({CONTENT_TYPES: b"", SHEET: bytes(201_000_000)}), whole("workbook_too_large", "remove_what_is_not_data")),
    "a part that says it is small": (lambda: lying(with_parts(table("staffing", {}), {STYLES: bytes(40_000_000)}), STYLES, 1_000), DAMAGED),
    "a sheet that says it is small": (lambda: lying(with_sheet(markup(" " * 40_000_000)), SHEET, 1_000), DAMAGED),
    "packed in a way that unpacks in one breath": (lambda: packed(parts_of(table("staffing", {})) | {STYLES: bytes(40_000_000)}, zipfile.ZIP_BZIP2), DAMAGED),
    "six thousand parts": (lambda: with_parts(table("staffing", {}), {f"xl/media/{number}.png": b"" for number in range(6_000)}), TOO_MUCH),
    "two million formats": (
        lambda: with_parts(table("staffing", {}), {STYLES: f'<styleSheet xmlns="{MAIN}"><cellXfs>'.encode() + b"<xf/>" * 2_000_000}), TOO_MUCH),
    "three million cells in a row": (lambda: with_sheet(markup(f"<row>{'<c/>' * 3_000_000}</row>")), TOO_MUCH),
    "half a million merged cells": (lambda: with_sheet(markup("", after="<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 600_000 + "</mergeCells>")), TOO_MUCH),
    "twenty thousand rows as wide as a sheet can be": (
        lambda: with_sheet(markup("".join(f'<row r="{line}"><c r="XFD{line}"/></row>' for line in range(1, 20_001)))), TOO_MUCH),
    "a row further down than a sheet goes": (lambda: with_sheet(markup('<row r="99999999999"><c><v>1</v></c></row>')), TOO_MUCH),
    "a long text in very many cells": (
        lambda: shared('<row><c t="s"><v>0</v></c></row>' * 2_000, " " + "a" * 30_000), TOO_MUCH),
    "a thousand sheets that are one part": (sheets_of_one_part, TOO_MUCH),
    "entities that multiply": (lambda: with_sheet(markup(f"<row>{said('&j;')}</row>", before=BILLION)), DAMAGED),
    "an entity that is a file of this machine": (lambda: with_sheet(markup(f"<row>{said('&a;')}</row>", before=PASSWD)), DAMAGED),
    "an entity among the names of the sheets": (lambda: in_book(b"<workbook", PASSWD.encode() + b"<workbook", b'name="staffing"', b'name="&a;"'), DAMAGED),
    "an entity in another encoding": (
        lambda: with_sheet(markup(f"<row>{said('&a;')}</row>", before=PASSWD).decode().replace("UTF-8", "UTF-16").encode("utf-16")), DAMAGED),
}  # fmt: skip

# Sheets and headings
SHEETS = {
    "no sheet that is a table": (lambda: workbook(Kladd=[["Hei"]]), whole("no_table_in_workbook", "use_template")),
    "a sheet with nothing in it": (lambda: workbook(staffing=[]), [of_sheet("empty_file", "write_heading")]),
    "a sheet's name in capital letters": (
        lambda: workbook(Staffing=[STAFF, row("staffing")], goals=[list(HEADS["goals"]), row("goals")]), [of_sheet("sheet_not_named", "name_sheet", "Staffing")]),
    "a sheet's name misspelled": (lambda: workbook(stafing=[STAFF, row("staffing")]), [of_sheet("sheet_not_named", "name_sheet", "stafing")]),
    "a sheet's name misspelled and a heading that is wrong": (lambda: workbook(stafing=[["Sted"]]), [of_sheet("missing_sheet", "rename_sheet")]),
    "a sheet with the name that Excel gives": (lambda: workbook(Ark1=[STAFF, row("staffing")]), [of_sheet("sheet_not_named", "name_sheet", "Ark1")]),
    "one table in two sheets": (lambda: workbook(**{"staffing": [STAFF, row("staffing")], " staffing": [STAFF, row("staffing", fte=3)]}),
                                [of_sheet("sheet_twice", "keep_one_sheet")]),
    "a heading in words": (
        lambda: workbook(rollout=[["Sted", "Steg"], [SITE, "grant"]]),
        [*(at(f"{letter}1", name, name, "unknown_column", "remove_column", "rollout") for letter, name in zip("AB", ("Sted", "Steg"))),
         *(at(1, name, None, "missing_column", "add_column", "rollout") for name in HEADS["rollout"])]),
    "a heading in words and no column of numbers": (
        lambda: workbook(staffing=[["Hvor"], [SITE]]),
        [at("A1", "Hvor", "Hvor", "unknown_column", "remove_column"), *(at(1, name, None, "missing_column", "add_column") for name in HEADS["staffing"])]),
    "a column missing": (lambda: workbook(staffing=[STAFF[:2] + STAFF[3:], row("staffing")[:2] + row("staffing")[3:]]), [at(1, "fte", None, "missing_column", "add_column")]),
    "a column twice": (lambda: workbook(staffing=[[*STAFF, "fte"], [*row("staffing"), 3]]), [at("L1", "fte", "fte", "duplicate_column", "keep_one_column")]),
    "a column too many": (lambda: workbook(staffing=[[*STAFF, "farge"], [*row("staffing"), "blå"]]), [at("L1", "farge", "farge", "unknown_column", "remove_column")]),
    "a column misspelled": (lambda: workbook(staffing=[["site-id", *STAFF[1:]], row("staffing")]), [at("A1", "site-id", "site-id", "unknown_column", "rename_column")]),
    "a note beside the table": (lambda: workbook(staffing=[STAFF, [*row("staffing"), "husk!"]]), [at("L2", None, "husk!", "column_without_heading", "name_or_remove_column")]),
    "the heading in the second row": (
        lambda: workbook(staffing=[["Bemanning 2024"], STAFF, *(row("staffing", quarter=f"2024Q{one}") for one in (1, 2, 3))]), [at(2, None, None, "heading_below", "remove_rows_above")]),
    "a heading alone where rows must be": (lambda: workbook(goals=[list(HEADS["goals"])]), [of_sheet("no_rows", "add_rows", "goals")]),
    "two columns swapped": (lambda: table("staffing", {"site_id": "2024Q1", "quarter": SITE}), [
        at("A2", "site_id", "2024Q1", "unknown_site", "add_site"), at("B2", "quarter", SITE, "quarter_format", "write_quarter")]),
    "a site merged over its quarters": (lambda: staff(lambda sheet: sheet.merge_cells("A2:A3"), {}, {"quarter": "2024Q2"}), [
        at("A2", "site_id", SITE, "merged_cells", "unmerge_cells"), at("A3", "site_id", "", "empty_cell", "fill_cell")]),
    "a number merged over two quarters": (
        lambda: staff(lambda sheet: sheet.merge_cells("E2:E3"), {"vacant": 1}, {"quarter": "2024Q2"}), [at("E2", "vacant", "1", "merged_cells", "unmerge_cells")]),
    "a cell in the last corner of the sheet": (lambda: staff(write("XFD1048576", "x")), [
        at("XFD1048576", None, "x", "column_without_heading", "name_or_remove_column"),
        *(at(f"{letter}1048576", name, "", "empty_cell", "fill_cell") for letter, name in zip("ABHI", ("site_id", "quarter", "quality", "source")))]),
    "a fault in a sheet that is hidden": (lambda: staff(hide("hidden"), {"fte": "to"}), [at("C2", "fte", "to", "not_a_number", "write_number")]),
    "a fault in a sheet that only a macro shows": (lambda: staff(hide("veryHidden"), {"fte": "to"}), [at("C2", "fte", "to", "not_a_number", "write_number")]),
    "a fault in a hidden column": (lambda: staff(hide_column, {"fte": "to"}), [at("C2", "fte", "to", "not_a_number", "write_number")]),
    "a fault in a row that a filter hides": (lambda: staff(filter_rows, {}, {"quarter": "2024Q2", "fte": "to"}), [at("C3", "fte", "to", "not_a_number", "write_number")]),
    "the same row again in a hidden row": (lambda: staff(hide_row, {}, {}), [at("A3", "site_id", SITE, "duplicate_key", "keep_one_row")]),
}  # fmt: skip

QUARTERS = ("2024", "2024Q5", "2024q1", "Q1 2024", "1. kvartal 2024", "2024-Q1", "1850Q1", "ukjent")

# Cells
CELLS = {
    "a date in words": (lambda: table("rollout", {"date": "12. april 2024"}), [at("C2", "date", "12. april 2024", "date_format", "write_iso_date", "rollout")]),
    "a date in the Norwegian way": (lambda: table("rollout", {"date": "12.04.2024"}), [at("C2", "date", "12.04.2024", "date_format", "write_this_date", "rollout")]),
    "a date with a time of day": (
        lambda: table("rollout", {"date": datetime.datetime(2024, 4, 12, 9, 30)}), [at("C2", "date", "2024-04-12 09:30:00", "date_format", "write_iso_date", "rollout")]),
    "a date that is not in the calendar": (lambda: table("rollout", {"date": "2024-02-30"}), [at("C2", "date", "2024-02-30", "date_impossible", "write_possible_date", "rollout")]),
    "a date of another century": (lambda: table("rollout", {"date": "1899-01-01"}), [at("C2", "date", "1899-01-01", "date_out_of_range", "write_date_within", "rollout")]),
    "a date as the number behind it": (lambda: table("rollout", {"date": 45_394}), [at("C2", "date", "45394", "date_format", "write_iso_date", "rollout")]),
    "a quarter as a date": (lambda: table("staffing", {"quarter": datetime.date(2024, 1, 1)}), [at("B2", "quarter", "2024-01-01", "quarter_format", "write_quarter")]),
    "a quarter written in eight wrong ways": (
        lambda: table("staffing", *({"quarter": written} for written in QUARTERS)),
        [at(f"B{line}", "quarter", written, "quarter_format", "write_quarter") for line, written in enumerate(QUARTERS, 2)]),
    "a number with a per cent sign": (lambda: table("staffing", {"fte": "50 %"}), [at("C2", "fte", "50 %", "not_a_number", "write_number")]),
    "a dash for nothing": (lambda: table("staffing", {"vacant": "-"}), [at("E2", "vacant", "-", "not_a_number", "write_number")]),
    "a negative number": (lambda: table("staffing", {"fte": -1}), [at("C2", "fte", "-1", "out_of_range", "write_within")]),
    "a fraction of a person": (lambda: table("staffing", {"headcount": 2.5}), [at("D2", "headcount", "2.5", "not_a_whole_number", "write_whole_number")]),
    "true for a number": (lambda: table("staffing", {"vacant": True}), [at("E2", "vacant", "True", "not_a_number", "write_number")]),
    "unknown for a code": (lambda: table("staffing", {"quality": "ukjent"}), [at("H2", "quality", "ukjent", "unknown_code", "pick_code")]),
    "unknown for a number that must be there": (lambda: table("fidelity", {"score": "ukjent"}), [at("D2", "score", "ukjent", "not_a_number", "write_number", "fidelity")]),
    "nothing where something must be": (lambda: table("staffing", {"source": None}), [at("I2", "source", "", "empty_cell", "fill_cell")]),
    **{f"a formula that gives {error}": (lambda error=error: formula(f'<c r="C2" t="e"><f>1/0</f><v>{error}</v></c>'), [at("C2", "fte", error, "formula_error", "mend_formula")])
       for error in ("#REF!", "#N/A", "#DIV/0!")},
    "a formula that nobody has calculated": (lambda: table("staffing", {"fte": "=1+1"}), [at("C2", "fte", "", "formula_without_value", "calculate_formula")]),
    "a formula that looks into a workbook that is gone": (
        lambda: formula('<c r="C2" t="e"><f>[1]Ark1!A1</f><v>#REF!</v></c>'), [at("C2", "fte", "#REF!", "formula_error", "mend_formula")]),
    "the same row twice": (lambda: table("staffing", {}, {"quarter": "2024Q2"}, {"fte": 3}), [at("A4", "site_id", SITE, "duplicate_key", "keep_one_row")]),
    "a site misspelled": (lambda: table("staffing", {"site_id": "kirkens"}), [at("A2", "site_id", "kirkens", "unknown_site", "did_you_mean")]),
    "a site that nobody knows": (lambda: table("staffing", {"site_id": "oslo"}), [at("A2", "site_id", "oslo", "unknown_site", "add_site")]),
    "an area misspelled": (lambda: table("goals", {"area_id": "region:nor"}), [at("B2", "area_id", "region:nor", "unknown_area", "did_you_mean", "goals")]),
    "a source misspelled": (lambda: table("staffing", {"source": "programe"}), [at("I2", "source", "programe", "unknown_source", "did_you_mean")]),
    "an id in capital letters with a blank": (lambda: table("goals", {"goal_id": "IPS 60"}), [at("A2", "goal_id", "IPS 60", "id_format", "write_id", "goals")]),
    "an id with a picture": (lambda: table("staffing", {"site_id": "kirkenes😀"}), [at("A2", "site_id", "kirkenes😀", "unknown_site", "did_you_mean")]),
    "an unknown id with a sign of no width in it": (lambda: table("staffing", {"site_id": "kirk\u200bnes"}), [at("A2", "site_id", "kirknes", "unknown_site", "did_you_mean")]),
    "an id that is a formula": (lambda: staff(as_text("A2", "=1+1")), [at("A2", "site_id", "=1+1", "unknown_site", "add_site")]),
    "a caseload that does not add up": (
        lambda: table("service", {"quarter": "2023Q4"}, {"started": 5, "closed_cases": 2, "served": 40, "caseload": 34}),
        [at("F3", "caseload", "34", "caseload_balance", "mend_caseload", "service")]),
    "a review below its least": (lambda: table("fidelity", {"score": 24}), [at("D2", "score", "24", "score_outside", "write_score", "fidelity")]),
    "an item above its most": (lambda: table("fidelity", {"item": 1, "score": 6}), [at("D2", "score", "6", "score_outside", "write_score", "fidelity")]),
    "a text longer than a cell can hold": (lambda: staff_markup("a" * 40_000), [at("J2", "note_nb", "a" * 40 + "…", "text_too_long", "shorten_text")]),
    "one bad row in ten thousand": (lambda: ten_thousand(headcount="to"), [at("D7001", "headcount", "to", "not_a_whole_number", "write_whole_number")]),
}  # fmt: skip

# The template
TEMPLATE = {
    "a fault below the example": (lambda: in_template(lambda sheet: filled_in(sheet, fte="to")), [at("D4", "fte", "to", "not_a_number", "write_number", TEMPLATE_SHEET)]),
    "the column of marks deleted": (lambda: in_sheet(lambda sheet: sheet.delete_cols(1)), [of_sheet("sheet_not_named", "name_sheet", TEMPLATE_SHEET)]),
    "the mark of the sheet emptied": (lambda: in_sheet(write("A1", None)), [of_sheet("sheet_not_named", "name_sheet", TEMPLATE_SHEET)]),
    "the mark of the sheet written over": (lambda: in_sheet(write("A1", "Bemanning")), [of_sheet("sheet_not_named", "name_sheet", TEMPLATE_SHEET)]),
    "a title put in above the first row": (
        lambda: in_sheet(lambda sheet: sheet.insert_rows(1), write("B1", "Tall for 2024")), [of_sheet("sheet_not_named", "name_sheet", TEMPLATE_SHEET)]),
    "a row that begins in the column of marks": (lambda: in_sheet(write("A4", SITE)), [at("A4", None, SITE, "strange_mark", "clear_mark", TEMPLATE_SHEET)]),
    "a sheet copied": (lambda: in_sheet(lambda sheet: sheet.parent.copy_worksheet(sheet)), [of_sheet("sheet_twice", "keep_one_sheet", f"{TEMPLATE_SHEET} Copy")]),
}  # fmt: skip

BROKEN = FILES | HARMFUL | SHEETS | CELLS | TEMPLATE

NOTE = "😀 \u202eאבג\u202c!"
WAYS = ({"vacant": "Ukjent"}, {"fte": "1,5", "site_id": " kirkenes\u00a0"}, {"site_id": "\ufeff\u202ekirkenes\u202c\u200b", "note_nb": NOTE})

# Odd, and right: what is then read of the staff, by row and column.
ODD = {
    "blanks around a sheet's name": (lambda: workbook(**{" staffing ": [STAFF, row("staffing")]}), {(2, "fte"): "2"}),
    "columns in another order": (lambda: workbook(staffing=[STAFF[::-1], row("staffing")[::-1]]), {(2, "fte"): "2", (2, "site_id"): SITE}),
    "a hidden sheet": (lambda: staff(hide("hidden")), {(2, "fte"): "2"}),
    "hidden rows": (lambda: staff(hide_row, {}, {"quarter": "2024Q2", "fte": 3}), {(3, "fte"): "3"}),
    "empty cells merged": (lambda: staff(lambda sheet: sheet.merge_cells("E2:E3"), {}, {"quarter": "2024Q2"}), {(2, "vacant"): "", (3, "vacant"): ""}),
    "an empty row above the heading": (lambda: workbook(staffing=[[], STAFF, row("staffing")]), {(3, "fte"): "2"}),
    "cells written in other ways": (
        lambda: staff(lambda sheet: [change(sheet) for change in (as_text("C2", "2"), write("C3", 0.5, "0%"))],
                      {}, *({"quarter": f"2024Q{number}"} | one for number, one in enumerate(WAYS, 2))),
        {(2, "fte"): "2", (3, "fte"): "0.5", (3, "vacant"): "Ukjent", (4, "fte"): "1,5", (4, "site_id"): SITE, (5, "site_id"): SITE, (5, "note_nb"): NOTE}),
    "texts in the place where Excel puts them": (as_excel_does, {(2, "fte"): "2", (2, "quality"): "reported"}),
    "a formula that was calculated": (lambda: formula('<c r="C2"><f>1+1</f><v>2</v></c>'), {(2, "fte"): "2"}),
    "a formula that gives an empty text": (lambda: formula('<c r="C2" t="str"><f>IF(1,"","")</f><v></v></c>'), {(2, "fte"): ""}),
    "a formula that looked into another workbook": (lambda: formula('<c r="C2"><f>[1]Ark1!A1</f><v>7</v></c>'), {(2, "fte"): "7"}),
    "ten thousand formatted rows below": (
        lambda: staff_markup(more="".join(f'<row r="{line}">{"<c/>" * 11}</row>' for line in range(3, 10_003))), {(2, "fte"): "2"}),
    "sixteen thousand columns of blanks": (
        lambda: staff_markup(more=f'<row r="3">{said(SITE, "2024Q2", "3", "3", "", "", "", "reported", "programme", "", "")}'
                                  f"{said(*[' '] * 16_373)}</row>"),
        {(2, "fte"): "2", (3, "fte"): "3"}),
    "a chart on a sheet of its own": (lambda: changed(table("staffing", {}), chart_sheet), {(2, "fte"): "2"}),
    "macros": (macros, {(2, "fte"): "2"}),
    "a description that lies on another machine": (
        lambda: with_sheet(markup(f"<row>{said(*STAFF)}</row><row>{said(SITE, '2024Q1', '2', '2', '', '', '', 'reported', 'programme')}</row>",
                                  before='<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">')), {(2, "fte"): "2"}),
    "the headings of the template changed, and an error in the example": (lambda: in_sheet(write("B2", "Hvor"), write("D3", "#DIV/0!")), {(4, "fte"): "2"}),
    "an empty row put in above the first": (lambda: in_sheet(lambda sheet: sheet.insert_rows(1)), {(5, "fte"): "2"}),
    "the sheet of the template renamed": (lambda: in_sheet(lambda sheet: setattr(sheet, "title", "Våre folk")), {(4, "fte"): "2"}),
}  # fmt: skip


@cache
def outcome(case: str) -> tuple[Delivery, float]:
    """What comes of a broken workbook, and the seconds of computing it took."""
    content, started = BROKEN[case][0](), time.process_time()
    return given(content), time.process_time() - started


def test_there_are_many_of_them():
    assert len(BROKEN) >= 60


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_workbook_has_its_message_and_is_not_half_read(case):
    delivery, seconds = outcome(case)
    assert records(delivery) == BROKEN[case][1]
    assert delivery.loaded.tables is None
    assert seconds < PATIENCE
    for lang in LANGUAGES:
        told = lines(Words(lang), (*delivery.loaded.faults, *delivery.loaded.warnings, *delivery.loaded.notes))
        assert all(rule and cure and not MACHINE_WORDS.search(rule + cure) for *_, rule, cure in told)


@pytest.mark.parametrize("case", ODD)
def test_what_is_odd_and_means_one_thing_is_read_as_it_stands(case):
    make, expected = ODD[case]
    delivery = given(make())
    assert records(delivery) == [] and delivery.loaded.tables is not None
    cells = delivery.sheets["staffing"].cells
    assert {(line, name): cells.at[line, name] for line, name in expected} == expected
    assert set(cells["site_id"]) == {SITE}


def test_the_example_row_is_never_read_whatever_stands_in_it():
    delivery = given(in_template(lambda sheet: filled_in(sheet, line=3)))
    assert records(delivery) == [] and len(delivery.loaded.tables.staffing) == 0


def test_an_empty_template_changes_nothing():
    delivery = given(given_template())
    assert records(delivery) == []
    assert {name: len(sheet.cells) for name, sheet in delivery.sheets.items()} == {name: len(sheet.cells) for name, sheet in read(PUBLIC)[0].items()}


def test_a_sheet_that_is_no_table_is_told_where_it_may_have_been_meant_and_not_in_a_template():
    noted = given(workbook(staffing=[STAFF, row("staffing")], Kladd=[["Hei"]])).loaded.notes
    assert [(one.file, one.rule) for one in noted] == [("Kladd", "unknown_sheet")]
    assert given(in_sheet()).loaded.notes == ()


def test_a_message_names_the_nearest_the_sum_and_the_range():
    cures = [lines(Words("en"), outcome(case)[0].loaded.faults)[0] for case in (
        "a site misspelled", "a caseload that does not add up", "a review below its least", "a number merged over two quarters", "one table in two sheets")]  # fmt: skip
    said_of = [f"{rule} {cure}" for *_, rule, cure in cures]
    for part, sentence in zip(("kirkenes", "33", "25 to 125", "E2:E3", "staffing"), said_of):
        assert part in sentence


def test_three_hundred_sites_are_a_dataset_like_another():
    loaded = given(workbook(sites=sites(300))).loaded
    assert loaded.faults == () and len(loaded.tables.sites) == 300


def test_every_fault_of_a_thousand_is_told_at_once():
    quarters = [f"{year}Q{quarter}" for year in range(1985, 2100) for quarter in (1, 2, 3, 4)]
    delivery = given(table("staffing", *({"quarter": quarter, "fte": "to", "headcount": -1, "source": "?"} for quarter in quarters)))
    assert len(delivery.loaded.faults) == 3 * len(quarters) > 1_000
    assert records(delivery)[-1] == at(f"I{len(quarters) + 1}", "source", "?", "unknown_source", "add_source")


@pytest.mark.parametrize("case", ["a part that says it unpacks to more than the limit", "a part that says it is small", "a sheet that says it is small",
                                  "packed in a way that unpacks in one breath", "entities that multiply"])  # fmt: skip
def test_a_bomb_does_not_go_off(case, tmp_path):
    path = tmp_path / NAME
    path.write_bytes(BROKEN[case][0]())
    tracemalloc.start()
    try:
        assert [one.rule for one in read_onto(path, {}, True)[1]] == [BROKEN[case][1][0][4]]
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_part_with_a_name_that_leads_elsewhere_is_not_put_there(tmp_path):
    away = tmp_path / "evil.txt"
    climbing = "../" * 20 + str(away).lstrip("/")
    delivery = given(with_parts(table("staffing", {}), {climbing: b"x", str(away): b"x"}))
    assert records(delivery) == [] and not away.exists()


LIKE_FORMULAS = ('=HYPERLINK("http://example.org","klikk")', "+47 78 97 00 00", "-1+1", "@SUM(A1)", "=cmd|'/C calc'!A0")


def test_a_note_that_looks_like_a_formula_stays_a_text_in_and_out_of_a_workbook():
    def noted(sheet):
        for line, text in enumerate(LIKE_FORMULAS, 2):
            as_text(f"J{line}", text)(sheet)

    delivery = given(staff(noted, *({"quarter": f"202{number}Q1"} for number in range(len(LIKE_FORMULAS)))))
    assert tuple(delivery.loaded.tables.staffing["note_nb"]) == LIKE_FORMULAS
    out = whole_workbook(contents(delivery.sheets))
    assert not any(re.search(rb"<f[\s>]", part) for part in parts_of(out).values())
    heading, *rows = openpyxl.load_workbook(io.BytesIO(out))["staffing"].iter_rows()
    place = [cell.value for cell in heading].index("note_nb")
    assert [(one[place].value, one[place].data_type, one[place].quotePrefix) for one in rows] == [(text, "s", True) for text in LIKE_FORMULAS]
    assert tuple(given(out).loaded.tables.staffing["note_nb"]) == LIKE_FORMULAS


@pytest.mark.parametrize("text", LIKE_FORMULAS)
def test_a_text_that_looks_like_a_formula_is_harmless_in_a_charts_table(text):
    shown = Table(pd.DataFrame({"note": [text]}), (Column("note", "Merknad", "text"),))
    cell = openpyxl.load_workbook(io.BytesIO(charts.xlsx(shown, [("Kilde", text)])))["IPS"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert list(csv.reader(io.StringIO(charts.csv(shown, Words("nb")).decode("utf-8-sig")), delimiter=";"))[1] == [f"'{text}"]


@pytest.mark.parametrize("name", ["../../etc/passwd.xlsx", "C:\\tall\\2024.xlsx", "tall", "tall.csv", "", " ?*😀.xlsx"])
def test_a_file_may_have_any_name(name):
    assert given(table("staffing", {}), name).loaded.faults == ()


def test_a_file_is_named_without_its_folders():
    assert given(b"", "../../etc/passwd.xlsx").loaded.faults[0].file == "passwd.xlsx"


@pytest.mark.parametrize("name", ["a\u0000b.xlsx", "a" * 300 + ".xlsx", "..", "\ud800.xlsx"])
def test_a_file_may_have_a_name_that_no_file_of_this_machine_can_have(name):
    assert given(table("staffing", {}), name).loaded.faults == ()
