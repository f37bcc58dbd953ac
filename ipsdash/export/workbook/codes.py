"""The codes and ids that a template's drop-down lists offer: one sheet says what each means, the lists look there."""

from collections.abc import Iterable

import pandas as pd
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from ipsdash.export.workbook.cells import BLANK, QUIET, fill, font, place, put
from ipsdash.tables.columns import COLUMNS
from ipsdash.tables.load import Tables
from ipsdash.tables.schemas import FILLED, columns_of, references_of
from ipsdash.text.words import Words

# Columns whose codes have words of their own; the others have theirs with the template.
WORDED = ("evidence", "quality", "bound", "settings", "entry")
# The list that offers the ids of a table.
LISTS = {"sites": "site_id", "sources": "source", "areas": "area_id"}
WIDTHS = {"A": 22, "B": 40, "C": 84}


def offered(table: str, column: str) -> str | None:
    """The name of the list that a column is picked from, or None."""
    reference = references_of(table).get(column)
    if reference:
        return reference.kind or LISTS[reference.table]
    return column if COLUMNS[column].codes else None


def code_lists(words: Words, tables: Tables, shown: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """List -> its values, each with what it means, for the columns of the tables that are shown."""
    coded = {name: None for table in shown for name in columns_of(table) if COLUMNS[name].codes and name not in FILLED}
    municipalities = tables.areas[tables.areas["kind"] == "municipality"]
    return {
        "site_id": _pairs(tables.sites, "site_id", "name"),
        "source": _pairs(tables.sources, "source", f"title_{words.lang}"),
        **{name: [(code, _meaning(words, tables, name, code)) for code in COLUMNS[name].codes] for name in coded},
        "municipality": _pairs(municipalities, "area_id", "name"),
        "area_id": _pairs(tables.areas, "area_id", "name"),
    }


def write_codes(sheet: Worksheet, words: Words, lists: dict[str, list[tuple[str, str]]]) -> dict[str, str]:
    """Fills the sheet: list, value, meaning. Gives the range of each list's values, as formulas name it."""
    headings, row, ranges = (words("template.list"), words("template.codes"), words("template.code_means")), 1, {}
    for across, text in enumerate(headings, 1):
        put(sheet.cell(1, across), text)
    for name, pairs in lists.items():
        ranges[name] = place(sheet.title, f"$B${row + 1}:$B${row + max(len(pairs), 1)}")
        for value, meaning in pairs:
            row += 1
            for across, text in enumerate((words(f"column.{name}"), value, meaning), 1):
                put(sheet.cell(row, across), text)
                if value == pairs[0][0]:
                    sheet.cell(row, across).border = Border(top=Side("thin", color=QUIET))
    _look(sheet, row)
    return ranges


def _pairs(frame: pd.DataFrame, key: str, name: str) -> list[tuple[str, str]]:
    return list(frame[[key, name]].fillna("").itertuples(index=False, name=None))


def _meaning(words: Words, tables: Tables, column: str, code: str) -> str:
    if column == "unit":
        return words(f"unit.{code}")
    if column == "assumption":
        titles = tables.assumptions.drop_duplicates("assumption", keep="last").set_index("assumption")[f"title_{words.lang}"]
        return titles.get(code, "")
    return words(f"{column}.{code}") if column in WORDED else words(f"template.code.{code}")


def _look(sheet: Worksheet, last: int) -> None:
    for cell in sheet[1]:
        cell.font, cell.fill = font(bold=True), fill(BLANK)
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:C{last}"
    sheet.protection.sheet, sheet.protection.autoFilter = True, False
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
