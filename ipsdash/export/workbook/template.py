"""The Excel template for a programme's own numbers: a sheet per table, made from the schemas.

Row 1 (hidden): "_" and the table's id, then the columns' own names, the only ones read. Row 2: headings in words.
Row 3: an example. Data from row 4. Column A (hidden) marks the rows that are never read in.
"""

import re
from collections.abc import Iterable
from copy import copy

import pandas as pd
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ipsdash.domain.cells import HIDDEN
from ipsdash.export.workbook.cells import note, place, put, saved
from ipsdash.export.tables import WRITTEN
from ipsdash.export.workbook.codes import code_lists, write_codes
from ipsdash.export.workbook.examples import example
from ipsdash.export.workbook.guide import write_guide
from ipsdash.export.workbook.look import as_high_as_their_texts, lock, open_cells, print_well, row_looks
from ipsdash.export.workbook.rules import add_rules
from ipsdash.tables.columns import COLUMNS, UNITS
from ipsdash.tables.load import Tables
from ipsdash.tables.schemas import FILLED, TABLES, columns_of
from ipsdash.tables.sheets import MARK
from ipsdash.text.words import Words

TEMPLATE = ("sites", "catchments", "staffing", "service", "fidelity", "rollout", "goals", "funding", "assumptions")
FIRST = 4
# Rows with lists and messages: many sites by many quarters, or fewer; more where more is filled in.
MANY, SOME = 2_000, 500
LONGEST_TITLE, NOT_IN_TITLES = 31, re.compile(r"[\\/*?:\[\]]")
AUTHOR = "ipsdash"


def template(words: Words, tables: Tables, filled: bool = False, made_from: str = "") -> bytes:
    """The template in a language. tables: where ids and names come from, and the rows if it is filled; made_from: their edition."""
    book = Workbook()
    book.properties.creator, book.properties.created = AUTHOR, WRITTEN
    guide, codes, *sheet_titles = _titles([words("template.read_me"), words("template.codes"), *(words(f"table.{one}.title") for one in TEMPLATE)])
    titles = dict(zip(TEMPLATE, sheet_titles))
    edition = made_from or words("template.made_unnamed")
    made = words("template.made_filled", edition=edition) if filled else words("template.made_empty", edition=edition)
    book.active.title = guide
    write_guide(book.active, words, titles, codes, made)
    sheets = {table: book.create_sheet(title) for table, title in titles.items()}
    lists = write_codes(book.create_sheet(codes), words, code_lists(words, tables, TEMPLATE))
    last = {table: FIRST - 1 + (MANY if "quarter" in columns_of(table) else SOME) + filled * len(getattr(tables, table)) for table in TEMPLATE}
    if filled:
        # Then a site that is added is offered at once. An empty sheet would offer nothing.
        lists["site_id"] = place(titles["sites"], f"$B${FIRST}:$B${last['sites']}")
    for table, sheet in sheets.items():
        _fill(sheet, words, tables, table, filled)
        add_rules(sheet, words, table, fields(table), lists, codes, FIRST, last[table])
    return saved(book)


def fields(table: str) -> tuple[str, ...]:
    """The columns of a table that somebody fills in, in the order of the schema; the first stands in column B."""
    return tuple(name for name in columns_of(table) if name not in FILLED)


def _titles(wished: Iterable[str]) -> list[str]:
    """Titles that Excel takes: short, without the characters it forbids, each once."""
    titles = []
    for title in wished:
        title = NOT_IN_TITLES.sub("-", title)[:LONGEST_TITLE].strip("' ")
        again = sum(one.casefold() == title.casefold() for one in titles)
        titles.append(f"{title[: LONGEST_TITLE - 3]} {again + 1}" if again else title)
    return titles


def _fill(sheet: Worksheet, words: Words, tables: Tables, table: str, filled: bool) -> None:
    """Writes names, headings, example and, if wished, the present rows of a table."""
    names = fields(table)
    headings = [words(f"column.{name}") for name in names]
    shown = example(words, tables, table)
    shown = [shown.get(name) for name in names]
    present = list(_rows(getattr(tables, table), names, words)) if filled else []
    open_cells(sheet, names, headings, [shown, *present])
    for down, row in enumerate([(MARK + table, *names), ("heading", *headings), ("example", *shown)], 1):
        for across, value in enumerate(row, 1):
            if value is not None:
                put(sheet.cell(down, across), value)
    _write(sheet, present)
    row_looks(sheet, table, names)
    as_high_as_their_texts(sheet, names, present, FIRST)
    for across, name in enumerate(names, 2):
        sheet.cell(2, across).comment = note(_explained(words, table, name), AUTHOR)
    sheet["B3"].comment = note(words("template.example_row"), AUTHOR)
    lock(sheet)
    print_well(sheet)


def _write(sheet: Worksheet, rows: list[list]) -> None:
    """Writes rows of data. A cell that is written needs the look of its column itself."""
    for down, row in enumerate(rows, FIRST):
        for across, value in enumerate(row, 2):
            if value is not None:
                cell = sheet.cell(down, across)
                cell._style = copy(sheet.column_dimensions[get_column_letter(across)]._style)
                put(cell, value)


def _rows(frame: pd.DataFrame, names: tuple[str, ...], words: Words) -> Iterable[list]:
    """The rows as people write them: empty is None; unknown and hidden cells have their words."""
    whole = {name for name in names if COLUMNS[name].kind == "whole"}
    blank = pd.Series("", frame.index)
    unknown, hidden = (frame.get(column, blank).fillna("") for column in ("unknown", HIDDEN))
    for values, *gaps in zip(
        frame[list(names)].itertuples(index=False, name=None), unknown, hidden
    ):
        said = {
            name: word
            for gap, word in zip(gaps, (words("template.unknown"), words("hidden.hidden")))
            for name in gap.split()
        }
        yield [
            said.get(name) or (None if pd.isna(value) else int(value) if name in whole else value)
            for name, value in zip(names, values)
        ]


def _explained(words: Words, table: str, name: str) -> str:
    """What a column means, its unit, and whether it may be empty."""
    unit = COLUMNS[name].unit
    parts = [words(f"column_meaning.{name}")]
    parts += [words("template.unit", unit=words(f"unit.{unit}"))] if unit in UNITS else []
    optional = TABLES[table].to_schema().columns[name].nullable
    return "\n".join([*parts, words("template.allowed_empty") if optional else words("template.required")])
