"""A store that another process has locked holds no page up: the last edition with its word, one question a second, then the new one."""

import time
from sqlite3 import connect

import pytest

from ipsdash.store.editions import FILE, Store, open_store
from ipsdash.store.faults import StoreFault
from ipsdash.ui import editions
from tests.store.made import put, service


class Clock:
    """The clock that nobody sets, as a test sets it."""

    def __init__(self):
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch):
    one = Clock()
    monkeypatch.setattr(editions, "time", one)
    return one


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A store with one edition that has been seen."""
    monkeypatch.setenv("IPSDASH_STORE", str(tmp_path))
    put(open_store(tmp_path), service("1"))
    assert editions.newest() == 1
    return tmp_path


@pytest.fixture
def asked(monkeypatch):
    """How often the store was asked for its newest edition and for tables."""
    times = []
    for name in ("seals", "contents"):
        real = getattr(Store, name)
        monkeypatch.setattr(Store, name, lambda self, *given, name=name, real=real: times.append(name) or real(self, *given))
    return times


@pytest.fixture
def locked(folder):
    """Another process holds the whole file."""
    other = connect(folder / FILE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield other
    if other.in_transaction:
        other.execute("COMMIT")
    other.close()


def test_readers_keep_the_last_edition_and_are_told_since_when(locked, clock):
    assert editions.newest() == 1
    assert editions.trouble().code in editions.SILENT
    began = editions.trouble().began
    clock.now += 30
    assert editions.newest() == 1 and editions.trouble().began == began


def test_while_it_is_locked_one_page_a_second_asks(locked, clock, asked):
    for _ in range(50):
        assert editions.newest() == 1
    assert asked == ["seals"]
    clock.now += editions.PAUSE
    for _ in range(50):
        editions.newest()
    assert asked == ["seals"] * 2


def test_tables_that_were_not_read_yet_are_not_waited_for_either(locked, clock, asked):
    assert editions.shown("") is None
    assert asked == ["seals"], "nobody asks for tables right after the store was silent"
    assert editions.trouble().code in editions.SILENT


def test_what_was_published_meanwhile_is_seen_within_a_second_of_the_answer(locked, clock, folder):
    editions.newest()
    locked.execute("COMMIT")
    put(open_store(folder), service("2"), 1)
    assert editions.newest() == 1
    clock.now += editions.PAUSE
    assert editions.newest() == 2 and editions.trouble() is None
    put(open_store(folder), service("3"), 2)
    assert editions.newest() == 3, "nothing is waited for once it answers"


def test_a_store_that_answers_is_asked_by_every_page(folder, clock, asked):
    for _ in range(5):
        editions.newest()
    assert asked == ["seals"] * 5


def test_reading_has_a_patience_of_its_own(tmp_path):
    put(open_store(tmp_path), service("1"))
    hasty, patient = (Store(f"sqlite:///{tmp_path / FILE}", patience, reading) for patience, reading in ((60, 0.01), (0.01, 60)))
    other = connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    begun = time.monotonic()
    with pytest.raises(StoreFault) as fault:
        hasty.latest()
    assert fault.value.code == "locked"
    with pytest.raises(StoreFault) as fault:
        put(patient, service("2"), 1)
    assert fault.value.code == "locked"
    assert time.monotonic() - begun < 30, "not the patience of the other"
    other.execute("COMMIT")
    other.close()


def test_pages_read_with_the_short_patience_and_publish_with_the_long_one(folder):
    store = editions.store()
    waits = [engine.connect().exec_driver_sql("PRAGMA busy_timeout").scalar() for engine in (store._reading_engine, store._engine)]
    assert waits == [1000 * editions.READING_PATIENCE, 5_000]
