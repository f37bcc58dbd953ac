"""A reader without a browser: what the server itself takes to answer, not disturbed by a browser on the same processors."""

import socket
import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from benchmarks.visits import Page, Server, median

CHANGES = 11


class Wire(socket.socket):
    """A connection that counts what it receives, packed as it comes."""

    received = 0

    def recv(self, *given: int) -> bytes:
        data = super().recv(*given)
        self.received += len(data)
        return data


class Session:
    """One reader's connection to a server."""

    def __init__(self, server: Server, page: Page):
        self.page, self.held = page, []
        self.wire = Wire(socket.AF_INET, socket.SOCK_STREAM)
        self.wire.connect(("127.0.0.1", server.port))
        self.connection = connect(f"ws://localhost:{server.port}/_stcore/stream", sock=self.wire, max_size=None)

    def changes(self) -> dict[str, float]:
        """Medians of changing the page's control to and fro: seconds until the script's end, bytes on the wire.

        What is changed to has been seen before, so that all caches are warm.
        """
        control, options = _select(self._answered({}), self.page.control)
        other = next(option for option in options if self.page.option in option)
        self._answered({control: other})
        return median([self._change(control, (options[0], other)[turn % 2]) for turn in range(CHANGES)])

    def close(self) -> None:
        self.connection.close()

    def _change(self, control: str, value: str) -> dict[str, float]:
        before, began = self.wire.received, time.perf_counter()
        self._answered({control: value})
        return {"script": time.perf_counter() - began, "bytes": self.wire.received - before}

    def _answered(self, chosen: dict[str, str]) -> list[ForwardMsg]:
        """Asks for a run of the page; gives all that came until the script's end."""
        ask = BackMsg()
        path, _, query = self.page.path.partition("?")
        ask.rerun_script.page_name, ask.rerun_script.query_string = path.strip("/"), query
        ask.rerun_script.cached_message_hashes.extend(self.held)
        for widget, value in chosen.items():
            ask.rerun_script.widget_states.widgets.add(id=widget, string_value=value)
        came: list[ForwardMsg] = []
        self.connection.send(ask.SerializeToString())
        while not came or came[-1].WhichOneof("type") != "script_finished":
            came.append(ForwardMsg.FromString(self.connection.recv()))
        self.held = held(came)
        return came


def held(came: list[ForwardMsg]) -> list[str]:
    """The names of what a browser that had these messages says it holds when it asks next.

    It holds more than those of the run before, which nobody's next change can count on.
    """
    return [message.ref_hash or message.hash for message in came if message.ref_hash or message.metadata.cacheable]


def _select(came: list[ForwardMsg], label: str) -> tuple[str, list[str]]:
    """The id and the options of the select box with this label."""
    boxes = [message.delta.new_element.selectbox for message in came if message.delta.new_element.HasField("selectbox")]
    box = next(box for box in boxes if box.label == label)
    return box.id, list(box.options)
