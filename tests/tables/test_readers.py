"""Files as people send them: encodings, separators, headings, workbooks. What is read with a change gives a note."""

import datetime
import re
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from ipsdash.tables.faults import Fault
from ipsdash.tables.load import TABLES, Loaded, fingerprint, load
from ipsdash.tables.schemas import columns_of
from ipsdash.tables.workbooks import as_text

PUBLIC = Path(__file__).parents[2] / "data"
SITES, GOALS, FUNDING = "tables/sites.csv", "tables/goals.csv", "tables/funding.csv"


@pytest.fixture(scope="session")
def public() -> Loaded:
    return load(PUBLIC)


@pytest.fixture
def workbook(public, tmp_path):
    """The public data as a workbook, numbers as numbers and the rest as text; called with what to change before it is saved."""

    def save(change=lambda book: None) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for table in TABLES:
            frame = getattr(public.tables, table)
            sheet = book.create_sheet(table)
            sheet.append(list(frame))
            for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False):
                sheet.append(list(row))
        change(book)
        book.save(tmp_path / "tall.xlsx")
        return tmp_path / "tall.xlsx"

    return save


# Encodings and separators


def test_a_byte_order_mark_is_not_part_of_the_first_heading(delivery):
    delivery.write("goals", delivery.rows("goals"), encoding="utf-8-sig")
    assert delivery.notes() == []


def test_windows_text_is_read_right_with_a_note(delivery):
    delivery.write("funding", delivery.rows("funding"), encoding="cp1252")
    loaded = load(delivery.folder)
    assert loaded.notes == (Fault(FUNDING, None, None, None, "windows_text", "save_as_utf8", level="note"),)
    assert loaded.tables.funding["note_nb"][0] == "Tilskudd til å etablere IPS i Nord-Norge."


def test_utf_16_is_a_clear_fault(delivery):
    delivery.write("goals", delivery.rows("goals"), encoding="utf-16")
    assert delivery.faults() == [Fault(GOALS, None, None, None, "utf16", "save_as_utf8")]


def test_a_workbook_named_csv_is_no_text(delivery):
    delivery.file("goals").write_bytes(b"PK\x03\x04\x00\x00\x00")
    assert delivery.faults() == [Fault(GOALS, None, None, None, "not_text", "save_as_csv")]


def test_semicolons_and_decimal_commas_of_norwegian_excel_are_read_with_notes(delivery):
    rows = [[cell.replace("0.", "0,") for cell in row] for row in delivery.rows("benchmarks")]
    delivery.write("benchmarks", rows, separator=";")
    file = "tables/benchmarks.csv"
    loaded = load(delivery.folder)
    assert loaded.notes == (
        Fault(file, None, None, None, "other_separator", "nothing_to_do", {"separator": ";"}, "note"),
        Fault(file, 2, "value", "0,366", "decimal_comma", "nothing_to_do", {"count": 6}, "note"),
    )
    assert loaded.tables.benchmarks["value"][0] == 0.366


def test_spaces_between_thousands_are_read_with_a_note(delivery):
    delivery.change("funding", 2, nok="13\u00a0000 000,50")
    loaded = load(delivery.folder)
    assert list(loaded.notes) == [
        Fault(FUNDING, 2, "nok", "13 000 000,50", rule, "nothing_to_do", {"count": 1}, "note")
        for rule in ("decimal_comma", "thousands_space")
    ]
    assert loaded.tables.funding["nok"][0] == 13_000_000.5


def test_blanks_around_a_cell_do_not_count(delivery):
    delivery.change("goals", 2, indicator=" specialists\u00a0", value=" 50 ")
    assert delivery.notes() == []


def test_empty_lines_do_not_shift_the_row_numbers(delivery):
    rows = delivery.rows("goals")
    delivery.write("goals", [rows[0], [], [""] * len(rows[0]), ["mange" if cell == "50" else cell for cell in rows[1]]])
    assert delivery.faults() == [Fault(GOALS, 4, "value", "mange", "not_a_number", "write_number")]


def test_a_cell_with_a_line_break_is_one_row(delivery):
    delivery.change("funding", 2, note_nb="første linje\nandre linje")
    delivery.change("funding", 3, nok="mye")
    assert delivery.faults() == [Fault(FUNDING, 3, "nok", "mye", "not_a_number", "write_number")]


def test_a_comma_without_quotes_is_one_cell_too_many_and_its_shifted_row_no_more_faults(delivery):
    text = delivery.file("goals").read_text(encoding="utf-8").replace(",50,", ",50,5,", 1)
    delivery.file("goals").write_text(text, encoding="utf-8")
    (fault,) = delivery.faults()
    assert (fault.file, fault.row, fault.column, fault.rule, fault.cure) == (GOALS, 2, None, "too_many_cells", "quote_cell")
    assert fault.values == {"expected": 11, "found": 12}
    assert fault.value.startswith("Five-year goal")


