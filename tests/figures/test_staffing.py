"""Charts of staff: hidden, missing, unknown and zero differ; titles follow the numbers."""

from dataclasses import replace

import pandas as pd
import pytest

from ipsdash.domain import growth
from ipsdash.domain.staffing import Turnover
from ipsdash.figures.chart import Bar
from ipsdash.figures.staffing import sites_chart
from ipsdash.figures.staffing_time import moves_chart, quarters_chart, recruits_chart
from ipsdash.text.words import Words
from tests.domain.worlds import drawn

NB = Words("nb")
LIMITS = drawn("assumption|value\npace_on_track|.95\npace_behind|.60").set_index("assumption")
SUMS = """
quarter | date    | measure | value | state  | bound    | told | expected | quality  | source
2024Q1  | 2024-03 | fte     | 4     | shown  | exact    | 2    | 2        | reported | judgement
2024Q1  | 2024-03 | posts   | 5     | shown  | exact    | 2    | 2        | reported | judgement
2024Q1  | 2024-03 | joiners | 2     | shown  | exact    | 2    | 2        | reported | judgement
2024Q3  | 2024-09 | fte     | 6     | shown  | at_least | 1    | 2        | reported | judgement
2024Q3  | 2024-09 | joiners | 0     | shown  | at_least | 1    | 2        | reported | judgement
2024Q3  | 2024-09 | leavers | 1     | shown  | at_least | 1    | 2        | reported | judgement
"""


@pytest.fixture
def register(public) -> pd.DataFrame:
    return public.sources


@pytest.fixture(scope="module")
def public():
    from ipsdash.tables.load import load

    return load("data").tables


def staff() -> pd.DataFrame:
    rows = drawn("site_id|unknown|quality|source\none||reported|judgement\ntwo||reported|judgement\nthree|fte vacant||\nfour|||").fillna("")
    numbers = {"fte": [2.0, 0.0, None, None], "vacant": [1.0, 0.0, None, None], "headcount": [2.0, 0.0, None, None], "joiners": [0.0] * 4, "leavers": [0.0] * 4}
    return rows.assign(
        quarter="2024Q3",
        hidden="",
        reported=[True, True, True, False],
        **numbers,
        posts=[3.0, 0.0, None, None],
    ).assign(quality=["reported", "reported", "reported", ""], source=["judgement"] * 3 + [""])


def test_missing_unknown_and_zero_look_and_read_differently(register):
    chart = sites_chart(NB, register, staff(), {one: one for one in ("one", "two", "three", "four")})
    ends = {mark.label: mark.meaning for mark in chart.marks if isinstance(mark, Bar) and mark.label}
    assert ends == {"2,0, ledig: 1,0": "vacant", "0,0": "reported", "ukjent": "no_data", "ikke rapportert": "no_data"}
    assert chart.title.replace("\u00a0", " ") == "Minst 1,0 årsverk er ledige, på 1 av 4 steder (3. kvartal 2024)"
    assert {look for look, _ in chart.legend} == {"reported", "vacant", "no_data"}
    assert chart.table.frame["fte"].tolist() == [2, 0, "ukjent", "ikke rapportert"]


def test_a_line_is_not_drawn_over_a_quarter_that_lacks(register):
    sums = drawn(SUMS).astype({"told": int, "expected": int})
    chart = quarters_chart(NB, register, sums)
    assert [type(mark).__name__ for mark in chart.marks].count("Line") == 0
    assert chart.title.replace("\u00a0", " ") == "Besatte årsverk gikk fra 4,0 (1. kvartal 2024) til minst 6,0 (3. kvartal 2024)"
    assert ("at_least", "Minst: et sted mangler") in chart.legend


