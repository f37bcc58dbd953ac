"""What a process of its own makes is what this one would have made."""

import os

import pandas as pd
import pytest

from benchmarks.large import content
from ipsdash.export.release import put_in
from ipsdash.store.faults import StoreFault
from ipsdash.store.places import public_path
from ipsdash.ui import aside as own
from ipsdash.ui.aside import Ended, aside


def test_another_process_does_it():
    assert aside(os.getpid) != os.getpid()


def test_a_large_workbook_is_checked_as_here():
    given = "large.xlsx", content(), None, public_path(), False
    there, here = aside(put_in, *given), put_in(*given)
    assert (there.name, there.content, there.base, there.trusted) == (here.name, here.content, here.base, here.trusted)
    assert there.loaded.faults == here.loaded.faults == () and there.loaded.warnings == here.loaded.warnings
    for name, frame in vars(here.loaded.tables).items():
        pd.testing.assert_frame_equal(getattr(there.loaded.tables, name), frame)
    assert len(there.loaded.tables.staffing) > 1_000


def test_a_store_that_went_away_meanwhile_is_not_made_anew(tmp_path):
    with pytest.raises(StoreFault) as raised:
        aside(put_in, "book.xlsx", b"", tmp_path / "gone", public_path(), False)
    assert raised.value.code == "unreachable" and not (tmp_path / "gone").exists()


def test_what_a_function_raises_says_where_it_was_raised():
    with pytest.raises(ValueError) as raised:
        aside(int, "many")
    assert "in main" in raised.value.__notes__[0]


def test_what_a_function_prints_is_no_part_of_the_answer():
    assert aside(print, "not an answer") is None


def test_a_process_that_ends_early_has_no_memory_or_takes_too_long_is_told(monkeypatch):
    with pytest.raises(Ended):
        aside(os._exit, 9)
    with pytest.raises(Ended):
        aside(bytearray, 10**15)
    monkeypatch.setattr(own, "LONGEST_S", 0.01)
    with pytest.raises(Ended):
        aside(os.getpid)
