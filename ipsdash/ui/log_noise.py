"""What strangers can set off in the log: lowered to "info", without values and tracebacks, so that
nobody can ring the alarm.

A log record is settled where it is made (`logging.setLogRecordFactory`), before any handler sees
it: Streamlit gives each of its
modules a logger and a handler of its own, some of them long after the start.
"""

import logging
import traceback
from types import TracebackType

from ipsdash.tables.plain_text import plain_text

# Characters of a message and of a traceback that are written.
LONGEST_EVENT, LONGEST_TRACEBACK = 500, 20_000
# By logger: how messages begin that a link, a request or a message on the WebSocket can set off.
# What is written is this text alone:
# the rest names cookies, ids and addresses as they were sent.
FROM_OUTSIDE = {
    "uvicorn.error": (
        "Invalid HTTP request received.",
        "Unsupported upgrade request.",
        "Invalid UTF-8 sequence received from client.",
        # uvicorn says so of each handshake that is refused with an answer of the application's own.
        "ASGI callable returned without completing handshake.",
    ),
    "streamlit.web.server.starlette.starlette_websocket": (
        "Error deserializing back message",
        "Error decoding auth cookie payload",
        "Error parsing auth cookie for websocket",
        "Origin mismatch",
        "Rejecting WebSocket connection",
        "Client WebSocket message size",
        "Client tried to disconnect websocket",
        "Client tried to shut down runtime",
    ),
    "streamlit.auth_util": ("Invalid chunk count for cookie", "Missing chunk"),
    "streamlit.components.v2.bidi_component.serialization": ("Failed to deserialize component state from frontend",),
    "streamlit.runtime.app_session": ("No handler for", "Rejecting backend operation request", "The fragment with id"),
    "streamlit.runtime.backend_operation_handler": ("Backend operation request", "No handler registered for backend operation"),
    "streamlit.runtime.scriptrunner.script_runner": ("Couldn't find fragment with id",),
    "streamlit.runtime.state.query_params": ("Ignoring query string",),
    "streamlit.runtime.websocket_session_manager": ("Session with id", "Ignoring reconnect"),
}  # fmt: skip
# What strangers can set off and faults of ours too: a warning, with its traceback. By logger: how
# messages begin.
PERHAPS_FROM_OUTSIDE = {
    "streamlit.runtime.app_session": ("Error processing back message",),
    "streamlit.runtime.backend_operation_handler": ("",),
    "streamlit.runtime.dataframe_chunk_handler": ("",),
    "streamlit.web.server.starlette.starlette_auth_routes": ("",),
}
# The loggers of Streamlit that tell what a page's script raised.
OF_SCRIPTS = ("streamlit.error_util", "streamlit.runtime.scriptrunner.script_runner")
# Streamlit's functions that read what a browser sent as the value of a control; the last meets
# those of controls that no page has.
READING_VALUES = ("deserialize", "unpack_widget_state_value", "filtered_state")
NO_VALUE = "a control was sent a value that it cannot have"


def install() -> None:
    """Settles every record that is made from now on."""
    before = logging.getLogRecordFactory()
    if not isinstance(before, _Settled):
        logging.setLogRecordFactory(_Settled(before))


class _Settled:
    """Makes records as `before` does, and settles them."""

    def __init__(self, before):
        self.before = before

    def __call__(self, *given, **named) -> logging.LogRecord:
        record = self.before(*given, **named)
        settle(record)
        return record


def settle(record: logging.LogRecord) -> None:
    """Takes out of a record what was typed by strangers, and lowers it where they set it off."""
    try:
        message = record.getMessage()
    except (TypeError, ValueError):
        # A message that does not fit its values: whoever writes it says so.
        return
    event = next((begin for begin in FROM_OUTSIDE.get(record.name, ()) if message.startswith(begin)), None)
    if event is None and record.name in OF_SCRIPTS and _is_of_a_value(record.exc_info):
        event = NO_VALUE
    if event is not None:
        _lower(record, logging.INFO)
        record.exc_info = record.exc_text = None
    elif message.startswith(PERHAPS_FROM_OUTSIDE.get(record.name, ())):
        _lower(record, logging.WARNING)
    record.msg, record.args = plain_text(event or message, LONGEST_EVENT, lines=not record.name.startswith("ipsdash")), ()
    if record.exc_info and record.exc_info[0] is not None:
        said = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
        record.exc_text = plain_text(said[-LONGEST_TRACEBACK:], lines=True)


def _lower(record: logging.LogRecord, level: int) -> None:
    if record.levelno > level:
        record.levelno, record.levelname = level, logging.getLevelName(level)


def _is_of_a_value(raised: tuple | None) -> bool:
    """Whether an error comes from what a browser sent as the value of a control: Streamlit reads
    it where the page draws the control."""
    followed: TracebackType | None = raised[2] if raised else None
    while followed is not None:
        code = followed.tb_frame.f_code
        if code.co_name in READING_VALUES and followed.tb_frame.f_globals.get("__name__", "").startswith("streamlit."):
            return True
        followed = followed.tb_next
    return False
