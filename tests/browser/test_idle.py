"""What the page's own small program does beside Streamlit's: it fetches the chart library in time, and says Streamlit's words in Norwegian."""

import time

import pytest
from conftest import Sheet
from walking import go_to

CHARTS = "PlotlyChart"
READABLE = """
new MutationObserver((_, seen) => {
  if (!document.querySelector('.ips-footer')) return
  self.readable = performance.now()
  seen.disconnect()
}).observe(document, { childList: true, subtree: true })
"""
IDLE_MS = 15_000


@pytest.fixture
def visitor(newcomer):
    """The page of one who was never here."""
    page = newcomer().new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    return page


def is_asked(request) -> bool:
    return CHARTS in request.url


def test_the_chart_library_comes_when_the_overview_can_be_read_and_is_not_fetched_again(visitor, server):
    sent = []
    visitor.add_init_script(READABLE)
    network = visitor.context.new_cdp_session(visitor)
    network.send("Network.enable")
    network.on("Network.responseReceived", lambda event: sent.append(event["response"]) if CHARTS in event["response"]["url"] else None)
    with visitor.expect_event("requestfinished", is_asked, timeout=IDLE_MS):
        visitor.goto(server.url)
    asked = visitor.evaluate("performance.getEntriesByType('resource').filter(({name}) => name.includes('PlotlyChart')).map(({startTime}) => startTime)")
    assert asked and min(asked) > visitor.evaluate("readable"), "it does not keep the reader waiting"
    go_to(visitor, "Vekst")
    visitor.locator(".js-plotly-plot .main-svg").first.wait_for()
    assert [one.get("fromDiskCache") or one.get("fromPrefetchCache") for one in sent[1:]] == [True] * (len(sent) - 1)
    assert sum(one["encodedDataLength"] > 10_000 for one in sent[1:]) == 0


def test_on_a_metered_line_the_chart_library_waits_until_it_is_needed(visitor, server):
    asked = []
    visitor.on("request", lambda request: asked.append(request.url) if is_asked(request) else None)
    visitor.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true, effectiveType: '4g' } })")
    visitor.goto(server.url)
    visitor.locator(".ips-footer").first.wait_for()
    visitor.wait_for_timeout(5000)
    assert asked == []


def test_streamlits_own_words_are_in_the_language_of_the_page_and_follow_it(sheet):
    page = sheet("/map").page
    assert page.get_by_text("Hopp til hovedinnholdet").count() == 1
    page.get_by_role("navigation", name="Sider").wait_for()
    place = page.get_by_role("combobox", name="Finn sted eller kommune")
    place.fill("xyzxyz")
    page.get_by_text("Ingen treff").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="English").click()
    page.get_by_role("navigation", name="App pages").wait_for()
    assert page.get_by_text("Skip to main content").count() == 1
    page.get_by_role("radio", name="Norsk").click()
    page.get_by_role("navigation", name="Sider").wait_for()


def test_a_bare_letter_does_nothing(visitor, server):
    sent = []
    visitor.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    visitor.goto(f"{server.url}/method")
    visitor.locator(".ips-footer").first.wait_for()
    visitor.wait_for_timeout(1000)
    before = len(sent)
    for key in ("r", "Tab", "Tab", "r", "c"):
        visitor.keyboard.press(key)
    visitor.wait_for_timeout(500)
    assert before > 0 and len(sent) == before


def test_a_lost_server_is_told_in_norwegian(sheet, server_with):
    server = server_with()
    # On localhost Streamlit speaks to whoever makes the page.
    server.url = f"http://127.0.0.1:{server.port}"
    page = sheet("/", on=server).page
    server.process.kill()
    page.get_by_role("dialog", name="Ingen forbindelse").wait_for()
    page.get_by_role("dialog").get_by_text("Serveren svarer ikke. Er du på nett?").wait_for()
    page.get_by_role("button", name="Lukk").click()
    page.get_by_role("dialog").wait_for(state="detached")


def test_streamlit_s_words_are_norwegian_even_where_they_came_before_the_program_that_says_so(newcomer, server):
    opened = Sheet(newcomer(), server.url)
    opened.context.route("**/assets/start.*/page.js", lambda route: (time.sleep(3), route.continue_()))
    opened.open("/growth")
    opened.page.get_by_text("Hopp til hovedinnholdet").first.wait_for(state="attached")


def test_a_page_asks_for_itself_at_a_server_that_was_started_anew(sheet, server_with):
    place = server_with()
    page = sheet("/method?lang=en&area=county%3Atroms", on=place).page
    asked = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: asked.append(frame)))
    place.process.kill()
    place.process.wait()
    page.locator("[data-testid='stApp']:not([data-test-connection-state='CONNECTED'])").wait_for(state="attached")
    place.start()
    with page.expect_event("websocket") as opened:
        pass
    if not asked:
        opened.value.wait_for_event("framesent")
    assert any(b"troms" in frame for frame in asked), "with the choices of its link"
