"""Text from outside loses what nobody sees, and nothing else."""

import pytest

from ipsdash.tables.plain_text import plain_text


@pytest.mark.parametrize("text", ["Kari Nordmann", "Guovdageaidnu – áčđŋšŧž", "O'Brien <kari@example.no>", "50 % & «mer»", "\U0001f9e8", ""])
def test_what_people_write_stays(text):
    assert plain_text(text) == text


@pytest.mark.parametrize("sign", [*"\x00\x07\x1b\x7f\x9b\u200b\u200e\u200f\u061c\u202a\u202e\u2066\u2069\ufeff\ue000\ud800\udfff", "\U000e0041"])
def test_signs_that_nobody_sees_go(sign):
    assert plain_text(f"Ka{sign}ri") == "Kari"
    assert plain_text(f"Ka{sign}ri", lines=True) == "Kari"
    plain_text(f"Ka{sign}ri").encode()


def test_lines_become_one_unless_they_may_stay():
    assert plain_text("one\r\ntwo\tthree\u2028four") == "one  two three four"
    assert plain_text("one\r\ntwo\rthree\u2028four", lines=True) == "one\ntwo\nthree four"


def test_it_is_cut_after_what_goes_is_gone():
    assert plain_text("\u202e" * 5 + "abcdef", 3) == "abc"
    assert plain_text("x" * 1_000_000, 10) == "x" * 10
