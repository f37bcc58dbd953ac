"""Coverage, next posts and scenarios as a reader opens them: presets, links with faults, own scenarios."""

import pytest

NEED_PAGES = ("coverage", "next", "scenarios")
NEED = {"goal-50": 45, "half": 37, "everyone": 74, "broad": 82, "english": 54}


@pytest.mark.parametrize(("scenario", "need"), NEED.items())
def test_a_preset_leads_with_its_need(visit, scenario, need):
    assert f"om lag {need} jobbspesialister" in visit("coverage", scenario=scenario).headline


def test_the_choices_that_make_fifty_enough_and_those_that_do_not(visit):
    words = visit("coverage").words
    enough, _, lacking = words[words.index("50 stillinger er nok") :].partition("De er ikke nok")
    assert "«Psykose og bipolar» og alle (behov 37)" in enough and "«Alvorlig psykisk lidelse» og 60 % (behov 45)" in enough
    assert "«Alvorlig psykisk lidelse» og alle (behov 74)" in lacking and "«Alle i psykisk helsevern» og alle (behov 164)" in lacking
    assert "Hvordan målet på 50 ble satt, er ikke publisert" in lacking


def test_what_cannot_be_settled_comes_before_the_list_of_next_posts(visit):
    opened = visit("next")
    assert opened.headline == "Hvor 5 nye stillinger bør gå, kan ikke avgjøres uten tall per sted"
    assert "Legg inn tallene for hvert sted" in opened.words


def test_more_posts_than_are_lacking_leave_a_named_rest(visit):
    words = visit("next", served_share="0.55", posts="40").words
    assert "Du ba om 40 stillinger" in words and "39 stillinger er ikke plassert" in words


def test_no_cost_is_told_until_one_is_entered(visit):
    assert "kroner i året koster" not in visit("next").words
    assert "5 stillinger til 750 000 kroner i året koster 3 750 000 kroner i året" in visit("next", cost="750000").words


@pytest.mark.parametrize("page", NEED_PAGES)
@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"scenario": "gold"}, "«gold» for «Scenario», som ikke finnes"),
        ({"served_share": "1.5"}, "Tallet må være fra 10 % til 100 %"),
        ({"caseload": "0"}, "Tallet må være fra 10 til 25"),
        ({"target_group": "everybody"}, "narrow, official, broad"),
        ({"stay": "long"}, "Tallet må være fra 0,3 år til 3,0 år"),
        ({"mine": "A~served_share=2"}, "Noen av scenarioene i lenken kan ikke leses"),
        ({"mine": "A~prevalence=0.1"}, "Noen av scenarioene i lenken kan ikke leses"),
    ],
)
def test_a_faulty_link_is_told_and_the_rest_of_the_page_stands(visit, page, link, said):
    opened = visit(page, **link)
    assert not opened.app.exception
    assert said in opened.words
    assert opened.headline == visit(page).headline


@pytest.mark.parametrize("page", NEED_PAGES)
def test_a_date_without_known_catchments_still_has_the_regions_need(visit, page):
    opened = visit(page, date="2017-04")
    assert not opened.app.exception
    assert opened.headline


def test_a_link_restores_a_scenario_exactly(visit):
    link = "Vårt forslag~served_share=0.55~stay=1.25"
    opened = visit("coverage", mine=link, scenario="mine:Vårt forslag")
    assert "om lag 46 jobbspesialister" in opened.headline
    assert opened.app.query_params["mine"] in (link, [link])


def test_another_scenario_begins_without_what_was_changed_of_the_one_before(visit):
    opened = visit("coverage", stay="1.7")
    assert "om lag 94 jobbspesialister" in opened.headline
    opened.choose("scenario", "half")
    assert "om lag 37 jobbspesialister" in opened.headline


def test_choices_made_on_one_page_hold_on_the_others(visit):
    opened = visit("coverage", target_group="narrow").go("next").go("coverage")
    assert "om lag 37 jobbspesialister" in opened.headline


@pytest.mark.parametrize(("page", "link"), [("coverage", {"served_shar": "0.5"}), ("map", {"gold": "1"})])
def test_a_key_that_is_no_choice_is_told(visit, page, link):
    assert f"«{next(iter(link))}», som ikke er noe valg her" in visit(page, **link).words


@pytest.mark.parametrize("link", [{"area": "dps:nowhere"}, {"date": "2099"}, {"posts": "99"}, {"within": "45"}, {"who": "all"}])
def test_a_choice_that_cannot_be_had_is_told_by_its_name(visit, link):
    assert len(visit("next", **link).app.warning) == 1


@pytest.mark.parametrize("page", ["coverage", "next", "scenarios"])
def test_with_an_area_of_mine_the_page_says_whose_numbers_they_are_and_what_mine_are(visit, page):
    said = " ".join(one.value for one in visit(page, area="county:nordland").app.info)
    assert "gjelder hele Nord-Norge" in said.replace("\u00a0", " ") and "Nordland" in said and "36 (22–56)" in said


@pytest.mark.parametrize(("given", "said"), [("900 000", "4 500 000"), ("-5", "ikke et antall kroner"), ("0", "ikke et antall kroner"), ("abc", "ikke et antall kroner")])
def test_a_cost_is_read_as_people_write_it_or_refused_in_words(visit, given, said):
    opened = visit("next")
    next(one for one in opened.app.text_input if one.key == "cost").input(given).run()
    assert said in opened.words + " ".join(one.value for one in opened.app.warning)


def test_a_scenario_that_is_kept_stands_in_the_comparison_and_it_is_said(visit):
    opened = visit("scenarios", served_share="0.7")
    next(one for one in opened.app.text_input if one.key == "own_name").input("Vårt forslag").run()
    next(one for one in opened.app.button if one.key == "own-save").click().run()
    assert "mine:Vårt forslag" in opened.app.query_params["compare"]
    assert any("Vårt forslag" in one.value for one in opened.app.success)
    assert len([one for one in opened.app.button if one.key.startswith("own-remove")]) == 1


def test_no_more_than_four_scenarios_stand_side_by_side_and_the_fifth_is_named(visit):
    opened = visit("scenarios", served_share="0.7")
    assert "fire scenarioer" in opened.words
    assert any("Ikke vist: Bred målgruppe, halvparten" in one.value for one in opened.app.info)


@pytest.mark.parametrize("posts", ["5", "40"])
def test_stability_is_that_of_the_posts_that_are_placed(visit, posts):
    from ipsdash.domain.posts import posts as held
    from ipsdash.domain.remaining import next_posts
    from ipsdash.tables.load import load
    from tests.conftest import PUBLIC

    tables = load(PUBLIC).tables
    following = next_posts(tables, "2019-04-12", {"served_share": 0.55}, held(tables, "2019-04-12"), int(posts))
    assert len(following.placed) == 1
    assert following.sites["stability"].sum() <= 1 + 1e-9
