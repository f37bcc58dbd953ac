"""Scenarios in the link: written and read again exactly; what stands at its value in the table is no change."""

import pytest

from ipsdash.domain.assumptions import assumed
from ipsdash.tables.load import load
from ipsdash.tables.scenarios import MOST, Own
from ipsdash.ui.mine import read, written
from ipsdash.ui.scenario import settled
from tests.conftest import PUBLIC


@pytest.fixture(scope="module")
def plain():
    return assumed(load(PUBLIC).tables.assumptions, "2019-04-12", {})


def test_a_link_gives_back_the_scenarios_it_was_made_of(plain):
    mine = [Own("Vårt forslag", {"served_share": 0.5523, "stay": 1.1}), Own("Bred & ny; 50 %", {"target_group": "broad", "caseload": 18.0}), Own("Tom", {})]
    assert read(written(mine), plain) == (mine, [])


def test_a_faulty_scenario_of_a_link_is_told_and_the_others_stand(plain):
    found, faults = read("A~stay=1.2|B~served_share=7|C~gold=1|A~stay=1.3|~stay=1", plain)
    assert [one.name for one in found] == ["A"]
    assert [(fault.row, fault.rule) for fault in faults] == [
        (2, "out_of_range"), (3, "unknown_assumption"), (4, "scenario_twice"), (5, "scenario_without_name")
    ]  # fmt: skip


def test_there_is_room_for_so_many_scenarios_in_a_link(plain):
    found, faults = read("|".join(f"S{number}~stay=1.2" for number in range(MOST + 1)), plain)
    assert len(found) == MOST and [fault.rule for fault in faults] == ["too_many_scenarios"]


def test_a_fact_that_stands_at_its_value_in_the_table_is_drawn(plain):
    assert settled(plain, {}, {"stay": 1.0, "fill": 0.85, "served_share": 1.0}) == {}


def test_a_fact_that_the_scenario_holds_at_its_value_in_the_table_is_held(plain):
    assert settled(plain, {"stay": 1.0, "fill": 1.0}, {"stay": 1.0, "fill": 1.0}) == {"stay": 1.0, "fill": 1.0}


def test_a_reader_who_moves_a_held_fact_back_has_it_drawn_again(plain):
    assert settled(plain, {"fill": 1.0}, {"fill": 0.85}) == {}


def test_a_choice_moved_back_to_its_default_is_no_change(plain):
    assert settled(plain, {"served_share": 0.5}, {"served_share": 1.0}) == {}
