"""A table as a native table: as many columns of rows side by side as its slide needs, no letter under 24 px."""

from collections.abc import Iterator, Sequence
from itertools import product

import pandas as pd

from ipsdash.export.elements import element
from ipsdash.export.pptx.shapes import STYLE, emu, named, paragraph, placed, solid
from ipsdash.figures.chart import Table
from ipsdash.figures.labels import LINE_HEIGHT, wrapped
from ipsdash.figures.letters import width
from ipsdash.figures.stage import TEXT, Box
from ipsdash.text.words import Words

# px around the words of a cell.
BESIDE, ABOVE = 12, 4
# What is left out first where there is no room for all columns.
_KEPT = (("site", "municipality", "evidence"), ("site", "quality"), ("site",))
MOST_BLOCKS = 6
SIZES = (30, 27, TEXT)
URI = "http://schemas.openxmlformats.org/drawingml/2006/table"
Grid = list[list[str]]


def table_frame(words: Words, ids: Iterator[int], table: Table, name: str, said: str, box: Box) -> str:
    """The frame of a native table of sites in a box."""
    rows, widths, size = _arranged(table, box)
    high = _heights(rows, widths, size)
    columns = element("a:tblGrid", *(element("a:gridCol", w=emu(one)) for one in widths))
    lines = [element("a:tr", *(_cell(words, text, place == 0, size) for text in row), h=emu(high[place])) for place, row in enumerate(rows)]
    whole = (box.left, box.top, box.left + sum(widths), box.top + sum(high))
    about = element("p:nvGraphicFramePr", named(ids, name, said), element("p:cNvGraphicFramePr", element("a:graphicFrameLocks", noGrp="1")), element("p:nvPr"))
    body = element("a:tbl", element("a:tblPr", firstRow="1"), columns, *lines)
    return element("p:graphicFrame", about, placed(whole, "p:xfrm"), element("a:graphic", element("a:graphicData", body, uri=URI)))


def _arranged(table: Table, box: Box) -> tuple[Grid, list[float], float]:
    """The cells, their first row the headings, the widths of the columns, and the size of the letters: with all there is room for."""
    heads = {column.name: column.heading for column in table.columns}
    best = ([[""]], [box.wide], TEXT)
    for kept in _KEPT:
        shown = table.frame[[name for name in kept if name in table.frame]]
        for size, blocks in product(SIZES, range(1, MOST_BLOCKS + 1)):
            rows = _beside(shown, [heads[name] for name in shown], blocks)
            widths = _widths(rows, box.wide, size)
            if not widths:
                continue
            best = (rows, widths, size)
            if sum(_heights(rows, widths, size)) <= box.high:
                return best
    return best


def _beside(shown: pd.DataFrame, heads: list[str], blocks: int) -> Grid:
    """The rows in blocks side by side, from top to bottom and then to the right."""
    deep = -(-len(shown) // blocks)
    cells = [[str(one) for one in row] for row in shown.itertuples(index=False)]
    empty = [""] * len(heads)
    beside = [[cells[at] if (at := block * deep + down) < len(cells) and down < deep else empty for block in range(blocks)] for down in range(deep)]
    return [heads * blocks, *([one for cell in row for one in cell] for row in beside)]


def _widths(rows: Grid, room: float, size: float) -> list[float]:
    """The columns as wide as their longest words, narrower in the same measure where that is too wide; none where a word has no room."""
    wanted = [max(width(row[column], size, 600) for row in rows) * 1.05 + 2 * BESIDE for column in range(len(rows[0]))]
    least = [max(width(word, size, 600) for row in rows for word in row[column].split(" ")) * 1.05 + 2 * BESIDE for column in range(len(rows[0]))]
    fitted = [one * min(1, room / sum(wanted)) for one in wanted]
    if any(one < small for one, small in zip(fitted, least)):
        return []
    spare = (room - sum(fitted)) / len(fitted)
    return [one + spare for one in fitted]


def _heights(rows: Grid, widths: Sequence[float], size: float) -> list[float]:
    """The heights of the rows, px, with cells broken into lines."""
    deepest = [max(len(wrapped(text, wide - 2 * BESIDE, size, 600)) for text, wide in zip(row, widths)) for row in rows]
    return [lines * size * LINE_HEIGHT + 2 * ABOVE for lines in deepest]


def _cell(words: Words, text: str, head: bool, size: float) -> str:
    border = element("a:lnB", solid(STYLE.quiet if head else STYLE.look("neighbour").fill), w="19050" if head else "9525")
    sides = "".join(element(f"a:ln{side}", element("a:noFill"), w="0") for side in "LRT")
    about = element("a:tcPr", sides, border, element("a:noFill"), marL=emu(0), marR=emu(BESIDE), marT=emu(ABOVE), marB=emu(ABOVE), anchor="ctr")
    said = paragraph(text, words.lang, size, bold=head, ink=STYLE.quiet if head else STYLE.ink)
    return element("a:tc", element("a:txBody", element("a:bodyPr"), element("a:lstStyle"), said), about)
