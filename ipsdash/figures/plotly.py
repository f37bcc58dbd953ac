"""A chart as an interactive Plotly figure: the same marks, ticks and words as its picture; hover says each mark's note."""

from html import escape

import plotly.graph_objects as go

from ipsdash.figures.chart import Axis, Chart
from ipsdash.figures.frame import Frame, Ticks, frame
from ipsdash.figures.labels import Label
from ipsdash.figures.letters import FAMILY
from ipsdash.figures.placing import placed
from ipsdash.figures.style import Style
from ipsdash.figures.traces import CLEAR, samples, traces

# How wide a figure will be is known only in the browser: words are broken and given room as on a phone, heights are as on a page.
NARROW, PAGE = 340, 760
FONTS = f"{FAMILY}, Arial, sans-serif"
GRID_OPACITY = 0.25
ENTRY_HEIGHT = 1.4
_ANCHORS = ("right", "center", "left")
# A plain dictionary, because Streamlit writes it as JSON.
CONFIG = {
    "displayModeBar": False, "displaylogo": False, "responsive": True, "scrollZoom": False, "doubleClick": False, "showTips": False,
}  # fmt: skip


class Ready(go.Figure):
    """A figure that is not changed any more: Streamlit asks for its dictionary whenever a page is drawn, and copying takes 3 ms each time."""

    def to_dict(self) -> dict:
        """The same dictionary each time; not to be changed."""
        if "_written" not in self.__dict__:
            self.__dict__["_written"] = super().to_dict()
        return self.__dict__["_written"]


def figure(chart: Chart, style: Style) -> Ready:
    """The figure of a chart, to be shown with CONFIG and no theme. Raises KeyError for a meaning without a look."""
    plot = frame(chart, style, NARROW, page=PAGE)
    legend = ENTRY_HEIGHT * style.text * len(chart.legend)
    return Ready({
        "data": [*traces(plot, style), *samples(chart, style)],
        "layout": {
            # The default template would send 7 kB of colours with every figure.
            "template": go.layout.Template(), "paper_bgcolor": CLEAR, "plot_bgcolor": CLEAR, "height": round(plot.bottom + legend),
            "font": {"family": FONTS, "size": style.text, "color": style.ink}, "barmode": "overlay", "dragmode": False,
            "margin": {"l": plot.left, "r": max(plot.whole - plot.left - plot.width, 0), "t": plot.above, "b": plot.below, "pad": 0},
            "hovermode": "closest", "hoverlabel": _hover(style), "showlegend": bool(chart.legend), "legend": _legend(plot, style),
            "xaxis": _axis(chart.x, plot.x_ticks, style), "yaxis": _axis(chart.y, plot.y_ticks, style) | _upright(plot),
            "shapes": _grid(chart, style),
            "annotations": [*_titles(plot, style), *_names(plot, style), *(_annotation(label, style) for label in placed(plot, style))],
        },
    })  # fmt: skip


def lines(text: tuple[str, ...]) -> str:
    """Lines of text as Plotly shows them; nothing in them is taken for markup."""
    return "<br>".join(escape(line, quote=False) for line in text)


def _axis(axis: Axis, ticks: Ticks, style: Style) -> dict:
    """An axis with exactly the chart's ticks; the words of those that would touch on a phone are left out."""
    words = [lines(broken) for _, broken in ticks]
    names = any(letter.isalpha() for _, text in axis.ticks for letter in text)
    return {
        "range": [axis.low, axis.high], "fixedrange": True, "zeroline": False, "showgrid": False, "ticks": "", "automargin": True,
        "tickmode": "array", "tickvals": [at for at, _ in axis.ticks], "ticktext": words, "ticklabeloverflow": "allow",
        "tickfont": {"size": style.text, "color": style.ink if names else style.quiet}, "tickangle": 0,
    }  # fmt: skip


def _upright(plot: Frame) -> dict:
    """What only the y axis has: names may stand over their bars instead; on a map a kilometre is as long as sideways."""
    scaled = {"scaleanchor": "x", "scaleratio": 1} if plot.chart.true_shape else {}
    return {"showticklabels": not plot.named, "ticklabelstandoff": int(plot.em / 4)} | scaled


def _grid(chart: Chart, style: Style) -> list[dict]:
    """Thin lines at the ticks. As shapes, because Plotly leaves out a grid line at the end of an axis, such as zero."""
    red, green, blue = (int(style.quiet[place : place + 2], 16) for place in (1, 3, 5))
    line = {"color": f"rgba({red},{green},{blue},{GRID_OPACITY})", "width": 1}
    whole = {"type": "line", "layer": "below", "line": line}
    upright = [whole | {"x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1} for at, _ in chart.x.ticks if chart.x.grid]
    return upright + [whole | {"y0": at, "y1": at, "xref": "paper", "x0": 0, "x1": 1} for at, _ in chart.y.ticks if chart.y.grid]


def _titles(plot: Frame, style: Style) -> list[dict]:
    """The title of the y axis over it, that of the x axis under it: nobody has to turn their head."""
    over = _words((plot.chart.y.title,), style.text, style.quiet) | {
        "x": 0, "xref": "paper", "xanchor": "left", "xshift": -plot.left, "y": 1, "yref": "paper", "yanchor": "top", "yshift": plot.above,
    }  # fmt: skip
    under = _words(plot.x_title, style.text, style.quiet) | {
        "x": 0, "xref": "paper", "xanchor": "left", "y": 0, "yref": "paper", "yanchor": "bottom", "yshift": -plot.below,
    }
    return [title for title in (over, under) if title["text"]]


def _names(plot: Frame, style: Style) -> list[dict]:
    """The names of lying bars where they stand over their bars."""
    at_left = {"x": 0, "xref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return [_words(text, style.text, style.ink) | at_left | {"y": at + plot.feet} for at, text in plot.y_ticks if plot.named]


def _annotation(label: Label, style: Style) -> dict:
    """A label at its point, on the side where it was placed."""
    across, down = label.side
    middle = down * (label.gap + label.high / 2) + label.nudge
    return _words(label.lines, label.size, label.colour or style.ink, label.weight, _ANCHORS[across + 1]) | {
        "x": label.x, "xanchor": _ANCHORS[across + 1], "xshift": across * label.gap, "y": label.y, "yanchor": "middle", "yshift": -middle,
    }  # fmt: skip


def _words(text: tuple[str, ...], size: float, colour: str, weight: int = 400, align: str = "left") -> dict:
    font = {"size": size, "color": colour, "weight": weight}
    return {"text": lines(text), "showarrow": False, "borderpad": 0, "align": align, "font": font}


def _hover(style: Style) -> dict:
    font = {"size": style.text, "color": style.ink, "family": FONTS}
    return {"bgcolor": style.background, "bordercolor": style.quiet, "font": font, "align": "left"}


def _legend(plot: Frame, style: Style) -> dict:
    """Under the plot, where nothing else stands. A click changes nothing: what is shown is what is said."""
    return {
        "orientation": "h", "x": 0, "xanchor": "left", "y": -plot.below / plot.height, "yanchor": "top", "itemclick": False,
        "itemdoubleclick": False, "font": {"size": style.text, "color": style.ink}, "bgcolor": CLEAR,
    }  # fmt: skip
