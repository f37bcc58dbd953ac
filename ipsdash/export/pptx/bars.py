"""Lying bars as a native bar chart: the first on top, what is stacked on it after it, a range as error bars, its label behind it."""

from collections.abc import Sequence

from ipsdash.export.elements import element
from ipsdash.export.pptx.drawing import CATEGORIES, VALUES, label, labels, layout, letters, number_format, numbers, paint, texts, value_axis
from ipsdash.export.pptx.rows import BEYOND, RANGE, Level, Row, Sizes, label_lines, label_wide, level_names, levels_of, rows_of, sizes_of
from ipsdash.export.pptx.shapes import STYLE, emu, fill, solid, stroke
from ipsdash.export.pptx.sheet import FORMULA
from ipsdash.figures.chart import Bar, Chart
from ipsdash.figures.frame import frame
from ipsdash.figures.labels import LINE_HEIGHT
from ipsdash.figures.stage import TEXT
from ipsdash.text.words import Words

# Of a row, and in letters' heights: how thick a bar may be.
THICK_SHARE, THICKEST = 0.62, 3
# Of a bar: how thick the band of its range is. PowerPoint draws it over the bar, which must stay in sight on both sides.
OVER_BAR = 0.4
_LETTERS = "BCDEFGHIJKLMNOPQRSTUVWXYZ"


def bars(words: Words, chart: Chart, wide: float, high: float) -> tuple[str, list[list[object]]]:
    """The plot of a chart of lying bars in a frame of this size, px, and the rows of its sheet."""
    if any(isinstance(mark, Bar) and mark.along != "x" for mark in chart.marks):
        raise ValueError("only lying bars have a native chart")
    rows = rows_of(chart)
    sizes = sizes_of(frame(chart, STYLE, wide), rows, wide, high)
    levels = levels_of(rows)
    names = level_names(words, chart, levels)
    ranged = any(row.span for row in rows)
    series = [_series(words, rows, place, levels, names, sizes, ranged and place == 0) for place in range(len(levels))]
    share = _share(rows, sizes)
    plot = element(
        "c:barChart", element("c:barDir", val="bar"), element("c:grouping", val="clustered" if len(levels) == 1 else "stacked"), element("c:varyColors", val="0"), *series,
        element("c:gapWidth", val=str(min(round((1 - share) / share * 100), 500))), element("c:overlap", val="100"), element("c:axId", val=CATEGORIES), element("c:axId", val=VALUES),
    )  # fmt: skip
    place = layout(sizes.left / wide, sizes.top / high, sizes.plot_wide / wide, sizes.plot_high / high, inner=True)
    under = (sizes.left / wide, (sizes.top + sizes.plot_high + TEXT * (LINE_HEIGHT + 0.5)) / high)
    axes = _names_axis(words) + value_axis(chart.x, words.lang, VALUES, CATEGORIES, "b", under, far=True)
    return element("c:plotArea", place, plot, axes), _sheet(words, rows, levels, names, ranged)


def _series(words: Words, rows: Sequence[Row], level: int, levels: list[Level], names: list[str], sizes: Sizes, ranged: bool) -> str:
    values, meanings = zip(*levels[level])
    last = len(rows) + 1
    points = [_point(place, meaning) for place, meaning in enumerate(meanings) if meaning]
    said = [_label(words, rows[place], place, level, levels, sizes) for place in range(len(rows)) if _has_label(rows[place], level, levels, place)]
    column = _LETTERS[level]
    return element(
        "c:ser", element("c:idx", val=str(level)), element("c:order", val=str(level)), texts("c:tx", column, (1, 1), [names[level]]),
        _look(next((meaning for meaning in meanings if meaning), "")), element("c:invertIfNegative", val="0"), *points, labels(said),
        _error_bars(rows, levels, OVER_BAR * _share(rows, sizes) * sizes.plot_high / len(rows)) if ranged else "", texts("c:cat", "A", (2, last), [row.name for row in rows]), numbers("c:val", column, (2, last), _plain(values)),
    )  # fmt: skip


def _share(rows: Sequence[Row], sizes: Sizes) -> float:
    """How much of its row a bar takes."""
    return min(THICK_SHARE, THICKEST * TEXT / (sizes.plot_high / len(rows)))


