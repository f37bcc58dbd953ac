"""The need: the worked numbers of the method, plain loops beside them, and what happens at the edges."""

from dataclasses import replace

import numpy as np
import pytest

from ipsdash.domain.assumptions import DRAWS, assumed, base_all, preset
from ipsdash.domain.need import NoWeights, flow, model, need, places, region
from tests.domain.worlds import world

APRIL = "2019-04-12"
KINDS = ("catchment", "municipality", "dps_area", "county", "trust", "region")
PRESETS = ({"served_share": 0.6}, {"served_share": 0.5}, {}, {"target_group": "broad", "served_share": 0.5}, {"fill": 1, "staffing": 1, "stay": 1})
# Of all areas these add up; medians of posts do not.
SUMS = ["people", "treated", "eligible", "demand"]
# The reading of the method's worked examples: the share who want work is of those out of work.
OUT_OF_WORK = {"want_base": "out_of_work"}


@pytest.fixture(scope="module")
def made(public):
    return model(public, APRIL, {})


# The worked numbers of the method


def test_the_worked_case_of_the_method(public):
    found = flow(310_000, assumed(public.assumptions, APRIL, {"served_share": 0.5}))
    assert found.treated == pytest.approx(310_000 * 0.017) == pytest.approx(5_270)
    assert found.eligible == pytest.approx(5_270 * (1 - 0.30) * 0.65) == pytest.approx(2_397.85)
    assert found.demand == pytest.approx(2_397.85 * 0.5)
    assert found.served_per_specialist == pytest.approx(20 * 0.85 * 0.85 * (1 + 1 / 1.0)) == pytest.approx(28.90)
    assert found.need == pytest.approx(1_198.925 / 28.90)
    assert (round(found.eligible), round(found.demand), round(found.need, 1)) == (2_398, 1_199, 41.5)


def test_served_and_started_differ_by_those_carried_over(public):
    # 17 at a time, half a year each: 34 enter in a year, and 17 more were there from the year before.
    found = flow(1, assumed(public.assumptions, APRIL, {"fill": 0.85, "staffing": 1, "stay": 0.5}))
    assert (found.starts_per_specialist, found.served_per_specialist) == pytest.approx((20 * 0.85 / 0.5, 20 * 0.85 / 0.5 + 20 * 0.85))


@pytest.mark.parametrize(("changed", "need"), [
    ({}, 82), ({"served_share": 0.5}, 41), ({"served_share": 0.6}, 49), ({"target_group": "narrow"}, 37), ({"target_group": "broad"}, 202),
    ({"want_base": "all"}, 63),
])  # fmt: skip
def test_the_worked_examples_of_the_method_with_the_base_held(public, changed, need):
    rows = assumed(public.assumptions, APRIL, OUT_OF_WORK | changed)
    assert round(flow(307_784, rows).need) == need


@pytest.mark.parametrize(("changed", "median", "low", "high"), [
    ({}, 74, 44, 112), ({"served_share": 0.6}, 44, 26, 67), ({"served_share": 0.5}, 37, 22, 56), ({"target_group": "narrow"}, 37, 27, 53),
    ({"target_group": "broad"}, 164, 65, 254),
])  # fmt: skip
def test_the_needs_that_the_method_expects_of_own_draws(public, changed, median, low, high):
    # The method's draws are without local deviation and speak of 400,000 draws: within two posts, or two of a hundred.
    assert region(model(public, APRIL, changed)) == pytest.approx((median, low, high), abs=1.7, rel=0.02)


def test_the_point_of_a_range_is_the_median_of_its_draws(made):
    draws = sorted(made.draws.sum(axis=0))
    assert made.need == pytest.approx((draws[4_999] + draws[5_000]) / 2)
    assert region(made) == (pytest.approx(made.need), pytest.approx(draws[999], rel=1e-3), pytest.approx(draws[8_999], rel=1e-3))


