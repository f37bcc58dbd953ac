"""Small tables, every whole number tried: what the release leaves, and what the look of then gave away.

Each hidden number keeps three values for a reader who knows rules, sums and definitions, and more than
one for a reader who also runs the program.
"""

import pytest

from ipsdash.domain.disclosure import release
from ipsdash.tables.load import Tables
from tests.domain.attack import solved
from tests.domain.brute_force import (
    KINDS,
    table_of,
    values_left,
    values_left_by_old_look,
    values_left_by_running,
)
from tests.domain.reports import reported


def started(*numbers: int) -> Tables:
    staff = "site_id|quarter|headcount\n" + "\n".join(f"{site}|2024Q1|3" for site in "abcd")
    rows = [f"{site}|2024Q1|{number}" for site, number in zip("abcd", numbers)]
    return reported("site_id|quarter|started\n" + "\n".join(rows), staff)


EXAMPLES = {
    "started 1, 5, 20, 30": started(1, 5, 20, 30),
    "started 4, 0, 20, 30": started(4, 0, 20, 30),
    "working 0 of 5, 8 of 20, 10 of 30": reported(
        "site_id|quarter|served|working\na|2024Q1|5|0\nb|2024Q1|20|8\nc|2024Q1|30|10"
    ),
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("tables", EXAMPLES.values(), ids=EXAMPLES)
def test_three_values_are_left_of_each_hidden_number(tables, seed):
    table = table_of(tables)
    hidden = table.pattern(table.truth, seed)
    assert hidden
    assert min(values_left(table, hidden).values()) >= 3
    assert min(values_left_by_running(table, hidden).values()) >= 3
    assert solved([(tables, release(tables, seed=seed).outcomes)]) == []


@pytest.mark.parametrize("tables", EXAMPLES.values(), ids=EXAMPLES)
def test_the_old_look_gave_the_examples_away(tables):
    """Beside "<5" the word "hidden" said 0 or at least 5."""
    assert min(values_left_by_old_look(table_of(tables)).values()) < 3


def test_the_old_look_gave_1_and_5_and_4_and_0():
    for tables in (EXAMPLES["started 1, 5, 20, 30"], EXAMPLES["started 4, 0, 20, 30"]):
        table = table_of(tables)
        left = values_left_by_old_look(table)
        assert {tuple(table.frame.loc[row, ["place", "period"]]): left[row] for row in left} == {
            ("a", "2024Q1"): 1, ("b", "2024Q1"): 1, ("a", "2024"): 1, ("b", "2024"): 1,
        }  # fmt: skip


SMALL_TABLES = [
    *[("one quarter, 4 sites", seed) for seed in range(6)],
    *[("two quarters, 3 sites", seed) for seed in (1, 2)],
    *[("three quarters, 2 sites", seed) for seed in (1, 2)],
    *[("served and working, 4 sites", seed) for seed in range(3)],
    *[("cases over two quarters, 3 sites", seed) for seed in range(3)],
]


@pytest.mark.parametrize(("kind", "seed"), SMALL_TABLES)
def test_no_hidden_number_of_a_small_table_has_one_value(kind, seed):
    table = table_of(KINDS[kind](seed))
    hidden = table.pattern(table.truth, seed)
    assert all(left >= 3 for left in values_left(table, hidden).values())
    assert all(left >= 2 for left in values_left_by_running(table, hidden).values())


@pytest.mark.parametrize("numbers", [(4, 4, 4, 9, 20), (1, 1, 1, 9, 12), (4, 4, 3, 7, 20)])
def test_three_small_numbers_are_not_known_by_their_sum(numbers):
    """12 is three times 4 only where nothing but small numbers is ever hidden beside small ones."""
    rows = [f"{site}|2024Q1|{number}" for site, number in zip("abcde", numbers)]
    table = table_of(reported("site_id|quarter|served\n" + "\n".join(rows)))
    patterns = {table.pattern(table.truth, seed) for seed in range(8)}
    assert {len(hidden) for hidden in patterns} == {3, 4}
    for hidden in patterns:
        assert min(values_left_by_running(table, hidden).values()) >= 3
