"""A clock that jumps changes nothing: only what is written down or said as a time asks it."""

import ast
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ipsdash.store.passwords import FREE
from ipsdash.ui import editions
from ipsdash.ui.editions import Trouble
from ipsdash.ui.guesses import Failures, Guesses

ROOT = Path(__file__).parents[2]
# The time of an edition, of a line of the log, and since when the store does not answer, as a reader is told it;
# and how old a sign-in is, which a provider tells by the clock on the wall.
TELLING = {"ipsdash/store/editions.py", "ipsdash/ui/editions.py", "ipsdash/ui/rights.py"}
WALL = {"time.time", "time.time_ns", "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now", "datetime.date.today", "pd.Timestamp.now"}


def test_only_what_tells_a_time_asks_the_clock_on_the_wall():
    files = [*(ROOT / "ipsdash").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "dashboard.py"]
    asking = {
        file.relative_to(ROOT).as_posix()
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in WALL
    }
    assert asking <= TELLING


@pytest.mark.parametrize("jump", [timedelta(days=-4000), timedelta(hours=1), timedelta(days=4000)])
def test_since_when_the_store_is_silent_is_said_by_the_clock_as_it_stands(monkeypatch, jump):
    class Jumped(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime.now(zone) + jump

    trouble = Trouble("unreachable", time.monotonic() - 90)
    monkeypatch.setattr(editions, "datetime", Jumped)
    assert abs(datetime.now(UTC) + jump - trouble.since - timedelta(seconds=90)) < timedelta(seconds=5)


def test_a_clock_that_jumps_ends_no_wait_of_a_guesser(monkeypatch):
    guesses, session = Guesses(), Failures()
    for _ in range(FREE + 3):
        guesses.failed(session, "198.51.100.7")
    for jumped in (0.0, 4e9):
        monkeypatch.setattr(time, "time", lambda jumped=jumped: jumped)
        assert 0 < guesses.seconds_left(session, "198.51.100.7") <= 8
