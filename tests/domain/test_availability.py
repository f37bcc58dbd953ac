"""Who lives where there is IPS, and how much IPS there is: the figures of the method, and plain loops beside them."""

import pytest

from ipsdash.domain import availability
from ipsdash.domain.provenance import Number
from tests.domain.worlds import A_YEAR, world

NORTH, APRIL = "region:nord", "2019-04-12"


@pytest.fixture(scope="module")
def shares(public):
    return availability.availability(public, NORTH, APRIL).set_index("measure")


def test_availability_in_2019_side_by_side(shares):
    rounded = (100 * shares["share"]).round().astype(int)
    assert rounded.to_dict() == {"own_municipality": 65, "named": 34, "named_or_later": 84, "all_evidence": 95}
    assert set(shares["total"]) == {307_784}


def test_availability_is_no_surer_than_its_weakest_row(public, shares):
    # The people of 2019 in today's borders are partly modelled, the catchments are inferred.
    assert "modelled" in set(public.population.query("year == 2019")["quality"])
    assert set(shares["quality"]) == {"modelled"}
    assert availability.availability(public, "dps:lofoten", APRIL)["quality"].iloc[-1] == "inferred"


def test_availability_agrees_with_plain_loops(public, shares):
    evidence = dict(zip(public.sites["site_id"], public.sites["evidence"]))
    home = dict(zip(public.catchments["area_id"], public.catchments["site_id"]))
    own, named, total = 0, 0, 0
    for _, row in public.population.iterrows():
        if row["year"] == 2019:
            total += row["population_18_66"]
            own += row["population_18_66"] if row["area_id"] in set(public.sites["municipality"]) else 0
            named += row["population_18_66"] if evidence.get(home[row["area_id"]], "") in ("named", "named_undated") else 0
    assert (shares["people"]["own_municipality"], shares["people"]["named"]) == (own, named)
    assert shares["total"].iloc[0] == total


def test_each_step_of_evidence_holds_the_one_before(shares):
    steps = shares.loc[list(availability.EVIDENCE_STEPS), "people"].tolist()
    assert steps == sorted(steps)


def test_areas_without_a_site(public):
    rows = availability.without_site(public, APRIL).set_index("area_id")["people_18_66"]
    assert rows.to_dict() == {"dps:nord-troms": 7_852, "dps:midt-finnmark": 7_752}


def test_served_and_unserved_add_up(public, shares):
    rows = availability.without_site(public, APRIL)
    assert shares["people"]["all_evidence"] + rows["people_18_66"].sum() == 307_784


def test_before_the_first_catchments_only_the_own_municipality_is_known(public):
    assert availability.availability(public, NORTH, "2017-04")["measure"].tolist() == ["own_municipality"]
    assert availability.without_site(public, "2017-04").empty
    assert availability.catchment_sizes(public, "2017-04").empty


@pytest.mark.parametrize(("count", "rate"), [(5, 1.6), (45, 14.6), (50, 16.2)])
def test_intensity_is_per_100000_aged_18_to_66(public, count, rate):
    found = availability.intensity(Number(count, APRIL, "reported", "napha-2019"), availability.inhabitants(public, NORTH, APRIL))
    assert found.value == pytest.approx(count / 307_784 * 100_000)
    assert round(found.value, 1) == rate
    assert found.source == "ssb-07459 napha-2019"


def test_catchments_add_up_to_all_who_are_served(public, shares):
    sizes = availability.catchment_sizes(public, APRIL)
    assert sizes["people_18_66"].sum() == shares["people"]["all_evidence"]
    assert len(sizes) == 14
    assert sizes["municipalities"].sum() == 80 - availability.without_site(public, APRIL)["municipalities"].sum()


def test_one_public_site_has_a_fresh_count(public):
    known = availability.catchment_sizes(public, APRIL).dropna(subset="value").set_index("site_id")
    assert known[["value", "bound"]].T.to_dict() == {"bodo": {"value": 3, "bound": "at_least"}}


SMALL = {
    "areas": "area_id|kind|dps_area|parent\nregion:r|region||\ndps:d|dps_area||region:r\ndps:e|dps_area||region:r\n"
             "municipality:1|municipality|dps:d|region:r\nmunicipality:2|municipality|dps:d|region:r\nmunicipality:3|municipality|dps:e|region:r",
    "sites": "site_id|municipality|evidence|opened\none|municipality:1|named|2015",
    "population": "area_id|year|population_18_66\nmunicipality:1|2018|1000\nmunicipality:2|2018|3000\nmunicipality:3|2018|1000\n"
                  "municipality:1|2020|2000\nmunicipality:2|2020|3000\nmunicipality:3|2020|5000",
    "catchments": "area_id|site_id|valid_from|quality\nmunicipality:1|one|2016|inferred\nmunicipality:2|one|2016|inferred\nmunicipality:3||2016|inferred",
    "observations": "date|site_id|value|bound\n2019-06|one|4|at_least",
}  # fmt: skip


@pytest.mark.parametrize(("date", "share"), [("2017", 4000 / 5000), ("2018", 4000 / 5000), ("2019-05", 4000 / 5000), ("2020", 5000 / 10_000), ("2031", 0.5)])
def test_people_are_those_of_the_dates_year_or_the_last_before_it(date, share):
    assert availability.availability(world(**SMALL), "region:r", date).iloc[-1]["share"] == share


def test_a_catchment_has_its_sites_rate():
    row = availability.catchment_sizes(world(**SMALL, assumptions=A_YEAR), "2020-01").iloc[0]
    assert (row["people_18_66"], row["value"], row["bound"], row["per_100000"]) == (5000, 4, "at_least", 4 / 5000 * 100_000)
    assert row["quality"] == "inferred"


def test_a_count_older_than_a_year_is_no_rate():
    assert availability.catchment_sizes(world(**SMALL, assumptions=A_YEAR), "2021-01").iloc[0][["per_100000"]].isna().all()


def test_a_dps_area_is_without_a_site_only_if_all_of_it_is():
    assert availability.without_site(world(**SMALL), "2020")["area_id"].tolist() == ["dps:e"]
    closed = SMALL | {"sites": SMALL["sites"].replace("opened", "opened|closed") + "|2019"}
    assert availability.without_site(world(**closed), "2020")["area_id"].tolist() == ["dps:d", "dps:e"]
