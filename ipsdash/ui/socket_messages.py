"""Lets through only those messages on the WebSocket that the dashboard's pages send.

Streamlit does whatever a message asks for, whoever sent it: empty all caches of all readers (with
them the waiting times after wrong
passwords), run git and tell the names of changed files, watch files. What it cannot read it writes
into the log.
"""

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

TAKEN = ("rerun_script", "stop_script", "app_heartbeat", "backend_operation_request")
# Of the last kind: a file that is made when it is asked for, and further rows of a table.
OPERATIONS = ("deferred_file", "dataframe_chunk")
UNREADABLE, UNSUPPORTED = 1002, 1003


class SocketMessages:
    """Leaves out messages of other kinds, and ends the connection where one cannot be read, as the
    protocol has it."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def received() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                code = refusal(message.get("bytes"))
                if code:
                    await send({"type": "websocket.close", "code": code})
                    return {"type": "websocket.disconnect", "code": code}
                if code is None:
                    return message

        await self.app(scope, received, send)


def refusal(content: bytes | None) -> int | None:
    """With which code a message ends its connection; 0 for one that is left out, None for one that
    is taken. content: None of a text."""
    if content is None:
        return UNSUPPORTED
    try:
        message = BackMsg.FromString(content)
    except DecodeError:
        return UNREADABLE
    kind = message.WhichOneof("type")
    if kind not in TAKEN:
        return 0
    asked = message.backend_operation_request if kind == "backend_operation_request" else None
    return 0 if asked is not None and asked.WhichOneof("payload") not in OPERATIONS else None
