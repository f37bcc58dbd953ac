"""What bar and scatter charts have in common in PowerPoint's markup: letters, number formats, references to the sheet, axes, labels."""

import re
from collections.abc import Sequence

from ipsdash.export.elements import element, words as escaped
from ipsdash.export.pptx.shapes import LANGUAGES, LETTER, STYLE, paragraph, solid
from ipsdash.export.pptx.sheet import SHEET
from ipsdash.figures.chart import Axis
from ipsdash.figures.stage import TEXT
from ipsdash.figures.style import Look

NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
CATEGORIES, VALUES = "111111111", "222222222"
_NO_LEADERS = element("c:extLst", element("c:ext", element(
    "c15:showLeaderLines", val="0", **{"xmlns:c15": "http://schemas.microsoft.com/office/drawing/2012/chart"}),
    uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"))  # fmt: skip
_NUMBER = re.compile(r"[-+−]?\d[\d  \xa0.,]*(?:[  \xa0]?%)?")


def letters(tag: str, lang: str, ink: str = STYLE.ink, bold: bool = False) -> str:
    """How the letters of a part of a chart look. No part of a chart is turned."""
    default = element("a:defRPr", solid(ink), '<a:latin typeface="+mn-lt"/>', lang=LANGUAGES[lang], sz=TEXT * LETTER, b="1" if bold else "0")
    body = element("a:bodyPr", rot="0", vert="horz", wrap="none")
    return element(tag, body, element("a:lstStyle"), element("a:p", element("a:pPr", default), element("a:endParaRPr", lang=LANGUAGES[lang])))


def is_number(text: str) -> bool:
    """Whether a label is a number alone: then PowerPoint writes it, and it follows when the sheet is changed."""
    return bool(_NUMBER.fullmatch(text))


def number_format(texts: Sequence[str], lang: str) -> str:
    """The format that writes numbers like these; decimals are parted as the reader's PowerPoint does."""
    shares = any("%" in text for text in texts)
    parted = [re.split(r"[,]" if lang == "nb" else r"[.]", text.strip("% \xa0")) for text in texts]
    decimals = max((len(parts[1]) for parts in parted if len(parts) == 2), default=0)
    point = "." + "0" * decimals if decimals else ""
    if shares:
        return f"0{point}\\ %" if lang == "nb" else f"0{point}%"
    # Norwegian parts thousands from five figures on, with a space, wherever the deck is opened.
    return f"[>=1000000]#\\ ###\\ ##0{point};[>=10000]#\\ ##0{point};0{point}" if lang == "nb" else f"#,##0{point}"


def numbers(tag: str, column: str, rows: tuple[int, int], values: Sequence[float | None], form: str = "General") -> str:
    """Numbers of a column of the sheet, with what they were when the deck was made."""
    points = [element("c:pt", f"<c:v>{value!r}</c:v>", idx=str(place)) for place, value in enumerate(values) if value is not None]
    kept = element("c:numCache", f"<c:formatCode>{escaped(form)}</c:formatCode>", element("c:ptCount", val=str(len(values))), *points)
    return element(tag, element("c:numRef", f"<c:f>{SHEET}!${column}${rows[0]}:${column}${rows[1]}</c:f>", kept))


def texts(tag: str, column: str, rows: tuple[int, int], values: Sequence[str]) -> str:
    """Words of a column of the sheet."""
    points = [element("c:pt", f"<c:v>{escaped(value)}</c:v>", idx=str(place)) for place, value in enumerate(values)]
    kept = element("c:strCache", element("c:ptCount", val=str(len(values))), *points)
    end = f":${column}${rows[1]}" if rows[1] > rows[0] else ""
    return element(tag, element("c:strRef", f"<c:f>{SHEET}!${column}${rows[0]}{end}</c:f>", kept))


def paint(*parts: str) -> str:
    """Fill and line of a part of a chart."""
    return element("c:spPr", *parts)


def layout(x: float, y: float, wide: float = 0, high: float = 0, inner: bool = False) -> str:
    """A place in a chart, as shares of it. inner: of the plot without its ticks; else of a title's corner."""
    parts = [element("c:layoutTarget", val="inner")] if inner else []
    parts += [element("c:xMode", val="edge"), element("c:yMode", val="edge"), f'<c:x val="{x:.5f}"/>', f'<c:y val="{y:.5f}"/>']
    parts += [f'<c:w val="{wide:.5f}"/>', f'<c:h val="{high:.5f}"/>'] if wide else []
    return element("c:layout", element("c:manualLayout", *parts))


def label(place: int, lines: Sequence[str], lang: str, side: str, form: str, shift: tuple[float, float] = (0, 0)) -> str:
    """The label of a point. side: where it stands; shift: how far from there, as shares of the chart."""
    moved = ""
    if any(shift):
        moved = element("c:layout", element("c:manualLayout", f'<c:x val="{shift[0]:.5f}"/>', f'<c:y val="{shift[1]:.5f}"/>'))
    said = " ".join(lines)
    own = "" if is_number(said) else element("c:tx", element("c:rich", '<a:bodyPr wrap="none"/>', element("a:lstStyle"), *(paragraph(one, lang, TEXT, bold=True, ink=STYLE.ink) for one in lines)))
    return element(
        "c:dLbl", element("c:idx", val=str(place)), moved, own, element("c:numFmt", formatCode=form, sourceLinked="0"), paint("<a:noFill/><a:ln><a:noFill/></a:ln>"),
        letters("c:txPr", lang, bold=True), element("c:dLblPos", val=side), shown(True),
    )  # fmt: skip


def labels(found: Sequence[str]) -> str:
    """The labels of a series; points that have none show nothing, and no line leads to one that was moved."""
    return element("c:dLbls", *found, shown(False), _NO_LEADERS)


def shown(value: bool) -> str:
    """What a label shows: its number, or nothing."""
    every = {"LegendKey": False, "Val": value, "CatName": False, "SerName": False, "Percent": False, "BubbleSize": False}
    return "".join(element(f"c:show{name}", val=str(int(on))) for name, on in every.items())


def value_axis(axis: Axis, lang: str, own: str, other: str, side: str, title_at: tuple[float, float], far: bool = False, between: str = "between", line: bool = True, form: str = "") -> str:
    """An axis of numbers with the chart's ticks and title. own, other: ids; far: it stands at the far end of the other axis."""
    ticks = axis.ticks
    step = [element("c:majorUnit", val=f"{ticks[1][0] - ticks[0][0]:g}")] if len(ticks) > 1 else []
    grid = [element("c:majorGridlines", paint(_thin("neighbour")))] if axis.grid else []
    rich = element("c:rich", element("a:bodyPr", rot="0", vert="horz"), element("a:lstStyle"), paragraph(axis.title, lang, TEXT, ink=STYLE.quiet))
    title = [element("c:title", element("c:tx", rich), layout(*title_at), element("c:overlay", val="0"))] if axis.title else []
    return element(
        "c:valAx", element("c:axId", val=own), element("c:scaling", element("c:orientation", val="minMax"), f'<c:max val="{float(axis.high)!r}"/>', f'<c:min val="{float(axis.low)!r}"/>'),
        element("c:delete", val="0"), element("c:axPos", val=side), *grid, *title, element("c:numFmt", formatCode=form or number_format([text for _, text in ticks], lang), sourceLinked="0"),
        element("c:majorTickMark", val="none"), element("c:minorTickMark", val="none"), element("c:tickLblPos", val="nextTo"), paint(_thin("context") if line else "<a:ln><a:noFill/></a:ln>"),
        letters("c:txPr", lang, STYLE.quiet), element("c:crossAx", val=other), element("c:crosses", val="max" if far else "autoZero" if between == "between" else "min"), element("c:crossBetween", val=between), *step,
    )  # fmt: skip


def _thin(meaning: str) -> str:
    look: Look = STYLE.look(meaning)
    return element("a:ln", solid(look.fill), w="12700")
