"""Numbers as people write them: "12,5", "51 022", "45,0". Accepted with a note; a word among numbers is a fault."""

import re
from collections.abc import Iterable

import pandas as pd

from ipsdash.tables.columns import COLUMNS
from ipsdash.tables.faults import Fault
from ipsdash.tables.number_readings import SIGNIFICANT_DIGITS, date_instead, number_text
from ipsdash.tables.sheets import Sheet

NUMBER = re.compile(r"[-+]?\d{1,15}(\.\d+)?([eE][-+]?\d{1,2})?", re.ASCII)  # 15 digits: what a float holds exactly
WHOLE = re.compile(r"[-+]?\d{1,15}", re.ASCII)
# Blanks between thousands: plain, no-break, thin, narrow no-break.
THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?", re.ASCII)
BLANK = re.compile(r"[ \u00a0\u2009\u202f]")
# More digits than a float holds, as programs write what 0.1 + 0.2 makes.
LONG = re.compile(r"[-+]?\d{1,15}\.\d+", re.ASCII)
DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+", re.ASCII)
# Somebody asked and nobody knows: something else than an empty cell, which nobody has filled yet, and than zero.
UNKNOWN_WORDS = ("ukjent", "unknown")
# What stands for a hidden number in files that readers fetch: it cannot come back as a number.
HIDDEN_WORDS = ("skjermet", "hidden")


def with_plain_numbers(sheet: Sheet) -> tuple[pd.DataFrame, list[Fault]]:
    """The cells with empty ones as NA and numbers as plain text ("12.5"); cells that are no number are NA, with a fault."""
    columns, remarks = {}, []
    sheet = _with_unknown(sheet)
    for name, texts in sheet.cells.items():
        if COLUMNS[name].kind in ("number", "whole"):
            texts = texts.map({text: plain(text, COLUMNS[name].kind) for text in texts.unique()})
            remarks += _faults(sheet, name, texts)
        columns[name] = [text or None for text in texts.fillna("")]
    return pd.DataFrame(columns, index=sheet.cells.index, columns=sheet.cells.columns, dtype="str"), remarks


def _with_unknown(sheet: Sheet) -> Sheet:
    """The sheet with the words for unknown taken out of its numbers, and the names of their columns in the column `unknown`."""
    if "unknown" not in sheet.cells:
        return sheet
    numbers = [name for name in sheet.cells if name in COLUMNS["unknown"].codes]
    if not numbers:
        return sheet
    said = sheet.cells[numbers].apply(lambda texts: texts.str.casefold().isin(UNKNOWN_WORDS))
    names = [" ".join(filter(None, [before, *said.columns[row]])) for before, row in zip(sheet.cells["unknown"], said.to_numpy())]
    return Sheet(sheet.file, sheet.cells.assign(unknown=names, **{name: sheet.cells[name].mask(said[name], "") for name in numbers}))


def plain(text: str, kind: str) -> str | None:
    """The number as a machine writes it, "" for an empty cell, None for what is no number (or not whole where kind says so)."""
    if not text:
        return ""
    text = without_blanks(text).replace("\u2212", "-")
    text = text.replace(",", ".") if DECIMAL_COMMA.fullmatch(text) else text
    if sum(map(str.isdigit, text)) > SIGNIFICANT_DIGITS and LONG.fullmatch(text):
        text = number_text(float(text))
    if kind == "whole":
        text = re.sub(r"\.0+$", "", text)
    return text if (WHOLE if kind == "whole" else NUMBER).fullmatch(text) else None


def without_blanks(text: str) -> str:
    """The text without blanks between thousands; any other text as it is."""
    return BLANK.sub("", text) if THOUSANDS.fullmatch(text.replace("\u2212", "-")) else text


def _faults(sheet: Sheet, name: str, plain_texts: pd.Series) -> Iterable[Fault]:
    whole = COLUMNS[name].kind == "whole"
    rule, cure = ("not_a_whole_number", "write_whole_number") if whole else ("not_a_number", "write_number")
    for row in plain_texts.index[plain_texts.isna()]:
        text = sheet.cells.at[row, name]
        typed = date_instead(text)
        if text.casefold() in HIDDEN_WORDS:
            yield Fault(sheet.file, row, name, None, "hidden_number", "write_hidden_number")
        elif typed is None:
            yield Fault(sheet.file, row, name, None, rule, cure)
        else:
            values = {"typed": float(typed)}
            yield Fault(sheet.file, row, name, None, "date_for_number", "write_typed", values)


def notes(sheet: Sheet) -> Iterable[Fault]:
    """One note per column and way of writing, at its first row, with how many cells it is about."""
    for name in [name for name in sheet.cells if COLUMNS[name].kind in ("number", "whole")]:
        for rule, is_so in (("decimal_comma", _has_decimal_comma), ("thousands_space", _has_blanks)):
            rows = [row for row, text in sheet.cells[name].items() if is_so(text)]
            if rows:
                values = {"count": len(rows)}
                yield Fault(sheet.file, rows[0], name, None, rule, "nothing_to_do", values, "note")


def _has_decimal_comma(text: str) -> bool:
    return "," in text and DECIMAL_COMMA.fullmatch(without_blanks(text)) is not None


def _has_blanks(text: str) -> bool:
    return without_blanks(text) != text
