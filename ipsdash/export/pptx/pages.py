"""What stands on each kind of slide: cover, map, chart, text; each at its place on the stage."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pptx.slide import Slide as Page

from ipsdash.export.pptx import legend as legends
from ipsdash.export.pptx.charts import chart_frame
from ipsdash.export.pptx.map import View, extent, map_piece
from ipsdash.export.pptx.master import (
    COVER_HIGH, COVER_TITLE, CREDIT_AT, FOOT, LEAD_AT, MAP_CREDIT_ROOM, NUMBER_AT, POINTS, ROOM, lead_box, number_field, title_box,
)  # fmt: skip
from ipsdash.export.pptx.outlines import Extent, Outline
from ipsdash.export.pptx.shapes import Box as Edges
from ipsdash.export.pptx.shapes import paragraph, placeholder, text_box
from ipsdash.export.pptx.table import table_frame
from ipsdash.figures.chart import Chart
from ipsdash.figures.labels import LINE_HEIGHT, wrapped
from ipsdash.figures.letters import width
from ipsdash.figures.stage import HIGH, LEAD, MAP_ROOM, MARGIN, POINT, TEXT, TITLE, WIDE, Box, body, title_lines, whole_stage
from ipsdash.figures.story import Slide
from ipsdash.text.words import Words

# Of dots and lines on a small map, and how many of those stand side by side.
SMALL, MOST_SMALL = 0.7, 4
BETWEEN = 24


@dataclass(frozen=True, eq=False)
class Stage:
    """What all slides are made with: the words, the page being made, the ids of its shapes, the outlines of every extent."""

    words: Words
    page: Page
    ids: Iterator[int]
    grounds: Mapping[Extent, Mapping[str, Outline]]


def _placed(stage: Stage, name: str, index: int, texts: Iterable[str], box: Edges | None = None, size: float = 0, kind: str = "body") -> list[str]:
    """Paragraphs in a placeholder; none where there is nothing to say."""
    said = [paragraph(text, stage.words.lang, size) for text in texts if text]
    return [placeholder(stage.ids, name, kind, index, said, box)] if said else []


def slide_number(stage: Stage, number: int) -> str:
    """The number of the slide in its place."""
    return placeholder(stage.ids, "Number", "sldNum", NUMBER_AT, [number_field(stage.words.lang, str(number))])


def _heading(stage: Stage, slide: Slide, room: float = ROOM) -> list[str]:
    """Title and lead, as high as their words need."""
    lines = len(title_lines(slide.title, room < ROOM))
    leads = len(wrapped(slide.lead, room, LEAD)) if slide.lead else 0
    title = placeholder(stage.ids, "Title", "title", 0, [paragraph(slide.title, stage.words.lang)], title_box(lines, room))
    return [title, *_placed(stage, "Lead", LEAD_AT, [slide.lead], lead_box(lines, leads, room))]


def cover(stage: Stage, slide: Slide) -> list[str]:
    """The first slide: its title as large as there is room for, the lead, and where things stand."""
    size = next((size for size in range(COVER_TITLE, TITLE, -4) if _deep(slide.title, size) <= COVER_HIGH), TITLE)
    return [
        placeholder(stage.ids, "Title", "ctrTitle", 0, [paragraph(slide.title, stage.words.lang, size)]), *_placed(stage, "Lead", POINTS, [slide.lead], kind="subTitle"), *_placed(stage, "Text", LEAD_AT, slide.points),
        *_placed(stage, "Credit", CREDIT_AT, [slide.credit]),
    ]  # fmt: skip


def _deep(title: str, size: float) -> float:
    """How high a title of this size is on the cover, px; more than there is where a word is wider than the slide."""
    lines = wrapped(title, ROOM, size, 600)
    fits = all(width(line, size, 600) <= ROOM for line in lines)
    return len(lines) * size * LINE_HEIGHT if fits else HIGH


def mapped(stage: Stage, slide: Slide) -> list[str]:
    """A map that fills the stage, with title, legend and credit over the sea to its left."""
    chart = whole_stage(slide.chart)
    seen = extent(chart)
    credit = len(wrapped(slide.credit, MAP_CREDIT_ROOM, TEXT)) * TEXT * LINE_HEIGHT if slide.credit else 0
    top = FOOT - credit - BETWEEN - legends.column_high(chart.legend, MAP_CREDIT_ROOM)
    legend = [legends.column(stage.words, stage.ids, chart.legend, legends.kinds([chart]), MARGIN, top, MAP_CREDIT_ROOM)] if chart.legend else []
    reach = max((piece.box[2] for piece in legend), default=MARGIN)
    view = View(0, 0, WIDE / (seen[2] - seen[0]), seen)
    shown = map_piece(stage.words, stage.ids, chart, stage.grounds[seen], view, left=reach + BETWEEN)
    return [*_heading(stage, slide, MAP_ROOM), shown.xml, *(piece.xml for piece in legend), *_placed(stage, "Credit", CREDIT_AT, [slide.credit])]


def charted(stage: Stage, slide: Slide) -> list[str]:
    """Title, lead, a chart or small maps or a table, credit."""
    room = body(slide.title, slide.lead, slide.credit)
    parts = _heading(stage, slide)
    if slide.chart:
        parts += _chart(stage, slide, room)
    elif slide.small:
        parts += _small(stage, slide, room)
    else:
        parts.append(table_frame(stage.words, stage.ids, slide.table, slide.title, " ".join((slide.title, slide.lead)), room))
    return [*parts, *_placed(stage, "Credit", CREDIT_AT, [slide.credit])]


def _chart(stage: Stage, slide: Slide, room: Box) -> list[str]:
    """A native chart, below its legend."""
    legend, below = [], room
    if slide.chart.legend:
        legend = [legends.flow(stage.words, stage.ids, slide.chart.legend, legends.kinds([slide.chart]), room.left, room.top, room.wide).xml]
        used = len(legends.flow_rows(slide.chart.legend, room.wide)) * legends.ROW + BETWEEN / 2
        below = Box(room.left, room.top + used, room.wide, room.high - used)
    return [*legend, chart_frame(stage.words, stage.ids, slide.chart, below, stage.page.part)]


def _small(stage: Stage, slide: Slide, room: Box) -> list[str]:
    """Small maps side by side without names, each below its date, and one legend for all."""
    legend = tuple(dict.fromkeys(entry for chart in slide.small for entry in chart.legend))
    used = len(legends.flow_rows(legend, room.wide)) * legends.ROW + BETWEEN / 2 if legend else 0
    columns = min(len(slide.small), MOST_SMALL if len(slide.small) != MOST_SMALL + 1 else 3)
    wide, high = room.wide / columns, (room.high - used) / -(-len(slide.small) // columns)
    parts = []
    for place, chart in enumerate(slide.small):
        down, across = divmod(place, columns)
        parts += _small_map(stage, chart, Box(room.left + across * wide, room.top + down * high, wide - BETWEEN, high - BETWEEN / 2))
    if legend:
        parts.append(legends.flow(stage.words, stage.ids, legend, legends.kinds(slide.small), room.left, room.top + room.high - used + BETWEEN / 2, room.wide).xml)
    return parts


def _small_map(stage: Stage, chart: Chart, box: Box) -> list[str]:
    seen, line = extent(chart), LEAD * LINE_HEIGHT
    scale = min(box.wide / (seen[2] - seen[0]), (box.high - line - 8) / (seen[3] - seen[1]))
    said = [paragraph(chart.title, stage.words.lang, LEAD, bold=True)]
    title = text_box(stage.ids, chart.title, (box.left, box.top, box.left + box.wide, box.top + line), said)
    shown = map_piece(stage.words, stage.ids, chart, stage.grounds[seen], View(box.left, box.top + line + 8, scale, seen), names=False, scale=SMALL)
    return [title.xml, shown.xml]


def said_in_points(stage: Stage, slide: Slide) -> list[str]:
    """Sentences below each other, as large as there is room for."""
    room = body(slide.title, slide.lead, slide.credit)
    size = next((size for size in range(POINT, TEXT, -2) if _high(slide.points, size, room.wide) <= room.high), TEXT)
    box = (room.left, room.top, room.left + room.wide, room.top + room.high)
    return [*_heading(stage, slide), *_placed(stage, "Text", POINTS, slide.points, box, size)]


def _high(points: Sequence[str], size: float, room: float) -> float:
    """How high sentences stand below each other, px."""
    return sum(len(wrapped(point, room - POINT * 1.4, size)) * LINE_HEIGHT * size + POINT / 2 for point in points)
