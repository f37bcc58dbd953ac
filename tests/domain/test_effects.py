"""What assumptions do to the need, alone and together, and at the ends of their ranges."""

from itertools import permutations

import numpy as np
import pytest

from ipsdash.domain.assumptions import drawn, preset
from ipsdash.domain.effects import effects, enough, tornado
from ipsdash.domain.need import model, region, region_median

APRIL = "2019-04-12"
PRESETS = ("goal-50", "half", "everyone", "broad", "english")


@pytest.fixture(scope="module")
def made(public):
    return model(public, APRIL, {})


def posts(public, base: dict, changed: dict) -> dict[str, float]:
    rows = effects(public, APRIL, base, changed)
    assert rows["assumption"].tolist()[-2:] == ["interaction", "together"]
    return dict(zip(rows["assumption"], rows["posts"]))


# Alone, together, and what remains


@pytest.mark.parametrize(("base", "changed"), list(permutations(PRESETS, 2)))
def test_effects_alone_and_the_interaction_are_the_whole_change(public, base, changed):
    one, other = preset(public.scenarios, base), preset(public.scenarios, changed)
    found = posts(public, one, other)
    whole = region_median(public, APRIL, other) - region_median(public, APRIL, one)
    assert found.pop("together") == pytest.approx(whole)
    assert sum(found.values()) == pytest.approx(whole)
    assert set(found) == {name for name in {**one, **other} if one.get(name) != other.get(name)} | {"interaction"}


def test_each_effect_is_the_need_with_this_one_change_only(public):
    base, changed = preset(public.scenarios, "broad"), preset(public.scenarios, "english")
    found, before = posts(public, base, changed), region_median(public, APRIL, base)
    # English productivity says nothing of the target group: there it is as in the table.
    steps = {"target_group": {"served_share": 0.5}, "served_share": {**base, "served_share": 1}, "stay": {**base, "stay": 1}}
    for name, step in steps.items():
        assert found[name] == pytest.approx(region_median(public, APRIL, step) - before), name


@pytest.mark.parametrize("changed", [{"fill": 1}, {"caseload": 25}, {"target_group": "narrow"}, {"served_share": 0.3}, {"stay": 2}])
def test_a_change_of_one_thing_has_no_interaction(public, changed):
    (name,) = changed
    found = posts(public, {}, changed)
    assert found["interaction"] == 0
    assert found[name] == found["together"] != 0


def test_nothing_changed_has_no_effect(public):
    assert posts(public, {}, {}) == {"interaction": 0, "together": 0}
    assert posts(public, {"fill": 1, "stay": 2}, {"stay": 2, "fill": 1}) == {"interaction": 0, "together": 0}


def test_two_facts_worked_by_hand(public):
    held = {"want_base": "out_of_work", "treated_official": 0.017, "in_work_official": 0.3, "want_work": 0.65, "staffing": 0.85, "fill": 0.85, "stay": 1}
    people = np.median(model(public, APRIL, held).people_weight)
    demand = people * 0.017 * (1 - 0.30) * 0.65
    found = posts(public, held, held | {"stay": 0.5, "fill": 1})
    # Served by one: 20 * fill * .85 * (1 + 1 / stay).
    before, fill, stay, both = (demand / served for served in (28.9, 20 * 0.85 * 2, 20 * 0.85 * 0.85 * 3, 20 * 0.85 * 3))
    assert found == pytest.approx({
        "fill": fill - before, "stay": stay - before, "together": both - before, "interaction": both - fill - stay + before,
    })  # fmt: skip


def test_effects_come_in_the_order_of_the_table(public):
    rows = effects(public, APRIL, {}, {"stay": 2, "served_share": 0.5, "caseload": 15})
    assert rows["assumption"].tolist() == ["served_share", "caseload", "stay", "interaction", "together"]


# One at a time


def test_the_ends_of_the_tornado_agree_with_the_need_there(public, made):
    table, rows = public.assumptions.set_index("assumption"), tornado(made).set_index("assumption")
    for name, row in rows.drop("local_deviation").iterrows():
        if name == "target_group":
            values = ["narrow", "official", "broad"]
        elif name == "want_base":
            values = ["all", "out_of_work"]
        else:
            values = table.loc[name, ["low", "high"] if row["basis"] == "fact" else ["least", "most"]].tolist()
        needs = {at: region_median(public, APRIL, {name: at}) for at in values}
        assert (row["low"], row["high"]) == pytest.approx((min(needs.values()), max(needs.values()))), name
        assert (row["at_low"], row["at_high"]) == (min(needs, key=needs.get), max(needs, key=needs.get)), name


