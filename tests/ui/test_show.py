"""What pages are made of, on a page of their own."""

from streamlit.testing.v1 import AppTest

from ipsdash.ui.show import MOST_ROWS


def page(rows: int) -> None:
    from pathlib import Path

    import pandas as pd

    from ipsdash.figures.chart import Column, Table
    from ipsdash.figures.style import STYLES
    from ipsdash.tables.load import load
    from ipsdash.text.words import Words
    from ipsdash.ui import show
    from ipsdash.ui.reader import Reader

    me = Reader(Words("nb"), load(Path("data")).tables, "", "2019-04-12", STYLES["light"])
    show.listing(me, "long", Table(pd.DataFrame({"number": range(rows)}), (Column("number", "Tall", "whole"),)))


def opened(rows: int) -> tuple[list[str], list[str]]:
    """The table and the notes of a listing with so many rows."""
    app = AppTest.from_function(page, kwargs={"rows": rows}, default_timeout=30).run()
    return list(app.table[0].value["Tall"]), [one.proto.body for one in app.get("html")]


def test_a_list_is_shown_whole():
    numbers, notes = opened(MOST_ROWS)
    assert (numbers[0], numbers[-1], len(numbers)) == ("0", "199", 200) and not notes


def test_of_a_long_list_the_page_has_the_beginning_and_says_so():
    numbers, (note,) = opened(MOST_ROWS + 1_000)
    assert (numbers[0], numbers[-1], len(numbers)) == ("0", "199", 200)
    assert "De første 200 av 1200 rader. Filene under har alle." in note
