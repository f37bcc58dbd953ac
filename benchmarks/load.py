"""`make load`: many readers at once. A hundred open the dashboard within ten seconds; fifty act every two seconds while one hands in a
large workbook; with --minutes, for as long as wanted. Clients speak Streamlit's own protocol and take no browser's work from the machine.
"""

import argparse
import asyncio
import math
import statistics
import time
from dataclasses import dataclass, field

from playwright.async_api import async_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.large import content
from benchmarks.session import held
from benchmarks.visits import FLAGS, Server, browser_path

OPENING, WITHIN, FIRST_P95 = 100, 10.0, 2.0
ACTING, EVERY, ACTING_P95 = 50, 2.0, 0.4
# From one large workbook to the next, seconds.
HANDED_IN_EVERY = 30
# How long one who hands it in waits at most for each step.
PATIENCE_MS = 120_000
# Between two looks at the server's memory, seconds.
LOOK = 15
ROUTES = ("", "growth", "coverage", "map", "next", "scenarios", "method")
CONTROL = "Mitt område"


@dataclass
class Found:
    """What was seen. seconds: of each answer; errors: what went wrong; memory: megabytes at each look."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.seconds, n=20)[-1] if len(self.seconds) > 1 else max(self.seconds, default=math.nan)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds) if self.seconds else math.nan


class Client:
    """One reader."""

    def __init__(self, connection: ClientConnection, page: str):
        self.connection, self.page = connection, page
        self.control, self.options, self.held = "", [], []

    async def asked(self, chosen: str | None = None) -> float:
        """Seconds until a run of the page has ended. chosen: another option of the control. Raises ValueError for an error on the page."""
        ask = BackMsg()
        ask.rerun_script.page_name = self.page
        ask.rerun_script.cached_message_hashes.extend(self.held)
        if chosen:
            ask.rerun_script.widget_states.widgets.add(id=self.control, string_value=chosen)
        began, came = time.perf_counter(), []
        await self.connection.send(ask.SerializeToString())
        while True:
            message = ForwardMsg.FromString(await self.connection.recv())
            came.append(message)
            element = message.delta.new_element
            if element.HasField("selectbox") and element.selectbox.label == CONTROL:
                self.control, self.options = element.selectbox.id, list(element.selectbox.options)
            if element.HasField("exception") or (element.HasField("alert") and element.alert.format == element.alert.ERROR):
                raise ValueError(f"an error on {self.page or 'overview'}")
            if message.WhichOneof("type") == "script_finished":
                self.held = held(came)
                return time.perf_counter() - began


async def opened(server: Server, page: str) -> Client:
    return Client(await connect(f"ws://127.0.0.1:{server.port}/_stcore/stream", max_size=None, open_timeout=30), page)


async def opening(server: Server) -> Found:
    """A hundred readers who come within ten seconds: seconds until each has its first page, the connection with it."""
    found = Found()

    async def comes(number: int) -> None:
        await asyncio.sleep(number * WITHIN / OPENING)
        began = time.perf_counter()
        try:
            client = await opened(server, ROUTES[number % len(ROUTES)])
            await client.asked()
            found.seconds.append(time.perf_counter() - began)
            await client.connection.close()
        except Exception as error:  # whatever goes wrong is counted, and the others go on
            found.errors.append(repr(error))

    await asyncio.gather(*(comes(number) for number in range(OPENING)))
    return found


async def acting(server: Server, seconds: float, readers: int = ACTING, every: float = EVERY) -> Found:
    """Readers who change their area over and over. every: seconds from one change to the next."""
    found, until = Found(), time.perf_counter() + seconds

    async def acts(number: int) -> None:
        await asyncio.sleep(every * number / readers)
        try:
            client = await opened(server, ROUTES[number % len(ROUTES)])
            await client.asked()
            turn = 0
            while time.perf_counter() < until:
                turn += 1
                took = await client.asked(client.options[turn % 6])
                found.seconds.append(took)
                await asyncio.sleep(max(0.0, every - took))
            await client.connection.close()
        except Exception as error:  # as above
            found.errors.append(repr(error))

    async def looks() -> None:
        while time.perf_counter() < until:
            found.memory.append(server.memory_mb)
            await asyncio.sleep(LOOK)

    await asyncio.gather(looks(), *(acts(number) for number in range(readers)))
    return found


async def hands_in(server: Server, seconds: float) -> Found:
    """One who hands in a large workbook in a browser every HANDED_IN_EVERY seconds; seconds until each is checked and shown."""
    found, until, workbook = Found(), time.perf_counter() + seconds, await asyncio.to_thread(content)
    file = {"name": "large.xlsx", "mimeType": "application/octet-stream", "buffer": workbook}
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        while (began := time.perf_counter()) < until:
            page = await browser.new_page()
            page.set_default_timeout(PATIENCE_MS)
            try:
                await page.goto(f"{server.url}/data?lang=en")
                await page.locator("input[type=file]").set_input_files(file)
                await page.get_by_text("Checked: large.xlsx").wait_for()
                found.seconds.append(time.perf_counter() - began)
            except Exception as error:  # as above
                found.errors.append(repr(error))
            await page.close()
            await asyncio.sleep(max(0.0, min(until, began + HANDED_IN_EVERY) - time.perf_counter()))
        await browser.close()
    return found


def written(name: str, found: Found, most: float) -> str:
    over = "" if found.p95 <= most and not found.errors else " (over)"
    memory = f", memory {found.memory[0]:.0f} to {found.memory[-1]:.0f} MB (most {max(found.memory):.0f})" if found.memory else ""
    errors = f"; {len(found.errors)} errors, the first: {found.errors[0]}" if found.errors else ", no error"
    return f"{name}: {len(found.seconds)} answers, median {found.median:.2f} s, p95 {found.p95:.2f} s{over}{memory}{errors}"


async def run(minutes: float, workbook: bool) -> None:
    server = Server("dashboard.py")
    try:
        # All pages once: the first reader of a page waits for what all others share.
        for page in ROUTES:
            await (await opened(server, page)).asked()
        print(written(f"{OPENING} come within {WITHIN:.0f} s", await opening(server), FIRST_P95), flush=True)
        seconds = 60 * minutes
        beside = [hands_in(server, seconds)] if workbook else []
        found, *handed = await asyncio.gather(acting(server, seconds), *beside)
        print(written(f"{ACTING} act every {EVERY:.0f} s for {minutes:g} min", found, ACTING_P95), flush=True)
        for one in handed:
            print(written(f"Large workbooks beside them, one in {HANDED_IN_EVERY} s", one, math.inf), flush=True)
        if found.memory:
            print("Memory, MB: " + " ".join(f"{one:.0f}" for one in found.memory[:: max(1, len(found.memory) // 20)]))
    finally:
        server.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--no-workbook", action="store_true", help="readers only")
    asked = parser.parse_args()
    asyncio.run(run(asked.minutes, not asked.no_workbook))


if __name__ == "__main__":
    main()