def test_both_bases_are_drawn_equally_often_and_one_draw_holds_for_all_catchments(public, made):
    drawn_base = base_all(made.assumed, DRAWS)
    assert set(drawn_base) == {0, 1} and drawn_base.mean() == pytest.approx(0.5, abs=0.015)
    of_all, of_others = (model(public, APRIL, {"want_base": one}) for one in ("all", "out_of_work"))
    assert np.array_equal(made.draws, np.where(drawn_base, of_all.draws, of_others.draws))


def test_a_base_of_all_subtracts_those_who_work_and_never_falls_below_nobody(public):
    rows = assumed(public.assumptions, APRIL, {"want_base": "all", "in_work_official": 0.5, "want_work": 0.65})
    assert flow(1_000, rows).eligible == pytest.approx(1_000 * 0.017 * (0.65 - 0.5))
    more_work = assumed(public.assumptions, APRIL, {"want_base": "all", "in_work_official": 0.6, "want_work": 0.5})
    assert flow(1_000, more_work).eligible == 0


def test_english_productivity_serves_40_of_whom_20_start(public):
    found = model(public, APRIL, preset(public.scenarios, "english"))
    assert (found.flow.served_per_specialist, found.flow.starts_per_specialist) == (40, 20)
    rows = assumed(public.assumptions, APRIL, preset(public.scenarios, "english") | OUT_OF_WORK)
    assert flow(307_784, rows).need == pytest.approx(307_784 * 0.017 * 0.7 * 0.65 / 40)


# A second, plain implementation


@pytest.mark.parametrize("changed", PRESETS)
def test_the_need_agrees_with_plain_loops_over_municipalities(public, changed):
    """Without doubt about anything the median is the arithmetic."""
    public = replace(public, assumptions=public.assumptions.assign(spread=None))
    changed = OUT_OF_WORK | changed
    v = {"served_share": 1.0, "fill": 0.85, "staffing": 0.85, "stay": 1.0} | changed
    p, e = (0.053, 0.45) if "target_group" in changed else (0.017, 0.30)
    site = dict(zip(public.catchments["area_id"], public.catchments["site_id"]))
    dps = dict(zip(public.areas["area_id"], public.areas["dps_area"]))
    plain = {}
    for _, row in public.population.iterrows():
        if row["year"] == 2019:
            home = site[row["area_id"]] if isinstance(site[row["area_id"]], str) else dps[row["area_id"]]
            demand = row["population_18_66"] * p * (1 - e) * 0.65 * v["served_share"]
            plain[home] = plain.get(home, 0) + demand / (20 * v["fill"] * v["staffing"] * (1 + 1 / v["stay"]))
    found = model(public, APRIL, changed)
    assert found.catchments.set_index("catchment")["need"].to_dict() == pytest.approx(plain)
    assert found.need == pytest.approx(sum(plain.values()))


@pytest.mark.parametrize("kind", ["county", "municipality", "region"])
def test_ranges_agree_with_plain_sums_of_draws(public, kind):
    found = model(public, APRIL, {"weights": "specialist_care"}, draws=60)
    per_head = flow(1.0, found.assumed, draws=60).need
    assert np.isclose(found.draws[:, per_head == 0], 0).all()
    per_head = np.where(per_head > 0, per_head, np.nan)
    local = found.draws / per_head / found.catchments["weight"].to_numpy()[:, None]
    row = {one: place for place, one in enumerate(found.catchments["catchment"])}
    county = dict(zip(public.areas["area_id"], public.areas["parent"]))
    sums = {}
    for _, home in found.places.iterrows():
        area = {"county": county[home["area_id"]], "municipality": home["area_id"], "region": "region:nord"}[kind]
        for draw in range(60):
            sums.setdefault(area, [0.0] * 60)[draw] += home["weight"] * per_head[draw] * local[row[home["catchment"]], draw]
    rows = need(found, public.areas, kind).set_index("area_id")
    assert rows["low"].to_dict() == pytest.approx({area: np.quantile(one, 0.1) for area, one in sums.items()})
    assert rows["high"].to_dict() == pytest.approx({area: np.quantile(one, 0.9) for area, one in sums.items()})


