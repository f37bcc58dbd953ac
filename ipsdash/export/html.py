"""The slides as one file that needs nothing else: no server, no network, no program but a browser.

Without its program (JavaScript off, printing) the slides follow each other on a page, with tables and notes. With it they fill the
screen, one at a time.
"""

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files

from ipsdash.export.elements import element, words as escaped
from ipsdash.export.slides import slide_svg
from ipsdash.export.tables import shown
from ipsdash.figures.chart import Table
from ipsdash.figures.letters import FAMILY, WEIGHTS
from ipsdash.figures.story import Slide
from ipsdash.figures.style import Style
from ipsdash.text.words import Words

# The letters each font file has, as its makers divide them.
LETTERS = {"latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212",
           "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2C60-2C7F,U+A720-A7FF"}  # fmt: skip
# An outline this long that stands in several pictures is written once.
LONG = 200
_OUTLINE = re.compile(r'<path d="([^"]{%d,})"([^>]*?)(?:/>|>(.*?)</path>)' % LONG, re.S)
KEYS = ("next", "before", "first", "last", "black", "table", "notes", "whole", "leave")


def html(slides: Sequence[Slide], words: Words, style: Style) -> str:
    """The file. style: of all slides."""
    drawings = [slide_svg(slide, style, place, len(slides)) for place, slide in enumerate(slides, 1)]
    outlines, drawings = _shared(drawings)
    sections = [_section(slide, drawing, place, words) for place, (slide, drawing) in enumerate(zip(slides, drawings), 1)]
    page = _file("deck.html")
    filled = {
        "lang": words.lang, "title": escaped(slides[0].title if slides else ""), "style": _typeface() + _colours(style) + _file("deck.css"),
        "outlines": outlines, "slides": "".join(sections), "program": _file("deck.js"), "keys": _keys(words),
        **{f"say_{name}": escaped(words(f"story.deck.{name}")) for name in ("start", "table", "notes", "whole", "keys", "close", "black", "lead")},
    }  # fmt: skip
    return re.sub(r"\{\{(\w+)\}\}", lambda found: filled[found[1]], page)


def _section(slide: Slide, drawing: str, number: int, words: Words) -> str:
    """A slide with its table and its notes."""
    parts = [element("h2", escaped(slide.title), class_="unseen"), element("div", drawing, class_="stage")]
    if slide.numbers is not None:
        parts.append(element("details", element("summary", escaped(words("story.deck.table"))), table(slide.numbers, words), class_="numbers"))
    notes = "".join(element("p", escaped(note)) for note in slide.notes)
    parts.append(element("aside", element("h3", escaped(words("story.deck.notes"))), notes, class_="notes"))
    return element("section", *parts, id=slide.name, data_number=str(number), aria_label=slide.title)


def table(one: Table, words: Words) -> str:
    """A table as its readers write it."""
    frame = shown(one, words)
    head = "".join(element("th", escaped(name), scope="col") for name in frame)
    rows = "".join(element("tr", *(element("td", escaped(cell)) for cell in row)) for row in frame.itertuples(index=False, name=None))
    return element("div", element("table", element("thead", element("tr", head)), element("tbody", rows)), class_="wide", tabindex="0")


def _keys(words: Words) -> str:
    return "".join(element("li", element("kbd", escaped(words(f"story.keys.{name}_key"))), " ", escaped(words(f"story.keys.{name}"))) for name in KEYS)


def _shared(drawings: list[str]) -> tuple[str, list[str]]:
    """The long outlines that stand in several places, once, and the drawings that use them: eight maps are hardly larger than one."""
    count = Counter(found[1] for drawing in drawings for found in _OUTLINE.finditer(drawing))
    names = {outline: f"o{place}" for place, outline in enumerate((one for one, times in count.items() if times > 1))}

    def used(found: re.Match) -> str:
        if found[1] not in names:
            return found[0]
        return f'<use href="#{names[found[1]]}"{found[2]}>{found[3] or ""}</use>'

    kept = "".join(element("path", id=name, d=outline) for outline, name in names.items())
    return kept, [_OUTLINE.sub(used, drawing) for drawing in drawings]


def _file(name: str) -> str:
    return (files("ipsdash.export") / name).read_text("utf-8")


def _typeface() -> str:
    return "".join(_face(part, weight) for part in LETTERS for weight in WEIGHTS)


def _face(part: str, weight: int) -> str:
    font = (files("ipsdash.figures") / "fonts" / f"inter-{part}-{weight}-normal.woff2").read_bytes()
    return (
        f"@font-face{{font-family:{FAMILY};font-weight:{weight};src:url(data:font/woff2;base64,{b64encode(font).decode()}) format('woff2');"
        f"unicode-range:{LETTERS[part]}}}"
    )


def _colours(style: Style) -> str:
    return f":root{{--page:{style.background};--ink:{style.ink};--quiet:{style.quiet};--strong:{style.look('reported').fill}}}"
