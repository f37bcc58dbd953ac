"""The dashboard in a real browser, with every address but this machine blocked."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from known import ERRORS_FROM_STREAMLIT
from playwright.sync_api import Error, sync_playwright
from walking import settled

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable", "msedge", "chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
    # Whatever is asked for elsewhere, by a name or a number, does not get there.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)  # fmt: skip
SIZES = {"laptop": (1440, 900), "wall": (1920, 1080), "phone": (390, 844)}
PATIENCE_MS = 30_000
# Playwright's name for: what a service worker asks for is looked at like what a page asks for.
WORKERS_TOO = "PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    """An installed Chromium, Chrome or Edge, else Playwright's own; without any, the tests are skipped with the reason."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    os.environ[WORKERS_TOO] = "1"
    with sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch(executable_path=path, args=FLAGS)
        except Error as error:
            pytest.skip(f"no Chromium, Chrome or Edge that starts: {str(error).splitlines()[0]}")
        yield found
        found.close()


class Server:
    """The dashboard on a port of its own, started as a user starts it."""

    def __init__(self, script: str = "dashboard.py", **environment: str):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(self.port)]
        self.environment = environment
        self.start()

    def start(self) -> None:
        """Starts it, also again on the same port."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT}
        self.process = subprocess.Popen(self.command, cwd=ROOT, env={**os.environ, **self.environment}, **quiet)
        self._wait()

    def _wait(self) -> None:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2)
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.stop()
        raise RuntimeError("the dashboard did not start within 30 seconds")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture(scope="session")
def server():
    started = Server()
    yield started
    started.stop()


@pytest.fixture
def server_with():
    """Starts a dashboard with other settings of its environment; it is stopped after the test."""
    started = []

    def start(*script: str, **environment: str) -> Server:
        started.append(Server(*script, **environment))
        return started[-1]

    yield start
    for one in started:
        one.stop()


class Sheet:
    """An open page with what went wrong on it: requests that left this machine, and errors in the console."""

    def __init__(self, context, url: str, size: str = "laptop", theme: str = "light", motion: str = "no-preference"):
        width, height = SIZES[size]
        self.url, self.outside, self.errors = url, [], []
        self.context = context
        self.page = context.new_page()
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=theme, reduced_motion=motion)
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        # The context, not the page: what a service worker asks for is among it.
        self.context.on("request", self._watch)

    def _hear(self, said) -> None:
        if said.type == "error" and not said.location["url"].endswith(ERRORS_FROM_STREAMLIT):
            self.errors.append(f"{said.text} {said.location['url']}")

    def _watch(self, request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.outside.append(request.url)

    def open(self, path: str) -> "Sheet":
        self.page.goto(self.url + path)
        self.page.locator(".ips-footer, .ips-table, [data-testid='stAlertContentError']").first.wait_for()
        settled(self.page)
        return self

    def close(self) -> None:
        self.context.remove_listener("request", self._watch)
        self.page.close()


@pytest.fixture(scope="session")
def reader(browser):
    """The browser of one who has been here before: what it fetched is kept from test to test."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def newcomer(browser):
    """Gives the browser of one who was never here, with these options of Playwright's; closed after the test."""
    contexts = []

    def come(**options):
        contexts.append(browser.new_context(**options))
        return contexts[-1]

    yield come
    for one in contexts:
        one.close()


@pytest.fixture
def sheet(reader, newcomer, server):
    """Opens a page: of the public edition as one reader who comes again and again, of another server as somebody new each time."""
    opened = []

    def open_sheet(path: str, size: str = "laptop", theme: str = "light", motion: str = "no-preference", on: Server = server) -> Sheet:
        opened.append(Sheet(reader if on is server else newcomer(), on.url, size, theme, motion))
        return opened[-1].open(path)

    yield open_sheet
    for one in opened:
        one.close()
