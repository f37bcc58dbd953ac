"""Values of assumptions as a reader writes them, and what a scenario is called."""

import pandas as pd

from ipsdash.tables.columns import ASSUMPTIONS, OPTIONS
from ipsdash.text.words import Words


def value(words: Words, name: str, given: float | str) -> str:
    """A value of an assumption: "65 %", "1,7 %", "1,2 år", "20", the words of an option."""
    if name in OPTIONS:
        return words(f"option.{name}.{given}")
    unit = ASSUMPTIONS[name]
    if unit in ("share", "working_share"):
        return words.share(given, 0 if abs(100 * given - round(100 * given)) < 1e-6 else 1)
    decimals = 0 if given == round(given) and unit != "years" else 1 if abs(10 * given - round(10 * given)) < 1e-6 else 2
    return words("value.years", value=words.number(given, decimals)) if unit == "years" else words.number(given, decimals)


def title(words: Words, row: pd.Series | dict) -> str:
    """What an assumption is called. row: of the table of assumptions."""
    return row[f"title_{words.lang}"]


def ranged(words: Words, middle: float, low: float, high: float, decimals: int = 0) -> str:
    """A number with its range: "82 (57–121)"."""
    return words("amount.ranged", value=words.number(middle, decimals), low=words.number(low, decimals), high=words.number(high, decimals))


def preset_names(words: Words, scenarios: pd.DataFrame) -> dict[str, str]:
    """The names of the ready-made scenarios, by id, in the order of the table."""
    first = scenarios.drop_duplicates("scenario")
    return dict(zip(first["scenario"], first[f"name_{words.lang}"]))
