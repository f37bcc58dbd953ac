"""The master and the four layouts of the deck: cover, chart, text, map. Placeholders stand where the stage has title, lead and credit."""

import re
from collections.abc import Iterator
from itertools import count

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout

from ipsdash.export.elements import element
from ipsdash.export.pptx.shapes import EMU, LANGUAGES, LETTER, NAMESPACES, STYLE, THEME, Box, paragraph, placed, preset, shape, solid
from ipsdash.figures.labels import LINE_HEIGHT
from ipsdash.figures.stage import HIGH, LEAD, MAP_ROOM, MARGIN, POINT, TEXT, TITLE, WIDE
from ipsdash.text.formats import NO_BREAK

ROOM = WIDE - 2 * MARGIN
# Beside the credit, for the number of the slide.
NUMBER_ROOM = 120
FOOT = HIGH - MARGIN * 0.6
# The title of the first slide, px.
COVER_TITLE, COVER_HIGH = 96, 290
CREDIT_ROOM, CREDIT_HIGH = ROOM - NUMBER_ROOM, 6 * TEXT * LINE_HEIGHT
MAP_CREDIT_ROOM = MAP_ROOM * 0.8
# Of the title among what the file says about itself, in letters.
LONGEST = 255
# Placeholders by their index in the file; the title has none.
POINTS, LEAD_AT, CREDIT_AT, NUMBER_AT = 1, 13, 14, 12
COVER, CHART, POINTS_LAYOUT, MAP = "Cover", "Chart", "Text", "Map"
# Which layouts of the library's template become ours, and what kind of layout the file says they are.
_TEMPLATE = ((0, COVER, "title"), (5, CHART, "titleOnly"), (1, POINTS_LAYOUT, "tx"), (6, MAP, ""))
_TITLES = ("title", "ctrTitle")
_PLAIN = 'marL="0" indent="0"'


def title_box(lines: int, room: float = ROOM) -> Box:
    """Where a title of so many lines stands."""
    return MARGIN, MARGIN, MARGIN + room, MARGIN + lines * TITLE * LINE_HEIGHT


def lead_box(title: int, lines: int, room: float = ROOM) -> Box:
    """Where a lead of so many lines stands below a title of so many."""
    top = title_box(title)[3] + 8
    return MARGIN, top, MARGIN + room, top + max(lines, 1) * LEAD * LINE_HEIGHT


def empty_deck(lang: str, title: str) -> tuple[Deck, dict[str, SlideLayout]]:
    """A deck without slides, and its layouts by name."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE * EMU, HIGH * EMU
    layouts = {name: deck.slide_layouts[place] for place, name, _ in _TEMPLATE}
    for layout in [one for one in deck.slide_layouts if one not in layouts.values()]:
        deck.slide_layouts.remove(layout)
    for _, name, kind in _TEMPLATE:
        _rewrite(layouts[name]._element, name, _LAYOUTS[name](lang, count(2)), STYLE.look("sea").fill if name == MAP else "")
        _typed(layouts[name], kind)
    _master(deck, lang)
    _leave_out(deck)
    for default in deck.element.iter("{*}defRPr"):
        default.set("lang", LANGUAGES[lang])
    about = deck.core_properties
    about.title = "".join(letter for letter in title if letter.isprintable() or letter == NO_BREAK)[:LONGEST]
    about.language, about.author, about.last_modified_by = LANGUAGES[lang], "ipsdash", "ipsdash"
    return deck, layouts


def themed(theme: bytes) -> bytes:
    """A theme in Arial and in the colours of the house."""
    colours = "".join(element(f"a:{name}", element("a:srgbClr", val=value.lstrip("#").upper())) for name, value in THEME.items())
    fonts = "".join(f'<a:{kind}Font><a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>' for kind in ("major", "minor"))
    text = re.sub(r"(<a:clrScheme )[^>]*>.*?(</a:clrScheme>)", rf'\1name="IPS">{colours}\2', theme.decode(), flags=re.DOTALL)
    return re.sub(r"(<a:fontScheme )[^>]*>.*?(</a:fontScheme>)", rf'\1name="Arial">{fonts}\2', text, flags=re.DOTALL).encode()


def _leave_out(deck: Deck) -> None:
    """What comes with the library's template and is not ours: a picture of it, its printer, how many words it has."""
    package = deck.part.package
    for part, kind in ((package, RT.THUMBNAIL), (package, RT.EXTENDED_PROPERTIES), (deck.part, RT.PRINTER_SETTINGS)):
        for relation in [one for one in part._rels.values() if one.reltype == kind]:
            part.drop_rel(relation.rId)


