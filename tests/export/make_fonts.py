"""Makes the TTF files in ipsdash/export/fonts of our woff2 files: `.venv/bin/python -m tests.export.make_fonts`.

The renderer reads neither woff2 nor a typeface in parts, so both parts of a weight become one file. It has no
`font-variant-numeric` either, so "Inter Tabular" is Inter with its own tabular figures always on. Nothing is redrawn.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FIGURES = Path(__file__).parents[2] / "ipsdash/figures/fonts"
MADE = Path(__file__).parents[2] / "ipsdash/export/fonts"
WEIGHTS = {400: "Regular", 600: "SemiBold"}
# Of the features that every renderer turns on, one that Inter does not use.
ALWAYS_ON = "rclt"
KEPT = ["calt", "ccmp", "locl", "kern", "mark", "mkmk", ALWAYS_ON]
# Where Latin Extended-A ends: figures stand beside words of Norwegian and Sami, not of Vietnamese.
EXTENDED_A = 0x180


def woff2(weight: int, part: str) -> TTFont:
    return TTFont(FIGURES / f"inter-{part}-{weight}-normal.woff2")


def made(weight: int, tabular: bool) -> TTFont:
    """A weight in one file."""
    latin, more = woff2(weight, "latin"), woff2(weight, "latin-ext")
    first = set(latin.getBestCmap())
    second = {code for code in more.getBestCmap() if code < EXTENDED_A or not tabular} - first
    with TemporaryDirectory() as folder:
        names = [f"{folder}/{part}.ttf" for part in ("latin", "more")]
        for face, codes, name in zip((latin, more), (first, second), names):
            _shaped(face, tabular)
            _only(face, codes)
            face.save(name)
        whole = Merger().merge(names)
    dates = woff2(weight, "latin")["head"]
    # The same file whenever it is made.
    whole["head"].created, whole["head"].modified, whole.recalcTimestamp = dates.created, dates.modified, False
    return whole


def _shaped(face: TTFont, tabular: bool) -> None:
    """Turns tabular figures on for good, and says so in the names."""
    if not tabular:
        return
    for feature in face["GSUB"].table.FeatureList.FeatureRecord:
        feature.FeatureTag = ALWAYS_ON if feature.FeatureTag == "tnum" else feature.FeatureTag
    for name in face["name"].names:
        if name.nameID in (1, 3, 4, 6, 16):
            name.string = str(name).replace("Inter", "InterTabular" if name.nameID in (3, 6) else "Inter Tabular", 1)


def _only(face: TTFont, codes: set[int]) -> None:
    """Keeps these letters and what shapes them unasked."""
    options = Options(layout_features=KEPT, hinting=False, glyph_names=False, notdef_outline=True, name_IDs=["*"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(face)
    face.flavor = None


if __name__ == "__main__":
    for weight, name in WEIGHTS.items():
        made(weight, tabular=False).save(MADE / f"Inter-{name}.ttf")
        made(weight, tabular=True).save(MADE / f"InterTabular-{name}.ttf")
