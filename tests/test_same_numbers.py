"""The same number everywhere: screen, table, text alternative, CSV, XLSX, picture, offline file, PowerPoint and notes say the same."""

import csv as delimited
import io
import re
from xml.etree import ElementTree

import pandas as pd
import pytest
from openpyxl import load_workbook
from pptx import Presentation

from ipsdash.export import tables as files
from ipsdash.export.html import html
from ipsdash.export.pptx.deck import pptx
from ipsdash.export.slides import slide_svg
from ipsdash.figures import plotly
from ipsdash.figures.borders import borders
from ipsdash.figures.chart import Area, Bar, Dot, Line
from ipsdash.figures.story import arranged
from ipsdash.figures.style import STYLES
from ipsdash.tables.load import load
from ipsdash.text.words import Words
from tests.conftest import PUBLIC
from tests.told import told

WALL = STYLES["projector"]
SCENARIOS = {"plain": {}, "broad": {"target_group": "broad", "served_share": 0.5, "stay": 1.2}}
CASES = [(lang, name) for lang in ("nb", "en") for name in SCENARIOS]
SVG = "{http://www.w3.org/2000/svg}"


class Told:
    """A story in one language and scenario, in all its forms."""

    def __init__(self, tables, lines, coarse, lang, scenario):
        self.words = Words(lang)
        every = told(tables, lines, lang=lang, changed=SCENARIOS[scenario])
        self.slides = arranged(self.words, every, [slide.name for slide in every], {}, {})
        self.drawings = {slide.name: slide_svg(slide, WALL, place, len(self.slides)) for place, slide in enumerate(self.slides, 1)}
        self.page = html(self.slides, self.words, WALL)
        self.sections = dict(re.findall(r'<section id="([^"]+)".*?>(.*?)</section>', self.page, re.S))

        self.deck = Presentation(io.BytesIO(pptx(self.slides, self.words, coarse)))

    def native(self, kind):
        """The frames of a kind in PowerPoint, with the name of their slide."""
        return [(slide.name, shape) for slide, drawn in zip(self.slides, self.deck.slides) for shape in drawn.shapes if getattr(shape, kind, False)]

    def described(self, name):
        """The alternative texts of all shapes on a slide in PowerPoint, in groups too."""
        drawn = self.deck.slides[[slide.name for slide in self.slides].index(name)]
        return [one.get("descr", "") for one in drawn.shapes._spTree.iter("{http://schemas.openxmlformats.org/presentationml/2006/main}cNvPr")]

    @property
    def charts(self):
        return {slide.name: slide.chart for slide in self.slides if slide.chart}


@pytest.fixture(scope="module")
def public():
    return load(PUBLIC).tables


@pytest.fixture(scope="module")
def stories(public):
    lines = borders(PUBLIC / "geo", public)
    coarse = borders(PUBLIC / "geo", public, "1000m")
    return {case: Told(public, lines, coarse, *case) for case in CASES}


@pytest.fixture(params=CASES, ids="-".join)
def one(request, stories):
    return stories[request.param]


