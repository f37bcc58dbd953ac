"""Amounts of money in both languages."""

import pytest

from ipsdash.text import money
from ipsdash.text.words import Words

NB, EN = Words("nb"), Words("en")


@pytest.mark.parametrize(("nok", "nb", "en", "short"), [
    (13_000_000, "13 millioner kroner", "NOK 13 million", "13 mill. kr"), (1_500_000, "1,5 millioner kroner", "NOK 1.5 million", "1,5 mill. kr"),
    (1_000_000, "1 million kroner", "NOK 1 million", "1 mill. kr"), (12_345_678, "12,3 millioner kroner", "NOK 12.3 million", "12,3 mill. kr"),
    # A million by rounding is a million; below, whole thousands; a few kroner as they are.
    (999_999, "1 million kroner", "NOK 1 million", "1 mill. kr"), (849_600, "850 000 kroner", "NOK 850,000", "850 000 kr"), (940, "940 kroner", "NOK 940", "940 kr"),
])  # fmt: skip
def test_amounts_are_written_as_people_say_them(nok, nb, en, short):
    assert money.amount(NB, nok).replace("\u00a0", " ") == nb
    assert money.amount(EN, nok) == en
    assert money.short(NB, nok).replace("\u00a0", " ") == short


def test_bounds_are_said():
    assert money.amount(NB, 45_000_000, "at_least") == "minst 45 millioner kroner"
    assert money.share(NB, 13 / 45, "at_most") == "høyst 29\u00a0%"
    assert money.share(EN, 13 / 45, "at_most") == "at most 29%"


def test_what_one_costs_is_in_whole_thousands():
    assert money.whole(NB, 1_026_499).replace("\u00a0", " ") == "1 026 000 kr"
    assert money.posts(NB, 2.0) == "2" and money.posts(NB, 2.5) == "2,5"
