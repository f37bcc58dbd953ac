"""Reads a delivery, a folder or one workbook, into sheets of text. Nothing is checked here but that it can be read."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from ipsdash.tables.delimited import read_csv
from ipsdash.tables.faults import Fault, nearest
from ipsdash.tables.numbers import notes
from ipsdash.tables.registers import read_register
from ipsdash.tables.schemas import OPTIONAL, REGISTERS, TABLES
from ipsdash.tables.sheets import Lines, Sheet, from_template, sheet
from ipsdash.tables.size_limits import size_faults
from ipsdash.tables.workbooks import read_workbook

# What is said of a table that is not there (with a like name there, without) and of a name that is no table.
FILES = ("missing_file", "rename_file", "add_file", "unknown_file")
SHEETS = ("missing_sheet", "rename_sheet", "add_sheet", "unknown_sheet")
READERS = {".csv": read_csv, ".toml": read_register}


def read(path: Path) -> tuple[dict[str, Sheet], list[Fault]]:
    """Table -> its sheet, for every table that could be read, and the faults and notes of reading."""
    try:
        found, faults = _folder(path) if path.is_dir() else _workbook(path)
    except OSError:
        return {}, [Fault(path.name, None, None, None, "unreadable", "check_path")]
    sheets = {}
    for table, lines in found.items():
        made, more = sheet(table, lines)
        faults += [*more, *(notes(made) if made else ())]
        if made:
            sheets[table] = made
    return sheets, faults


def read_onto(path: Path, base: dict[str, Sheet], trusted: bool) -> tuple[dict[str, Sheet], list[Fault]]:
    """The tables of a workbook that holds some of them, and the others as they are in `base`; faults and notes of what it holds.
    trusted: whether a publisher sent it."""
    try:
        given, faults = _workbook(path, whole=False)
    except OSError:
        return {}, [Fault(path.name, None, None, None, "unreadable", "check_path")]
    sheets = dict(base)
    for table, lines in given.items():
        made, more = sheet(table, lines)
        faults += more
        if made:
            too_large = size_faults(table, made, trusted)
            faults += too_large or notes(made)
            # Not checked any further: each of its cells might be another fault.
            made = None if too_large else made
        # A sheet of the template that nobody has filled in is not sent.
        if made and (len(made.cells) or not from_template(lines)):
            sheets[table] = made
    if not given and not any(fault.level == "fault" for fault in faults):
        faults = [Fault(path.name, None, None, None, "no_table_in_workbook", "use_template")]
    return sheets, faults


def read_over(folder: Path, base: dict[str, Sheet]) -> tuple[dict[str, Sheet], list[Fault]]:
    """The tables of a folder that holds some of them, and the others as they are in `base`; its sources beside those of `base`."""
    found, faults = _folder(folder, whole=False)
    sheets = dict(base)
    for table, lines in found.items():
        made, more = sheet(table, lines)
        faults += [*more, *(notes(made) if made else ())]
        if made and table == "sources":
            made = replace(made, cells=pd.concat([base[table].cells, made.cells.set_axis(made.cells.index + base[table].cells.index.max())]))
        if made:
            sheets[table] = made
    return sheets, faults


def files_of(folder: Path) -> dict[str, Path]:
    """Name without ending -> file, for all that may hold a table: folder/tables/*.csv, folder/*.csv, registers in folder/*.toml."""
    found = [*folder.glob("*.csv"), *folder.glob("tables/*.csv"), *(file for name in REGISTERS for file in folder.glob(f"{name}.toml"))]
    return {file.stem: file for file in sorted(found, key=lambda file: (file.suffix, file.parent != folder, file.name))}


def _folder(folder: Path, whole: bool = True) -> tuple[dict[str, Lines], list[Fault]]:
    """whole: whether all tables must be there."""
    files = files_of(folder)
    names = {name: file.relative_to(folder).as_posix() for name, file in files.items()}
    place = "tables/" if (folder / "tables").is_dir() else ""
    expected = {table: f"{table}.toml" if table in REGISTERS else f"{place}{table}.csv" for table in TABLES}
    found, faults = {}, list(_missing(expected, names, FILES)) if whole else []
    for table in [table for table in TABLES if table in files]:
        lines, more = READERS[files[table].suffix](files[table], names[table])
        faults += more
        if lines:
            found[table] = lines
    return found, faults


def _workbook(path: Path, whole: bool = True) -> tuple[dict[str, Lines], list[Fault]]:
    """whole: whether all tables must be there."""
    if not path.exists():
        return {}, [Fault(path.name, None, None, None, "path_missing", "check_path", {"path": str(path)})]
    sheets, faults = read_workbook(path, TABLES)
    if sheets is None:
        return {}, faults
    faults += _missing({table: table for table in TABLES}, {name: name for name in sheets}, SHEETS) if whole else _strangers(sheets)
    return {table: lines for table, lines in sheets.items() if table in TABLES}, faults


def _strangers(sheets: dict[str, Lines]) -> Iterable[Fault]:
    """Sheets that are no table, where not all tables must be there: one that is meant as a table is a fault, or it would be lost.

    A template has sheets that explain it, and nobody wants to read that they were not read.
    """
    given = [name for name in sheets if name in TABLES]
    absent = [table for table in TABLES if table not in given]
    is_template = any(sheets[name].file != name for name in given)
    for name in [name for name in sheets if name not in TABLES]:
        meant = nearest(name, absent)
        if sheets[name].like in absent:
            yield Fault(name, None, None, None, "sheet_not_named", "name_sheet", {"table": sheets[name].like})
        elif meant:
            yield Fault(meant, None, None, None, "missing_sheet", "rename_sheet", {"table": meant, "nearest": name})
        elif not is_template:
            yield Fault(name, None, None, None, "unknown_sheet", "nothing_to_do", level="note")


def _missing(expected: dict[str, str], given: dict[str, str], ids: tuple[str, ...]) -> Iterable[Fault]:
    """Tables that are not there and files or sheets that are no table. A misspelled name is one fault, not both."""
    missing, rename, add, unknown = ids
    strangers = {name: file for name, file in given.items() if name not in expected}
    for table in [table for table in expected if table not in given]:
        meant = nearest(table, strangers)
        if not meant and table in OPTIONAL:
            continue
        more = {"nearest": strangers.pop(meant)} if meant else {}
        yield Fault(expected[table], None, None, None, missing, rename if meant else add, {"table": table} | more)
    for file in strangers.values():
        yield Fault(file, None, None, None, unknown, "nothing_to_do", level="note")
