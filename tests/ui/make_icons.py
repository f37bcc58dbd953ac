"""Makes ipsdash/ui/icons.woff2 of the icons that Streamlit carries: `.venv/bin/python -m tests.ui.make_icons`.

Streamlit's file has 4,000 icons, 375 kB on every first visit; ours has those that Streamlit's own program and our pages name. An icon
is written as its name and drawn by a ligature, so the letters stay too. Nothing is redrawn (Material Symbols, Apache License 2.0).
"""

import re
from pathlib import Path

import streamlit
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[2]
MADE = ROOT / "ipsdash/ui/icons.woff2"
STATIC = Path(streamlit.__file__).parent / "static/static"
OURS = ("arrow_forward", "restart_alt", "slideshow", "visibility", "arrow_upward", "arrow_downward")
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ "


def named() -> set[str]:
    """The icons that Streamlit's program names."""
    return {name for file in (STATIC / "js").glob("*.js") for name in re.findall(r":material/([a-z0-9_]+)", file.read_text("utf-8"))}


def ligatures(face: TTFont) -> dict[str, str]:
    """The glyph of each icon by its name."""
    letters = {glyph: chr(code) for code, glyph in face.getBestCmap().items()}
    return {letters[first] + "".join(letters[one] for one in ligature.Component): ligature.LigGlyph
            for table in _tables(face) for first, found in table.ligatures.items() for ligature in found}  # fmt: skip


def _tables(face: TTFont) -> list:
    return [getattr(table, "ExtSubTable", table) for lookup in face["GSUB"].table.LookupList.Lookup for table in lookup.SubTable]


def made() -> TTFont:
    """The font with the icons that are used, and no other."""
    face = TTFont(next((STATIC / "media").glob("MaterialSymbols-Rounded*.woff2")))
    kept = {glyph for name, glyph in ligatures(face).items() if name in named() | set(OURS)}
    for table in _tables(face):
        table.ligatures = {first: left for first, found in table.ligatures.items() if (left := [one for one in found if one.LigGlyph in kept])}
    options = Options(layout_features=["*"], flavor="woff2", notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(text=LETTERS)
    subsetter.subset(face)
    return face


if __name__ == "__main__":
    face = made()
    face.flavor = "woff2"
    face.save(MADE)
    print(MADE, MADE.stat().st_size, "bytes,", len(ligatures(face)), "icons")
