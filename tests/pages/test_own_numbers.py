"""A programme's own tables are shown by the same pages, without a change of code."""

import pytest

QUARTERS = ("2021-01", "2021-04", "2021-07", "2021-10")
# site: full years' numbers by quarter. Kirkenes gives none in the third.
STAFF = {"alta": (2, 3, 3, 4), "tromso": (6, 6, 7, 8), "kirkenes": (1, 2, None, 2)}


@pytest.fixture
def quarterly(delivery, monkeypatch):
    """The public tables with specialists at three sites in four quarters, made up."""
    for site, numbers in STAFF.items():
        for date, number in zip(QUARTERS, numbers):
            if number is not None:
                cells = {"date": date, "area_id": "", "site_id": site, "value": str(number), "bound": "exact", "source": "judgement"}
                delivery.add("observations", 4, **cells, note_nb="", note_en="")
    monkeypatch.setenv("IPSDASH_DATA", str(delivery.folder))


def test_every_date_of_the_tables_can_be_chosen(quarterly, visit):
    options = [box.options for box in visit().app.selectbox if box.key == "date"]
    assert options == [["april 2017", "12.\u00a0april 2019", "januar 2021", "april 2021", "juli 2021", "oktober 2021"]]


def test_growth_shows_a_line_per_site_and_a_small_chart_for_each(quarterly, visit):
    words = visit("growth").words
    assert "Utviklingen på hvert sted og i hvert område" in words
    assert "Flest jobbspesialister: Tromsø med 8 (oktober 2021)" in words
    for title in ("Alta: 4 (oktober 2021)", "Tromsø: 8 (oktober 2021)", "Kirkenes: 2 (oktober 2021)"):
        assert title in words


def test_growth_sums_sites_to_health_trusts(quarterly, visit):
    words = visit("growth", by="trust").words
    # Alta 4 + Kirkenes 2 are the only ones of Finnmark's two sites.
    assert "Finnmarkssykehuset: 6 (oktober 2021)" in words


def test_a_sum_without_one_open_site_is_at_least(quarterly, visit):
    # July: Alta 3, Kirkenes gave none.
    assert "Finnmarkssykehuset: minst 3 (juli 2021)" in visit("growth", by="trust", date="2021-07").words


def test_the_public_tables_show_no_development_by_site(visit):
    assert "Utviklingen på hvert sted og i hvert område" not in visit("growth").words


def test_a_catchment_and_a_region_without_people_are_told_and_the_rest_of_the_page_stands(visit, delivery, monkeypatch):
    monkeypatch.setenv("IPSDASH_DATA", str(delivery.folder))
    heading, *rows = delivery.rows("population")
    home = {row[0] for row in delivery.rows("catchments")[1:] if row[1] == "leknes"}
    area, people = heading.index("area_id"), heading.index("population_18_66")
    for row in rows:
        row[people] = "0" if row[area] in home else row[people]
    delivery.write("population", [heading, *rows])
    opened = visit("coverage")
    assert not opened.app.exception and "er lagt inn for Leknes. Behovet der er null" in opened.words
    for row in rows:
        row[people] = "0"
    delivery.write("population", [heading, *rows])
    for page in ("coverage", "next", "scenarios"):
        opened = visit(page)
        assert not opened.app.exception and "så behovet er null" in opened.words


def test_numbers_of_every_site_settle_where_the_next_posts_go(visit, delivery, monkeypatch):
    monkeypatch.setenv("IPSDASH_DATA", str(delivery.folder))
    for place, row in enumerate(delivery.rows("sites")[1:]):
        delivery.add("observations", like=8, date="2019-04-12", area_id="", site_id=row[0], indicator="specialists", value=str(3 + (place == 8) * 3),
                     unit="positions_or_persons", bound="exact")
    opened = visit("next")
    assert not opened.app.exception
    assert opened.headline.startswith("5 nye stillinger: Tromsø")
    assert "Legg inn tallene for hvert sted" not in opened.words


def test_outpatients_that_are_missing_leave_the_need_spread_by_people(visit, delivery, monkeypatch):
    monkeypatch.setenv("IPSDASH_DATA", str(delivery.folder))
    delivery.write("specialist_care", [row for row in delivery.rows("specialist_care") if row[0] != "dps:lofoten"])
    opened = visit("coverage", weights="specialist_care")
    assert not opened.app.exception and "Pasienttall mangler for Lofoten" in opened.words
    assert "om lag 74 jobbspesialister" in opened.headline
