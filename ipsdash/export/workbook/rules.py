"""What the template offers and refuses at a cell: codes, ids, numbers, how dates are written.

A cell for a number takes numbers only, and the word for unknown where a table allows it: Norwegian
Excel keeps "500.000" as text and makes 1 May of "1.5", and both would be read as something else.
"""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ipsdash.export.workbook.codes import offered
from ipsdash.tables.columns import COLUMNS, UNITS, Unit
from ipsdash.tables.number_readings import ANY, limits
from ipsdash.tables.numbers import UNKNOWN_WORDS
from ipsdash.tables.schemas import columns_of, references_of
from ipsdash.text.words import Words

# For columns whose unit stands in the row.
WIDEST = Unit(min(unit.low for unit in UNITS.values()), max(unit.high for unit in UNITS.values()))


def add_rules(
    sheet: Worksheet, words: Words, table: str, names: tuple[str, ...], lists: dict[str, str], codes: str, first: int, last: int
) -> None:
    """Adds the lists and messages of a sheet, from its first to its last row. lists: name -> range; codes: title of the sheet with them."""
    for across, name in enumerate(names, 2):
        chosen = offered(table, name)
        letter = get_column_letter(across)
        if chosen:
            rule = _list(words, table, name, lists[chosen], codes)
        elif COLUMNS[name].kind in ("number", "whole"):
            rule = _number(words, table, name, f"{letter}{first}")
        else:
            rule = _message(words, name)
        if rule:
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


def _number(words: Words, table: str, name: str, first: str) -> DataValidation:
    """Numbers within the limits of the column, and the words for unknown where they may stand.

    first: the first cell of the column, which the formula is written for.
    """
    may_be_unknown = "unknown" in columns_of(table) and name in COLUMNS["unknown"].codes
    bounds = limits(name) if limits(name) != ANY else WIDEST
    low, high = (f"{bound:.15g}" for bound in (bounds.low, bounds.high))
    is_whole = COLUMNS[name].kind == "whole"
    if may_be_unknown:
        tests = [f"{first}>={low}", f"{first}<={high}"]
        tests += [f"{first}=INT({first})"] if is_whole else []
        unknown = ",".join(f'LOWER(TRIM({first}))="{word}"' for word in UNKNOWN_WORDS)
        formula = f"IF(ISNUMBER({first}),AND({','.join(tests)}),OR({unknown}))"
        rule = DataValidation(type="custom", formula1=formula, allow_blank=True)
    else:
        kind = "whole" if is_whole else "decimal"
        rule = DataValidation(type=kind, operator="between", formula1=low, formula2=high)
        rule.allow_blank = True
    rule.showErrorMessage = rule.showInputMessage = True
    rule.errorStyle = "stop"
    said = words("template.number_whole" if is_whole else "template.number")
    between = words("template.number_between", low=bounds.low, high=bounds.high)
    rule.prompt = f"{said} {words('template.ask_number')}" if may_be_unknown else said
    rule.error = f"{said} {between}"
    return rule


def _message(words: Words, name: str) -> DataValidation | None:
    """What is said when a cell is chosen that has no list, or None."""
    if COLUMNS[name].kind == "quarter":
        said = words("template.ask_quarter")
    elif COLUMNS[name].kind == "date":
        said = words("template.ask_date")
    else:
        return None
    return DataValidation(showInputMessage=True, allow_blank=True, prompt=said)
