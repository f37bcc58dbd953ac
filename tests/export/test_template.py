"""The template: what Excel shows is what the schemas say."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import range_boundaries

from ipsdash.export.workbook.template import FIRST, TEMPLATE, _titles, fields, template
from ipsdash.export.workbook.codes import offered
from ipsdash.tables.columns import COLUMNS, UNITS
from ipsdash.tables.load import Tables, checked_sheets
from ipsdash.tables.readers import read, read_onto
from ipsdash.tables.schemas import columns_of
from ipsdash.tables.workbooks import as_text
from tests.conftest import PUBLIC
from tests.workbooks import kept, opened

STAFF = ["site_id", "quarter", "fte", "headcount", "vacant", "joiners", "leavers", "unknown", "quality", "source", "note_nb", "note_en"]


@pytest.fixture(scope="module")
def filled(words, tables) -> openpyxl.Workbook:
    return opened(template(words, tables, filled=True, made_from="2026-05-01"))


def sheets(book: openpyxl.Workbook) -> dict:
    """Table -> its sheet, by the mark in its first cell."""
    return {sheet["A1"].value[1:]: sheet for sheet in book if str(sheet["A1"].value).startswith("_")}


def texts(sheet, row: int) -> list:
    return [cell.value for cell in sheet[row]][1:]


def rules(sheet, column: str, table: str) -> list:
    letter = openpyxl.utils.get_column_letter(fields(table).index(column) + 2)
    return [one for one in sheet.data_validations.dataValidation if f"{letter}{FIRST}" in one.sqref]


def values_of(book: openpyxl.Workbook, formula: str) -> list:
    """What stands in the range that a list looks into."""
    title, _, cells = formula.rpartition("!")
    left, top, _, bottom = range_boundaries(cells)
    return [book[title.strip("'")].cell(row, left).value for row in range(top, bottom + 1)]


def read_again(tmp_path, content: bytes):
    """The delivery that comes of handing a workbook in, on top of the public data."""
    file = tmp_path / "given.xlsx"
    file.write_bytes(content)
    base, _ = read(PUBLIC)
    return checked_sheets(*read_onto(file, base, True))


def with_staff(tables: Tables, *rows: dict) -> Tables:
    frame = pd.DataFrame([dict.fromkeys(STAFF) | {"quality": "reported", "source": "programme"} | row for row in rows], columns=STAFF)
    return Tables(**{**vars(tables), "staffing": frame})


# The sheets


def test_there_is_one_sheet_per_table_between_the_guide_and_the_codes(words, filled):
    titles = [words("template.read_me"), *(words(f"table.{table}.title") for table in TEMPLATE), words("template.codes")]
    assert filled.sheetnames == titles
    assert tuple(sheets(filled)) == TEMPLATE
    assert all(len(title) <= 31 for title in filled.sheetnames)


@pytest.mark.parametrize("table", TEMPLATE)
def test_the_first_row_is_hidden_and_has_the_names_of_the_schema(filled, table):
    sheet = sheets(filled)[table]
    assert sheet.row_dimensions[1].hidden and sheet.column_dimensions["A"].hidden
    assert texts(sheet, 1) == [name for name in columns_of(table) if name != "unknown"]


@pytest.mark.parametrize("table", TEMPLATE)
def test_the_second_row_has_the_headings_of_the_language(words, filled, table):
    sheet = sheets(filled)[table]
    assert sheet["A2"].value == "heading"
    assert texts(sheet, 2) == [words(f"column.{name}") for name in fields(table)]
    assert sheet.freeze_panes == "C3"


@pytest.mark.parametrize("table", TEMPLATE)
def test_a_heading_says_in_a_note_what_the_column_means_and_its_unit(words, filled, table):
    for name, cell in zip(fields(table), sheets(filled)[table][2][1:]):
        assert words(f"column_meaning.{name}") in cell.comment.text
        unit = COLUMNS[name].unit
        assert unit not in UNITS or words(f"unit.{unit}") in cell.comment.text


@pytest.mark.parametrize("table", TEMPLATE)
def test_headings_are_locked_and_only_the_columns_of_the_table_are_open(filled, table):
    sheet = sheets(filled)[table]
    assert sheet.protection.sheet and not sheet.protection.password
    assert all(cell.protection.locked for row in sheet.iter_rows(max_row=3) for cell in row)
    letters = [openpyxl.utils.get_column_letter(across) for across in range(2, len(fields(table)) + 2)]
    assert not any(sheet.column_dimensions[letter].protection.locked for letter in letters)
    assert all(not cell.protection.locked for row in sheet.iter_rows(min_row=FIRST, min_col=2) for cell in row if cell.value is not None)
    assert sheet.column_dimensions["A"].protection.locked


@pytest.mark.parametrize("table", TEMPLATE)
def test_dates_and_texts_are_text_so_that_excel_leaves_them_alone(filled, table):
    for name, across in zip(fields(table), range(2, 99)):
        column = sheets(filled)[table].column_dimensions[openpyxl.utils.get_column_letter(across)]
        assert (column.number_format != "@") == (COLUMNS[name].kind in ("number", "whole"))


def test_the_guide_names_the_edition_and_the_three_meanings(words, filled):
    said = [cell.value for row in filled.worksheets[0].iter_rows() for cell in row if cell.value]
    assert any("2026-05-01" in one for one in said)
    assert {words(f"template.three_{one}") for one in ("empty", "zero", "unknown")} <= set(said)


# The lists


@pytest.mark.parametrize("table", TEMPLATE)
def test_a_column_of_codes_offers_exactly_its_codes(filled, table):
    for name in [name for name in fields(table) if COLUMNS[name].codes]:
        (rule,) = rules(sheets(filled)[table], name, table)
        assert rule.type == "list" and values_of(filled, rule.formula1) == list(COLUMNS[name].codes)


def test_several_codes_or_sources_in_a_cell_are_not_refused(filled):
    assert not rules(sheets(filled)["sites"], "settings", "sites")[0].showErrorMessage
    assert not rules(sheets(filled)["goals"], "source", "goals")[0].showErrorMessage
    assert rules(sheets(filled)["sites"], "evidence", "sites")[0].showErrorMessage


def test_a_site_is_picked_from_the_sheet_of_sites_where_it_is_filled_in(words, tables, filled):
    (rule,) = rules(sheets(filled)["staffing"], "site_id", "staffing")
    offered_sites = values_of(filled, rule.formula1)
    assert offered_sites[:14] == list(tables.sites["site_id"]) and set(offered_sites[14:]) == {None}
    empty = opened(template(words, tables))
    (rule,) = rules(sheets(empty)["staffing"], "site_id", "staffing")
    assert values_of(empty, rule.formula1) == list(tables.sites["site_id"])


def test_municipalities_and_sources_are_picked_by_their_ids(tables, filled):
    (rule,) = rules(sheets(filled)["sites"], "municipality", "sites")
    areas = tables.areas
    assert values_of(filled, rule.formula1) == list(areas.loc[areas["kind"] == "municipality", "area_id"])
    (rule,) = rules(sheets(filled)["funding"], "area_id", "funding")
    assert values_of(filled, rule.formula1) == list(areas["area_id"])
    (rule,) = rules(sheets(filled)["rollout"], "source", "rollout")
    assert values_of(filled, rule.formula1) == list(tables.sources["source"])


def test_every_code_has_words_beside_it(filled):
    codes = filled.worksheets[-1]
    assert all(cell.value for row in codes.iter_rows() for cell in row)


@pytest.mark.parametrize("table", TEMPLATE)
def test_every_column_of_numbers_takes_numbers_within_its_limits(words, filled, table):
    for name in [name for name in fields(table) if COLUMNS[name].kind in ("number", "whole")]:
        (rule,) = rules(sheets(filled)[table], name, table)
        may_be_unknown = "unknown" in columns_of(table) and name in COLUMNS["unknown"].codes
        kind = "whole" if COLUMNS[name].kind == "whole" else "decimal"
        assert rule.type == ("custom" if may_be_unknown else kind)
        assert rule.showErrorMessage and rule.errorStyle == "stop" and rule.error
        assert (words("template.ask_number") in rule.prompt) == may_be_unknown


def test_staff_may_be_unknown_and_is_no_text_and_no_date_otherwise(filled):
    (rule,) = rules(sheets(filled)["staffing"], "headcount", "staffing")
    # 1.5 typed in Norwegian Excel is the 46 143rd day, more people than any site has.
    assert rule.formula1 == (
        'IF(ISNUMBER(E4),AND(E4>=0,E4<=10000,E4=INT(E4)),OR(LOWER(TRIM(E4))="ukjent",LOWER(TRIM(E4))="unknown"))'
    )


def test_messages_are_short_enough_for_excel(filled):
    found = [one for sheet in sheets(filled).values() for one in sheet.data_validations.dataValidation]
    assert len(found) > 30
    assert all(len(one.prompt or "") <= 255 and len(one.error or "") <= 225 for one in found)


def test_lists_reach_below_all_rows_that_are_filled_in(words, tables):
    many = with_staff(tables, *({"site_id": "alta", "quarter": "2024Q1"} for _ in range(2500)))
    sheet = sheets(opened(template(words, many, filled=True)))["staffing"]
    assert "B4503" in rules(sheet, "site_id", "staffing")[0].sqref


# The example


@pytest.mark.parametrize("table", TEMPLATE)
def test_the_example_row_looks_like_an_example(words, filled, table):
    sheet, first = sheets(filled)[table], sheets(filled)[table]["B3"]
    assert sheet["A3"].value == "example"
    assert all(cell.font.italic for cell in sheet[3][1:])
    assert first.comment.text == words("template.example_row")
    own_text = offered(table, fields(table)[0]) is None and COLUMNS[fields(table)[0]].kind == "id"
    assert not own_text or first.value.startswith(words("template.example"))


def test_the_example_rows_obey_every_rule(tmp_path, words, tables):
    book = opened(template(words, tables, filled=True))
    for sheet in sheets(book).values():
        sheet["A3"].value = None
    found = read_again(tmp_path, kept(book))
    assert found.faults == () and found.warnings == ()
    assert [len(getattr(found.tables, table)) for table in TEMPLATE] == [len(getattr(tables, table)) + 1 for table in TEMPLATE]


# Filled in


@pytest.mark.parametrize("table", TEMPLATE)
def test_filled_rows_are_those_of_the_tables(tables, filled, table):
    frame = getattr(tables, table)[list(fields(table))]
    rows = [[as_text(cell.value) for cell in row[1 : len(fields(table)) + 1]] for row in sheets(filled)[table].iter_rows(min_row=FIRST) if any(cell.value is not None for cell in row)]
    assert rows == [[as_text(None if pd.isna(value) else value) for value in row] for row in frame.itertuples(index=False)]


def test_a_filled_template_that_nobody_changed_gives_the_same_tables(tmp_path, words, tables):
    found = read_again(tmp_path, template(words, tables, filled=True))
    assert found.faults == ()
    for name, frame in vars(tables).items():
        pd.testing.assert_frame_equal(getattr(found.tables, name), frame)


def test_empty_zero_and_unknown_stay_three_things(tmp_path, words, tables):
    row = {"site_id": "alta", "quarter": "2024Q1", "fte": 2.5, "headcount": 3.0, "joiners": 0.0, "unknown": "vacant"}
    content = template(words, with_staff(tables, row), filled=True)
    assert texts(sheets(opened(content))["staffing"], 4)[:7] == ["alta", "2024Q1", 2.5, 3, words("template.unknown"), 0, None]
    read_row = read_again(tmp_path, content).tables.staffing.iloc[0]
    assert (read_row["unknown"], read_row["joiners"]) == ("vacant", 0) and pd.isna(read_row["leavers"])


def test_a_hidden_number_is_its_word_in_a_template_and_a_fault_when_it_comes_back(
    tmp_path, words, tables
):
    row = {
        "site_id": "alta",
        "quarter": "2024Q1",
        "fte": 1.0,
        "headcount": 1.0,
        "vacant": 0.0,
        "hidden": "joiners leavers",
    }
    given = with_staff(tables, {name: value for name, value in row.items() if name != "hidden"})
    content = template(
        words, replace(given, staffing=given.staffing.assign(hidden=row["hidden"])), filled=True
    )
    word = words("hidden.hidden")
    assert texts(sheets(opened(content))["staffing"], 4)[:7] == [
        "alta",
        "2024Q1",
        1,
        1,
        0,
        word,
        word,
    ]
    # As an empty cell it would take the number out of what is published.
    assert [(fault.column, fault.rule) for fault in read_again(tmp_path, content).faults] == [
        ("joiners", "hidden_number"), ("leavers", "hidden_number"),
    ]  # fmt: skip


def test_text_that_looks_like_a_formula_is_text(words, tables):
    row = {"site_id": "alta", "quarter": "2024Q1", "note_nb": "=1+1", "note_en": "plain"}
    sheet = sheets(opened(template(words, with_staff(tables, row), filled=True)))["staffing"]
    cell, beside = sheet["K4"], sheet["L4"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
    assert not beside.quotePrefix


def test_the_same_template_has_the_same_bytes(words, tables, a_day_passes):
    today = template(words, tables, filled=True)
    a_day_passes()
    assert template(words, tables, filled=True) == today


def test_titles_are_cut_cleaned_and_told_apart():
    assert _titles(["a/b", "A-B", "x" * 40, "x" * 40]) == ["a-b", "A-B 2", "x" * 31, "x" * 28 + " 2"]


@pytest.fixture(scope="module")
def soffice() -> str:
    """LibreOffice with its spreadsheet."""
    path = shutil.which("soffice")
    if not path or not list(Path(path).resolve().parent.glob("libsclo.*")):
        pytest.skip("LibreOffice Calc is not installed")
    return path


def test_another_spreadsheet_program_opens_the_template(tmp_path, soffice, words, tables):
    (tmp_path / "template.xlsx").write_bytes(template(words, tables, filled=True))
    # Every sheet as a CSV file of its own.
    way = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", way, "template.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    title = words("table.goals.title")
    assert "_goals,goal_id,area_id" in (tmp_path / f"template-{title}.csv").read_text("utf-8")
    assert len(list(tmp_path.glob("*.csv"))) == len(TEMPLATE) + 2
