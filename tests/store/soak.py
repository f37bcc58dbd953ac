"""`python -m tests.store.soak`: 100 publishers are killed at random moments, and every edition is looked at in the end."""

import sys
import tempfile
import time
from pathlib import Path

from ipsdash.store.editions import open_store
from tests.store.killed import kill_a_publisher
from tests.store.made import large


def soak(kills: int) -> str:
    """The line that says what came of it. Raises AssertionError at the first kill after which something is not right."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        half = sum(kill_a_publisher(Path(folder)) for _ in range(kills))
        store = open_store(Path(folder))
        editions = store.editions()
        assert all(store.contents(each.number) == large(each.number) for each in editions)
    seconds = time.monotonic() - started
    return f"{kills} kills, {half} in the middle of writing: {len(editions)} editions, all whole, none lost ({seconds:.0f} s)"


if __name__ == "__main__":
    print(soak(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
