"""What a sheet's own markup says and is lost when its cells are read row by row: merged cells, formulas nobody has calculated."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import coordinate_from_string, column_index_from_string, get_column_letter

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORTH_A_LOOK = re.compile(rb"<(?:\w+:)?(?:f|mergeCell)[\s/>]")


@dataclass(frozen=True)
class Markup:
    """merged: first cell of each merged range -> the range, "A2" -> "A2:A5"; uncalculated: cells with a formula and no value."""

    merged: dict[str, str]
    uncalculated: tuple[str, ...]


def markup(content: bytes) -> Markup:
    """What is told nowhere else of a sheet. Most sheets have neither, and are not read for it."""
    if not WORTH_A_LOOK.search(content):
        return Markup({}, ())
    merged, uncalculated, before = {}, [], 0
    for _, element in iterparse(io.BytesIO(content)):
        if element.tag == f"{MAIN}mergeCell":
            merged[element.get("ref", "").partition(":")[0]] = element.get("ref", "")
        elif element.tag == f"{MAIN}row":
            before = int(element.get("r", before + 1))
            uncalculated += _uncalculated(element, before)
            element.clear()
    return Markup(merged, tuple(uncalculated))


def _uncalculated(row: Element, number: int) -> Iterable[str]:
    """A formula may have an empty text for a value: then its cell is marked as one of text."""
    before = 0
    for cell in row:
        before = column_index_from_string(coordinate_from_string(cell.get("r"))[0]) if cell.get("r") else before + 1
        if cell.find(f"{MAIN}f") is not None and not cell.findtext(f"{MAIN}v") and cell.get("t") != "str":
            yield f"{get_column_letter(before)}{number}"
