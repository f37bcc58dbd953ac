"""Answers that the web server (uvicorn) makes by itself, before the application sees a request:
they carry the same headers.

uvicorn has no setting for any of this that Streamlit would pass on, so three names of its HTTP
protocol are replaced.
"""

from collections.abc import Callable, Mapping

import h11
from uvicorn.protocols.http import h11_impl
from uvicorn.protocols.http.h11_impl import H11Protocol
from websockets.http11 import MAX_LINE_LENGTH, MAX_NUM_HEADERS

from ipsdash.ui.request_limits import MAX_HEADER_BYTES

KEY_LENGTH = 24


def install(headers: Mapping[str, str]) -> None:
    """Replaces them. headers: of every answer."""
    # How much of a request's head is waited for; uvicorn's own 16 kB would cut links at a length
    # that depends on the network.
    h11_impl.DEFAULT_MAX_INCOMPLETE_EVENT_SIZE = MAX_HEADER_BYTES
    H11Protocol.send_400_response = _bad_request(headers)
    if not hasattr(H11Protocol._should_upgrade, "replaced"):
        H11Protocol._should_upgrade = _only_handshakes(H11Protocol._should_upgrade)


def _bad_request(headers: Mapping[str, str]) -> Callable[[H11Protocol, str], None]:
    """What answers a request that cannot be read."""
    said = [(name.encode(), value.encode()) for name, value in headers.items()]
    said += [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]

    def send_400_response(protocol: H11Protocol, text: str) -> None:
        parts = (h11.Response(status_code=400, headers=said, reason=b"Bad Request"), h11.Data(data=text.encode()), h11.EndOfMessage())
        try:
            for part in parts:
                protocol.transport.write(protocol.conn.send(part))
        except h11.LocalProtocolError:
            # The answer to the request before is under way: nothing can be said any more.
            pass
        protocol.transport.close()

    return send_400_response


def _only_handshakes(should_upgrade: Callable[[H11Protocol], bool]) -> Callable[[H11Protocol], bool]:
    """Whether a request becomes a WebSocket: only where the WebSocket library can read it. It has
    limits of its own, and leaves the
    connection of a request that is over them open without an answer; what is no handshake goes to
    the application as a request."""

    def is_handshake(protocol: H11Protocol) -> bool:
        headers = dict(protocol.headers)
        lines = [len(name) + len(value) + 2 for name, value in protocol.headers]
        target = len(protocol.scope["raw_path"]) + len(protocol.scope["query_string"]) + len("GET ? HTTP/1.1")
        return (
            should_upgrade(protocol)
            and protocol.scope["method"] == "GET"
            and max([target, *lines]) + 2 < MAX_LINE_LENGTH
            and len(lines) < MAX_NUM_HEADERS
            and len(headers.get(b"sec-websocket-key", b"")) == KEY_LENGTH
            and headers.get(b"sec-websocket-version") == b"13"
        )

    is_handshake.replaced = True
    return is_handshake
