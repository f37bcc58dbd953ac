"""What a page may load and run, held by the browser itself: every page, and what readers do on it, without one violation."""

import re
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect
from test_pages import CHARTS
from walking import settled

# Streamlit's protocol tries WebAssembly for long integers and does without; nothing else may be missed.
DONE_WITHOUT = "script-src wasm-eval"
HEARD = """addEventListener('securitypolicyviolation', (event) => {
  (window.missed ??= []).push(`${event.effectiveDirective} ${event.blockedURI}`)
})"""
WIDE_ICONS = """() => [...document.querySelectorAll('*')].filter((one) => getComputedStyle(one).fontFamily.includes('Material Symbols')
  && one.childElementCount === 0 && one.textContent && one.scrollWidth > 1.6 * parseFloat(getComputedStyle(one).fontSize)).map((one) => one.textContent)"""


@pytest.fixture(scope="module")
def reading(browser):
    context = browser.new_context()
    context.add_init_script(HEARD)
    yield context.new_page()
    context.close()


def opened(page, server, path):
    page.goto(f"{server.url}{path}")
    page.locator(".ips-footer, .ips-table").first.wait_for(timeout=30_000)
    settled(page)
    if CHARTS.get(path):
        page.locator(CHARTS[path]).first.wait_for()
    return page


def missed(page):
    return [one for one in page.evaluate("window.missed ?? []") if one != DONE_WITHOUT]


# The other pages have the same parts; what the policy holds back on them is an error in tests/browser/test_pages.py.
@pytest.mark.parametrize("path", ["/map", "/coverage", "/data", "/site"])
def test_every_kind_of_page_has_all_it_needs(reading, server, path):
    page = opened(reading, server, path)
    for toggle in page.locator("summary, [data-testid='stSelectbox'] input").all()[:3]:
        toggle.click()
        page.keyboard.press("Escape")
    assert missed(page) == []
    assert page.evaluate(WIDE_ICONS) == [], "an icon is shown as its name: make the font anew (tests/ui/make_icons.py)"


def test_the_slides_run_and_a_strange_program_does_not(reading, server):
    reading.goto(f"{server.url}/slides?lang=en")
    expect(reading.locator(".bar")).to_be_visible()
    assert missed(reading) == []
    reading.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')")
    reading.wait_for_timeout(200)
    assert reading.evaluate("window.ran") is None and missed(reading) != []


def test_markup_that_came_in_would_not_run_nor_reach_another_address(reading, server):
    page = opened(reading, server, "/")
    page.evaluate("""() => {
      document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran = 1"><iframe srcdoc="<script>parent.ran = 1</script>"></iframe>')
      const script = document.createElement('script'); script.textContent = 'window.ran = 1'; document.body.append(script)
      fetch('https://evil.example/').catch(() => null)
      // Not here: what a test says is let by.
      setTimeout(() => { try { (0, eval)('window.ran = 1') } catch {} })
    }""")
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert {one.split(" ")[0] for one in missed(page)} >= {"script-src-attr", "script-src-elem", "connect-src", "script-src"}


def test_what_is_taken_along_comes_down(reading, server, tmp_path):
    page = opened(reading, server, "/presentation?lang=en")
    with page.expect_download() as down:
        page.get_by_test_id("stDownloadButton").get_by_role("button").nth(1).click()
    down.value.save_as(tmp_path / "slides.html")
    assert missed(page) == []
    page.goto((tmp_path / "slides.html").as_uri())
    expect(page.locator(".bar")).to_be_visible()


def test_the_language_of_the_page_follows_what_is_read(reading, server):
    page = opened(reading, server, "/")
    assert page.evaluate("document.documentElement.lang") == "nb"
    page.get_by_text("English").click()
    page.locator("html[lang=en]").wait_for(state="attached")
    page.get_by_role("link", name=re.compile("large map")).click()
    page.wait_for_url("**/map?*lang=en*")
    page.wait_for_timeout(1500)
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_text("Norsk").click()
    page.locator("html[lang=nb]").wait_for(state="attached")


class Intranet(ThreadingHTTPServer):
    """A server of others, with one page that frames the dashboard."""

    framed = ""

    def finish_request(self, request, _):
        request.recv(65536)
        body = f'<!doctype html><iframe width=900 height=700 src="{self.framed}/?lang=en"></iframe>'
        request.sendall(f"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n{body}".encode())


def test_no_frame_shows_the_page_unless_it_is_meant_to(browser, server, server_with):
    intranet = Intranet(("127.0.0.1", 0), SimpleHTTPRequestHandler)
    Thread(target=intranet.serve_forever, daemon=True).start()
    outer = f"http://127.0.0.1:{intranet.server_address[1]}"
    for framed, shown in ((server, False), (server_with(IPSDASH_FRAME_ANCESTORS=outer), True)):
        page = browser.new_page()
        intranet.framed = framed.url
        page.goto(f"{outer}/")
        found = page.frame_locator("iframe").locator(".ips-footer")
        if shown:
            found.wait_for(timeout=20_000)
        else:
            page.wait_for_timeout(1500)
            assert found.count() == 0
        page.close()
    intranet.shutdown()
