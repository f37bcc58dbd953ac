"""The page of one site in a real browser: reached from the map, printed on one sheet; without faults for axe."""

import io

import pytest
from known import ours
from pypdf import PdfReader

# What tests/browser/test_pages.py does not open: a site with one specialist, and one of the public facts.
PATHS = ("/site?dataset=example&place=eksempel-j&lang=en", "/site?place=alta")


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_that_is_ours(sheet, path):
    opened = sheet(path)
    opened.page.wait_for_timeout(1500)
    assert ours(opened) == [] and opened.errors == [] and opened.outside == []


PRINTED = {
    "nb": ("Kilde: Eksempeldata", "EKSEMPELDATA", {"Last ned", "Mitt område", "Ctrl+P"}),
    "en": ("Source: Example data", "EXAMPLE DATA", {"Download", "My area", "Ctrl+P"}),
}


# The longest sheets are those of f and h.
@pytest.mark.parametrize(("letter", "lang", "theme"), [
    ("b", "nb", "light"), ("f", "nb", "light"), ("f", "nb", "dark"), ("f", "en", "light"), ("h", "nb", "light"), ("h", "en", "light"), ("n", "nb", "light"),
])  # fmt: skip
def test_a_site_prints_on_one_sheet(sheet, letter, lang, theme):
    opened = sheet(f"/site?dataset=example&place=eksempel-{letter}&lang={lang}", theme=theme)
    opened.page.locator(".ips-picture svg").nth(1).wait_for()
    printed = PdfReader(io.BytesIO(opened.page.pdf(format="A4", print_background=True)))
    assert len(printed.pages) == 1
    said = printed.pages[0].extract_text()
    # Nothing is cut: the first and the last words are there; what only a screen needs is not.
    source, invented, for_screens = PRINTED[lang]
    assert f"Eksempelsted {letter.upper()}" in said and source in said and invented in said
    assert {words for words in for_screens if words in said} == set()


def test_a_site_is_reached_from_the_facts_and_the_list_beside_the_map(sheet):
    page = sheet("/map?place=alta&lang=en&area=county:finnmark").page
    page.get_by_role("link", name="All about Alta").click()
    page.get_by_role("heading", level=1, name="Alta is in operation").wait_for()
    assert "place=alta" in page.url and "lang=en" in page.url and "area=county" in page.url
    page.go_back()
    page.get_by_role("link", name="9. Bodø").click()
    page.get_by_role("heading", level=1, name="Bodø is in operation").wait_for()
    assert "place=bodo" in page.url


def test_a_site_chosen_on_its_page_is_in_the_link(sheet):
    page = sheet("/site?place=alta").page
    page.get_by_role("combobox", name="IPS-sted").click()
    page.get_by_role("option", name="Tromsø – Romsa").click()
    page.get_by_role("heading", level=1, name="Tromsø er i drift").wait_for()
    page.wait_for_url("**place=tromso**")
