"""Pairs of datasets that look the same once released, while the numbers that are hidden differ.

Nothing that somebody sees who is no publisher may differ between the two.
"""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from ipsdash.domain.cells import MOVES
from ipsdash.domain.disclosure import pattern, release, release_by
from ipsdash.tables.load import Tables
from tests.domain.attack import assigned
from tests.domain.invented import two_editions

Pair = tuple[Tables, pd.DataFrame, Tables, pd.DataFrame]
# Datasets and assignments that are looked at before `pairs` gives up.
MAX_DATASETS, MAX_ASSIGNMENTS = 20, 6


@cache
def pairs(seed: int) -> Pair:
    """Tables and the pattern they were released with, twice: the released frames are equal.

    Only hidden numbers differ, in all hidden cells that can differ at once, those of neighbours
    included, and notes beside them; sums, definitions and what the check of a workbook enforces hold
    in both. That the released frames are equal is not looked at here: tests do.
    """
    for dataset in range(seed, seed + MAX_DATASETS):
        tables, _ = two_editions(dataset)
        tables = _with_moves(tables, np.random.default_rng(dataset))
        released = release(tables, seed=dataset)
        kept = pattern(released.outcomes, released.staffing)
        for attempt in range(MAX_ASSIGNMENTS):
            other = other_tables(tables, kept, np.random.default_rng([seed, dataset, attempt]))
            if other is not None:
                return tables, kept, other, kept
    raise AssertionError(f"no pair of datasets for seed {seed}")


def other_tables(
    tables: Tables, kept: pd.DataFrame, chance: np.random.Generator
) -> Tables | None:
    """The tables with other numbers in hidden cells; None where none were found."""
    released = release_by(tables, kept)
    service = assigned(tables, released.outcomes, chance)
    if service is None or service.equals(tables.service):
        return None
    service = _retold(service, released, chance)
    return replace(tables, service=service, staffing=_moved(tables, released, chance))


def _retold(
    service: pd.DataFrame, released: Tables, chance: np.random.Generator
) -> pd.DataFrame:
    """Other notes in the rows with a hidden number, and other means where they are hidden."""
    names = released.service["hidden"].str.split()
    days = ["days_to_contact" in row for row in names]
    notes = [bool(set(row) - {"closed_cases"}) for row in names]
    other = pd.Series(chance.integers(3, 60, len(service)).astype(float), service.index)
    text = pd.Series([f"{place} of them are new" for place in other.astype(int)], service.index)
    return service.assign(
        days_to_contact=service["days_to_contact"].mask(days, other),
        **{note: service[note].mask(notes, text) for note in ("note_nb", "note_en")},
    )


def _with_moves(tables: Tables, chance: np.random.Generator) -> Tables:
    """The tables with people who came to the sites and left them."""
    staff, size = tables.staffing, len(tables.staffing)
    moved = {name: chance.integers(0, 3, size).astype(float) for name in MOVES}
    notes = pd.Series([f"row {place}" for place in range(size)], index=staff.index)
    return replace(tables, staffing=staff.assign(**moved, note_nb=notes, note_en=notes))


def _moved(tables: Tables, released: Tables, chance: np.random.Generator) -> pd.DataFrame:
    """Others who came and left where that is hidden: as many more of both, so that the staff fits."""
    staff = tables.staffing
    hidden = released.staffing["hidden"] != ""
    more = pd.Series(chance.integers(1, 3, len(staff)), index=staff.index).where(hidden, 0)
    notes = {name: staff[name].mask(hidden, "another note") for name in ("note_nb", "note_en")}
    return staff.assign(**{name: staff[name] + more for name in MOVES}, **notes)


def equal_frames(one: Tables, other: Tables) -> bool:
    frames = ((getattr(one, name), getattr(other, name)) for name in vars(one))
    return all(left.equals(right) for left, right in frames if isinstance(left, pd.DataFrame))
