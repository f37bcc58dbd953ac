"""A hidden number has one word and one look in everything that a reader can see or fetch.

Two words would give numbers away: "hidden" beside "<5" says that a number is 0 or at least 5.
"""

import io
import json
import re
import zipfile
from html import unescape
from numbers import Number

import pandas as pd
import pytest
from google.protobuf.text_format import MessageToString

from ipsdash.domain.cells import MEASURES
from ipsdash.export import tables as files
from ipsdash.export.html import html
from ipsdash.export.pptx.deck import pptx
from ipsdash.export.release import read, released
from ipsdash.export.slides import wall
from ipsdash.export.svg import alone
from ipsdash.export.workbook.template import template
from ipsdash.figures import plotly
from ipsdash.figures.borders import borders
from ipsdash.figures.chart import Bar, Chart, Rule, Table
from ipsdash.figures.story import Slide
from ipsdash.figures.style import STYLES
from ipsdash.store.editions import open_store
from ipsdash.tables.load import Tables, load, load_over
from ipsdash.text.words import Words
from ipsdash.ui import show
from ipsdash.ui.deliver import _changed, _every
from tests.conftest import PUBLIC
from tests.pages.conftest import PAGES

SECOND_WORDS = re.compile(
    r"<\s*5\b|\b(?:fewer|less) than (?:five|5)\b|\b(?:færre|mindre) enn (?:fem|5)\b|\bone or two\b"
    r"|\b(?:protected|suppressed|withheld|masked|redacted|concealed)\b"
    r"|\b(?:beskyttet|undertrykt|sladdet|skjult|skjules|tilbakeholdt)\b|:(?:small|hidden)\b",
    re.I,
)
# The only words that may stand where a number could, by their keys.
NO_NUMBER = (
    "hidden.hidden",
    "hidden.missing",
    "hidden.unknown",
    "outcomes.rate_state.hidden",
    "outcomes.rate_state.missing",
    "outcomes.rate_state.unknown",
    "outcomes.rate_state.nobody",
    "outcomes.rate_state.uneven",
    "fidelity.load.no_posts",
)
HOLDS_COUNTS = ("people", "quality", "outcomes", "funding", "site", "data")
SITES, QUARTERS = (
    ("alta", "bodo", "tromso", "narvik", "harstad"),
    ("2023Q1", "2023Q2", "2023Q3", "2023Q4"),
)
# By site: headcount, then served, started, working and job starts. Every reason to hide.
MADE_UP = {
    "alta": (1, 12, 5, 6, 3),
    "bodo": (4, 60, 14, 25, 9),
    "tromso": (5, 80, 20, 80, 2),
    "narvik": (2, 4, 1, 0, 0),
    "harstad": (3, 30, 8, 0, 5),
}


def made_up() -> dict[str, tuple[dict[str, object], ...]]:
    """Staff, service and money of five sites, with every reason there is for hiding a number."""
    service, staffing, funding = [], [], []
    for site, (people, served, started, working, jobs) in MADE_UP.items():
        for place, quarter in enumerate(QUARTERS):
            at = {"site_id": site, "quarter": quarter}
            staffing.append(
                at
                | {
                    "fte": people,
                    "headcount": people,
                    "vacant": 0,
                    "joiners": place % 2,
                    "leavers": (place + 1) % 2,
                }
            )
            service.append(
                at
                | {
                    "referred": started + place,
                    "started": started,
                    "served": served + place,
                    "caseload": served - 1,
                    "working": working,
                    "job_starts": jobs + place,
                    "closed_cases": "",
                    "days_to_contact": 12.5,
                }
            )
        money = {
            "area_id": "region:nord",
            "site_id": site,
            "nok": 900_000 * people,
            "bound": "exact",
            "payer": "Nav",
        }
        funding.append({"year": 2023, "entry": "spent"} | money)
    return {"service": tuple(service), "staffing": tuple(staffing), "funding": tuple(funding)}


class Seen:
    """All charts, tables and texts of pages."""

    def __init__(self, words: Words):
        self.words, self.charts, self.tables, self.texts = words, [], [], {}

    def add(self, place: str, *texts: str) -> None:
        self.texts.setdefault(place, []).extend(text for text in texts if text)

    def everything(self) -> dict[str, str]:
        return {
            place: "\n".join(texts).replace("\u00a0", " ") for place, texts in self.texts.items()
        }


def spied(monkeypatch, seen: Seen) -> None:
    """Keeps what pages hand over to be drawn, listed or made a file of."""

    def spy(name, keep):
        real = getattr(show, name)

        def spying(*given, **named):
            keep(*given)
            return real(*given, **named)

        monkeypatch.setattr(show, name, spying)

    spy("chart", lambda me, one, *_: seen.charts.append(one))
    spy("picture", lambda me, one, *_: seen.charts.append(one))
    spy("table", lambda me, one, *_: seen.tables.append(one))
    spy("downloads", lambda me, name, one, *_: seen.tables.append(one))
    spy("more", lambda me, title, name, one, *_: seen.tables.append(one))


