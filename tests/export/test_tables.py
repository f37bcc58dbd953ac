"""Tables to take away: right in the spreadsheet of the language, the same each time, and never a formula."""

import csv as delimited
import io
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pytest

from ipsdash.export.tables import csv, shown, xlsx
from ipsdash.figures.chart import Column, Table

ABOUT = [("Tittel", "45 av 50 jobbspesialister"), ("Kilde", "=NAPHA (2019)")]
COLUMNS = (
    Column("place", "Sted"), Column("date", "Dato", "date"), Column("fte", "Årsverk", "number", 1),
    Column("part", "Andel", "share", 1), Column("people", "Innbyggere", "whole"),
)  # fmt: skip
TABLE = Table(
    pd.DataFrame({
        "place": ["Kárášjohka", "=1+1", None], "date": ["2019-04-12", "2017-04", None], "fte": [4.5, np.nan, 0],
        "part": [0.125, 0.1 + 0.2, np.nan], "people": [296234, 2641, None], "unseen": [1, 2, 3],
    }),
    COLUMNS,
)  # fmt: skip


def lines(words) -> list[str]:
    return csv(TABLE, words).decode("utf-8-sig").split("\r\n")


def book(table: Table = TABLE) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx(table, ABOUT)))


# CSV


def test_norwegian_csv_has_semicolons_and_decimal_commas_english_has_commas_and_points(words):
    expected = {"nb": "Kárášjohka;2019-04-12;4,5;0,125;296234", "en": "Kárášjohka,2019-04-12,4.5,0.125,296234"}
    assert lines(words)[1] == expected[words.lang]


def test_a_month_in_csv_is_nothing_that_a_spreadsheet_makes_a_day_of(words):
    assert lines(words)[2].replace(",", ";").split(";")[1] == "2017M04"


@pytest.mark.parametrize("text", ["1-2", "2019-04", "4/2019", "1.5", "mai 19", "1-May", "12:30", "007", "1E5", "1.2.2019"])
def test_a_text_that_a_spreadsheet_would_convert_is_marked_as_text(words, text):
    table = Table(pd.DataFrame({"a": [text]}), (Column("a", "A"),))
    assert csv(table, words).decode("utf-8-sig").split("\r\n")[1].strip('"') == f"'{text}"


@pytest.mark.parametrize("text", ["2019-04-12", "2024Q1", "2020-2024", "region:nord", "tromso-2", "5–10", "under 5"])
def test_other_texts_stand_as_they_are(words, text):
    table = Table(pd.DataFrame({"a": [text]}), (Column("a", "A"),))
    assert csv(table, words).decode("utf-8-sig").split("\r\n")[1] == text


def test_three_decimals_in_csv_have_one_meaning(words):
    table = Table(pd.DataFrame({"b": [1.125, 12.5, 1500]}), (Column("b", "B", "number", 1),))
    expected = {"nb": ["1,1250", "12,5", "1500"], "en": ["1.1250", "12.5", "1500"]}
    assert csv(table, words).decode("utf-8-sig").split("\r\n")[1:4] == expected[words.lang]


def test_csv_starts_with_the_mark_that_spreadsheets_know_utf8_by(words):
    assert csv(TABLE, words).startswith(b"\xef\xbb\xbfSted")


def test_csv_has_the_headings_of_the_table_and_only_its_columns(words):
    assert lines(words)[0].replace(",", ";") == "Sted;Dato;Årsverk;Andel;Innbyggere"


def test_numbers_in_csv_have_no_rounding_and_no_noise(words):
    assert lines(words)[2].endswith({"nb": ";;0,3;2641", "en": ",,0.3,2641"}[words.lang])


