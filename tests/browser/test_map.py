"""The map in a real browser: names, keys, pressing, time, full screen."""

from itertools import combinations

import pytest

NAMES = (
    "Kirkenes", "Alta", "Tromsø", "Finnsnes", "Harstad", "Narvik", "Sortland", "Leknes", "Bodø", "Fauske", "Mo i Rana",
    "Sandnessjøen", "Mosjøen", "Brønnøysund",
)  # fmt: skip
BOXES = "all => all.map(one => { const b = one.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom] })"
# Lines of text have air above and below the letters, px: boxes may share that much.
AIR = 3


def opened_map(sheet, path: str = "/map", size: str = "laptop"):
    page = sheet(path, size).page
    page.locator(".ips-map .names text").first.wait_for()
    return page


def names(page) -> list[str]:
    return page.locator(".ips-map .names text").all_text_contents()


def overlapping(page) -> list[tuple[str, str]]:
    texts = page.locator(".ips-map :is(.names, .texts) text")
    boxes = dict(zip(texts.all_text_contents(), texts.evaluate_all(BOXES)))
    return [
        (one, other) for one, other in combinations(boxes, 2)
        if min(boxes[one][2], boxes[other][2]) - max(boxes[one][0], boxes[other][0]) > 0
        and min(boxes[one][3], boxes[other][3]) - max(boxes[one][1], boxes[other][1]) > AIR
    ]  # fmt: skip


def sizes(page, selector: str) -> list[float]:
    return page.locator(selector).evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")


@pytest.mark.parametrize("size", ["laptop", "wall", "phone"])
@pytest.mark.parametrize("link", ["", "?date=2017-04", "?layer=catchments", "?layer=specialists"])
def test_all_14_names_are_there_and_none_covers_another(sheet, size, link):
    page = opened_map(sheet, f"/map{link}", size)
    assert len(names(page)) == len(NAMES)
    assert all(name.startswith(known) for name, known in zip(names(page), NAMES))
    assert overlapping(page) == []


@pytest.mark.parametrize("county", ["county:nordland", "county:troms", "county:finnmark"])
def test_no_name_covers_another_when_a_county_fills_the_map(sheet, county):
    page = opened_map(sheet, f"/map?zoom={county}")
    assert names(page)
    assert overlapping(page) == []


def test_full_screen_has_names_that_can_be_read_from_the_back_row(sheet):
    page = opened_map(sheet, "/map", "wall")
    page.get_by_role("button", name="Full skjerm").click()
    page.locator(".ips-map.wall").wait_for()
    page.wait_for_timeout(500)
    assert names(page) == list(NAMES)
    assert min(sizes(page, ".ips-map .names text")) >= 24
    assert min(sizes(page, ".ips-map .wall-title")) >= 48
    assert min(sizes(page, ".ips-map .legend li")) >= 24
    assert overlapping(page) == []
    page.keyboard.press("Escape")
    page.locator(".ips-map.wall").wait_for(state="detached")


def test_the_keyboard_walks_the_sites_in_geographic_order_and_leaves(sheet):
    page = opened_map(sheet)
    keys = page.locator(".ips-map .keys")
    keys.focus()
    said = []
    for key in ("Home", "ArrowDown", "ArrowRight", "End", "ArrowUp"):
        page.keyboard.press(key)
        option = keys.get_attribute("aria-activedescendant")
        said.append(page.locator(f".ips-map #{option}").text_content().split(" (")[0].split(".")[0])
    assert said == ["Kirkenes", "Alta", "Tromsø", "Brønnøysund", "Mosjøen"]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('.ips-map')") is None
    assert keys.get_attribute("aria-activedescendant") is None


def test_tab_alone_comes_to_the_first_site_and_escape_lets_it_go_on(sheet):
    page = opened_map(sheet)
    keys = page.locator(".ips-map .keys")
    for _ in range(30):
        page.keyboard.press("Tab")
        if keys.evaluate("one => one.getRootNode().activeElement === one"):
            break
    assert page.locator(f".ips-map #{keys.get_attribute('aria-activedescendant')}").text_content().startswith("Kirkenes")
    assert page.locator(".ips-map .card").text_content().startswith("Kirkenes")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.locator(".ips-map .play").evaluate("one => one.getRootNode().activeElement === one")


def test_a_name_that_is_nowhere_is_said(sheet):
    page = opened_map(sheet)
    page.locator(".ips-map .keys").focus()
    page.keyboard.type("xyz")
    live = page.locator(".ips-map .live")
    assert live.text_content() == "Ingen sted eller kommune begynner slik."
    assert live.get_attribute("aria-live") == "polite"


def test_typing_a_name_finds_a_municipality_and_enter_chooses_it(sheet):
    page = opened_map(sheet)
    page.locator(".ips-map .keys").focus()
    page.keyboard.type("kautok")
    assert page.locator(".ips-map .live").text_content() == "Guovdageaidnu – Kautokeino: uten kjent IPS-sted"
    page.keyboard.press("Enter")
    page.wait_for_url("**/map?place=municipality%3A5612")
    page.locator(".ips-facts").get_by_text("Guovdageaidnu – Kautokeino").wait_for()


def test_letters_that_streamlit_takes_are_the_maps_own_while_it_has_the_keyboard(sheet):
    page = opened_map(sheet)
    page.locator(".ips-map .keys").focus()
    page.keyboard.type("r")
    assert page.locator(".ips-map .live").text_content().startswith("Rana")
    assert page.get_by_role("dialog").count() == 0


def test_pressing_a_site_shows_its_facts_and_pressing_again_takes_them_away(sheet):
    page = opened_map(sheet)
    page.locator(".ips-map .dots [data-key='bodo']").click()
    page.wait_for_url("**/map?place=bodo")
    facts = page.locator(".ips-facts")
    facts.get_by_text("Bodø – Bådåddjo").wait_for()
    assert "minst 3 (januar 2019)" in facts.text_content()
    page.locator(".ips-map .dots [data-key='bodo']").click()
    facts.wait_for(state="detached")
    assert "place" not in page.url


def test_playing_goes_through_the_dates_and_the_page_follows(sheet):
    page = opened_map(sheet, "/map?date=2017-04")
    caption = page.locator(".ips-map .caption")
    assert caption.text_content() == "april 2017"
    page.get_by_role("button", name="Spill av").click()
    page.get_by_role("heading", name="14 IPS-steder fra Kirkenes til Brønnøysund").first.wait_for()
    assert caption.text_content() == "12.\u00a0april 2019"


def test_2017_shows_two_known_sites_and_the_rest_as_unknown(sheet):
    page = opened_map(sheet, "/map?date=2017-04")
    notes = page.locator(".ips-map .keys [role=option]").all_text_contents()
    known = [note.split(" (")[0] for note in notes if "Ikke kjent om stedet var i drift" not in note]
    assert known == ["Sortland", "Bodø"]
