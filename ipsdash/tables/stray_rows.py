"""Finds rows that are no rows of a table: sums, cells dragged down too far, remarks.

Each block of such rows is one fault that names its rows; without this every empty cell in them
would be a fault with a cure of its own. Every stray row lacks a cell that must be filled, so that a table
without faults has none.
"""

import re
from collections.abc import Iterable

import pandas as pd

from ipsdash.tables.columns import COLUMNS
from ipsdash.tables.faults import Fault
from ipsdash.tables.schemas import TABLES, columns_of, key_of
from ipsdash.tables.sheets import Sheet

# What people write in front of a row that sums or averages others, in Norwegian and English.
SUMS = re.compile(
    r"(del|total|grand )?\s?(sum|total|totalt|totals|sub-?total|i alt|til sammen|tilsammen|"
    r"gjennomsnitt|snitt|average|mean|median|all|alle)( (totalt|i alt|alle|all))?\s*[:.]?",
    re.IGNORECASE,
)
NUMBERS = ("number", "whole")
# What a row of any table says something with, beside codes, ids and texts.
CONTENT = (*NUMBERS, "date", "quarter", "period", "spread")
SUM, DRAGGED, REMARK, WITHOUT_KEY = (
    "sum_row",
    "dragged_rows",
    "remark_row",
    "rows_without_key",
)
CURES = {
    SUM: "remove_rows",
    DRAGGED: "clear_rows",
    REMARK: "remove_rows",
    WITHOUT_KEY: "fill_key_or_remove",
}


def stray_rows(table: str, sheet: Sheet) -> tuple[frozenset[int], list[Fault]]:
    """The rows that are no rows of the table, and one fault for each block of one kind."""
    cells = sheet.cells
    schema = TABLES[table].to_schema()
    known = [name for name in columns_of(table) if name in cells]
    required = [name for name in known if not schema.columns[name].nullable]
    key = [name for name in required if name in key_of(table)]
    if cells.empty or not key:
        return frozenset(), []
    filled = cells != ""
    lacking = filled[required].all(axis="columns").pipe(lambda whole: whole.index[~whole])
    if lacking.empty:
        return frozenset(), []
    beneath = _beneath(filled[key])
    kinds = {row: _kind(cells.loc[row], filled.loc[row], key, row in beneath) for row in lacking}
    blocks = [block for block in _blocks(kinds, list(cells.index)) if _is_block(block, kinds, key)]
    faults = [_fault(sheet.file, kinds[block[0]], block, cells, filled, key) for block in blocks]
    return frozenset(row for block in blocks for row in block), faults


def _beneath(key: pd.DataFrame) -> frozenset[int]:
    """The rows below the last one whose key is whole."""
    whole = key.all(axis="columns")
    last = whole[whole].index[-1] if whole.any() else -1
    return frozenset(key.index[key.index > last])


def _kind(cells: pd.Series, filled: pd.Series, key: list[str], is_beneath: bool) -> str | None:
    """What a row that lacks a cell is, or None for a row of the table with an empty cell."""
    names = list(filled.index[filled])
    # Filled outside the table only: that cell is the fault.
    if not names:
        return None
    labels = [cells[name] for name in names if COLUMNS[name].kind in ("text", "id", "code")]
    if any(SUMS.fullmatch(label) for label in labels):
        return SUM
    has_key = any(name in key for name in names)
    kinds = {COLUMNS[name].kind for name in names}
    if not has_key and kinds <= set(NUMBERS):
        return SUM
    if not kinds & set(CONTENT) and (not has_key or (is_beneath and not filled[key].all())):
        return REMARK if len(names) == 1 and is_beneath else DRAGGED
    return WITHOUT_KEY if is_beneath and not has_key else None


def _blocks(kinds: dict[int, str | None], rows: list[int]) -> Iterable[list[int]]:
    """Rows of one kind that follow one another in the table."""
    block: list[int] = []
    for row in rows:
        kind = kinds.get(row)
        if block and kinds[block[0]] != kind:
            yield block
            block = []
        if kind:
            block.append(row)
    if block:
        yield block


def _is_block(block: list[int], kinds: dict[int, str | None], key: list[str]) -> bool:
    """Whether a block is one fault: not where one row lacks the one cell of its key."""
    return len(block) > 1 or len(key) > 1 or kinds[block[0]] != WITHOUT_KEY


def _fault(
    file: str,
    kind: str,
    block: list[int],
    cells: pd.DataFrame,
    filled: pd.DataFrame,
    key: list[str],
) -> Fault:
    first = block[0]
    column = next(name for name in cells if filled.at[first, name])
    used = [name for name in cells if filled.loc[block, name].any()]
    values = {
        "rows": f"{first}–{block[-1]}" if len(block) > 1 else str(first),
        "count": len(block),
        "columns": ", ".join(used),
        "key": ", ".join(key),
    }
    return Fault(file, first, column, cells.at[first, column], kind, CURES[kind], values)
