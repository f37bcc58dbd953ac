"""A line between browser and server: slow if wanted, and all that goes over it is counted, whoever in the browser asked for it."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

CHUNK = 16_384


@dataclass(frozen=True)
class Speed:
    """Seconds to the server and back, and bytes a second each way."""

    latency: float = 0.0
    down: float = float("inf")
    up: float = float("inf")


# An office on 4 Mbit/s, with 100 ms to the server and back.
SLOW = Speed(0.1, 4e6 / 8, 1e6 / 8)


class Line:
    """A port of its own that leads to a server's. received: bytes from the server, headers and WebSocket with it; requests: how many went to it."""

    def __init__(self, port: int, speed: Speed = Speed()):
        self.to, self.speed = port, speed
        self.received = self.requests = 0
        # Both ends of every connection there is.
        self.open: set[asyncio.StreamWriter] = set()
        self.free = {self._up: 0.0, self._down: 0.0}
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.port = asyncio.run_coroutine_threadsafe(self._opened(), self.loop).result()
        self.url = f"http://localhost:{self.port}"

    async def _opened(self) -> int:
        self.listening = await asyncio.start_server(self._comes, "127.0.0.1", 0)
        return self.listening.sockets[0].getsockname()[1]

    async def _comes(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A connection is made by a message there and back.
        await asyncio.sleep(self.speed.latency)
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self.to)
        self.open |= {writer, to_server}
        with suppress(OSError, asyncio.CancelledError):
            await asyncio.gather(self._carry(reader, to_server, self._up), self._carry(from_server, writer, self._down))
        self.open -= {writer, to_server}
        writer.close()
        to_server.close()

    def _up(self, content: bytes) -> float:
        self.requests += content.count(b" HTTP/1.1\r\n")
        return len(content) / self.speed.up

    def _down(self, content: bytes) -> float:
        self.received += len(content)
        return len(content) / self.speed.down

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, takes: Callable[[bytes], float]) -> None:
        """What comes in goes on in its order, when the line has had time for it and for all that was there before it."""
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def goes_on() -> None:
            while True:
                when, content = await waiting.get()
                await asyncio.sleep(max(0.0, when - self.loop.time()))
                if not content:
                    writer.write_eof()
                    return
                writer.write(content)
                await writer.drain()

        sending = asyncio.ensure_future(goes_on())
        try:
            while content := await reader.read(CHUNK):
                self.free[takes] = max(self.free[takes], self.loop.time()) + takes(content)
                waiting.put_nowait((self.free[takes] + self.speed.latency / 2, content))
            waiting.put_nowait((self.loop.time() + self.speed.latency / 2, b""))
            await sending
        finally:
            sending.cancel()

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._closed(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def _closed(self) -> None:
        self.listening.close()
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for one in under_way:
            one.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
