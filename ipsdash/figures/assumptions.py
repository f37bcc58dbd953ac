"""The assumptions as a reader sees them: what each is, its range, where it is from."""

import pandas as pd

from ipsdash.domain.assumptions import assumed
from ipsdash.figures.chart import Column, Table
from ipsdash.text.credits import references
from ipsdash.text.values import title, value
from ipsdash.text.words import Words


def abouts(words: Words, register: pd.DataFrame, assumptions: pd.DataFrame, date: str) -> dict[str, str]:
    """What there is to say about each fact with a range or with several readings, in one paragraph, by assumption: meaning,
    range, source, note."""
    rows = assumed(assumptions, date, {})
    read = (rows["basis"] == "fact") & (rows["unit"] == "option")
    return {name: _about(words, register, row, name) for name, row in rows[rows["low"].notna() | read].iterrows()}


def _about(words: Words, register: pd.DataFrame, row: pd.Series, name: str) -> str:
    lang = words.lang
    ranged = [words("scenario.range", value=value(words, name, row["value"]), **_ends(words, name, row))] if pd.notna(row["low"]) else []
    said = [
        row[f"meaning_{lang}"] + ".", *ranged,
        words("scenario.source", source=references(words, register, row["source"])), row[f"note_{lang}"],
    ]  # fmt: skip
    return " ".join(part for part in said if isinstance(part, str))


def _ends(words: Words, name: str, row: pd.Series) -> dict[str, str]:
    return {"low": value(words, name, row["low"]), "high": value(words, name, row["high"])}


def others_table(words: Words, register: pd.DataFrame, assumptions: pd.DataFrame, date: str) -> Table:
    """One row per value that a reader cannot choose: what it is, its value, its range, fact or choice, source."""
    rows = assumed(assumptions, date, {})
    rows = rows[(rows["unit"] != "option") & rows["least"].isna()]
    frame = pd.DataFrame({
        "assumption": [title(words, row) for _, row in rows.iterrows()], "meaning": rows[f"meaning_{words.lang}"],
        "value": [value(words, name, row["value"]) for name, row in rows.iterrows()],
        "range": [words("scenario.ends", **_ends(words, name, row)) if pd.notna(row["low"]) else "" for name, row in rows.iterrows()],
        "basis": [words(f"basis.{basis}") for basis in rows["basis"]],
        "source": [references(words, register, source) for source in rows["source"]],
    })  # fmt: skip
    return Table(frame, tuple(Column(name, words(f"heading.{name}")) for name in frame))
