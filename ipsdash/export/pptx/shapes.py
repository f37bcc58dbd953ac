"""The building blocks of a slide as DrawingML text: fills and lines by look, words, shapes, groups. Lengths are px on the stage.

Markup is put together as text and parsed once per slide: shape by shape, a map of 80 municipalities takes a second and a half.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ipsdash.export.elements import element, words
from ipsdash.figures.style import STYLES, Look

STYLE = STYLES["projector"]
LANGUAGES = MappingProxyType({"nb": "nb-NO", "en": "en-GB"})
# A px of the stage in the units of the file, and the size of a letter of one px in hundredths of a point.
EMU, LETTER = 6350, 50
NAMESPACES = MappingProxyType({
    "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "xmlns:p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
})  # fmt: skip
# The colours of the theme by the names PowerPoint has for them: who changes the theme, changes the deck.
THEME = MappingProxyType({
    "dk1": STYLE.ink, "lt1": STYLE.background, "dk2": STYLE.quiet, "lt2": STYLE.look("sea").fill,
    "accent1": STYLE.look("reported").fill, "accent2": STYLE.look("counted").fill, "accent3": STYLE.look("unmet").fill,
    "accent4": STYLE.look("modelled").stroke, "accent5": STYLE.look("context").fill, "accent6": STYLE.look("class_4").fill,
    "hlink": STYLE.look("reported").fill, "folHlink": STYLE.look("modelled").stroke,
})  # fmt: skip
_ON_SLIDE = MappingProxyType({"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"})
_NAMED = MappingProxyType({colour: _ON_SLIDE.get(name, name) for name, colour in reversed(THEME.items())})
_PRESETS = MappingProxyType({"circle": "ellipse", "ring": "donut", "diamond": "diamond", "square": "rect", "cross": "flowChartSummingJunction"})
# How thick a ring is, in hundred thousandths of its width.
RING = 29_000
_DECORATIVE = element("a:extLst", element("a:ext", element(
    "adec:decorative", **{"xmlns:adec": "http://schemas.microsoft.com/office/drawing/2017/decorative"}, val="1"),
    uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"))  # fmt: skip
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Piece:
    """A shape or a group as markup, and its box: left, top, right, bottom, px."""

    xml: str
    box: Box


def emu(length: float) -> int:
    """A length of the stage in the units of the file."""
    return round(length * EMU)


def colour(value: str, alpha: int = 100) -> str:
    """A colour by its name in the theme, if it has one there. alpha: per cent."""
    inside = (element("a:alpha", val=alpha * 1000),) if alpha < 100 else ()
    name = _NAMED.get(value)
    return element("a:schemeClr", *inside, val=name) if name else element("a:srgbClr", *inside, val=value.lstrip("#").upper())


def solid(value: str, alpha: int = 100) -> str:
    """A fill of one colour, or none."""
    return element("a:noFill") if value == "none" else element("a:solidFill", colour(value, alpha))


def fill(look: Look) -> str:
    """The fill of a look: hatched, one colour, or none."""
    if look.hatch:
        return element("a:pattFill", element("a:fgClr", colour(look.hatch)), element("a:bgClr", colour(look.fill)), prst="wdUpDiag")
    return solid(look.fill)


def stroke(look: Look) -> str:
    """The line of a look."""
    if look.stroke == "none":
        return element("a:ln", element("a:noFill"))
    dash = (element("a:prstDash", val=_dash(look)),) if look.dash else ()
    return element("a:ln", solid(look.stroke), *dash, element("a:round"), w=emu(look.width), cap="flat")


def _dash(look: Look) -> str:
    """The dash of PowerPoint nearest to that of a look: they are counted in the line's widths."""
    widths = look.dash[0] / look.width
    return "sysDash" if widths < 2 else "dash" if widths < 4 else "lgDash"


def paragraph(text: str, lang: str, size: float = 0, bold: bool = False, ink: str = "", align: str = "") -> str:
    """Words in one paragraph. size: px, 0 is that of the placeholder; lang: "nb" or "en"."""
    inside = (solid(ink),) if ink else ()
    run = element("a:rPr", *inside, lang=LANGUAGES[lang], sz=round(size * LETTER) if size else None, b="1" if bold else None)
    aligned = (element("a:pPr", algn=align),) if align else ()
    return element("a:p", *aligned, element("a:r", run, element("a:t", words(text))))


def named(ids: Iterator[int], name: str, said: str = "", decorative: bool = False) -> str:
    """The id, the name and the text alternative of a shape."""
    inside = (_DECORATIVE,) if decorative else ()
    return element("p:cNvPr", *inside, id=str(next(ids)), name=name or "–", descr=said or None)


