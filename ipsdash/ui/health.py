"""Whether the server has something to show: for whoever watches it. Codes only, no words and no numbers."""

import logging

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ipsdash.ui import editions, reader
from ipsdash.ui.packing import NOW

LOG = logging.getLogger("ipsdash.health")


def ready(_: Request) -> Response:
    """The tables load without a fault and the store answers; 503 with what does not."""
    code = trouble()
    return PlainTextResponse(code or "ok", status_code=503 if code else 200, headers=NOW)


def trouble() -> str:
    """The code of what keeps readers from the newest numbers; "" for nothing."""
    try:
        tables, found = reader.newest().tables, editions.trouble()
        return found.code if found else "" if tables is not None else "tables"
    except Exception:
        # Whatever it is, whoever watches must hear of it; the log says what.
        LOG.exception("not ready")
        return "error"
