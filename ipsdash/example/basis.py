"""What all tables of the example share: its quarters, its source, its ids, and its draws."""

import random
from dataclasses import dataclass

SOURCE = "example"
REGION = "region:nord"
LETTERS = "abcdefghijklmn"
QUARTERS = ("2023Q4", *(f"{year}Q{number}" for year in (2024, 2025) for number in (1, 2, 3, 4)), "2026Q1", "2026Q2", "2026Q3")
ENDS = {"1": "03-31", "2": "06-30", "3": "09-30", "4": "12-31"}


def site_id(letter: str) -> str:
    """The id of an invented place: "a" gives "eksempel-a"."""
    return f"eksempel-{letter}"


def last_day(quarter: str) -> str:
    """The last day of a quarter: "2024Q1" gives "2024-03-31"."""
    return f"{quarter[:4]}-{ENDS[quarter[5]]}"


def draws(what: str, letter: str) -> random.Random:
    """Draws of one table about one place: a change at one place changes no other. Only random() and uniform() are used of it,
    which give the same in every version of Python."""
    return random.Random(f"ipsdash {what} {letter}")


def row(quality: str = "reported", **cells: object) -> dict[str, object]:
    """A row with the source that every row of the example has."""
    return {**cells, "quality": quality, "source": SOURCE}


def noted(note: tuple[str, str] | None) -> dict[str, str]:
    """The two cells of a note: Norwegian, English."""
    return dict(zip(("note_nb", "note_en"), note or ("", "")))


@dataclass(frozen=True)
class Told:
    """How places told the numbers of a table: who counted them; cells that are empty and unknown, and notes, by place and quarter."""

    counted: tuple[str, ...]
    empty: dict[tuple[str, str], tuple[str, ...]]
    unknown: dict[tuple[str, str], tuple[str, ...]]
    notes: dict[tuple[str, str], tuple[str, str]]

    def row(self, letter: str, quarter: str, cells: dict[str, float]) -> dict[str, object]:
        """The numbers of a place in a quarter as it told them."""
        here = letter, quarter
        lost = dict.fromkeys(self.empty.get(here, ()), "") | dict.fromkeys(self.unknown.get(here, ()), "unknown")
        quality = "counted" if letter in self.counted else "reported"
        return row(quality, site_id=site_id(letter), quarter=quarter, **cells | lost, **noted(self.notes.get(here)))
