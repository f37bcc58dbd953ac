"""The reader's slides: which, in which order, with which titles and notes of their own; all of it in one query, which the live slides
are made from too."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from ipsdash.domain.assumptions import preset
from ipsdash.export.html import html
from ipsdash.export.slides import slide_svg
from ipsdash.figures.layers import LAYERS
from ipsdash.figures.story import Choices, Slide, arranged, story
from ipsdash.figures.style import STYLES
from ipsdash.tables.load import Tables
from ipsdash.tables.plain_text import plain_text
from ipsdash.tables.scenarios import Own
from ipsdash.text.formats import LANGUAGES
from ipsdash.text.words import Words
from ipsdash.ui import borders, mine, needs, reader, scenario
from ipsdash.ui.controls import POSTS, POSTS_DEFAULT
from ipsdash.ui.reader import Reader

STYLE = STYLES["projector"]
# Own titles and notes by slide; a link longer than this no server takes.
Told = dict[str, tuple[str, str]]
LONGEST = 200, 2_000
# Characters of the text of a link that own titles and notes are read from, and names in an order of slides that are looked at.
LONGEST_TOLD, MOST_NAMES = 60_000, 200
_SET = "set"
# The scale of a small picture.
SMALL = 0.25


@dataclass(frozen=True)
class Deck:
    """What the slides are made of. changed: of a scenario called `scenario`. order: names of slides, () for all in their order. dataset,
    edition: whose numbers, as the link has them."""

    layer: str
    posts: int
    scenario: str
    changed: Mapping[str, float | str]
    order: tuple[str, ...] = ()
    told: Told = field(default_factory=dict)
    dataset: str = ""
    edition: str = ""

    def query(self, me: Reader, link: str = "") -> str:
        """The query that these slides are shown by. link: of the dashboard, if others can open it."""
        asked = {"lang": me.words.lang, "date": me.date, "layer": self.layer, "posts": str(self.posts), _SET: mine.written([Own(self.scenario, dict(self.changed))])}
        asked |= {"slides": ",".join(self.order)} if self.order else {}
        asked |= {"told": written(self.told)} if self.told else {}
        asked |= {"link": link} if link else {}
        asked |= {name: given for name, given in (("dataset", self.dataset), ("edition", self.edition)) if given not in ("", reader.CURRENT)}
        return urlencode(asked)


def read(text: str) -> Told | None:
    """Own titles and notes from the text of a link; None for a text that is none. Without characters that cannot be shown."""
    if len(text) > LONGEST_TOLD:
        return None
    try:
        given = json.loads(text)
    except (ValueError, RecursionError, MemoryError):
        return None
    if not isinstance(given, dict) or not all(map(_is_pair, given.values())):
        return None
    return {
        plain_text(name, LONGEST[0]): (plain_text(title, LONGEST[0]), plain_text(notes, LONGEST[1], lines=True))
        for name, (title, notes) in given.items()
    }


def _is_pair(given: object) -> bool:
    """Whether it is a title and notes."""
    return isinstance(given, list) and len(given) == 2 and all(isinstance(part, str) for part in given)


def unreadable(me: Reader, query: Mapping[str, str]) -> str | None:
    """The key of a query whose text is none that slides can be made from, None where all can be read. Choices out of a list are not
    among them: what is not in the list has its default."""
    if query.get("told") and read(query["told"]) is None:
        return "told"
    return _SET if mine.read(query.get(_SET, ""), me.assumed)[1] else None


def written(told: Told) -> str:
    """Own titles and notes as the text of a link."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def asked(query: Mapping[str, str]) -> tuple[Reader, Deck] | None:
    """The reader and the slides that a query asks for, each choice that cannot be had at its default; None while the tables have faults."""
    dataset, edition = query.get("dataset", ""), query.get("edition", "")
    shown = reader.found(dataset, edition)
    tables = reader.loaded(shown).tables
    if tables is None:
        return None
    dates = reader.dates(tables)
    lang = query.get("lang") if query.get("lang") in LANGUAGES else LANGUAGES[0]
    date = query.get("date") if query.get("date") in dates else dates[-1]
    me = Reader(reader.words(lang, shown.about), tables, reader.region(tables), date, STYLE)
    found, _ = mine.read(query.get(_SET, ""), me.assumed)
    standard = scenario.default(me)
    one = found[0] if found else Own(scenario.ready(me)[standard], dict(me.once(preset, tables.scenarios, standard)))
    posts = next((one for one in POSTS if str(one) == query.get("posts")), POSTS_DEFAULT)
    layer = query.get("layer") if query.get("layer") in LAYERS else LAYERS[0]
    # Each slide once: thousands of them would take seconds and gigabytes.
    order = tuple(dict.fromkeys(filter(None, query.get("slides", "").split(",")[:MOST_NAMES])))
    changed, _ = needs.computable(me, scenario.settled(me.assumed, one.changed, {}))
    return me, Deck(layer, posts, one.name, changed, order, read(query.get("told", "")) or {}, dataset, edition)


def chosen(me: Reader, deck: Deck, link: str = "") -> Choices:
    """What the slides are made from. link: of the dashboard, "" if only this machine can open it."""
    return Choices(
        date=me.date, layer=deck.layer, scenario=deck.scenario, left=needs.remains(me, dict(deck.changed)), following=needs.following(me, dict(deck.changed), deck.posts),
        way=needs.way(me), homes=needs.catchments(me), link=link,
    )  # fmt: skip


def every(me: Reader, deck: Deck, link: str = "") -> tuple[Slide, ...]:
    """All slides there are for these choices, in the order they are told."""
    return me.rarely(story, me.words, me.tables, borders.load(me.tables), chosen(me, deck, link))


def slides(me: Reader, deck: Deck, link: str = "") -> tuple[Slide, ...]:
    """The slides as they are shown."""
    found = every(me, deck, link)
    titles, notes = ({name: said[part] for name, said in deck.told.items()} for part in (0, 1))
    return me.rarely(arranged, me.words, found, deck.order or tuple(slide.name for slide in found), titles, notes)


def page(me: Reader, deck: Deck, link: str = "") -> str:
    """The slides as one file."""
    return me.rarely(html, slides(me, deck, link), me.words, STYLE)


def presentation(me: Reader, deck: Deck, link: str = "") -> bytes:
    """The slides as PowerPoint."""
    return me.rarely(_presentation, slides(me, deck, link), me.words, me.tables)


def document(me: Reader, deck: Deck, link: str = "") -> bytes:
    """The slides as PDF."""
    return me.rarely(_document, slides(me, deck, link))


def thumbnail(me: Reader, deck: Deck, number: int, link: str = "") -> bytes | None:
    """A small picture (PNG) of the slide with this number, from 1; None where there is none."""
    shown = slides(me, deck, link)
    return me.rarely(_thumbnail, shown[number - 1], number, len(shown)) if 1 <= number <= len(shown) else None


def _presentation(shown: tuple[Slide, ...], words: Words, tables: Tables) -> bytes:
    # python-pptx takes 0.06 s to import, and most readers never ask for it.
    from ipsdash.export.pptx.deck import pptx

    return pptx(shown, words, borders.coarse(tables))


def _document(shown: tuple[Slide, ...]) -> bytes:
    # The renderer takes 0.03 s to import.
    from ipsdash.export.images import pdf

    return pdf([slide_svg(slide, STYLE, place, len(shown)) for place, slide in enumerate(shown, 1)])


def _thumbnail(slide: Slide, number: int, of: int) -> bytes:
    # The renderer takes 0.03 s to import.
    from ipsdash.export.images import png

    return png(slide_svg(slide, STYLE, number, of), SMALL)