def test_nobody_told_is_not_nobody_left(register):
    chart = moves_chart(NB, register, drawn(SUMS).astype({"told": int, "expected": int}))
    # Who left in the first quarter is not told; nobody is known to have joined in the third.
    assert [mark.meaning for mark in chart.marks if isinstance(mark, Bar)] == ["joined", "no_data", "joined", "left"]
    assert {mark.text for mark in chart.marks if not isinstance(mark, Bar)} == {"2", "0+", "1+"}
    assert "1. kvartal 2024, begynte: 2, sluttet: ikke rapportert" in chart.alternative.replace(
        "\u00a0", " "
    )


def with_hidden_leavers() -> pd.DataFrame:
    """The sums of SUMS, with the leavers of the first quarter hidden at all sites."""
    hidden = "\n2024Q1 | 2024-03 | leavers | | hidden | at_least | 0 | 2 | reported | judgement\n"
    return drawn(SUMS.rstrip() + hidden).astype({"told": int, "expected": int})


def test_leavers_hidden_at_all_sites_have_the_look_and_the_word_of_hidden_and_are_in_no_sum(
    register,
):
    chart = moves_chart(NB, register, with_hidden_leavers())
    bars = [mark for mark in chart.marks if isinstance(mark, Bar)]
    assert [mark.meaning for mark in bars] == ["joined", "hidden", "joined", "left"]
    assert "1. kvartal 2024, begynte: 2, sluttet: skjermet" in chart.alternative.replace(
        "\u00a0", " "
    )
    assert bars[1].note.endswith("sluttet: skjermet") and ("hidden", "Skjermet") in chart.legend
    assert chart.table.frame["leavers"].tolist() == ["skjermet", "minst 1"]
    assert chart.title.startswith("Minst 2 begynte og minst 1 sluttet")


def test_sums_that_are_all_hidden_are_no_zero(register):
    sums = with_hidden_leavers().query("measure == 'leavers' and quarter == '2024Q1'")
    chart = moves_chart(NB, register, sums)
    assert chart.title.replace("\u00a0", " ").startswith(
        "Hvor mange som begynte og sluttet fra 1. kvartal 2024 til 1. kvartal 2024, kan ikke vises"
    )


def test_hidden_joiners_and_leavers_of_a_site_read_hidden_in_its_row(register):
    rows = staff().assign(
        hidden=["joiners leavers", "", "", ""],
        joiners=[None, 0.0, 0.0, 0.0],
        leavers=[None, 0.0, 0.0, 0.0],
    )
    frame = sites_chart(
        NB, register, rows, {one: one for one in ("one", "two", "three", "four")}
    ).table.frame
    assert frame["joiners"].tolist() == ["skjermet", 0, 0, 0] and frame["leavers"].tolist() == [
        "skjermet",
        0,
        0,
        0,
    ]


def way(now: float, due: str, bound: str = "exact") -> growth.Progress:
    counts = drawn(f"date|value|bound|quality|source\n2023-09|3|exact|reported|judgement\n2024-09|{now}|{bound}|reported|judgement")
    goals = drawn(f"goal_id|value|set_on|due_on|quality|source\nten|10|2023-01|{due}|reported|judgement")
    return growth.progress(counts, goals, LIMITS)


@pytest.mark.parametrize(("given", "said"), [
    # 4 + .5 * (6 + 10) / 2 * 2
    (way(6, "2026-09"), "trengs 4,0 flere årsverk, og om lag 12"),
    (way(6, "2026-09", "at_least"), "trengs høyst 4,0 flere årsverk"),
    (way(6, "2024-08"), "Fristen for målet på 10 var august 2024; 4,0 årsverk gjenstår"),
    # .5 * 12 * 2
    (way(12, "2026-09"), "Målet på 10 er nådd; fram til september 2026 må om lag 12 årsverk"),
])  # fmt: skip
def test_the_title_says_what_is_needed(register, given, said):
    measured = Turnover(0.5, 2, 4, "2023Q4", "2024Q3", 8, 8, "reported", "judgement")
    chart = recruits_chart(NB, register, given, measured, 0.25)
    assert said in chart.title.replace("\u00a0", " ")
    assert len(chart.table.frame) == 3
    assert len(recruits_chart(NB, register, replace(given), None, 0.25).table.frame) == 2
