"""What every answer says to the browser."""

import re

import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ipsdash.settings import ANCESTORS, HSTS
from ipsdash.ui import headers

FRAMED = "https://intranet.example.no https://*.helse.example.no:8443 'self'"
PATHS = ["/", "/growth?lang=en", "/nothing/here", "/healthz", "/slides", "/assets/map.abc.svg", "/favicon.png", "/_stcore/health"]


def _fails(_):
    raise RuntimeError("a secret detail")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_that_could_be_a_page_has_them(client, path):
    answer = client().get(path)
    said = answer.headers
    assert said["x-content-type-options"] == "nosniff" and said["referrer-policy"] == "same-origin" and said["x-frame-options"] == "DENY"
    assert "camera=()" in said["permissions-policy"] and said["cross-origin-opener-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in said["content-security-policy"] and "strict-transport-security" not in said


def test_files_that_are_no_pages_have_what_counts_for_them(client):
    said = client().get(re.search(r'src="\.(/static/js/[^"]+)"', client().get("/").text)[1]).headers
    assert said["x-content-type-options"] == "nosniff" and said["cross-origin-resource-policy"] == "same-origin"
    assert sum(len(name) + len(value) for name, value in said.items()) < 500


def test_programs_run_only_from_here_and_none_that_is_made_of_text(client):
    said = client().get("/").headers["content-security-policy"]
    parts = {one.split(" ")[0]: one.split(" ")[1:] for one in said.split("; ")}
    scripts = parts["script-src"]
    assert "'unsafe-inline'" not in scripts and "'unsafe-eval'" not in scripts and "'wasm-unsafe-eval'" not in scripts
    assert [one for one in scripts if not one.startswith("'sha256-")] == ["'self'", "blob:"]
    assert parts["default-src"] == parts["object-src"] == parts["base-uri"] == ["'none'"] and parts["connect-src"] == ["'self'"]


def test_the_slides_run_only_their_own_program(client):
    answer = client().get("/slides")
    said = answer.headers["content-security-policy"]
    assert answer.status_code == 200 and said.startswith("default-src 'none'; script-src 'sha256-")
    assert "'self'" not in said and "frame-ancestors 'none'" in said


def test_an_intranet_may_frame_the_pages_on_purpose(client):
    said = client(**{ANCESTORS.name: FRAMED}).get("/").headers
    assert f"frame-ancestors {FRAMED}" in said["content-security-policy"] and "x-frame-options" not in said


@pytest.mark.parametrize("wrong", ["intranet", "https://a.example; script-src *", "*", "https://a.example,https://b.example", "javascript:x", "https://a.example/path", "data:"])
def test_what_is_no_origin_stops_the_start(wrong):
    with pytest.raises(ValueError, match=ANCESTORS.name):
        headers.ancestors({ANCESTORS.name: wrong})


@pytest.mark.parametrize(("asked", "said"), [({}, "max-age=31536000"), ({HSTS.name: "300"}, "max-age=300"), ({HSTS.name: "off"}, None)])
def test_behind_tls_the_browser_is_told_to_stay_there(client, asked, said):
    forwarded = {"x-forwarded-proto": "https"}
    assert client(**asked).get("/", headers=forwarded).headers.get("strict-transport-security") == said
    assert client(base="https://dashboard.example", **asked).get("/").headers.get("strict-transport-security") == said
    assert client(**asked).get("/", headers={"x-forwarded-proto": "http"}).headers.get("strict-transport-security") is None


def test_cookies_go_by_tls_only_where_there_is_tls(client):
    def cookie(_):
        answer = Response()
        answer.set_cookie("one", "1")
        answer.set_cookie("two", "2", secure=True)
        return answer

    asking = client(more=(Route("/cookie", cookie),))
    assert [one.lower().count("secure") for one in asking.get("/cookie").headers.get_list("set-cookie")] == [0, 1]
    assert [one.lower().count("secure") for one in asking.get("/cookie", headers={"x-forwarded-proto": "https"}).headers.get_list("set-cookie")] == [1, 1]


def test_who_asks_is_told_nothing_of_what_failed(client):
    answer = client(more=(Route("/fails", _fails),)).get("/fails")
    assert (answer.status_code, answer.text) == (500, "") and answer.headers["x-content-type-options"] == "nosniff"


def test_an_answer_s_own_policy_stays(client):
    own = PlainTextResponse("x", headers={"content-security-policy": "sandbox"})
    assert client(more=(Route("/own", lambda _: own),)).get("/own").headers["content-security-policy"] == "sandbox"
