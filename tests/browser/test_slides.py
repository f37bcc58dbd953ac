"""The slides in a real browser: on a wall they can be read, by keys they can be driven, and they need nothing else."""

import re
from dataclasses import replace
from itertools import combinations

import pytest
from firefox import Firefox, installed

from ipsdash.export.html import html
from ipsdash.figures.borders import borders
from ipsdash.figures.story import arranged
from ipsdash.figures.style import STYLES
from ipsdash.tables.load import load
from ipsdash.text.words import Words
from tests.conftest import PUBLIC
from tests.told import APRIL, told

LANGUAGES = ("nb", "en")
SCENARIOS = {"plain": {}, "broad": {"target_group": "broad", "served_share": 0.5}}
LEAST_PX = 24
# Words of a slide: their box and their letters, in px of the stage of 1920x1080.
WORDS = """() => [...document.querySelectorAll('section.now svg text')].map((one) => {
  const box = one.getBoundingClientRect(), style = getComputedStyle(one), scale = innerWidth / 1920
  return {
    text: one.textContent, size: parseFloat(style.fontSize) * one.getScreenCTM().a / scale, weight: style.fontWeight, family: style.fontFamily,
    left: box.left / scale, top: box.top / scale, right: box.right / scale, bottom: box.bottom / scale, halo: style.stroke !== 'none',
    fill: style.fill,
  }
})"""


@pytest.fixture(scope="module")
def lines():
    return borders(PUBLIC / "geo", load(PUBLIC).tables)


@pytest.fixture
def file(tmp_path, lines):
    """The slides as a file on this machine."""

    def made(lang="nb", changed=None, titles=None, notes=None):
        words, tables = Words(lang), load(PUBLIC).tables
        slides = told(tables, lines, lang=lang, changed=changed or {})
        path = tmp_path / "slides.html"
        path.write_text(html(arranged(words, slides, [slide.name for slide in slides], titles or {}, notes or {}), words, STYLES["projector"]), "utf-8")
        return path

    return made


class Show:
    """The file in a browser that reaches nothing but the file."""

    def __init__(self, context, path):
        self.asked, self.errors, self.page = [], [], context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.goto(path.as_uri())

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def now(self):
        return self.page.locator("section.now").get_attribute("id")


@pytest.fixture
def show(newcomer):
    return lambda path, **options: Show(newcomer(viewport={"width": 1920, "height": 1080}, offline=True, **options), path)


def luminance(colour):
    parts = [int(one) / 255 for one in re.findall(r"\d+", colour)[:3]]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def meet(one, other, slack=2.0):
    return one["left"] + slack < other["right"] and other["left"] + slack < one["right"] and one["top"] + slack < other["bottom"] and other["top"] + slack < one["bottom"]


def inked(one):
    """The box of the letters: a line's box is higher than what stands in it."""
    spare = (one["bottom"] - one["top"]) * 0.14
    return one | {"top": one["top"] + spare, "bottom": one["bottom"] - spare}


def looked_through(one):
    """Walks through all slides and holds each against what a wall asks for; gives their names."""
    seen = []
    for _ in range(one.page.locator("main > section").count()):
        words = one.page.evaluate(WORDS)
        assert words
        for word in words:
            assert word["size"] >= LEAST_PX - 0.01, (one.now, word)
            assert word["left"] >= 0 and word["top"] >= 0 and word["right"] <= 1920 and word["bottom"] <= 1080, (one.now, word)
            assert word["family"].startswith("Inter"), word
            assert (1 + 0.05) / (luminance(word["fill"]) + 0.05) >= 7, word
        covered = [(a["text"], b["text"]) for a, b in combinations(map(inked, words), 2) if meet(a, b)]
        assert covered == [], one.now
        assert any(word["size"] >= 48 for word in words), f"{one.now} has no title that can be read from the back row"
        seen.append(one.now)
        one.press("PageDown")
    assert one.errors == []
    return seen


