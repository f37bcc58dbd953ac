"""Under which names the server answers, and which addresses answer to this machine alone."""

from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from ipsdash.ui.refusals import refuse

# What Streamlit says of its own memory and scripts, and its interface for programs.
LOCAL_PATHS = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent")
# A request that has one of these came through a proxy, so its peer's address says nothing of who
# asks.
FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "x-real-ip")
LOOPBACK_NAMES = ("localhost",)


class KnownHosts:
    """Refuses requests under names that `server.allowedHosts` does not have (421), and hides
    LOCAL_PATHS from everybody else (404).

    Streamlit keeps to `server.allowedHosts` for WebSockets only. A page of others whose name was
    made to lead here (DNS rebinding)
    could read everything else.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        local = is_local(scope)
        # Whoever asks from this machine by its own name, as a health check does, was not led here
        # by another name.
        if not is_host_allowed(Headers(scope=scope).get("host")) and not (local and scope["type"] == "http"):
            await refuse(scope, receive, send, 421, "host")
        elif scope["path"].startswith(LOCAL_PATHS) and not local:
            await refuse(scope, receive, send, 404, "not_a_page")
        else:
            await self.app(scope, receive, send)


def is_local(scope: Scope) -> bool:
    """Whether a request was made on this machine, by its own name, by a program and not by a page
    of others."""
    headers = Headers(scope=scope)
    if any(name in headers for name in (*FORWARDED, "origin")):
        return False
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return False
    host = headers.get("host", "").rpartition(":")[0] if _has_port(headers.get("host", "")) else headers.get("host", "")
    client = scope.get("client")
    return client is not None and _is_loopback(client[0]) and _is_loopback(host.strip("[]"))


def _has_port(host: str) -> bool:
    return host.rpartition(":")[2].isdecimal() and (host.count(":") == 1 or "]:" in host)


def _is_loopback(name: str) -> bool:
    try:
        address = ip_address(name)
    except ValueError:
        return name in LOOPBACK_NAMES
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
