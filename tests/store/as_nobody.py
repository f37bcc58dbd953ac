"""A reader's process without the rights of root, for tests that are run by root."""

import os
from multiprocessing.connection import Connection
from pathlib import Path

from ipsdash.store.faults import Damaged, StoreFault
from ipsdash.ui import editions, reader
from tests.store.made import NOBODY, put, service


def read_and_publish(folder: Path, line: Connection) -> None:
    """Answers until the line is closed: to "read" with the goal that readers see, the number of the
    newest edition and what is the matter; to "publish" with what came of it."""
    # What Python loads late it must load while it may still enter its own folder.
    reader.public(), reader.words("nb")
    os.environ["IPSDASH_STORE"] = str(folder)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    while True:
        try:
            asked = line.recv()
        except EOFError:
            return
        line.send(_read() if asked == "read" else _published())


def _read() -> tuple[int, int | None, str | None]:
    goal = int(reader.newest().tables.goals["value"].iloc[-1])
    found = editions.trouble()
    return goal, editions.newest(), found.code if found else None


def _published() -> str | int:
    try:
        return put(editions.store(), service("as nobody"), editions.newest()).number
    except (Damaged, StoreFault) as fault:
        return fault.code