@pytest.mark.parametrize("changed", SCENARIOS.values(), ids=SCENARIOS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_every_slide_words_are_large_inside_and_cover_no_others(show, file, lang, changed):
    seen = looked_through(show(file(lang, changed)))
    assert len(set(seen)) == len(seen) == 12


LONG_TITLE = "Hvor langt har IPS kommet, hvor finnes det og hvor mangler det, og hva skal til for at alle med alvorlige psykiske lidelser skal få tilbud? " * 2
PLACES = ("Kárášjohka – Karasjok", "Guovdageaidnu – Kautokeino", "Unjárga – Nesseby", "Sør-Varanger", "Gáivuotna – Kåfjord – Kaivuono", "Ŧŋčđšž")


@pytest.mark.parametrize(("sites", "date"), [(60, APRIL), (1, APRIL), (14, "2017-04")])
def test_awkward_content_can_be_read_too(show, tmp_path, lines, sites, date):
    words = Words("nb")
    slides = told(load(PUBLIC).tables, lines, date)
    names = tuple(PLACES[place % len(PLACES)] for place in range(sites))
    slides = [replace(slide, points=names) if slide.name == "sites" else slide for slide in slides]
    titles = {slide.name: LONG_TITLE[:200] for slide in slides if slide.name != "title"}
    path = tmp_path / "awkward.html"
    path.write_text(html(arranged(words, slides, [slide.name for slide in slides], titles, {}), words, STYLES["projector"]), "utf-8")
    one = show(path)
    looked_through(one)
    assert LONG_TITLE[:200] in one.page.locator("#need .notes").text_content()


def test_the_typeface_comes_with_the_file(show, file):
    one = show(file())
    assert 2 == one.page.evaluate("() => document.fonts.load('600 48px Inter', 'æøåáčđŋšŧž').then((found) => found.length)")
    assert one.asked == [one.page.url.partition("#")[0]]


def test_keys_of_a_clicker_and_a_keyboard_drive_the_slides(show, file):
    one = show(file())
    order = [section.get_attribute("id") for section in one.page.locator("main > section").all()]
    walk = [("PageDown", 1), ("ArrowRight", 2), (" ", 3), ("ArrowLeft", 2), ("PageUp", 1), ("End", len(order) - 1), ("ArrowRight", len(order) - 1), ("Home", 0), ("ArrowLeft", 0)]
    for key, place in walk:
        one.press(key)
        assert one.now == order[place], key
    assert one.page.locator(".place").text_content() == f"1 / {len(order)}"


def test_b_makes_the_screen_black_and_brings_it_back(show, file):
    one = show(file())
    one.press("ArrowRight", "b")
    assert one.page.locator(".black").is_visible()
    one.press("b")
    assert not one.page.locator(".black").is_visible() and one.now == "growth"


def test_letters_that_streamlit_takes_do_nothing(show, file):
    one = show(file())
    one.press("r", "c")
    assert one.now == "title" and one.errors == []


def test_notes_and_numbers_lie_over_the_slide_and_go_with_it(show, file):
    one = show(file(notes={"growth": "Husk kaffen"}))
    one.press("ArrowRight", "n")
    assert "Husk kaffen" in one.page.locator(".panel").text_content()
    one.press("n", "t")
    assert one.page.locator(".panel td", has_text="45").first.is_visible()
    one.press("Escape")
    assert not one.page.locator(".panel").is_visible()


def test_escape_leads_to_all_slides_on_one_page_and_f_back(show, file):
    one = show(file())
    one.press("Escape")
    assert one.page.locator("section").nth(5).is_visible() and one.page.locator("h1").is_visible()
    one.page.get_by_role("button", name="Vis på hele skjermen").click()
    assert one.now == "title" and not one.page.locator("h1").is_visible()


def test_a_place_on_the_map_says_its_fact_under_the_pointer(show, file):
    one = show(file())
    one.press("ArrowRight", "ArrowRight", "ArrowRight")
    name = one.page.locator("section.now text", has_text="Tromsø").first.bounding_box()
    one.page.mouse.move(name["x"] - 20, name["y"] + name["height"] / 2)
    assert "Tromsø" in one.page.locator(".tip").text_content() and one.page.locator(".tip").is_visible()


def test_the_map_stands_still_while_it_steps_through_time(show, file):
    one = show(file())
    place = "() => { const box = document.querySelector('section.now svg use')?.getBoundingClientRect(); return [box.x, box.y, box.width] }"
    one.press("ArrowRight", "ArrowRight")
    before = one.page.evaluate(place)
    one.press("ArrowRight")
    assert one.now == "map-2019-04-12" and one.page.evaluate(place) == before


def test_without_a_program_the_slides_follow_each_other_with_tables_and_notes(show, file):
    one = show(file(), java_script_enabled=False)
    assert one.page.locator("section .stage > svg").count() == one.page.locator("section").count() == 12
    assert one.page.locator("section .stage > svg").last.is_visible()
    one.page.locator("#need summary").click()
    assert one.page.locator("#need td", has_text="74").first.is_visible()
    assert one.page.locator("#need .notes p").first.is_visible()


def test_on_paper_every_slide_has_a_page(show, file, tmp_path):
    from pypdf import PdfReader

    one = show(file())
    one.page.pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True, print_background=True)
    pages = PdfReader(tmp_path / "paper.pdf").pages
    assert len(pages) == 12
    assert "74" in pages[7].extract_text()


