"""What the server gives out beside Streamlit's own: the typeface and the outline of the map."""

import gzip
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response

from ipsdash.tables.load import load
from ipsdash.ui import borders, serve
from ipsdash.ui.live import map_outline
from ipsdash.ui.server import FONT_ADDRESS, FONTS, asset_routes, font, map_part, outline_address, part_address

ROOT = Path(__file__).parents[2]
DATA, UI = ROOT / "data", ROOT / "ipsdash" / "ui"
FOR_EVER = "public, max-age=31536000, immutable"
MUNICIPALITIES = 80


def _request(accepted: str = "gzip, br", **named: str) -> Request:
    return Request({"type": "http", "method": "GET", "headers": [(b"accept-encoding", accepted.encode())], "path_params": named})


@pytest.fixture(scope="module")
def digest() -> str:
    return borders.drawn(load(DATA).tables).digest


def _kept(answer: Response) -> bool:
    return answer.headers["cache-control"] == FOR_EVER


def test_the_outline_is_found_at_its_digest_and_kept_for_ever(digest):
    answer = map_outline(_request(digest=digest))
    assert (answer.status_code, answer.media_type) == (200, "image/svg+xml")
    assert _kept(answer)


def test_packed_and_plain_outline_are_the_same(digest):
    packed, plain = map_outline(_request("gzip", digest=digest)), map_outline(_request("identity", digest=digest))
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["vary"] == plain.headers["vary"] == "accept-encoding"


def test_the_outline_names_each_municipality_and_colours_none(digest):
    drawn = ET.fromstring(map_outline(_request("identity", digest=digest)).body)
    areas = [path for path in drawn.iter() if path.get("data-key")]
    assert len({path.get("data-key") for path in areas}) == len(areas) == MUNICIPALITIES
    assert not any(path.get("fill") for path in areas)
    official = load(DATA).tables.areas.set_index("area_id")["official_name"]
    assert all(path.get("data-name") == official[path.get("data-key")] for path in areas)


def test_another_outline_is_not_found():
    assert map_outline(_request(digest="0123456789ab")).status_code == 404


@pytest.mark.parametrize("name", [file.name for file in FONTS.iterdir() if file.name.endswith(".woff2")])
def test_each_font_is_given_out(name):
    answer = font(_request(name=name.removesuffix(".woff2")))
    assert answer.status_code == 200 and answer.body.startswith(b"wOF2") and _kept(answer)


@pytest.mark.parametrize("name", ["", "nothing", "../letters", "..%2fletters", "/etc/passwd"])
def test_nothing_but_fonts_is_given_out(name):
    assert font(_request(name=name)).status_code == 404


@pytest.mark.parametrize("name", ["map.js", "map.css", "map.html"])
def test_each_part_of_the_map_s_program_is_found_at_its_edition_and_kept_for_ever(name):
    digest = part_address(name).split(".")[1].split("/")[0]
    answer = map_part(_request("identity", digest=digest, name=name))
    assert answer.status_code == 200 and _kept(answer)
    assert answer.body == (UI / name).read_bytes()
    assert map_part(_request(digest="0123456789ab", name=name)).status_code == 404


@pytest.mark.parametrize("name", ["", "map.py", "../ui/map.js", "server.py"])
def test_nothing_but_the_map_s_program_is_given_out(name):
    digest = part_address("map.js").split(".")[1].split("/")[0]
    assert map_part(_request(digest=digest, name=name)).status_code == 404


def test_the_addresses_are_those_of_the_routes():
    fonts, parts, _ = (route.path for route in asset_routes())
    assert parts.endswith("/{name}") and part_address("map.js").endswith("/map.js")
    assert fonts.startswith(FONT_ADDRESS)
    assert outline_address("abc") in [path.replace("{digest}", "abc") for path in serve.LATER]
