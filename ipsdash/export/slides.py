"""A slide as one SVG of 1920x1080: what is shown live, in the offline file, as PDF and as an image."""

import re
from dataclasses import replace

from ipsdash.export.elements import element, lines_of_text, words
from ipsdash.export.marks import drawn, hatches, sample
from ipsdash.export.svg import FONTS, HALO_WIDTH, svg
from ipsdash.figures.chart import Area, Chart, Dot, Text
from ipsdash.figures.frame import Frame
from ipsdash.figures.labels import LINE_HEIGHT, wrapped
from ipsdash.figures.letters import width as text_width
from ipsdash.figures.names import name_set, offset
from ipsdash.figures.stage import HIGH, LEAD, MAP_ROOM, MARGIN, POINT, TEXT, TITLE, WIDE, Box, body, short_title, title_lines, whole_stage
from ipsdash.figures.story import Slide
from ipsdash.figures.style import Style

_HEIGHT = re.compile(r'height="([\d.]+)"')
ROOM = WIDE - 2 * MARGIN
# Beside the credit, for the number of the slide.
NUMBER_ROOM = 120
NAME_SIZE, CHART_TEXT = 26, 30
COVER_TITLE, COVER_LEAD = 96, 36
# Between the letters of a country, px.
SPACED = 2
# The height of a row of names, in letters' heights.
ROW = 1.5


def wall(chart: Chart, style: Style) -> str:
    """A chart as large as a wall, without a number: a slide of its own."""
    short = short_title(chart.title, chart.true_shape)
    return slide_svg(Slide(name=chart.name, title=short, lead=chart.subtitle, chart=chart, credit=chart.credit, quality=chart.quality), style)


def slide_svg(slide: Slide, style: Style, number: int = 0, of: int = 0) -> str:
    """The picture of a slide. number, of: which of how many it is; 0 for one that stands alone."""
    prefix = f"slide-{number}"
    inside = _map(slide, slide.chart, style, prefix) if slide.chart and slide.chart.true_shape else _plain(slide, style)
    said = (slide.chart.alternative if slide.chart else " ".join((slide.lead, *slide.points))) or slide.title
    counter = lines_of_text((f"{number}/{of}",) if of else (), WIDE - MARGIN, HIGH - MARGIN * 0.6 - TEXT * LINE_HEIGHT, TEXT, fill=style.quiet, text_anchor="end")
    return element(
        "svg", element("title", words(slide.title), id=f"{prefix}-title"), element("desc", words(said), id=f"{prefix}-desc"),
        element("rect", width=WIDE, height=HIGH, fill=style.background), *inside, counter, xmlns="http://www.w3.org/2000/svg", width=WIDE, height=HIGH,
        viewBox=f"0 0 {WIDE} {HIGH}", role="img", aria_labelledby=f"{prefix}-title {prefix}-desc", font_family=FONTS, fill=style.ink,
    )  # fmt: skip


def _plain(slide: Slide, style: Style) -> list[str]:
    """Title, lead, body and credit, from top to bottom."""
    if slide.name == "title":
        return _cover(slide, style)
    parts = [_heading(slide, style), _credit(slide.credit, style, ROOM - NUMBER_ROOM)]
    room = body(slide.title, slide.lead, slide.credit)
    if slide.chart:
        return [*parts, _chart(slide.chart, style, room)]
    if slide.small:
        return [*parts, *_small(slide, style, room)]
    return [*parts, _columns(slide.points, style, room) if slide.table else _points(slide.points, style, room)]


def _heading(slide: Slide, style: Style) -> str:
    lines = title_lines(slide.title, False)
    lead = wrapped(slide.lead, ROOM, LEAD) if slide.lead else ()
    return lines_of_text(lines, MARGIN, MARGIN, TITLE, font_weight="600") + lines_of_text(
        lead, MARGIN, MARGIN + len(lines) * TITLE * LINE_HEIGHT + 8, LEAD, fill=style.quiet
    )


def _credit(text: str, style: Style, room: float) -> str:
    lines = wrapped(text, room, TEXT) if text else ()
    return lines_of_text(lines, MARGIN, HIGH - MARGIN * 0.6 - len(lines) * TEXT * LINE_HEIGHT, TEXT, fill=style.quiet)


