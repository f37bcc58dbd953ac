"""The server's own addresses may be asked for with anything: never an error of the server, never what stands in the request as markup."""

import itertools
import time
from urllib.parse import quote

import pytest

from ipsdash.text.words import Words
from ipsdash.ui import programs

DEEP = "[" * 5_000
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


@pytest.mark.parametrize("query", [
    f"told={DEEP}", 'told={"a":' + DEEP, "told={", "told=[1]", "told=null", 'told={"need":["a"]}', 'told={"need":[1,2]}', "told=" + "9" * 9_000, "set=A~gold=1", "set=~~~", "set=A~served_share=many",
    "set=A~served_share=nan", "set=A~served_share=" + "9" * 9_000, "set=" + "|".join(f"n{number}" for number in range(3_000)), "set=A~" + "~".join(f"k{number}=1" for number in range(3_000)),
])  # fmt: skip
def test_a_link_of_slides_that_cannot_be_read_is_answered_with_a_sentence(client, query):
    asking, (key, _, _) = client(), query.partition("=")
    begun = time.process_time()
    for lang in ("nb", "en"):
        answer = asking.get(f"/slides?lang={lang}&{quote(query, safe='=')}")
        assert answer.status_code == 400 and f'lang="{lang}"' in answer.text and answer.headers["x-frame-options"] == "DENY"
        assert Words(lang)("refused.slides_link", key=key) in answer.text
    assert asking.get(f"/slides/1.png?{quote(query, safe='=')}").status_code == 400
    assert time.process_time() - begun < 10, "three of them, on a busy machine"


@pytest.mark.parametrize("text", ["\\ud800", "\\u0000", "\\u202e", "\\udfff\\ud800", "\u202e"])
def test_titles_lose_signs_that_cannot_be_shown(client, text):
    answer = client().get("/slides?told=" + quote('{"need":["before' + text + 'after","' + text + '"]}'))
    assert answer.status_code == 200 and "beforeafter" in answer.text


def test_a_slide_that_is_named_a_thousand_times_is_shown_once(client):
    asking = client()
    assert len(asking.get("/slides?slides=" + "need," * 5_000).content) < 1.1 * len(asking.get("/slides?slides=need").content)


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
