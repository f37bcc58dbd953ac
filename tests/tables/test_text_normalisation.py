"""Every text and id is normalised once on its way in, from every format."""

import unicodedata

import pytest

from ipsdash.store.deliveries import received
from ipsdash.tables.load import load
from ipsdash.tables.scenarios import read_scenarios
from ipsdash.tables.text_normalisation import escape_for_excel, normalise
from tests.conftest import PUBLIC
from tests.store.broken import HEADS, row
from tests.workbooks import workbook

TEXTS = {
    "linje_x000D_\nto": "linje\nto",
    "en_x000D__x000A_to": "en\nto",
    "a_x0020_b": "a b",
    "_x005F_x000D_": "_x000D_",
    "_x005f_": "_",
    "_xD83D__xDE00_": "😀",
    "_xZZZZ_ og _x12_": "_xZZZZ_ og _x12_",
    "a\r\nb\rc\u2028d": "a\nb\nc\nd",
    "12\u00a0000 og 3\u202f400 og 1\u2009kg": "12 000 og 3 400 og 1 kg",
    "Tromso\u0308": "Tromsö",
    "Ka\u0301ra\u0301s\u030cjohka": "Kárášjohka",
    "A\u030as": "Ås",
    "kirke\u200bnes\ufeff\u00ad": "kirkenes",
    "pling_x0007_": "pling",
    "👩\u200d💻": "👩\u200d💻",
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_has_its_normal_form(text):
    assert normalise(text) == TEXTS[text]
    assert unicodedata.is_normalized("NFC", normalise(text))


@pytest.mark.parametrize("text", ["_x000D_", "_x005F_", "_x005F_x000D_", "a_x0020_b", "plain", "_xyz_"])
def test_what_looks_like_an_escape_comes_back_from_a_workbook_as_it_was(text):
    assert normalise(escape_for_excel(text)) == text


@pytest.mark.parametrize("site", ["kirkenes_x000D_", "kirkenes\u00a0", "kirke\u200bnes", "kirkenes\r\n"])
def test_an_id_of_a_workbook_is_the_id_that_is_seen(site):
    content = workbook(staffing=[list(HEADS["staffing"]), row("staffing", site_id=site)])
    found = received("tall.xlsx", content, None, PUBLIC, True).loaded
    assert found.faults == () and found.tables.staffing["site_id"].iloc[0] == "kirkenes"


def test_a_note_of_a_workbook_is_normalised_once():
    note = "første_x000D_\nandre _x005F_x000D_"
    content = workbook(staffing=[list(HEADS["staffing"]), row("staffing", note_nb=note)])
    found = received("tall.xlsx", content, None, PUBLIC, True)
    assert found.loaded.tables.staffing["note_nb"].iloc[0] == "første\nandre _x000D_"


def test_a_heading_and_a_title_with_strange_blanks_are_those_that_are_seen():
    heading = ["site_id_x000D_", *HEADS["staffing"][1:-1], "note_en\u00a0"]
    content = workbook(**{"staffing\u00a0": [heading, row("staffing", fte="mange")]})
    (fault,) = received("tall.xlsx", content, None, PUBLIC, True).loaded.faults
    assert (fault.cell, fault.rule) == ("C2", "not_a_number")


def test_texts_of_csv_and_of_registers_are_normalised(delivery):
    delivery.change("goals", 2, note_nb="Mål_x000D_\r\nfor a\u030aret\u00a02022")
    register = delivery.folder / "sources.toml"
    register.write_text(register.read_text("utf-8").replace('publisher = "NAPHA"', 'publisher = "NAPHA_x000D_\u00a0"'), encoding="utf-8")
    tables = load(delivery.folder).tables
    assert tables.goals["note_nb"][0] == "Mål\nfor året 2022"
    assert "NAPHA" in set(tables.sources["publisher"]) and not tables.sources["publisher"].str.contains("_x|\u00a0").any()


def test_a_file_of_scenarios_is_normalised(assumed):
    content = '[[scenario]]\r\nname = "Va\u030art\u00a0forslag_x0020_2"\r\nserved_share\u00a0= 0.5\r\n'.encode()
    (scenario,), faults = read_scenarios(content, "mine.toml", assumed)
    assert (scenario.name, scenario.changed, faults) == ("Vårt forslag 2", {"served_share": 0.5}, [])


@pytest.fixture(scope="module")
def assumed():
    rows = load(PUBLIC).tables.assumptions
    return rows.drop_duplicates("assumption", keep="last").set_index("assumption")
