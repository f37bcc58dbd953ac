"""Faults in the reader's language."""

from collections.abc import Iterable

from ipsdash.tables.faults import Fault
from ipsdash.text.words import Words

HEADINGS = ("file", "row", "column", "value", "rule", "cure")


def lines(words: Words, faults: Iterable[Fault]) -> list[tuple[str, ...]]:
    """One line per fault: file or sheet, cell or row as the spreadsheet counts, column, value, what is wrong, the cure."""
    return [_line(words, fault) for fault in faults]


def _line(words: Words, fault: Fault) -> tuple[str, ...]:
    values = {"file": fault.file, "row": fault.row, "column": fault.column, "value": fault.value, **fault.values}
    sentences = (words(f"fault.{part}.{getattr(fault, part)}", **values) for part in ("rule", "cure"))
    written = (str(cell) if cell is not None else "" for cell in (fault.file, fault.cell or fault.row, fault.column, fault.value))
    return (*written, *sentences)
