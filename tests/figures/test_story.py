"""The story: which slides there are, in which order, and what a presenter may change of them."""

import pytest

from ipsdash.figures.borders import borders
from ipsdash.figures.letters import width
from ipsdash.figures.stage import MAP_LINES, MAP_ROOM, TITLE_LINES, WIDE, short_title, title_lines
from ipsdash.figures.story import arranged
from ipsdash.tables.load import load
from ipsdash.text.words import Words
from tests.conftest import PUBLIC
from tests.told import told

ORDER = ("title", "growth", "map-2017-04", "map-2019-04-12", "sites", "goal", "empty", "need", "need-map", "next", "unknown", "sources")
# A title of 200 characters.
LONG = ("Hvor langt har IPS kommet, hvor finnes det og hvor mangler det, og hva koster det å komme dit for kommunene, helseforetaket og Nav i Nord-Norge "
        "når alle med alvorlige psykiske lidelser som ønsker arbeid, skal få tilbud")[:200]  # fmt: skip


@pytest.fixture(scope="module")
def tables():
    return load(PUBLIC).tables


@pytest.fixture(scope="module")
def lines(tables):
    return borders(PUBLIC / "geo", tables)


def by_name(slides):
    return {slide.name: slide for slide in slides}


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_story_of_the_public_facts_has_these_slides_in_this_order(tables, lines, lang):
    assert tuple(slide.name for slide in told(tables, lines, lang=lang)) == ORDER


def test_every_slide_has_a_finding_notes_and_where_it_is_from(tables, lines):
    for slide in told(tables, lines):
        assert slide.title and slide.notes
        assert slide.credit or slide.name in ("unknown", "sources")


def test_only_dates_up_to_the_chosen_one_have_a_map(tables, lines):
    assert [name for name in by_name(told(tables, lines, "2017-04")) if name.startswith("map")] == ["map-2017-04"]


def test_from_three_dates_on_one_slide_has_a_small_map_of_each(delivery):
    delivery.add("observations", like=7, date="2018-06", area_id="region:nord", value="20")
    tables = load(delivery.folder).tables
    found = by_name(told(tables, borders(PUBLIC / "geo", tables)))
    assert [name for name in found if name.startswith("map")] == ["map-2017-04", "map-2018-06", "map-2019-04-12", "maps"]
    assert [chart.title.replace("\u00a0", " ") for chart in found["maps"].small] == ["april 2017", "juni 2018", "12. april 2019"]


def test_at_a_date_without_catchments_the_slides_that_need_them_are_left_out(tables, lines):
    assert not {"need-map", "next"} & set(by_name(told(tables, lines, "2017-04")))


def test_the_scenario_and_the_layer_change_what_the_slides_say(tables, lines):
    plain, broad = by_name(told(tables, lines)), by_name(told(tables, lines, changed={"target_group": "broad"}, layer="population"))
    assert "74" in plain["need"].title and "164" in broad["need"].title
    assert plain["map-2019-04-12"].title != broad["map-2019-04-12"].title


def test_the_order_that_cannot_be_settled_leads_the_slide_of_the_next_posts(tables, lines):
    assert "kan ikke avgjøres" in by_name(told(tables, lines))["next"].title


def test_the_last_slide_names_every_source_of_the_others(tables, lines):
    slides = told(tables, lines)
    used = {source for slide in slides for source in (slide.chart.sources if slide.chart else ())}
    publishers = tables.sources.set_index("source").loc[sorted(used), "publisher"].dropna()
    line = by_name(slides)["sources"].points[0]
    assert all(publisher.split(" / ")[0] in line for publisher in publishers)


def test_the_address_stands_short_on_the_slide_and_whole_in_the_notes(tables, lines):
    slide = by_name(told(tables, lines, link="https://ips.example/?lang=nb&stay=1.2"))["sources"]
    assert any(point.endswith("https://ips.example/") for point in slide.points)
    assert any("stay=1.2" in note for note in slide.notes)


def test_slides_are_chosen_ordered_and_told_in_own_words(tables, lines):
    slides = told(tables, lines)
    found = arranged(Words("nb"), slides, ["need", "nothing", "title"], {"need": "Vår tittel"}, {"need": "Husk kaffen"})
    assert [slide.name for slide in found] == ["need", "title"]
    assert found[0].title == "Vår tittel"
    assert found[0].notes[0] == "Husk kaffen" and found[0].notes[1:] == by_name(slides)["need"].notes


@pytest.mark.parametrize("name", ["growth", "map-2019-04-12"])
def test_a_title_of_200_characters_is_cut_behind_a_word_and_whole_in_the_notes(tables, lines, name):
    slide = arranged(Words("nb"), told(tables, lines), [name], {name: LONG}, {})[0]
    assert slide.title.endswith("…") and LONG.startswith(slide.title[:-1]) and LONG[len(slide.title) - 1] in " ,.!"
    assert LONG in slide.notes[0]


@pytest.mark.parametrize("on_map", [False, True])
@pytest.mark.parametrize("title", [LONG, "x" * 200, "kort", "Unjárga - Nesseby og Guovdageaidnu - Kautokeino med áčđŋšŧž " * 3])
def test_a_title_fits_its_slide(title, on_map):
    lines = title_lines(short_title(title, on_map), on_map)
    assert len(lines) <= (MAP_LINES if on_map else TITLE_LINES)
    assert all(width(line, 52, 600) <= (MAP_ROOM if on_map else WIDE - 128) for line in lines)


def test_a_title_that_fits_is_left_as_it_is():
    assert short_title("45 av 50 jobbspesialister", False) == "45 av 50 jobbspesialister"
