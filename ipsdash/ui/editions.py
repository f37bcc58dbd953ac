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

from ipsdash.export.release import read
from ipsdash.store.editions import FILE, Store, open_store
from ipsdash.store.faults import Damaged, NoEdition, StoreFault
from ipsdash.store.places import store_folder
from ipsdash.store.tables import sheets
from ipsdash.tables.load import Loaded, Tables, checked_sheets
from ipsdash.ui import plain_streamlit as st

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
    there = _is_there(where / FILE)
    # Editions are never taken away: where some were seen there is a store, and no other is made in its place.
    if not there and _seen().get(str(where)):
        raise StoreFault(UNREACHABLE, {"error": "FileNotFoundError"})
    return _store(str(where)) if there or make else None


def _is_there(file: Path) -> bool:
    """Whether there is a file. Raises StoreFault where that cannot be seen, as without the right to the
    folder: a store that may not be read is not a store where nothing is published."""
    try:
        os.stat(file)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise StoreFault(UNREACHABLE, {"error": type(error).__name__}) from error
    return True


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
def _seen() -> dict[str, dict[int, str]]:
    """The editions that were seen last, their seals by number, by store: what is served while the
    store cannot answer. An edition is known by both, for a store that was restored may come to the
    same number with other contents."""
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
        before = seen.get(where, {})
        with _asking(where):
            seals = found.seals() if found else {}
        # A damaged file may look empty: what was seen is still there.
        if before and not seals:
            raise Damaged(MISSING, {"newest": max(before), "found": 0})
        # Editions are only ever added: others are those of another file, as when a backup is restored.
        if not before.items() <= seals.items():
            LOG.warning("store: replaced, newest edition %d, before %d", max(seals), max(before))
        seen[where] = seals
    return _newest_seen()


def _newest_seen() -> int | None:
    """The number of the newest edition as it was seen last."""
    return max(_seen().get(str(store_folder()), ()), default=None)


def trouble(asked: str = "") -> Trouble | None:
    """What kept readers from the newest edition, or the one asked for, when it was looked for last."""
    known, where = _troubles(), str(store_folder())
    return known.get((where, 0)) or known.get((where, _wanted(asked, _newest_seen())))


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
    """The tables of an edition as it was seen last; None where it cannot be read."""
    with _noted(number):
        path = str(store_folder())
        seal = _seal(path, number)
        try:
            return _tables(path, number, seal)
        except (Damaged, NoEdition):
            # Where another file was put in the store's place just now, what is read does not fit.
            newest()
            if _seal(path, number) == seal:
                raise
            return _tables(path, number, _seal(path, number))
    return None


def _seal(path: str, number: int) -> str:
    """The seal of an edition as it was seen last. Raises NoEdition."""
    if path not in _seen():
        newest()
    if number not in _seen().get(path, {}):
        raise NoEdition(number)
    return _seen()[path][number]


@st.cache_resource(show_spinner=False, max_entries=8)
def _tables(path: str, number: int, seal: str) -> Loaded:
    kept = _store(path)
    with _asking(path):
        contents = kept.contents(number)
        seals = kept.seals()
    if seals.get(number) != seal:
        raise NoEdition(number)
    return read(contents)


def as_delivered(number: int) -> Tables | None:
    """The tables of an edition as they were delivered: for publishers only. Raises Damaged, StoreFault and NoEdition."""
    return checked_sheets(sheets(store().contents(number)), []).tables
