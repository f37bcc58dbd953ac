"""A workbook that says in one sentence why another one could not be made."""

from openpyxl import Workbook

from ipsdash.export.workbook.cells import put, saved


def notice(text: str) -> bytes:
    """A workbook with this text in its first cell."""
    book = Workbook()
    put(book.active["A1"], text)
    return saved(book)
