"""The map as shapes a presenter can take hold of: every municipality one named freeform, sites and names on top, all in groups."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ipsdash.export.pptx.outlines import COUNTIES, NEIGHBOURS, Extent, Outline, outline
from ipsdash.export.pptx.shapes import STYLE, Piece, dot, fill, freeform, group, line, paragraph, shape, solid, stroke, text_box
from ipsdash.figures.chart import Area, Chart, Dot, Line, Text
from ipsdash.figures.labels import LINE_HEIGHT
from ipsdash.figures.letters import width
from ipsdash.figures.names import name_set, offset
from ipsdash.figures.stage import TEXT
from ipsdash.figures.style import Look
from ipsdash.text.words import Words

NAME = 26
# Arial is about as wide as the letters that are measured; a little room for where it is not.
ROOMY = 1.05
# How much is seen through what lies behind a name, per cent.
NAME_GROUND = 70


@dataclass(frozen=True)
class View:
    """Where a map stands on the stage: px of its upper left corner, px per km, and what is seen of it in km."""

    left: float
    top: float
    scale: float
    extent: Extent

    def x(self, km: float) -> float:
        """The px of kilometres east."""
        return self.left + (km - self.extent[0]) * self.scale

    def y(self, km: float) -> float:
        """The px of kilometres north."""
        return self.top + (self.extent[3] - km) * self.scale


def extent(chart: Chart) -> Extent:
    """What is seen of a map, in km."""
    return chart.x.low, chart.y.low, chart.x.high, chart.y.high


def map_piece(words: Words, ids: Iterator[int], chart: Chart, outlines: dict[str, Outline], view: View, names: bool = True, left: float = 0, scale: float = 1) -> Piece:
    """The map as one group. names: whether names stand at the dots, none of them left of `left` px; scale: of dots and lines."""
    kinds = (
        _areas(words, ids, chart, outlines, view, scale), _countries(words, ids, chart, view) if names else [], _dots(words, ids, chart, view, scale),
        _names(words, ids, chart, view, left) if names else [],
    )  # fmt: skip
    return group(ids, chart.title, [piece for kind in kinds for piece in kind], chart.alternative)


def _areas(words: Words, ids: Iterator[int], chart: Chart, outlines: dict[str, Outline], view: View, scale: float) -> list[Piece]:
    """Neighbours, the municipalities in a group, county lines."""
    found: dict[str, list[Piece]] = {"below": [], "areas": [], "above": []}
    for mark in chart.marks:
        if not isinstance(mark, Area):
            continue
        known = mark.key in outlines
        form = outlines[mark.key] if known else outlines.get(NEIGHBOURS) if mark.meaning == "neighbour" else outline(mark.rings, view.extent)
        if form:
            name = mark.note.partition(":")[0]
            found["areas" if known else "below"].append(_form(ids, form, view, STYLE.look(mark.meaning), name, mark.note, scale))
    if COUNTIES in outlines and any(isinstance(mark, Line) for mark in chart.marks):
        found["above"].append(_form(ids, outlines[COUNTIES], view, STYLE.look("county_border"), "", "", scale))
    areas = [group(ids, words("heading.municipalities"), found["areas"])] if found["areas"] else []
    return [*found["below"], *areas, *found["above"]]


def _form(ids: Iterator[int], form: Outline, view: View, look: Look, name: str, said: str, scale: float) -> Piece:
    low_x, low_y, high_x, high_y = form.box
    box = view.x(low_x), view.y(high_y), view.x(high_x), view.y(low_y)
    thin = replace(look, width=look.width * scale)
    return shape(ids, name, said, box, freeform(form.path), fill(look) + stroke(thin), decorative=not said)


def _countries(words: Words, ids: Iterator[int], chart: Chart, view: View) -> list[Piece]:
    """The names of neighbours, as far as they are whole on the map."""
    found = []
    for mark in chart.marks:
        if isinstance(mark, Text):
            half, x = width(mark.text, TEXT) * ROOMY / 2, view.x(mark.x)
            # At the edge a name ends with the map.
            x = min(x, view.x(view.extent[2]) - half - TEXT / 2)
            box = x - half, view.y(mark.y) - TEXT * LINE_HEIGHT / 2, x + half, view.y(mark.y) + TEXT * LINE_HEIGHT / 2
            found.append(text_box(ids, mark.text, box, [paragraph(mark.text, words.lang, TEXT, ink=STYLE.quiet, align="ctr")], wrap=False))
    return found


def _dots(words: Words, ids: Iterator[int], chart: Chart, view: View, scale: float) -> list[Piece]:
    """The dots in a group, each with what is known of it as its text alternative."""
    found = [dot(ids, view.x(one.x), view.y(one.y), STYLE.look(one.meaning), one.label or one.note, one.note, scale) for one in _in_view(chart, view)]
    return [group(ids, words("heading.site"), found)] if found else []


def _in_view(chart: Chart, view: View) -> list[Dot]:
    low_x, low_y, high_x, high_y = view.extent
    return [mark for mark in chart.marks if isinstance(mark, Dot) and low_x <= mark.x <= high_x and low_y <= mark.y <= high_y]


def _names(words: Words, ids: Iterator[int], chart: Chart, view: View, left: float) -> list[Piece]:
    """The names of the dots in a group; one that stands further away is tied to its dot by a line."""
    dots = [one for one in _in_view(chart, view) if one.label]
    low_x = view.extent[0] + (left - view.left) / view.scale
    low_x = min([low_x, *(one.x for one in dots)])
    places = name_set(dots, (low_x, *view.extent[1:]), view.scale, NAME * ROOMY).places
    pieces = [piece for one in dots if one.key in places for piece in _name(words, ids, one, places[one.key], view)]
    # All lines below all names.
    ordered = sorted(pieces, key=lambda piece: not piece.xml.startswith("<p:cxnSp"))
    return [group(ids, words("heading.name"), ordered)] if ordered else []


def _name(words: Words, ids: Iterator[int], one: Dot, place: str, view: View) -> list[Piece]:
    dx, dy = offset(one.label, place)
    x, y = view.x(one.x) + dx * NAME * ROOMY, view.y(one.y) + dy * NAME * ROOMY
    half, high = width(one.label, NAME, 600) / 2 + 3, NAME * LINE_HEIGHT / 2 - 2
    box = x - half, y - high, x + half, y + high
    said = [paragraph(one.label, words.lang, NAME, bold=True, align="ctr")]
    name = text_box(ids, one.label, box, said, solid(STYLE.halo, NAME_GROUND), wrap=False)
    if "-" not in place:
        return [name]
    tie = Look(stroke=STYLE.ink, width=2)
    radius = STYLE.look(one.meaning).radius
    start = view.x(one.x) + (radius if dx > 0 else -radius), view.y(one.y)
    return [line(ids, one.label, start, (x - half if dx > 0 else x + half, y), tie), name]
