"""With faulty tables the dashboard starts, and every page shows the list of faults and no number."""

import pytest

PAGES = ("overview", "growth", "map", "coverage", "data", "method")


@pytest.fixture
def faulty(delivery, monkeypatch):
    delivery.change("observations", 4, value="fem")
    delivery.change("sites", 3, lat="")
    monkeypatch.setenv("IPSDASH_DATA", str(delivery.folder))


@pytest.mark.parametrize("lang, title", [("nb", "Tallene har feil og vises ikke"), ("en", "The numbers have faults and are not shown")])
def test_the_list_of_faults_comes_in_the_readers_language(faulty, visit, lang, title):
    opened = visit(lang=lang)
    assert not opened.app.exception
    assert opened.headline == title
    for cell in ("tables/observations.csv", "tables/sites.csv", ">4<", ">3<", ">fem<", ">value<", ">lat<"):
        assert cell in opened.words


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_a_number_of_faulty_tables(faulty, visit, page):
    opened = visit(page)
    assert not opened.app.exception
    assert opened.headline == "Tallene har feil og vises ikke"
    assert "45 av 50" not in opened.words
    assert not opened.app.get("plotly_chart")


def test_a_folder_that_is_not_there_is_one_fault(monkeypatch, visit, tmp_path):
    monkeypatch.setenv("IPSDASH_DATA", str(tmp_path / "borte"))
    opened = visit()
    assert not opened.app.exception
    assert opened.headline == "Tallene har feil og vises ikke"
