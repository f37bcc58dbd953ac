"""A coordinator's first hour: the template as it comes, filled in, put in, mended, published, taken out: nothing is lost on the way."""

import io

import openpyxl
import pytest

from ipsdash.export.editions import whole_workbook
from ipsdash.export.release import delivered, to_publish
from ipsdash.export.workbook.template import template
from ipsdash.store.deliveries import received
from ipsdash.store.editions import open_store
from ipsdash.store.tables import contents, counts_people
from ipsdash.tables.load import load
from ipsdash.text.words import Words
from tests.conftest import PUBLIC

LANGUAGES = ("nb", "en")


def filled_in(content: bytes, **rows: list[dict[str, object]]) -> bytes:
    """A template with these rows below its example, each cell under the column's own name."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    by_table = {str(sheet["A1"].value)[1:]: sheet for sheet in book if str(sheet["A1"].value).startswith("_")}
    for table, given in rows.items():
        sheet = by_table[table]
        places = {cell.value: cell.column for cell in sheet[1]}
        first = next(row for row in range(4, sheet.max_row + 2) if not any(cell.value for cell in sheet[row]))
        for down, row in enumerate(given):
            for name, value in row.items():
                sheet.cell(first + down, places[name], value)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def public():
    return load(PUBLIC).tables


STAFF = {"site_id": "bodo", "quarter": "2024Q1", "fte": 4.5, "headcount": 5, "vacant": "ukjent", "joiners": 1, "leavers": 0, "quality": "reported", "source": "programme"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("filled", [False, True])
def test_the_template_as_it_comes_changes_nothing_and_has_no_fault(public, lang, filled):
    found = received("mal.xlsx", template(Words(lang), public, filled), None, PUBLIC).loaded
    assert (found.faults, found.warnings) == ((), ())
    for table in ("sites", "catchments", "goals", "funding", "assumptions", "population"):
        assert getattr(found.tables, table).equals(getattr(public, table)), table


@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_the_template_to_an_edition_and_out_again_nothing_is_lost(public, lang, tmp_path):
    content = filled_in(template(Words(lang), public), staffing=[STAFF, STAFF | {"quarter": "2024Q2", "vacant": 0}])
    one = delivered(received("tall.xlsx", content, None, PUBLIC, True), None)
    assert one.loaded.faults == ()
    store = open_store(tmp_path / "store")
    store.publish(to_publish(one), "Kari", "Første kvartal", None, counts_people=counts_people(one.sheets))
    path = tmp_path / "ut.xlsx"
    path.write_bytes(whole_workbook(store.contents(1)))
    again = load(path).tables
    assert list(again.staffing["fte"]) == [4.5, 4.5] and list(again.staffing["unknown"].fillna("")) == ["vacant", ""]
    for table in ("areas", "population", "sites", "goals", "assumptions", "sources"):
        assert getattr(again, table).equals(getattr(public, table)), table


def test_a_slip_is_told_in_its_cell_mended_and_gone(public):
    wrong = received("tall.xlsx", filled_in(template(Words("nb"), public), staffing=[STAFF | {"quarter": "1. kvartal"}]), None, PUBLIC)
    assert [(fault.cell, fault.rule) for fault in wrong.loaded.faults] == [("C4", "quarter_format")]
    right = received("tall.xlsx", filled_in(template(Words("nb"), public), staffing=[STAFF]), None, PUBLIC)
    assert right.loaded.faults == () and len(right.loaded.tables.staffing) == 1


def test_numbers_of_people_are_seen_as_such(public):
    row = {"site_id": "bodo", "quarter": "2024Q1", "served": 60, "caseload": 55, "quality": "reported", "source": "programme"}
    one = received("tall.xlsx", filled_in(template(Words("nb"), public), service=[row]), None, PUBLIC)
    assert counts_people(one.sheets) and one.loaded.faults == ()
    for moved in ({"joiners": 1, "leavers": ""}, {"joiners": "", "leavers": ""}):
        one = received("tall.xlsx", filled_in(template(Words("nb"), public), staffing=[STAFF | moved]), None, PUBLIC)
        assert counts_people(one.sheets) == (moved["joiners"] == 1)


def test_an_edition_knows_the_cell_that_each_of_its_numbers_stood_in(public, tmp_path):
    from ipsdash.store.tables import sheets
    from ipsdash.tables.load import checked_sheets

    one = received("tall.xlsx", filled_in(template(Words("nb"), public), staffing=[STAFF]), None, PUBLIC)
    store = open_store(tmp_path / "store")
    store.publish(contents(one.sheets), "Kari", "Første kvartal", None, counts_people=False)
    came = checked_sheets(sheets(store.contents(1)), []).origins["staffing"]
    assert (came.file, came.rows, came.letters["fte"]) == (one.sheets["staffing"].file, (4,), "D")
    assert checked_sheets(sheets(store.contents(1)), []).origins["areas"].letters == {}
