"""The sentence that leads overview and growth is true in each state that leads to it: one row of the table is a state.

Made by running the pages on small made-up counts and goals in place of the public ones.
"""

from dataclasses import dataclass, field

import pytest

# Counts of the region by date; counts of sites by date; goals as (value, set_on, due_on).
Counts = dict[str, float]


@dataclass(frozen=True)
class State:
    """What is known, and what overview must say of it in both languages. date: looked back at; none: the newest."""

    nb: str
    en: str
    region: Counts = field(default_factory=dict)
    sites: dict[str, Counts] = field(default_factory=dict)
    goals: tuple[tuple[float, str, str], ...] = ((50, "2017-04", "2022-04"),)
    date: str = ""
    without: tuple[str, ...] = ()
    # Nothing else was observed: neither Nav teams nor anything later.
    alone: bool = False


TWO = {"2017-04": 5, "2019-04-12": 45}
NOBODY_SINCE = "ingen har publisert tall siden"
STATES = {
    "two counts, the goal's date passed in silence": State(
        "Nord-Norge hadde 45 av 50 jobbspesialister ved siste kjente telling, i april 2019. Målet skulle vært nådd i april 2022; ingen har publisert tall siden.",
        "Northern Norway had 45 of 50 job specialists at the last known count, in April 2019. The goal was due in April 2022; nothing has been published since.",
        region=TWO,
    ),
    "one count, before the goal is due": State(
        "Nord-Norge hadde 5 av 50 jobbspesialister i april 2017. Fristen for målet er april 2022.",
        "Northern Norway had 5 of 50 job specialists in April 2017. The goal is due April 2022.",
        region=TWO, date="2017-04",
    ),
    "one count and no goal": State(
        "Nord-Norge hadde 5 jobbspesialister i april 2017. Det er den første tellingen.",
        "Northern Norway had 5 job specialists in April 2017. It is the first count.",
        region={"2017-04": 5}, goals=(),
    ),
    "two counts and no goal": State(
        "Nord-Norge hadde 45 jobbspesialister i april 2019, mot 5 i april 2017.",
        "Northern Norway had 45 job specialists in April 2019, against 5 in April 2017.",
        region=TWO, goals=(), without=("den første tellingen",),
    ),
    "a goal that was set after the last count": State(
        "Nord-Norge hadde 45 jobbspesialister i april 2019, mot 5 i april 2017. Målet på 60 ble satt etter tellingen, i januar 2020, med frist januar 2025.",
        "Northern Norway had 45 job specialists in April 2019, against 5 in April 2017. The goal of 60 was set after the count, in January 2020, and is due January 2025.",
        region=TWO, goals=((60, "2020-01", "2025-01"),), without=("den første tellingen",),
    ),
    "no count at all": State(
        "Antall jobbspesialister er ikke kjent for dette tidspunktet.",
        "The number of job specialists is not known for this point in time.",
    ),
    "the goal is reached": State(
        "Nord-Norge hadde 52 jobbspesialister i april 2019. Målet på 50 er nådd.",
        "Northern Norway had 52 job specialists in April 2019. The goal of 50 is reached.",
        region={"2017-04": 5, "2019-04": 52},
    ),
    "counted after the due date": State(
        "Nord-Norge hadde 48 av 50 jobbspesialister i mai 2023. Målet skulle vært nådd i april 2022.",
        "Northern Norway had 48 of 50 job specialists in May 2023. The goal was due in April 2022.",
        region={"2017-04": 5, "2023-05": 48}, without=(NOBODY_SINCE,),
    ),
    "due in the month of the count": State(
        "Nord-Norge hadde 48 av 50 jobbspesialister i april 2022. Fristen for målet er april 2022.",
        "Northern Norway had 48 of 50 job specialists in April 2022. The goal is due April 2022.",
        region={"2017-04": 5, "2022-04-20": 48}, without=(NOBODY_SINCE,), alone=True,
    ),
    "part counts after a full one": State(
        "Nord-Norge hadde 45 av 50 jobbspesialister i april 2019. Fristen for målet er april 2022.",
        "Northern Norway had 45 of 50 job specialists in April 2019. The goal is due April 2022.",
        region=TWO, sites={"bodo": {"2020-04": 6}, "tromso": {"2020-04": 8}, "alta": {"2020-04": 4}}, without=("18 av 50", "+13"),
    ),
    "part counts above the full one": State(
        "Nord-Norge hadde minst 48 av 50 jobbspesialister i april 2020. Fristen for målet er april 2022.",
        "Northern Norway had at least 48 of 50 job specialists in April 2020. The goal is due April 2022.",
        region=TWO, sites={"bodo": {"2020-04": 20}, "tromso": {"2020-04": 20}, "alta": {"2020-04": 8}},
    ),
    "part counts at the goal": State(
        "Nord-Norge hadde minst 50 jobbspesialister i april 2020. Målet på 50 er nådd.",
        "Northern Norway had at least 50 job specialists in April 2020. The goal of 50 is reached.",
        region=TWO, sites={"bodo": {"2020-04": 20}, "tromso": {"2020-04": 20}, "alta": {"2020-04": 10}},
    ),
    "part counts alone, another site at the later date": State(
        "Nord-Norge hadde minst 14 av 50 jobbspesialister i april 2020. Fristen for målet er april 2022.",
        "Northern Norway had at least 14 of 50 job specialists in April 2020. The goal is due April 2022.",
        sites={"bodo": {"2019-04": 6, "2020-04": 6}, "tromso": {"2020-04": 8}}, without=("i året",),
    ),
}  # fmt: skip


