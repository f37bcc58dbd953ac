"""Pages as a reader opens them: through dashboard.py, by their link."""

import re
import runpy
from pathlib import Path

import pytest
from streamlit.runtime.scriptrunner import script_runner
from streamlit.testing.v1 import AppTest

from ipsdash.ui.plain_streamlit import WORD_JOINER
from ipsdash.ui.process_pool import process_pool
from tests.published import publish_folder

DASHBOARD = Path(__file__).parents[2] / "dashboard.py"
PAGES = (
    "overview", "growth", "map", "coverage", "next", "scenarios", "rollout", "people", "quality", "outcomes", "funding", "site", "presentation", "data", "method",
)  # fmt: skip
SPOKEN = ("title", "header", "subheader", "markdown", "info", "success", "warning", "html")


class Visit:
    """One reader's visit."""

    def __init__(self, page: str = PAGES[0], **link: str):
        self.app = AppTest.from_file(str(DASHBOARD), default_timeout=60)
        for name, value in link.items():
            self.app.query_params[name] = value
        self.app.run()
        if page != PAGES[0]:
            self.go(page)

    def go(self, page: str) -> "Visit":
        self.app.switch_page(f"pages/{page}.py").run()
        return self

    @property
    def headline(self) -> str:
        return _plain(shown(self.app.title[0].value))

    @property
    def words(self) -> str:
        """All that the page says outside charts, in the order of the kinds of elements."""
        return _plain("\n".join(_said(block) for kind in SPOKEN for block in self.app.get(kind)))

    def choose(self, key: str, value: object) -> "Visit":
        """Changes one choice and runs the page again."""
        kinds = ("selectbox", "segmented_control", "button_group", "slider")
        found = [one for kind in kinds for one in self.app.get(kind) if one.key == key]
        found[0].set_value(value).run()
        return self


def _plain(text: str) -> str:
    """The text with ordinary spaces, so that a test can be read."""
    return text.replace("\u00a0", " ")


def shown(text: str) -> str:
    """What a reader sees of an escaped text: `ipsdash.ui.plain_streamlit.escaped` the other way round."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text).replace(WORD_JOINER, "")


def _said(block: object) -> str:
    if block.type == "html":
        return block.proto.body
    return shown(block.value if hasattr(block, "value") else block.proto.body)


def _main_script(path: str) -> None:
    runpy.run_path(path, run_name="__main__")


def declare_navigation(set_attribute) -> None:
    """AppTest forgets at each run what the server is told when it starts: that dashboard.py declares the pages itself."""
    set_attribute(script_runner, "_mpa_v1", _main_script)


@pytest.fixture(autouse=True)
def _navigation_is_declared(monkeypatch):
    declare_navigation(monkeypatch.setattr)


@pytest.fixture(autouse=True)
def _no_check_outlives_its_test():
    """All sessions of AppTest have one name, and a session has one check at a time."""
    yield
    pool = process_pool()
    for task in (*pool.waiting, *pool.running):
        task.cancel()
        assert task.ended.wait(60)


@pytest.fixture
def visit() -> type[Visit]:
    return Visit


@pytest.fixture
def with_tables(delivery, tmp_path, monkeypatch):
    """The public tables with some of a programme's own, published as an edition: the cells of each row by column."""

    def made(**tables: tuple[dict[str, object], ...]) -> None:
        for table, rows in tables.items():
            heading, own = delivery.rows(table)[0], {"quality": "reported", "source": "programme"}
            delivery.write(table, [heading, *([str((own | row).get(name, "")) for name in heading] for row in rows)])
        publish_folder(tmp_path / "store", delivery.folder)
        monkeypatch.setenv("IPSDASH_STORE", str(tmp_path / "store"))

    return made
