"""A whole edition as CSV files, in both languages, is read back without a change; so is a chart's table."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from ipsdash.export.csv_files import csv_file
from ipsdash.export.editions import whole_folder, whole_workbook
from ipsdash.export.tables import csv
from ipsdash.figures.chart import Column, Table
from ipsdash.store.deliveries import received
from ipsdash.store.places import example_path
from ipsdash.store.records import Content
from ipsdash.store.tables import contents
from ipsdash.tables.columns import COLUMNS
from ipsdash.tables.delimited import read_csv
from ipsdash.tables.load import Tables, checked_sheets, load
from ipsdash.tables.readers import read, read_over
from ipsdash.tables.schemas import TABLES
from tests.conftest import PUBLIC
from tests.store.broken import HEADS, row
from tests.workbooks import workbook

STRANGE = "=1+1 og _x000D_\nny linje; «sitat» \"sitat\", 'apostrof'"


@pytest.fixture(scope="module")
def edition() -> tuple[dict[str, Content], Tables]:
    """All tables with rows: the example on the public facts, with cells that spreadsheets like to change."""
    sheets, remarks = read(PUBLIC)
    sheets, _ = read_over(example_path(), sheets)
    cells = sheets["staffing"].cells
    for column, texts in {"fte": ["1.1250", "ukjent", "0.5"], "note_nb": [STRANGE.replace("_x", "_x"), "2019-04", "'-5"]}.items():
        cells.iloc[: len(texts), cells.columns.get_loc(column)] = texts
    loaded = checked_sheets(sheets, remarks)
    assert loaded.faults == ()
    return contents(sheets), loaded.tables


def unpacked(kept: dict[str, Content], lang: str, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(whole_folder(kept, lang))) as packed:
        packed.extractall(folder)
    return folder


def same(tables: Tables, others: Tables) -> None:
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(tables, name), getattr(others, name), obj=name)


def test_an_edition_as_csv_files_is_read_back_without_a_change(edition, words, tmp_path):
    kept, tables = edition
    again = load(unpacked(kept, words.lang, tmp_path))
    assert again.faults == () and {one.rule for one in again.notes} <= {"other_separator", "decimal_comma"}
    same(again.tables, tables)


def test_an_edition_that_was_read_back_gives_the_same_files(edition, words, tmp_path):
    kept, _ = edition
    folder = unpacked(kept, words.lang, tmp_path / "first")
    again, _ = read(folder)
    assert whole_folder(contents(again), words.lang) == whole_folder(kept, words.lang)


def test_an_edition_as_a_workbook_is_read_back_without_a_change(edition, tmp_path):
    kept, tables = edition
    (tmp_path / "alt.xlsx").write_bytes(whole_workbook(kept))
    again = load(tmp_path / "alt.xlsx")
    assert (again.faults, again.notes) == ((), ())
    same(again.tables, tables)


def test_every_file_has_the_form_of_its_language(edition, words):
    with zipfile.ZipFile(io.BytesIO(whole_folder(edition[0], words.lang))) as packed:
        for name in packed.namelist():
            content = packed.read(name)
            heading = content.decode("utf-8-sig").split("\r\n")[0]
            assert content.startswith(b"\xef\xbb\xbf"), name
            assert (";" in heading) == (words.lang == "nb") and ("," in heading) == (words.lang == "en"), name


def test_no_month_stands_in_a_form_that_excel_makes_a_day_of(edition, words, tmp_path):
    folder = unpacked(edition[0], words.lang, tmp_path)
    for path in (folder / "tables").glob("*.csv"):
        lines, _ = read_csv(path, path.name)
        heading = lines.rows[0][1]
        dates = [place for place, name in enumerate(heading) if name in COLUMNS and COLUMNS[name].kind == "date"]
        assert not [texts for _, texts in lines.rows[1:] if any(len(texts[place]) == 7 and "-" in texts[place] for place in dates)]


def test_the_table_of_a_chart_is_read_back_without_a_change(words, tmp_path):
    frame = pd.DataFrame({
        "a": [STRANGE, "2019-04", "'=x", "1.5"], "b": [1.125, -5.5, 296234.0, None], "c": ["2019-04", "2019", "2019-04-12", None],
    })  # fmt: skip
    table = Table(frame, (Column("a", "Sted"), Column("b", "Tall", "number", 1), Column("c", "Dato", "date")))
    path = tmp_path / "tabell.csv"
    path.write_bytes(csv(table, words))
    lines, faults = read_csv(path, path.name)
    assert not [one for one in faults if one.level == "fault"]
    texts = [cells for _, cells in lines.rows[1:]]
    assert [cells[0] for cells in texts] == list(frame["a"])
    assert [cells[1].replace(",", ".") for cells in texts] == ["1.1250", "-5.5", "296234", ""]
    assert [cells[2] for cells in texts] == ["2019M04", "2019", "2019-04-12", ""]


def test_a_delivery_published_and_taken_out_again_is_the_same(words, tmp_path):
    given = workbook(staffing=[list(HEADS["staffing"]), row("staffing", fte=1.125, headcount="1.500", note_nb="a_x000D_\nb")])
    one = received("tall.xlsx", given, None, PUBLIC, True)
    again = load(unpacked(contents(one.sheets), words.lang, tmp_path))
    assert again.faults == ()
    same(again.tables, one.loaded.tables)
    assert again.tables.staffing[["fte", "headcount", "note_nb"]].iloc[0].to_list() == [1.125, 1500, "a\nb"]


def test_a_workbook_holds_numbers_as_numbers(edition):
    book = openpyxl.load_workbook(io.BytesIO(whole_workbook(edition[0])))
    heading = [cell.value for cell in book["staffing"][1]]
    column = [cell.value for cell in list(book["staffing"].columns)[heading.index("fte")]][1:4]
    assert column == [1.125, "ukjent", 0.5]


def test_missing_is_empty(words):
    separator = {"nb": ";", "en": ","}[words.lang]
    assert csv_file([[None, float("nan"), 0]], words.lang).decode("utf-8-sig") == f"{separator}{separator}0\r\n"