def test_a_quote_that_is_not_closed_is_a_fault_of_its_row(delivery):
    text = delivery.file("goals").read_text(encoding="utf-8")
    delivery.file("goals").write_text(text + '"ipsnor-60,region:nord\n', encoding="utf-8")
    assert delivery.faults() == [Fault(GOALS, 3, None, None, "broken_quotes", "close_quotes")]


# Files, sheets and headings


def test_a_path_that_does_not_exist_is_one_fault(tmp_path):
    path = tmp_path / "borte"
    assert load(path).faults == (Fault("borte", None, None, None, "path_missing", "check_path", {"path": str(path)}),)


def test_a_missing_file_is_one_fault_and_does_not_make_every_site_unknown(delivery):
    delivery.file("sites").unlink()
    assert delivery.faults() == [Fault(SITES, None, None, None, "missing_file", "add_file", {"table": "sites"})]


def test_a_misspelled_file_is_one_fault(delivery):
    delivery.file("sites").rename(delivery.file("site"))
    values = {"table": "sites", "nearest": "tables/site.csv"}
    assert delivery.faults() == [Fault(SITES, None, None, None, "missing_file", "rename_file", values)]


def test_a_file_that_is_no_table_is_noted(delivery):
    delivery.file("kladd").write_text("hei", encoding="utf-8")
    assert delivery.notes() == [Fault("tables/kladd.csv", None, None, None, "unknown_file", "nothing_to_do", level="note")]


def test_a_file_of_no_bytes_is_a_fault_even_for_a_table_that_may_be_empty(delivery):
    delivery.file("funding").write_bytes(b"")
    values = {"columns": ", ".join(columns_of("funding"))}
    assert delivery.faults() == [Fault(FUNDING, None, None, None, "empty_file", "write_heading", values)]


def test_a_heading_alone_is_a_fault_for_goals(delivery):
    delivery.write("goals", delivery.rows("goals")[:1])
    assert delivery.faults() == [Fault(GOALS, None, None, None, "no_rows", "add_rows")]


def test_a_heading_alone_is_right_for_funding_and_types_stay(delivery):
    delivery.write("funding", delivery.rows("funding")[:1])
    loaded = load(delivery.folder)
    assert (loaded.faults, loaded.notes) == ((), ())
    kinds = loaded.tables.funding.dtypes
    assert (kinds["year"], kinds["nok"], kinds["payer"]) == ("int64", "float64", "str")


def test_a_missing_column_is_one_fault(delivery):
    delivery.write("goals", [row[:4] + row[5:] for row in delivery.rows("goals")])
    assert delivery.faults() == [Fault(GOALS, 1, "unit", None, "missing_column", "add_column")]


def test_an_unknown_column_is_one_fault_and_the_rest_is_checked(delivery):
    delivery.write("goals", [[*row, text] for row, text in zip(delivery.rows("goals"), ["farge", "blå"])])
    delivery.change("goals", 2, value="mange")
    values = {"columns": ", ".join(columns_of("goals"))}
    assert delivery.faults() == [
        Fault(GOALS, 1, "farge", "farge", "unknown_column", "remove_column", values),
        Fault(GOALS, 2, "value", "mange", "not_a_number", "write_number"),
    ]


def test_a_misspelled_column_is_one_fault(delivery):
    rows = delivery.rows("goals")
    delivery.write("goals", [[name.replace("due_on", "Due on") for name in rows[0]], *rows[1:]])
    fault = Fault(GOALS, 1, "Due on", "Due on", "unknown_column", "rename_column", {"nearest": "due_on"})
    assert delivery.faults() == [fault]


def test_a_column_twice_is_one_fault(delivery):
    delivery.write("goals", [[*row, row[3]] for row in delivery.rows("goals")])
    assert delivery.faults() == [Fault(GOALS, 1, "value", "value", "duplicate_column", "keep_one_column", {"times": 2})]


def test_a_filled_column_needs_a_heading(delivery):
    rows = delivery.rows("goals")
    delivery.write("goals", [["", *row] for row in rows])
    assert delivery.faults() == [Fault(GOALS, 1, None, "", "column_without_heading", "name_or_remove_column")]


def test_empty_columns_behind_the_table_do_not_count(delivery):
    delivery.write("goals", [[*row, "", ""] for row in delivery.rows("goals")])
    assert delivery.notes() == []


def test_the_order_of_columns_is_free_and_comes_out_as_in_the_schema(delivery):
    delivery.write("goals", [row[::-1] for row in delivery.rows("goals")])
    assert tuple(load(delivery.folder).tables.goals) == columns_of("goals")


def test_tables_may_lie_in_the_folder_itself_with_sources_as_csv(public, tmp_path):
    tables, flat = public.tables, tmp_path / "flat"
    flat.mkdir()
    for table in TABLES:
        getattr(tables, table).to_csv(flat / f"{table}.csv", index=False)
    again = load(flat)
    # 65.087 degrees north, as pandas writes it: 65 087 is no latitude.
    values = {"count": 2}
    note = Fault("areas.csv", 27, "lat", "65.087", "read_as_decimal", "nothing_to_do", values, "note")
    assert (again.faults, again.notes) == ((), (note,))
    pd.testing.assert_frame_equal(again.tables.sources, tables.sources)


