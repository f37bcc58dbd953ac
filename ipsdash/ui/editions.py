"""The published editions as readers see them: the newest for all at their next action, an earlier one by its link, the last whole one
when the store cannot answer, with since when it does not."""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import streamlit as st

from ipsdash.export.release import read
from ipsdash.store.editions import FILE, Store, open_store
from ipsdash.store.faults import Damaged, NoEdition, StoreFault
from ipsdash.store.places import store_folder
from ipsdash.store.tables import sheets
from ipsdash.tables.load import Loaded, Tables, checked_sheets

# Digits of an edition's number.
LONGEST = 9
UNREACHABLE, MISSING = "unreachable", "missing_editions"
# Codes of a store that does not answer; the others are of one that is damaged.
SILENT = (UNREACHABLE, "unreadable")
# Seconds that a page waits for a store that another process has locked, and how long nobody asks again after it was silent.
READING_PATIENCE, PAUSE = 0.2, 1.0
LOG = logging.getLogger("ipsdash.store")


@dataclass(frozen=True)
class Trouble:
    """What keeps readers from an edition. began: by the clock that nobody sets."""

    code: str
    began: float

    @property
    def since(self) -> datetime:
        """When it began, as the machine's clock would say it now."""
        return datetime.now(UTC) - timedelta(seconds=time.monotonic() - self.began)


def store(make: bool = False) -> Store | None:
    """The store; None while nothing has been published here. make: to publish the first edition. Raises Damaged and StoreFault."""
    where = store_folder()
    there = os.path.exists(where / FILE)
    # Editions are never taken away: where some were seen there is a store, and no other is made in its place.
    if not there and _seen().get(str(where)):
        raise StoreFault(UNREACHABLE, {"error": "FileNotFoundError"})
    return _store(str(where)) if there or make else None


@st.cache_resource(show_spinner=False)
def _store(path: str) -> Store:
    with _asking(path):
        return open_store(Path(path), READING_PATIENCE)


@st.cache_resource(show_spinner=False)
def _pauses() -> dict[str, float]:
    """When a store that was silent may be asked again, by the clock that nobody sets."""
    return {}


@contextmanager
def _asking(path: str) -> Iterator[None]:
    """One question to a store. While it is known to be silent one page in a second asks, and all others hear so at once
    (StoreFault): else each page would wait for it."""
    pauses, now = _pauses(), time.monotonic()
    if now < pauses.get(path, now):
        raise StoreFault(UNREACHABLE, {"error": "silent"})
    if path in pauses:
        # This page asks for all: the others need not wait until it knows.
        pauses[path] = now + PAUSE
    try:
        yield
    except StoreFault:
        pauses[path] = time.monotonic() + PAUSE
        raise
    except BaseException:
        # It answered, whatever it said.
        pauses.pop(path, None)
        raise
    pauses.pop(path, None)


@st.cache_resource(show_spinner=False)
def _seen() -> dict[str, int | None]:
    """The newest edition that was seen, by store: what is served while the store cannot answer."""
    return {}


@st.cache_resource(show_spinner=False)
def _troubles() -> dict[tuple[str, int], Trouble]:
    """What is the matter now, by store and the number of an edition; 0 stands for the store itself."""
    return {}


@contextmanager
def _noted(number: int) -> Iterator[None]:
    """Keeps in mind what keeps an edition (0: the whole store) from being read, until it can be read again."""
    known, key = _troubles(), (str(store_folder()), number)
    try:
        yield
    except (Damaged, StoreFault, NoEdition) as reason:
        if key not in known:
            LOG.warning("store: %s", code(reason))
        known[key] = Trouble(code(reason), known[key].began if key in known else time.monotonic())
    else:
        if known.pop(key, None):
            LOG.warning("store: answers again")


def code(reason: Damaged | StoreFault | NoEdition) -> str:
    """What is the matter, for one who reads: why the database does not answer now is not theirs to know."""
    if isinstance(reason, NoEdition):
        return MISSING
    return reason.code if isinstance(reason, Damaged) else UNREACHABLE


def newest() -> int | None:
    """The number of the newest edition, None while there is none; while the store cannot answer, the one that was seen last."""
    seen, where = _seen(), str(store_folder())
    with _noted(0):
        found = store()
        with _asking(where):
            latest = found.latest() if found else None
        # A damaged file may look empty: what was seen is still there.
        if seen.get(where) and not latest:
            raise Damaged(MISSING, {"newest": seen[where], "found": 0})
        seen[where] = latest
    return seen.get(where)


def trouble(asked: str = "") -> Trouble | None:
    """What kept readers from the newest edition, or the one asked for, when it was looked for last."""
    known, where = _troubles(), str(store_folder())
    return known.get((where, 0)) or known.get((where, _wanted(asked, _seen().get(where))))


def shown(asked: str) -> int | None:
    """The edition to show: the one asked for, if there is one of that number, else the newest; where that is not whole, the last before
    it that is."""
    return next((one for one in range(_wanted(asked, newest()), 0, -1) if tables_of(one)), None)


def _wanted(asked: str, latest: int | None) -> int:
    """The number of the edition asked for, or of the newest; 0 where there is none."""
    # Python refuses to read thousands of digits, the store numbers that are no 64 bits.
    number = int(asked) if asked.isdecimal() and len(asked) <= LONGEST else 0
    return number if latest and 1 <= number <= latest else latest or 0


def tables_of(number: int) -> Loaded | None:
    """The tables of an edition; None where it cannot be read."""
    with _noted(number):
        return _tables(str(store_folder()), number)
    return None


@st.cache_resource(show_spinner=False, max_entries=8)
def _tables(path: str, number: int) -> Loaded:
    kept = _store(path)
    with _asking(path):
        contents = kept.contents(number)
    return read(contents)


def as_delivered(number: int) -> Tables | None:
    """The tables of an edition as they were delivered: for publishers only. Raises Damaged, StoreFault and NoEdition."""
    return checked_sheets(sheets(store().contents(number)), []).tables