# What moves the need, and which way


@pytest.mark.parametrize(("name", "sign"), [
    ("treated_official", 1), ("in_work_official", -1), ("want_work", 1), ("local_deviation", 1), ("fill", -1), ("staffing", -1), ("stay", 1),
    ("served_share", 1), ("caseload", -1), ("treated_broad", 0), ("in_work_narrow", 0), ("turnover", 0), ("team_minimum", 0), ("interval", 0),
])  # fmt: skip
def test_every_assumption_moves_the_need_its_own_way(public, name, sign):
    frame = public.assumptions.assign(spread=None)
    before = model(replace(public, assumptions=frame), APRIL, OUT_OF_WORK, draws=1).need
    more = frame.assign(value=frame["value"].where(frame["assumption"] != name, frame["value"] * 1.05))
    assert np.sign(round(model(replace(public, assumptions=more), APRIL, OUT_OF_WORK, draws=1).need - before, 9)) == sign


def test_a_wider_target_group_needs_more(public):
    needs = [model(public, APRIL, {"target_group": group}, draws=1).need for group in ("narrow", "official", "broad")]
    assert needs == sorted(needs) and len(set(needs)) == 3


def test_weights_move_the_need_between_areas_and_not_the_regions(public, made):
    other = model(public, APRIL, {"weights": "specialist_care"})
    # The local deviations of other catchments weigh more, so that the medians are not quite the same.
    assert other.need == pytest.approx(made.need, rel=0.01)
    assert other.catchments["weight"].sum() == pytest.approx(made.catchments["weight"].sum())
    assert (other.catchments["need"] - made.catchments["need"]).abs().max() > 0.5


# Doubt


def test_no_doubt_in_the_assumptions_means_no_range(public):
    sure = model(replace(public, assumptions=public.assumptions.assign(spread=None)), APRIL, OUT_OF_WORK, draws=50)
    assert region(sure) == pytest.approx([sure.need] * 3)
    for kind in KINDS:
        rows = need(sure, public.areas, kind)
        assert np.allclose(rows["low"], rows["need"]) and np.allclose(rows["high"], rows["need"])


def test_the_range_of_the_sum_is_narrower_than_the_sum_of_the_ranges(public, made):
    _, low, high = region(made)
    for kind in KINDS[:-1]:
        rows = need(made, public.areas, kind)
        assert rows["low"].sum() < low < made.need < high < rows["high"].sum()


# Parts and wholes


@pytest.mark.parametrize("changed", [*PRESETS, {"weights": "specialist_care"}, {"weights": "specialist_care", "target_group": "narrow"}])
def test_parts_add_up_to_the_region(public, changed):
    found = model(public, APRIL, changed, draws=10)
    whole = need(found, public.areas, "region").iloc[0]
    assert (whole["people"], whole["need"]) == (307_784, pytest.approx(found.need))
    for kind, count in zip(KINDS, (16, 80, 14, 3, 4, 1)):
        rows = need(found, public.areas, kind)
        assert len(rows) == count
        assert rows[SUMS].sum().tolist() == pytest.approx(whole[SUMS].tolist()), kind


def test_areas_come_in_the_order_of_the_tables(public, made):
    dps = public.areas.loc[public.areas["kind"] == "dps_area", "area_id"]
    assert need(made, public.areas, "dps_area")["area_id"].tolist() == dps.tolist()
    assert need(made, public.areas, "catchment")["area_id"].tolist()[:14] == public.sites["site_id"].tolist()


def test_the_order_of_sites_changes_no_need_and_no_range(public, made):
    shuffled = replace(public, sites=public.sites.sample(frac=1, random_state=4), areas=public.areas.iloc[::-1])
    there = need(model(shuffled, APRIL, {}), shuffled.areas, "catchment").set_index("area_id")
    here = need(made, public.areas, "catchment").set_index("area_id")
    assert there.index.tolist() != here.index.tolist()
    for name in ("need", "low", "high"):
        assert there[name].to_dict() == pytest.approx(here[name].to_dict(), rel=1e-12)