@pytest.fixture
def known(delivery, monkeypatch):
    """Replaces the public counts of specialists and the goals by those of a state."""

    def made(state: State) -> None:
        heading, *rows = delivery.rows("observations")
        like = next(row for row in rows if row[heading.index("indicator")] == "specialists" and row[heading.index("date")] == "2017-04")
        kept = [row for row in rows if row[heading.index("indicator")] != "specialists" and not state.alone]

        def count(date: str, value: float, area: str, site: str) -> list[str]:
            cells = dict(zip(heading, like)) | {
                "date": date, "area_id": area, "site_id": site, "value": f"{value:g}", "bound": "exact", "source": "judgement",
            }  # fmt: skip
            return [cells[name] for name in heading]

        kept += [count(date, value, "region:nord", "") for date, value in state.region.items()]
        kept += [count(date, value, "", site) for site, counts in state.sites.items() for date, value in counts.items()]
        delivery.write("observations", [heading, *kept])
        heading, first = delivery.rows("goals")[:2]
        goals = [
            dict(zip(heading, first)) | {"goal_id": f"goal-{value:g}", "value": f"{value:g}", "set_on": set_on, "due_on": due_on}
            for value, set_on, due_on in state.goals
        ]
        # A table without a goal is a fault: without one of the region there is one of a county.
        goals = goals or [dict(zip(heading, first)) | {"area_id": "county:nordland"}]
        delivery.write("goals", [heading, *([goal[name] for name in heading] for goal in goals)])
        monkeypatch.setenv("IPSDASH_DATA", str(delivery.folder))

    return made


@pytest.mark.parametrize("page", ["overview", "growth"])
@pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
def test_the_leading_sentence_is_true_in_its_state(visit, known, state, page):
    known(state)
    link = {"date": state.date} if state.date else {}
    opened = visit(page, **link)
    assert not opened.app.exception
    assert opened.headline == state.nb
    assert visit(page, lang="en", **link).headline == state.en
    assert not [text for text in state.without if text in opened.words]


def test_a_part_count_stands_beside_the_full_one_with_the_sites_that_lack_a_number(visit, known):
    known(STATES["part counts after a full one"])
    words = visit().words
    assert "Et nyere tall er bare delvis: minst 18 ved 3 av 14 steder (april 2020)." in words
    assert "Uten tall: Kirkenes," in words and "Bodø" not in words.partition("Uten tall: ")[2].partition(".")[0]


@pytest.mark.parametrize("state", ["part counts above the full one", "part counts alone, another site at the later date"])
def test_a_part_count_that_leads_is_not_called_a_newer_number(visit, known, state):
    known(STATES[state])
    words = visit().words
    assert "Tallet er bare delvis: minst" in words and "Et nyere tall" not in words


def test_only_the_sites_that_reported_both_times_are_compared(visit, known):
    sites = {"bodo": {"2020-04": 6, "2021-04": 7}, "tromso": {"2020-04": 6, "2021-04": 7}, "alta": {"2020-04": 2, "2021-04": 4}, "narvik": {"2021-04": 3}}
    known(State("", "", region=TWO, sites=sites))
    assert "De 3 stedene som rapporterte begge ganger: 14 (april 2020) til 18 (april 2021)." in visit().words


def test_the_gap_to_the_goal_is_at_most_where_a_part_count_leads(visit, known):
    known(STATES["part counts above the full one"])
    assert "høyst 2" in visit().words


def test_growth_says_that_no_count_has_all_sites(visit, known):
    known(STATES["part counts alone, another site at the later date"])
    assert "Ingen telling omfatter alle steder" in visit("growth").words


def test_no_coverage_and_no_next_posts_of_a_part_count(visit, known):
    known(STATES["part counts alone, another site at the later date"])
    for page in ("coverage", "next"):
        words = visit(page).words
        assert "regnes bare ut når alle steder er med" in words
        assert "Dekning i dag" not in words
    assert "noen steder mangler tall, så hvor mange som mangler, kan ikke regnes ut" in visit("coverage").headline


PACES = {
    # Needed: (50 - now) / 3 years left; had: (now - 5) / 2.
    "enough": (45, "Farten er høy nok: det trengs 1,7 nye i året, det har vært 20,0"),
    "nearly": (29.8, "Farten er så vidt for lav: det trengs 6,7 nye i året, det har vært 6,4"),
    "slow": (15, "Tempoet er for lavt: det trengs 11,7 nye i året, det har vært 5,0"),
    "falling": (3, "Antallet har falt: det trengs 15,7 nye i året, det har vært −1,0"),
}


@pytest.mark.parametrize(("now", "sentence"), PACES.values(), ids=PACES.keys())
def test_the_pace_has_a_sentence_of_its_own_for_each_state(visit, known, now, sentence):
    first = 17 if sentence.startswith("Farten er så") else 5
    known(State("", "", region={"2017-04": first, "2019-04": now}))
    words = visit("growth").words
    assert sentence in words
    assert ("Målet ryker bare hvis" in words) == sentence.startswith("Farten er høy nok")


def test_two_counts_are_called_two_counts_only_where_there_are_two(visit, known):
    known(State("", "", region=TWO))
    assert "To tellinger sier ikke noe" in visit("growth").words
    known(State("", "", region=TWO | {"2018-04": 20}))
    assert "To tellinger" not in visit("growth").words


def test_a_series_that_turned_says_both(visit, known):
    known(State("", "", region=TWO | {"2020-04": 40}))
    words = visit("growth").words
    assert "Siden forrige telling har endringen vært −5,0 i året, mot +11,7 i året siden april 2017." in words
