"""The page of one site: open, closed, without numbers, of one person, by a municipality, of another dataset."""

import pytest

from ipsdash.ui.controls import SITE_SHOWN


def test_without_a_place_every_site_can_be_chosen(visit):
    opened = visit("site")
    assert not opened.app.exception and opened.headline == "Velg et IPS-sted"
    box = next(box for box in opened.app.selectbox if box.key == SITE_SHOWN)
    assert len(box.options) == 14
    opened.choose(SITE_SHOWN, "alta")
    assert opened.headline.startswith("Alta er i drift") and opened.app.query_params["place"] == "alta"


def test_the_public_facts_show_what_they_have_and_say_what_they_lack(visit):
    opened = visit("site", place="bodo")
    assert not opened.app.exception and opened.headline == "Bodø er i drift; egne tall for stedet er ikke lagt inn"
    assert "5 kommuner med 40 786 innbyggere mellom 18 og 66 år" in opened.words
    assert "Nærmeste IPS-steder i luftlinje: Fauske (44 km)" in opened.words
    for part in ("Stegene i innføringen", "Bemanningen", "Ingen kvalitetsmåling", "Tallene for deltakerne", "Penger til stedet"):
        assert part in opened.words


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_a_site_of_the_example_has_all_of_it(visit, lang):
    opened = visit("site", dataset="example", place="eksempel-f", lang=lang)
    assert not opened.app.exception
    parts = {"nb": ("Innføringen, steg for steg", "Deltakerne", "Penger", "Et besatt årsverk kostet", "Lavest i siste måling", "skjermet"),
             "en": ("The roll-out, step by step", "Participants", "Money", "A filled full-time post cost", "Lowest in the last review", "hidden")}  # fmt: skip
    assert [part for part in parts[lang] if part not in opened.words] == []


def test_a_closed_and_merged_site_says_so_and_keeps_its_history(visit):
    opened = visit("site", dataset="example", place="eksempel-b")
    assert not opened.app.exception and opened.headline == "Eksempelsted B er lagt ned (31. desember 2024)"
    assert "Slått sammen med Eksempelsted A" in opened.words and "Ingen kommuner hører til stedet" in opened.words
    assert "3. kvartal 2024" in opened.words


def test_before_it_opens_a_site_is_not_open(visit):
    opened = visit("site", dataset="example", place="eksempel-k", date="2024-09-30")
    assert not opened.app.exception and opened.headline == "Eksempelsted K er ikke åpnet ennå (30. september 2024)"


def test_the_outcomes_of_a_site_of_one_person_are_hidden_without_the_reason(visit):
    opened = visit("site", dataset="example", place="eksempel-j")
    assert not opened.app.exception and "skjermet" in opened.words
    assert "Skjermet: tallet kunne røpe noe om enkeltpersoner" in opened.words and "én jobbspesialist" not in opened.words


def test_a_municipality_leads_to_the_site_that_serves_it_and_stays_chosen(visit):
    opened = visit("map", place="municipality:1838").go("site")
    assert opened.headline.startswith("Bodø er i drift") and "Gildeskål hører til Bodø" in opened.words
    assert opened.app.query_params["place"] == "municipality:1838"


def test_a_municipality_without_a_known_site_says_so(visit):
    opened = visit("site", place="municipality:5610")
    assert not opened.app.exception and opened.headline == "Velg et IPS-sted"
    assert "Kárášjohka – Karasjok hører ikke til noe kjent IPS-sted" in opened.words


@pytest.mark.parametrize("link", [{"place": "eksempel-a"}, {"place": "alta", "dataset": "example"}])
def test_a_site_of_other_numbers_is_not_chosen_and_told(visit, link):
    opened = visit("site", **link)
    assert not opened.app.exception and opened.headline == "Velg et IPS-sted"
    assert f"Lenken ber om «{link['place']}»" in opened.words


def test_the_map_leads_to_the_site_and_keeps_what_is_chosen(visit):
    opened = visit("map", place="alta", lang="en", area="county:finnmark")
    links = [one.proto for one in opened.app.get("page_link")]
    assert "All about Alta" in [one.label for one in links]
    assert opened.go("site").headline.startswith("Alta is in operation")
    assert opened.app.session_state["area"] == "county:finnmark"


def test_a_workbook_with_fidelity_alone_shows_quality_and_says_what_is_lacking(visit, delivery, monkeypatch):
    heading = delivery.rows("fidelity")[0]
    cells = {"site_id": "alta", "date": "2019-03", "score": "92", "quality": "reported", "source": "judgement"}
    delivery.write("fidelity", [heading, [cells.get(column, "") for column in heading]])
    monkeypatch.setenv("IPSDASH_DATA", str(delivery.folder))
    opened = visit("site", place="alta")
    assert not opened.app.exception and opened.headline == "Alta: kvalitetsskåre 92 (nokså god)"
    assert "Bemanningen er ikke lagt inn for stedet" in opened.words and "Neste måling: innen" in opened.words


def test_the_site_that_another_page_names_is_not_lost_here(visit):
    opened = visit("outcomes", dataset="example", site="eksempel-f", place="eksempel-a").go("site").go("outcomes")
    assert opened.app.session_state["site"] == "eksempel-f" and opened.app.session_state["place"] == "eksempel-a"
