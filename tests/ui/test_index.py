"""The page that Streamlit's program starts in: language, title, description, what is fetched with it."""

import re
import subprocess
import sys
from pathlib import Path

import brotli
import pytest
from fontTools.ttLib import TTFont

from ipsdash.text.words import Words
from ipsdash.ui import index, programs
from ipsdash.ui.headers import inline
from tests.ui.make_icons import MADE, OURS, ligatures, named

ROOT = Path(__file__).parents[2]
# A name that Streamlit's program has and its own font has not.
NO_ICON = {"star_filled"}


@pytest.mark.parametrize(("query", "lang"), [("", "nb"), ("?lang=nb", "nb"), ("?lang=en", "en"), ("?lang=xx", "nb"), ("?lang=<b>", "nb"), ("?lang=en&lang=nb", "nb"), ("?date=2019&amp;lang=en", "en")])
@pytest.mark.parametrize("path", ["/", "/growth"])
def test_the_page_is_in_the_language_of_the_link(client, path, query, lang):
    answer, words = client().get(path + query), Words(lang)
    assert f'<html lang="{lang}">' in answer.text and f"<title>{words('app.name')}</title>" in answer.text
    assert words("app.no_script") in answer.text and words("app.description") in answer.text
    assert "You need to enable JavaScript" not in answer.text and "openapi" not in answer.text


def test_the_page_is_asked_for_anew_and_sent_if_it_changed(client):
    asking = client()
    answer = asking.get("/?lang=en", headers={"accept-encoding": "br"})
    assert answer.headers["cache-control"] == "no-cache" and answer.headers["content-encoding"] == "br"
    tag = answer.headers["etag"]
    assert asking.get("/?lang=en", headers={"accept-encoding": "br", "if-none-match": tag}).status_code == 304
    assert asking.get("/?lang=nb", headers={"accept-encoding": "br", "if-none-match": tag}).status_code == 200
    assert asking.get("/?lang=en", headers={"accept-encoding": "gzip", "if-none-match": tag}).status_code == 200


def test_every_part_of_streamlit_s_page_was_found():
    plain = programs.page()
    for name, pattern in index._PARTS.items():
        assert re.search(pattern, plain, re.S), name
    assert "SourceSans" not in index.written("nb") and len(inline(index.written("nb"))) == len(inline(plain)) + 1


def test_all_that_the_page_names_is_there(client):
    asking = client()
    named = re.findall(r'(?:href|src)="\.(/[^"]+)"', index.written("nb"))
    assert len(named) > 50
    assert [one for one in named if asking.get(one).status_code != 200] == []


def test_all_that_streamlit_s_rules_name_is_where_they_look_for_it(client):
    asking, parts = client(), re.search(r'href="\.(/assets/start\.[^/]+/)streamlit\.css"', index.written("nb"))[1]
    asked = [one for one in re.findall(r"url\(([^)]+)\)", asking.get(f"{parts}streamlit.css").text) if not one.startswith(("data:", "#"))]
    assert "icons.woff2" in asked and not any("MaterialSymbols" in one or "SourceSansVF-Upright" in one for one in asked)
    kinds = {one: asking.get(parts + one).headers["content-type"] for one in asked}
    assert {one: kind for one, kind in kinds.items() if kind.startswith("text/html")} == {}


@pytest.mark.parametrize("name", ["", "nothing.js", "../index.py", "%2e%2e/index.py", "page.js/x"])
def test_nothing_but_its_parts_is_given_out(client, name):
    edition = re.search(r"assets/start\.([^/]+)/", index.written("nb"))[1]
    assert "def " not in client().get(f"/assets/start.{edition}/{name}").text
    assert client().get("/assets/start.0123456789ab/page.js").status_code == 404


def test_the_chart_library_that_the_page_fetches_in_time_is_there(client):
    named = re.search(r'data-charts="\.(/[^"]+)"', index.written("nb"))[1]
    assert client().get(named).headers["content-type"].startswith("text/javascript")
    assert (programs.SOURCE / named.removeprefix("/")).stat().st_size > 3_000_000


def test_a_page_can_tell_whether_its_server_was_started_anew(client):
    asking = client()
    told = asking.get("/assets/server")
    assert told.headers["cache-control"] == "no-store" and re.fullmatch(r"[0-9a-f]{8}", told.text)
    assert f'data-server="{told.text}"' in asking.get("/growth").text
    anew = subprocess.run([sys.executable, "-c", "from ipsdash.ui import index; print(index._server())"], capture_output=True, text=True, check=True).stdout.strip()
    assert anew != told.text


def test_the_words_that_are_said_in_norwegian_are_streamlit_s_own_and_few():
    program = "".join(file.read_text("utf-8") for file in (programs.SOURCE / "static/js").glob("*.js") if file.stat().st_size < 600_000)
    said = index.said()
    assert [text for text in said["en"] if f"`{text}`" not in program] == []
    assert all(len(set(texts)) == len(texts) == len(index.STREAMLITS) for texts in said.values())
    assert not set(said["nb"]) & set(said["en"])
    assert len(brotli.compress(index._program().encode())) < 2500


def test_every_icon_that_is_named_can_be_drawn():
    """A name without its icon is shown as that name: make the font anew (tests/ui/make_icons.py)."""
    there = set(ligatures(TTFont(MADE)))
    code = "".join(file.read_text("utf-8") for folder in ("ipsdash", "pages") for file in (ROOT / folder).rglob("*.py"))
    asked = set(re.findall(r":material/([a-z0-9_]+):", code)) | set(OURS)
    assert asked | named() - NO_ICON <= there | NO_ICON
    assert MADE.stat().st_size < 15_000