# Workbooks


def test_a_workbook_gives_the_same_tables_as_the_folder(workbook, public):
    book = load(workbook())
    assert (book.faults, book.notes) == ((), ())
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(book.tables, table), getattr(public.tables, table))


def test_a_date_cell_becomes_an_iso_day_and_a_year_cell_stays_a_year(workbook):
    def change(book):
        book["goals"]["F2"], book["goals"]["G2"] = 2017, datetime.datetime(2022, 4, 30)

    goals = load(workbook(change)).tables.goals
    assert (goals["set_on"][0], goals["due_on"][0]) == ("2017", "2022-04-30")


def test_a_whole_number_saved_with_decimals_is_still_whole():
    assert [as_text(2012.0), as_text(0.366), as_text(None)] == ["2012", "0.366", ""]


def test_a_date_cell_shown_as_month_and_year_is_known_to_the_month():
    april = datetime.datetime(2017, 4, 1)
    assert [as_text(april, shown) for shown in ("yyyy-mm-dd", "mmm-yy", "yyyy", "General")] == [
        "2017-04-01", "2017-04", "2017", "2017-04-01"]


def test_a_fault_of_a_workbook_names_sheet_and_row(workbook):
    def change(book):
        book["goals"].insert_rows(2)
        book["goals"]["D3"] = "mange"

    faults = load(workbook(change)).faults
    assert faults == (Fault("goals", 3, "value", "mange", "not_a_number", "write_number", cell="D3"),)


def test_a_missing_sheet_is_one_fault(workbook):
    path = workbook(lambda book: book.remove(book["sites"]))
    assert load(path).faults == (Fault("sites", None, None, None, "missing_sheet", "add_sheet", {"table": "sites"}),)


def test_a_misspelled_sheet_is_one_fault_and_another_sheet_a_note(workbook):
    def change(book):
        book["sites"].title = "Sites "
        book.create_sheet("Les meg")["A1"] = "Tall fra 2026"

    loaded = load(workbook(change))
    values = {"table": "sites", "nearest": "Sites"}
    assert loaded.faults == (Fault("sites", None, None, None, "missing_sheet", "rename_sheet", values),)
    assert loaded.notes == (Fault("Les meg", None, None, None, "unknown_sheet", "nothing_to_do", level="note"),)


def test_a_formula_that_fails_is_a_fault(workbook):
    def change(book):
        book["goals"]["D2"] = "#DIV/0!"

    faults = load(workbook(change)).faults
    assert faults == (Fault("goals", 2, "value", "#DIV/0!", "formula_error", "mend_formula", cell="D2"),)


def test_a_formula_that_fails_on_a_sheet_that_is_no_table_is_nobodys_business(workbook):
    def change(book):
        book.create_sheet("Kladd")["A1"] = "#DIV/0!"

    assert load(workbook(change)).faults == ()


def test_rows_beyond_the_size_a_workbook_claims_are_read(workbook, tmp_path):
    small = tmp_path / "liten.xlsx"
    with zipfile.ZipFile(workbook()) as parts, zipfile.ZipFile(small, "w") as copy:
        for part in parts.infolist():
            copy.writestr(part, re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', parts.read(part)))
    assert len(load(small).tables.population) == 400


def test_a_workbook_cut_off_in_the_middle_is_damaged(workbook):
    path = workbook()
    path.write_bytes(path.read_bytes()[:20_000])
    assert load(path).faults == (Fault("tall.xlsx", None, None, None, "workbook_damaged", "save_workbook_again"),)


def test_a_workbook_of_a_zip_version_nobody_knows_is_damaged(workbook):
    path = workbook()
    content = bytearray(path.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 6] = 99  # the version needed to unpack, in the list of parts
    path.write_bytes(content)
    assert load(path).faults == (Fault("tall.xlsx", None, None, None, "workbook_damaged", "save_workbook_again"),)


def test_a_workbook_that_unpacks_to_more_than_the_limit_is_not_opened(workbook, monkeypatch):
    monkeypatch.setattr("ipsdash.tables.workbooks.LARGEST", 0.05)
    (fault,) = load(workbook()).faults
    assert (fault.rule, fault.cure) == ("workbook_too_large", "remove_what_is_not_data")


# Changes of a delivery


def test_a_fingerprint_changes_when_a_table_changes_and_stays_when_not(delivery):
    before = fingerprint(delivery.folder)
    assert fingerprint(delivery.folder) == before
    delivery.change("goals", 2, value="500")
    assert fingerprint(delivery.folder) != before


def test_a_path_that_does_not_exist_has_an_empty_fingerprint(tmp_path):
    assert fingerprint(tmp_path / "borte") == ()
