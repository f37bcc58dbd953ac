"""A line that drops: it stands before a server and cuts every connection that is open, again and again."""

import asyncio
import socket
import struct

from benchmarks.line import Line

AT_ONCE = struct.pack("ii", 1, 0)


class Dropping(Line):
    """A line that drops every so many seconds. cut: how many ends of connections it has cut."""

    def __init__(self, port: int, every: float):
        super().__init__(port)
        self.cut = 0
        asyncio.run_coroutine_threadsafe(self._drops(every), self.loop)

    async def _drops(self, every: float) -> None:
        while True:
            await asyncio.sleep(every)
            for end in list(self.open):
                self.cut += 1
                # As a line that is gone: what was under way is lost, and nobody says goodbye.
                end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
                end.transport.abort()
