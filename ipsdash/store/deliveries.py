"""A workbook on its way in: put onto what is published, and checked with it."""

import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from ipsdash.store.editions import Store
from ipsdash.store.tables import COUNTS_PEOPLE, sheets, without_counts_of_people
from ipsdash.tables.assumptions import DISCLOSURE_LIMITS
from ipsdash.tables.faults import Fault
from ipsdash.tables.load import Loaded, checked_sheets
from ipsdash.tables.readers import read, read_onto
from ipsdash.tables.sheets import Sheet

# A name that somebody else gave: only what every file system takes, and not longer.
NOT_IN_NAMES, LONGEST_NAME = re.compile(r"[^\w .()\-]"), 60


@dataclass(frozen=True, eq=False)
class Delivery:
    """A workbook that was handed in: its name and content, all tables with what it brings, what their check found, and the edition it
    was put onto (None: the public files). trusted: whether a publisher sent it. base_seal: the seal of
    that edition, by which it is known from one of the same number in a store that was restored."""

    name: str
    content: bytes
    sheets: dict[str, Sheet]
    loaded: Loaded
    base: int | None
    trusted: bool = False
    base_seal: str | None = None


def received(name: str, content: bytes, store: Store | None, public: Path, trusted: bool = False) -> Delivery:
    """A workbook put onto the newest edition, or onto the public files where there is none. Raises Damaged and StoreFault.

    trusted: whether a publisher sent it. Anybody else's workbook never meets a count of people: those of
    the edition are not even read, so neither what is found nor the time it takes can depend on them.
    Nor does it set the limits by which counts are hidden: those that are published hold for it too.
    """
    base = store.latest() if store else None
    # Asked before the contents are: where the file is replaced between, publishing sees it.
    base_seal = store.seals().get(base, "") if store and base else None
    before = _base(store, base, public, trusted)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (NOT_IN_NAMES.sub("_", Path(name).name)[-LONGEST_NAME:].strip(" .") or "workbook.xlsx")
        path.write_bytes(content)
        merged, remarks = read_onto(path, before, trusted)
    loaded = checked_sheets(merged, remarks)
    if not trusted and merged.get("assumptions") is not before.get("assumptions"):
        loaded = _with_published_limits(loaded, merged["assumptions"], before)
    return Delivery(name, content, merged, loaded, base, trusted, base_seal)


def _base(store: Store | None, base: int | None, public: Path, trusted: bool) -> dict[str, Sheet]:
    """What a workbook is put onto."""
    if trusted:
        return sheets(store.contents(base)) if store and base else read(public)[0]
    kept = sheets(store.contents(base, without=COUNTS_PEOPLE)) if store and base else read(public)[0]
    return without_counts_of_people(kept)


def _with_published_limits(loaded: Loaded, handed_in: Sheet, before: dict[str, Sheet]) -> Loaded:
    """A delivery with the published limits instead of its own, and a warning at each of its own that
    differs. handed_in: its assumptions; before: the tables that it was put onto."""
    published = checked_sheets(before, []).tables
    if loaded.tables is None or published is None:
        return loaded
    own, limits = loaded.tables.assumptions, published.assumptions
    kept, taken = (frame["assumption"].isin(DISCLOSURE_LIMITS) for frame in (own, limits))
    if own[kept].reset_index(drop=True).equals(limits[taken].reset_index(drop=True)):
        return loaded
    mixed = pd.concat([own[~kept], limits[taken]], ignore_index=True).astype(own.dtypes)
    names = ["assumption", "valid_from", "value"]
    known = set(limits.loc[taken, names].itertuples(index=False, name=None))
    rows = own.loc[kept, names].itertuples(name=None)
    differing = [handed_in.cells.index[place] for place, *limit in rows if tuple(limit) not in known]
    warnings = tuple(_limit_not_taken(handed_in, int(row)) for row in differing)
    return replace(loaded, tables=replace(loaded.tables, assumptions=mixed), warnings=loaded.warnings + warnings)


def _limit_not_taken(sheet: Sheet, row: int) -> Fault:
    value, letter = sheet.cells.at[row, "value"], sheet.letters.get("value", "")
    cell = f"{letter}{row}" if letter else ""
    return Fault(sheet.file, row, "value", value, "limit_not_taken", "published_limit_holds", {}, "warning", cell)
