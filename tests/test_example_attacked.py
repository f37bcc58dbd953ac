"""Everything that is shown of the example together does not give one hidden number away, and no more is hidden than is needed to be useful."""

from pathlib import Path

import pytest

from ipsdash.domain.cells import HIDDEN
from ipsdash.export.release import released
from ipsdash.tables.load import load_over
from tests.domain.attack import solved

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def pair():
    loaded = load_over(DATA / "example", DATA)
    return loaded.tables, released(loaded, DATA / "example").tables


def test_no_hidden_number_of_the_example_can_be_worked_out(pair):
    raw, shown = pair
    assert shown.outcomes["state"].eq(HIDDEN).sum() > 100
    assert solved([(raw, shown.outcomes)]) == []


def test_the_attacker_works_numbers_out_as_soon_as_only_small_ones_are_hidden(pair):
    raw, shown = pair
    from ipsdash.domain.cells import cells

    bare = cells(raw).query("measure != 'closed_cases'")
    careless = shown.outcomes.assign(state=bare["state"].to_numpy(), value=bare["value"].where(bare["state"] == "shown").to_numpy())
    assert solved([(raw, careless)])


def test_most_numbers_are_shown(pair):
    states = pair[1].outcomes["state"].value_counts()
    assert states["shown"] > states[HIDDEN]
