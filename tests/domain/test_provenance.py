"""A number made of several rows: all their sources, their weakest quality."""

from itertools import permutations

import pandas as pd
import pytest

from ipsdash.domain.provenance import loosest, number, provenance, united, weakest
from tests.domain.worlds import drawn


@pytest.mark.parametrize("qualities", list(permutations(["reported", "counted", "inferred", "modelled"])))
def test_the_weakest_quality_wins_in_any_order(qualities):
    assert weakest(qualities) == "modelled"
    assert weakest(set(qualities) - {"modelled"}) == "inferred"
    assert weakest(set(qualities) - {"modelled", "inferred"}) == "counted"


def test_a_number_made_of_nothing_has_no_quality():
    with pytest.raises(ValueError):
        weakest([])


def test_what_is_not_a_quality_is_refused():
    with pytest.raises(ValueError):
        weakest(["reported", "rumoured"])


def test_each_source_is_named_once_in_the_order_of_the_rows():
    assert united(["a b", "b", "c a"]) == "a b c"


def test_a_missing_source_adds_none():
    assert united(["a", float("nan"), None]) == "a"


def test_rows_of_several_tables_unite():
    people = drawn("quality|source\nreported|ssb\nreported|ssb")
    sites = drawn("quality|source\ninferred|nav\nreported|napha")
    assert provenance(people, sites) == {"quality": "inferred", "source": "ssb nav napha"}


def test_one_lower_bound_makes_the_whole_a_lower_bound():
    assert loosest(["exact", "at_least", "exact"]) == "at_least"
    assert loosest(["exact", "exact"]) == "exact"


def test_a_number_without_a_date_says_so():
    row = pd.Series({"value": 3, "date": None, "quality": "reported", "source": "s1", "bound": "at_least"})
    assert number(row).date == ""
