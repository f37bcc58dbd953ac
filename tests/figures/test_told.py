"""A number, one that is hidden, one that is not told and a zero: each looks and reads differently; the funnel names nobody for nothing."""

import pandas as pd
import pytest

from ipsdash.domain import outcomes
from ipsdash.figures import told
from ipsdash.figures.axes import zero_based
from ipsdash.figures.chart import Band, Dot
from ipsdash.figures.funnel import funnel_chart, not_shown
from ipsdash.figures.outcomes import series_chart, sites_chart
from ipsdash.figures.quality import sites_chart as fidelity_chart
from ipsdash.figures.rates import rate_chart
from ipsdash.figures.style import STYLES
from ipsdash.text.words import Words
from tests.domain.worlds import drawn

WORDS = Words("nb")
REGISTER = pd.DataFrame({"source": ["s1"], "status": ["primary"], "publisher": ["Programmet"], "published": ["2024"], "title_nb": ["t"], "title_en": ["t"]})
CELLS = """
place | period | measure | value | state     | bound | quality  | source
a     | 2024Q1 | served  | 12    | shown     | exact | reported | s1
b     | 2024Q1 | served  | 0     | shown     | exact | reported | s1
c     | 2024Q1 | served  |       | hidden    | exact | reported | s1
d     | 2024Q1 | served  |       | hidden    | exact | reported | s1
e     | 2024Q1 | served  |       | missing   | exact |          |
f     | 2024Q1 | served  |       | unknown   | exact | reported | s1
"""
UNTOLD = {"quality": "", "source": ""}
NAMES = pd.Series({letter: f"Sted {letter.upper()}" for letter in "abcdef"})
NOBODY = pd.DataFrame({"benchmark": [], "value": [], "quality": [], "source": []})


def test_bars_of_a_number_a_zero_a_hidden_and_a_missing_one_differ():
    chart = sites_chart(WORDS, REGISTER, drawn(CELLS).fillna(UNTOLD), NAMES, "served")
    bars = {bar.note.split(":")[0]: bar for bar in chart.marks}
    assert [bars[f"Sted {letter}"].meaning for letter in "ABCDEF"] == ["reported", "reported", "hidden", "hidden", "no_data", "no_data"]
    assert [bars[f"Sted {letter}"].label for letter in "ABCDEF"] == [
        "12",
        "0",
        "skjermet",
        "skjermet",
        "ikke rapportert",
        "ukjent",
    ]
    assert bars["Sted B"].high == 0 < bars["Sted C"].high == bars["Sted D"].high == bars["Sted E"].high
    assert {meaning for meaning, _ in chart.legend} == {"hidden", "no_data"}
    looks = [STYLES["light"].look(meaning) for meaning in ("reported", "hidden", "no_data")]
    assert len({(look.hatch, look.dash) for look in looks}) == 3


def test_what_is_read_aloud_is_the_same_word():
    chart = sites_chart(WORDS, REGISTER, drawn(CELLS).fillna(UNTOLD), NAMES, "served")
    assert "Sted C: skjermet, Sted D: skjermet" in chart.alternative


def test_the_table_keeps_numbers_as_numbers_and_the_rest_as_words():
    assert sites_chart(WORDS, REGISTER, drawn(CELLS).fillna(UNTOLD), NAMES, "served").table.frame[
        "served"
    ].tolist() == [12, 0, "skjermet", "skjermet", "ikke rapportert", "ukjent"]


def test_a_lower_bound_reads_so_and_has_its_own_look():
    assert told.cell(WORDS, 45, "shown", "at_least") == "minst 45"
    assert told.look("shown", "reported", "at_least") == "at_least" != told.look("shown", "reported")


@pytest.mark.parametrize(("state", "look"), [("hidden", "hidden"), ("missing", "no_data")])
def test_a_quarter_without_a_number_is_a_field_and_breaks_the_line(state, look):
    rows = drawn(f"""
        period | value | state   | bound | quality  | source
        2024Q1 | 10    | shown   | exact | reported | s1
        2024Q2 | 12    | shown   | exact | reported | s1
        2024Q3 |       | {state} | exact | reported | s1
        2024Q4 | 0     | shown   | exact | reported | s1
    """)
    chart = series_chart(WORDS, REGISTER, rows, "served")
    fields = [mark for mark in chart.marks if isinstance(mark, Band)]
    assert [(mark.meaning, round(sum(mark.x) / 2, 3)) for mark in fields] == [(look, 2024.625)]
    assert [mark.y for mark in chart.marks if isinstance(mark, Dot)] == [10, 12, 0]
    assert [len(mark.x) for mark in chart.marks if type(mark).__name__ == "Line"] == [2]


# The funnel

RATES = """
place | period | working | served | rate | low  | high | state | bound | quality  | source
a     | 2024Q1 | 38      | 96     | 0.40 | 0.30 | 0.49 | shown | exact | reported | s1
b     | 2024Q1 | 24      | 96     | 0.25 | 0.17 | 0.34 | shown | exact | reported | s1
c     | 2024Q1 | 8       | 20     | 0.40 | 0.22 | 0.61 | shown | exact | reported | s1
"""