def _plain(values: Sequence[float | None]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]


def _look(meaning: str) -> str:
    if not meaning:
        return paint(solid("none"), element("a:ln", solid("none")))
    look = STYLE.look(meaning)
    return paint(fill(look), stroke(look))


def _point(place: int, meaning: str) -> str:
    return element("c:dPt", element("c:idx", val=str(place)), element("c:invertIfNegative", val="0"), element("c:bubble3D", val="0"), _look(meaning))


def _has_label(row: Row, level: int, levels: list[Level], place: int) -> bool:
    """Whether a row's label hangs on this level: on its outermost bar."""
    reached = [one for one in range(len(levels)) if levels[one][place][1]]
    return bool(row.label) and bool(reached) and reached[-1] == level


def _label(words: Words, row: Row, place: int, level: int, levels: list[Level], sizes: Sizes) -> str:
    """The label behind the bar, or behind its range. Stacked bars can have it only in their middle: it is moved from there."""
    outer = row.bars[-1]
    said = label_lines(row, sizes.wide)
    form = number_format([row.label], words.lang)
    if len(levels) == 1:
        beyond = (row.end - outer.high) * sizes.per_unit
        return label(place, said, words.lang, "outEnd", form, ((beyond + BEYOND) / sizes.wide, 0) if beyond > 0 else (0, 0))
    away = (row.end - (outer.low + outer.high) / 2) * sizes.per_unit + label_wide(row, sizes.wide) / 2 + BEYOND
    return label(place, said, words.lang, "ctr", form, (away / sizes.wide, 0))


def _error_bars(rows: Sequence[Row], levels: list[Level], thick: float) -> str:
    """The ranges as light bands over the bars: how far they reach to both sides, which the sheet computes from their ends."""
    after, last = len(levels) + 2, len(rows) + 1
    values = {"c:plus": [], "c:minus": []}
    for row in rows:
        end = row.bars[-1].high if row.bars else 0
        values["c:plus"].append(float(row.span.high - end) if row.span else None)
        values["c:minus"].append(float(end - row.span.low) if row.span else None)
    parts = [numbers(tag, _LETTERS[after + place], (2, last), found) for place, (tag, found) in enumerate(values.items())]
    kind = element("c:errBarType", val="both") + element("c:errValType", val="cust") + element("c:noEndCap", val="1")
    return element("c:errBars", kind, *parts, paint(element("a:ln", solid(STYLE.look(RANGE).fill), w=emu(thick), cap="flat")))


def _names_axis(words: Words) -> str:
    """The names to the left, the first on top."""
    line = paint(element("a:ln", solid(STYLE.quiet), w="12700"))
    return element(
        "c:catAx", element("c:axId", val=CATEGORIES), element("c:scaling", element("c:orientation", val="maxMin")), element("c:delete", val="0"), element("c:axPos", val="l"),
        element("c:numFmt", formatCode="General", sourceLinked="0"), element("c:majorTickMark", val="none"), element("c:minorTickMark", val="none"), element("c:tickLblPos", val="low"),
        line, letters("c:txPr", words.lang).replace('wrap="none"', 'wrap="square"'), element("c:crossAx", val=VALUES), element("c:crosses", val="autoZero"), element("c:auto", val="1"), element("c:lblAlgn", val="ctr"),
        element("c:lblOffset", val="100"), element("c:noMultiLvlLbl", val="0"),
    )  # fmt: skip


def _sheet(words: Words, rows: Sequence[Row], levels: list[Level], names: list[str], ranged: bool) -> list[list[object]]:
    """Names and numbers; behind them the ends of the ranges, and how far they reach, computed in the sheet."""
    ends = [words("heading.low"), words("heading.high"), "+", "−"] if ranged else []
    found: list[list[object]] = [[words("heading.name"), *names, *ends]]
    low, high, value = _LETTERS[len(levels)], _LETTERS[len(levels) + 1], _LETTERS[0]
    for place, row in enumerate(rows):
        at = place + 2
        numbers_shown = [level[place][0] for level in levels]
        reach = [row.span.low, row.span.high, (FORMULA, f"{high}{at}-{value}{at}"), (FORMULA, f"{value}{at}-{low}{at}")] if row.span else []
        found.append([row.name, *numbers_shown, *reach])
    return found
