"""Which municipality lies in which larger area."""

import pytest

from ipsdash.domain.areas import ancestors, groups, municipalities_in
from tests.domain.worlds import drawn

AREAS = drawn("""
area_id        | kind         | parent    | dps_area
country:x      | country      |           |
region:r       | region       | country:x |
county:a       | county       | region:r  |
county:b       | county       | region:r  |
trust:t        | trust        | region:r  |
dps:d          | dps_area     | trust:t   |
dps:e          | dps_area     | trust:t   |
municipality:1 | municipality | county:a  | dps:d
municipality:2 | municipality | county:a  | dps:e
municipality:3 | municipality | county:b  | dps:e
""")


@pytest.mark.parametrize(("area", "numbers"), [
    ("region:r", "123"), ("country:x", "123"), ("county:a", "12"), ("county:b", "3"), ("dps:d", "1"), ("dps:e", "23"),
    ("trust:t", "123"), ("municipality:2", "2"),
])  # fmt: skip
def test_a_municipality_lies_in_its_county_and_in_its_dps_area(area, numbers):
    assert municipalities_in(AREAS, area) == [f"municipality:{number}" for number in numbers]


def test_every_municipality_has_one_group_of_a_kind():
    assert groups(AREAS, "dps_area")["group"].tolist() == ["dps:d", "dps:e", "dps:e"]


def test_ancestors_agree_with_climbing_by_hand():
    above = AREAS.set_index("area_id")[["parent", "dps_area"]]

    def climb(area):
        found = {area}
        for upper in above.loc[area].dropna():
            found |= climb(upper)
        return found

    expected = {(area, upper) for area in AREAS["area_id"] for upper in climb(area)}
    rows = ancestors(AREAS)
    assert set(zip(rows["area_id"], rows["within"])) == expected
    assert len(rows) == len(expected)


def test_every_public_municipality_is_in_one_dps_area_one_trust_one_county(public):
    rows = ancestors(public.areas)
    homes = rows[rows["area_id"].str.startswith("municipality:") & rows["kind"].isin(["dps_area", "trust", "county"])]
    assert (homes.groupby(["area_id", "kind"]).size() == 1).all()
    assert homes["area_id"].nunique() == 80
