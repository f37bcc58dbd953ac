"""Pages of others cannot open a connection; nobody is asked who we are."""

import pytest
import streamlit as st
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocketDisconnect
from streamlit import net_util

HOST = "dashboard.example"


async def _talks(socket):
    await socket.accept()
    await socket.send_text(socket.headers.get("origin", "none"))
    await socket.close()


@pytest.fixture
def connect(client):
    asking = client(more=(WebSocketRoute("/_stcore/stream", _talks),))

    def asked(**headers: str) -> str:
        """The origin that Streamlit sees where the connection is let in, else nothing."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            with asking.websocket_connect(f"ws://{HOST}/_stcore/stream", headers=named) as socket:
                return socket.receive_text()
        except WebSocketDisconnect:
            return ""

    return asked


def test_the_dashboard_s_own_pages_are_let_in(connect):
    assert connect(origin=f"http://{HOST}")
    assert connect(origin=f"https://{HOST}", x_forwarded_proto="https")


def test_the_scheme_is_that_of_the_reader_s_browser(connect):
    assert not connect(origin=f"https://{HOST}")
    assert not connect(origin=f"http://{HOST}", x_forwarded_proto="https")


@pytest.mark.parametrize("here", ["localhost", "127.0.0.1", "0.0.0.0"])
def test_pages_of_other_ports_of_this_machine_are_others(connect, here):
    assert connect(origin=f"http://{here}:8501", host=f"{here}:8501")
    for other in (f"http://{here}", f"http://{here}:3000", f"https://{here}:8501", "http://localhost:8502"):
        assert not connect(origin=other, host=f"{here}:8501")


def test_a_page_that_is_named_is_let_in_as_it_is_named(connect, monkeypatch):
    real = st.get_option
    monkeypatch.setattr(st, "get_option", lambda name: ["https://intranet.example.no"] if name == "server.corsAllowedOrigins" else real(name))
    assert connect(origin="https://intranet.example.no") == f"http://{HOST}", "as one of ours, or Streamlit asks who we are"
    for other in ("http://intranet.example.no", "https://intranet.example.no:444", "https://a.intranet.example.no"):
        assert not connect(origin=other)


@pytest.mark.parametrize("origin", [
    "https://evil.example", f"https://{HOST}.evil.example", f"https://{HOST}@evil.example", f"https://{HOST}:444", f"http://{HOST}:80", f"http://{HOST.upper()}", "null", "", "https://[", "https://evil.example#localhost", "file://",
])  # fmt: skip
def test_pages_of_others_are_refused_before_anybody_is_asked(connect, origin, monkeypatch):
    def asked(*_, **__):
        raise AssertionError("asked for an address")

    monkeypatch.setattr(net_util, "_make_blocking_http_get", asked)
    assert not connect(origin=origin)


def test_what_is_no_browser_has_no_origin(connect):
    assert connect()
