"""A delivery that tests may break: the public data in a folder of its own."""

import csv
import secrets
import shutil
from pathlib import Path

import pytest

from ipsdash.tables.faults import Fault
from ipsdash.tables.load import load
from ipsdash.text.faults import lines
from ipsdash.text.formats import LANGUAGES
from ipsdash.text.words import Words

PUBLIC = Path(__file__).parents[1] / "data"


class Delivery:
    """A copy of the public data. Rows are counted as a spreadsheet does: the heading is row 1."""

    def __init__(self, folder: Path):
        self.folder = folder
        shutil.copytree(PUBLIC / "tables", folder / "tables")
        for register in PUBLIC.glob("*.toml"):
            shutil.copy(register, folder)

    def file(self, table: str) -> Path:
        return self.folder / "tables" / f"{table}.csv"

    def rows(self, table: str) -> list[list[str]]:
        with self.file(table).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def write(self, table: str, rows: list[list[str]], separator: str = ",", encoding: str = "utf-8") -> None:
        with self.file(table).open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=separator).writerows(rows)

    def change(self, table: str, row: int, **cells: str) -> None:
        """Writes other texts into cells of one row."""
        rows = self.rows(table)
        for column, text in cells.items():
            rows[row - 1][rows[0].index(column)] = text
        self.write(table, rows)

    def add(self, table: str, like: int, **cells: str) -> int:
        """Adds a row like another one, but for these cells; returns its number."""
        rows = self.rows(table)
        self.write(table, [*rows, rows[like - 1]])
        self.change(table, len(rows) + 1, **cells)
        return len(rows) + 1

    def faults(self) -> list[Fault]:
        loaded = load(self.folder)
        assert (loaded.tables is None) == bool(loaded.faults), "tables and faults exclude each other"
        _worded(loaded.faults)
        return list(loaded.faults)

    def notes(self) -> list[Fault]:
        loaded = load(self.folder)
        assert loaded.tables is not None, loaded.faults
        _worded(loaded.notes)
        return list(loaded.notes)


def _worded(remarks: tuple[Fault, ...]) -> None:
    """Every fault a test makes can be said in both languages, with all the values its sentences name."""
    for lang in LANGUAGES:
        assert all(rule and cure for *_, rule, cure in lines(Words(lang), remarks))


@pytest.fixture
def delivery(tmp_path: Path) -> Delivery:
    return Delivery(tmp_path / "delivery")


@pytest.fixture
def same_choices(monkeypatch):
    """Stores whose secret is known, so that each release hides the same second cells."""
    monkeypatch.setattr(secrets, "token_bytes", bytes)
