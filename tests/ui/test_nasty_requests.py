"""The server's own addresses may be asked for with anything: never an error of the server, never what stands in the request as markup."""

import itertools
from urllib.parse import quote

import pytest

from ipsdash.ui import programs

SAID = (
    "", "x" * 5_000, "9" * 4_999, "-1", "nan", "<script>alert(1)</script>", "../../../etc/passwd", "..%2f..%2f", "%00", "\u0000", "\u202e\U0001f9e8", "\u0663", "1,2,,", "{}", "[[[",
    '{"a": 1}', '{"map": ["<b>", "</script>"]}', '[["x", {"served_share": "many"}]]', "javascript:alert(1)", "'; DROP TABLE x; --", "\r\nset-cookie: a=b",
)  # fmt: skip
KEYS = ("lang", "date", "layer", "posts", "set", "slides", "told", "link", "dataset", "edition", "nothing")
PATHS = ("/assets/inter-5.3.0/{}.woff2", "/assets/map.{}.svg", "/assets/map.{}/map.js", "/assets/map.abc/{}", "/assets/start.{}/page.js", "/slides/{}.png", "/static/{}", "/{}", "/healthz/{}")
HEADERS = ("accept-encoding", "range", "if-none-match", "if-range", "if-modified-since", "x-forwarded-proto", "cookie", "host")
# The slides are made for each: of these keys every value, of others every third.
DEAR = ("told", "link", "edition")


@pytest.fixture
def ask(client):
    asking = client()

    def asked(path: str, **headers: str) -> None:
        answer = asking.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()}, follow_redirects=False)
        assert answer.status_code < 500 and "set-cookie" not in answer.headers, (path, headers)
        assert "alert(1)</script>" not in answer.text and "Traceback" not in answer.text
        assert "root:x" not in answer.text

    return asked


@pytest.mark.parametrize("key", KEYS)
def test_the_slides_take_any_query(ask, key):
    for said in SAID if key in DEAR else SAID[::3]:
        ask(f"/slides?{key}={quote(said)}")


def test_a_query_of_many_keys_and_a_long_one_are_answered(ask):
    ask("/slides?" + "&".join(f"{key}={quote(said)}" for key, said in zip(itertools.cycle(KEYS), SAID)))
    ask("/slides?" + "&".join(f"k{number}=1" for number in range(5_000)))
    ask("/slides?" + "&".join(["told={}"] * 500))


@pytest.mark.parametrize("path", PATHS)
def test_every_address_takes_any_name(ask, path):
    for said in SAID:
        ask(path.format(quote(said)))
        ask(path.format(quote(said, safe="")))


@pytest.mark.parametrize("name", HEADERS)
def test_every_address_takes_any_header(ask, name):
    said = [one for one in SAID if one.isascii() and one.isprintable()]
    for path, one in itertools.product(("/", "/healthz", f"/{programs.linked(programs.page())[0]}"), said):
        ask(path, **{name: one})


@pytest.mark.parametrize("given", ["bytes=0-", "bytes=-1", "bytes=5-2", "bytes=0-0,2-3", "bytes=" + ",".join(["0-1"] * 200), "bytes=a-b", "lines=1-2", "bytes=99999999999999999999-"])
def test_any_part_can_be_asked_for(ask, given):
    ask(f"/{programs.linked(programs.page())[0]}", range=given, accept_encoding="br")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "X"])
def test_nothing_can_be_done_but_asking(client, method):
    asking = client()
    for path in ("/", "/growth", "/slides", "/slides/1.png", "/healthz", "/readyz", "/assets/map.abc.svg"):
        assert asking.request(method, path).status_code == 405