def test_what_is_missing_is_empty_in_csv_and_zero_is_zero(words):
    assert lines(words)[3].replace(",", ";") == ";;0;;"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_starts_like_a_formula_is_written_as_text(words, start):
    table = Table(pd.DataFrame({"a": [f"{start}1"], "b": [-5.0]}), (Column("a", f"{start}A"), Column("b", "B", "number")))
    separator = {"nb": ";", "en": ","}[words.lang]
    rows = delimited.reader(io.StringIO(csv(table, words).decode("utf-8-sig"), newline=""), delimiter=separator)
    assert [row[0] for row in rows] == [f"'{start}A", f"'{start}1"]
    cell = book(table).active["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_what_looks_like_an_escape_of_excel_is_written_so_that_excel_shows_it():
    table = Table(pd.DataFrame({"a": ["_x000D_"]}), (Column("a", "A"),))
    assert book(table).active["A2"].value == "_x005F_x000D_"


def test_a_negative_number_is_a_number(words):
    table = Table(pd.DataFrame({"b": [-5.5]}), (Column("b", "B", "number", 1),))
    assert csv(table, words).decode("utf-8-sig").split("\r\n")[1] == {"nb": "-5,5", "en": "-5.5"}[words.lang]
    assert book(table).active["A2"].value == -5.5


# Workbook


def test_numbers_are_numbers_written_by_their_kind():
    row = book().active[2]
    assert [cell.value for cell in row] == ["Kárášjohka", "2019-04-12", 4.5, 0.125, 296234]
    assert [cell.number_format for cell in row[2:]] == ["#,##0.0", "0.0%", "#,##0"]


def test_the_heading_is_bold_and_stays_in_sight():
    sheet = book().active
    assert all(cell.font.bold for cell in sheet[1]) and not any(cell.font.bold for cell in sheet[2])
    assert sheet.freeze_panes == "A2"


def test_columns_are_wide_enough_for_their_words():
    assert book().active.column_dimensions["A"].width >= len("Kárášjohka")


def test_missing_cells_are_empty_and_zero_is_zero():
    assert [cell.value for cell in book().active[4]] == [None, None, 0, None, None]


def test_the_second_sheet_says_what_the_first_is():
    assert [tuple(cell.value for cell in row) for row in book().worksheets[1]] == ABOUT
    assert {cell.data_type for row in book().worksheets[1] for cell in row} == {"s"}


def test_no_clock_is_in_the_workbook():
    with zipfile.ZipFile(io.BytesIO(xlsx(TABLE, ABOUT))) as file:
        assert {entry.date_time for entry in file.infolist()} == {(2000, 1, 1, 0, 0, 0)}
    properties = book().properties
    assert properties.created == properties.modified and properties.created.year == 2000
    assert xlsx(TABLE, ABOUT) == xlsx(TABLE, ABOUT)


# On the page


def test_the_table_on_the_page_is_written_the_readers_way(words):
    expected = {
        "nb": ["Kárášjohka", "12.\u00a0april 2019", "4,5", "12,5\u00a0%", "296\u00a0234"],
        "en": ["Kárášjohka", "12\u00a0April 2019", "4.5", "12.5%", "296,234"],
    }
    assert list(shown(TABLE, words).iloc[0]) == expected[words.lang]
    assert list(shown(TABLE, words)) == [column.heading for column in COLUMNS]


def test_what_is_missing_is_a_dash_on_the_page_and_zero_is_zero(words):
    assert list(shown(TABLE, words).iloc[2]) == ["–", "–", words.number(0, 1), "–", "–"]


def test_a_hidden_number_stays_hidden(words):
    table = Table(pd.DataFrame({"served": ["<5", 12]}), (Column("served", "Deltakere", "whole"),))
    assert list(shown(table, words)["Deltakere"]) == ["<5", "12"]
    assert b"<5" in csv(table, words) and book(table).active["A2"].value == "<5"


def test_a_number_in_a_column_of_words_is_still_a_number(words):
    table = Table(pd.DataFrame({"goal": [50, 2.5]}), (Column("goal", "Mål"),))
    assert list(shown(table, words)["Mål"]) == [words.number(50), words.number(2.5, 1)]
    assert [cell.value for cell in book(table).active["A"]] == ["Mål", 50, 2.5]
