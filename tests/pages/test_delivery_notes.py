"""What the check of a workbook read with a change, and what a new row brings, is seen on the page Data."""

import pytest

from ipsdash.export.release import delivered
from ipsdash.store.deliveries import received
from tests.conftest import PUBLIC
from tests.store.broken import HEADS, row
from tests.store.test_people import FOUR, STAFF, service
from tests.workbooks import goals, workbook


@pytest.fixture
def handed_in(visit, tmp_path, monkeypatch):
    """The page Data after a workbook was handed in."""
    monkeypatch.setenv("IPSDASH_STORE", str(tmp_path / "store"))

    def open_page(content: bytes, page: str = "data", **link: str):
        opened = visit(page, **link)
        opened.app.session_state["delivery"] = delivered(received("tall.xlsx", content, None, PUBLIC, False), None)
        opened.app.run()
        assert not opened.app.exception
        return opened

    return open_page


def staffing(**cells: object) -> bytes:
    return workbook(staffing=[list(HEADS["staffing"]), row("staffing", **cells)])


def cells(opened) -> set[str]:
    """What stands in the tables of the page."""
    return {str(cell).replace("\u00a0", " ") for table in opened.app.table for cell in table.value.to_numpy().ravel()}


@pytest.mark.parametrize(("lang", "said"), [("nb", "1 merknad om hvordan filen er lest"), ("en", "1 note on how the file was read")])
def test_notes_of_reading_are_shown(handed_in, lang, said):
    opened = handed_in(staffing(fte="2,5"), lang=lang)
    assert said in opened.words and "C2" in opened.words
    # The workbook can be had with its cells marked.
    assert any(one.proto.id.endswith("-marked") for one in opened.app.get("download_button"))


def test_a_reading_as_thousands_is_shown_as_a_warning(handed_in):
    words = handed_in(staffing(headcount="1.500")).words
    assert "Teksten «1.500» er lest som 1500" in words and "D2" in words


def test_two_readings_are_shown_as_a_fault_with_both(handed_in):
    words = handed_in(staffing(fte="1.500")).words
    assert "«1.500» kan bety 1500" in words and "eller 1,5 " in words


def test_a_workbook_without_notes_has_none(handed_in):
    assert "om hvordan filen er lest" not in handed_in(goals()).words


@pytest.mark.parametrize(("lang", "number"), [("nb", "2,5"), ("en", "2.5")])
def test_the_list_of_changes_has_the_values_of_new_rows(handed_in, lang, number):
    opened = handed_in(staffing(fte=2.5, headcount=3), lang=lang)
    assert {number, "3", "kirkenes 2024Q1"} <= cells(opened)


def test_the_list_of_changes_has_no_number_that_is_hidden(handed_in):
    opened = handed_in(workbook(staffing=STAFF, service=service(**FOUR)))
    rows = [tuple(row) for table in opened.app.table for row in table.value.astype(str).to_numpy() if len(row) == 6]
    started = {line[2]: line[5] for line in rows if line[3] == "Startet"}
    assert started["bodo 2024Q1"] == "30" and started["narvik 2024Q1"] == "skjermet"


def test_a_link_with_escaped_ampersands_opens_as_it_was_meant(visit):
    opened = visit(**{"date": "2017-04", "amp;lang": "en"})
    assert opened.app.session_state["lang"] == "en"
    assert "amp;" not in opened.words


@pytest.mark.parametrize("page", ["data", "presentation"])
def test_a_long_link_says_that_it_may_be_cut(visit, page):
    told = '{"title":["' + "x" * 150 + '","' + "y" * 1_900 + '"]}'
    assert "kan kutte lenker over 2 000 tegn" not in visit(page).words.replace("2000", "2 000")
    assert page == "data" or "kan kutte lenker over 2 000 tegn" in visit(page, told=told).words.replace("2000", "2 000")
