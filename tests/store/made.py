"""Small editions for tests, and the publishers that run in processes of their own."""

import os
import resource
import signal

# SQLAlchemy loads it late, and who is nobody may not be let into Python's own folder.
import sqlite3  # noqa: F401
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from ipsdash.store.editions import Store, open_store
from ipsdash.store.faults import Conflict, StoreFault
from ipsdash.store.records import HIDDEN, Content, Edition

AREAS = Content("area_id,name\nm:1804,Bodø\nm:5501,Tromsø\n", "Områder", (3, 4))
# Whoever counts people says what of it is hidden.
NOTHING = Content("level,place,period,measure,state\n", HIDDEN, ())
NOBODY = 65534

# A server that forks: starting a process takes 20 ms, not the 0.4 s of loading SQLAlchemy.
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.store.made"])


def service(text: str) -> dict[str, Content]:
    """An edition of two tables: areas, always the same, and one with a row of this text."""
    return {"areas": AREAS, HIDDEN: NOTHING, "service": Content(f"site_id,caseload\n{text}\n", "Tjenesten", (3,))}


def large(seed: int, rows: int = 4_000) -> dict[str, Content]:
    """An edition that takes a while to write and differs from that of every other seed: 30 bytes in a row."""
    lines = "".join(f"{seed:09d},{row:09d},{seed * row:09d}\n" for row in range(rows))
    return {"areas": AREAS, HIDDEN: NOTHING, "service": Content(f"a,b,c\n{lines}", "Tjenesten", tuple(range(3, rows + 3)))}


def put(store: Store, contents: dict[str, Content], based_on: int | None = None) -> Edition:
    """Publishes with a name and a note that do not matter."""
    return store.publish(contents, "Kari", "Tall for kvartalet", based_on, counts_people=False)


def publish_until_killed(folder: Path, told: Connection) -> None:
    """Publishes `large` editions as fast as it can and tells each number when it is published."""
    store = open_store(folder)
    number = store.latest()
    while True:
        number = put(store, large((number or 0) + 1), number).number
        told.send(number)


def publish_when_told(folder: Path, name: str, together, told: Connection) -> None:
    """For each number that comes, publishes on it at the same moment as the others and tells what came of it."""
    store = open_store(folder)
    with suppress(EOFError):
        while True:
            based_on = told.recv()
            together.wait()
            try:
                told.send(("published", put(store, service(f"{name} on {based_on}"), based_on).number))
            except Conflict as conflict:
                told.send(("told", conflict.latest))


def publish_with_little_room(folder: Path, told: Connection) -> None:
    """Publishes where no file may become larger than 200 kB, and tells the fault."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    told.send(_fault(folder))


def publish_as_nobody(folder: Path, told: Connection) -> None:
    """Publishes without the rights of root, and tells the fault and what can still be read."""
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    told.send((_fault(folder), open_store(folder).contents(1) if any(folder.iterdir()) else None))


def _fault(folder: Path) -> str:
    try:
        store = open_store(folder)
        put(store, large(9), store.latest())
    except StoreFault as fault:
        return fault.code
    return "published"


def publish_on_seals(folder: Path, told: Connection) -> None:
    """Publishes on what it has just seen, again and again, and tells what came of each."""
    store = open_store(folder)
    while True:
        try:
            seals = store.seals()
            newest = max(seals)
            contents, note = service(f"on {seals[newest]}"), "Tall for kvartalet"
            sealed = {"based_on": newest, "based_on_seal": seals[newest]}
            edition = store.publish(contents, "Kari", note, counts_people=False, **sealed)
            told.send(("published", edition.number))
        except Conflict as conflict:
            told.send(("told", conflict.latest))
        except StoreFault as fault:
            told.send((fault.code, None))
