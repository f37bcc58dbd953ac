"""Same-origin check for WebSockets: pages of others cannot open a connection in a reader's name.

Streamlit checks too, but lets in pages of every other port of this machine, and asks an address on
the internet for its own address
for every page of others that tries. So an origin is compared whole here, and what Streamlit could
only refuse is refused before.
"""

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from ipsdash.ui.headers import by_tls

REFUSED = 1008


class OwnPages:
    """Lets connections in that come from the dashboard's own pages, or from pages that
    `server.corsAllowedOrigins` names."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
        elif known(scope):
            await self.app(_from_own_page(scope), receive, send)
        else:
            await WebSocketClose(REFUSED)(scope, receive, send)


def known(scope: Scope) -> bool:
    """Whether a connection comes from a page of this origin, from one that is named, or from no
    page."""
    origin = Headers(scope=scope).get("origin")
    if origin is None or not st.get_option("server.enableCORS"):
        return True
    named = {one.strip() for one in st.get_option("server.corsAllowedOrigins")}
    return origin == own_origin(scope) or origin in named


def own_origin(scope: Scope) -> str:
    """The origin of the dashboard's pages as the reader's browser names it: scheme, host and
    port."""
    return f"{'https' if by_tls(scope) else 'http'}://{Headers(scope=scope).get('host', '')}"


def _from_own_page(scope: Scope) -> Scope:
    """The same request as if from a page of ours, where a named page sent it: Streamlit would look
    up addresses on the internet
    before it looks at the names."""
    headers = MutableHeaders(raw=list(scope["headers"]))
    if headers.get("origin") in (None, own_origin(scope)) or not st.get_option("server.enableCORS"):
        return scope
    headers["origin"] = own_origin(scope)
    return scope | {"headers": headers.raw}
