"""Charts of the need: their sentences and tables say what the model computed."""

import re

import pytest

from ipsdash.domain.assumptions import assumed
from ipsdash.domain.growth import goals_at, progress, specialists
from ipsdash.domain.need import places
from ipsdash.domain.posts import posts
from ipsdash.domain.remaining import next_posts, remaining
from ipsdash.figures import need as charts
from ipsdash.figures import next as following
from ipsdash.figures.borders import borders
from ipsdash.figures.chart import Bar, Dot
from ipsdash.figures.need_map import UNITS, need_map
from ipsdash.tables.load import load
from ipsdash.text.words import Words
from tests.conftest import PUBLIC

APRIL, NORTH = "2019-04-12", "region:nord"
LANGUAGES = ("nb", "en")


@pytest.fixture(scope="module")
def tables():
    return load(PUBLIC).tables


@pytest.fixture(scope="module")
def left(tables):
    return remaining(tables, APRIL, {}, posts(tables, APRIL), 50.0)


@pytest.fixture(scope="module")
def lines(tables):
    return borders(PUBLIC / "geo", tables)


@pytest.fixture(scope="module")
def way(tables):
    return progress(specialists(tables, NORTH), goals_at(tables, NORTH, APRIL), assumed(tables.assumptions, APRIL, {}))


def names(tables):
    return charts.catchment_names(tables.sites, tables.areas.set_index("area_id")["official_name"].to_dict())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_posts_goal_and_need_are_in_one_picture_and_in_its_words(tables, left, way, lang):
    chart = charts.need_chart(Words(lang), tables.sources, left, way)
    assert all(number in chart.alternative and number in chart.title for number in ("45", "50", "74"))
    assert "44" in chart.alternative and "113" in chart.alternative
    ends = [(round(mark.low), round(mark.high)) for mark in chart.marks if isinstance(mark, Bar)]
    assert ends == [(0, 45), (0, 50), (44, 113), (0, 74)]
    assert chart.quality == "modelled"


def test_overlapping_ranges_are_not_ranked_but_stand_in_geographic_order(tables, left):
    chart = charts.unmet_chart(Words("nb"), tables.sources, left, names(tables))
    assert left.catchments["tier"].nunique() == 1
    assert [name for _, name in chart.y.ticks][:14] == list(tables.sites["name"])
    assert "kan ikke avgjøres" in chart.title


def test_facts_and_choices_do_not_look_alike_in_the_tornado(tables, left):
    chart = charts.tornado_chart(Words("nb"), tables.sources, left)
    looks = [mark.meaning for mark in chart.marks if isinstance(mark, Bar)]
    assert looks.count("fact") == 8 and looks.count("choice") == 3
    assert {meaning for meaning, _ in chart.legend} == {"fact", "choice", "now"}


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_map_shows_the_number_and_its_doubt_of_every_catchment(tables, left, lines, unit, lang):
    homes = places(tables, APRIL, "population")
    chart = need_map(Words(lang), tables, lines, left, homes, names(tables), unit, NORTH)
    dots = [mark for mark in chart.marks if isinstance(mark, Dot)]
    assert len(dots) == 16 and all(re.search(r"\(\d+–\d+\)$", dot.label) for dot in dots)
    assert sum(dot.meaning == "area_without" for dot in dots) == 2
    sure = dict(zip(left.catchments["site_id"], left.catchments["sure"]))
    assert all((dot.meaning == "unmet_sure") == (sure[dot.key] >= 0.8) for dot in dots if dot.meaning != "area_without")
    assert "Midt-Finnmark" in chart.title and "Nord-Troms" in chart.title


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_placed_post_has_a_reason_in_words(tables, lang):
    found = next_posts(tables, APRIL, {}, posts(tables, APRIL), 40)
    table = following.placed_table(Words(lang), found, names(tables), {"tromso": (0.5, 0.0), "bodo": (0.5, 0.2)}, 2)
    assert len(table.frame) + found.not_placed == 40
    assert table.frame["reason"].str.len().min() > 40
    assert found.sites["after"].sum() == 45 + len(found.placed)


def test_the_split_by_outpatients_stands_beside_the_one_by_people(tables, left):
    table = charts.unmet_table(Words("nb"), left.catchments, names(tables))
    beside = dict(zip(left.catchments["catchment"], table.frame["in_post_care"]))
    assert sum(beside.values()) == 45 and beside["dps:nord-troms"] == 0
    assert "in_post_care" in [column.name for column in table.columns]
