"""The dashboard as a process of its own, with a guard that writes down every address it asks for outside this machine."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

ROOT, GUARD = Path(__file__).parents[2], Path(__file__).parent / "guard"
HANDSHAKE = "Upgrade: websocket\r\nConnection: Upgrade, close\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"


class Started:
    """The dashboard, with the addresses that it asked for outside this machine, and what it wrote."""

    def __init__(self, folder: Path, **environment: str):
        self.asked, self.written = folder / "asked", folder / "written"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.place = f"localhost:{free.getsockname()[1]}"
        settings = {"PYTHONPATH": str(GUARD), "GUARD_ASKED": str(self.asked), "IPSDASH_LOGS": "json", "IPSDASH_STORE": str(folder / "store"), **environment}
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", self.place.split(":")[1]]
        with self.written.open("w") as file:
            self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stdout=file, stderr=file)
        self._wait()

    def _wait(self) -> None:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://{self.place}/healthz", timeout=2)
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(self.written.read_text())

    @property
    def outside(self) -> list[str]:
        return self.asked.read_text().splitlines() if self.asked.exists() else []

    @property
    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.written.read_text().splitlines() if line.startswith("{")]

    def run(self, page: str = "", query: str = "", **headers: str) -> bytes:
        """A page's run, as a browser asks for it; all that was sent."""
        with connect(f"ws://{self.place}/_stcore/stream", subprotocols=["streamlit"], additional_headers=headers) as line:
            line.send(BackMsg(rerun_script={"query_string": query, "page_name": page}).SerializeToString())
            sent = []
            while True:
                sent.append(line.recv(timeout=30))
                if ForwardMsg.FromString(sent[-1]).WhichOneof("type") == "script_finished":
                    return b"".join(sent)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)

    def raw(self, request: bytes) -> bytes:
        """What is answered to these bytes, to the end of the connection."""
        host, port = self.place.split(":")
        with socket.create_connection((host, int(port)), 30) as line:
            line.sendall(request)
            answer = b""
            while part := line.recv(65536):
                answer += part
            return answer

    def get(self, path: str, *headers: str, host: str = "") -> tuple[int, str]:
        """The status and the headers of an answer to a request as it is written here."""
        lines = [f"GET {path} HTTP/1.1", f"Host: {host or self.place}", *headers, "", ""]
        head = self.raw("\r\n".join(lines if "Connection" in "".join(headers) else [*lines[:2], "Connection: close", *lines[2:]]).encode()).partition(b"\r\n\r\n")[0]
        return int(head.split(b" ", 2)[1]), head.decode("latin-1").lower()

    @contextmanager
    def visit(self):
        """One reader's connection."""
        with connect(f"ws://{self.place}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as line:
            yield Visit(self, line)


class Visit:
    """One reader's open page."""

    def __init__(self, server: Started, line):
        self.server, self.line, self.session = server, line, ""

    def send(self, **asked) -> None:
        self.line.send(BackMsg(**asked).SerializeToString())

    def until(self, kind: str) -> list[ForwardMsg]:
        """All messages up to one of this kind."""
        sent = []
        while not sent or sent[-1].WhichOneof("type") != kind:
            sent.append(ForwardMsg.FromString(self.line.recv(timeout=60)))
            if sent[-1].WhichOneof("type") == "new_session":
                self.session = sent[-1].new_session.initialize.session_id
        return sent

    def run(self, page: str = "", query: str = "") -> list:
        """The elements that a page draws."""
        self.send(rerun_script={"query_string": query, "page_name": page})
        drawn = [message.delta.new_element for message in self.until("script_finished") if message.WhichOneof("type") == "delta"]
        return [(element.WhichOneof("type"), getattr(element, element.WhichOneof("type"))) for element in drawn if element.WhichOneof("type")]

    def take(self, button) -> bytes:
        """The file of a download button."""
        url = button.url
        if not url:
            asked = {"request_id": "1", "session_id": self.session, "deferred_file": {"file_id": button.deferred_file_id}}
            self.send(backend_operation_request=asked)
            url = self.until("backend_operation_response")[-1].backend_operation_response.deferred_file.url
        return urllib.request.urlopen(f"http://{self.server.place}{url}", timeout=120).read()
