"""Every page in a real browser: its charts are there, nothing is asked for outside, nothing fails, axe finds nothing of ours."""

import pytest
from known import ours
from playwright.sync_api import expect

CHARTS = {
    "/": ".ips-picture svg", "/growth": ".js-plotly-plot .main-svg", "/map": ".ips-map svg", "/coverage": ".js-plotly-plot .main-svg", "/next": ".names text",
    "/scenarios": ".js-plotly-plot .main-svg", "/presentation": ".ips-preview", "/data": "", "/method": "",
}  # fmt: skip
# Pages of which the public knows little: as a programme sees them, and as they are while nothing is supplied.
EXAMPLE = {
    f"/{page}?dataset=example&place=eksempel-a": ".ips-picture svg" if page == "site" else ".js-plotly-plot .main-svg"
    for page in ("rollout", "people", "quality", "outcomes", "funding", "site")
}  # fmt: skip
EVERY = CHARTS | EXAMPLE
PUBLIC = [path.partition("?")[0] for path in EXAMPLE]
LANGUAGES = ("nb", "en")


# Each language once and each theme once: they do not meet in what axe looks at.
COMBINED = [(path, lang, theme) for path in EVERY for lang, theme in zip(LANGUAGES, ("light", "dark"))]


@pytest.mark.parametrize(("path", "lang", "theme"), COMBINED)
def test_a_page_shows_its_charts_asks_nothing_outside_fails_nowhere_and_axe_finds_nothing_that_is_ours(sheet, path, lang, theme):
    opened = shown(sheet, path, lang, theme)
    opened.page.wait_for_timeout(500)
    assert opened.outside == []
    assert opened.errors == []
    assert ours(opened) == []


@pytest.mark.parametrize("path", PUBLIC)
def test_axe_finds_nothing_on_a_page_that_says_what_is_missing(sheet, path):
    assert ours(shown(sheet, path, "nb")) == []


def test_what_is_asked_for_elsewhere_does_not_get_there_and_is_known(sheet):
    opened = sheet("/method")
    elsewhere = ["https://fonts.example/a.png", "http://203.0.113.1/b.png"]
    opened.page.goto("about:blank")
    loaded = opened.page.evaluate("""async (pictures) => Promise.all(pictures.map((address) => new Promise((done) => {
      const one = new Image()
      one.onload = () => done('came')
      one.onerror = () => done('refused')
      one.src = address
    })))""", elsewhere)  # fmt: skip
    assert (loaded, opened.outside) == (["refused", "refused"], elsewhere)


def shown(sheet, path, lang, theme="light"):
    """A page with its chart drawn."""
    opened = sheet(f"{path}{'&' if '?' in path else '?'}lang={lang}", theme=theme)
    if EVERY.get(path):
        opened.page.locator(EVERY[path]).first.wait_for()
    return opened


@pytest.mark.parametrize("link", ["?lang=nb", "?lang=en", "?lang=nb&dataset=example", "?lang=en&dataset=example"])
def test_no_choice_is_cut_on_a_phone(sheet, link):
    page = sheet(f"/method{link}", "phone").page
    cut = "[...document.querySelectorAll('.st-key-shared input[role=combobox]')].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.value)"
    expect(page.locator(".st-key-shared input[role=combobox]")).to_have_count(3)
    assert page.evaluate(cut) == []


def test_a_field_for_a_file_is_not_there_before_its_words(sheet):
    field = sheet("/data?lang=nb").page.locator(".ips-file").first
    expect(field).to_be_visible()
    field.locator("span").evaluate("one => { one.textContent = '' }")
    expect(field).to_be_hidden()
