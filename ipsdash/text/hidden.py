"""Numbers of people as they may be written: a number, hidden, not reported, unknown.

Every hidden number reads the same, whatever the reason: two words would give numbers away (METHOD
section 7).
"""

import pandas as pd

from ipsdash.text.words import Words

SHOWN = "shown"


def written(words: Words, value: float, state: str, bound: str = "exact", decimals: int = 0) -> str:
    """A cell of `Tables.outcomes` in words."""
    return words.bounded(value, bound, decimals) if state == SHOWN else words(f"hidden.{state}")


def blanks_in_words(words: Words, released: pd.DataFrame) -> pd.DataFrame:
    """The table `service` or `staffing` as it was released, with the word in each hidden cell.

    Without the column that names the hidden ones.
    """
    rows = released.drop(columns="hidden", errors="ignore")
    rows = rows.astype({name: object for name in rows.select_dtypes("number")})
    for row, names in released.get("hidden", pd.Series(dtype=str)).fillna("").items():
        for name in names.split():
            rows.at[row, name] = words("hidden.hidden")
    return rows
