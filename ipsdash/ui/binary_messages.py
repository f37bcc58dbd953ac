"""Closes WebSockets on which text comes: the dashboard's pages send bytes, and Streamlit fails on text with an error in the log."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

UNSUPPORTED_DATA = 1003


class BinaryMessages:
    """Turns a text message into the end of the connection, as the protocol has it for data that a server does not take."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def received() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and message.get("bytes") is None:
                await send({"type": "websocket.close", "code": UNSUPPORTED_DATA})
                return {"type": "websocket.disconnect", "code": UNSUPPORTED_DATA}
            return message

        await self.app(scope, received, send)