def _cover(slide: Slide, style: Style) -> list[str]:
    """The first slide: what it is about, large, and where things stand."""
    top, parts = HIGH * 0.22, [element("rect", x=MARGIN, y=HIGH * 0.22 - 40, width=160, height=12, fill=style.look("reported").fill)]
    for lines, size, ink, weight in (
        (wrapped(slide.title, ROOM, COVER_TITLE, 600), COVER_TITLE, style.ink, "600"), (wrapped(slide.lead, ROOM * 0.8, COVER_LEAD), COVER_LEAD, style.quiet, None),
        *((wrapped(point, ROOM * 0.8, TITLE, 600), TITLE, style.ink, "600") for point in slide.points),
    ):  # fmt: skip
        parts.append(lines_of_text(lines, MARGIN, top, size, fill=ink, font_weight=weight))
        top += len(lines) * size * LINE_HEIGHT + 48
    return [*parts, _credit(slide.credit, style, ROOM - NUMBER_ROOM)]


def _points(points: tuple[str, ...], style: Style, room: Box) -> str:
    """Sentences below each other, as large as there is room for."""
    size = next((size for size in range(POINT, TEXT, -2) if _high(points, size, room.wide) <= room.high), TEXT)
    top, parts = room.top, []
    for point in points:
        lines = wrapped(point, room.wide - size * 1.4, size)
        parts.append(element("circle", cx=room.left + size * 0.35, cy=top + size * LINE_HEIGHT / 2, r=size * 0.18, fill=style.look("reported").fill))
        parts.append(lines_of_text(lines, room.left + size * 1.4, top, size))
        top += (len(lines) * LINE_HEIGHT + 0.7) * size
    return "".join(parts)


def _high(points: tuple[str, ...], size: float, wide: float) -> float:
    return sum((len(wrapped(point, wide - size * 1.4, size)) * LINE_HEIGHT + 0.7) * size for point in points)


def _columns(names: tuple[str, ...], style: Style, room: Box) -> str:
    """Names in columns, from top to bottom and then to the right: the largest letters with which all names have room."""
    size = next((size for size in range(POINT, TEXT, -2) if _grid_of(names, size, room)), TEXT)
    columns, rows = _grid_of(names, size, room) or _grid(names, size, room)
    wide, high = room.wide / columns, (room.high - size / 2) / rows
    return "".join(
        lines_of_text((_fitting(name, size, wide - size),), room.left + column * wide, room.top + size / 2 + row * high, size, font_weight="600")
        for place, name in enumerate(names) for column, row in [divmod(place, rows)]
    )  # fmt: skip


