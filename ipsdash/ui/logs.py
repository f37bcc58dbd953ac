"""What the server writes about itself: with IPSDASH_LOGS=json one JSON object a line, and one for every answer.

Nothing about a reader: no address, no query (it holds what a reader chose and wrote), no name of their browser, no cookie.
"""

import json
import logging
import time
from datetime import datetime, timezone

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ipsdash import settings

LOG = logging.getLogger("ipsdash.server")
LONGEST = 120
# Addresses that go on with what belongs to one reader: the session, a file of their own.
PRIVATE = ("/_stcore/upload_file/", "/media/")


class Lines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds")
        line = {"time": at, "level": record.levelname.lower(), "event": record.getMessage(), "from": record.name}
        line |= getattr(record, "about", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def settle() -> None:
    """Has everything that is logged written as JSON, if that is asked for: ours, Streamlit's and its server's."""
    if not wanted():
        return
    ours = logging.getLogger("ipsdash")
    ours.setLevel(logging.INFO)
    ours.propagate = False
    ours.handlers = ours.handlers or [logging.StreamHandler()]
    known = [one for one in logging.Logger.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    for handler in (handler for one in [logging.getLogger(), *known] for handler in one.handlers):
        handler.setFormatter(Lines())


def wanted() -> bool:
    return settings.value(settings.LOGS) == settings.JSON


def place(path: str) -> str:
    """The path of an address as far as it is nobody's own."""
    private = next((begin for begin in PRIVATE if path.startswith(begin)), None)
    return f"{private}…" if private else path[:LONGEST]


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
            if message["type"] in ("http.response.start", "websocket.accept"):
                status.append(message.get("status", 101))
            await send(message)

        try:
            await self.app(scope, receive, sent)
        except Exception:
            LOG.exception("failed", extra={"about": {"path": place(scope["path"])}})
            if scope["type"] == "http" and not status:
                await PlainTextResponse("", status_code=500)(scope, receive, sent)
        if self.wanted:
            about = {"path": place(scope["path"]), "status": (status or [403])[0], "ms": round(1000 * (time.perf_counter() - begun), 1)}
            LOG.info("answered" if scope["type"] == "http" else "connection closed", extra={"about": about})
