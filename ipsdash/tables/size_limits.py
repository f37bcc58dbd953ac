"""Limits of what a workbook may bring: rows of a table and characters of a cell.

Readers' pages draw all of it, so it must stay within what a page can draw: 150 sites by 40 quarters
are 6,000 rows; three times that are drawn in about a second.
"""

from collections.abc import Iterable

from ipsdash.tables.faults import Fault
from ipsdash.tables.sheets import Sheet

MAX_ROWS = 20_000
MAX_ROWS_OF = {
    "areas": 1_000,
    "assumptions": 500,
    "benchmarks": 500,
    "events": 500,
    "fidelity_items": 100,
    "funding": 5_000,
    "goals": 500,
    "nav_teams": 2_000,
    "rollout": 5_000,
    "scenarios": 500,
    "sites": 500,
    "sources": 1_000,
}
# The same for whoever does not publish: the server draws the preview of any stranger. With all of a
# table's rows a page takes at most about two seconds of the processor.
MAX_ROWS_UNTRUSTED = 6_000
MAX_ROWS_UNTRUSTED_OF = {
    "areas": 300,
    "assumptions": 200,
    "benchmarks": 100,
    "events": 100,
    "fidelity": 4_000,
    "funding": 600,
    "goals": 100,
    "nav_teams": 400,
    "observations": 1_000,
    "rollout": 1_500,
    "scenarios": 100,
    "sites": 150,
    "sources": 400,
}
# Names stand on maps and in charts; sentences stand in tables only. The longest of ours has 241.
MAX_NAME_CHARACTERS, MAX_SENTENCE_CHARACTERS = 200, 2_000
SENTENCES = ("note_", "meaning_", "definition_", "url", "source")
SHOWN_CHARACTERS = 40


def size_faults(table: str, sheet: Sheet, trusted: bool) -> list[Fault]:
    """What is too large in a table: one fault for its rows, or one for each cell with too long a text.
    trusted: whether a publisher sent it."""
    most, found = MAX_ROWS_OF.get(table, MAX_ROWS), len(sheet.cells)
    most_untrusted = min(most, MAX_ROWS_UNTRUSTED_OF.get(table, MAX_ROWS_UNTRUSTED))
    if not trusted and most_untrusted < found <= most:
        rule, cure = "too_many_rows_untrusted", "remove_rows_untrusted"
        values = {"found": found, "most": most_untrusted}
        return [Fault(sheet.file, None, None, None, rule, cure, values)]
    if found > most:
        values = {"found": found, "most": most}
        return [Fault(sheet.file, None, None, None, "too_many_rows", "remove_unneeded_rows", values)]
    return list(_long_texts(sheet))


def _long_texts(sheet: Sheet) -> Iterable[Fault]:
    for place, name in enumerate(sheet.cells):
        is_sentence = name.startswith(SENTENCES)
        most = MAX_SENTENCE_CHARACTERS if is_sentence else MAX_NAME_CHARACTERS
        column = sheet.cells.iloc[:, place]
        for row, text in column[column.str.len() > most].items():
            shown, letter = f"{text[:SHOWN_CHARACTERS]}…", sheet.letters.get(name)
            cell = f"{letter}{row}" if letter else ""
            yield Fault(
                sheet.file, row, name, shown, "text_too_long", "shorten_text", {"most": most}, cell=cell
            )
