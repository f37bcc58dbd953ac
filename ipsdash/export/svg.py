"""Any chart as one SVG file that stands alone: heading, legend, plot, credit, and its words for those who do not see it."""

import math
import re

from ipsdash.export.elements import element, lines_of_text, path, words
from ipsdash.export.marks import drawn, hatches, sample
from ipsdash.figures.chart import Chart, Dot, Text
from ipsdash.figures.frame import EDGE, Frame, Ticks, frame
from ipsdash.figures.labels import LINE_HEIGHT, Label, wrapped
from ipsdash.figures.letters import FAMILY, width as text_width
from ipsdash.figures.placing import box, placed
from ipsdash.figures.style import Style

__all__ = ["alone", "path", "svg"]
# Of the sans-serif typefaces that most machines have, the one that is as wide as ours.
FONTS = f"{FAMILY}, Arial, sans-serif"
GRID_OPACITY = 0.25
HALO_WIDTH = 4
# A shape may lie on the edge of the plot; half of its stroke is outside.
CLIP_MARGIN = 4
# Around a picture that is taken away, px.
MARGIN = 24


def svg(chart: Chart, style: Style, width: float, *, heading: bool = True) -> str:
    """The picture of a chart, `width` px wide. heading: whether title, subtitle and credit are in the picture.

    Raises KeyError for a meaning that the style has no look for.
    """
    prefix = re.sub(r"[^\w-]+", "-", f"{chart.name}-{style.name}")
    top, over = _heading(chart, style, width) if heading else (0.0, "")
    top, legend = _legend(chart, style, width, top, prefix)
    plot = frame(chart, style, width, top)
    height, under = _credit(chart, style, width, plot.bottom) if heading else (plot.bottom, "")
    inside = [
        element("title", words(chart.title), id=f"{prefix}-title"), element("desc", words(chart.alternative), id=f"{prefix}-desc"),
        element("defs", _clip(plot, prefix), hatches(chart, style, prefix)),
        element("rect", width=width, height=height, fill=style.background), _sea(plot, style),
        over, legend, _grid(plot, style), *_marks(plot, style, prefix), _ticks(plot, style), _axis_titles(plot, style),
        *(_label(plot, label, style) for label in placed(plot, style)), under,
    ]  # fmt: skip
    return element(
        "svg", *inside, xmlns="http://www.w3.org/2000/svg", width=width, height=height, viewBox=f"0 0 {width:g} {height:g}",
        role="img", aria_labelledby=f"{prefix}-title {prefix}-desc", font_family=FONTS, fill=style.ink,
    )  # fmt: skip


def alone(chart: Chart, style: Style, width: float) -> str:
    """The picture of a chart to be taken away: with a margin, so that nothing touches the edge of what it is put in. width: of all, px."""
    inner = svg(chart, style, width - 2 * MARGIN)
    height = math.ceil(float(re.search(r'height="([\d.]+)"', inner)[1])) + 2 * MARGIN
    return element(
        "svg", element("rect", width=width, height=height, fill=style.background), inner.replace("<svg ", f'<svg x="{MARGIN}" y="{MARGIN}" ', 1),
        xmlns="http://www.w3.org/2000/svg", width=width, height=height, viewBox=f"0 0 {width:g} {height:g}",
    )  # fmt: skip


def _heading(chart: Chart, style: Style, width: float) -> tuple[float, str]:
    """Title and subtitle, and where they end."""
    title = wrapped(chart.title, width - 2 * EDGE, style.title, 600)
    under = style.title * LINE_HEIGHT * len(title)
    subtitle = wrapped(chart.subtitle, width - 2 * EDGE, style.text) if chart.subtitle else ()
    drawing = lines_of_text(title, EDGE, 0, style.title, font_weight="600")
    drawing += lines_of_text(subtitle, EDGE, under, style.text, fill=style.quiet)
    return under + style.text * (LINE_HEIGHT * len(subtitle) + 0.6), drawing


def _legend(chart: Chart, style: Style, width: float, top: float, prefix: str) -> tuple[float, str]:
    """The legend in as many rows as it needs, and where it ends."""
    em, x, y, parts = style.text, float(EDGE), top, []
    kinds = {mark.meaning: type(mark) for mark in reversed(chart.marks)}
    for meaning, text in chart.legend:
        lines = wrapped(text, width - 2.5 * em, em)
        wide = 2 * em + max(text_width(line, em) for line in lines)
        if x > EDGE and x + wide > width:
            x, y = float(EDGE), y + 1.5 * em
        look = style.look(meaning)
        fill = f"url(#{prefix}-{meaning})" if look.hatch else look.fill
        parts.append(sample(kinds.get(meaning, Text), x, y + LINE_HEIGHT * em / 2, look, style, fill))
        parts.append(lines_of_text(lines, x + 2 * em, y, em))
        x, y = x + wide + 1.25 * em, y + (len(lines) - 1) * LINE_HEIGHT * em
    return (y + 1.9 * em if chart.legend else top), "".join(parts)


