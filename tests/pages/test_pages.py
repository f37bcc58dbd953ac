"""Every page, in both languages, as the link says."""

import pytest

from ipsdash.text.words import Words

PAGES = ("overview", "growth", "map", "coverage", "next", "scenarios", "data", "method")


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages(visit, page, lang):
    opened = visit(page, lang=lang)
    assert not opened.app.exception
    assert Words(lang)("footer.line") in opened.words


def test_norwegian_comes_first(visit):
    assert visit().headline == (
        "Nord-Norge hadde 45 av 50 jobbspesialister ved siste kjente telling, i april 2019. "
        "Målet skulle vært nådd i april 2022; ingen har publisert tall siden."
    )


def test_the_headline_is_made_from_the_numbers_of_the_date(visit):
    assert visit(date="2017-04").headline == "Nord-Norge hadde 5 av 50 jobbspesialister i april 2017. Fristen for målet er april 2022."


def test_english_by_the_link(visit):
    assert visit(lang="en").headline == (
        "Northern Norway had 45 of 50 job specialists at the last known count, in April 2019. "
        "The goal was due in April 2022; nothing has been published since."
    )


def test_a_language_we_do_not_have_gives_norwegian(visit):
    opened = visit(lang="xx")
    assert not opened.app.exception
    assert "jobbspesialister" in opened.headline


@pytest.mark.parametrize("link", [{"area": "dps:nowhere"}, {"date": "1999"}, {"layer": "gold"}, {"place": "atlantis"}])
def test_a_link_that_names_nothing_gives_the_default(visit, link):
    opened = visit("map", **link)
    assert not opened.app.exception
    assert opened.headline == "14 IPS-steder fra Kirkenes til Brønnøysund (12. april 2019)"


def test_my_area_is_described_on_the_overview(visit):
    # Lofoten: Leknes; Flakstad, Moskenes, Værøy, Vestvågøy and Vågan belong to it.
    words = visit(area="dps:lofoten").words
    assert "DPS" not in words.split("Lofoten")[0][-20:]
    assert "Lofoten: 1 kjent IPS-sted" in words


def test_the_list_beside_the_map_says_what_the_map_says(visit):
    sites, teams = visit("map").words, visit("map", layer="nav_teams", date="2017-04").words
    assert "Brønnøysund" in sites and "IPS Sør-Helgeland" not in sites
    assert "IPS Sør-Helgeland (21. august 2026)" in teams and "Ikke kjent om stedet var i drift" not in teams


@pytest.mark.parametrize(("key", "cell"), [("growth-view", "45"), ("map-view", "Karasjok")])
def test_the_charts_of_the_overview_have_their_tables(visit, key, cell):
    opened = visit()
    assert not opened.app.table
    opened.choose(key, "table")
    assert opened.app.table[0].value.astype(str).apply(lambda column: column.str.contains(cell)).to_numpy().any()


def test_only_a_chart_with_a_dashed_line_speaks_of_one(visit):
    assert "Stiplet strek forbinder to tellinger" in visit("growth").words
    assert "Stiplet strek" not in visit("growth", date="2017-04").words


def test_an_area_without_counts_says_so_and_shows_the_region(visit):
    words = visit("growth", area="dps:lofoten").words
    assert "Antall jobbspesialister er ikke kjent for Lofoten" in words


@pytest.mark.parametrize("page", PAGES)
def test_the_shared_choices_survive_a_change_of_page(visit, page):
    opened = visit("coverage", lang="en", area="trust:unn", date="2017-04").go(page)
    state = opened.app.session_state
    assert (state["lang"], state["area"], state["date"]) == ("en", "trust:unn", "2017-04")


def test_pace_and_plan_are_those_of_the_method(visit):
    words = visit("growth").words
    for number in ("20,0 i året", "1,67 i året", "8 %", "23"):
        assert number in words


def test_what_remains_stands_on_the_coverage_page(visit):
    opened = visit("coverage")
    assert opened.headline.startswith("Behovet er beregnet til om lag 74 jobbspesialister (44–113). 12. april 2019 var 45 i stilling")
    assert "95 % bor i en kommune som hører til et IPS-sted, men bare 34 %" in opened.words


def test_before_any_catchment_is_known_nothing_is_said_about_areas_without_a_site(visit):
    opened = visit("coverage", date="2017-04")
    assert "hvilke områder de dekket, er ikke kjent" in opened.headline
    assert "Hvilke kommuner hvert sted dekker, er ikke kjent for dette tidspunktet" in opened.words
    assert "Nord-Troms" not in opened.words
