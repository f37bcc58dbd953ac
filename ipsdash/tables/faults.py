"""A fault or a note as a record: codes and values, no words. The layer `text` words it in the reader's language."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong (level "fault") or was read with a change (level "note").

    file: path inside the folder, or the sheet's name; empty when the whole delivery is meant.
    row: as the spreadsheet counts, the heading is row 1; in sources.toml the line of the source's heading; None: no one row.
    value: the cell as it was written. rule, cure: ids of one sentence each.
    values: what the sentences name beside file, row, column and value; texts and numbers only.
    cell: where a spreadsheet shows it, "B7"; empty for other files.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    rule: str
    cure: str
    values: dict[str, str | int | float] = field(default_factory=dict, hash=False)
    level: str = "fault"
    cell: str = ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, or None when none is alike; capital letters do not count."""
    by_lower = {each.lower(): each for each in known}
    found = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.75)
    return by_lower[found[0]] if found else None


def one_per_cell(remarks: Iterable[Fault]) -> list[Fault]:
    """All notes, and the first fault of each cell: a word where a number belongs is not also an empty cell.

    In a row with cells too many all cells are shifted: that is the one fault of the row.
    """
    remarks = list(remarks)
    shifted = {(each.file, each.row) for each in remarks if each.rule == "too_many_cells"}
    seen: set[tuple] = set()
    kept = []
    for each in remarks:
        cell = (each.file, each.row, each.column)
        is_cell = each.level == "fault" and None not in cell
        if is_cell and (cell in seen or cell[:2] in shifted):
            continue
        if is_cell:
            seen.add(cell)
        kept.append(each)
    return kept
