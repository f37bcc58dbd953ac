"""Streamlit's programs: what is fetched from the start, and all of it in one file."""

import json
import re
from fnmatch import fnmatch

import pytest

from ipsdash.ui import index, programs
from ipsdash.ui.shelf import Shelf
from tests.ui.test_shelf import UNPACK

TOGETHER = programs.together()


def test_what_nearly_every_page_is_drawn_with_is_fetched_from_the_start_and_once():
    named = re.findall(r'modulepreload" crossorigin href="\./static/js/([^"]+)"', index.written("nb"))
    assert [len([one for one in named if fnmatch(one, pattern)]) for pattern in programs.DRAWN_WITH] == [1] * len(programs.DRAWN_WITH)
    assert len(named) == len(set(named))
    # Each is there with all that it is made of, or Streamlit would ask for that later.
    program = {one: (programs.SOURCE / "static/js" / one).read_text("utf-8") for one in named}
    made_of = {one for text in program.values() for one in re.findall(r'from"\./([^"]+)"', text)}
    (whole,) = re.findall(r'<script type="module"[^>]*src="\./static/js/([^"]+)"', index.written("nb"))
    assert made_of - {*named} == {whole}
    assert 0 < sum((programs.SOURCE / one).stat().st_size for one in programs.drawn_with()) < 500_000


def test_they_wait_in_a_template_until_it_is_known_how_they_come():
    page = index.written("nb")
    (waiting,) = re.findall(r'<template id="programs">(.*?)</template>', page, re.S)
    assert len(re.findall(r'<script type="module"', page)) == len(re.findall(r'<script type="module"', waiting)) == 1
    assert page.count("modulepreload") == waiting.count("modulepreload") == len(programs.from_the_start()) - 1
    assert f'data-programs="./{TOGETHER}"' in page


@pytest.mark.parametrize("way", ["br", "gzip", "identity"])
def test_the_one_file_has_each_of_them_as_it_is_and_never_changes(client, way):
    asking = client()
    answer = asking.get(f"/{TOGETHER}", headers={"accept-encoding": way, "range": "bytes=0-9"})
    assert answer.headers.get("content-encoding", "identity") == way and answer.headers["content-type"].startswith("application/json")
    assert "immutable" in answer.headers["cache-control"] and answer.headers["vary"] == "accept-encoding"
    assert answer.json() == {name: (programs.SOURCE / name).read_text("utf-8") for name in programs.from_the_start()}
    assert asking.get(f"/{TOGETHER}", headers={"accept-encoding": way, "if-none-match": answer.headers["etag"]}).status_code == 304


def test_the_one_file_is_packed_first_and_is_smaller_than_the_many(tmp_path):
    one = Shelf(programs.SOURCE, tmp_path, {TOGETHER: programs.written})
    assert next(one._order()) == TOGETHER
    for way in UNPACK:
        assert len(one.take(TOGETHER, way)) < sum(len(one.take(name, way)) for name in programs.from_the_start())


def test_the_worker_answers_for_all_pages_and_for_nothing_but_what_is_in_the_file(client):
    address = re.search(r'data-worker="\.(/[^"]+)"', index.written("nb"))[1]
    answer = client().get(address)
    assert answer.headers["service-worker-allowed"] == "../../" and answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["content-security-policy"] == "default-src 'none'; connect-src 'self'"
    assert json.loads(re.search(r"new Set\((\[.*?\])\)", answer.text)[1]) == [*programs.from_the_start()]
    assert f"new URL('../../{TOGETHER}', location)" in answer.text
    assert "service-worker-allowed" not in client().get(address.replace("worker.js", "page.js")).headers
