"""`make bench`: every page against an empty Streamlit page on the same machine in the same run, as a table of ratios."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.large import publish
from benchmarks.session import Session
from benchmarks.visits import FLAGS, Page, Server, Visitor, browser_path, median

RUNS = 5
# With a large programme no page may be slower than with the public facts by more than half.
MOST_SLOWER = 1.5
EMPTY = Page("empty", "/", "[data-testid='stSelectbox']", "One control", "b")
PAGES = (
    Page("overview", "/", ".ips-picture svg", "Mitt område", "DPS-område: Lofoten"),
    Page("growth", "/growth", ".js-plotly-plot .main-svg", "Mitt område", "DPS-område: Lofoten"),
    Page("map", "/map", ".names text", "Kartet viser", "Opptaksområder"),
    Page("coverage", "/coverage", ".js-plotly-plot .main-svg", "Mitt område", "DPS-område: Lofoten"),
    Page("next", "/next", ".names text", "Mitt område", "DPS-område: Lofoten"),
    Page("scenarios", "/scenarios", ".js-plotly-plot .main-svg", "Scenario", "Halvparten"),
    Page("presentation", "/presentation", ".ips-preview", "Kartet viser", "Opptaksområder"),
    Page("data", "/data", "[data-testid='stDataFrame']", "Tabell", "Befolkning"),
    Page("method", "/method", ".ips-footer", "Mitt område", "DPS-område: Lofoten"),
)


def measured(browser, server: Server, page: Page) -> dict[str, float]:
    """The medians of first visit, later visit and change of a page."""
    first, later = [], []
    Visitor(browser, server).visit(page)
    for _ in range(RUNS):
        visitor = Visitor(browser, server)
        first.append(visitor.visit(page))
        later.append(visitor.visit(page))
        visitor.close()
    named = {"first": median(first), "later": median(later), "change": Session(server, page).changes()}
    return {f"{visit}_{name}": value for visit, values in named.items() for name, value in values.items()}


def line(name: str, one: dict[str, float], empty: dict[str, float]) -> str:
    """A page as a line of the table; times as ratios to the empty page, bytes and requests as they are."""
    return (
        f"| {name} | {one['first_visible'] / empty['first_visible']:.2f} | {one['later_visible'] / empty['later_visible']:.2f} "
        f"| {one['first_bytes'] / 1e6:.2f} MB | {one['first_requests']:.0f} | {one['later_bytes'] / 1e3:.0f} kB "
        f"| {one['change_script'] * 1e3:.0f} ms | {one['change_bytes'] / 1e3:.1f} kB |"
    )


def of_a_large_programme(small: Server) -> str:
    """What 150 sites by 40 quarters take to come in, and a change on each page as a ratio to the public facts."""
    with tempfile.TemporaryDirectory() as folder:
        made = publish(Path(folder))
        large = Server("dashboard.py", IPSDASH_STORE=folder)
        ratios = [(page.name, Session(large, page).changes()["script"] / Session(small, page).changes()["script"]) for page in PAGES]
        large.stop()
    pages = ", ".join(f"{name} {ratio:.2f}{' (over 1.5)' if ratio > MOST_SLOWER else ''}" for name, ratio in ratios)
    return f"150 sites by 40 quarters: checked in {made.checked:.2f} s, published in {made.published:.2f} s. A change, times the public facts: {pages}."


def main() -> None:
    """Prints the table, then a large programme, start-up and memory."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        servers = {"empty": Server("benchmarks/empty.py"), "dashboard": Server("dashboard.py")}
        empty = measured(browser, servers["empty"], EMPTY)
        print("| page | first visit visible, times empty | later visit, times empty | first visit bytes | requests | later bytes | rerun script | rerun bytes |")
        print("|---|---|---|---|---|---|---|---|")
        print(line(f"empty ({empty['first_visible']:.2f} s)", empty, empty), flush=True)
        for page in PAGES:
            print(line(page.name, measured(browser, servers["dashboard"], page), empty), flush=True)
        print("\n" + of_a_large_programme(servers["dashboard"]), flush=True)
        started = servers["dashboard"].started / servers["empty"].started
        memory = servers["dashboard"].memory_mb / servers["empty"].memory_mb
        print(f"\nStart-up: {started:.2f} times an empty app ({servers['empty'].started:.2f} s). Memory: {memory:.2f} times ({servers['empty'].memory_mb:.0f} MB).")
        browser.close()
        for server in servers.values():
            server.stop()


if __name__ == "__main__":
    main()
