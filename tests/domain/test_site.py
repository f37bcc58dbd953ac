"""One site: what is its own, what it is near to, and when its numbers of people are one person's."""

from dataclasses import replace

import pandas as pd
import pytest

from ipsdash.domain.assumptions import assumed
from ipsdash.domain.site import serving, site
from tests.domain.worlds import world

AREAS = """
area_id        | kind         | parent   | dps_area | lat | lon
region:r       | region       |          |          |     |
county:c       | county       | region:r |          |     |
dps:d          | dps_area     | region:r |          |     |
municipality:1 | municipality | county:c | dps:d    | 68  | 15
municipality:2 | municipality | county:c | dps:d    | 69  | 15
municipality:3 | municipality | county:c | dps:d    | 71  | 15
"""
SITES = """
site_id | name | municipality   | lat | lon | opened  | closed
a       | A    | municipality:1 | 68  | 15  | 2018-01 |
b       | B    | municipality:2 | 69  | 15  | 2018-01 |
c       | C    | municipality:3 | 71  | 15  | 2018-01 |
d       | D    | municipality:1 | 68  | 15  | 2018-01 | 2019-06-30
e       | E    | municipality:3 | 71  | 15  | 2018-01 |
"""
CATCHMENTS = """
area_id        | site_id | valid_from
municipality:2 | a       | 2018-01
municipality:1 | a       | 2018-01
municipality:3 | d       | 2018-01
"""
PEOPLE = "area_id|year|population_18_66\nmunicipality:1|2018|300\nmunicipality:2|2018|200\nmunicipality:3|2018|100"
STAFF = """
site_id | quarter | fte | headcount | vacant | unknown
a       | 2019Q1  | 1   | 2         | 0      |
a       | 2019Q2  | 1   |           |        |
d       | 2019Q1  | 3   | 3         | 1      |
"""
STEPS = "site_id|stage|date\na|leadership_agreement|2018-01\na|grant|2020-01\nd|grant|2018-03"
SCORES = "site_id|date|item|score\na|2019-01||90\na|2019-01|3|2\nd|2019-01||100"
CELLS = ["level", "place", "period", "measure", "value", "state", "bound", "quality", "source"]
OUTCOMES = pd.DataFrame([
    ("site", "a", "2019Q1", "served", 30.0, "shown", "exact", "reported", "s2"), ("site", "d", "2019Q1", "served", 20.0, "shown", "exact", "reported", "s3"),
    ("site", "a", "2019", "started", 9.0, "shown", "at_least", "reported", "s2"), ("site", "a", "2020Q1", "served", 99.0, "shown", "exact", "reported", "s2"),
], columns=CELLS)  # fmt: skip


def seen(one: str, public, date: str = "2019-09-30"):
    tables = world(areas=AREAS, sites=SITES, catchments=CATCHMENTS, population=PEOPLE, staffing=STAFF, rollout=STEPS, fidelity=SCORES,
                   funding="year|area_id|site_id|entry|nok|payer\n2019|municipality:1|a|budget|5|K\n2019|municipality:1|d|budget|7|K\n2019|municipality:1||grant|9|K")
    return site(replace(tables, outcomes=OUTCOMES), one, date, assumed(public.assumptions, date, {})["value"])


def test_a_site_has_its_own_numbers_and_no_others(public):
    found = seen("a", public)
    assert found.staff["quarter"].tolist() == ["2019Q1", "2019Q2"]
    assert found.reviews["score"].tolist() == [90] and found.items["item"].tolist() == [3]
    assert found.money["nok"].tolist() == [5]
    assert found.steps["stage"].tolist() == ["leadership_agreement", "grant"]
    assert found.quarters.query("measure == 'served'")["value"].tolist() == [30]
    assert found.source.split() == ["s1", "s2"]


def test_only_what_was_known_by_the_date_counts(public):
    found = seen("a", public)
    assert "2020Q1" not in found.quarters["period"].tolist()
    assert found.steps.set_index("stage")["state"].to_dict()["grant"] in ("not_yet", "stuck")
    assert seen("a", public, "2018-06-30").staff.empty


def test_the_catchment_is_listed_from_the_nearest_on(public):
    found = seen("a", public).catchment
    assert found["area_id"].tolist() == ["municipality:1", "municipality:2"] and found["people"].tolist() == [300, 200]
    # One degree of latitude: 6371.0088 km * pi / 180.
    assert found["km"].tolist() == pytest.approx([0, 111.195], abs=1e-3)


def test_neighbours_are_the_nearest_sites_that_are_open(public):
    near = seen("a", public).neighbours
    assert near["site_id"].tolist() == ["b", "c", "e"] and near["km"].tolist() == pytest.approx([111.195, 333.585, 333.585], abs=1e-2)
    assert "d" in seen("a", public, "2019-03-31").neighbours["site_id"].tolist()


def test_a_closed_site_keeps_its_history_and_serves_nobody(public):
    found = seen("d", public)
    assert found.row["state"] == "closed" and found.catchment.empty
    assert found.staff["fte"].tolist() == [3] and not found.empty


def test_a_site_without_numbers_is_empty(public):
    found = seen("b", public)
    assert found.empty and found.quarters.empty and found.due["state"] == "never" and found.source == "s1"


def test_a_municipality_leads_to_the_open_site_that_serves_it(public):
    tables = world(areas=AREAS, sites=SITES, catchments=CATCHMENTS)
    assert serving(tables, "municipality:2", "2019-09-30") == "a"
    assert serving(tables, "municipality:3", "2019-03-31") == "d"
    # Closed on 30 June 2019; before 2018 nothing is known.
    assert serving(tables, "municipality:3", "2019-09-30") is None
    assert serving(tables, "municipality:2", "2017") is None