def _typed(layout: SlideLayout, kind: str) -> None:
    layout._element.attrib.pop("type", None)
    layout._element.attrib.pop("preserve", None)
    layout._element.set("preserve", "1")
    if kind:
        layout._element.set("type", kind)


def _rewrite(whole: object, name: str, shapes: str, ground: str) -> None:
    """Other shapes on a master or a layout."""
    back = element("p:bg", element("p:bgPr", solid(ground), element("a:effectLst"))) if ground else ""
    tree = f'<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shapes}'
    common = parse_xml(element("p:cSld", back, element("p:spTree", tree), name=name or None, **NAMESPACES))
    whole.replace(whole.cSld, common)


def _master(deck: Deck, lang: str) -> None:
    master = deck.slide_master
    ids = count(2)
    body = _place(ids, "Text", "body", POINTS, lang, (MARGIN, 240, WIDE - MARGIN, FOOT - 80), POINT, bullets=True)
    shapes = _place(ids, "Title", "title", 0, lang, title_box(2), TITLE) + body + _number(ids, lang)
    _rewrite(master._element, "", shapes, STYLE.background)
    styles = master._element.find("{*}txStyles")
    master._element.replace(styles, parse_xml(_text_styles(lang)))
    theme = master.part.part_related_by(RT.THEME)
    theme._blob = themed(theme.blob)


def _text_styles(lang: str) -> str:
    """How titles and texts look where nothing else is said."""
    title = _level("a:lvl1pPr", TITLE, lang, "+mj-lt", "b=\"1\"", 'algn="l"', "<a:buNone/>")
    bullet = f'<a:spcBef><a:spcPts val="{POINT * LETTER // 2}"/></a:spcBef><a:buClr><a:schemeClr val="accent1"/></a:buClr><a:buFont typeface="Arial"/><a:buChar char="•"/>'
    indent = round(POINT * 1.4 * EMU)
    texts = _level("a:lvl1pPr", POINT, lang, "+mn-lt", "", f'marL="{indent}" indent="-{indent}" algn="l"', bullet)
    texts += _level("a:lvl2pPr", LEAD, lang, "+mn-lt", "", f'marL="{2 * indent}" indent="-{indent}" algn="l"', bullet)
    other = _level("a:lvl1pPr", TEXT, lang, "+mn-lt", "", _PLAIN, "")
    return element("p:txStyles", element("p:titleStyle", title), element("p:bodyStyle", texts), element("p:otherStyle", other), **NAMESPACES)


def _level(tag: str, size: float, lang: str, font: str, weight: str, where: str, bullet: str) -> str:
    ink = solid(STYLE.ink)
    letters = f'<a:defRPr lang="{LANGUAGES[lang]}" sz="{round(size * LETTER)}" {weight}>{ink}<a:latin typeface="{font}"/></a:defRPr>'
    return f"<{tag} {where}>{bullet}{letters}</{tag}>"


def _place(
    ids: Iterator[int], name: str, kind: str, index: int, lang: str, box: Box, size: float, ink: str = STYLE.ink, bold: bool = False,
    anchor: str = "t", bullets: bool = False,
) -> str:  # fmt: skip
    """A placeholder of a layout."""
    plain = "" if bullets or kind in _TITLES else "<a:buNone/>"
    where = "" if bullets else _PLAIN
    level = f'<a:lvl1pPr {where}>{plain}<a:defRPr lang="{LANGUAGES[lang]}" sz="{round(size * LETTER)}" b="{int(bold or kind in _TITLES)}">{solid(ink)}</a:defRPr></a:lvl1pPr>'
    at = element("p:ph", type_=kind, idx=str(index) if index else None)
    about = element("p:nvSpPr", element("p:cNvPr", id=str(next(ids)), name=name), element("p:cNvSpPr", element("a:spLocks", noGrp="1")), element("p:nvPr", at))
    within = element("a:bodyPr", element("a:normAutofit"), wrap="square", lIns="0", tIns="0", rIns="0", bIns="0", anchor=anchor)
    body = element("p:txBody", within, element("a:lstStyle", level), paragraph(name, lang))
    return element("p:sp", about, element("p:spPr", placed(box), preset("rect")), body)


