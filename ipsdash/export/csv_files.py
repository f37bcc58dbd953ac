"""Writes CSV files: one form for charts, tables and whole editions.

UTF-8 with a byte-order mark. Norwegian: semicolons and decimal commas; English: commas and points.
A month is written "2019M04" and a quarter "2024Q1": Excel makes the first day of a month of
"2019-04" and changes it when the file is saved. Days are ISO 8601: a spreadsheet keeps the day.
Texts that a spreadsheet would calculate or convert have an apostrophe in front.
"""

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from numbers import Number

import pandas as pd

from ipsdash.tables import dates
from ipsdash.tables.delimited import as_text_cell
from ipsdash.tables.number_readings import number_text
from ipsdash.tables.text_normalisation import escape_for_excel
from ipsdash.text.formats import WRITING

LINE_END = "\r\n"


def csv_file(
    rows: Iterable[Sequence[object]], lang: str, date_columns: Collection[int] = ()
) -> bytes:
    """The rows as a CSV file of this language: numbers, texts and, in `date_columns`, ISO dates.

    None and NaN are empty. date_columns: places in a row.
    """
    decimal = WRITING[lang].decimal
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";" if decimal == "," else ",", lineterminator=LINE_END)
    for row in rows:
        writer.writerow(
            csv_cell(value, lang, place in date_columns) for place, value in enumerate(row)
        )
    return file.getvalue().encode("utf-8-sig")


def csv_cell(value: object, lang: str, is_date: bool = False) -> str:
    """A value as it stands in a CSV file of this language."""
    if pd.isna(value):
        return ""
    if isinstance(value, Number) and not isinstance(value, bool):
        return number_text(value, WRITING[lang].decimal)
    text = str(value)
    month = dates.as_month_code(text) if is_date else text
    return month if month != text else as_text_cell(escape_for_excel(text))
