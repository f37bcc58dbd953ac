"""Two datasets with the same values shown and the same cells hidden give the same to every reader."""

from dataclasses import fields

import pandas as pd
import pytest

from ipsdash.domain.cells import MEASURES, MOVES
from ipsdash.domain.disclosure import release_by
from tests.domain.equal_releases import pairs


@pytest.mark.parametrize("seed", range(0, 60, 20))
def test_what_is_released_does_not_depend_on_hidden_numbers(seed):
    one, kept, other, kept_too = pairs(seed)
    left, right = release_by(one, kept), release_by(other, kept_too)
    for field in fields(left):
        frame = getattr(left, field.name)
        if isinstance(frame, pd.DataFrame):
            pd.testing.assert_frame_equal(frame, getattr(right, field.name), obj=field.name)


@pytest.mark.parametrize("seed", range(0, 60, 20))
def test_pairs_differ_in_most_of_what_is_hidden(seed):
    one, kept, other, _ = pairs(seed)
    leaves = kept[kept["period"].str.contains("Q") & (kept["level"] == "site")]
    keys = ["site_id", "quarter"]
    numbers = [
        pd.concat([frame.set_index(keys)[[*names]].stack() for frame, names in
                   ((tables.service, MEASURES), (tables.staffing, MOVES))])
        for tables in (one, other)
    ]
    cells = leaves[["place", "period", "measure"]].itertuples(index=False, name=None)
    differ = [numbers[0][cell] != numbers[1][cell] for cell in cells]
    assert sum(differ) > len(differ) / 2
