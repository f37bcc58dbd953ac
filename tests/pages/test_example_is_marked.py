"""Nobody can take the invented example for real numbers: it is marked on every page, chart, file and slide."""

import pytest
from ipsdash.text.words import Words
from ipsdash.ui import deck
from tests.pages.conftest import PAGES

MARKS = {"nb": "EKSEMPELDATA, oppdiktede tall.", "en": "EXAMPLE DATA, invented numbers."}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_so_on_top_and_in_the_lines_that_name_its_sources(visit, page):
    seen = visit(page, dataset="example", place="eksempel-a")
    assert not seen.app.exception
    assert any("alle steder og tall er oppdiktet" in one.value for one in seen.app.warning)
    if page not in ("presentation", "data", "method"):
        lines = [line for line in seen.words.splitlines() if "Kilde:" in line]
        assert lines and all(MARKS["nb"] in line for line in lines), page


@pytest.mark.parametrize("lang", MARKS)
def test_every_slide_and_what_it_shows_says_so(lang):
    me, chosen = deck.asked({"dataset": "example", "lang": lang})
    slides = deck.slides(me, chosen)
    assert len(slides) > 8 and all(slide.credit.startswith(MARKS[lang]) for slide in slides)
    assert all(slide.chart.credit.startswith(MARKS[lang]) for slide in slides if slide.chart)
    assert deck.page(me, chosen).count(MARKS[lang]) >= len(slides)


def test_files_that_have_no_other_place_say_so_in_their_name():
    assert Words("nb", "example").file("growth") == "eksempeldata-growth"
    assert Words("en", "example").file("growth") == "example-data-growth"
    assert Words("en").file("growth") == "growth"


def test_no_place_of_the_example_is_on_a_page_of_the_public_facts(visit):
    for page in ("overview", "map", "people", "outcomes"):
        assert "Eksempelsted" not in visit(page).words