def written(text: str) -> str:
    """A text with ordinary spaces."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def numbers(text: str) -> set[str]:
    """The numbers of a text as they are written, signs and spaces between thousands included."""
    return set(re.findall(r"\d+(?:[ ,.]\d+)*", written(text)))


def labels(chart) -> list[str]:
    """What is written at the marks, where it holds a number."""
    return [mark.label for mark in chart.marks if isinstance(mark, (Dot, Bar, Line)) and any(letter.isdigit() for letter in mark.label)]


def seen(drawing: str) -> str:
    """The words of a picture, line after line."""
    tree = ElementTree.fromstring(drawing)
    return written(" ".join(" ".join(span.text or "" for span in text.iter(f"{SVG}tspan")) for text in tree.iter(f"{SVG}text")))


def strings(part: object) -> list[str]:
    """All texts in a figure."""
    if isinstance(part, str):
        return [part]
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, (list, tuple)) else ()
    return [text for one in inside for text in strings(one)]


def table_numbers(chart) -> list[float]:
    return [float(value) for column in chart.table.frame for value in pd.to_numeric(chart.table.frame[column], errors="coerce").dropna()]


def test_every_chart_has_numbers_at_its_marks_or_in_its_notes(one):
    assert set(one.charts) >= {"growth", "goal", "empty", "need", "need-map", "next", "map-2019-04-12"}
    for name in ("growth", "goal", "empty", "need", "need-map", "next"):
        assert labels(one.charts[name]), name


def test_what_stands_at_the_marks_is_in_the_table(one):
    for name, chart in one.charts.items():
        values = table_numbers(chart)
        for mark in chart.marks:
            drawn = [mark.high] if isinstance(mark, Bar) and mark.meaning != "range" and not mark.low else []
            drawn += [mark.y] if isinstance(mark, Dot) and not chart.true_shape and mark.meaning != "goal" else []
            assert all(any(abs(value - number) < 1e-9 for number in values) for value in drawn), (name, mark)


def test_numbers_at_the_marks_are_the_tables_numbers_as_they_are_written(one):
    for name in ("need", "need-map", "empty", "next"):
        chart = one.charts[name]
        cells = {number for row in files.shown(chart.table, one.words).to_numpy() for cell in row for number in numbers(cell)}
        cells |= {one.words.number(value, places).replace("\u00a0", " ") for value in table_numbers(chart) for places in (0, 1)}
        found = {number for label in labels(chart) for number in numbers(label)}
        assert found - {"50"} <= cells, name


def test_the_text_alternative_says_every_number_at_the_marks(one):
    for name, chart in one.charts.items():
        assert {number for label in labels(chart) for number in numbers(label)} <= numbers(chart.alternative), name


def test_the_screen_shows_the_same_words_at_the_marks(one):
    for name, chart in one.charts.items():
        if not chart.true_shape:
            drawn = {number for text in strings(plotly.figure(chart, STYLES["light"]).to_plotly_json()) for number in numbers(text.replace("<br>", " "))}
            assert {number for label in labels(chart) for number in numbers(label)} <= drawn, name


def test_the_picture_and_the_offline_file_show_every_word_at_the_marks(one):
    for name, chart in one.charts.items():
        picture, section = seen(one.drawings[name]), written(one.sections[name])
        for label in labels(chart):
            assert written(label) in picture, (name, label)
        for text in re.findall(r"<tspan[^>]*>([^<]*)</tspan>", one.drawings[name]):
            assert text.replace("\u00a0", " ") in section, (name, text)


def test_every_place_of_a_map_says_in_the_picture_and_the_file_what_its_chart_says(one):
    for name, chart in one.charts.items():
        notes = [mark.note for mark in chart.marks if isinstance(mark, (Area, Dot)) and mark.note and chart.true_shape]
        told_here = written(" ".join(title.text or "" for title in ElementTree.fromstring(one.drawings[name]).iter(f"{SVG}title")))
        assert all(written(note) in told_here for note in notes), name
        section = written(one.sections[name]).replace("&amp;", "&")
        assert all(written(note) in section for note in notes), name


def test_the_table_of_the_offline_file_is_the_table_of_the_page(one):
    for name, chart in one.charts.items():
        cells = re.findall(r"<td>(.*?)</td>", one.sections[name], re.S)
        page = [cell for row in files.shown(chart.table, one.words).itertuples(index=False, name=None) for cell in row]
        assert [cell.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">") for cell in cells] == page, name


def test_csv_and_workbook_hold_the_tables_numbers_exactly(one):
    for name, chart in one.charts.items():
        frame = chart.table.frame[[column.name for column in chart.table.columns]]
        point, between = (",", ";") if one.words.lang == "nb" else (".", ",")
        rows = list(delimited.reader(io.StringIO(files.csv(chart.table, one.words).decode("utf-8-sig")), delimiter=between))[1:]
        book = load_workbook(io.BytesIO(files.xlsx(chart.table, [])))
        sheet = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]
        for place, values in enumerate(frame.itertuples(index=False, name=None)):
            for column, value in enumerate(values):
                if isinstance(value, (int, float)) and not pd.isna(value):
                    assert float(rows[place][column].replace(point, ".")) == pytest.approx(value, rel=1e-12), name
                    assert float(sheet[place][column]) == pytest.approx(value, rel=1e-12), name


def test_the_notes_say_what_is_shown_where_it_is_from_and_how_sure_it_is(one):
    for slide in one.slides:
        if slide.chart:
            assert any(slide.chart.alternative in note for note in slide.notes) and slide.chart.credit in slide.notes, slide.name
            assert all(written(note).replace("&", "&amp;") in written(one.sections[slide.name]) for note in slide.notes), slide.name


def test_powerpoint_has_every_word_at_the_marks_and_every_number_in_the_sheet_behind(one):
    for name, frame in one.native("has_chart"):
        chart = one.charts[name]
        shown = written(" ".join(frame.chart._chartSpace.itertext()))
        for label in labels(chart):
            # A label that is a number follows its cell: the space or comma between thousands is in its format.
            assert all(word in shown or re.sub(r"[ ,](?=\d{3})", "", word) in shown for word in written(label).split(" ")), (name, label)
        book = load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
        sheet = [float(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if isinstance(cell.value, (int, float))]
        values = [mark.high - mark.low for mark in chart.marks if isinstance(mark, Bar) and mark.meaning != "range"]
        values += [mark.y for mark in chart.marks if isinstance(mark, Dot)]
        values += [end for mark in chart.marks if isinstance(mark, Bar) and mark.meaning == "range" for end in (mark.low, mark.high)]
        assert all(any(value == pytest.approx(number, abs=1e-6) for number in sheet) for value in values), name


def test_every_place_of_a_map_says_in_powerpoint_what_its_chart_says(one):
    for name, chart in one.charts.items():
        if chart.true_shape:
            told_here = written(" ".join(one.described(name)))
            notes = [mark.note for mark in chart.marks if isinstance(mark, (Area, Dot)) and mark.note]
            assert all(written(note) in told_here for note in notes), name


def test_powerpoint_has_the_titles_and_the_notes_of_the_story(one):
    for slide, drawn in zip(one.slides, one.deck.slides):
        assert written(drawn.shapes.title.text_frame.text) == written(slide.title)
        said = written(drawn.notes_slide.notes_text_frame.text)
        assert all(written(note) in said for note in slide.notes), slide.name


def test_the_mark_of_quality_is_in_every_form(one):
    for slide in one.slides:
        if not slide.chart:
            continue
        mark = one.words(f"quality.{slide.chart.quality}")
        assert mark in slide.credit, slide.name
        assert mark in seen(one.drawings[slide.name]).replace("- ", "-"), slide.name
        assert mark in one.sections[slide.name], slide.name
        drawn = one.deck.slides[[other.name for other in one.slides].index(slide.name)]
        assert mark in written(" ".join(shape.text_frame.text for shape in drawn.shapes if shape.has_text_frame)), slide.name
