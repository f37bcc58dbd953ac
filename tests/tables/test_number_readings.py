"""A text that can mean two numbers is never read in silence, in workbooks and CSV files alike."""

import datetime

import openpyxl
import pytest

from ipsdash.tables.load import load
from ipsdash.tables.number_readings import date_instead, number_text, readings
from ipsdash.tables.numbers import plain
from ipsdash.store.deliveries import received
from tests.conftest import PUBLIC
from tests.store.broken import HEADS, changed, row
from tests.workbooks import workbook

FUNDING = "tables/funding.csv"


def checked(table: str, **cells: object):
    """What came of a workbook of one row with these cells, put onto the public data."""
    content = workbook(**{table: [list(HEADS[table]), row(table, **cells)]})
    return received("tall.xlsx", content, None, PUBLIC, True)


def meanings(text: str, column: str, unit: str = "") -> list[float]:
    return [one.value for one in readings(text, column, unit)]


# What a text can mean


@pytest.mark.parametrize("text", ["500.000", "500,000", "1.000", "1,500", "12.345", "-1.500"])
def test_one_separator_with_three_digits_behind_it_has_two_meanings(text):
    thousands, decimal = meanings(text, "high")
    assert thousands == 1000 * decimal


@pytest.mark.parametrize(("text", "value"), [
    ("1.234.567", 1234567), ("1,234,567", 1234567), ("1.234,5", 1234.5), ("1,234.5", 1234.5),
    ("12.345.678,25", 12345678.25), ("1.234,567", 1234.567),
])  # fmt: skip
def test_separators_that_can_only_stand_between_thousands_have_one_meaning(text, value):
    assert meanings(text, "nok") == [value]


@pytest.mark.parametrize("text", ["1.5", "1,5", "0.500", "0,500", "1500.125", "1500", "1 500", "1.50", "12", "mange", "", "1.5.000", "1.500 000"])
def test_all_other_texts_are_left_to_the_reading_of_plain_numbers(text):
    assert meanings(text, "nok") == []


def test_a_count_cannot_have_decimals_and_a_latitude_is_no_thousands():
    assert meanings("1.500", "headcount") == [1500]
    assert meanings("65.087", "lat") == [65.087]
    assert meanings("2.019", "year") == [2019]
    assert meanings("1.000", "score") == [1]


def test_the_unit_of_the_row_says_what_a_value_may_be():
    assert meanings("1.000", "value", "share") == [1]
    assert meanings("36.500", "value", "points") == [36.5]
    assert len(meanings("1.000", "value", "positions")) == 2


@pytest.mark.parametrize("text", ["12 3", "1234 567", "1.500 000", "1 50", "500.000 kr", "500.000,-", "1,,5", "1.2.3"])
def test_what_is_grouped_as_no_number_is_no_number(text):
    assert plain(text, "number") is None


@pytest.mark.parametrize(("text", "number"), [("1 500", "1500"), ("1\u00a0500\u202f000", "1500000"), ("\u22125", "-5"), ("-1 500,5", "-1500.5")])
def test_blanks_between_thousands_and_a_real_minus_are_read(text, number):
    assert plain(text, "number") == number


# Workbooks


@pytest.mark.parametrize("text", ["1.000", "1,500"])
def test_a_text_with_two_meanings_is_a_fault_that_names_both(text):
    (fault,) = checked("staffing", fte=text).loaded.faults
    thousands, decimal = (float(text.replace(sign, new)) for sign, new in ((text[1], ""), (text[1], ".")))
    assert (fault.cell, fault.value, fault.rule, fault.cure) == ("C2", text, "two_readings", "write_one_reading")
    assert fault.values == {"thousands": thousands, "decimal": decimal}


@pytest.mark.parametrize("number", [1.125, 500.0, 1.5, 1000])
def test_a_numeric_cell_has_one_meaning(number):
    found = checked("staffing", fte=number, headcount=2000)
    assert found.loaded.tables.staffing["fte"].iloc[0] == number
    assert not [one for one in found.loaded.remarks if one.column == "fte" and one.level != "warning"]


