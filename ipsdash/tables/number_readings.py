"""Texts that can mean two numbers: "1.500" is 1500 or 1.5.

A numeric cell of a workbook has one meaning and comes as `NumericText`. A text with separators is
read where one meaning only is possible in its column, with a warning; else it is a fault.
"""

import datetime
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ipsdash.tables.columns import COLUMNS, SERVICE, STAFFING, UNITS, Unit
from ipsdash.tables.dates import FIRST_YEAR
from ipsdash.tables.faults import Fault

# What Excel shows of a number: "=1.1*10" is 11.000000000000002 in the file, 11 on the screen.
SIGNIFICANT_DIGITS = 15
# One separator with three digits behind it: thousands or decimals.
TWO_MEANINGS = re.compile(r"([-+\u2212]?)([1-9]\d{0,2})[.,](\d{3})", re.ASCII)
# Points or commas between thousands, the other one before decimals.
POINTS = re.compile(r"[-+\u2212]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
COMMAS = re.compile(r"[-+\u2212]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
# Months as Excel shows them in a cell that it made a date: "01.mai", "1-May", "mai.26", "May-26".
MONTHS = "jan feb mar apr mai jun jul aug sep okt nov des".split()
ENGLISH_MONTHS = {"may": 5, "oct": 10, "dec": 12}
ANY = Unit(-math.inf, math.inf)
# Most people or posts at one site in a quarter: above it are sums of money and Excel's serial
# numbers of dates (1.5 typed in Norwegian Excel: 46 143).
MOST_AT_A_SITE = 10_000


class NumericText(str):
    """The text of a numeric cell: its point is a decimal sign, whatever its form."""


@dataclass(frozen=True)
class Reading:
    """A number that a text can mean. thousands: whether its separator stands between thousands."""

    value: float
    thousands: bool


def number_text(value: float, decimal: str = ".") -> str:
    """A number with 15 significant digits that has one meaning as text: 1.125 becomes "1.1250"."""
    text = f"{value:.{SIGNIFICANT_DIGITS}g}"
    if TWO_MEANINGS.fullmatch(text):
        text += "0"
    return text.replace(".", decimal)


def limits(column: str, unit: str = "") -> Unit:
    """What a number of the column may be. unit: of the row, for columns without their own."""
    if column in (*STAFFING, *SERVICE):
        return Unit(0, MOST_AT_A_SITE)
    return UNITS.get(COLUMNS[column].unit or unit, ANY)


def readings(text: str, column: str, unit: str = "") -> tuple[Reading, ...]:
    """The numbers that a text with separators can mean in a column; () for any other text."""
    found = TWO_MEANINGS.fullmatch(text)
    if not found:
        return (Reading(_grouped(text), True),) if _is_grouped(text) else ()
    sign, whole, part = found.groups()
    both = (
        Reading(float(f"{_sign(sign)}{whole}{part}"), True),
        Reading(float(f"{_sign(sign)}{whole}.{part}"), False),
    )
    bounds, is_whole = limits(column, unit), COLUMNS[column].kind == "whole"
    return tuple(
        one
        for one in both
        if bounds.low <= one.value <= bounds.high and (one.value.is_integer() or not is_whole)
    )


def resolve_numbers(
    file: str, heading: list[str], body: list[tuple[int, list[str]]]
) -> Iterable[Fault]:
    """Rewrites in place the numbers of a table that have one meaning; yields faults and warnings.

    body: (row of the spreadsheet, its cells). Decimals read as such are one note per column,
    thousands a warning per cell, and a text with two meanings is a fault.
    """
    unit_at = heading.index("unit") if "unit" in heading else None
    for place, column in enumerate(heading):
        if column in COLUMNS and COLUMNS[column].kind in ("number", "whole"):
            unit_of = _unit_of(unit_at)
            yield from _resolve_column(file, column, place, body, unit_of)


def _resolve_column(
    file: str,
    column: str,
    place: int,
    body: list[tuple[int, list[str]]],
    unit_of: Callable[[list[str]], str],
) -> Iterable[Fault]:
    decimals: list[tuple[int, str]] = []
    for row, texts in body:
        text = texts[place] if place < len(texts) else ""
        if isinstance(text, NumericText):
            texts[place] = f"{text}0" if TWO_MEANINGS.fullmatch(text) else str(text)
            continue
        if "." not in text and "," not in text:
            continue
        possible = readings(text, column, unit_of(texts))
        if len(possible) == 2:
            thousands, decimal = (one.value for one in possible)
            values = {"thousands": thousands, "decimal": decimal}
            yield Fault(file, row, column, text, "two_readings", "write_one_reading", values)
        elif possible:
            (one,) = possible
            texts[place] = number_text(one.value)
            if one.thousands:
                values = {"read": one.value}
                rule, cure = "read_as_thousands", "look_at_reading"
                yield Fault(file, row, column, text, rule, cure, values, "warning")
            else:
                decimals.append((row, text))
    if decimals:
        row, text = decimals[0]
        values = {"count": len(decimals)}
        yield Fault(file, row, column, text, "read_as_decimal", "nothing_to_do", values, "note")


def date_instead(text: str) -> str | None:
    """The number that was most likely typed where a spreadsheet made a date of it, as "1.5".

    None for other texts.

    Excel reads "1.5" as 1 May of this year and "5.26" as May 2026; a cell with the format of a date
    shows the number 5 as 5 January 1900.
    """
    found = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?: .*)?", text, re.ASCII)
    if found:
        year, month, day = found[1], int(found[2]), found[3]
        if int(year) < FIRST_YEAR and day:
            return str(_serial_number(datetime.date(int(year), month, int(day))))
        return f"{int(day)}.{month}" if day else f"{month}.{year[2:]}"
    found = re.fullmatch(r"(\d{1,2})[.\- ]{1,2}([a-z]{3})[a-z]{0,6}\.?", text.lower(), re.ASCII)
    if found and _month(found[2]):
        return f"{int(found[1])}.{_month(found[2])}"
    found = re.fullmatch(r"([a-z]{3})[.\- ]{1,2}(\d{2})", text.lower(), re.ASCII)
    return f"{_month(found[1])}.{found[2]}" if found and _month(found[1]) else None


def _serial_number(date: datetime.date) -> int:
    """The number that a cell with the format of a date holds; Excel counts a 29 February 1900."""
    days = (date - datetime.date(1899, 12, 30)).days
    return days if days > 60 else days - 1


def _month(name: str) -> int | None:
    """The number of a month by its first three letters in Norwegian or English."""
    return MONTHS.index(name) + 1 if name in MONTHS else ENGLISH_MONTHS.get(name)


def _is_grouped(text: str) -> bool:
    """Whether separators can only stand between thousands: "1.234.567", "1.234,5"."""
    return bool(POINTS.fullmatch(text) or COMMAS.fullmatch(text))


def _grouped(text: str) -> float:
    """The number that points or commas between thousands are taken out of."""
    if POINTS.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    return float(text.replace(",", "").replace("\u2212", "-"))


def _sign(sign: str) -> str:
    return "-" if sign in ("-", "\u2212") else ""


def _unit_of(unit_at: int | None) -> Callable[[list[str]], str]:
    """The unit that stands in a row, "" where the table has none."""
    if unit_at is None:
        return lambda texts: ""
    return lambda texts: str(texts[unit_at]) if unit_at < len(texts) else ""
