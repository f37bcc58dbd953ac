"""Texts that somebody else may hand in, full of all markup that Streamlit, Markdown, HTML, SVG and spreadsheets know."""

from pathlib import Path

from ipsdash.export.release import delivered, to_publish
from ipsdash.store.deliveries import Delivery
from ipsdash.store.editions import Store, open_store
from ipsdash.store.places import ROOT
from ipsdash.store.tables import counts_people
from ipsdash.tables.columns import COLUMNS
from ipsdash.tables.load import checked_sheets
from ipsdash.tables.readers import read, read_over
from ipsdash.tables.sheets import Sheet

# Every hostile text has it, and no text of the product.
FOREIGN = "evil"
HOSTILE = (
    "[Log in](https://evil.example) ![x](//evil.example/e.png) www.evil.example a@evil.example "
    ":red[r] :material/login: :smile: $x^2$ `c` **b** _i_ ~~s~~ <b>h</b><img src=x onerror=alert(1)> &lt; -> #"
)
# What a link may hold in a name of a scenario, where some signs mean something else.
IN_A_LINK = "[Log in](https://evil.example) :red[r] *b* $x$"
# What a spreadsheet would compute, and the beginnings of headings, lists and quotations.
BEGINNINGS = ("=HYPERLINK(\"https://evil.example\")", "# evil", "- evil", "1. evil", "> evil", "+evil", "@evil")
# Columns of text whose form is held by the schema.
FORMED = ("options", "symbol", "url")


def hostile_store(folder: Path) -> Store:
    """A store with an edition of the invented example in which every free text is hostile."""
    store = open_store(folder)
    sheets = {table: _hostile(sheet) for table, sheet in _example().items()}
    one = Delivery(f"{HOSTILE}.xlsx", b"", sheets, checked_sheets(sheets, []), None, True)
    assert not one.loaded.faults, one.loaded.faults[:3]
    contents = to_publish(delivered(one, store))
    store.publish(contents, HOSTILE, HOSTILE, None, counts_people=counts_people(sheets))
    return store


def _example() -> dict[str, Sheet]:
    return read_over(ROOT / "data" / "example", read(ROOT / "data")[0])[0]


def _hostile(sheet: Sheet) -> Sheet:
    free = [name for name in sheet.cells if name in COLUMNS and COLUMNS[name].kind == "text"]
    cells = sheet.cells.copy()
    for name in (name for name in free if name not in FORMED):
        filled = cells[name] != ""
        starts = [f"{BEGINNINGS[place % len(BEGINNINGS)]} {HOSTILE} " for place in range(int(filled.sum()))]
        cells.loc[filled, name] = [start + text for start, text in zip(starts, cells.loc[filled, name])]
    return Sheet(sheet.file, cells, sheet.letters)