def placed(box: Box, tag: str = "a:xfrm", flip: bool = False) -> str:
    """Where a shape stands."""
    left, top = emu(box[0]), emu(box[1])
    size = element("a:ext", cx=max(emu(box[2]) - left, 0), cy=max(emu(box[3]) - top, 0))
    return element(tag, element("a:off", x=left, y=top), size, flipV="1" if flip else None)


def shape(ids: Iterator[int], name: str, said: str, box: Box, geometry: str, paint: str, decorative: bool = False) -> Piece:
    """A shape without words. geometry: preset or path; paint: fill and line."""
    about = element("p:nvSpPr", named(ids, name, said, decorative), element("p:cNvSpPr"), element("p:nvPr"))
    return Piece(element("p:sp", about, element("p:spPr", placed(box), geometry, paint)), box)


def preset(name: str, **guides: int) -> str:
    """A ready-made geometry."""
    inside = [element("a:gd", name=guide, fmla=f"val {value}") for guide, value in guides.items()]
    return element("a:prstGeom", element("a:avLst", *inside), prst=name)


def freeform(path: str) -> str:
    """A geometry of a path that is already markup."""
    return f'<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>{path}</a:pathLst></a:custGeom>'


def dot(ids: Iterator[int], x: float, y: float, look: Look, name: str, said: str = "", scale: float = 1, decorative: bool = False) -> Piece:
    """A dot in the shape of its look."""
    radius = look.radius * scale
    guides = {"adj": RING} if look.shape == "ring" else {}
    paint = (solid(STYLE.background) if look.fill == "none" else fill(look)) + stroke(look)
    return shape(ids, name, said, (x - radius, y - radius, x + radius, y + radius), preset(_PRESETS[look.shape], **guides), paint, decorative)


def line(ids: Iterator[int], name: str, start: tuple[float, float], end: tuple[float, float], look: Look) -> Piece:
    """A straight line that can be drawn on by its ends."""
    (x1, y1), (x2, y2) = sorted((start, end))
    box = (x1, min(y1, y2), x2, max(y1, y2))
    about = element("p:nvCxnSpPr", named(ids, name, decorative=True), element("p:cNvCxnSpPr"), element("p:nvPr"))
    return Piece(element("p:cxnSp", about, element("p:spPr", placed(box, flip=y2 < y1), preset("line"), stroke(look))), box)


def text_box(ids: Iterator[int], name: str, box: Box, paragraphs: Sequence[str], ground: str = "", anchor: str = "ctr", wrap: bool = True) -> Piece:
    """Words in a box without margins. ground: fill behind them."""
    about = element("p:nvSpPr", named(ids, name), element("p:cNvSpPr", txBox="1"), element("p:nvPr"))
    within = element("a:bodyPr", wrap="square" if wrap else "none", lIns="0", tIns="0", rIns="0", bIns="0", anchor=anchor, rtlCol="0")
    body = element("p:txBody", within, element("a:lstStyle"), *paragraphs)
    return Piece(element("p:sp", about, element("p:spPr", placed(box), preset("rect"), ground or solid("none")), body), box)


def group(ids: Iterator[int], name: str, pieces: Iterable[Piece], said: str = "") -> Piece:
    """Pieces that move and grow together."""
    pieces = [*pieces]
    lefts, tops, rights, bottoms = zip(*(piece.box for piece in pieces))
    box = min(lefts), min(tops), max(rights), max(bottoms)
    about = element("p:nvGrpSpPr", named(ids, name, said), element("p:cNvGrpSpPr"), element("p:nvPr"))
    left, top = emu(box[0]), emu(box[1])
    wide, high = emu(box[2]) - left, emu(box[3]) - top
    frame = element("a:xfrm", element("a:off", x=left, y=top), element("a:ext", cx=wide, cy=high), element("a:chOff", x=left, y=top), element("a:chExt", cx=wide, cy=high))
    return Piece(element("p:grpSp", about, element("p:grpSpPr", frame), *(piece.xml for piece in pieces)), box)


def placeholder(ids: Iterator[int], name: str, kind: str, index: int, paragraphs: Sequence[str], box: Box | None = None) -> str:
    """Words in a place of the layout; box: where it stands, if not where the layout has it."""
    where = element("p:ph", type_=kind or None, idx=str(index) if index else None)
    about = element("p:nvSpPr", named(ids, name), element("p:cNvSpPr", element("a:spLocks", noGrp="1")), element("p:nvPr", where))
    body = element("p:txBody", element("a:bodyPr"), element("a:lstStyle"), *paragraphs)
    return element("p:sp", about, element("p:spPr", *((placed(box),) if box else ())), body)
