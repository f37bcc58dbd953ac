"""The story as a PowerPoint deck that a presenter can change: native charts with their sheets, maps of named shapes, notes.

Every slide has its title in the title's place, its notes with sources and quality, and its number.
"""

import io
from collections.abc import Mapping, Sequence
from itertools import count

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide as Page
from pptx.slide import SlideLayout

from ipsdash.export.elements import element
from ipsdash.export.pptx.map import extent
from ipsdash.export.pptx.master import CHART, COVER, MAP, POINTS_LAYOUT, empty_deck, themed
from ipsdash.export.pptx.outlines import Extent, Outline, ground
from ipsdash.export.pptx.pages import Stage, charted, cover, mapped, said_in_points, slide_number
from ipsdash.export.pptx.shapes import NAMESPACES, paragraph
from ipsdash.export.pptx.sheet import without_clock
from ipsdash.figures.chart import Chart
from ipsdash.figures.map import Borders
from ipsdash.figures.stage import whole_stage
from ipsdash.figures.story import Slide
from ipsdash.text.words import Words


def pptx(slides: Sequence[Slide], words: Words, coarse: Borders) -> bytes:
    """The slides as a PowerPoint file. coarse: the borders of the maps, so coarse that they can be changed by hand (1000 m)."""
    deck, layouts = empty_deck(words.lang, slides[0].title if slides else "")
    seen = {extent(one) for slide in slides for one in _maps(slide)}
    grounds = {one: ground(coarse, one) for one in seen}
    for slide in slides:
        _add(deck, layouts, slide, words, grounds)
    if slides:
        theme = deck.notes_master.part.part_related_by(RT.THEME)
        theme._element = parse_xml(themed(theme.blob))
    file = io.BytesIO()
    deck.save(file)
    return without_clock(file.getvalue())


def _maps(slide: Slide) -> list[Chart]:
    """The maps of a slide as they are shown: alone on the whole stage, small ones as they are."""
    alone = [whole_stage(slide.chart)] if slide.chart and slide.chart.true_shape else []
    return [*alone, *slide.small]


def _layout(slide: Slide) -> str:
    if slide.name == "title":
        return COVER
    if slide.chart:
        return MAP if slide.chart.true_shape else CHART
    return CHART if slide.small or slide.table else POINTS_LAYOUT


def _add(deck: Deck, layouts: Mapping[str, SlideLayout], slide: Slide, words: Words, grounds: Mapping[Extent, Mapping[str, Outline]]) -> None:
    """One more slide, with its notes."""
    kind = _layout(slide)
    page = deck.slides.add_slide(layouts[kind])
    tree = page.shapes._spTree
    for shape in [*page.placeholders]:
        tree.remove(shape._element)
    stage = Stage(words, page, count(2), grounds)
    makers = {COVER: cover, MAP: mapped, CHART: charted, POINTS_LAYOUT: said_in_points}
    parts = [*makers[kind](stage, slide), slide_number(stage, len(deck.slides))]
    made = parse_xml(element("p:spTree", *parts, **NAMESPACES))
    tree.extend([*made])
    _notes(page, slide, words.lang)


def _notes(page: Page, slide: Slide, lang: str) -> None:
    """What a presenter says or is asked about; its sources and quality at the end."""
    said = [*slide.notes, *([slide.credit] if slide.credit and slide.credit not in slide.notes else [])]
    written = page.notes_slide.notes_text_frame._txBody
    for empty in [*written.p_lst]:
        written.remove(empty)
    written.extend([*parse_xml(element("p:txBody", *(paragraph(one, lang) for one in said or [""]), **NAMESPACES))])
