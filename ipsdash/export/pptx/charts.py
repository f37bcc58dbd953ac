"""A chart as a native PowerPoint chart: right click, edit data, and a sheet with the shown numbers opens.

The chart is written as markup of its own, so that every bar and dot has the look of its meaning. Lying bars become a bar chart
(`bars`), dots and lines over time a scatter chart (`lines`).
"""

from collections.abc import Iterator
from dataclasses import replace

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.parts.chart import ChartPart

from ipsdash.export.elements import element
from ipsdash.export.pptx.bars import bars
from ipsdash.export.pptx.drawing import NAMESPACE, letters
from ipsdash.export.pptx.lines import lines
from ipsdash.export.pptx.shapes import LANGUAGES, NAMESPACES, named, placed
from ipsdash.export.pptx.sheet import workbook
from ipsdash.figures.chart import Bar, Chart
from ipsdash.figures.stage import Box
from ipsdash.text.words import Words


def chart_frame(words: Words, ids: Iterator[int], chart: Chart, box: Box, slide: Part) -> str:
    """The frame of a native chart on a slide; the chart and its sheet become parts of the deck."""
    shown = replace(chart, height=box.high / box.wide, )
    lying = any(isinstance(mark, Bar) for mark in chart.marks)
    plot, rows = (bars if lying else lines)(words, shown, box.wide, box.high)
    package = slide.package
    part = ChartPart.load(package.next_partname(ChartPart.partname_template), CT.DML_CHART, package, _space(plot, words).encode())
    part.chart_workbook.update_from_xlsx_blob(workbook(rows))
    whole = (box.left, box.top, box.left + box.wide, box.top + box.high)
    reference = element("c:chart", **{"xmlns:c": NAMESPACE, "r:id": slide.relate_to(part, RT.CHART)})
    about = element("p:nvGraphicFramePr", named(ids, chart.title, chart.alternative), element("p:cNvGraphicFramePr", element("a:graphicFrameLocks", noGrp="1")), element("p:nvPr"))
    return element("p:graphicFrame", about, placed(whole, "p:xfrm"), element("a:graphic", element("a:graphicData", reference, uri=NAMESPACE)))


def _space(plot: str, words: Words) -> str:
    """The whole chart: no title of its own, for the slide has one; no legend but ours."""
    inside = element(
        "c:chart", element("c:autoTitleDeleted", val="1"), plot, element("c:plotVisOnly", val="1"), element("c:dispBlanksAs", val="gap"),
    )  # fmt: skip
    start = element("c:date1904", val="0") + element("c:lang", val=LANGUAGES[words.lang]) + element("c:roundedCorners", val="0")
    ground = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    spaces = {name: value for name, value in NAMESPACES.items() if name != "xmlns:p"} | {"xmlns:c": NAMESPACE}
    return element("c:chartSpace", start, inside, ground, letters("c:txPr", words.lang), **spaces)
