"""What of an edition may leave: found once when it is published, kept with it, and laid over its numbers whenever they are read.

Everybody who shows or gives away tables takes them from here; only publishers get an edition as it was delivered.
The rule, which tests/pages/test_two_stores.py holds: of two stores that release the same, everything that somebody who
is no publisher can see, hand in or compare is the same.
"""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pandas as pd

from ipsdash.domain.disclosure import pattern, release, release_by
from ipsdash.store.deliveries import Delivery, received
from ipsdash.store.editions import FILE, SECRET_BYTES, Store, open_store
from ipsdash.store.faults import StoreFault
from ipsdash.store.records import HIDDEN, Content
from ipsdash.store.tables import (
    COUNTS_DO_NOT_PASS,
    COUNTS_PEOPLE,
    PEOPLE_COLUMNS,
    contents,
    counts_of_people_in,
    frame,
    sheets,
    without_remarks_on_people,
    without_unknown_columns,
)
from ipsdash.tables.faults import Fault
from ipsdash.tables.load import Loaded, Tables, checked_sheets
from ipsdash.tables.readers import read as read_sheets

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


def public(path: Path) -> Loaded:
    """The public files, or their faults. Counts of people are one of them: they are published as an edition.

    What was shown of editions is kept, so an edition is checked beside all that were shown before it. Files
    can change without a trace, so no check can know what they showed: a total in one of the two minus the
    cells of the other would give a hidden number away. The example that comes with the product is no part
    of this: it is invented.
    """
    given, remarks = read_sheets(path)
    people = counts_of_people_in(given)
    loaded = checked_sheets(given, without_unknown_columns(remarks, given))
    if not people:
        return released(loaded)
    table, row, column = people[0]
    fault = Fault(given[table].file, row, column, None, "people_in_public_files", "publish_people", {"cells": len(people)})
    others = [one for one in without_remarks_on_people(loaded).faults if one.rule != COUNTS_DO_NOT_PASS]
    return replace(loaded, tables=None, faults=(fault, *others), notes=(), warnings=())


def read(kept: Mapping[str, Content]) -> Loaded:
    """An edition with what of it may be shown, as was found when it was published. Nothing that its
    check says of counts of people is in it."""
    loaded = without_remarks_on_people(checked_sheets(sheets(kept), []))
    if loaded.tables is None or HIDDEN not in kept:
        return released(loaded)
    return replace(loaded, tables=release_by(loaded.tables, frame(kept[HIDDEN])))


def delivered(one: Delivery, store: Store | None) -> Delivery:
    """A delivery with what of it may be shown. Raises Damaged and StoreFault.

    A publisher's is checked beside all that was published before. Anybody else's is checked by itself and
    without the store's secret: else its answer would tell what is hidden in the store.
    """
    if one.loaded.tables is None:
        return one
    if not one.trusted:
        return replace(one, loaded=replace(one.loaded, tables=release(one.loaded.tables)))
    earlier = [_earlier(store.contents(edition.number)) for edition in reversed(store.editions()) if edition.counts_people] if store else []
    # Before the first publication there is no secret: any random number will do.
    secret = (store.secret() if store else None) or secrets.token_bytes(SECRET_BYTES)
    tables = release(one.loaded.tables, earlier, seed=int.from_bytes(secret))
    return replace(one, loaded=replace(one.loaded, tables=tables))


def put_in(name: str, content: bytes, store: Path | None, public: Path, trusted: bool) -> Delivery:
    """A workbook put onto the newest edition, or onto the public files, with what of it may be shown. store: the folder of the editions,
    None while there are none; trusted: whether a publisher sent it. Raises Damaged and StoreFault."""
    if store and not (store / FILE).exists():
        # It was there a moment ago: opened now, an empty one would take its place.
        raise StoreFault("unreachable", {"error": "FileNotFoundError"})
    editions = open_store(store) if store else None
    return delivered(received(name, content, editions, public, trusted), editions)


def to_publish(one: Delivery) -> dict[str, Content]:
    """What an edition made of a delivery keeps: its tables, what of them is hidden, and the checksums of
    what is shown. one: as `delivered` gives it. Raises ValueError for a delivery that no publisher
    sent: it lacks the counts of people that are published."""
    if not one.trusted:
        raise ValueError("only what a publisher has delivered can be published")
    return contents(one.sheets, _pattern(one.loaded.tables), checksums(one))


def checksums(one: Delivery) -> pd.DataFrame:
    """One row is a table as readers may see it: table, sha256. Of tables that count people, what is
    hidden is left out; of the others it is the sha256 of their text as delivered."""
    texts = {table: content.text for table, content in contents(one.sheets).items()}
    for table in (*COUNTS_PEOPLE, *PEOPLE_COLUMNS, "outcomes"):
        texts[table] = getattr(one.loaded.tables, table).to_csv(index=False, lineterminator="\n")
    rows = sorted((table, sha256(text.encode()).hexdigest()) for table, text in texts.items())
    return pd.DataFrame(rows, columns=["table", "sha256"])


def to_fill(shown: Tables, as_delivered: Tables | None = None) -> Tables:
    """The tables that a template is filled with: as they were delivered for a publisher; for others
    (as_delivered: None) as they are shown, without the rows of tables that count people."""
    if as_delivered is not None:
        return as_delivered
    return replace(shown, **{table: getattr(shown, table).iloc[:0] for table in COUNTS_PEOPLE})


def _pattern(tables: Tables) -> pd.DataFrame:
    return pattern(tables.outcomes, tables.staffing)


def _earlier(kept: Mapping[str, Content]) -> tuple[Tables, pd.DataFrame]:
    return checked_sheets(sheets(kept), []).tables, frame(kept[HIDDEN])
