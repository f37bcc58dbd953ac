"""Legends as native shapes and words: below each other on a map, side by side over a chart."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ipsdash.export.pptx.shapes import STYLE, Piece, dot, fill, group, line, paragraph, preset, shape, stroke, text_box
from ipsdash.figures.chart import Area, Chart, Dot, Line, Rule
from ipsdash.figures.labels import LINE_HEIGHT, wrapped
from ipsdash.figures.letters import width
from ipsdash.figures.stage import TEXT
from ipsdash.text.words import Words

ROW, SAMPLE, GAP = 1.6 * TEXT, 1.5 * TEXT, 0.7 * TEXT
BESIDE = 2 * TEXT
Entries = tuple[tuple[str, str], ...]


def kinds(charts: Iterable[Chart]) -> dict[str, type]:
    """What kind of mark each meaning is drawn with; the first kind counts."""
    return {mark.meaning: type(mark) for chart in charts for mark in reversed(chart.marks)}


def column_high(entries: Entries, room: float) -> float:
    """How high a legend is whose entries stand below each other, px."""
    return sum(_lines(text, room) for _, text in entries) * TEXT * LINE_HEIGHT + len(entries) * (ROW - TEXT * LINE_HEIGHT)


def _lines(text: str, room: float) -> int:
    return len(wrapped(text, room - SAMPLE - GAP, TEXT))


def column(words: Words, ids: Iterator[int], entries: Entries, marks: dict[str, type], left: float, top: float, room: float) -> Piece:
    """Entries below each other, `room` px wide. words: for the name of the group."""
    pieces = []
    for meaning, text in entries:
        high = _lines(text, room) * TEXT * LINE_HEIGHT
        wide = min(room - SAMPLE - GAP, width(text, TEXT) * 1.05 + 4) if _lines(text, room) == 1 else room - SAMPLE - GAP
        pieces += _entry(words, ids, meaning, text, marks, left, top, wide, high)
        top += high + ROW - TEXT * LINE_HEIGHT
    return group(ids, words("heading.meaning"), pieces)


def flow_rows(entries: Entries, room: float) -> list[Entries]:
    """Entries side by side, in as many rows as they need."""
    rows: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for entry in entries:
        wide = _wide(entry[1])
        if rows[-1] and used + wide > room:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += wide
    return [tuple(row) for row in rows if row]


def _wide(text: str) -> float:
    return SAMPLE + GAP + width(text, TEXT) * 1.05 + 4 + BESIDE


def flow(words: Words, ids: Iterator[int], entries: Entries, marks: dict[str, type], left: float, top: float, room: float) -> Piece:
    """Entries side by side."""
    pieces = []
    for down, row in enumerate(flow_rows(entries, room)):
        across = left
        for meaning, text in row:
            wide = _wide(text) - SAMPLE - GAP - BESIDE
            pieces += _entry(words, ids, meaning, text, marks, across, top + down * ROW, wide, TEXT * LINE_HEIGHT)
            across += _wide(text)
    return group(ids, words("heading.meaning"), pieces)


def _entry(words: Words, ids: Iterator[int], meaning: str, text: str, marks: dict[str, type], left: float, top: float, wide: float, high: float) -> list[Piece]:
    """A sample of the look, and beside it what it means."""
    start = left + SAMPLE + GAP
    said = text_box(ids, text, (start, top, start + wide, top + high), [paragraph(text, words.lang, TEXT)], wrap=high > TEXT * LINE_HEIGHT + 1)
    return [*_sample(ids, meaning, text, marks.get(meaning, Area), left, top + TEXT * LINE_HEIGHT / 2), said]


def _sample(ids: Iterator[int], meaning: str, text: str, kind: type, left: float, middle: float) -> list[Piece]:
    """A dot, a line or a field in the look of a meaning."""
    look = STYLE.look(meaning)
    if kind is Dot:
        return [dot(ids, left + SAMPLE / 2, middle, look, text, decorative=True)]
    if kind in (Line, Rule):
        return [line(ids, text, (left, middle), (left + SAMPLE, middle), look)]
    high = 0.9 * TEXT
    thin = replace(look, width=min(look.width, 2))
    return [shape(ids, text, "", (left, middle - high / 2, left + SAMPLE, middle + high / 2), preset("rect"), fill(look) + stroke(thin), decorative=True)]
