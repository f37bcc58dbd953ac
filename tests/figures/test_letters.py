"""The widths that text is measured with are those of the fonts that are shipped."""

import json
from pathlib import Path

import pytest

import ipsdash.figures.letters as letters
from ipsdash.figures.frame import tick_width
from ipsdash.figures.letters import WEIGHTS, width

ttLib = pytest.importorskip("fontTools.ttLib")
pytest.importorskip("brotli")
FONTS = Path(letters.__file__).parent / "fonts"
WIDTHS = json.loads((FONTS / "widths.json").read_text("utf-8"))
CASES = [(weight, part) for weight in WEIGHTS for part in ("latin", "latin-ext")]


def font(weight: int, part: str = "latin"):
    return ttLib.TTFont(FONTS / f"inter-{part}-{weight}-normal.woff2")


@pytest.mark.parametrize("weight,part", CASES)
def test_every_shipped_width_is_the_font_s_own(weight, part):
    shipped, face = WIDTHS[str(weight)], font(weight, part)
    own = {chr(code): face["hmtx"][glyph][0] * 1000 / face["head"].unitsPerEm for code, glyph in face.getBestCmap().items()}
    wrong = {letter: (shipped[letter], own[letter]) for letter in own if letter in shipped and abs(shipped[letter] - own[letter]) > 0.5}
    assert not wrong


@pytest.mark.parametrize("weight", WEIGHTS)
def test_all_letters_of_norwegian_and_northern_sami_have_a_width(weight):
    assert not set("æøåÆØÅáčđŋšŧžÁČĐŊŠŦŽ0123456789–−,.%\u00a0") - set(WIDTHS[str(weight)])


def test_a_line_is_as_wide_as_its_letters_together():
    assert width("Bo", 16) == pytest.approx((WIDTHS["400"]["B"] + WIDTHS["400"]["o"]) * 16 / 1000)


def test_an_unknown_letter_counts_as_an_m():
    assert width("\u4e2d", 10) == width("M", 10)


def test_a_tick_has_room_for_tabular_figures():
    face = font(400)
    tabular = face["hmtx"]["one.tf"][0] * 1000 / face["head"].unitsPerEm
    assert tick_width("11", 16) == pytest.approx(2 * tabular * 16 / 1000, abs=0.1)