def elements(app) -> list[str]:
    """The texts of every element of a page as it is sent to the browser."""
    found = []
    for node in app._tree:
        proto = getattr(node, "proto", None)
        if proto is None:
            continue
        text = MessageToString(proto, as_utf8=True)
        found.append(unescape(text))
        if spec := getattr(proto, "spec", ""):
            found += strings(json.loads(spec))
        value = getattr(node, "value", None)
        if isinstance(value, pd.DataFrame):
            found += [str(cell) for cell in (*value.columns, *value.to_numpy().ravel())]
    return found


def strings(part: object) -> list[str]:
    """All texts in a figure."""
    if isinstance(part, str):
        return [part, unescape(part)]
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return [text for one in inside for text in strings(one)]


def markup(text: str) -> list[str]:
    """The texts of a file in a markup language, without programs, styles and shapes."""
    bare = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.S)
    attributes = re.findall(r'(?:title|alt|aria-label|descr|name)="([^"]*)"', bare)
    return [unescape(one) for one in (*re.findall(r">([^<]+)<", bare), *attributes)]


def parts(content: bytes) -> list[str]:
    """The texts of every part of an Office file."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as office:
        for name in office.namelist():
            if name.endswith((".xml", ".rels")):
                found += markup(office.read(name).decode())
            elif name.endswith(".xlsx"):
                found += parts(office.read(name))
    return found


def of_chart(seen: Seen, one: Chart) -> None:
    """The texts of a chart in each of its forms."""
    marks = [
        text
        for mark in one.marks
        for name in ("label", "note", "text")
        if (text := getattr(mark, name, ""))
    ]
    seen.add(
        "chart",
        one.title,
        one.subtitle,
        one.alternative,
        one.credit,
        *marks,
        *(text for _, text in one.legend),
    )
    seen.add("plotly", *strings(json.loads(plotly.figure(one, STYLES["light"]).to_json())))
    seen.add(
        "svg", *markup(alone(one, STYLES["light"], 1200)), *markup(wall(one, STYLES["projector"]))
    )
    seen.tables.append(one.table)


def of_table(seen: Seen, one: Table) -> None:
    """The texts of a table in each of its forms."""
    written = files.shown(one, seen.words)
    seen.add(
        "table",
        *written.columns,
        *(cell for row in written.itertuples(index=False) for cell in row),
    )
    seen.add("csv", files.csv(one, seen.words).decode("utf-8-sig"))
    seen.add("xlsx", *parts(files.xlsx(one, [])))


def of_slides(seen: Seen, tables: Tables) -> None:
    """The texts of slides that show these charts, in a file of their own and in PowerPoint."""
    # PowerPoint has no chart of its own for standing bars and for lines across.
    drawn = {
        one.name: one
        for one in seen.charts
        if not any(
            isinstance(mark, Rule) or getattr(mark, "along", "") == "y" for mark in one.marks
        )
    }
    slides = [
        Slide(name=name, title=one.title, chart=one, notes=(one.alternative,), credit=one.credit)
        for name, one in drawn.items()
    ]
    seen.add("html slides", *markup(html(slides, seen.words, STYLES["projector"])))
    seen.add("pptx", *parts(pptx(slides, seen.words, borders(PUBLIC / "geo", tables, "1000m"))))


def in_place_of_numbers(tables: list[Table]) -> set[str]:
    """The words that stand in columns of numbers."""
    return {
        str(cell)
        for one in tables
        for column in one.columns
        if column.kind in ("number", "whole", "share")
        for cell in one.frame[column.name]
        if not isinstance(cell, Number) and not pd.isna(cell) and not re.search(r"\d", str(cell))
    }


# Each dataset in one language: both in both would take twice as long.
IN = {"example": "nb", "made up": "en"}


@pytest.fixture(params=list(IN))
def name(request) -> str:
    return request.param


@pytest.fixture
def words(name) -> Words:
    return Words(IN[name])


@pytest.fixture
def dataset(name, with_tables, tmp_path) -> tuple[Tables, dict[str, str]]:
    """Released tables as the pages show them, and the link to them."""
    if name == "example":
        return released(load_over(PUBLIC / "example", PUBLIC), PUBLIC / "example").tables, {
            "dataset": "example"
        }
    with_tables(**made_up())
    # Second cells are chosen by the secret of the store: another release hides others.
    return read(open_store(tmp_path / "store").contents(1)).tables, {}


def test_both_datasets_hide_numbers_of_sites_of_the_region_and_of_staff(dataset):
    tables, _ = dataset
    hidden = tables.outcomes[tables.outcomes["state"] == "hidden"]
    assert len(hidden) > 20 and set(tables.outcomes["state"]) <= {
        "shown",
        "hidden",
        "missing",
        "unknown",
    }
    assert tables.staffing["hidden"].ne("").any() and tables.service["hidden"].ne("").any()


def test_no_output_has_a_second_word_for_hidden(visit, monkeypatch, caplog, words, dataset):
    tables, link = dataset
    seen = Seen(words)
    spied(monkeypatch, seen)
    sites = sorted(set(tables.service["site_id"]))
    asked = [(page, {}) for page in PAGES] + [("site", {"place": site}) for site in sites[:4]]
    asked += [("data", {"table": table}) for table in ("service", "staffing")] + [
        ("outcomes", {"measure": "days_to_contact"})
    ]
    for page, more in asked:
        opened = visit(page, lang=words.lang, **link, **more)
        assert not opened.app.exception, page
        seen.add(f"page {page}", *elements(opened.app))
    for one in list(seen.charts):
        of_chart(seen, one)
    seen.tables.append(_every(words, _changed(words, tables, released(load(PUBLIC)).tables)))
    seen.tables.append(_every(words, _changed(words, released(load(PUBLIC)).tables, tables)))
    for one in seen.tables:
        of_table(seen, one)
    of_slides(seen, tables)
    seen.add("template", *parts(template(words, tables, filled=True)))
    seen.add("log", caplog.text)
    everything = seen.everything()
    assert {
        place: found[0]
        for place, text in everything.items()
        if (found := SECOND_WORDS.findall(text))
    } == {}
    word = words("hidden.hidden")
    without = [
        place
        for place in (
            "chart",
            "plotly",
            "svg",
            "table",
            "csv",
            "xlsx",
            "html slides",
            "pptx",
            "template",
        )
        if word not in everything[place].casefold()
    ]
    assert without == []
    assert [
        page for page in HOLDS_COUNTS if word not in everything[f"page {page}"].casefold()
    ] == []
    assert in_place_of_numbers(seen.tables) <= {words(key) for key in NO_NUMBER}


def test_a_hidden_bar_is_as_long_as_any_other_and_has_the_same_mark(
    visit, monkeypatch, words, dataset
):
    _, link = dataset
    seen = Seen(words)
    spied(monkeypatch, seen)
    for page in ("outcomes", "quality", "funding", "people"):
        assert not visit(page, lang=words.lang, **link).app.exception
    found = 0
    for one in seen.charts:
        bars = [mark for mark in one.marks if isinstance(mark, Bar)]
        hidden = [bar for bar in bars if words("hidden.hidden") in bar.label]
        assert {bar.meaning for bar in hidden} <= {"hidden"} and len(
            {(bar.low, bar.high, bar.part) for bar in hidden}
        ) <= 1, one.name
        assert all(words("hidden.hidden") in bar.note for bar in bars if bar.meaning == "hidden"), (
            one.name
        )
        found += len(hidden)
    assert found


@pytest.mark.parametrize("table", ["service", "staffing"])
def test_exactly_the_hidden_cells_of_a_table_read_hidden(visit, words, dataset, table):
    tables, link = dataset
    given = getattr(tables, table)
    rows = visit("data", lang=words.lang, table=table, **link).app.dataframe[0].value
    columns = [name for name in (*MEASURES, "closed_cases", "joiners", "leavers") if name in given]
    assert len(rows) == len(given)
    for place, names in enumerate(given["hidden"]):
        reads = {name for name in columns if rows[name].iloc[place] == words("hidden.hidden")}
        assert reads == set(names.split()), place


@pytest.mark.parametrize(("lang", "word"), [("nb", "skjermet"), ("en", "hidden")])
def test_each_language_has_one_word_for_hidden(lang, word):
    words = Words(lang)
    assert words("hidden.hidden") == word
    states = ("hidden", "missing", "unknown")
    assert {key for key in words.sentences if re.fullmatch(r"hidden\.\w+", key)} == {
        f"hidden.{state}" for state in states
    }
    assert {key for key in words.sentences if re.fullmatch(r"hidden_meaning\.\w+", key)} == {
        f"hidden_meaning.{state}" for state in states
    }
    named = {
        key: text
        for key, text in words.sentences.items()
        if key.endswith(".hidden") and "." not in text and "{" not in text and ":" not in text
    }
    assert len(named) >= 5 and {text.casefold() for text in named.values()} == {word}
    assert words("hidden_meaning.hidden").casefold().startswith(f"{word}: ")
    said = {key: text for key, text in words.sentences.items() if SECOND_WORDS.search(text)}
    # A workbook with a password is no hidden number.
    assert set(said) <= {"fault.rule.workbook_protected"}
    for long in ("method", "unknown", "why"):
        assert not SECOND_WORDS.search(words.long(long))
