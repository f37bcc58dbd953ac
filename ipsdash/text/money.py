"""Amounts of money as each language writes them: "13 millioner kroner", "1,5 mill. kr"; "NOK 13 million"."""

from ipsdash.text.words import Words

MILLION, THOUSAND = 1_000_000, 1_000
# A million and more is written in millions with a decimal where it is not whole.
DECIMALS = 1


def amount(words: Words, nok: float, bound: str = "exact") -> str:
    """An amount in a sentence, with its bound: exact, at_least or at_most."""
    return words(f"money.{bound}", amount=_written(words, nok, "plain"))


def short(words: Words, nok: float, bound: str = "exact") -> str:
    """An amount beside a bar or in a cell, with its bound."""
    return words(f"money.{bound}", amount=_written(words, nok, "short"))


def whole(words: Words, nok: float, bound: str = "exact") -> str:
    """What one of something costs, in whole thousands of kroner: "1 026 000 kr"."""
    return words(f"money.{bound}", amount=words("money.short.kroner", value=words.number(round(nok / THOUSAND) * THOUSAND)))


def share(words: Words, part: float, bound: str) -> str:
    """A share with its bound: "høyst 29 %"."""
    return words(f"money.{bound}", amount=words.share(part))


def posts(words: Words, value: float) -> str:
    """Posts: whole ones without a decimal, others with one."""
    return words.number(value, 0 if value == round(value) else 1)


def _written(words: Words, nok: float, form: str) -> str:
    """Below a million in whole kroner, from ten thousand on in whole thousands: no amount here is known better."""
    millions = round(nok / MILLION, DECIMALS)
    if millions >= 1:
        key = "one_million" if millions == 1 else "millions"
        return words(f"money.{form}.{key}", value=words.number(millions, 0 if millions == round(millions) else DECIMALS))
    rounded = round(nok / THOUSAND) * THOUSAND if nok >= 10 * THOUSAND else nok
    return words(f"money.{form}.kroner", value=words.number(rounded))
