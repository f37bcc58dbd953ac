"""Every page as it is read narrow, zoomed, spaced out, by keyboard, and without motion. Each page is opened once."""

import pytest
from reading import CUT, MOVING, SPACED, STEP, WIDE
from test_pages import EVERY
from walking import tab_to

# CSS pixels: the narrowest page, and a laptop's at 200 %.
NARROW, ZOOMED = 320, 720
MOST_STOPS = 150
# Streamlit's tables are drawn: the cell that has the keyboard is marked in the drawing.
DRAWN = "CANVAS"


@pytest.mark.parametrize("path", EVERY)
def test_a_page_is_read_narrow_zoomed_spaced_out_by_keyboard_and_without_motion(sheet, path):
    opened = sheet(path, motion="reduce")
    if EVERY[path]:
        opened.page.locator(EVERY[path]).first.wait_for()
    # Streamlit's own words are put into Norwegian when they have come.
    opened.page.get_by_text("Hopp til hovedinnholdet").first.wait_for(state="attached")
    assert [(rule, what) for rule, what in looked_through(opened.page) if what] == []


def looked_through(page):
    """Every rule with what breaks it on this page: nothing moves for those who asked for that, nothing scrolls sideways or is cut at 320 px,
    at 200 % and with spaced text, every stop of a walk with Tab can be seen, the first is the skip link, and they follow the order of reading.
    """
    yield "motion", page.evaluate(MOVING)
    yield from walked(page)
    for width in (ZOOMED, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(400)
        yield f"wide at {width}", page.evaluate(WIDE)
        yield f"cut at {width}", page.evaluate(CUT)
    page.add_style_tag(content=SPACED)
    page.wait_for_timeout(300)
    yield "wide spaced", page.evaluate(WIDE)
    yield "cut spaced", page.evaluate(CUT)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.wait_for_timeout(400)
    yield "cut spaced", page.evaluate(CUT)


def walked(page):
    """A walk through all stops with Tab: those that cannot be seen, and those out of the order of reading."""
    steps = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        steps.append(page.evaluate(STEP))
        if len(steps) > 1 and (not steps[-1]["name"] or steps[-1]["name"] == steps[0]["name"]):
            break
    yield "first", [] if steps[0]["name"] == "Hopp til hovedinnholdet" else [steps[0]["name"]]
    yield "unseen", [one["before"]["name"] for one in steps if one["before"] and one["before"]["unseen"] and one["before"]["name"] != DRAWN]
    yield "order", [one["name"] for one in steps[1:-1] if one["backwards"] or one["ordered"]]
    yield "endless", [steps[-1]["name"]] if len(steps) == MOST_STOPS else []


def test_the_skip_link_leads_past_the_navigation(sheet):
    page = sheet("/growth").page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('[data-testid=stMain]') !== null")
    tab_to(page, "Norsk")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('[data-testid=stTopNav]') === null")


def test_the_map_plays_in_steps_without_motion(sheet):
    opened = sheet("/map?date=2017-04", motion="reduce")
    opened.page.locator(".ips-map .names text").first.wait_for()
    opened.page.get_by_role("button", name="Spill av").click()
    opened.page.get_by_role("heading", name="14 IPS-steder fra Kirkenes til Brønnøysund").first.wait_for()
    assert opened.page.locator(".ips-map .areas path").first.evaluate("one => getComputedStyle(one).transitionDuration") == "0s"
