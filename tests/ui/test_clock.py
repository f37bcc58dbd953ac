"""A clock that jumps changes nothing: only what is written down or said as a time asks it."""

import ast
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from ipsdash import settings
from ipsdash.store.passwords import FREE, hashed
from ipsdash.ui import editions, roles
from ipsdash.ui.editions import Trouble

ROOT = Path(__file__).parents[2]
# The time of an edition, of a line of the log, and since when the store does not answer, as a reader is told it.
TELLING = {"ipsdash/store/editions.py", "ipsdash/ui/editions.py"}
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
    said, failed = [], {"times": 0, "until": 0.0}
    monkeypatch.setenv(settings.PASSWORD.name, hashed("nordlys"))
    monkeypatch.setattr(roles, "_failures", lambda: failed)
    monkeypatch.setattr(roles, "st", SimpleNamespace(warning=said.append))
    me = SimpleNamespace(words=lambda key, **_: key)
    for _ in range(FREE + 3):
        failed["until"] = 0.0
        roles._try(me, "Kari", "wrong")
    for jumped in (0.0, 4e9):
        monkeypatch.setattr(time, "time", lambda jumped=jumped: jumped)
        roles._try(me, "Kari", "wrong")
    assert said == ["publish.refused"] * (FREE + 3) + ["publish.wait"] * 2
