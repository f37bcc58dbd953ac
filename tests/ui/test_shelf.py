"""Streamlit's files on the wire: packed, kept, asked for again, asked for in part, and where nothing can be written."""

import gzip
import os
from pathlib import Path

import brotli
import pytest

from ipsdash import settings
from ipsdash.ui import shelf
from ipsdash.ui.packing import KEPT, encoding
from ipsdash.ui.programs import SOURCE, linked, page
from ipsdash.ui.shelf import Shelf

FIRST = [name for name in linked(page()) if name.endswith(".js")]
NAME = FIRST[0]
PLAIN = (SOURCE / NAME).read_bytes()
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


def small(tmp_path: Path) -> Path:
    """A version of Streamlit with two files."""
    source = tmp_path / "version"
    (source / "static/js").mkdir(parents=True)
    (source / "index.html").write_text('<script src="./static/js/a.1.js"></script>')
    for name in ("a.1.js", "b.2.js"):
        (source / "static/js" / name).write_text(f"/* {name} */" + "let x = 1;" * 1000)
    return source


@pytest.mark.parametrize(("accepted", "best"), [
    ("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("GZIP", "gzip"), ("br;q=0, gzip", "gzip"), ("br;q=0.1, gzip;q=1", "br"), ("br; q=0.000", ""), ("", ""),
    ("identity", ""), ("*", ""), ("zstd, deflate, compress", ""), ("br;q=many", ""), ("gzip;q=", ""), (";;;,,,;q=1", ""), ("brr", ""), ("br;level=9", ""),
])  # fmt: skip
def test_the_smallest_packing_that_the_browser_can_unpack(accepted, best):
    assert encoding(accepted) == best


@pytest.mark.parametrize("way", ["br", "gzip"])
def test_a_file_comes_packed_and_is_the_same(client, way):
    answer = client().get(f"/{NAME}", headers={"accept-encoding": way, "user-agent": "raw"})
    assert answer.headers["content-encoding"] == way
    assert answer.content == PLAIN, "the client unpacks"
    assert int(answer.headers["content-length"]) < len(PLAIN) / 2.5
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == KEPT["cache-control"] and answer.headers["vary"] == "accept-encoding"


def test_what_every_page_needs_is_a_quarter_of_its_size(tmp_path):
    one = Shelf(SOURCE, tmp_path)
    plain = sum((SOURCE / name).stat().st_size for name in FIRST)
    assert sum(len(one.take(name, "br")) for name in FIRST) < plain / 4
    assert sum(len(one.take(name, "gzip")) for name in FIRST) < plain / 3.8


@pytest.mark.parametrize("accepted", ["identity", "zstd", "br;q=0", "nonsense"])
def test_one_who_cannot_unpack_has_the_file_plain(client, accepted):
    answer = client().get(f"/{NAME}", headers={"accept-encoding": accepted})
    assert "content-encoding" not in answer.headers and answer.content == PLAIN
    assert answer.headers["vary"] == "accept-encoding" and "immutable" in answer.headers["cache-control"]


def test_a_part_is_a_part_of_the_plain_file(client):
    answer = client().get(f"/{NAME}", headers={"accept-encoding": "br", "range": "bytes=10-19"})
    assert answer.status_code == 206 and answer.content == PLAIN[10:20]
    assert answer.headers["content-range"] == f"bytes 10-19/{len(PLAIN)}" and "content-encoding" not in answer.headers
    assert client().get(f"/{NAME}", headers={"range": f"bytes={len(PLAIN)}-"}).status_code == 416


@pytest.mark.parametrize("way", ["br", "gzip", "identity"])
def test_who_has_the_file_is_not_sent_it_again(client, way):
    asking = client()
    answer = asking.get(f"/{NAME}", headers={"accept-encoding": way})
    again = asking.get(f"/{NAME}", headers={"accept-encoding": way, "if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == answer.headers["etag"] and again.headers["vary"] == "accept-encoding"


def test_each_packing_has_a_tag_of_its_own(client):
    asking = client()
    tags = {asking.get(f"/{NAME}", headers={"accept-encoding": way}).headers["etag"] for way in ("br", "gzip", "identity")}
    assert len(tags) == 3
    answer = asking.get(f"/{NAME}", headers={"accept-encoding": "gzip", "if-none-match": '"another", W/"one"'})
    assert answer.status_code == 200


@pytest.mark.parametrize("way", ["br", "identity"])
def test_head_says_what_get_would_and_sends_nothing(client, way):
    asking, headers = client(), {"accept-encoding": way}
    head, whole = asking.head(f"/{NAME}", headers=headers), asking.get(f"/{NAME}", headers=headers)
    assert {**head.headers, "date": ""} == {**whole.headers, "date": ""}


@pytest.mark.parametrize("path", ["/static/js/../index.html", "/static/js/%2e%2e/%2e%2e/index.html", "/static/js/nothing.js", "/static/", "/static/js/index"])
def test_nothing_but_the_files_is_on_the_shelf(client, path):
    answer = client().get(path, headers={"accept-encoding": "br"})
    assert "content-encoding" not in answer.headers


def test_the_folder_is_filled_once_for_each_version_and_others_go(tmp_path):
    (tmp_path / "packed" / "old").mkdir(parents=True)
    one = Shelf(small(tmp_path), tmp_path / "packed")
    assert one.fill()
    made = {file: file.stat().st_mtime_ns for file in one.folder.rglob("*.*") if file.is_file()}
    assert sorted(file.name for file in made) == ["a.1.js.br", "a.1.js.gzip", "b.2.js.br", "b.2.js.gzip"]
    assert one.fill() and {file: file.stat().st_mtime_ns for file in made} == made
    assert [file.name for file in (tmp_path / "packed").iterdir()] == [one.folder.name]
    for file in made:
        plain = (one.source / "static/js" / file.name.rpartition(".")[0]).read_bytes()
        assert UNPACK[file.suffix[1:]](file.read_bytes()) == plain


def test_a_file_is_there_whole_or_not_at_all(tmp_path, monkeypatch):
    one = Shelf(small(tmp_path), tmp_path / "packed")

    def full(begun: Path, _: Path):
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert not one.fill()
    assert [file for file in one.folder.rglob("*") if file.is_file()] == []
    assert brotli.decompress(one.take("static/js/a.1.js", "br")) == (one.source / "static/js/a.1.js").read_bytes()


def test_where_nothing_can_be_written_files_are_packed_in_memory(tmp_path, client):
    (tmp_path / "file").write_text("no folder")
    one = Shelf(SOURCE, tmp_path / "file")
    assert not one.fill()
    answer = client(one).get(f"/{NAME}", headers={"accept-encoding": "br"})
    assert answer.headers["content-encoding"] == "br" and answer.content == PLAIN
    assert one.ready(NAME, "br")


def test_what_was_packed_quickly_makes_way_for_what_is_smaller(tmp_path):
    one = Shelf(small(tmp_path), tmp_path / "packed")
    one.take("static/js/a.1.js", "br")
    one.fill()
    assert one.ready("static/js/a.1.js", "br") is None
    assert one.take("static/js/a.1.js", "br") == (one.folder / "static/js/a.1.js.br").read_bytes()


def test_another_version_has_another_folder(tmp_path):
    source = small(tmp_path)
    before = Shelf(source, tmp_path).folder
    (source / "index.html").write_text("another")
    assert Shelf(source, tmp_path).folder != before


def test_the_folder_can_be_chosen(monkeypatch):
    monkeypatch.setenv(settings.CACHE.name, "/somewhere")
    assert shelf.folder() == Path("/somewhere")
    monkeypatch.delenv(settings.CACHE.name)
    assert shelf.folder() == Path(shelf.__file__).parents[2] / "var" / "packed"
