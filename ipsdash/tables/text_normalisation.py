"""Normalises text once, where it enters: Excel's escapes, line ends, blanks, NFC.

Texts of all formats pass through `normalise`: cells of CSV files and workbooks, values of TOML.
It must not run twice on one text: "_x005F_x000D_" stands for the seven characters "_x000D_".
"""

import re
import unicodedata

# ST_Xstring of Office Open XML: a UTF-16 code unit in four hexadecimal digits.
EXCEL_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# Excel keeps a carriage return of its own before one of the file's line ends.
LINE_ENDS = re.compile(r"\r*\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# Blanks of other widths, no-break blanks among them.
BLANKS = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Characters that nobody sees and that make two equal ids unequal. The joiners (U+200C, U+200D) are
# part of some letters and emoji and stay inside a text; `sheets` strips them at its ends.
# Control characters no workbook can hold.
INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff]")


def normalise(text: str) -> str:
    """The text with escapes resolved and its characters normalised; "" stays ""."""
    if "_x" in text:
        text = _without_escapes(text)
    return normalise_characters(text)


def normalise_characters(text: str) -> str:
    """The text with line feeds as line ends, plain blanks, nothing invisible, in NFC."""
    if text.isascii() and text.isprintable():
        return text
    text = LINE_ENDS.sub("\n", text)
    text = INVISIBLE.sub("", BLANKS.sub(" ", text))
    return unicodedata.normalize("NFC", text)


def escape_for_excel(text: str) -> str:
    """The text as a workbook must hold it: Excel then shows what looks like an escape as it is."""
    return LOOKS_ESCAPED.sub("_x005F_", text) if "_x" in text else text


def _without_escapes(text: str) -> str:
    """Replaces escapes from left to right; a pair of surrogates becomes one character."""
    text = EXCEL_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
