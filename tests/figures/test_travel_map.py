"""The map of travel: its finding, its colours and its table say the same minutes."""

import pandas as pd
import pytest

from ipsdash.domain.need import places
from ipsdash.domain.travel import BANDS
from ipsdash.figures.borders import borders
from ipsdash.figures.chart import Area, Dot
from ipsdash.figures.travel_map import travel_map
from ipsdash.tables.load import load
from ipsdash.text.words import Words
from tests.conftest import PUBLIC

APRIL, NORTH = "2019-04-12", "region:nord"


@pytest.fixture(scope="module")
def tables():
    return load(PUBLIC).tables


@pytest.fixture(scope="module")
def lines(tables):
    return borders(PUBLIC / "geo", tables)


@pytest.fixture(scope="module")
def homes(tables):
    return places(tables, APRIL, "population")[["area_id", "site_id", "people"]]


def ways(homes, minutes):
    """Everybody's way from the own site, as these minutes in turn."""
    served = homes[homes["site_id"] != ""]
    turn = [minutes[place % len(minutes)] for place in range(len(served))]
    return pd.DataFrame({"destination": served["area_id"], "minutes": turn, "own": True, "quality": "modelled", "source": "judgement"})


def drawn(tables, lines, homes, own, new=(), minutes=60):
    names = {**tables.areas.set_index("area_id")["name"], **tables.sites.set_index("site_id")["name"]}
    return travel_map(Words("en"), tables, lines, own, homes, new, names, minutes, NORTH)


@pytest.mark.parametrize("minutes", BANDS)
def test_title_and_table_count_the_people_within_the_chosen_time(tables, lines, homes, minutes):
    own = ways(homes, [20, 50, 80, 110, 300, float("nan")])
    chart = drawn(tables, lines, homes, own, minutes=minutes)
    lived = homes.set_index("area_id")["people"]
    near = lived[own.loc[own["minutes"] <= minutes, "destination"]].sum() / lived.sum()
    unknown = lived[own.loc[own["minutes"].isna(), "destination"]].sum() / lived.sum()
    assert chart.title == f"{near:.0%} live at most {minutes} minutes from their IPS site; for {unknown:.0%} the travel time is unknown"
    assert chart.table.frame["people_18_66"].sum() == pytest.approx(lived.sum())
    assert chart.table.frame["share"].sum() == pytest.approx(1)


def test_a_longer_way_an_unknown_one_and_no_site_each_have_a_look_of_their_own(tables, lines, homes):
    own = ways(homes, [20, 50, 80, 110, 300, float("nan")])
    looks = {mark.key: mark.meaning for mark in drawn(tables, lines, homes, own).marks if isinstance(mark, Area) and mark.key}
    expected = {20: "class_1", 50: "class_2", 80: "class_3", 110: "class_4", 300: "class_5"}
    for _, row in own.iterrows():
        assert looks[row["destination"]] == expected.get(row["minutes"], "no_data")
    assert {looks[one] for one in homes.loc[homes["site_id"] == "", "area_id"]} == {"no_site"}


def test_new_sites_stand_on_the_map_beside_those_there_are(tables, lines, homes):
    lacking = homes.loc[homes["site_id"] == "", "area_id"].iloc[0]
    dots = [mark for mark in drawn(tables, lines, homes, ways(homes, [20]), (lacking,)).marks if isinstance(mark, Dot)]
    assert [(dot.key, dot.meaning) for dot in dots][-1] == (lacking, "new_site")
    assert sum(dot.meaning == "site" for dot in dots) == homes.loc[homes["site_id"] != "", "site_id"].nunique() == 14
