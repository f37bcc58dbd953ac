"""Bounds on what a browser may send on the WebSocket, compressed and in all.

A message of 18 kB can unpack to 20 MB. Compression stays: without it a change of a page is two to
three times as many bytes on the wire. uvicorn has no setting for this, so the name by which it
finds the compression is replaced.
"""

import time
from collections.abc import Callable, Sequence

from uvicorn.protocols.websockets import websockets_sansio_impl
from websockets.extensions import Extension
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory
from websockets.frames import Frame
from websockets.typing import ExtensionParameter

# Unpacked bytes for each byte on the wire that count nothing: a workbook needs 1.5.
RATIO = 20
# Unpacked bytes beyond them, at once and with each second: the same choices, sent again and again,
# are packed to some bytes.
UNPACKED_AT_ONCE, UNPACKED_PER_SECOND = 1_000_000, 200_000
# Bytes of all messages of one connection: three workbooks at once, and then one every 14 seconds.
SENT_AT_ONCE, SENT_PER_SECOND = 42_000_000, 1_000_000


class Allowance:
    """So many bytes at once, and so many more with each second."""

    def __init__(
        self, at_once: float, per_second: float, clock: Callable[[], float] = time.monotonic
    ):
        self.at_once, self.per_second, self.clock = at_once, per_second, clock
        self.kept, self.counted = at_once, clock()

    def left(self) -> float:
        """How many bytes may come now."""
        now = self.clock()
        self.kept = min(self.at_once, self.kept + (now - self.counted) * self.per_second)
        self.counted = now
        return self.kept

    def take(self, size: float) -> bool:
        """Counts bytes that have come; False where they are more than may come."""
        self.kept = self.left() - size
        return self.kept >= 0


def sent() -> Allowance:
    """The allowance of a new connection for all its messages."""
    return Allowance(SENT_AT_ONCE, SENT_PER_SECOND)


class BoundedDeflate(Extension):
    """The compression of one connection. A message that unpacks to more than is allowed ends the
    connection with 1009, as soon as that is known."""

    name = ServerPerMessageDeflateFactory.name

    def __init__(self, packing: Extension, clock: Callable[[], float] = time.monotonic):
        self.packing = packing
        self.allowance = Allowance(UNPACKED_AT_ONCE, UNPACKED_PER_SECOND, clock)

    def decode(self, frame: Frame, *, max_size: int | None = None) -> Frame:
        free = RATIO * len(frame.data)
        most = free + int(max(0.0, self.allowance.left()))
        # At least 1: the library takes 0, which is left where a message's first part had just the
        # size that is allowed, for no bound at all.
        size = max(1, most if max_size is None else min(most, max_size))
        unpacked = self.packing.decode(frame, max_size=size)
        self.allowance.take(max(0, len(unpacked.data) - free))
        return unpacked

    def encode(self, frame: Frame) -> Frame:
        return self.packing.encode(frame)


class BoundedDeflateFactory(ServerPerMessageDeflateFactory):
    """Agrees on compression as the library does."""

    def process_request_params(
        self, params: Sequence[ExtensionParameter], accepted_extensions: Sequence[Extension]
    ) -> tuple[list[ExtensionParameter], Extension]:
        said, packing = super().process_request_params(params, accepted_extensions)
        return said, BoundedDeflate(packing)


def install() -> None:
    """Has every connection from now on made with these bounds."""
    websockets_sansio_impl.ServerPerMessageDeflateFactory = BoundedDeflateFactory