def test_the_local_deviation_alone_is_drawn(made):
    row = tornado(made).set_index("assumption").loc["local_deviation"]
    people = sum(weight * drawn(made.assumed, "local_deviation", of=name) for name, weight in zip(made.catchments["catchment"], made.catchments["weight"]))
    assert (row["low"], row["high"]) == pytest.approx(made.need * np.quantile(people / np.median(people), [0.025, 0.975]))
    assert 0.79 * made.need < row["low"] < made.need < row["high"] < 1.27 * made.need, "catchments are not all high or low at once"


def test_facts_come_before_choices_and_the_widest_first(made):
    rows = tornado(made)
    assert rows["basis"].tolist() == ["fact"] * 8 + ["choice"] * 3
    for _, part in rows.groupby("basis"):
        widths = (part["high"] - part["low"]).tolist()
        assert widths == sorted(widths, reverse=True)
    assert (rows["low"] < made.need + 1e-9).all() and (made.need - 1e-9 < rows["high"]).all()


def test_weights_do_not_change_the_region_and_have_no_row(public, made):
    assert "weights" not in set(tornado(made)["assumption"])
    assert "weights" not in set(tornado(model(public, APRIL, {"weights": "specialist_care"}))["assumption"])


@pytest.mark.parametrize("held", ["fill", "stay", "want_work", "treated_official", "in_work_official"])
def test_a_held_fact_is_not_doubted_and_has_no_row(public, made, held):
    value = float(public.assumptions.set_index("assumption").at[held, "value"])
    there = tornado(model(public, APRIL, {held: value}))
    assert set(tornado(made)["assumption"]) - set(there["assumption"]) == {held}


def test_a_choice_that_a_reader_made_keeps_its_row(public):
    rows = tornado(model(public, APRIL, {"served_share": 0.5, "target_group": "broad"})).set_index("assumption")
    assert {"served_share", "target_group", "treated_broad", "in_work_broad"} <= set(rows.index)
    assert not {"treated_official", "in_work_official"} & set(rows.index)


# Which choices make a number of posts enough


@pytest.mark.parametrize("changed", [{}, {"fill": 1, "weights": "specialist_care"}, {"target_group": "broad", "served_share": 0.3}])
def test_enough_agrees_with_the_model_of_each_choice(public, changed):
    rows = enough(model(public, APRIL, changed), 50, (0.5, 0.6, 1))
    expected = [[group, share] for group in ("narrow", "official", "broad") for share in (0.5, 0.6, 1)]
    assert rows[["target_group", "served_share"]].values.tolist() == expected
    for _, row in rows.iterrows():
        there = model(public, APRIL, changed | {"target_group": row["target_group"], "served_share": row["served_share"]})
        assert row[["need", "low", "high"]].tolist() == pytest.approx(region(there))
        assert row["enough"] == (there.need <= 50)
        assert row["likely"] == pytest.approx((there.draws.sum(axis=0) <= 50).mean(), abs=1e-3)


def test_50_is_enough_for_the_share_of_the_goal_and_not_for_all(made):
    rows = enough(made, 50, (0.3, 0.5, 0.6, 0.75, 1)).query("enough").groupby("target_group", sort=False)["served_share"].max()
    assert rows.to_dict() == {"narrow": 1, "official": 0.6, "broad": 0.3}
    assert made.need > 50


def test_more_posts_are_enough_for_more(made):
    by_posts = [enough(made, posts, (0.5, 1)) for posts in (20, 50, 90, 300)]
    for fewer, more in zip(by_posts, by_posts[1:]):
        assert (fewer["likely"] <= more["likely"]).all() and (fewer["enough"] <= more["enough"]).all()
    assert by_posts[-1]["enough"].all()


def test_the_need_without_catchments_is_that_of_the_model(public, made):
    assert region_median(public, APRIL, {}) == pytest.approx(made.need)
