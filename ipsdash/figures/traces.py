"""Each kind of mark as a Plotly trace, in the look of its meaning, without its label. Plain dictionaries; no Plotly."""

from html import escape

from ipsdash.figures.chart import Area, Band, Bar, Chart, Dot, Line, Mark, Rule
from ipsdash.figures.frame import Frame
from ipsdash.figures.labels import inside, wrapped
from ipsdash.figures.style import Look, Style

CLEAR = "rgba(0,0,0,0)"
SYMBOLS = {"circle": "circle", "ring": "circle", "diamond": "diamond", "square": "square", "cross": "x-thin"}
# Plotly draws a diamond wider than it is told.
DIAMOND = 1.3
OPEN_CENTRE = 0.42
# A rule can be pointed at where it has points.
RULE_POINTS = 25
# Letters' heights that a note may be wide when pointed at; a phone shows no more.
NOTE_WIDTH = 17


def traces(plot: Frame, style: Style) -> list[dict]:
    """The traces of all marks, in the order of the marks; words without a shape have none."""
    return [trace for mark in plot.chart.marks for trace in _traces(mark, plot, style)]


def samples(chart: Chart, style: Style) -> list[dict]:
    """A trace for each entry of the legend, with nothing to see but its entry."""
    kinds = {mark.meaning: type(mark) for mark in reversed(chart.marks)}
    entries = [(style.look(meaning), kinds.get(meaning), text) for meaning, text in chart.legend]
    return [_sample(look, kind, style) | {"name": escape(text, quote=False), "showlegend": True} for look, kind, text in entries]


def _traces(mark: Mark, plot: Frame, style: Style) -> list[dict]:
    look, chart = style.look(mark.meaning), plot.chart
    match mark:
        case Area():
            points = [point for ring in mark.rings for point in [*ring.tolist(), (None, None)]]
            shape = _line([x for x, _ in points], [y for _, y in points], look, "") | _filled(look)
            return [shape | {"hoveron": "fills", "hoverinfo": "text", "text": _note(mark.note, style)}]
        case Line():
            return [_line(list(mark.x), list(mark.y), look, _note(mark.note, style))]
        case Band():
            x, y = [*mark.x, *reversed(mark.x)], [*mark.low, *reversed(mark.high)]
            return [_line(x, y, look, "") | _filled(look)]
        case Rule():
            return [_rule(mark, chart, look, _note(mark.note, style))]
        case Bar():
            return [_bar(mark, plot, look, _note(mark.note, style))]
        case Dot() if inside(chart, mark.x, mark.y):
            return _dots(mark, plot, look, style)
    return []


def _line(x: list, y: list, look: Look, note: str) -> dict:
    line = {"color": CLEAR if look.stroke == "none" else look.stroke, "width": 0 if look.stroke == "none" else look.width, "dash": _dash(look)}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "showlegend": False} | _said(note, len(x))


def _rule(mark: Rule, chart: Chart, look: Look, note: str) -> dict:
    along = chart.y if mark.axis == "x" else chart.x
    way = [along.low + place * (along.high - along.low) / (RULE_POINTS - 1) for place in range(RULE_POINTS)]
    here = [mark.at] * RULE_POINTS
    return _line(*((here, way) if mark.axis == "x" else (way, here)), look, note)


def _bar(mark: Bar, plot: Frame, look: Look, note: str) -> dict:
    middle, thick = plot.bar(mark)
    value, category = ("x", "y") if mark.along == "x" else ("y", "x")
    return {
        "type": "bar", "orientation": "h" if mark.along == "x" else "v", value: [mark.high - mark.low], "base": [mark.low], category: [mark.at],
        "offset": middle - thick / 2 - mark.at, "width": thick, "marker": _field(look), "showlegend": False, "textposition": "none",
    } | _said(note, 1)  # fmt: skip


def _dots(mark: Dot, plot: Frame, look: Look, style: Style) -> list[dict]:
    # A dot at the edge of the plot is whole, unless the edge is that of a map.
    at = {"type": "scatter", "mode": "markers", "x": [mark.x], "y": [mark.y], "cliponaxis": plot.chart.true_shape, "showlegend": False}
    drawn = at | {"marker": _marker(look, style)} | _said(_note(mark.note, style), 1)
    if look.shape != "ring":
        return [drawn]
    centre = {"symbol": "circle", "size": 2 * look.radius * OPEN_CENTRE, "color": style.background}
    return [drawn, at | {"marker": centre, "hoverinfo": "skip"}]


def _marker(look: Look, style: Style) -> dict:
    size = 2 * look.radius / (DIAMOND if look.shape == "diamond" else 1)
    fill = style.background if look.fill == "none" else look.fill
    line = {"color": look.stroke, "width": look.width} if look.stroke != "none" else {"width": 0}
    return {"symbol": SYMBOLS[look.shape], "size": size, "color": fill, "opacity": 1, "line": line}


def _field(look: Look) -> dict:
    """The look of a bar; an outline of its own colour would make it longer than its number."""
    line = {"width": 0} if look.stroke in ("none", look.fill) else {"color": look.stroke, "width": look.width}
    return {"color": CLEAR if look.fill == "none" else look.fill, "line": line} | ({"pattern": _hatch(look)} if look.hatch else {})


def _filled(look: Look) -> dict:
    pattern = {"fillpattern": _hatch(look)} if look.hatch else {}
    return {"fill": "toself", "fillcolor": CLEAR if look.fill == "none" else look.fill} | pattern


def _hatch(look: Look) -> dict:
    return {"shape": "/", "fgcolor": look.hatch, "bgcolor": look.fill, "size": 7, "solidity": 0.3, "fillmode": "overlay"}


def _sample(look: Look, kind: type | None, style: Style) -> dict:
    nowhere = {"x": [None], "y": [None], "hoverinfo": "skip"}
    if kind in (Line, Rule):
        return _line([None], [None], look, "") | nowhere
    if kind is Dot:
        return {"type": "scatter", "mode": "markers", "marker": _marker(look, style)} | nowhere
    return {"type": "bar", "marker": _field(look)} | nowhere


def _said(note: str, points: int) -> dict:
    """What is said when a mark is pointed at; nothing when it has no note."""
    return {"text": [note] * points, "hovertemplate": "%{text}<extra></extra>"} if note else {"hoverinfo": "skip"}


def _note(note: str, style: Style) -> str:
    return "<br>".join(escape(line, quote=False) for line in wrapped(note, NOTE_WIDTH * style.text, style.text)) if note else ""


def _dash(look: Look) -> str:
    return ",".join(f"{length:g}px" for length in look.dash) or "solid"
