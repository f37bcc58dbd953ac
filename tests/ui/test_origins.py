"""Pages of others cannot open a connection; nobody is asked who we are."""

import pytest
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocketDisconnect
from streamlit import net_util

HOST = "dashboard.example"


async def _talks(socket):
    await socket.accept()
    await socket.close()


@pytest.fixture
def connect(client):
    asking = client(more=(WebSocketRoute("/_stcore/stream", _talks),))

    def asked(**headers: str) -> bool:
        """Whether the connection is let in."""
        try:
            with asking.websocket_connect(f"ws://{HOST}/_stcore/stream", headers=headers):
                return True
        except WebSocketDisconnect:
            return False

    return asked


@pytest.mark.parametrize("origin", [f"https://{HOST}", f"http://{HOST}", "http://localhost:8501", "http://127.0.0.1"])
def test_the_dashboard_s_own_pages_are_let_in(connect, origin):
    assert connect(origin=origin)


@pytest.mark.parametrize("origin", [
    "https://evil.example", f"https://{HOST}.evil.example", f"https://{HOST}@evil.example", f"https://{HOST}:444", "null", "", "https://[", "https://evil.example#localhost", "file://",
])  # fmt: skip
def test_pages_of_others_are_refused_before_anybody_is_asked(connect, origin, monkeypatch):
    def asked(*_, **__):
        raise AssertionError("asked for an address")

    monkeypatch.setattr(net_util, "_make_blocking_http_get", asked)
    assert not connect(origin=origin)


def test_what_is_no_browser_has_no_origin(connect):
    assert connect()
