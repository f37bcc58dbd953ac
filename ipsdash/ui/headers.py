"""What every answer says to the browser: what a page may load and run, who may frame it, that it comes by TLS only, what it keeps to itself."""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256

from starlette.datastructures import Headers as Sent, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ipsdash import settings

_INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.S)
# What the pages do in the browser, each found by trying every page without it:
# - blob: in script-src: Streamlit loads a component's program from one; only a program that runs already can make one.
# - 'unsafe-inline' in style-src: Streamlit, Plotly and our pictures write styles into elements. No program runs by that.
# - data: in font-src: Streamlit carries a small font of its own in its rules. data: in img-src: the arrows and ticks of its controls.
# - 'self' in worker-src: one worker, which takes Streamlit's programs out of one file (worker.js).
# No eval, no frame, no other address than the page's own. No WebAssembly: Streamlit's protocol tries it for long integers
# and does without, which the browser reports on each page.
SOURCES = {
    "default-src": "'none'", "script-src": "'self' blob:", "style-src": "'self' 'unsafe-inline'", "img-src": "'self' data:", "font-src": "'self' data:",
    "connect-src": "'self'", "worker-src": "'self'", "frame-src": "'none'", "object-src": "'none'", "base-uri": "'none'", "form-action": "'self'",
}  # fmt: skip
# Of one page that has all it needs in itself: the slides.
ALONE = {
    "default-src": "'none'", "script-src": "", "style-src": "'unsafe-inline'", "img-src": "data:", "font-src": "data:", "base-uri": "'none'", "form-action": "'none'",
}  # fmt: skip
OF_ALL = {"x-content-type-options": "nosniff", "cross-origin-resource-policy": "same-origin"}
# The ASGI extension by which a WebSocket handshake is refused with an answer of the application's own.
DENIAL = "websocket.http.response"
UNUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture", "encrypted-media", "geolocation", "gyroscope", "magnetometer",
    "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
# What no browser shows as a page of its own: a policy for pages would be a kilobyte more on each of a hundred files.
PARTS = ("text/javascript", "text/css", "font/")
PERMISSIONS = ", ".join([*(f"{name}=()" for name in UNUSED), "fullscreen=(self)", "clipboard-write=(self)"])


def policy(sources: Mapping[str, str], inline: Iterable[str] = (), environment: Mapping[str, str] | None = None) -> str:
    """A Content-Security-Policy. inline: the programs that stand in the page itself."""
    hashes = " ".join(f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in inline)
    scripts = f"{sources['script-src']} {hashes}".strip()
    parts = {**sources, "script-src": scripts or "'none'", "frame-ancestors": " ".join(ancestors(environment)) or "'none'"}
    return "; ".join(f"{name} {what}" for name, what in parts.items())


def inline(page: str) -> list[str]:
    """The programs that stand in a page."""
    return _INLINE.findall(page)


def ancestors(environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The origins that may show these pages in a frame. Raises WrongSetting for what is not one."""
    return settings.value(settings.ANCESTORS, environment)


def common(page: str, environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """The headers of every answer that could be shown as a page. page: what Streamlit's program starts in."""
    said = {
        **OF_ALL, "content-security-policy": policy(SOURCES, inline(page), environment), "referrer-policy": "same-origin",
        "permissions-policy": PERMISSIONS, "cross-origin-opener-policy": "same-origin",
    }  # fmt: skip
    # For browsers that do not know frame-ancestors; it has no word for "these origins".
    return said if ancestors(environment) else said | {"x-frame-options": "DENY"}


class Headers:
    """Adds the headers to every answer; an answer's own policy stays."""

    def __init__(self, app: ASGIApp, page: str, environment: Mapping[str, str] | None = None):
        self.app = app
        self.common = common(page, environment)
        tls_only = settings.value(settings.HSTS, environment)
        self.tls_only = "" if tls_only is None else f"max-age={tls_only}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        answered: list[str] = []

        async def sent(message: Message) -> None:
            if message["type"] == "websocket.close" and not answered and DENIAL in scope.get("extensions", {}):
                # A refused handshake; the server's own answer to it would have no headers of ours.
                answered.append(DENIAL)
                start = {"type": f"{DENIAL}.start", "status": 403, "headers": []}
                self._add(MutableHeaders(scope=start), by_tls(scope))
                await send(start)
                await send({"type": f"{DENIAL}.body", "body": b"", "more_body": False})
                return
            if message["type"] in ("websocket.accept", f"{DENIAL}.start"):
                answered.append(message["type"])
            if message["type"] in ("http.response.start", f"{DENIAL}.start"):
                message.setdefault("headers", [])
                self._add(MutableHeaders(scope=message), by_tls(scope))
            await send(message)

        await self.app(scope, receive, sent)

    def _add(self, headers: MutableHeaders, secure: bool) -> None:
        part = headers.get("content-type", "").startswith(PARTS)
        for name, value in (OF_ALL if part else self.common).items():
            headers.setdefault(name, value)
        if secure and self.tls_only:
            headers.setdefault("strict-transport-security", self.tls_only)
        if secure:
            _secure_cookies(headers)


def by_tls(scope: Scope) -> bool:
    """Whether the browser came by TLS, to this server or to one before it."""
    said = Sent(scope=scope).get("x-forwarded-proto", "").split(",")[0].strip()
    return said == "https" or scope.get("scheme") in ("https", "wss")


def _secure_cookies(headers: MutableHeaders) -> None:
    """Streamlit keeps its cookies to TLS only where it has the certificate itself."""
    headers.raw[:] = [
        (name, value + b"; Secure") if name == b"set-cookie" and b"; secure" not in value.lower() else (name, value)
        for name, value in headers.raw
    ]
