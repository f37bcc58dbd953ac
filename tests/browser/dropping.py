"""A line that drops: it stands before a server and cuts every connection that is open, again and again."""

import socket
import struct
import threading
from contextlib import suppress

AT_ONCE = struct.pack("ii", 1, 0)


class Line:
    """A port of its own that passes everything to a server. every: seconds between two cuts; cut: how many connections were."""

    def __init__(self, port: int, every: float):
        self.to, self.every, self.cut = port, every, 0
        self.open: set[socket.socket] = set()
        self.closed = threading.Event()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        for target in (self._accept, self._drop):
            threading.Thread(target=target, daemon=True).start()

    def close(self) -> None:
        self.closed.set()
        self.door.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                reader, _ = self.door.accept()
                server = socket.create_connection(("127.0.0.1", self.to))
                self.open |= {reader, server}
                for one, other in ((reader, server), (server, reader)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        for end in (one, other):
            self.open.discard(end)
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _drop(self) -> None:
        while not self.closed.wait(self.every):
            for end in list(self.open):
                self.cut += 1
                with suppress(OSError):
                    # As a line that is gone: what was under way is lost, and nobody says goodbye.
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
                    end.shutdown(socket.SHUT_RDWR)
