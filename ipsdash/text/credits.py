"""Where a number is from and how sure it is, in words."""

from collections.abc import Iterable

import pandas as pd

from ipsdash.text.words import Words


def reference(words: Words, source: pd.Series) -> str:
    """A source as short as it can be named: "NAPHA (2019)". source: a row of the register."""
    if source["status"] == "judgement":
        return words("credit.judgement")
    publisher, published = source["publisher"], source["published"]
    if not isinstance(publisher, str):
        return source[f"title_{words.lang}"]
    name = publisher.split(" / ")[0]
    return f"{name} ({published[:4]})" if isinstance(published, str) else name


def references(words: Words, register: pd.DataFrame, source: str) -> str:
    """The sources of these ids (a space between), as a list in words. Raises KeyError for an id not in the register."""
    rows = register.set_index("source")
    return words.listed(dict.fromkeys(reference(words, rows.loc[one]) for one in source.split()))


def each_reference(words: Words, register: pd.DataFrame, sources: Iterable[str]) -> list[str]:
    """What `references` gives for each of these, "" for "": of thousands of rows in a moment."""
    rows, known = register.set_index("source"), {}

    def of(source: str) -> str:
        for one in source.split():
            if one not in known:
                known[one] = reference(words, rows.loc[one])
        return words.listed(dict.fromkeys(known[one] for one in source.split()))

    return [of(source) if source else "" for source in sources]


def credit(words: Words, register: pd.DataFrame, source: str, quality: str) -> str:
    """The line below a chart: "Kilde: NAPHA (2019). Rapportert."."""
    return marked(words, words("credit.line", sources=references(words, register, source), quality=words(f"quality.{quality}")))


def marked(words: Words, line: str) -> str:
    """A line that goes with numbers, with what must be said of all numbers of these tables in front, once."""
    return line if line.startswith(words.mark) else f"{words.mark} {line}".strip()
