"""Counts of people as they may be written: a number, "<5", hidden, not reported, unknown. Each of the five reads differently."""

import pandas as pd

from ipsdash.text.words import Words

SHOWN = "shown"


def written(words: Words, value: float, state: str, bound: str = "exact", decimals: int = 0) -> str:
    """A cell of `Tables.outcomes` in words."""
    return words.bounded(value, bound, decimals) if state == SHOWN else words(f"hidden.{state}")


def blanks_in_words(words: Words, service: pd.DataFrame) -> pd.DataFrame:
    """The table of a service as the gate gives it, with a word in each cell whose number is hidden; without the column that says so."""
    rows = service.drop(columns="hidden", errors="ignore")
    rows = rows.astype({name: object for name in rows.select_dtypes("number")})
    for row, said in service.get("hidden", pd.Series(dtype=str)).items():
        for one in said.split():
            measure, _, state = one.partition(":")
            rows.at[row, measure] = words(f"hidden.{state}")
    return rows
