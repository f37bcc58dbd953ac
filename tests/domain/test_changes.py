"""What differs between two datasets: every row that came, went or changed, and nothing else."""

from dataclasses import replace

import pytest

from ipsdash.domain.changes import changes, counted, leading
from tests.domain.worlds import world

KEYS = {"goals": ("goal_id",), "sites": ("site_id",)}
GOALS = """
goal_id | area_id  | value | set_on  | due_on
a       | region:r | 50    | 2017-04 | 2022-04
b       | region:r | 60    | 2019-01 | 2024-01
"""


def found(before: str, after: str, **more: str):
    rows = changes(world(goals=before, **more), world(goals=after, **more), KEYS)
    return [tuple(row) for row in rows.itertuples(index=False)]


def test_the_same_twice_is_no_change():
    assert found(GOALS, GOALS) == []


def test_the_order_of_rows_is_no_change():
    heading, first, second = GOALS.strip().splitlines()
    assert found(GOALS, "\n".join([heading, second, first])) == []


def test_a_row_that_came_one_that_went_and_a_cell_that_changed_are_each_told():
    after = GOALS.replace("| 60 ", "| 65 ").replace("a       |", "c       |")
    rows = found(GOALS, after)
    assert {row[:3] for row in rows} == {("goals", "added", "c"), ("goals", "removed", "a"), ("goals", "changed", "b")}
    assert ("goals", "changed", "b", "value", "60", "65") in rows


def test_a_row_that_came_or_went_is_told_with_the_values_of_its_cells():
    rows = found(GOALS, GOALS.replace("a       |", "c       |"))
    cells = {"area_id": "region:r", "value": "50", "set_on": "2017-04", "due_on": "2022-04"}
    for column, text in cells.items():
        assert ("goals", "added", "c", column, "", text) in rows
        assert ("goals", "removed", "a", column, text, "") in rows


def test_an_empty_cell_that_is_filled_is_a_change():
    assert found(GOALS.replace("| 2024-01", "|"), GOALS) == [("goals", "changed", "b", "due_on", "", "2024-01")]


def test_rows_are_counted_once_however_many_cells_changed():
    rows = changes(world(goals=GOALS), world(goals=GOALS.replace("60", "65").replace("2024-01", "2025-01")), KEYS)
    assert counted(rows).to_dict("records") == [{"table": "goals", "added": 0, "changed": 1, "removed": 0}]


def test_no_change_is_counted_in_no_table():
    assert counted(changes(world(goals=GOALS), world(goals=GOALS), KEYS)).empty


def test_the_leading_numbers_of_the_public_facts(public):
    assert leading(public) == {"specialists": 45, "specialists_part": None, "sites": 14, "goal": 50, "need": pytest.approx(74.4, abs=0.05), "staffing": 0, "service": 0}


def test_without_outpatients_there_is_a_need_all_the_same(public):
    bare = replace(public, specialist_care=public.specialist_care.iloc[:0])
    assert leading(bare)["need"] == pytest.approx(74.4, abs=0.05)
