"""Numbers as people write them: "12,5", "51 022", "45,0". Accepted with a note; a word among numbers is a fault."""

import re
from collections.abc import Iterable

import pandas as pd

from ipsdash.tables.columns import COLUMNS
from ipsdash.tables.faults import Fault
from ipsdash.tables.sheets import Sheet

NUMBER = re.compile(r"[-+]?\d{1,15}(\.\d+)?([eE][-+]?\d{1,2})?", re.ASCII)  # 15 digits: what a float holds exactly
WHOLE = re.compile(r"[-+]?\d{1,15}", re.ASCII)
THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")  # plain, no-break, thin, narrow no-break space
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
            remarks += [*_faults(sheet, name, texts), *_notes(sheet, name)]
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
    text = THOUSANDS.sub("", text)
    text = text.replace(",", ".") if DECIMAL_COMMA.fullmatch(text) else text
    if kind == "whole":
        text = re.sub(r"\.0+$", "", text)
    return text if (WHOLE if kind == "whole" else NUMBER).fullmatch(text) else None


def _faults(sheet: Sheet, name: str, plain_texts: pd.Series) -> Iterable[Fault]:
    whole = COLUMNS[name].kind == "whole"
    rule, cure = ("not_a_whole_number", "write_whole_number") if whole else ("not_a_number", "write_number")
    for row in plain_texts.index[plain_texts.isna()]:
        hidden = sheet.cells.at[row, name].casefold() in HIDDEN_WORDS
        yield Fault(
            sheet.file,
            row,
            name,
            None,
            *(("hidden_number", "write_hidden_number") if hidden else (rule, cure)),
        )


def _notes(sheet: Sheet, name: str) -> Iterable[Fault]:
    """One note per column and way of writing, at its first row, with how many cells it is about."""
    texts = sheet.cells[name]
    for rule, way in (("decimal_comma", DECIMAL_COMMA.fullmatch), ("thousands_space", THOUSANDS.search)):
        rows = [row for row, text in texts.items() if way(THOUSANDS.sub("", text) if rule == "decimal_comma" else text)]
        if rows:
            yield Fault(sheet.file, rows[0], name, None, rule, "nothing_to_do", {"count": len(rows)}, "note")
