"""A publisher is killed at a random moment; what must hold afterwards."""

import random
import time
from pathlib import Path

from ipsdash.store.editions import FILE, open_store
from tests.store.made import PROCESSES, large, publish_until_killed, put

# One publication takes about 15 ms; the kill may fall into any of the first few.
LONGEST = 0.08


def kill_a_publisher(folder: Path) -> bool:
    """Kills and checks once. True when the kill fell into the middle of writing: the journal was left behind."""
    announced, half = _killed(folder)
    store = open_store(folder)
    latest = store.latest()
    assert latest in (announced, announced + 1), (announced, latest)
    assert store.contents(latest) == large(latest)
    assert [edition.number for edition in store.editions()] == list(range(latest, 0, -1))
    assert put(store, large(latest + 1), latest).number == latest + 1
    assert store.contents(latest + 1) == large(latest + 1)
    return half


def _killed(folder: Path) -> tuple[int, bool]:
    """The last edition that the publisher was told to be published, and whether a journal was left behind."""
    told, telling = PROCESSES.Pipe(duplex=False)
    publisher = PROCESSES.Process(target=publish_until_killed, args=(folder, telling))
    publisher.start()
    telling.close()
    assert told.poll(20), "the publisher did not begin"
    time.sleep(random.uniform(0, LONGEST))
    publisher.kill()
    publisher.join()
    journal = folder / f"{FILE}-journal"
    half = journal.exists() and journal.stat().st_size > 0
    numbers = []
    while True:
        try:
            numbers.append(told.recv())
        except EOFError:
            return numbers[-1], half
