"""`make bench`: every page against an empty Streamlit page on the same machine in the same run, as a table of ratios; then a page of the
usual kind in Streamlit and in Dash, a slow line, a large programme, start-up and memory. What is over its budget is marked."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks import budgets
from benchmarks.budgets import told
from benchmarks.large import publish
from benchmarks.line import SLOW, Speed
from benchmarks.session import Session
from benchmarks.visits import FLAGS, Page, Server, Visitor, browser_path, median

RUNS, SLOW_RUNS, READERS = 5, 3, 20
CHART = ".js-plotly-plot .main-svg"
EMPTY = Page("empty", "/", "[data-testid='stSelectbox']", "One control", "b")
USUAL, USUAL_DASH = (Page(name, "/", CHART, "Year", "2019") for name in ("usual page, Streamlit", "usual page, Dash"))
AREA = ("Mitt område", "DPS-område: Lofoten")
OVERVIEW = Page("overview", "/", ".ips-picture svg", *AREA)
PAGES = (
    OVERVIEW,
    Page("growth", "/growth", CHART, *AREA),
    Page("map", "/map", ".names text", "Kartet viser", "Opptaksområder"),
    Page("coverage", "/coverage", CHART, *AREA),
    Page("next", "/next", ".names text", *AREA),
    Page("scenarios", "/scenarios", CHART, "Scenario", "Halvparten"),
    Page("rollout", "/rollout?dataset=example", ".ips-footer", *AREA),
    Page("people", "/people?dataset=example", CHART, *AREA),
    Page("quality", "/quality?dataset=example", CHART, *AREA),
    Page("outcomes", "/outcomes?dataset=example", CHART, *AREA),
    Page("funding", "/funding?dataset=example", CHART, *AREA),
    Page("site", "/site?dataset=example&place=eksempel-a", ".ips-footer", *AREA),
    Page("presentation", "/presentation", ".ips-preview", "Kartet viser", "Opptaksområder"),
    Page("data", "/data", "[data-testid='stDataFrame']", "Tabell", "Befolkning"),
    Page("method", "/method", ".ips-footer", *AREA),
)


def visited(browser, server: Server, page: Page) -> dict[str, float]:
    """The medians of first and later visit of a page."""
    first, later = [], []
    Visitor(browser, server).visit(page)
    for _ in range(RUNS):
        visitor = Visitor(browser, server)
        first.append(visitor.visit(page))
        later.append(visitor.visit(page))
        visitor.close()
    return {f"{visit}_{name}": value for visit, runs in (("first", first), ("later", later)) for name, value in median(runs).items()}


def slowly(browser, server: Server, page: Page, speed: Speed = SLOW) -> float:
    """Seconds until a page is visible to who comes for the first time on a slow line."""
    runs = []
    for _ in range(SLOW_RUNS):
        visitor = Visitor(browser, server, speed)
        runs.append(visitor.visit(page))
        visitor.close()
    return median(runs)["visible"]


def written(page: Page, one: dict[str, float], empty: dict[str, float], change: dict[str, float] | None = None) -> str:
    """A page as a line of the table; times as ratios to the empty page, bytes and requests as they are."""
    overview, own = page == OVERVIEW, page in PAGES
    most = budgets.OVERVIEW_BYTES if overview else budgets.CHART_BYTES if own else float("inf")
    cells = [
        page.name, f"{one['first_visible'] / empty['first_visible']:.2f}", f"{one['later_visible'] / empty['later_visible']:.2f}",
        told(one["first_bytes"], f"{one['first_bytes'] / 1e6:.2f} MB", most),
        told(one["first_requests"], f"{one['first_requests']:.0f}", budgets.OVERVIEW_REQUESTS if overview else float("inf")),
        told(one["later_bytes"], f"{one['later_bytes'] / 1e3:.0f} kB", budgets.LATER_BYTES if own else float("inf")),
    ]  # fmt: skip
    if change:
        answer = budgets.MAP_ANSWER if page.visible == ".names text" else budgets.ANSWER
        cells += [told(change["script"], f"{change['script'] * 1e3:.0f} ms", budgets.SCRIPT), told(change["bytes"], f"{change['bytes'] / 1e3:.1f} kB", answer)]
    return "| " + " | ".join([*cells, *["–"] * (8 - len(cells))]) + " |"


def of_a_large_programme(small: Server) -> str:
    """What 150 sites by 40 quarters take to come in, and a change on each page as a ratio to the public facts."""
    with tempfile.TemporaryDirectory() as folder:
        made = publish(Path(folder))
        large = Server("dashboard.py", IPSDASH_STORE=folder)
        pages = [page for page in PAGES if "dataset=" not in page.path]
        ratios = [(page.name, Session(large, page).changes()["script"] / Session(small, page).changes()["script"]) for page in pages]
        large.stop()
    said = ", ".join(f"{name} {told(ratio, f'{ratio:.2f}', budgets.MOST_SLOWER)}" for name, ratio in ratios)
    return f"150 sites by 40 quarters: checked in {made.checked:.2f} s, published in {made.published:.2f} s. A change, times the public facts: {said}."


def of_readers(server: Server) -> str:
    """The memory that further readers take, each on the page with most on it."""
    page = next(page for page in PAGES if page.name == "coverage")
    Session(server, page).changes()
    before = server.memory_mb
    sessions = [Session(server, page) for _ in range(READERS)]
    for session in sessions:
        session.changes()
    each = (server.memory_mb - before) / READERS
    return f"Memory of one more reader: {told(each, f'{each:.1f} MB', budgets.READER_MB)}."


def main() -> None:
    """Prints the table, then the slow line, a large programme, start-up and memory."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        servers = {"empty": Server("benchmarks/empty.py"), "dashboard": Server("dashboard.py")}
        others = {USUAL: Server("benchmarks/usual.py"), USUAL_DASH: Server("benchmarks/usual_dash.py", plain=True)}
        empty = visited(browser, servers["empty"], EMPTY)
        print("| page | first visit visible, times empty | later visit, times empty | first visit bytes | requests | later bytes | rerun script | rerun bytes |")
        print("|---|---|---|---|---|---|---|---|")
        print(written(EMPTY, empty, empty), flush=True)
        for page, server in others.items():
            print(written(page, visited(browser, server, page), empty), flush=True)
        for page in PAGES:
            print(written(page, visited(browser, servers["dashboard"], page), empty, Session(servers["dashboard"], page).changes()), flush=True)
        overview = slowly(browser, servers["dashboard"], OVERVIEW)
        usual = {page: slowly(browser, server, page) for page, server in others.items()}
        sooner = usual[USUAL] / overview
        print(
            f"\n4 Mbit/s, 100 ms: overview {told(overview, f'{overview:.1f} s', budgets.READABLE)}, {sooner:.1f} times sooner"
            f"{budgets.OVER if sooner < budgets.SOONER else ''} than " + ", ".join(f"{page.name} {seconds:.1f} s" for page, seconds in usual.items()) + ".",
            flush=True,
        )
        print("\n" + of_readers(servers["dashboard"]), flush=True)
        print("\n" + of_a_large_programme(servers["dashboard"]), flush=True)
        started = servers["dashboard"].started / servers["empty"].started
        memory = servers["dashboard"].memory_mb / servers["empty"].memory_mb
        print(
            f"\nStart-up: {told(started, f'{started:.2f}', budgets.START)} times an empty app ({servers['empty'].started:.2f} s). "
            f"Memory: {memory:.2f} times ({servers['empty'].memory_mb:.0f} MB).  Empty page: {empty['first_visible']:.2f} s."
        )
        browser.close()
        for server in (*servers.values(), *others.values()):
            server.stop()


if __name__ == "__main__":
    main()
