"""Words of others are text in every file that is given away: slides, pictures, PowerPoint, workbooks, CSV."""

import csv
import io
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from pptx import Presentation

from ipsdash.export import tables as files
from ipsdash.export.editions import whole_folder, whole_workbook
from ipsdash.export.svg import alone
from ipsdash.export.workbook.marked import marked
from ipsdash.export.workbook.template import template
from ipsdash.figures.style import STYLES
from ipsdash.store.deliveries import received
from ipsdash.store.editions import open_store
from ipsdash.tables.delimited import FORMULA_STARTS
from ipsdash.text.words import Words
from ipsdash.ui import deck, reader
from tests.conftest import PUBLIC
from tests.hostile import FOREIGN, HOSTILE, hostile_store
from tests.workbooks import GOALS, opened, workbook

SVG = "{http://www.w3.org/2000/svg}"
LINK = f"told=%7B%22need%22%3A%5B%22{'%3Cimg src%3Dx onerror%3Devil%3E'}%22%2C%22%3Ca href%3Devil%3E%22%5D%7D"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "store"
    hostile_store(folder)
    return folder


@pytest.fixture(autouse=True)
def store(folder, monkeypatch):
    monkeypatch.setenv("IPSDASH_STORE", str(folder))
    return open_store(folder)


@pytest.fixture
def told():
    """The reader and the slides of a hostile link."""
    return deck.asked({"lang": "nb", "told": '{"need": ["<img src=x onerror=evil>", "<a href=evil>"]}', "set": HOSTILE})


class _Elements(HTMLParser):
    """All elements of a page with their attributes, and its words."""

    def __init__(self, page: str):
        super().__init__()
        self.found, self.words = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def _addresses(attributes: dict) -> list[str]:
    return [value or "" for name, value in attributes.items() if name.split(":")[-1] in ("href", "src", "action")]


def test_the_slides_as_a_page_have_no_element_and_no_address_of_others(client):
    for lang in ("nb", "en"):
        page = client().get(f"/slides?lang={lang}&{LINK}").text
        seen = _Elements(page)
        assert FOREIGN in "".join(seen.words)
        for tag, attributes in seen.found:
            assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
            assert not [one for one in _addresses(attributes) if FOREIGN in one], (tag, attributes)
            assert tag not in ("img", "a", "iframe", "object", "embed", "base", "form", "b"), (tag, attributes)


def test_pictures_hold_text_and_no_elements_of_others(told):
    charts = [slide.chart for slide in deck.slides(*told) if getattr(slide, "chart", None) is not None]
    assert charts
    drawn = "".join(alone(chart, STYLES["light"], 800) for chart in charts)
    assert FOREIGN in drawn and "<img" not in drawn and "<b>" not in drawn
    for chart in charts:
        for element in ElementTree.fromstring(alone(chart, STYLES["light"], 800)).iter():
            assert element.tag.startswith(SVG)
            assert element.tag.removeprefix(SVG) not in ("a", "script", "image", "foreignObject", "use"), element.tag
            assert not [value for name, value in element.attrib.items() if "href" in name or name.startswith("on")]


def test_powerpoint_has_the_words_as_text_and_no_link_of_theirs(told):
    content = deck.presentation(*told)
    texts = [shape.text_frame.text for slide in Presentation(io.BytesIO(content)).slides for shape in slide.shapes if shape.has_text_frame]
    assert FOREIGN in "".join(texts)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith(".rels"):
                outside = re.findall(rb'<Relationship [^>]*TargetMode="External"[^>]*>', parts.read(name))
                assert not [one for one in outside if FOREIGN.encode() in one], name
            if name.endswith(".xml"):
                ElementTree.fromstring(parts.read(name))


def _check_workbook(content: bytes) -> str:
    """The words of a workbook, none of which is a formula or a link."""
    words = []
    for sheet in opened(content):
        assert not sheet._hyperlinks
        for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and FOREIGN in cell.value):
            assert cell.data_type == "s" and cell.hyperlink is None, cell.value
            assert cell.quotePrefix or not cell.value.startswith(FORMULA_STARTS), cell.value
            words.append(cell.value)
    return "".join(words)


def _check_csv(content: bytes) -> str:
    words = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";" if b";" in content[:200] else ",") for cell in row if FOREIGN in cell]
    assert not [cell for cell in words if cell.startswith(FORMULA_STARTS)]
    return "".join(words)


def test_the_tables_of_pages_are_text_as_csv_and_as_workbook(told):
    me = told[0]
    tables = [chart.table for slide in deck.slides(*told) if (chart := getattr(slide, "chart", None)) is not None]
    assert FOREIGN in "".join(_check_workbook(files.xlsx(one, [(HOSTILE, f"=evil {HOSTILE}")])) for one in tables)
    assert FOREIGN in "".join(_check_csv(files.csv(one, me.words)) for one in tables)


def test_a_whole_edition_is_text(store):
    kept = store.contents(1)
    assert FOREIGN in _check_workbook(whole_workbook(kept))
    with zipfile.ZipFile(io.BytesIO(whole_folder(kept, "nb"))) as parts:
        assert FOREIGN in "".join(_check_csv(parts.read(name)) for name in parts.namelist())


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_a_filled_template_and_a_workbook_with_its_faults_marked_are_text(lang):
    words = Words(lang)
    made_from = f"=evil {HOSTILE}"
    assert FOREIGN in _check_workbook(template(words, reader.newest().tables, True, made_from))
    row = ["ips-60", "region:nord", "specialists", f"=evil {HOSTILE}", "positions_or_persons", "2019-01", "2024-01", "reported", "programme", "", ""]
    content = workbook(goals=[GOALS, [text and f"evil {text}" for text in row]])
    one = received(f"=evil {HOSTILE}.xlsx", content, None, PUBLIC)
    assert one.loaded.faults
    assert FOREIGN in _check_workbook(marked(one.content, one.loaded.faults, words))