def test_what_a_presenter_writes_is_text_and_nothing_else(show, file):
    one = show(file(titles={"growth": "<b>45</b> & <script>alert(1)</script>"}, notes={"growth": "</p><img src=x onerror=alert(1)>"}))
    one.press("ArrowRight", "n")
    assert one.page.locator("section.now img, .panel img, section.now b").count() == 0
    assert "<img src=x" in one.page.locator(".panel").text_content()
    assert one.errors == []


def test_axe_finds_nothing_on_the_slides(show, file):
    from axe_playwright_python.sync_playwright import Axe

    one = show(file("en"), bypass_csp=True)
    for press in ([], ["ArrowRight", "t"], ["Escape", "Escape"]):
        one.press(*press)
        found = Axe().run(one.page).response["violations"]
        assert [f"{rule['id']}: {node['html'][:150]}" for rule in found for node in rule["nodes"]] == []


@pytest.fixture
def firefox(tmp_path):
    if not installed():
        pytest.skip("no Firefox on the path")
    started = Firefox(tmp_path / "profile")
    yield started
    started.close()


def test_firefox_shows_the_slides_and_is_driven_by_keys(firefox, file):
    firefox.open(file().as_uri())
    now = "document.querySelector('section.now').id"
    assert firefox.value(now) == "title"
    for key, name in (("PageDown", "growth"), ("ArrowRight", "map-2017-04"), ("End", "sources"), ("Home", "title")):
        firefox.press(key)
        assert firefox.value(now) == name
    firefox.press("ArrowRight")
    firefox.press("t")
    assert "45" in firefox.value("document.querySelector('.panel').textContent")
    assert firefox.value("document.fonts.load('600 48px Inter', 'æáč').then((found) => found.length)") == 2


def test_firefox_draws_the_outlines_that_stand_once_in_every_map(firefox, file):
    firefox.open(file().as_uri() + "#map-2019-04-12")
    assert firefox.value("document.querySelectorAll('section.now svg use').length") >= 80
    assert firefox.value("Math.max(...[...document.querySelectorAll('section.now svg use')].map((one) => one.getBoundingClientRect().width))") > 200


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_live_slides_are_those_of_the_link_and_stay_when_the_server_goes_away(server_with, newcomer, lang):
    started = server_with()
    page = newcomer(viewport={"width": 1920, "height": 1080}).new_page()
    page.goto(f"{started.url}/slides?lang={lang}&set=Ours~target_group%3Dbroad&slides=need,title&told=%7B%22title%22:%5B%22Tromsø%202019%22,%22%22%5D%7D")
    assert page.locator("section").count() == 2 and "164" in page.locator("#need h2").text_content()
    started.stop()
    page.keyboard.press("PageDown")
    assert page.locator("section.now").get_attribute("aria-label") == "Tromsø 2019"
    page.keyboard.press("n")
    assert page.locator(".panel").is_visible()
