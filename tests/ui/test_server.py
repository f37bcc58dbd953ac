"""What the server gives out beside Streamlit's own: the typeface and the outline of the map."""

import gzip
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response

from ipsdash.tables.load import fingerprint, load
from ipsdash.ui import borders
from ipsdash.ui.server import FONT_ADDRESS, FONTS, asset_routes, font, map_outline, outline_address

DATA = Path(__file__).parents[2] / "data"
FOR_EVER = "public, max-age=31536000, immutable"
MUNICIPALITIES = 80


def _request(accepted: str = "gzip, br", **named: str) -> Request:
    return Request({"type": "http", "method": "GET", "headers": [(b"accept-encoding", accepted.encode())], "path_params": named})


@pytest.fixture(scope="module")
def digest() -> str:
    return borders.drawn(fingerprint(DATA), load(DATA).tables).digest


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


def test_another_outline_is_not_found():
    assert map_outline(_request(digest="0123456789ab")).status_code == 404


@pytest.mark.parametrize("name", [file.name for file in FONTS.iterdir() if file.name.endswith(".woff2")])
def test_each_font_is_given_out(name):
    answer = font(_request(name=name.removesuffix(".woff2")))
    assert answer.status_code == 200 and answer.body.startswith(b"wOF2") and _kept(answer)


@pytest.mark.parametrize("name", ["", "nothing", "../letters", "..%2fletters", "/etc/passwd"])
def test_nothing_but_fonts_is_given_out(name):
    assert font(_request(name=name)).status_code == 404


def test_the_addresses_are_those_of_the_routes():
    fonts, outlines = (route.path for route in asset_routes())
    assert fonts.startswith(FONT_ADDRESS)
    assert outlines.replace("{digest}", "abc") == outline_address("abc")
