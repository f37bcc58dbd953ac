"""Each kind of mark as SVG, in the look of its meaning."""

import math
from dataclasses import replace

import numpy as np

from ipsdash.export.elements import element, number, path, words
from ipsdash.figures.chart import Area, Band, Bar, Chart, Dot, Line, Mark, Rule
from ipsdash.figures.frame import Frame
from ipsdash.figures.labels import inside
from ipsdash.figures.style import Look, Style

HATCH_STEP = 7
# In steps: viewers of PDF show a seam at the ends of each tile.
HATCH_LENGTH = 40


def drawn(mark: Mark, frame: Frame, style: Style, prefix: str) -> str:
    """A mark as markup, without its label. prefix: of the ids of hatches."""
    look = style.look(mark.meaning)
    fill = f"url(#{prefix}-{mark.meaning})" if look.hatch else look.fill
    match mark:
        case Area():
            return _shape(path([_pixels(frame, ring[:, 0], ring[:, 1]) for ring in mark.rings]), look, fill, mark.note)
        case Line():
            return _stroke(path([_pixels(frame, mark.x, mark.y)], closed=False), look, mark.note)
        case Band():
            ring = _pixels(frame, (*mark.x, *reversed(mark.x)), (*mark.low, *reversed(mark.high)))
            return _shape(path([ring]), look, fill)
        case Rule(axis="x"):
            return _stroke(f"M{number(frame.x(mark.at))} {number(frame.top)}v{number(frame.height)}", look, mark.note)
        case Rule():
            return _stroke(f"M{number(frame.left)} {number(frame.y(mark.at))}h{number(frame.width)}", look, mark.note)
        case Bar():
            return _bar(mark, frame, look, fill)
        case Dot() if inside(frame.chart, mark.x, mark.y):
            return dot(frame.x(mark.x), frame.y(mark.y), look, style, mark.note)
    return ""


def dot(x: float, y: float, look: Look, style: Style, note: str = "") -> str:
    """A dot in the shape of its look, its middle at x, y px."""
    r = look.radius
    # A dash longer than the radius would leave a torn outline, and what lies under an empty dot would cross it.
    whole = replace(look, dash=look.dash if sum(look.dash) <= r else ())
    marks = _paint(whole, style.background if look.fill == "none" else look.fill)
    if look.shape == "square":
        return element("rect", *_note(note), x=x - r, y=y - r, width=2 * r, height=2 * r, **marks)
    if look.shape == "diamond":
        return element("path", *_note(note), d=f"M{number(x)} {number(y - r)}l{number(r)} {number(r)} {number(-r)} {number(r)} "
                       f"{number(-r)} {number(-r)}z", **marks)  # fmt: skip
    if look.shape == "cross":
        d = r * math.sqrt(0.5) * 0.75
        lines = f"M{number(x - d)} {number(y - d)}l{number(2 * d)} {number(2 * d)}m0 {number(-2 * d)}l{number(-2 * d)} {number(2 * d)}"
        disc = element("circle", cx=x, cy=y, r=r, fill=look.fill)
        return disc + element("path", *_note(note), d=lines, **marks | {"fill": "none"})
    open_centre = element("circle", cx=x, cy=y, r=r * 0.42, fill=style.background) if look.shape == "ring" else ""
    return element("circle", *_note(note), cx=x, cy=y, r=r, **marks) + open_centre


def sample(kind: type, x: float, y: float, look: Look, style: Style, fill: str) -> str:
    """What stands for a meaning in the legend: a dot, a short line or a field, its left middle at x, y px."""
    wide = 1.5 * style.text
    if kind is Dot:
        return dot(x + wide / 2, y, look, style)
    if kind in (Line, Rule):
        return _stroke(f"M{number(x)} {number(y)}h{number(wide)}", look, "")
    high = 0.9 * style.text
    return element("rect", x=x, y=y - high / 2, width=wide, height=high, **_paint(look, fill))


def hatches(chart: Chart, style: Style, prefix: str) -> str:
    """A pattern for each hatched meaning of the chart: lines over its fill."""
    meanings = dict.fromkeys([*(mark.meaning for mark in chart.marks), *(meaning for meaning, _ in chart.legend)])
    return "".join(_hatch(style.look(meaning), f"{prefix}-{meaning}") for meaning in meanings if style.look(meaning).hatch)


def _hatch(look: Look, name: str) -> str:
    high = HATCH_STEP * HATCH_LENGTH
    field = element("rect", width=HATCH_STEP, height=high, fill=look.fill)
    line = element("rect", width=2, height=high, fill=look.hatch)
    return element("pattern", field, line, id=name, width=HATCH_STEP, height=high, patternUnits="userSpaceOnUse",
                   patternTransform="rotate(45)")  # fmt: skip


def _bar(mark: Bar, frame: Frame, look: Look, fill: str) -> str:
    """A bar. Its outline lies inside it, so that its length is the number's."""
    middle, thick = frame.bar(mark)
    ends, sides = sorted((mark.low, mark.high)), (middle - thick / 2, middle + thick / 2)
    x, y = (ends, sides) if mark.along == "x" else (sides, ends)
    left, top = frame.x(x[0]), frame.y(y[1])
    wide, high = frame.x(x[1]) - left, frame.y(y[0]) - top
    inset = min(look.width, wide, high) / 2 if outlined(look) else 0
    paint = _paint(look, fill) if outlined(look) else {"fill": fill}
    return element("rect", *_note(mark.note), x=left + inset, y=top + inset, width=wide - 2 * inset, height=high - 2 * inset, **paint)


def outlined(look: Look) -> bool:
    """Whether a bar of this look has an outline of another colour."""
    return look.stroke not in ("none", look.fill)


def _pixels(frame: Frame, x: np.ndarray | tuple, y: np.ndarray | tuple) -> np.ndarray:
    """Points in pixels, y upwards as `path` expects."""
    return np.column_stack([frame.x(np.asarray(x, float)), -frame.y(np.asarray(y, float))])


def _shape(lines: str, look: Look, fill: str, note: str = "") -> str:
    return element("path", *_note(note), d=lines, fill_rule="evenodd", **_paint(look, fill)) if lines else ""


def _stroke(lines: str, look: Look, note: str) -> str:
    return element("path", *_note(note), d=lines, **_paint(look, "none")) if lines else ""


def _paint(look: Look, fill: str) -> dict[str, object]:
    if look.stroke == "none":
        return {"fill": fill}
    dash = " ".join(map(number, look.dash)) or None
    return {"fill": fill, "stroke": look.stroke, "stroke_width": look.width, "stroke_dasharray": dash, "stroke_linejoin": "round"}


def _note(note: str) -> tuple[str, ...]:
    return (element("title", words(note)),) if note else ()
