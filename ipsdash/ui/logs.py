"""What the server writes about itself: with IPSDASH_LOGS=json one JSON object a line, and one for every answer.

Nothing about a reader: no address, no query (it holds what a reader chose and wrote), no name of their browser, no cookie.
"""

import json
import logging
import time
from datetime import datetime, timezone
from pathlib import Path

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ipsdash import settings
from ipsdash.ui import log_noise

LOG = logging.getLogger("ipsdash.server")
# Addresses that are written as they are, and those of which no more is written than how they begin: what follows is a reader's own
# (a session, a file), a name that changes with each version, or anything that somebody typed.
PAGES = frozenset(f"/{file.stem}" for file in (Path(__file__).resolve().parents[2] / "pages").glob("*.py"))
KNOWN = PAGES | {
    "/", "/slides", "/healthz", "/readyz", "/favicon.png", "/assets/server", "/oauth2callback", "/auth/login", "/auth/logout",
    "/_stcore/stream", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/script-health-check",
}  # fmt: skip
BEGINNINGS = (
    "/static/", "/assets/", "/slides/", "/media/", "/component/", "/_stcore/upload_file/", "/_stcore/bidi-components/", "/_stcore/agent/",
)  # fmt: skip
OTHER = "other"


class Lines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds")
        line = {"time": at, "level": record.levelname.lower(), "event": record.getMessage(), "from": record.name}
        line |= getattr(record, "about", {})
        if record.exc_info:
            line["traceback"] = record.exc_text or self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def settle() -> None:
    """Has everything that is logged written as JSON, if that is asked for: ours, Streamlit's and its server's. Either way without what
    strangers put into it."""
    log_noise.install()
    if not wanted():
        return
    ours = logging.getLogger("ipsdash")
    ours.setLevel(logging.INFO)
    ours.propagate = False
    ours.handlers = ours.handlers or [logging.StreamHandler()]
    # Of the server and of Python itself, which else go to Python's last resort, as text.
    known = [one for one in logging.Logger.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    for one in [logging.getLogger(), *(one for one in known if not one.propagate)]:
        one.handlers = one.handlers or [_warnings()]
    for handler in (handler for one in [logging.getLogger(), *known] for handler in one.handlers):
        handler.setFormatter(Lines())


def _warnings() -> logging.Handler:
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    return handler


def wanted() -> bool:
    return settings.value(settings.LOGS) == settings.JSON


def place(path: str) -> str:
    """The path of an address as far as it is an address of ours: never as somebody typed it."""
    if path in KNOWN:
        return path
    begin = next((begin for begin in BEGINNINGS if path.startswith(begin)), None)
    return f"{begin}…" if begin else OTHER


class Logged:
    """Writes a line for every answer and every connection, and for what fails; who asked is told no more than that it did."""

    def __init__(self, app: ASGIApp):
        self.app, self.wanted = app, wanted()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), []

        async def sent(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.accept", "websocket.http.response.start"):
                status.append(message.get("status", 101))
            await send(message)

        try:
            await self.app(scope, receive, sent)
        except ClientDisconnect:
            # Whoever asked is gone.
            pass
        except Exception:
            LOG.exception("failed", extra={"about": {"path": place(scope["path"])}})
            if scope["type"] == "http" and not status:
                await PlainTextResponse("", status_code=500)(scope, receive, sent)
        if self.wanted:
            about = {"path": place(scope["path"]), "status": (status or [403])[0], "ms": round(1000 * (time.perf_counter() - begun), 1)}
            LOG.info("answered" if scope["type"] == "http" else "connection closed", extra={"about": about})