def _number(ids: Iterator[int], lang: str) -> str:
    """The number of the slide, in the lower right."""
    box = (WIDE - MARGIN - NUMBER_ROOM, FOOT - TEXT * LINE_HEIGHT, WIDE - MARGIN, FOOT)
    level = f'<a:lvl1pPr algn="r"><a:defRPr lang="{LANGUAGES[lang]}" sz="{TEXT * LETTER}">{solid(STYLE.quiet)}</a:defRPr></a:lvl1pPr>'
    at = element("p:ph", type_="sldNum", sz="quarter", idx=str(NUMBER_AT))
    about = element("p:nvSpPr", element("p:cNvPr", id=str(next(ids)), name="Number"), element("p:cNvSpPr", element("a:spLocks", noGrp="1")), element("p:nvPr", at))
    within = element("a:bodyPr", wrap="square", lIns="0", tIns="0", rIns="0", bIns="0", anchor="b")
    body = element("p:txBody", within, element("a:lstStyle", level), number_field(lang, "‹#›"))
    return element("p:sp", about, element("p:spPr", placed(box), preset("rect")), body)


def number_field(lang: str, shown: str) -> str:
    """A paragraph with the number of its slide."""
    run = element("a:rPr", lang=LANGUAGES[lang])
    field = element("a:fld", run, element("a:t", shown), id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type_="slidenum")
    return element("a:p", field)


def _credit(ids: Iterator[int], lang: str, room: float) -> str:
    return _place(ids, "Credit", "body", CREDIT_AT, lang, (MARGIN, FOOT - CREDIT_HIGH, MARGIN + room, FOOT), TEXT, STYLE.quiet, anchor="b")


def _cover(lang: str, ids: Iterator[int]) -> str:
    wide = MARGIN + ROOM * 0.85
    parts = _place(ids, "Title", "ctrTitle", 0, lang, (MARGIN, 370 - COVER_HIGH, WIDE - MARGIN, 370), COVER_TITLE, anchor="b")
    parts += shape(ids, "–", "", (MARGIN, 392, MARGIN + 160, 404), preset("rect"), solid(STYLE.look("reported").fill), decorative=True).xml
    parts += _place(ids, "Lead", "subTitle", POINTS, lang, (MARGIN, 436, wide, 540), POINT, STYLE.quiet)
    parts += _place(ids, "Text", "body", LEAD_AT, lang, (MARGIN, 580, wide, 840), TITLE, bold=True)
    return parts + _credit(ids, lang, CREDIT_ROOM) + _number(ids, lang)


def _chart(lang: str, ids: Iterator[int]) -> str:
    parts = _place(ids, "Title", "title", 0, lang, title_box(1), TITLE)
    parts += _place(ids, "Lead", "body", LEAD_AT, lang, lead_box(1, 1), LEAD, STYLE.quiet)
    return parts + _credit(ids, lang, CREDIT_ROOM) + _number(ids, lang)


def _points(lang: str, ids: Iterator[int]) -> str:
    parts = _place(ids, "Title", "title", 0, lang, title_box(1), TITLE)
    parts += _place(ids, "Text", "body", POINTS, lang, (MARGIN, 180, WIDE - MARGIN, FOOT - 80), POINT, bullets=True)
    return parts + _number(ids, lang)


def _map(lang: str, ids: Iterator[int]) -> str:
    parts = _place(ids, "Title", "title", 0, lang, title_box(3, MAP_ROOM), TITLE)
    parts += _place(ids, "Lead", "body", LEAD_AT, lang, lead_box(3, 3, MAP_ROOM), LEAD, STYLE.quiet)
    return parts + _credit(ids, lang, MAP_CREDIT_ROOM) + _number(ids, lang)


_LAYOUTS = {COVER: _cover, CHART: _chart, POINTS_LAYOUT: _points, MAP: _map}
