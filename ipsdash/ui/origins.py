"""Pages of others cannot open a connection in a reader's name.

Streamlit sees to that too, but asks an address on the internet for its own address first, for every page of others that tries, and
answers nobody meanwhile. What it could only refuse is refused here.
"""

from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit.url_util import get_hostname

# Those Streamlit lets in without asking anybody.
HERE = ("localhost", "0.0.0.0", "127.0.0.1")
REFUSED = 1008


class OwnPages:
    """Lets connections in that come from the dashboard's own pages, or from pages that `server.corsAllowedOrigins` names."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and not known(Headers(scope=scope)):
            await WebSocketClose(REFUSED)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def known(headers: Headers) -> bool:
    """Whether Streamlit can decide about a connection by itself."""
    origin = headers.get("origin")
    if origin is None or not st.get_option("server.enableCORS"):
        return True
    try:
        return urlsplit(origin).netloc == headers.get("host") or get_hostname(origin) in _hosts()
    except ValueError:
        return False


def _hosts() -> set[str | None]:
    named = [st.get_option("browser.serverAddress"), *st.get_option("server.corsAllowedOrigins")]
    return {*HERE, *(get_hostname(one.strip()) for one in named if one)}
