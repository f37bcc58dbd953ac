"""Readers who act for a while: the short version of `make load`."""

from benchmarks import load
from benchmarks.__main__ import PAGES
from benchmarks.session import Session
from benchmarks.visits import Server
from tests.loops import run

# Megabytes that may be more after a while: Python keeps some of what it has used.
GROWTH = 60


def test_readers_who_act_for_a_while_meet_no_error_and_memory_stays():
    server = Server("dashboard.py")

    async def a_while() -> load.Found:
        # Every page and most choices once: what all readers share is made.
        warm = await load.acting(server, 6, readers=len(load.ROUTES), every=0.2)
        before = server.memory_mb
        found = await load.acting(server, 9, readers=2, every=0.1)
        return load.Found(found.seconds, warm.errors + found.errors, [before, server.memory_mb])

    try:
        found = run(a_while())
    finally:
        server.stop()
    assert found.errors == [] and len(found.seconds) > 20
    assert not found.memory[1] - found.memory[0] > GROWTH, found.memory


def test_what_a_browser_has_had_is_sent_as_its_name():
    server = Server("dashboard.py")
    try:
        session = Session(server, next(page for page in PAGES if page.name == "coverage"))
        first, again = session._answered({}), session._answered({})
    finally:
        server.stop()
    large = [message for message in first if message.delta.HasField("new_element") and message.ByteSize() > 1500]
    assert len(large) > 5 and {message.hash for message in large} <= {message.ref_hash for message in again}
