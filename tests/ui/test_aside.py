"""What a process of its own makes is what this one would have made."""

import os
import signal

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


def test_faults_come_back_as_they_are(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(StoreFault) as raised:
        aside(put_in, "book.xlsx", b"", blocked, public_path(), False)
    assert raised.value.code == "not_writable"


def test_what_a_function_prints_is_no_part_of_the_answer():
    assert aside(print, "not an answer") is None


def test_a_process_that_is_killed_or_takes_too_long_is_told(monkeypatch):
    with pytest.raises(Ended):
        aside(signal.raise_signal, signal.SIGKILL)
    monkeypatch.setattr(own, "LONGEST_S", 0.01)
    with pytest.raises(Ended):
        aside(os.getpid)
