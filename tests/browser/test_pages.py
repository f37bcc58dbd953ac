"""Every page in a real browser: its charts are there, nothing is asked for outside, nothing fails, axe finds nothing of ours."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from known import FROM_STREAMLIT

PATHS = {"/": "overview", "/growth": "growth", "/map": "map", "/coverage": "coverage", "/next": "next", "/scenarios": "scenarios", "/presentation": "presentation", "/data": "data", "/method": "method"}
CHARTS = {"/": ".ips-picture svg", "/growth": ".js-plotly-plot .main-svg", "/map": ".ips-map svg", "/coverage": ".js-plotly-plot .main-svg", "/next": ".names text", "/scenarios": ".js-plotly-plot .main-svg", "/presentation": ".ips-preview"}
LANGUAGES = ("nb", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_renders_its_charts_without_an_outside_request_or_an_error(sheet, path, lang):
    opened = sheet(f"{path}?lang={lang}")
    if path in CHARTS:
        opened.page.locator(CHARTS[path]).first.wait_for()
    opened.page.wait_for_timeout(500)
    assert opened.outside == []
    assert opened.errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_that_is_ours(sheet, path, lang, theme):
    opened = sheet(f"{path}?lang={lang}", theme=theme)
    if path in CHARTS:
        opened.page.locator(CHARTS[path]).first.wait_for()
    found = Axe().run(opened.page).response["violations"]
    ours = [
        f"{one['id']}: {node['target']} {node['html'][:200]}"
        for one in found for node in one["nodes"]
        if not any(part in str(node["target"]) + node["html"] for part in FROM_STREAMLIT.get(one["id"], ()))
    ]  # fmt: skip
    assert ours == []
