"""Who pays, how long, and what does it cost: with the public facts, the example, and a workbook with money alone."""

import pytest

MONEY = (
    # year, site, entry, kroner, payer, posts, last day
    (2018, "alta", "budget", 1_800_000, "Kommunen", "2", ""), (2019, "alta", "budget", 1_900_000, "Kommunen", "2", "2019-12-31"),
    (2019, "bodo", "budget", 3_000_000, "Kommunen", "3", "2021-12-31"),
)  # fmt: skip


@pytest.fixture
def money_only(delivery, monkeypatch):
    """The public tables with the money of two sites, made up, and nothing else of a programme's."""
    for year, site, entry, nok, payer, posts, ends in MONEY:
        delivery.add("funding", 2, year=str(year), site_id=site, entry=entry, nok=str(nok), bound="exact", payer=payer, posts=posts, ends=ends, source="judgement", note_nb="", note_en="",
                     area_id={"alta": "municipality:5601", "bodo": "municipality:1804"}[site])
    monkeypatch.setenv("IPSDASH_DATA", str(delivery.folder))


def test_the_public_facts_tell_of_2018_and_of_the_whole_country(visit):
    opened = visit("funding")
    assert not opened.app.exception
    assert opened.headline == "Nord-Norge fikk 13 millioner kroner i tilskudd i 2018. Senere penger er ikke kjent."
    assert "tilsvarer høyst 29 % av utlysningen til hele landet, som var på minst 45 millioner kroner" in opened.words
    assert "Pengene til hvert sted er ikke lagt inn" in opened.words
    assert "Hva koster det" not in opened.words


def test_before_the_first_money_nothing_is_led_with(visit):
    opened = visit("funding", date="2017-04")
    assert not opened.app.exception and opened.headline == "Ingen penger er kjent for Nord-Norge ved dette tidspunktet."
    assert "Del av landets tilskudd" not in opened.words


def test_posts_without_a_last_day_are_not_said_to_last(visit):
    words = visit("funding", dataset="example", area="county:troms", date="2024-12-31").words
    assert "Ingen av de 10 stillingene har penger som er kjent å ta slutt innen 12 måneder" in words
    assert "0 av dem har penger som tar slutt innen 12 måneder; 5 har ingen sluttdato" in words


def test_the_table_of_the_country_has_all_calls_and_no_sum(visit):
    shown = visit("funding").choose("money-country-view", "table").app.table[0].value
    assert shown["Millioner kroner"].tolist() == ["45,0", "13,0", "50,0", "44,0"]
    assert shown["Nøyaktighet"].str.replace("\u00a0", " ").tolist() == ["minst 45 mill. kr", "13 mill. kr", "minst 50 mill. kr", "44 mill. kr"]


def test_an_area_without_money_shows_the_region_and_says_so(visit):
    opened = visit("funding", area="dps:lofoten", lang="en")
    assert opened.headline.startswith("Northern Norway was given NOK 13 million in grants in 2018")
    assert "No money is entered for Lofoten alone" in opened.words


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_example_shows_money_posts_and_costs_with_its_mark(visit, lang):
    opened = visit("funding", dataset="example", lang=lang)
    assert not opened.app.exception
    for part in {"nb": ("stillinger tar slutt innen 12 måneder", "Et besatt årsverk kostet", "skjermet"), "en": ("posts ends within 12 months", "A filled full-time post cost", "hidden")}[lang]:
        assert part.lower() in opened.words.lower()
    assert {"nb": "EKSEMPELDATA", "en": "EXAMPLE DATA"}[lang] in opened.words


def test_a_kind_of_money_is_chosen_by_the_link_and_one_there_is_not_is_told(visit):
    assert "Stedene i Nord-Norge brukte" in visit("funding", dataset="example", entry="spent").words
    assert "Lenken ber om «spent»" in visit("funding", entry="spent").words


def test_money_alone_gives_years_and_ends_and_says_what_costs_need(visit, money_only):
    opened = visit("funding")
    assert not opened.app.exception
    # 1.9 + 3; Alta's two posts end 31 December 2019, Bodø's three in 2021.
    assert opened.headline == "Stedene i Nord-Norge har budsjettert 4,9 millioner kroner for 2019. Pengene til 2 av 5 stillinger tar slutt innen 12 måneder."
    assert "Kostnad per årsverk er ikke kjent" in opened.words and "Bemanningen per sted er ikke lagt inn" in opened.words


def test_money_of_a_site_is_that_of_its_county(visit, money_only):
    assert "har budsjettert 3 millioner kroner for 2019" in visit("funding", area="county:nordland").headline
