"""Pictures (SVG) as PNG and PDF, drawn by Typst's renderer with our own typeface: no browser, no fonts of the machine.

So every machine draws the same. In a PDF text stays text. Letters that Inter lacks come from the fonts inside Typst.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import typst

# Pixels: a slide of 1920 x 1080 is as large as PowerPoint's, 13.333 x 7.5 in.
PER_INCH = 144
FONTS = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[Path(__file__).parent / "fonts"])
_SVG = "{http://www.w3.org/2000/svg}"
# The renderer knows no variants of figures; the typeface has them as a face of their own.
_TABULAR = re.compile(r"font-variant-numeric:\s*tabular-nums")
# Each SVG on a page of its own size; Typst itself takes 96 px for an inch. Without a date the same pages are the same bytes.
_PAGES = b"""
#set document(date: none)
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#for at in range(int(sys.inputs.pages)) {
  let picture = image.with(bytes(sys.inputs.at("svg" + str(at))), format: "svg", alt: sys.inputs.at("alt" + str(at)))
  page(context picture(width: measure(picture()).width * 96 / 144))
}
"""


def png(svg: str, scale: float = 1) -> bytes:
    """The picture as PNG. scale: pixels of the PNG for a pixel of the SVG; a size that is no whole number is rounded.

    Where the SVG has no background the PNG is transparent. Raises ValueError for a scale that is not above zero and for
    what is not an SVG.
    """
    if not scale > 0:
        raise ValueError(f"the scale of a picture must be above zero, not {scale}")
    return _compiled([svg], "png", PER_INCH * scale)


def pdf(pages: Sequence[str]) -> bytes:
    """The pictures as one PDF, each on a page of its own size: 144 px an inch.

    Titles and descriptions of a picture are its text for those who do not see it. Raises ValueError for no pages and for
    a page that is not an SVG.
    """
    if not pages:
        raise ValueError("a PDF needs at least one page")
    return _compiled(pages, "pdf", None)


def _compiled(svgs: Sequence[str], form: str, ppi: float | None) -> bytes:
    texts = {"pages": str(len(svgs))}
    for at, svg in enumerate(svgs):
        texts |= {f"svg{at}": _TABULAR.sub("font-family:Inter Tabular", svg), f"alt{at}": _alternative(svg)}
    try:
        return typst.compile(_PAGES, font_paths=FONTS, ignore_system_fonts=True, sys_inputs=texts, format=form, ppi=ppi)
    except typst.TypstError as error:
        raise ValueError(f"the picture cannot be drawn: {error.message}") from error


def _alternative(svg: str) -> str:
    """What the picture and the pictures in it say of themselves. Raises ValueError for what is not an SVG."""
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise ValueError(f"the picture is not well-formed SVG: {error}") from error
    if root.tag != f"{_SVG}svg":
        raise ValueError(f"the picture is not an SVG but <{root.tag}>")
    said = (one.findtext(f"{_SVG}{part}") for one in root.iter(f"{_SVG}svg") for part in ("title", "desc"))
    return " ".join(filter(None, said))