def _clip(plot: Frame, prefix: str) -> str:
    room = 0 if plot.chart.true_shape else CLIP_MARGIN
    field = element("rect", x=plot.left - room, y=plot.top - room, width=plot.width + 2 * room, height=plot.height + 2 * room)
    return element("clipPath", field, id=f"{prefix}-clip")


def _sea(plot: Frame, style: Style) -> str:
    """What a map lies in."""
    box = {"x": plot.left, "y": plot.top, "width": plot.width, "height": plot.height}
    return element("rect", **box, fill=style.look("sea").fill) if plot.chart.true_shape else ""


def _marks(plot: Frame, style: Style, prefix: str) -> list[str]:
    """All marks in order; what lies outside the axes is cut, but a dot on the edge is whole."""
    dots = [isinstance(mark, Dot) for mark in plot.chart.marks]
    drawings = [drawn(mark, plot, style, prefix) for mark in plot.chart.marks]
    clip, parts = f"url(#{prefix}-clip)", []
    for place, (is_dot, drawing) in enumerate(zip(dots, drawings)):
        free = is_dot and not plot.chart.true_shape
        before = place and (dots[place - 1] and not plot.chart.true_shape) == free
        parts.append(("" if before else ("</g>" if place else "") + ("<g>" if free else f'<g clip-path="{clip}">')) + drawing)
    return [*parts, "</g>"]


def _grid(plot: Frame, style: Style) -> str:
    chart, steps = plot.chart, []
    if chart.x.grid:
        steps += [f"M{plot.x(at):.1f} {plot.top:.1f}v{plot.height:.1f}" for at, _ in plot.x_ticks]
    if chart.y.grid:
        steps += [f"M{plot.left:.1f} {plot.y(at):.1f}h{plot.width:.1f}" for at, _ in plot.y_ticks]
    return element("path", d="".join(steps), stroke=style.quiet, stroke_opacity=str(GRID_OPACITY), fill="none") if steps else ""


def _ticks(plot: Frame, style: Style) -> str:
    """The words at both axes."""
    em, half = plot.em, plot.em * LINE_HEIGHT / 2
    under = [lines_of_text(lines, plot.x(at), plot.top + plot.height + em / 4, em, text_anchor="middle") for at, lines in plot.x_ticks]
    beside = [
        lines_of_text(lines, plot.left, plot.y(at + plot.feet) - em * LINE_HEIGHT * len(lines), em)
        if plot.named
        else lines_of_text(lines, plot.left - em / 2, plot.y(at) - half * len(lines), em, text_anchor="end")
        for at, lines in plot.y_ticks
    ]
    return _ticks_of(plot.x_ticks, under, style) + _ticks_of(plot.y_ticks, beside, style)


def _ticks_of(ticks: Ticks, drawings: list[str], style: Style) -> str:
    names = any(letter.isalpha() for _, lines in ticks for line in lines for letter in line)
    # Only where there are no words: the typeface's tabular hyphen would tear "Nord-Norge" apart.
    tabular = None if names else "font-variant-numeric:tabular-nums"
    return element("g", *drawings, fill=style.ink if names else style.quiet, style=tabular) if drawings else ""


def _axis_titles(plot: Frame, style: Style) -> str:
    """The title of the y axis lies over it, that of the x axis under it: nobody has to turn their head."""
    chart, em = plot.chart, plot.em
    over = lines_of_text((chart.y.title,), EDGE, plot.top - plot.above, em, fill=style.quiet)
    return over + lines_of_text(plot.x_title, plot.left, plot.bottom - em * LINE_HEIGHT * len(plot.x_title), em, fill=style.quiet)


def _label(plot: Frame, label: Label, style: Style) -> str:
    left, top, right, _ = box(plot, label)
    left = max(EDGE, min(left, plot.whole - EDGE - label.wide))
    x = left + label.wide * (1 - label.side[0]) / 2
    anchor = ("end", "middle", None)[label.side[0] + 1]
    weight = "600" if label.weight == 600 else None
    return lines_of_text(
        label.lines, x, top, label.size, fill=label.colour or None, text_anchor=anchor, font_weight=weight,
        stroke=style.halo, stroke_width=HALO_WIDTH, stroke_linejoin="round", paint_order="stroke",
    )  # fmt: skip


def _credit(chart: Chart, style: Style, width: float, top: float) -> tuple[float, str]:
    """The line that names source and quality, and where it ends."""
    lines = wrapped(chart.credit, width - 2 * EDGE, style.text)
    start = top + 0.6 * style.text
    return start + style.text * (LINE_HEIGHT * len(lines) + 0.2), lines_of_text(lines, EDGE, start, style.text, fill=style.quiet)
