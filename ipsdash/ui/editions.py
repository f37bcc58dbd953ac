"""The published editions as readers see them: the newest for all at their next action, an earlier one by its link, the last whole one
when the store cannot answer."""

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


def store(make: bool = False) -> Store | None:
    """The store; None while nothing has been published here. make: to publish the first edition. Raises Damaged and StoreFault."""
    if not make and not (store_folder() / FILE).exists():
        return None
    return _store(str(store_folder()))


@st.cache_resource(show_spinner=False)
def _store(path: str) -> Store:
    return open_store(Path(path))


@st.cache_resource(show_spinner=False)
def _seen() -> dict[str, int | None]:
    """The newest edition that was seen, by store: what is served while the store cannot answer."""
    return {}


def newest() -> int | None:
    """The number of the newest edition, None while there is none; while the store cannot answer, the one that was seen last."""
    seen, where = _seen(), str(store_folder())
    try:
        found = store()
        # A damaged file may look empty: editions are never taken away, so what was seen is still there.
        seen[where] = (found.latest() if found else None) or seen.get(where)
    except (Damaged, StoreFault):
        pass
    return seen.get(where)


def trouble() -> str:
    """The code of what keeps the store from answering; "" where nothing does."""
    try:
        found = store()
        if found:
            found.latest()
    except (Damaged, StoreFault) as reason:
        return reason.code
    return ""


def shown(asked: str) -> int | None:
    """The edition to show: the one asked for, if there is one of that number, else the newest."""
    latest = newest()
    # Python refuses to read thousands of digits, the store numbers that are no 64 bits.
    number = int(asked) if asked.isdecimal() and len(asked) <= LONGEST else 0
    return number if latest and 1 <= number <= latest else latest


def tables_of(number: int) -> Loaded | None:
    """The tables of an edition, or of the last one before it that is whole; None where there is none."""
    for one in range(number, 0, -1):
        try:
            return _tables(str(store_folder()), one)
        except (Damaged, StoreFault, NoEdition):
            continue
    return None


@st.cache_resource(show_spinner=False, max_entries=8)
def _tables(path: str, number: int) -> Loaded:
    return read(_store(path).contents(number))


def as_delivered(number: int) -> Tables | None:
    """The tables of an edition as they were delivered: for publishers only. Raises Damaged, StoreFault and NoEdition."""
    return checked_sheets(sheets(store().contents(number)), []).tables
