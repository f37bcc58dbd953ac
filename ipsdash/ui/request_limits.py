"""Limits of what a request may bring, checked before anything reads it: cookies, link, all
headers."""

from starlette.types import ASGIApp, Receive, Scope, Send

from ipsdash.ui.refusals import refuse

# Bytes. All cookies of a request together: the dashboard's own take less than 1 kB, a sign-in's up
# to 5 kB. Python before 3.11.10 and
# 3.12.6 takes two seconds for a cookie of 30,000 backslashes (python_faults.py).
MAX_COOKIE_BYTES = 8 * 1024
# No cookie of ours has any. 8,000 of them would take 0.1 s each time with such a Python.
MAX_COOKIE_BACKSLASHES = 100
# A link holds what a reader chose, their own titles and notes of slides too; as in
# deploy/nginx.conf.
MAX_LINK_BYTES = 32 * 1024
MAX_HEADER_BYTES = 64 * 1024
STREAM = "/_stcore/stream"


class RequestLimits:
    """Refuses requests and WebSocket handshakes that are over a limit (431, 414); nobody further
    in sees them."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = over_limit(scope) if scope["type"] in ("http", "websocket") else None
        if refusal:
            await refuse(scope, receive, send, *refusal)
        else:
            await self.app(scope, receive, send)


def over_limit(scope: Scope) -> tuple[int, str] | None:
    """The status and the text key of the limit that a request is over; None for most."""
    headers = scope["headers"]
    cookies = [value for name, value in headers if name == b"cookie"]
    if sum(map(len, cookies)) > MAX_COOKIE_BYTES:
        return 431, "cookies"
    if sum(value.count(b"\\") for value in cookies) > MAX_COOKIE_BACKSLASHES:
        return 431, "cookie_backslashes"
    if sum(len(name) + len(value) for name, value in headers) > MAX_HEADER_BYTES:
        return 431, "headers"
    if len(scope.get("raw_path") or b"") + len(scope.get("query_string", b"")) > MAX_LINK_BYTES:
        return 414, "long_link"
    if scope["type"] == "http" and scope["path"] == STREAM:
        # Pages connect here by WebSocket; a handshake that is none comes as a plain request
        # (bad_requests.py).
        return 400, "not_a_page"
    return None
