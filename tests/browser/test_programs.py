"""Streamlit's programs out of one file: what goes over the line, and that the page comes where that cannot be, or not any more."""

import pytest
from conftest import Sheet

from benchmarks.line import Line
from ipsdash.ui import programs

CONTROLLED = "navigator.serviceWorker.controller?.scriptURL ?? ''"
WITHOUT = "Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined })"
REFUSES = "ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error('no'))"
SILENT = "ServiceWorkerContainer.prototype.register = () => new Promise(() => {})"

# It does not wait for a worker that does not come.
IMPATIENT = "{ const plain = setTimeout; window.anew = 1; window.setTimeout = (...given) => given[1] === 3000 ? 0 : plain(...given) }"


@pytest.fixture
def visitor(newcomer, server):
    """The page of one who was never here, and its line to the server."""
    line = Line(server.port)
    yield newcomer().new_page(), line
    line.close()


def read(page, line: Line, path: str = "/") -> None:
    page.goto(line.url + path)
    page.locator(".ips-footer").first.wait_for()


def test_the_overview_comes_in_few_requests_and_other_pages_need_few_more(visitor):
    page, line = visitor
    asked = []
    page.on("response", lambda answer: asked.append(answer) if "/static/js/" in answer.url else None)
    read(page, line)
    assert 5 < line.requests <= 25 and line.received < 850_000
    assert len(asked) >= 80 and {answer.from_service_worker for answer in asked} == {True}
    assert page.evaluate(CONTROLLED).endswith("/worker.js")


def test_who_comes_again_has_them(visitor):
    page, line = visitor
    read(page, line)
    # Its last parts come after what is read.
    page.wait_for_load_state("networkidle")
    before = line.requests
    read(page, line, "/method")
    assert line.requests - before <= 8 and page.evaluate(CONTROLLED)


@pytest.mark.parametrize("without", [WITHOUT, REFUSES, SILENT])
def test_where_there_can_be_no_worker_each_comes_by_itself(visitor, without):
    page, line = visitor
    page.add_init_script(without)
    read(page, line)
    assert line.requests > 80


def test_where_the_one_file_does_not_come_each_comes_by_itself(newcomer, server):
    sheet, came = Sheet(newcomer(), server.url), []
    sheet.context.route(f"**/{programs.together()}", lambda route: route.abort())
    sheet.context.on("response", lambda answer: came.append(answer.url) if answer.ok else None)
    sheet.open("/")
    assert sheet.page.evaluate(CONTROLLED) and not [one for one in came if programs.together() in one]
    assert {*programs.from_the_start()} <= {one.removeprefix(f"{server.url}/") for one in came}


def test_a_worker_of_another_edition_makes_way(visitor):
    page, line = visitor
    page.goto(f"{line.url}/assets/server")
    page.evaluate("""async (name) => {
      await navigator.serviceWorker.register(`${name}?before`, { scope: '/' })
      await navigator.serviceWorker.ready
    }""", _worker(page, line))  # fmt: skip
    read(page, line)
    assert page.evaluate(CONTROLLED).endswith("/worker.js")


def test_who_reloads_past_the_worker_has_the_page_at_once(visitor):
    page, line = visitor
    read(page, line)
    page.add_init_script(IMPATIENT)
    page.context.new_cdp_session(page).send("Page.reload", {"ignoreCache": True})
    page.wait_for_function("() => window.anew && document.querySelector('.ips-footer')")
    assert page.evaluate("navigator.serviceWorker.controller") is None


def _worker(page, line: Line) -> str:
    text = page.request.get(f"{line.url}/").text()
    return text.split('data-worker=".')[1].split('"')[0]