# Weights by specialist care


def test_specialist_care_gives_each_dps_area_its_share_of_outpatients(public):
    rows = need(model(public, APRIL, {"weights": "specialist_care"}, draws=1), public.areas, "dps_area").set_index("area_id")
    rows = rows.assign(need=rows["treated"])
    care = public.specialist_care.query("indicator == 'adult_outpatients_18_64' and area_id.str.startswith('dps:')").set_index("area_id")["value"]
    assert (rows["need"] / rows["need"].sum()).to_dict() == pytest.approx((care / care.sum()).to_dict())


def test_inside_a_dps_area_specialist_care_follows_people(public):
    rows = places(public, APRIL, "specialist_care").set_index("area_id")
    lofoten = rows.loc[public.areas.loc[public.areas["dps_area"] == "dps:lofoten", "area_id"]]
    assert len(lofoten) > 1
    assert (lofoten["weight"] / lofoten["people"]).nunique() == 1 or np.ptp(lofoten["weight"] / lofoten["people"]) < 1e-9


def test_without_a_number_of_each_dps_area_specialist_care_is_no_weight(public):
    fewer = public.specialist_care[~public.specialist_care["area_id"].isin(["dps:lofoten", "dps:salten"])]
    with pytest.raises(NoWeights) as raised:
        model(replace(public, specialist_care=fewer), APRIL, {"weights": "specialist_care"})
    assert sorted(raised.value.areas) == ["dps:lofoten", "dps:salten"]


# Edges


SMALL = {
    "areas": "area_id|kind|dps_area|parent\nregion:r|region||\ndps:d|dps_area||region:r\ndps:e|dps_area||region:r\n"
             "municipality:1|municipality|dps:d|region:r\nmunicipality:2|municipality|dps:e|region:r\nmunicipality:3|municipality|dps:e|region:r",
    "sites": "site_id|municipality|evidence|opened\none|municipality:1|named|2015\ntwo|municipality:2|named|2015",
    "population": "area_id|year|population_18_66\nmunicipality:1|2018|5000\nmunicipality:2|2018|0\nmunicipality:3|2018|1000",
    "catchments": "area_id|site_id|valid_from\nmunicipality:1|one|2016\nmunicipality:2|two|2016\nmunicipality:3||2016",
}  # fmt: skip


def test_a_catchment_without_people_needs_nobody_for_sure(public):
    tables = replace(world(**SMALL), assumptions=public.assumptions)
    rows = need(model(tables, "2018", {}), tables.areas, "catchment").set_index("area_id")
    assert rows.index.tolist() == ["one", "two", "dps:e"]
    assert rows.loc["two", ["people", "need", "low", "high"]].tolist() == [0, 0, 0, 0]
    assert rows.loc["one", "treated"] == pytest.approx(5 * rows.loc["dps:e", "treated"])
    # A municipality without people shares an area with one that has some.
    inside = need(model(tables, "2018", {}), tables.areas, "dps_area").set_index("area_id")
    assert inside.loc["dps:e", ["need", "low", "high"]].tolist() == pytest.approx(rows.loc["dps:e", ["need", "low", "high"]].tolist())


@pytest.mark.parametrize("weights", ["population", "specialist_care"])
def test_a_region_without_people_needs_nobody(public, weights):
    empty = replace(public, population=public.population.assign(population_18_66=0))
    found = model(empty, APRIL, {"weights": weights}, draws=10)
    assert region(found) == (0, 0, 0)
    assert need(found, public.areas, "county")[["need", "low", "high"]].to_numpy().tolist() == [[0, 0, 0]] * 3


def test_before_catchments_are_known_dps_areas_stand_for_them(public):
    rows = model(public, "2017-04", {}, draws=1).catchments
    assert sorted(rows["catchment"]) == sorted(public.areas.loc[public.areas["kind"] == "dps_area", "area_id"])
    assert set(rows["site_id"]) == {""}
