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


def test_faults_and_notes_about_counts_of_people_quote_no_number(delivery, monkeypatch, visit):
    heading = delivery.rows("service")[0]
    same = {"site_id": "alta", "quality": "reported", "source": "programme"}
    rows = (
        {"quarter": "2024Q1", "caseload": "7771", "days_to_contact": "7772,5"},
        {
            "quarter": "2024Q2",
            "started": "7773",
            "closed_cases": "0",
            "caseload": "7774",
            "note_nb": "7775 sluttet",
        },
        {"quarter": "2024Q3", "served": "om lag 7776"},
    )
    delivery.write(
        "service", [heading, *([(same | row).get(name, "") for name in heading] for row in rows)]
    )
    monkeypatch.setenv("IPSDASH_DATA", str(delivery.folder))
    for lang, said in (
        ("nb", "Det går ikke opp med kvartalet før"),
        ("en", "It does not add up with the quarter before"),
    ):
        opened = visit(lang=lang)
        assert not opened.app.exception
        assert said in opened.words and "service.csv" in opened.words and "777" not in opened.words


def test_how_hidden_cells_were_written_is_no_note_for_readers(delivery, monkeypatch, visit):
    heading = delivery.rows("service")[0]
    row = {
        "site_id": "alta",
        "quarter": "2024Q1",
        "started": "3",
        "days_to_contact": "777,5",
        "quality": "reported",
        "source": "programme",
    }
    delivery.write("service", [heading, [row.get(name, "") for name in heading]])
    delivery.change("observations", 4, value="45,0")
    monkeypatch.setenv("IPSDASH_DATA", str(delivery.folder))
    opened = visit("data")
    assert not opened.app.exception
    assert (
        "observations.csv" in opened.words
        and "service.csv" not in opened.words
        and "777" not in opened.words
    )