def funnel(picked: str | None = None):
    rows = drawn(RATES).astype({"working": float, "served": float, "rate": float, "low": float, "high": float})
    region = rows.iloc[0]
    return funnel_chart(WORDS, REGISTER, outcomes.funnel(rows, 0.4, 0.95, 0.998), region, NAMES, (0.95, 0.998), picked)


def named(chart) -> list[str]:
    return [mark.label for mark in chart.marks if isinstance(mark, Dot) and mark.label]


def test_only_a_site_outside_what_chance_gives_is_named():
    assert named(funnel()) == ["Sted B"]
    assert funnel().title == "2 av 3\u00a0steder ligger innenfor det tilfeldigheter gir; utenfor: Sted B"


def test_pointing_at_a_site_within_does_not_name_it():
    notes = [mark.note for mark in funnel().marks if isinstance(mark, Dot) and not mark.label]
    assert notes and all(note.startswith("Et sted:") and note.endswith("innenfor det tilfeldigheter gir") for note in notes)


def test_a_site_that_is_picked_is_named_and_looks_different():
    chart = funnel("c")
    assert named(chart) == ["Sted B", "Sted C"]
    assert [mark.meaning for mark in chart.marks if isinstance(mark, Dot)] == ["reported", "now", "picked"]


def test_a_picked_site_without_a_shown_rate_is_told_and_nothing_is_said_of_others():
    every = drawn("place | state\na | shown\nb | hidden")
    assert not_shown(WORDS, every, NAMES, "b") == "Sted B er ikke i diagrammet: skjermet."
    assert not_shown(WORDS, every, NAMES, "c") == "Sted C er ikke i diagrammet: ikke rapportert."
    assert not_shown(WORDS, every, NAMES, "a") == not_shown(WORDS, every, NAMES, None) == ""


def test_the_funnel_is_in_the_order_of_the_sites_and_not_by_rate():
    assert funnel().table.frame["site"].tolist() == ["Sted A", "Sted B", "Sted C"]


# Published results beside the rate


def test_a_result_of_another_definition_is_not_drawn_as_a_line_and_its_break_is_marked():
    rows = drawn(RATES).iloc[:1].astype({"working": float, "served": float, "rate": float, "low": float, "high": float})
    rows = pd.concat([rows.assign(period=period) for period in ("2023Q4", "2024Q1", "2024Q2")], ignore_index=True)
    same = drawn("benchmark | value | definition_nb | quality | source\nips_center_average | 0.41 | i arbeid i kvartalet | reported | s1")
    other = drawn("benchmark | value | definition_nb | quality | source\nipsgrow_employment_rate | 0.40 | noe annet | reported | s1")
    chart = rate_chart(WORDS, REGISTER, rows, same, other, 0.95)
    assert [mark.y[0] for mark in chart.marks if type(mark).__name__ == "Line" and mark.meaning == "event"] == [0.41]
    breaks = [mark for mark in chart.marks if type(mark).__name__ == "Rule"]
    assert [(mark.axis, mark.at, mark.label) for mark in breaks] == [("x", pytest.approx(2024 + 91 / 366), "IPS Grow endret definisjonen april 2024")]
    assert "er ikke tegnet inn: det er et annet mål" in chart.subtitle
    early = rate_chart(WORDS, REGISTER, rows.iloc[:1], same, other, 0.95)
    assert not any(type(mark).__name__ == "Rule" for mark in early.marks) and "ikke tegnet inn" not in early.subtitle


def test_a_site_without_a_review_has_no_dot_and_says_so():
    sites = drawn("site_id | name\na | Sted A\nb | Sted B\nc | Sted C")
    newest = drawn("site_id | date | score | band | summed | quality | source\na | 2024-01 | 101 | good | | reported | s1").assign(summed=False, items=0)
    lacking = drawn("site_id\nc")
    limits = pd.Series({"fidelity_exemplary": 115, "fidelity_good": 100, "fidelity_fair": 74})
    chart = fidelity_chart(WORDS, REGISTER, sites, newest, lacking, NOBODY, limits)
    assert [(mark.x, mark.y, mark.label) for mark in chart.marks if isinstance(mark, Dot)] == [(101, 2, "101")]
    assert [mark.text for mark in chart.marks if type(mark).__name__ == "Text"] == ["ikke målt ennå", "målt, uten samlet skåre"]
    assert [mark.x for mark in chart.marks if isinstance(mark, Band)] == [(74, 100), (100, 115), (115, 125)]


def test_a_stub_is_as_long_for_every_hidden_number():
    axis = zero_based(WORDS, 40)
    rows = [
        told.row(name, value, "hidden", "reported", "skjermet", "", axis)
        for name, value in (("A", 3), ("Bodø", 99))
    ]
    assert rows[0].value == rows[1].value and rows[0].meaning == rows[1].meaning == "hidden"
