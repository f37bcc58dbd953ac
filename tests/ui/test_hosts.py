"""Only the names that are listed, and some addresses for this machine alone."""

import pytest
import streamlit as st
from starlette.routing import Route, WebSocketRoute
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient, WebSocketDenialResponse

PATHS = ("/", "/growth", "/slides", "/slides/1.png", "/healthz", "/readyz", "/_stcore/health", "/_stcore/host-config", "/media/a", "/static/a.js", "/nothing")
LOCAL = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp")


async def _talks(socket):
    await socket.accept()
    await socket.close()


@pytest.fixture
def ask(client):
    """Asks from a peer's address under a name."""
    more = tuple(Route(path, lambda _: PlainTextResponse("inside"), methods=["GET", "POST"]) for path in LOCAL)
    app = client(more=(*more, WebSocketRoute("/_stcore/stream", _talks))).app

    def asked(path: str, host: str, peer: str = "203.0.113.7", method: str = "GET", **headers: str):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return TestClient(app, base_url="http://unused", client=(peer, 5)).request(method, path, headers={"host": host, **named})

    asked.app = app
    return asked


@pytest.fixture
def listed(monkeypatch):
    real = st.config.get_option
    monkeypatch.setattr(st.config, "get_option", lambda name: ["ips.example.no"] if name == "server.allowedHosts" else real(name))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", ["evil.example", "ips.example.no.evil.example", "203.0.113.9", "", "ips.example.no@evil.example", "127.0.0.1", "localhost:8501"])
def test_every_address_is_refused_under_a_name_that_is_not_listed(ask, listed, path, host):
    answer = ask(path, host)
    assert answer.status_code == 421 and answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["ips.example.no", "ips.example.no:8443", "IPS.example.no"])
def test_the_names_that_are_listed_are_answered(ask, listed, host):
    assert ask("/", host).status_code == 200


def test_a_connection_under_another_name_is_refused_too(ask, listed):
    with pytest.raises(WebSocketDenialResponse) as refused, TestClient(ask.app).websocket_connect("/_stcore/stream", headers={"host": "evil.example"}):
        pass
    assert refused.value.status_code == 421


def test_a_health_check_of_this_machine_needs_no_name(ask, listed):
    assert ask("/healthz", "127.0.0.1:8501", "127.0.0.1").status_code == 200
    assert ask("/healthz", "evil.example", "127.0.0.1").status_code == 421
    assert ask("/healthz", "127.0.0.1:8501", "127.0.0.1", x_forwarded_for="203.0.113.7").status_code == 421


def test_without_a_list_every_name_is_answered(ask):
    assert ask("/", "anything.example").status_code == 200


@pytest.mark.parametrize("path", LOCAL)
@pytest.mark.parametrize(("host", "peer"), [("127.0.0.1:8501", "127.0.0.1"), ("localhost", "::1"), ("[::1]:8501", "::1"), ("127.0.0.1", "::ffff:127.0.0.1")])
def test_this_machine_reads_what_is_its_own(ask, path, host, peer):
    assert ask(path, host, peer).text == "inside"


@pytest.mark.parametrize("path", LOCAL)
@pytest.mark.parametrize(("host", "peer", "headers"), [
    ("127.0.0.1:8501", "203.0.113.7", {}), ("ips.example.no", "127.0.0.1", {}), ("localhost.evil.example", "127.0.0.1", {}),
    *(("127.0.0.1", "127.0.0.1", {name: "127.0.0.1"}) for name in ("x_forwarded_for", "forwarded", "x_real_ip", "via", "x_forwarded_proto")),
    ("127.0.0.1:8501", "127.0.0.1", {"origin": "http://127.0.0.1:3000"}), ("127.0.0.1:8501", "127.0.0.1", {"sec_fetch_site": "cross-site"}),
    ("", "127.0.0.1", {}), ("127.0.0.1.", "10.0.0.1", {}),
])  # fmt: skip
def test_to_everybody_else_it_is_not_there(ask, path, host, peer, headers):
    for method in ("GET", "POST"):
        answer = ask(path, host, peer, method, **headers)
        assert answer.status_code == 404 and "inside" not in answer.text
