"""The workbook that is given back: only marks are added to what was sent."""

import io
import zipfile

import openpyxl
import pytest

from ipsdash.export.workbook.marked import COLOURS, marked
from ipsdash.export.workbook.template import template
from ipsdash.tables.editable import editable
from ipsdash.tables.faults import Fault
from ipsdash.text.words import Words
from tests.workbooks import kept, opened


def sent() -> bytes:
    """A workbook as somebody sends it: a template's sheet with two rows, and one of their own."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Bemanning"
    for row in (["_staffing", "site_id", "quarter", "fte"], ["heading", "Sted", "Kvartal", "Årsverk"], [None, "alta", "2024Q1", "to"], [None, "=1+1", "2024", "=A1*2"]):
        sheet.append(row)
    sheet["B4"].data_type = "s"
    sheet.row_dimensions[1].hidden = True
    own = book.create_sheet("Våre notater")
    own["A1"] = "ring Alta"
    return kept(book)


FAULTS = (
    Fault("Bemanning", 3, "fte", "to", "not_a_number", "write_number"),
    Fault("Bemanning", 4, "quarter", "2024", "quarter_format", "write_quarter"),
    Fault("Bemanning", 3, "fte", "to", "out_of_range", "write_within", {"low": 0, "high": 10}, level="warning"),
    Fault("Bemanning", 3, "quarter", "2024Q1", "quarter_format", "write_quarter", level="warning"),
    Fault("Bemanning", 4, "site_id", "=1+1", "unknown_site", "add_site", {"unknown": "=1+1"}),
    Fault("tall.xlsx", None, None, None, "no_table_in_workbook", "use_template"),
)


def back(faults=FAULTS, content=None, lang="nb") -> openpyxl.Workbook:
    return opened(marked(content or sent(), faults, Words(lang)))


def colour(cell) -> str:
    return cell.fill.start_color.rgb[-6:] if cell.fill.fill_type else ""


def test_faulty_cells_are_coloured_and_others_are_not():
    coloured = {cell.coordinate: colour(cell) for row in back()["Bemanning"].iter_rows() for cell in row if colour(cell)}
    fault, warning = COLOURS["fault"], COLOURS["warning"]
    assert coloured == {"D3": fault, "C4": fault, "C3": warning, "B4": fault}


def test_a_cell_says_value_rule_and_cure_of_all_that_is_wrong_with_it(words):
    said = back(lang=words.lang)["Bemanning"]["D3"].comment.text
    for rule, values in (("rule.not_a_number", {}), ("cure.write_number", {}), ("cure.write_within", {"low": 0, "high": 10})):
        assert words(f"fault.{rule}", value="to", file="Bemanning", row=3, column="fte", **values) in said
    assert words("template.marked.value", value="to") in said


def test_a_fault_that_names_its_cell_is_marked_there():
    sheet = back([Fault("Bemanning", 3, "nowhere", "x", "not_a_number", "write_number", cell="D4")])["Bemanning"]
    assert colour(sheet["D4"]) == COLOURS["fault"] and not colour(sheet["D3"])


def test_the_first_sheet_lists_every_fault_and_links_to_its_cell(words):
    book = back(lang=words.lang)
    listed = book.worksheets[0]
    assert listed.title == words("template.marked.sheet") and book.active is listed
    rows = [[cell.value for cell in row] for row in listed.iter_rows(min_row=4)]
    assert [(row[0], row[1], row[2], row[4]) for row in rows] == [
        (words(f"template.marked.levels.{one.level}"), one.file, cell, one.value)
        for one, cell in zip(FAULTS, ("D3", "C4", "D3", "C3", "B4", None))
    ]
    assert all(row[5] and row[6] for row in rows)
    assert listed["C4"].hyperlink.location == "'Bemanning'!D3" and listed["C9"].hyperlink is None


def test_what_looks_like_a_formula_in_a_fault_is_text():
    cell = back().worksheets[0]["E8"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_what_was_sent_stays_but_for_the_marks():
    before, after = opened(sent()), back()
    assert after.sheetnames[1:] == before.sheetnames
    for sheet in before:
        values = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert [[cell.value for cell in row] for row in after[sheet.title].iter_rows()] == values
    assert after["Bemanning"]["D4"].data_type == "f" and after["Bemanning"].row_dimensions[1].hidden


def test_a_fault_in_a_hidden_row_is_shown():
    assert not back([Fault("Bemanning", 1, "fte", "fte", "unknown_column", "rename_column", {"nearest": "x"})])["Bemanning"].row_dimensions[1].hidden


def test_a_fault_in_merged_cells_is_marked_in_the_one_that_is_seen():
    book = opened(sent())
    book["Bemanning"].merge_cells("C3:D3")
    assert colour(back([FAULTS[0]], kept(book))["Bemanning"]["C3"]) == COLOURS["fault"]


def test_a_second_check_takes_the_marks_of_the_first_away():
    once = marked(sent(), FAULTS, Words("nb"))
    again = back(FAULTS[1:2], once, "en")
    assert again.sheetnames == ["Faults", "Bemanning", "Våre notater"]
    assert not again["Bemanning"]["D3"].comment and not colour(again["Bemanning"]["D3"])
    assert colour(again["Bemanning"]["C4"]) == COLOURS["fault"]
    assert again["Bemanning"]["C4"].comment.text.count("2024Q3") == 1


def test_a_note_of_the_sender_stays_above_ours():
    book = opened(sent())
    book["Bemanning"]["D3"].comment = openpyxl.comments.Comment("spør Per", "Kari")
    once = marked(kept(book), FAULTS, Words("nb"))
    note = opened(once)["Bemanning"]["D3"].comment
    assert note.text.startswith("spør Per\n") and len(note.text) > 40 and note.author == "Kari"
    mended = opened(marked(once, [], Words("nb")))["Bemanning"]["D3"]
    assert mended.comment.text == "spør Per" and not colour(mended)


def test_formulas_into_other_workbooks_become_text():
    book = opened(sent())
    book["Våre notater"]["B1"] = "='[1]Ark 1'!A1+2"
    book["Våre notater"]["B2"] = "=SUM(A1:A2)"
    own = back(content=kept(book))["Våre notater"]
    assert (own["B1"].data_type, own["B2"].data_type) == ("s", "f")


def test_the_same_marks_have_the_same_bytes(a_day_passes):
    content = sent()
    today = marked(content, FAULTS, Words("nb"))
    a_day_passes()
    assert marked(content, FAULTS, Words("nb")) == today


def test_a_template_is_marked_below_its_hidden_names(words, tables):
    content = template(words, tables, filled=True)
    title = words("table.goals.title")
    book = opened(marked(content, [Fault(title, 4, "value", "50", "not_a_number", "write_number")], words))
    assert colour(book[title]["E4"]) == COLOURS["fault"]
    assert book[title].protection.sheet and book[title].row_dimensions[1].hidden
    assert len(book[title].data_validations.dataValidation) == len(opened(content)[title].data_validations.dataValidation)
    assert book[title]["E2"].comment.text == opened(content)[title]["E2"].comment.text


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no more", b"\xd0\xcf\x11\xe0", b"a,b\n1,2"])
def test_what_is_no_workbook_cannot_be_marked(content):
    with pytest.raises(ValueError, match="not a workbook"):
        marked(content, FAULTS, Words("nb"))


def test_what_unpacks_to_more_than_the_machine_can_mark_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * 50_000_000)
    with pytest.raises(ValueError, match="too large"):
        marked(file.getvalue(), FAULTS, Words("nb"))


def test_one_stray_cell_at_the_bottom_costs_nothing():
    book = opened(sent())
    book["Bemanning"]["XFD1048576"] = "x"
    assert editable(kept(book))["Bemanning"]["XFD1048576"].value == "x"
    assert back(content=kept(book))["Bemanning"]["D3"].comment