def _grid(names: tuple[str, ...], size: float, room: Box) -> tuple[int, int]:
    """Columns and rows of names in letters of a size: two columns at least, more where the rows would not fit."""
    most = max(1, int((room.high - size / 2) // (size * ROW)))
    columns = max(2, -(-len(names) // most))
    return columns, -(-len(names) // columns)


def _grid_of(names: tuple[str, ...], size: float, room: Box) -> tuple[int, int] | None:
    """The same, or None where a name is too wide for its column."""
    columns, rows = _grid(names, size, room)
    return (columns, rows) if all(text_width(name, size, 600) <= room.wide / columns - size for name in names) else None


def _fitting(name: str, size: float, wide: float) -> str:
    """A name, or as much of it as there is room for."""
    if text_width(name, size, 600) <= wide:
        return name
    return next(name[:count] + "…" for count in range(len(name) - 1, -1, -1) if text_width(name[:count] + "…", size, 600) <= wide)


def _chart(chart: Chart, style: Style, room: Box) -> str:
    """A chart as wide as the stage, as high as there is room: what its legend takes, its plot gives."""
    plot, drawing, large = room.high, "", replace(style, text=CHART_TEXT)
    for _ in range(2):
        drawing = svg(replace(chart, height=plot / room.wide), large, room.wide, heading=False)
        plot -= float(_HEIGHT.search(drawing)[1]) - room.high
    return _placed(drawing, room.left, room.top)


def _placed(drawing: str, left: float, top: float) -> str:
    """A whole picture at a place inside another."""
    return drawing.replace("<svg ", f'<svg x="{left:g}" y="{top:g}" ', 1)


def _small(slide: Slide, style: Style, room: Box) -> list[str]:
    """Small maps side by side, without names, each below its title."""
    columns = min(len(slide.small), 4 if len(slide.small) != 5 else 3)
    rows, line = -(-len(slide.small) // columns), LEAD * LINE_HEIGHT
    wide, high = room.wide / columns, room.high / rows
    parts = []
    for place, chart in enumerate(slide.small):
        row, column = divmod(place, columns)
        left, top = room.left + column * wide, room.top + row * high
        bare = replace(chart, legend=(), marks=tuple(replace(mark, label="") if isinstance(mark, Dot) else mark for mark in chart.marks if not isinstance(mark, Text)))
        shown = min(wide - 24, (high - line - 8) / chart.height)
        parts += [lines_of_text((chart.title,), left, top, LEAD, font_weight="600"), _placed(svg(bare, style, shown, heading=False), left, top + line)]
    return parts


def _map(slide: Slide, chart: Chart, style: Style, prefix: str) -> list[str]:
    """A map that fills the stage: title and legend over the sea, names that do not cover each other."""
    shown = whole_stage(chart)
    plot = Frame(shown, 0, 0, WIDE, HIGH, WIDE, 0, 0, TEXT)
    marks = [drawn(mark, plot, style, prefix) for mark in shown.marks if not isinstance(mark, Text)]
    return [
        element("defs", hatches(shown, style, prefix)), element("rect", width=WIDE, height=HIGH, fill=style.look("sea").fill), *marks,
        *_countries(plot, style), *_names(plot, style), _map_heading(slide, style), *_legend(slide, shown, style, prefix),
    ]  # fmt: skip


def _countries(plot: Frame, style: Style) -> list[str]:
    texts = [mark for mark in plot.chart.marks if isinstance(mark, Text)]
    return [_country(one.text, plot.x(one.x), plot.y(one.y), style) for one in texts if 0 < plot.x(one.x) < WIDE]


def _country(name: str, x: float, y: float, style: Style) -> str:
    """A country's name, moved in where it would run out of the picture."""
    half = (text_width(name, TEXT) + SPACED * len(name)) / 2
    return lines_of_text((name,), min(x, WIDE - half - TEXT), y, TEXT, fill=style.quiet, text_anchor="middle", letter_spacing=str(SPACED))


def _names(plot: Frame, style: Style) -> list[str]:
    """Names of dots, each tied to its dot by a line where it stands further away."""
    chart = plot.chart
    dots = [mark for mark in chart.marks if isinstance(mark, Dot) and mark.label]
    scale = WIDE / (chart.x.high - chart.x.low)
    places = name_set(dots, (chart.x.low, chart.y.low, chart.x.high, chart.y.high), scale, NAME_SIZE).places
    return [_name(plot, dot, places[dot.key], style) for dot in dots if dot.key in places]


def _name(plot: Frame, dot: Dot, place: str, style: Style) -> str:
    dx, dy = offset(dot.label, place)
    x, y = plot.x(dot.x) + dx * NAME_SIZE, plot.y(dot.y) + dy * NAME_SIZE
    tie = ""
    if "-" in place:
        half = text_width(dot.label, NAME_SIZE, 600) / 2 + 4
        tie = element("path", d=f"M{plot.x(dot.x):.1f} {plot.y(dot.y):.1f}L{x - (half if dx > 0 else -half):.1f} {y:.1f}", stroke=style.ink, stroke_width=2, fill="none")
    return tie + lines_of_text(
        (dot.label,), x, y - NAME_SIZE * LINE_HEIGHT / 2, NAME_SIZE, text_anchor="middle", font_weight="600",
        stroke=style.halo, stroke_width=HALO_WIDTH + 2, stroke_linejoin="round", paint_order="stroke",
    )  # fmt: skip


def _map_heading(slide: Slide, style: Style) -> str:
    lines = title_lines(slide.title, True)
    lead = wrapped(slide.lead, MAP_ROOM, LEAD) if slide.lead else ()
    return lines_of_text(lines, MARGIN, MARGIN, TITLE, font_weight="600") + lines_of_text(
        lead, MARGIN, MARGIN + len(lines) * TITLE * LINE_HEIGHT + 12, LEAD, fill=style.quiet
    )


def _legend(slide: Slide, chart: Chart, style: Style, prefix: str) -> list[str]:
    """The legend below each other over the credit, both over the sea in the lower left."""
    credit = wrapped(slide.credit, MAP_ROOM * 0.8, TEXT)
    bottom = HIGH - MARGIN * 0.6 - len(credit) * TEXT * LINE_HEIGHT
    row = TEXT * 1.6
    kinds = {mark.meaning: type(mark) for mark in reversed(chart.marks)}
    parts, top = [lines_of_text(credit, MARGIN, bottom, TEXT, fill=style.quiet)], bottom - 20 - row * len(chart.legend)
    for meaning, text in chart.legend:
        look = style.look(meaning)
        fill = f"url(#{prefix}-{meaning})" if look.hatch else look.fill
        parts.append(sample(kinds.get(meaning, Area), MARGIN, top + row / 2, look, style, fill))
        parts.append(lines_of_text((text,), MARGIN + 2.2 * TEXT, top + (row - TEXT * LINE_HEIGHT) / 2, TEXT))
        top += row
    return parts
