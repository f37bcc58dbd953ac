"""Quality and outcomes: with public facts, with the example, with some tables only, in both languages."""

import pytest

from ipsdash.text.words import Words

PAGES = ("quality", "outcomes")


def served(site: str, quarter: str, **numbers: object) -> dict[str, object]:
    return {"site_id": site, "quarter": quarter} | numbers


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("dataset", ["", "example"])
@pytest.mark.parametrize("page", PAGES)
def test_the_page_opens_in_both_languages(visit, page, dataset, lang):
    opened = visit(page, lang=lang, **({"dataset": dataset} if dataset else {}))
    assert not opened.app.exception
    assert Words(lang)("footer.line") in opened.words


@pytest.mark.parametrize("page", PAGES)
def test_the_public_facts_say_what_is_missing_and_lead_to_the_example(visit, page):
    opened = visit(page)
    assert "er ikke kjent: ingen" in opened.headline and "i malen på siden Data" in opened.words
    next(one for one in opened.app.button if one.label == "Vis med eksempeldata").click().run()
    assert not opened.app.exception
    assert "er ikke kjent" not in opened.headline


def test_the_public_facts_have_the_published_results(visit):
    words = visit("quality").words
    assert "97 (lavest av seks forsøkssentre) og 109 (høyest av seks forsøkssentre)" in words
    assert "må bekreftes mot manualen" in words and "god: 100–114" in words
    table = visit("outcomes").app.table[0].value
    assert len(table) == 6 and table["Samme mål?"].tolist() == ["Som vårt"] * 3 + ["Et annet mål"] * 3
    assert table["Definisjon"].str.contains("definisjonen ble endret i april 2024").any()


def test_the_example_leads_with_its_numbers(visit):
    assert visit("quality", dataset="example").headline == "4 av 11 steder er minst «god» i den nyeste kvalitetsmålingen (30. september 2026)"
    assert visit("outcomes", dataset="example").headline.startswith("3. kvartal 2026: ")


def test_reviews_without_any_numbers_of_people(visit, with_tables):
    # 25 items of 4 make 100: good.
    whole = tuple({"site_id": "alta", "date": "2019-02", "item": item, "score": 4} for item in range(1, 26))
    with_tables(fidelity=(*whole, {"site_id": "bodo", "date": "2018", "score": 73}, {"site_id": "leknes", "date": "2019-03", "item": 1, "score": 2}))
    opened = visit("quality", date="2019-04-12")
    assert not opened.app.exception
    assert opened.headline.startswith("1 av 2 steder er minst «god»")
    assert "Samlet skåre er ikke oppgitt for Alta" in opened.words
    assert "Den nyeste målingen av Leknes har hverken samlet skåre" in opened.words
    assert "Tallene for deltakerne per sted er ikke lagt inn" in opened.words
    opened.choose("fidelity-sites-view", "table")
    assert opened.app.table[0].value["Nivå"].tolist() == ["god", "under grensen for IPS"]


def test_people_without_reviews_or_staff(visit, with_tables):
    # Without staff every site may be one person's work: nothing is shown.
    with_tables(service=tuple(served(site, "2024Q1", served=40, working=15, caseload=38, started=8) for site in ("alta", "bodo")))
    for lang in ("nb", "en"):
        opened = visit("outcomes", lang=lang)
        assert not opened.app.exception
    assert "hidden" in opened.words
    quality = visit("quality")
    assert not quality.app.exception and "Bemanningen per sted er ikke lagt inn" in quality.words


def test_a_rate_with_its_interval_from_a_workbook(visit, with_tables):
    # 15 + 21 of 40 + 60 = 36 %; Wilson's interval of 36 of 100 is 27 to 46 %.
    staff = tuple({"site_id": site, "quarter": "2024Q1", "fte": 3, "headcount": 3} for site in ("alta", "bodo"))
    with_tables(
        staffing=staff, service=(served("alta", "2024Q1", served=40, working=15, caseload=38), served("bodo", "2024Q1", served=60, working=21, caseload=63)),
    )
    opened = visit("outcomes")
    assert opened.headline == "1. kvartal 2024: 36 av 100 deltakere var i arbeid (36 %)"
    assert "27–46 % er 95 %-intervallet" in opened.words
    # 38 and 63 on 3 full-time posts: 12.7 and 21.
    assert "1 av 2 steder har mer enn 20 deltakere per årsverk (1. kvartal 2024)" in visit("quality").words


def test_only_quarters_by_the_date_can_be_chosen(visit):
    opened = visit("outcomes", dataset="example", date="2024-06-30")
    box = next(one for one in opened.app.selectbox if one.key == "quarter")
    assert [one.replace("\u00a0", " ") for one in box.options] == ["2. kvartal 2024", "1. kvartal 2024", "4. kvartal 2023"]
    assert "2026" not in opened.headline


def test_hidden_missing_and_numbers_read_differently_in_the_table(visit):
    opened = visit("outcomes", dataset="example")
    opened.choose("sites-served-view", "table")
    cells = opened.app.table[0].value["Med kontakt"].tolist()
    assert {"skjermet", "ikke rapportert"} <= set(cells) and any(one.isdecimal() for one in cells)
    assert "tall om deltakerne skjermet" in opened.words


def test_the_link_keeps_quarter_measure_and_site(visit):
    opened = visit("outcomes", dataset="example", quarter="2024Q4", measure="job_starts", site="eksempel-a")
    assert opened.headline.startswith("4. kvartal 2024")
    assert "Nye jobber: " in opened.words
    state = opened.app.session_state
    assert (state["quarter"], state["measure"], state["site"]) == ("2024Q4", "job_starts", "eksempel-a")


def test_my_area_has_its_own_sites_and_the_regions_rate(visit):
    words = visit("outcomes", dataset="example", area="dps:lofoten").words
    assert "Tallene for regionen gjelder hele Nord-Norge. Stedene under er de i Lofoten." in words
    assert visit("quality", dataset="example", area="dps:lofoten").headline.startswith("0 av 1 sted")


def test_the_numbers_of_the_headline_are_in_the_table_behind_its_chart(visit):
    opened = visit("outcomes", dataset="example")
    assert opened.headline.startswith("3. kvartal 2026: 255 av 683 deltakere var i arbeid (37 %)")
    newest = opened.choose("working-rate-view", "table").app.table[0].value.iloc[-1]
    assert (newest["I arbeid"], newest["Med kontakt"], newest["Andel"].replace("\u00a0", " ")) == ("255", "683", "37,3 %")
