"""Each table against its schema: pandera's failure cases become faults, one per cell."""

from collections.abc import Iterable

import pandas as pd
import pandera.errors

from ipsdash.tables import dates
from ipsdash.tables.columns import COLUMNS, UNITS
from ipsdash.tables.faults import Fault, nearest
from ipsdash.tables.schemas import MAY_BE_EMPTY, TABLES, columns_of
from ipsdash.tables.sheets import Sheet


def check(table: str, sheet: Sheet, cells: pd.DataFrame) -> tuple[pd.DataFrame | None, list[Fault]]:
    """The table with its types, columns in the order of the schema; or None and a fault for each cell that breaks a rule.

    sheet: the cells as written, for the cures; cells: the same with plain numbers, NA for empty.
    """
    if cells.empty and table not in MAY_BE_EMPTY:
        return None, [Fault(sheet.file, None, None, None, "no_rows", "add_rows")]
    schema = TABLES[table].to_schema()
    try:
        return schema.validate(cells, lazy=True)[list(columns_of(table))].reset_index(drop=True), []
    except pandera.errors.SchemaErrors:
        return None, [fault for name in cells for fault in _column_faults(schema.columns[name], sheet, cells[[name]])]


def empty_table(table: str) -> pd.DataFrame:
    """A table without rows, with its columns and their types."""
    names = columns_of(table)
    return TABLES[table].to_schema().validate(pd.DataFrame(columns=names, dtype="str"))[list(names)]


def _column_faults(column, sheet: Sheet, cells: pd.DataFrame) -> Iterable[Fault]:
    """One column at a time and its empty cells first, so that an empty cell does not hide a number out of range."""
    name = column.name
    empty = cells.index[cells[name].isna()]
    if not column.nullable:
        for row in empty:
            yield Fault(sheet.file, row, name, None, "empty_cell", "fill_cell")
    try:
        column.validate(cells.drop(index=empty), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        for row, rule in errors.failure_cases[["index", "check"]].itertuples(index=False):
            cure, values = CURES[rule](name, sheet.cells.at[row, name])
            yield Fault(sheet.file, row, name, None, rule, cure, values)


def _for_range(name: str, value: str) -> tuple[str, dict]:
    unit = UNITS[COLUMNS[name].unit]
    return "write_within", {"low": unit.low, "high": unit.high}


def _for_code(name: str, value: str) -> tuple[str, dict]:
    codes = COLUMNS[name].codes
    unknown = value if COLUMNS[name].kind == "code" else next(word for word in value.split() if word not in codes)
    meant = nearest(unknown, codes)
    allowed = {"unknown": unknown, "allowed": ", ".join(codes)}
    return ("did_you_mean", allowed | {"nearest": meant}) if meant else ("pick_code", allowed)


def _for_date(name: str, value: str) -> tuple[str, dict]:
    suggestion = dates.as_iso(value)
    return ("write_this_date", {"suggestion": suggestion}) if suggestion else ("write_iso_date", {})


CURES = {
    "out_of_range": _for_range,
    "unknown_code": _for_code,
    "date_format": _for_date,
    "date_out_of_range": lambda name, value: ("write_date_within", {"low": dates.FIRST_YEAR, "high": dates.LAST_YEAR}),
    "date_impossible": lambda name, value: ("write_possible_date", {}),
    "spread_format": lambda name, value: ("write_spread", {}),
    "quarter_format": lambda name, value: ("write_quarter", {}),
    "period_format": lambda name, value: ("write_period", {}),
}
