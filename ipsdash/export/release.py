"""What of an edition may leave: found once when it is published, kept with it, and laid over its numbers whenever they are read.

Everybody who shows or gives away tables takes them from here; only publishers get an edition as it was delivered.
"""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pandas as pd

from ipsdash.domain.disclosure import pattern, release, release_by
from ipsdash.store.deliveries import Delivery, received
from ipsdash.store.editions import FILE, Store, open_store
from ipsdash.store.faults import StoreFault
from ipsdash.store.records import HIDDEN, Content
from ipsdash.store.tables import contents, frame, sheets
from ipsdash.tables.load import Loaded, Tables, checked_sheets


# What was found for the tables of a folder, by their digest: finding it takes seconds.
FOUND = "released"


def released(loaded: Loaded, folder: Path | None = None) -> Loaded:
    """Tables that were never published, with what of them may be shown. folder: where that may have been found before."""
    if loaded.tables is None:
        return loaded
    file = found_in(folder, loaded.tables) if folder else None
    if file and file.exists():
        return replace(loaded, tables=release_by(loaded.tables, pd.read_csv(file, dtype="str")))
    return replace(loaded, tables=release(loaded.tables))


def found_in(folder: Path, tables: Tables) -> Path:
    """The file that says what of these very tables is hidden: another number in them, and it has another name."""
    parts = (tables.service, tables.staffing, tables.sites, tables.assumptions)
    digest = sha256("\n".join(part.to_csv(index=False) for part in parts).encode()).hexdigest()[:16]
    return folder / FOUND / f"{digest}.csv"


def find(folder: Path, tables: Tables) -> Path:
    """Finds what of a folder's tables is hidden and keeps it there, instead of what was found before."""
    file = found_in(folder, tables)
    for old in file.parent.glob("*.csv"):
        old.unlink()
    file.parent.mkdir(exist_ok=True)
    _pattern(release(tables)).to_csv(file, index=False, lineterminator="\n")
    return file


def read(kept: Mapping[str, Content]) -> Loaded:
    """An edition with what of it may be shown, as was found when it was published."""
    loaded = checked_sheets(sheets(kept), [])
    if loaded.tables is None or HIDDEN not in kept:
        return released(loaded)
    return replace(loaded, tables=release_by(loaded.tables, frame(kept[HIDDEN])))


def delivered(one: Delivery, store: Store | None) -> Delivery:
    """A delivery with what of it may be shown beside all that was published before. Raises Damaged and StoreFault."""
    if one.loaded.tables is None:
        return one
    earlier = [_earlier(store.contents(edition.number)) for edition in reversed(store.editions()) if edition.counts_people] if store else []
    return replace(one, loaded=replace(one.loaded, tables=release(one.loaded.tables, earlier)))


def put_in(name: str, content: bytes, store: Path | None, public: Path, trusted: bool) -> Delivery:
    """A workbook put onto the newest edition, or onto the public files, with what of it may be shown. store: the folder of the editions,
    None while there are none; trusted: whether a publisher sent it. Raises Damaged and StoreFault."""
    if store and not (store / FILE).exists():
        # It was there a moment ago: opened now, an empty one would take its place.
        raise StoreFault("unreachable", {"error": "FileNotFoundError"})
    editions = open_store(store) if store else None
    return delivered(received(name, content, editions, public, trusted), editions)


def to_publish(one: Delivery) -> dict[str, Content]:
    """What an edition made of a delivery keeps: its tables, and what of them is hidden. one: as `delivered` gives it."""
    return contents(one.sheets, _pattern(one.loaded.tables))


def _pattern(tables: Tables) -> pd.DataFrame:
    return pattern(tables.outcomes, tables.staffing)


def _earlier(kept: Mapping[str, Content]) -> tuple[Tables, pd.DataFrame]:
    return checked_sheets(sheets(kept), []).tables, frame(kept[HIDDEN])
