"""The map of the region and the facts of a place: what is drawn, what is said, and what is not known."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from ipsdash.figures.borders import borders
from ipsdash.figures.chart import Area, Chart, Dot
from ipsdash.figures.facts import facts
from ipsdash.figures.map import Borders, region_map
from ipsdash.tables.load import Tables, load
from ipsdash.text.words import Words

DATA = Path(__file__).parents[2] / "data"
NB = Words("nb")
EARLY, NOW = "2017-04", "2019-04-12"


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load(DATA).tables


@pytest.fixture(scope="module")
def lines(tables) -> Borders:
    return borders(DATA / "geo", tables)


def drawn(tables: Tables, lines: Borders, layer: str = "evidence", date: str = NOW, area: str = "region:nord") -> Chart:
    return region_map(NB, tables, lines, layer, date, area)


def dots(chart: Chart) -> list[Dot]:
    return [mark for mark in chart.marks if isinstance(mark, Dot)]


def plain(text: str) -> str:
    """The text with ordinary spaces, so that a test can be read."""
    return text.replace("\u00a0", " ")


def meanings(chart: Chart) -> dict[str, str]:
    return {mark.key: mark.meaning for mark in chart.marks if isinstance(mark, Area) and mark.key}


def test_the_14_sites_from_kirkenes_to_bronnoysund_in_2019(tables, lines):
    chart = drawn(tables, lines)
    assert [dots(chart)[place].label for place in (0, -1)] == ["Kirkenes", "Brønnøysund"]
    assert len(dots(chart)) == 14
    assert plain(chart.title) == "14 IPS-steder fra Kirkenes til Brønnøysund (12. april 2019)"


def test_the_evidence_of_each_site_is_what_its_row_says(tables, lines):
    looks = {"named": "named", "named_undated": "named_undated", "named_later": "named_later", "inferred": "site_inferred"}
    said = tables.sites.set_index("site_id")["evidence"].map(looks)
    assert {dot.key: dot.meaning for dot in dots(drawn(tables, lines))} == said.to_dict()


def test_in_2017_two_places_are_documented_and_the_rest_unknown(tables, lines):
    chart = drawn(tables, lines, date=EARLY)
    known = [dot.label for dot in dots(chart) if dot.meaning == "named"]
    assert sorted(known) == ["Bodø", "Sortland"]
    assert {dot.meaning for dot in dots(chart) if dot.label not in known} == {"site_unknown"}
    assert "5 jobbspesialister" in plain(chart.title) and "resten er ukjent" in chart.title


def test_nord_troms_and_midt_finnmark_are_areas_without_a_known_site(tables, lines):
    dps = tables.areas.set_index("area_id")["dps_area"]
    empty = {key for key, meaning in meanings(drawn(tables, lines)).items() if meaning == "no_site"}
    assert {tables.areas.set_index("area_id")["name"][dps[key]] for key in empty} == {"Nord-Troms", "Midt-Finnmark"}
    assert empty == set(dps.index[dps.isin(set(dps[list(empty)]))])


def test_in_2017_no_area_is_said_to_be_without_a_site(tables, lines):
    assert set(meanings(drawn(tables, lines, date=EARLY)).values()) == {"land"}


def test_a_municipality_with_a_site_of_its_own_is_told_from_one_that_is_assigned(tables, lines):
    found = meanings(drawn(tables, lines, "catchments"))
    own = set(tables.sites["municipality"])
    assert {key for key, meaning in found.items() if meaning == "own_site"} == own


@pytest.mark.parametrize(("people", "class_"), [(999, "class_1"), (1_000, "class_2"), (9_999, "class_4"), (10_000, "class_5")])
def test_a_class_holds_its_lower_end(tables, lines, people, class_):
    changed = tables.population.assign(population_18_66=people)
    chart = drawn(replace(tables, population=changed), lines, "population")
    assert set(meanings(chart).values()) == {class_}


def test_specialists_are_shown_only_where_a_source_gives_a_number(tables, lines):
    chart = drawn(tables, lines, "specialists")
    assert [dot.label for dot in dots(chart) if dot.label[-1] in "+0123456789"] == ["Sortland 1+", "Bodø 3+", "Mo i Rana 3"]
    assert set(meanings(chart).values()) == {"assigned", "no_data"}


def test_a_county_is_seen_closer_than_the_region(tables, lines):
    whole, county = drawn(tables, lines), drawn(tables, lines, area="county:finnmark")
    assert whole.x.low < county.x.low < county.x.high <= whole.x.high
    assert len(dots(county)) == len(dots(whole))


def test_when_every_site_gives_a_number_the_map_says_where_there_are_most_and_fewest(tables, lines):
    given = tables.observations.iloc[[1]].drop(columns=["site_id", "value", "area_id", "date", "bound"])
    numbers = {site: 2 for site in tables.sites["site_id"]} | {"bodo": 8, "tromso": 8, "leknes": 1}
    rows = [given.assign(site_id=site, value=float(value), area_id=None, date=NOW, bound="exact") for site, value in numbers.items()]
    own = replace(tables, observations=pd.concat([tables.observations, *rows], ignore_index=True))
    assert plain(drawn(own, lines, "specialists").title) == "Flest jobbspesialister: Tromsø og Bodø med 8, færrest: Leknes med 1 (12. april 2019)"
    # By hand: Leknes serves 14 943 people aged 18 to 66, Brønnøysund 7 961: 1 / 14 943 and 2 / 7 961.
    title = plain(drawn(own, lines, "per_100000").title)
    assert title.startswith("Flest jobbspesialister per 100 000: Brønnøysund med 25,1, færrest: Leknes med 6,7")


def test_a_site_without_a_number_leaves_the_most_unsaid(tables, lines):
    assert "Flest" not in drawn(tables, lines, "specialists").title + drawn(tables, lines, "per_100000").title


# Nav teams


def test_nav_teams_are_of_their_own_day_whatever_date_is_looked_at(tables, lines):
    early, now = (drawn(tables, lines, "nav_teams", date) for date in (EARLY, NOW))
    assert plain(early.title) == plain(now.title) == "15 Nav-team for IPS i nord (21. august 2026)"
    assert dots(early) == dots(now)


def test_teams_in_one_municipality_are_one_dot_that_names_them_all(tables):
    third = tables.nav_teams.iloc[[2]].assign(team="IPS Alta 2")
    more = replace(tables, nav_teams=pd.concat([tables.nav_teams, third], ignore_index=True))
    alta = [dot for dot in dots(drawn(more, borders(DATA / "geo", more), "nav_teams")) if dot.key == "municipality:5601"]
    assert [(dot.label, plain(dot.note)) for dot in alta] == [("Alta (2)", "IPS Alta og IPS Alta 2 (21. august 2026)")]


def test_a_team_can_be_asked_for_by_its_municipality(tables, lines):
    for dot in dots(drawn(tables, lines, "nav_teams")):
        assert dict(facts(NB, tables, dot.key, NOW))["Nav-team"] == dot.note


# Facts


def test_the_facts_of_a_site(tables):
    said = dict(facts(NB, tables, "bodo", NOW))
    assert said["IPS-sted"] == "Bodø – Bådåddjo"
    assert plain(said["Jobbspesialister"]) == "minst 3 (januar 2019)"
    assert said["I drift fra"] == "2012"


def test_what_is_not_known_of_a_site_is_said(tables):
    said = dict(facts(NB, tables, "fauske", EARLY))
    assert said["Jobbspesialister"] == said["Holder til i"] == "Ikke kjent"


def test_the_facts_of_a_municipality(tables):
    said = dict(facts(NB, tables, "municipality:1804", NOW))
    assert said["Kommune"].startswith("Bodø")
    assert said["Hører til IPS-sted"] == "Bodø"
    assert said["DPS-område"] and said["Helseforetak"] == "Nordlandssykehuset"


def test_a_municipality_without_a_site_has_none_and_before_the_list_it_is_unknown(tables):
    karasjok = tables.areas.set_index("name").loc["Karasjok", "area_id"]
    assert dict(facts(NB, tables, karasjok, NOW))["Hører til IPS-sted"] == "Uten kjent IPS-sted"
    assert dict(facts(NB, tables, karasjok, EARLY))["Hører til IPS-sted"] == "Ikke kjent"


def test_a_place_that_is_not_there_raises(tables):
    with pytest.raises(KeyError):
        facts(NB, tables, "municipality:9999", NOW)