def test_a_count_with_a_separator_is_read_as_thousands_with_a_warning_and_published_so():
    found = checked("staffing", headcount="1.500")
    warnings = [one for one in found.loaded.warnings if one.rule == "read_as_thousands"]
    assert [(one.cell, one.value, one.values) for one in warnings] == [("D2", "1.500", {"read": 1500})]
    assert found.loaded.tables.staffing["headcount"].iloc[0] == 1500
    # An edition keeps this text and reads it again without the context of its file.
    assert found.sheets["staffing"].cells["headcount"].iloc[0] == "1500"


def test_what_was_read_from_an_edition_has_one_meaning_when_it_is_read_again():
    found = checked("staffing", fte=1.125, headcount=2)
    assert found.sheets["staffing"].cells["fte"].iloc[0] == "1.1250"


def test_decimals_where_thousands_are_impossible_are_read_with_one_note_for_the_column():
    heading = list(HEADS["fidelity"])
    rows = [row("fidelity", item=item, score="4.000") for item in (1, 2, 3)]
    found = received("tall.xlsx", workbook(fidelity=[heading, *rows]), None, PUBLIC, True).loaded
    assert found.faults == () and list(found.tables.fidelity["score"]) == [4, 4, 4]
    assert [(one.cell, one.rule, one.values) for one in found.notes] == [("D2", "read_as_decimal", {"count": 3})]


def test_notes_are_of_what_was_handed_in_only():
    heading = list(HEADS["staffing"])
    first = received("tall.xlsx", workbook(staffing=[heading, row("staffing", fte="2,5")]), None, PUBLIC, True)
    assert [one.rule for one in first.loaded.notes] == ["decimal_comma"]
    assert checked("goals").loaded.notes == ()


def test_the_noise_of_a_formula_is_rounded_as_excel_shows_it():
    def calculated(book: openpyxl.Workbook) -> None:
        book["staffing"]["D2"] = 1.1 * 10

    content = changed(workbook(staffing=[list(HEADS["staffing"]), row("staffing")]), calculated)
    found = received("tall.xlsx", content, None, PUBLIC, True).loaded
    assert found.faults == () and found.tables.staffing["headcount"].iloc[0] == 11
    assert plain("11.000000000000002", "whole") == "11"


@pytest.mark.parametrize(("value", "text"), [(1.125, "1.1250"), (1.5, "1.5"), (0.125, "0.125"), (1500.125, "1500.125"), (0.1 + 0.2, "0.3"), (11.000000000000002, "11"), (-1.125, "-1.1250")])
def test_a_number_as_text_has_one_meaning(value, text):
    assert number_text(value) == text and meanings(text, "high") == [] and float(text) == pytest.approx(value, rel=1e-14)


# CSV


def test_a_csv_file_with_two_meanings_is_a_fault_and_with_four_decimals_it_is_not(delivery):
    delivery.change("funding", 2, nok="500.000")
    assert [(one.row, one.column, one.rule) for one in delivery.faults()] == [(2, "nok", "two_readings")]
    delivery.change("funding", 2, nok="500.0000")
    assert load(delivery.folder).tables.funding["nok"][0] == 500


# Dates where a number is wanted


@pytest.mark.parametrize(("text", "typed"), [
    ("2026-05-01", "1.5"), ("2026-10-03", "3.10"), ("2026-05", "5.26"), ("01.mai", "1.5"), ("1-May", "1.5"), ("mai.26", "5.26"),
    ("Oct-26", "10.26"), ("1900-01-05", "5"), ("1.5", None), ("mange", None), ("1-xyz", None), ("2026", None),
])  # fmt: skip
def test_what_was_typed_where_a_spreadsheet_made_a_date_of_it(text, typed):
    assert date_instead(text) == typed


def test_a_date_where_a_number_is_wanted_says_what_excel_did():
    (fault,) = checked("staffing", fte=datetime.date(2026, 5, 1)).loaded.faults
    assert (fault.cell, fault.rule, fault.cure, fault.values) == ("C2", "date_for_number", "write_typed", {"typed": 1.5})


def test_a_date_in_a_column_of_dates_is_no_fault(delivery):
    delivery.change("goals", 2, set_on="2017M04")
    assert load(delivery.folder).tables.goals["set_on"][0] == "2017-04"
