"""Lets through only those messages on the WebSocket that the dashboard's pages send.

Streamlit does whatever a message asks for, whoever sent it: empty all caches of all readers (with
them the waiting times after wrong passwords), run git and tell the names of changed files, watch
files. What it cannot read it writes into the log. It takes as many values of controls as there are
in a message, of controls that no page has too.
"""

import logging
import re
import string

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from ipsdash.ui import socket_sizes

LOG = logging.getLogger("ipsdash.server")
TAKEN = ("rerun_script", "stop_script", "app_heartbeat", "backend_operation_request")
# Of the last kind: a file that is made when it is asked for, and further rows of a table.
OPERATIONS = ("deferred_file", "dataframe_chunk")
UNREADABLE, UNSUPPORTED, TOO_LARGE = 1002, 1003, 1009
# Bytes of a message, without the content of a workbook: a page's choices are some kilobytes, a file
# of own assumptions comes as 20 kB of text, written for JSON.
LARGEST = 150_000
# Bytes of the content of a workbook, as base64: 10 MB.
LARGEST_WORKBOOK = 13_400_000
# Values of controls in a message: a page has some tens.
MOST_CONTROLS = 300
# Fields of a message that are looked at to find a workbook's content: more than those controls.
MOST_FIELDS = 2 * MOST_CONTROLS
# The names that Streamlit gives controls, and those of what a control of our own says.
CONTROL = re.compile(r"(\$\$STREAMLIT_INTERNAL_KEY_)?\$\$ID-[0-9a-f]{1,64}-[^\x00-\x1f]{1,200}")
WORKBOOK = "-workbook__events"
BASE64 = (string.ascii_letters + string.digits + "+/=").encode()
# Where a workbook stands in a message.
PLACE = (
    BackMsg.RERUN_SCRIPT_FIELD_NUMBER,
    ClientState.WIDGET_STATES_FIELD_NUMBER,
    WidgetStates.WIDGETS_FIELD_NUMBER,
    WidgetState.JSON_TRIGGER_VALUE_FIELD_NUMBER,
)
VARINT, FIXED64, COUNTED, FIXED32 = 0, 1, 2, 5


class SocketMessages:
    """Leaves out messages of other kinds and values of controls that no page has. Ends the
    connection where a message cannot be read or is too large, as the protocol has it."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        allowance = socket_sizes.sent()

        async def received() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                content = message.get("bytes")
                if allowance.take(len(content or message.get("text") or "")):
                    passed, code = checked(content)
                else:
                    passed, code = None, TOO_LARGE
                if code:
                    if code == TOO_LARGE:
                        LOG.info("a message on the WebSocket was too large")
                    await send({"type": "websocket.close", "code": code})
                    return {"type": "websocket.disconnect", "code": code}
                if passed is not None:
                    return message | {"bytes": passed}

        await self.app(scope, received, send)


def checked(content: bytes | None) -> tuple[bytes | None, int]:
    """What of a message is passed on, None for nothing, and with which code it ends its
    connection, 0 for none. content: None of a text."""
    if content is None:
        return None, UNSUPPORTED
    try:
        if not is_small(content):
            return None, TOO_LARGE
        message = BackMsg.FromString(content)
    except DecodeError:
        return None, UNREADABLE
    kind = message.WhichOneof("type")
    if kind == "rerun_script":
        return _with_known_controls(message, content)
    if kind == "backend_operation_request":
        asked = message.backend_operation_request.WhichOneof("payload")
        return (content if asked in OPERATIONS else None), 0
    return (content if kind in TAKEN else None), 0


def is_small(content: bytes) -> bool:
    """Whether a message is small, but for the content of one workbook. It is not read for that:
    reading needs a hundred bytes of memory for each empty value."""
    if len(content) <= LARGEST:
        return True
    if len(content) > LARGEST + LARGEST_WORKBOOK:
        return False
    start, end = 0, len(content)
    for number in PLACE:
        found = _large_field(content, start, end, number)
        if found is None:
            return False
        start, end = found
    # The content is the last text in the JSON, and nothing but base64, which JSON reads at once.
    last = content.rfind(b'"', start, end)
    first = content.rfind(b'"', start, max(start, last)) + 1
    if first == 0 or len(content) - (last - first) > LARGEST:
        return False
    return not content[first:last].translate(None, BASE64)


def _large_field(content: bytes, start: int, end: int, number: int) -> tuple[int, int] | None:
    """Where the content of the first large field of a part of a message begins and ends, if it has
    this number."""
    at = start
    for _ in range(MOST_FIELDS):
        if at >= end:
            break
        tag, at = _varint(content, at)
        kind = tag & 7
        if kind == VARINT:
            _, at = _varint(content, at)
        elif kind == FIXED64:
            at += 8
        elif kind == FIXED32:
            at += 4
        elif kind == COUNTED:
            size, at = _varint(content, at)
            if size > LARGEST:
                return (at, at + size) if tag >> 3 == number and at + size <= end else None
            at += size
        else:
            break
    return None


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """A number as protobuf writes it, and where the next one stands."""
    value = 0
    for place, byte in enumerate(content[at : at + 10]):
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            return value, at + place + 1
    raise DecodeError("a number without an end")


def _with_known_controls(message: BackMsg, content: bytes) -> tuple[bytes | None, int]:
    """A page's run, without values of controls that Streamlit did not name."""
    controls = message.rerun_script.widget_states.widgets
    if len(controls) > MOST_CONTROLS:
        return None, TOO_LARGE
    if any(
        len(one.json_trigger_value) > LARGEST and not one.id.endswith(WORKBOOK) for one in controls
    ):
        return None, TOO_LARGE
    known = [one for one in controls if CONTROL.fullmatch(one.id)]
    if len(known) == len(controls):
        return content, 0
    LOG.info("a message on the WebSocket named a control that no page has")
    message.rerun_script.widget_states.CopyFrom(WidgetStates(widgets=known))
    return message.SerializeToString(), 0
