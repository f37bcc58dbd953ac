"""What the template offers and says at a cell: lists of codes and ids, and how a date, a quarter or a number is written.

Numbers have no rule: the word for unknown may stand in their place, and the check after the upload says more than Excel can.
"""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ipsdash.export.workbook.codes import offered
from ipsdash.tables.columns import COLUMNS
from ipsdash.tables.schemas import columns_of, references_of
from ipsdash.text.words import Words


def add_rules(
    sheet: Worksheet, words: Words, table: str, names: tuple[str, ...], lists: dict[str, str], codes: str, first: int, last: int
) -> None:
    """Adds the lists and messages of a sheet, from its first to its last row. lists: name -> range; codes: title of the sheet with them."""
    for across, name in enumerate(names, 2):
        chosen = offered(table, name)
        rule = _list(words, table, name, lists[chosen], codes) if chosen else _message(words, table, name)
        if rule:
            letter = get_column_letter(across)
            rule.add(f"{letter}{first}:{letter}{last}")
            sheet.add_data_validation(rule)


def _list(words: Words, table: str, name: str, values: str, codes: str) -> DataValidation:
    """A drop-down list. Where several may stand in a cell nothing is refused; a new site may be on its way and is asked about."""
    reference = references_of(table).get(name)
    several = COLUMNS[name].kind == "codes" or bool(reference and reference.several)
    new = reference is not None and reference.table == "sites"
    rule = DataValidation(type="list", formula1=values, allow_blank=True, showErrorMessage=not several, showInputMessage=True)
    rule.errorStyle = "warning" if new else "stop"
    rule.error = words("template.not_listed") if new else words("template.not_a_code")
    rule.prompt = words("template.ask_several", codes=codes) if several else words("template.ask_code", codes=codes)
    return rule


def _message(words: Words, table: str, name: str) -> DataValidation | None:
    """What is said when a cell is chosen that has no list, or None."""
    if "unknown" in columns_of(table) and name in COLUMNS["unknown"].codes:
        said = words("template.ask_number")
    elif COLUMNS[name].kind == "quarter":
        said = words("template.ask_quarter")
    elif COLUMNS[name].kind == "date":
        said = words("template.ask_date")
    else:
        return None
    return DataValidation(showInputMessage=True, allow_blank=True, prompt=said)
