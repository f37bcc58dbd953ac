"""A table as it stands in a file: text only, with the row numbers a spreadsheet shows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd
from openpyxl.utils import get_column_letter

from ipsdash.tables import dates
from ipsdash.tables.columns import COLUMNS
from ipsdash.tables.faults import Fault, nearest
from ipsdash.tables.number_readings import NumericText, resolve_numbers
from ipsdash.tables.schemas import columns_of, may_lack

# How the first cell of a sheet made from a template begins: then the table's id follows.
MARK = "_"
# What a template writes in front of the rows that are never read in.
MARKED = ("heading", "example")
# How many rows from the top a heading is looked for.
TOP = 20
# Signs without a width that come along when text is copied: they would make an id another id that looks the same.
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"


@dataclass(frozen=True)
class Sheet:
    """One table as text. cells: columns by heading, index = row of the spreadsheet (heading is row 1), "" = empty.

    letters: what a spreadsheet calls each column; empty for other files.
    """

    file: str
    cells: pd.DataFrame
    letters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Lines:
    """Rows as read, before anybody looked at the heading: (row of the spreadsheet, its cells as text).

    A register of sources has no heading in its file: its heading comes as row 0. spreadsheet: whether its columns have letters.
    like: the table that a sheet looks like when nothing says which one it is.
    """

    file: str
    rows: list[tuple[int, list[str]]]
    spreadsheet: bool = False
    like: str = ""


def sheet(table: str, lines: Lines) -> tuple[Sheet | None, list[Fault]]:
    """The table under its heading, or None when there is no heading; with the faults of heading and width."""
    bare = _Bare()
    rows = [
        (number, [text if type(text) is NumericText else bare[text] for text in texts])
        for number, texts in lines.rows
    ]
    rows = [(number, texts) for number, texts in rows if any(texts)]
    if not rows:
        wanted = {"columns": ", ".join(columns_of(table))}
        return None, [Fault(lines.file, None, None, None, "empty_file", "write_heading", wanted)]
    rows, before, faults = _without_marks(lines.file, rows)
    (top, heading), body = rows[0], rows[1:]
    below = _heading_below(table, rows)
    if below:
        return None, [Fault(lines.file, below, None, None, "heading_below", "remove_rows_above")]
    heading = _without_empty_end(heading)
    letters = {name: get_column_letter(place + before) for place, name in enumerate(heading, 1)} if lines.spreadsheet else {}
    faults += _heading_faults(table, lines.file, top or None, heading)
    faults += _beside(lines.file, heading, body, before) if lines.spreadsheet else _width_faults(lines.file, heading, body)
    width = len(heading)
    faults += resolve_numbers(lines.file, heading, body)
    _read_month_codes(heading, body)
    filled = [[str(text) for text in (texts + [""] * width)[:width]] for _, texts in body]
    cells = pd.DataFrame(filled, columns=heading, index=[number for number, _ in body], dtype="str")
    known = [name in columns_of(table) for name in heading]
    cells = cells.loc[:, known].loc[:, lambda kept: ~kept.columns.duplicated()]
    return Sheet(lines.file, cells.assign(**{name: "" for name in columns_of(table) if name in may_lack(table) and name not in cells}), letters), faults


def _read_month_codes(heading: list[str], body: list[tuple[int, list[str]]]) -> None:
    """Rewrites "2019M04" in columns of dates, as CSV files of the dashboard have it, to "2019-04"."""
    for place, name in enumerate(heading):
        if name in COLUMNS and COLUMNS[name].kind == "date":
            for _, texts in body:
                if place < len(texts):
                    texts[place] = dates.from_month_code(texts[place])


def from_template(lines: Lines) -> bool:
    """Whether a sheet was made from a template: its first cell says so."""
    first = next((texts for _, texts in lines.rows if any(texts)), [""])
    return first[0].strip().startswith(MARK)


class _Bare(dict):
    """Text -> the same without blanks and invisible signs around it. Each text once: a long one may stand in very many cells."""

    def __missing__(self, text: str) -> str:
        self[text] = text.strip().strip(INVISIBLE).strip()
        return self[text]


def _heading_below(table: str, rows: list[tuple[int, list[str]]]) -> int | None:
    """The row of a heading that has something else above it, or None."""
    wanted = set(columns_of(table))
    if wanted & set(rows[0][1]):
        return None
    return next((number for number, texts in rows[:TOP] if 2 * len(wanted & set(texts)) >= len(wanted)), None)


def _without_marks(file: str, rows: list[tuple[int, list[str]]]) -> tuple[list[tuple[int, list[str]]], int, list[Fault]]:
    """The rows of a template without its first column and the rows that are marked there: headings in words, the example.

    With how many columns are left out, for the letters of the others, and the faults of rows with something else there.
    """
    if not rows[0][1][0].startswith(MARK):
        return rows, 0, []
    strange = [(number, texts[0]) for number, texts in rows[1:] if texts[0] and texts[0] not in MARKED]
    faults = [Fault(file, number, None, text, "strange_mark", "clear_mark", cell=f"A{number}") for number, text in strange]
    return [(number, texts[1:]) for place, (number, texts) in enumerate(rows) if place == 0 or texts[0] not in MARKED], 1, faults


def _beside(file: str, heading: list[str], body: list[tuple[int, list[str]]], before: int) -> Iterable[Fault]:
    """The first filled cell of each column of a spreadsheet beyond the heading."""
    found: set[int] = set()
    for number, texts in body:
        for place, text in enumerate(texts[len(heading) :], len(heading)):
            if text and place not in found:
                found.add(place)
                cell = f"{get_column_letter(place + before + 1)}{number}"
                yield Fault(file, number, None, text, "column_without_heading", "name_or_remove_column", cell=cell)


def _without_empty_end(texts: list[str]) -> list[str]:
    """The cells up to the last one that is filled: spreadsheets save empty columns behind the table."""
    filled = [place for place, text in enumerate(texts) if text]
    return texts[: filled[-1] + 1]


def _heading_faults(table: str, file: str, row: int | None, heading: list[str]) -> Iterable[Fault]:
    """Columns without a name, twice, unknown or missing. A misspelled name is one fault, not unknown and missing."""
    wanted = columns_of(table)
    missing = [name for name in wanted if name not in heading and name not in may_lack(table)]
    for name, times in Counter(heading).items():
        if not name:
            yield Fault(file, row, None, "", "column_without_heading", "name_or_remove_column")
        elif name not in wanted:
            meant = nearest(name, missing)
            if meant:
                missing.remove(meant)
                yield Fault(file, row, name, name, "unknown_column", "rename_column", {"nearest": meant})
            else:
                yield Fault(file, row, name, name, "unknown_column", "remove_column", {"columns": ", ".join(wanted)})
        elif times > 1:
            yield Fault(file, row, name, name, "duplicate_column", "keep_one_column", {"times": times})
    for name in missing:
        yield Fault(file, row, name, None, "missing_column", "add_column")


def _width_faults(file: str, heading: list[str], body: list[tuple[int, list[str]]]) -> Iterable[Fault]:
    """Rows with filled cells beyond the heading, mostly an unquoted comma in a text or a number."""
    for number, texts in body:
        if any(texts[len(heading) :]):
            extra = ", ".join(text for text in texts[len(heading) :] if text)
            values = {"expected": len(heading), "found": len(_without_empty_end(texts))}
            yield Fault(file, number, None, extra, "too_many_cells", "quote_cell", values)
