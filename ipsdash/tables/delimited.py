"""CSV files as people write them: UTF-8 with or without a byte-order mark, Windows text, comma or semicolon."""

import csv
import io
import re
from pathlib import Path

from ipsdash.tables.faults import Fault
from ipsdash.tables.sheets import Lines
from ipsdash.tables.text_normalisation import normalise

# What a spreadsheet takes for the start of a formula; an apostrophe in front, and it is text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
TEXT_MARK = "'"
MONTH = "(?:jan|feb|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|des|dec)[a-z]{0,6}"
# Texts that Excel makes dates, times or other numbers of when it opens a CSV file: 1-2, 4/2019, 1.5,
# 2019-04, mai 19, 12:30, 007, 1E5, and numbers of more digits than it keeps.
CONVERTED = re.compile(
    r"\d{1,2}\s?[-./]\s?\d{1,4}|\d{4}[-./]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}"
    rf"|\d{{1,2}}[-. ]{{1,2}}{MONTH}\.?|{MONTH}[-. ]{{1,2}}\d{{1,4}}"
    r"|\d{1,2}:\d{2}(:\d{2})?|0\d+|\d+(\.\d+)?[eE][-+]?\d+|\d{16,}",
    re.ASCII | re.IGNORECASE,
)
SEPARATORS = {",": ",", ";": ";", "\t": "tab"}  # as it stands in the file, as it can be shown


def read_csv(path: Path, file: str) -> tuple[Lines | None, list[Fault]]:
    """The rows of a CSV file as text; None with a fault when it cannot be read, notes for what was read with a change."""
    text, remarks = decoded(path.read_bytes(), file)
    if text is None:
        return None, remarks
    separator = _separator(text)
    if separator != ",":
        shown = {"separator": SEPARATORS[separator]}
        remarks.append(Fault(file, None, None, None, "other_separator", "nothing_to_do", shown, "note"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows = []
    try:
        for number, texts in enumerate(reader, start=1):
            rows.append((number, [normalise(plain(text)) for text in texts]))
    except csv.Error:
        # The place where the reader gave up is the end of the file; the row that opened the quote is the one to look at.
        return None, [*remarks, Fault(file, len(rows) + 1, None, None, "broken_quotes", "close_quotes")]
    return Lines(file, rows), remarks


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: how spreadsheets mark text themselves. `plain` takes it back."""
    return TEXT_MARK + text if text.lstrip(TEXT_MARK).startswith(FORMULA_STARTS) else text


def as_text_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula, a date or a number. `plain` takes it back."""
    return TEXT_MARK + text if CONVERTED.fullmatch(text.lstrip(TEXT_MARK)) else harmless(text)


def plain(text: str) -> str:
    """A cell without the mark of `harmless` and `as_text_cell`."""
    marked = text.startswith(TEXT_MARK) and text.lstrip(TEXT_MARK)
    if marked and (marked.startswith(FORMULA_STARTS) or CONVERTED.fullmatch(marked)):
        return text[1:]
    return text


def decoded(content: bytes, file: str) -> tuple[str | None, list[Fault]]:
    """The text of a file. Windows text (cp1252, and Latin-1 with it) is read with a note; UTF-16 and no text are faults."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [Fault(file, None, None, None, "utf16", "save_as_utf8")]
    if b"\x00" in content:
        return None, [Fault(file, None, None, None, "not_text", "save_as_csv")]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        note = Fault(file, None, None, None, "windows_text", "save_as_utf8", level="note")
    try:
        return content.decode("cp1252"), [note]
    except UnicodeDecodeError:
        return content.decode("latin-1"), [note]


def _separator(text: str) -> str:
    """What separates the cells of the heading: whichever of comma, semicolon and tab stands there most often."""
    heading = text.lstrip("\r\n").partition("\n")[0]
    return max(SEPARATORS, key=heading.count)
