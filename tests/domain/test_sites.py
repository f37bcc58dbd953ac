"""What is known of a site at a date, and which site serves a municipality."""

import pytest

from ipsdash.domain.sites import catchments_at, counts, open_in, states, summed
from tests.domain.worlds import A_YEAR, drawn, world

SITES = """
site_id | municipality   | opened  | closed  | documented_by | evidence
old     | municipality:1 | 2012    |         |               | named
new     | municipality:2 | 2019-06 |         |               | named
shut    | municipality:3 | 2015    | 2018-01 |               | named
seen    | municipality:4 |         |         | 2017-02       | named_later
listed  | municipality:5 |         |         |               | inferred
never   | municipality:6 |         |         |               | inferred
"""
CATCHMENTS = """
area_id        | site_id | valid_from | source
municipality:1 | old     | 2019-01    | a
municipality:2 | old     | 2019-01    | a
municipality:2 | new     | 2019-06    | b
municipality:3 | shut    | 2017-01    | a
municipality:5 | listed  | 2019-01    | a
municipality:6 |         | 2019-01    | a
"""
TABLES = world(sites=SITES, catchments=CATCHMENTS)


@pytest.mark.parametrize(("site", "expected"), [
    #           2011       2017-02    2018-06    2019-06
    ("old", ("not_yet", "open", "open", "open")),
    ("new", ("not_yet", "not_yet", "not_yet", "open")),
    ("shut", ("not_yet", "open", "closed", "closed")),
    ("seen", ("unknown", "open", "open", "open")),
    ("listed", ("unknown", "unknown", "unknown", "open")),
    ("never", ("unknown", "unknown", "unknown", "unknown")),
])  # fmt: skip
def test_a_site_is_open_when_written_seen_or_listed_by_then(site, expected):
    found = [states(TABLES.sites, TABLES.catchments, date).set_index("site_id")["state"][site] for date in ("2011", "2017-02", "2018-06", "2019-06")]
    assert tuple(found) == expected


def test_evidence_of_a_later_date_is_no_opening_date(public):
    # Seen in 2022 as Nav teams: in 2017 it is not known whether they were open.
    found = states(public.sites, public.catchments, "2017-04").set_index("site_id")["state"]
    assert sorted(found[found == "open"].index) == ["bodo", "sortland"]
    assert set(found.drop(["bodo", "sortland"])) == {"unknown"}


def test_all_fourteen_are_there_by_evidence_in_2019(public):
    assert (states(public.sites, public.catchments, "2019-04-12")["state"] == "open").sum() == 14


def test_the_latest_assignment_by_the_date_counts():
    assert catchments_at(TABLES.catchments, TABLES.sites, "2019-01").set_index("area_id")["site_id"]["municipality:2"] == "old"
    assert catchments_at(TABLES.catchments, TABLES.sites, "2019-06").set_index("area_id")["site_id"]["municipality:2"] == "new"


def test_a_closed_site_serves_nobody():
    assert catchments_at(TABLES.catchments, TABLES.sites, "2017-02").set_index("area_id")["site_id"].to_dict() == {"municipality:3": "shut"}
    assert catchments_at(TABLES.catchments, TABLES.sites, "2019-06").set_index("area_id")["site_id"]["municipality:3"] == ""


def test_a_municipality_has_one_site_at_a_date_as_plain_loops_say():
    for date in ("2017-01", "2019-01", "2019-06", "2020"):
        plain = {}
        for _, row in TABLES.catchments.sort_values("valid_from").iterrows():
            if row["valid_from"][: len(date)] <= date:
                plain[row["area_id"]] = row["site_id"] if isinstance(row["site_id"], str) else ""
        closed = {"shut"} if date >= "2018-01" else set()
        plain = {area: "" if site in closed else site for area, site in plain.items()}
        assert catchments_at(TABLES.catchments, TABLES.sites, date).set_index("area_id")["site_id"].to_dict() == plain


def test_no_catchment_is_known_before_the_first():
    assert catchments_at(TABLES.catchments, TABLES.sites, "2016").empty


AREAS = """
area_id        | kind         | dps_area
dps:one        | dps_area     |
dps:two        | dps_area     |
municipality:1 | municipality | dps:one
municipality:2 | municipality | dps:two
municipality:4 | municipality | dps:two
"""
GIVEN = """
date    | area_id        | site_id | value | bound
2018-01 | dps:one        |         | 2     | at_least
2019-05 | municipality:1 |         | 3     | exact
        | municipality:4 |         | 6     | exact
2019-01 | dps:two        |         | 9     | exact
"""


def counted(date: str):
    tables = world(areas=AREAS, sites=SITES.rsplit("shut", 1)[0] + SITES[SITES.index("seen"):SITES.index("listed")], observations=GIVEN, assumptions=A_YEAR)
    return counts(tables, date).set_index("site_id")


def test_a_number_of_an_area_with_one_site_is_that_sites_number():
    assert counted("2018-06")["value"]["old"] == 2
    assert counted("2018-06")["bound"]["old"] == "at_least"


def test_the_newest_number_by_the_date_counts():
    assert counted("2019-06")["value"]["old"] == 3


def test_a_number_of_an_area_with_two_sites_belongs_to_none():
    assert 9 not in counted("2019-06")["value"].tolist()


def test_a_number_is_fresh_for_a_year():
    assert counted("2019-01")["fresh"]["old"]
    assert not counted("2019-02")["fresh"]["old"]


def test_a_number_without_a_date_is_known_but_never_fresh():
    assert counted("2019-06")["value"]["seen"] == 6
    assert not counted("2019-06")["fresh"]["seen"]


def test_open_sites_of_an_area(public):
    assert open_in(public, "dps:lofoten", "2019-04-12")["site_id"].tolist() == ["leknes"]
    assert open_in(public, "dps:lofoten", "2017-04").empty
    assert len(open_in(public, "trust:unn", "2019-04-12")) == 4


def test_a_sum_unites_its_rows():
    rows = drawn("value|bound|quality|source\n2|exact|reported|a\n3|exact|inferred|b a")
    assert summed(rows, 2) == {"value": 5, "bound": "exact", "quality": "inferred", "source": "a b"}
    assert summed(rows, 3)["bound"] == "at_least"
