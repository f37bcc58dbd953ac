"""A workbook on its way in: put onto what is published, and checked with it."""

import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from ipsdash.store.editions import Store
from ipsdash.store.tables import COUNTS_PEOPLE, sheets
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

    trusted: whether a publisher sent it. Anybody else gets no counts of people to put theirs onto: other staff or other limits in a
    workbook of one's own would show what is hidden.
    """
    base = store.latest() if store else None
    # Asked before the contents are: where the file is replaced between, publishing sees it.
    base_seal = store.seals().get(base, "") if store and base else None
    before = sheets(store.contents(base)) if store and base else read(public)[0]
    if not trusted:
        before |= {table: replace(before[table], cells=before[table].cells.iloc[:0]) for table in COUNTS_PEOPLE if table in before}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (NOT_IN_NAMES.sub("_", Path(name).name)[-LONGEST_NAME:].strip(" .") or "workbook.xlsx")
        path.write_bytes(content)
        merged, remarks = read_onto(path, before)
    return Delivery(name, content, merged, checked_sheets(merged, remarks), base, trusted, base_seal)
