"""Roll-out and people: with public facts, with the example, with some tables only, in both languages."""

import pytest

from ipsdash.text.words import Words

PAGES = ("rollout", "people")
STAFF_COLUMNS, STEP_COLUMNS = ("site_id", "quarter", "fte", "headcount", "vacant", "joiners", "leavers"), ("site_id", "stage", "date")
STAFF = (
    ("alta", "2024Q3", "2", "2", "1", "1", "0"),
    ("alta", "2024Q4", "3", "3", "0", "1", "0"),
    ("tromso", "2024Q4", "1", "1", "1", "0", "ukjent"),
)
STEPS = (
    ("alta", "leadership_agreement", "2022-03"), ("alta", "cooperation_agreement", "2022-09"), ("alta", "grant", ""),
    ("tromso", "cooperation_agreement", ""),
)  # fmt: skip


def named(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> tuple[dict[str, str], ...]:
    return tuple(dict(zip(columns, row)) for row in rows)


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
    assert "er ikke lagt inn" in opened.headline
    assert "i malen på siden Data" in opened.words
    next(one for one in opened.app.button if one.label == "Vis med eksempeldata").click().run()
    assert not opened.app.exception
    assert opened.app.session_state["dataset"] == "example"
    assert "er ikke lagt inn" not in opened.headline
    # The newest date of the example, not the one that was kept of the public facts.
    assert opened.app.session_state["date"].startswith("2026")


def test_the_public_facts_of_the_roll_out(visit):
    words = visit("rollout").words
    assert "13 mill. kroner" in words and "Nordlandssykehuset" not in words.split("13 mill. kroner")[0]
    assert "Vanskeligst er samarbeidet mellom Nav og helse" in words
    assert "Vanskeligst er samarbeidet mellom Nav og helse" not in visit("rollout", dataset="example").words


def test_the_public_facts_of_people_are_a_number_without_posts(visit):
    assert "45 jobbspesialister" in visit("people").words
    assert "hvor mange som var ledige, og hvem som sluttet, er ikke publisert" in visit("people").words


def test_the_example_leads_with_its_numbers(visit):
    assert visit("rollout", dataset="example").headline == (
        "10 av 12 steder har samarbeidsavtale mellom kommune, sykehus og Nav. 4 steder har ventet mer enn 12 måneder på neste steg."
    )
    people = visit("people", dataset="example")
    assert people.headline == "38,6 av 42,1 vedtatte årsverk er besatt (3. kvartal 2026). 1 av 12 steder har færre enn to ansatte."
    # Where leavers are not hidden 10 left of 37 people on average; 50 - 38.6; and 11.4 + 10/37 * (38.6 + 50) / 2 * 15 / 12.
    assert "27 %" in people.words and "minst 10 sluttet" in people.words
    assert "trengs 11,4 flere årsverk, og om lag 26" in people.words


def test_a_sum_without_a_site_is_at_least(visit):
    people = visit("people", dataset="example", date="2024-06-30")
    assert people.headline.startswith("Minst 21,5 av minst 24,5 vedtatte årsverk er besatt (2. kvartal 2024)")
    assert "«Minst» står der" in people.words
    # What is needed is seen from the newest quarter that all sites are in.
    assert "Årsverk som må fylles fra mars 2024" in people.words and "trengs høyst" not in people.words


def test_an_area_shows_its_own_sites_and_says_that_the_goal_is_the_regions(visit):
    opened = visit("people", dataset="example", area="dps:lofoten")
    assert opened.headline.startswith("1,0 av 2,0 vedtatte årsverk")
    assert "Det er ikke satt noe mål for Lofoten" in opened.words


def test_a_workbook_with_staff_only(visit, with_tables):
    with_tables(staffing=named(STAFF_COLUMNS, STAFF))
    people = visit("people")
    assert not people.app.exception
    # Alta 3, Tromsø 1 of 2; the other twelve sites have not reported.
    assert people.headline == "Minst 4,0 av minst 5,0 vedtatte årsverk er besatt (4. kvartal 2024). 1 av 14 steder har færre enn to ansatte."
    assert "Andelen som slutter, kan ikke regnes ut" in people.words
    people.choose("staffing-sites-view", "table")
    table = people.app.table[0].value
    cells = {row["IPS-sted"]: row for _, row in table.iterrows()}
    assert (cells["Tromsø"]["Sluttet"], cells["Tromsø"]["Begynte"], cells["Kirkenes"]["Årsverk"]) == ("ukjent", "skjermet", "ikke rapportert")
    assert "er ikke lagt inn" in visit("rollout").headline


def test_a_workbook_with_steps_only(visit, with_tables):
    with_tables(rollout=named(STEP_COLUMNS, STEPS))
    opened = visit("rollout", date="2019-04-12")
    # In 2019 nothing of it had been done.
    assert not opened.app.exception and opened.headline.startswith("Minst 0 av 14 steder")
    opened = visit("rollout")
    assert opened.headline == "Minst 1 av 14 steder har samarbeidsavtale mellom kommune, sykehus og Nav. Ingen steder har ventet mer enn 12 måneder på neste steg."
    assert "tolv steder har ikke rapportert noen steg" in opened.words.lower()
    opened.choose("rollout-steps-view", "table")
    cells = opened.app.table[0].value.set_index("IPS-sted").loc["Alta"]
    assert (cells["Samarbeidsavtale"], cells["Tilskudd er gitt"], cells["Fullt team"]) == ("september 2022", "ikke ennå", "ikke rapportert")
    assert "er ikke lagt inn" in visit("people").headline


def test_one_quarter_with_vacancies_at_one_site(visit, with_tables):
    with_tables(staffing=named(STAFF_COLUMNS, STAFF[:1]))
    opened = visit("people", lang="en")
    assert not opened.app.exception
    assert "it is the first quarter" in opened.words


def test_numbers_of_people_alone_still_make_a_page(visit, with_tables):
    with_tables(staffing=named(STAFF_COLUMNS, (("alta", "2024Q4", "", "2", "", "", ""),)))
    opened = visit("people")
    assert not opened.app.exception
    assert opened.headline.startswith("Antall besatte årsverk er ikke kjent for noe sted i 4. kvartal 2024.")


CHARTS = {"rollout": ("rollout-steps", "rollout-map"), "people": ("staffing-sites", "staffing-quarters", "staffing-moves", "staffing-recruits")}


@pytest.mark.parametrize("view", ["table", "download"])
@pytest.mark.parametrize("page", PAGES)
def test_each_chart_has_its_table_and_its_files(visit, page, view):
    opened = visit(page, dataset="example", **{f"{name}-view": view for name in CHARTS[page]})
    assert not opened.app.exception
    assert view == "download" or len(opened.app.table) >= len(CHARTS[page])
