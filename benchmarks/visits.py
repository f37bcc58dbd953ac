"""Measured visits to a page in headless Chromium: time until visible, bytes and requests."""

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from benchmarks.line import Line, Speed

ROOT = Path(__file__).parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")
# Asked at every frame, also inside components: a question from outside comes up to half a second late.
WATCH = """
const found = (root) => {
  const one = root.querySelector(%s)
  if (one) return one.getClientRects().length > 0
  return [...root.querySelectorAll('*')].some((element) => element.shadowRoot && found(element.shadowRoot))
}
const ask = () => { if (found(document)) window.seenAt = performance.now(); else requestAnimationFrame(ask) }
requestAnimationFrame(ask)
"""
# What the browser fetches for the next page when it has nothing else to do is no part of this one.
SAVING = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"


@dataclass(frozen=True)
class Page:
    """A page to visit: its path, what must be visible, and the control to change (its label) with the option to choose."""

    name: str
    path: str
    visible: str
    control: str
    option: str


class Server:
    """A server on a port of its own. started: seconds from the command to the first healthy answer. plain: a script of Python's, told
    its port, that is no Streamlit page."""

    def __init__(self, script: str, plain: bool = False, **environment: str):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        began = time.perf_counter()
        command = [sys.executable, script, str(self.port)] if plain else [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(self.port)]
        self.health = "/" if plain else "/_stcore/health"
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **environment})
        while not self._healthy():
            time.sleep(0.02)
        self.started = time.perf_counter() - began

    def _healthy(self) -> bool:
        try:
            urllib.request.urlopen(f"http://localhost:{self.port}{self.health}", timeout=1)
        except (urllib.error.URLError, OSError):
            return False
        return True

    @property
    def memory_mb(self) -> float:
        """Resident memory in MB; not a number where the system does not tell."""
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            return float("nan")
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS")) / 1024

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


class Visitor:
    """A browser context with a line of its own to the server."""

    def __init__(self, browser, server: Server, speed: Speed = Speed()):
        self.line = Line(server.port, speed)
        self.context = browser.new_context(viewport={"width": 1440, "height": 900})

    def visit(self, page: Page) -> dict[str, float]:
        """Seconds until visible, requests, and bytes that came."""
        before = self.line.received, self.line.requests
        tab = self.context.new_page()
        tab.add_init_script(SAVING)
        tab.add_init_script(WATCH % json.dumps(page.visible))
        tab.goto(self.line.url + page.path)
        tab.wait_for_function("() => window.seenAt !== undefined", timeout=90_000)
        # Half a second without a request: who leaves before does not keep what was on its way.
        tab.wait_for_load_state("networkidle")
        seen = tab.evaluate("window.seenAt") / 1e3
        tab.close()
        return {"visible": seen, "bytes": self.line.received - before[0], "requests": self.line.requests - before[1]}

    def close(self) -> None:
        self.context.close()
        self.line.close()


def median(runs: list[dict[str, float]]) -> dict[str, float]:
    """The median of each measure over the runs."""
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def browser_path() -> str | None:
    """The installed browser, or None for Playwright's own."""
    return next(filter(None, map(shutil.which, NAMES)), None)
