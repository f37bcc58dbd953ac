"""All tables of a delivery, or all its faults: `load` is the only way numbers come into the dashboard."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from ipsdash.tables.check import check, empty_table
from ipsdash.tables.columns import COLUMNS
from ipsdash.tables.faults import Fault, one_per_cell
from ipsdash.tables.numbers import with_plain_numbers
from ipsdash.tables.readers import files_of, read, read_over
from ipsdash.tables.references import reference_faults
from ipsdash.tables.rules import row_faults
from ipsdash.tables.schemas import OPTIONAL, TABLES, columns_of
from ipsdash.tables.sheets import Sheet
from ipsdash.tables.stray_rows import stray_rows
from ipsdash.tables.warnings import odd


@dataclass(frozen=True, eq=False)
class Tables:
    """One frame per table; `schemas` says what a row is, `columns` what a column means.

    Text, ids, codes and dates are pandas str (empty: missing), whole numbers int64 (float64 where a
    cell may be empty), other numbers float64.
    The order of rows is that of the file, the index counts from 0.
    """

    areas: pd.DataFrame
    population: pd.DataFrame
    sites: pd.DataFrame
    catchments: pd.DataFrame
    observations: pd.DataFrame
    goals: pd.DataFrame
    funding: pd.DataFrame
    events: pd.DataFrame
    nav_teams: pd.DataFrame
    specialist_care: pd.DataFrame
    benchmarks: pd.DataFrame
    fidelity_items: pd.DataFrame
    assumptions: pd.DataFrame
    scenarios: pd.DataFrame
    travel: pd.DataFrame
    staffing: pd.DataFrame
    service: pd.DataFrame
    fidelity: pd.DataFrame
    rollout: pd.DataFrame
    sources: pd.DataFrame
    # Not a table of a file: what may be shown of the people that sites serve (domain.disclosure); empty until that has looked.
    outcomes: pd.DataFrame = field(default_factory=pd.DataFrame)


@dataclass(frozen=True)
class Origin:
    """Where a table stood: its file or sheet, the row there of each of its rows, and what a spreadsheet calls its columns."""

    file: str
    rows: tuple[int, ...]
    letters: dict[str, str]


@dataclass(frozen=True)
class Loaded:
    """What came of a delivery. tables: None as soon as there is one fault, so that no half-loaded number is shown.

    faults: what must be mended; notes: what was read with a change; warnings: what may be right and should be looked at. All in the
    order of tables, then rows. origins: where each table stood.
    """

    tables: Tables | None
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    warnings: tuple[Fault, ...] = ()
    origins: dict[str, Origin] = field(default_factory=dict)

    @property
    def remarks(self) -> tuple[Fault, ...]:
        """Faults, warnings and notes."""
        return (*self.faults, *self.warnings, *self.notes)


def load(path: str | Path) -> Loaded:
    """Reads and checks a folder or an XLSX workbook. Raises nothing for faulty data: faults are records."""
    return checked_sheets(*read(Path(path)))


def load_over(path: str | Path, base: str | Path) -> Loaded:
    """The tables of a folder that holds some of them, on those of another: the example on the public facts."""
    sheets, remarks = read(Path(base))
    sheets, more = read_over(Path(path), sheets)
    return checked_sheets(sheets, [*remarks, *more])


def checked_sheets(sheets: dict[str, Sheet], remarks: list[Fault]) -> Loaded:
    """Checks tables as they were read. remarks: the faults and notes of reading them."""
    sheets, remarks = {name: sheets[name] for name in TABLES if name in sheets}, list(remarks)
    checked, plain = {}, {}
    for table, sheet in sheets.items():
        stray, faults = stray_rows(table, sheet)
        if stray:
            in_stray_rows = {(sheet.file, row) for row in stray}
            remarks = [one for one in remarks if (one.file, one.row) not in in_stray_rows] + faults
            sheet = sheets[table] = replace(sheet, cells=sheet.cells.drop(index=list(stray)))
        plain[table], more = with_plain_numbers(sheet)
        checked[table], faults = check(table, sheet, plain[table])
        remarks += more + faults
    frames = {table: _with_floats(cells) for table, cells in plain.items()}
    files = {table: sheet.file for table, sheet in sheets.items()}
    remarks += [*row_faults(frames, files), *reference_faults(frames, files), *odd(frames, files)]
    remarks = [_in_its_cell(one, sheets) for one in _in_order(one_per_cell(_as_written(remarks, sheets)), files)]
    faults, notes, warnings = (tuple(remark for remark in remarks if remark.level == level) for level in ("fault", "note", "warning"))
    empty = {table: empty_table(table) for table in OPTIONAL if table not in checked}
    origins = {table: Origin(sheet.file, tuple(int(row) for row in sheet.cells.index), dict(sheet.letters)) for table, sheet in sheets.items()}
    return Loaded(None if faults else Tables(**checked | empty), faults, notes, warnings, origins)


def fingerprint(path: str | Path) -> tuple[tuple[str, int, int], ...]:
    """(name, size in bytes, time of change in ns) of each file of a delivery: cheap, and different when it changed."""
    path = Path(path)
    files = files_of(path).values() if path.is_dir() else [path] if path.exists() else []
    stats = [(str(file), file.stat()) for file in files]
    return tuple(sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats))


def _with_floats(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells with numbers as floats, so that rules can compare them even where other cells have faults."""
    numbers = [name for name in cells if COLUMNS[name].kind in ("number", "whole")]
    return cells.assign(**{name: cells[name].astype("float64") for name in numbers})


def _as_written(remarks: Iterable[Fault], sheets: dict[str, Sheet]) -> Iterable[Fault]:
    """The remarks about a cell with that cell's text: what the reader will look for in the file."""
    cells = {sheet.file: sheet.cells for sheet in sheets.values()}
    for remark in remarks:
        written = cells.get(remark.file)
        if remark.value is None and written is not None and remark.row in written.index and remark.column in written:
            remark = replace(remark, value=written.at[remark.row, remark.column])
        yield remark


def _in_its_cell(remark: Fault, sheets: dict[str, Sheet]) -> Fault:
    """The remark with the cell that a spreadsheet shows it in."""
    letters = next((sheet.letters for sheet in sheets.values() if sheet.file == remark.file), {})
    return replace(remark, cell=f"{letters[remark.column]}{remark.row}") if remark.row and remark.column in letters else remark


def _in_order(remarks: Iterable[Fault], files: dict[str, str]) -> list[Fault]:
    """In the order of the tables, then rows, then columns. What concerns the whole delivery or another file comes first."""
    tables = {file: place for place, table in enumerate(TABLES) if (file := files.get(table))}
    columns = {files.get(table): columns_of(table) for table in TABLES}

    def place(remark: Fault) -> tuple:
        order = columns.get(remark.file, ())
        column = order.index(remark.column) if remark.column in order else -1
        return tables.get(remark.file, -1), remark.file, remark.row or 0, column, remark.rule

    return sorted(remarks, key=place)
