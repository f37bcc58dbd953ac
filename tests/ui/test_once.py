"""Results that need not be made twice are the same for the same input, and never another input's."""

import gc
import time
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from ipsdash.figures.style import STYLES
from ipsdash.tables.load import Tables, load
from ipsdash.text.words import Words
from ipsdash.ui.once import FEW, once, rarely

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def tables() -> Tables:
    return load(DATA).tables


def noted(*given: object, **named: object) -> list[object]:
    return [*given, *named.values()]


def other(*given: object) -> list[object]:
    return noted(*given)


def frame(value: float = 1.0) -> pd.DataFrame:
    return pd.DataFrame({"area_id": ["county:troms"], "value": [value]})


SAME = {
    "a word": lambda: "catchments", "words of a language": lambda: Words("nb"), "a look": lambda: STYLES["dark"],
    "an equal frame": frame, "a list": lambda: ["2017-04", "2019-04-12"], "nothing": lambda: None,
}  # fmt: skip


@pytest.mark.parametrize("make", SAME.values(), ids=SAME.keys())
def test_the_same_input_gives_the_same_result(tables, make):
    assert once(tables, noted, make()) is once(tables, noted, make())


DIFFERENT = {
    "words": ("catchments", "population"), "languages": (Words("nb"), Words("en")), "looks": (STYLES["light"], STYLES["dark"]),
    "a language and its name": (Words("nb"), "nb"), "a look and its name": (STYLES["dark"], "dark"),
    "frames": (frame(1), frame(2)), "numbers": (1, 2), "a number and a word": (1, "1"), "dates": (["2017-04"], ["2019-04-12"]),
}  # fmt: skip


@pytest.mark.parametrize("pair", DIFFERENT.values(), ids=DIFFERENT.keys())
def test_another_input_gives_another_result(tables, pair):
    one, two = (once(tables, noted, each) for each in pair)
    assert one is not two
    assert isinstance(one[0], type(pair[0])) and isinstance(two[0], type(pair[1]))


def test_another_maker_gives_another_result(tables):
    assert once(tables, noted, 1) is not once(tables, other, 1)


def test_a_named_value_counts(tables):
    assert once(tables, noted, heading=True) is not once(tables, noted, heading=False)


def test_tables_loaded_anew_give_new_results(tables):
    assert once(tables, noted, tables.events) is once(tables, noted, tables.events)
    anew = load(DATA).tables
    assert once(tables, noted, tables.events) is not once(anew, noted, anew.events)


def test_two_tables_of_one_load_are_told_apart(tables):
    assert once(tables, noted, tables.events) is not once(tables, noted, tables.goals)


def test_a_part_of_a_table_is_not_the_table(tables):
    assert once(tables, noted, tables.events) is not once(tables, noted, tables.events.iloc[:1])


def test_two_loads_beside_each_other_are_told_apart(tables):
    other_load, third = load(DATA).tables, load(DATA).tables
    assert once(tables, noted, tables, other_load)[1] is other_load
    assert once(tables, noted, tables, third)[1] is third


class Large:
    """A result that can be seen to be gone."""

    def __init__(self, number: int):
        self.number = number


def test_what_is_rarely_asked_for_is_made_once_and_a_flood_of_it_is_not_kept(tables):
    kept = [weakref.ref(rarely(tables, Large, number)) for number in range(5 * FEW)]
    assert rarely(tables, Large, 5 * FEW - 1) is kept[-1]()
    assert [one().number for one in kept if one()] == list(range(4 * FEW, 5 * FEW))


def test_a_flood_of_what_is_rarely_asked_for_leaves_what_all_share(tables):
    shared = once(tables, noted, "shared")
    for number in range(2 * FEW):
        rarely(tables, Large, number)
    assert once(tables, noted, "shared") is shared


def test_results_go_with_the_tables_they_are_about(tables):
    looked_at = load(DATA).tables
    kept = [weakref.ref(make(looked_at, Large, 1)) for make in (once, rarely)]
    shared = once(tables, Large, 1)
    assert all(one() for one in kept)
    del looked_at
    gc.collect()
    # At the next question they are let go.
    assert once(tables, Large, 1) is shared and rarely(tables, Large, 1)
    assert [one() for one in kept] == [None, None]


def test_a_flood_of_large_results_is_bounded_over_all_tables(tables):
    loads = [tables, *(load(DATA).tables for _ in range(3))]
    kept = [weakref.ref(rarely(one, Large, number)) for number in range(FEW) for one in loads]
    assert sum(one() is not None for one in kept) == FEW


@pytest.fixture
def together():
    """Several ask for the same while it is being made; gives what each got, or its error."""

    def ask(tables: Tables, maker: Callable) -> list[object]:
        with ThreadPoolExecutor(4) as readers:
            asked = [readers.submit(once, tables, maker) for _ in range(4)]
        return [one.exception() or one.result() for one in asked]

    return ask


def test_readers_who_come_to_something_new_at_once_have_it_made_once(tables, together):
    begun = []

    def slowly() -> list[object]:
        begun.append(1)
        time.sleep(0.1)
        return []

    got = together(tables, slowly)
    assert len(begun) == 1 and all(one is got[0] for one in got)


def test_what_fails_fails_for_all_who_wait_and_is_tried_again(tables, together):
    begun = []

    def failing() -> None:
        begun.append(1)
        time.sleep(0.1)
        raise ValueError("no number")

    assert [str(error) for error in together(tables, failing)] == ["no number"] * 4
    assert len(begun) == 1
    with pytest.raises(ValueError):
        once(tables, failing)
    assert len(begun) == 2
