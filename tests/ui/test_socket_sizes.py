"""What comes on the WebSocket is bounded before it is unpacked, and over time."""

import random
import zlib

import pytest
from websockets.exceptions import PayloadTooBig
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory
from websockets.frames import Frame, Opcode

from ipsdash.ui import socket_sizes
from ipsdash.ui.socket_sizes import RATIO, UNPACKED_AT_ONCE, Allowance, BoundedDeflateFactory

MOST = 14_000_000


class Clock:
    """A clock that stands still until it is put forward."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def packing(clock):
    packing = BoundedDeflateFactory().process_request_params([], [])[1]
    packing.allowance.clock = clock
    packing.allowance.counted = clock()
    return packing


def packed(content: bytes, fin: bool = True, opcode: Opcode = Opcode.BINARY) -> Frame:
    packer = zlib.compressobj(9, wbits=-15)
    data = packer.compress(content) + packer.flush(zlib.Z_SYNC_FLUSH)
    return Frame(opcode, data[:-4] if fin else data, fin, rsv1=opcode is not Opcode.CONT)


def test_an_allowance_is_used_up_and_comes_back_with_time(clock):
    allowance = Allowance(100, 10, clock)
    assert allowance.take(100) and not allowance.take(1)
    clock.now = 5
    assert allowance.left() == 49
    clock.now = 1_000
    assert allowance.left() == 100


def test_19_mb_in_18_kb_are_not_unpacked(packing):
    frame = packed(b"\x0a\x00" * 9_500_000)
    assert len(frame.data) < 20_000
    with pytest.raises(PayloadTooBig):
        packing.decode(frame, max_size=20_000_000)


def test_nor_are_they_in_many_small_messages(packing):
    frame = packed(bytes(100_000))
    free = RATIO * len(frame.data)
    for _ in range(UNPACKED_AT_ONCE // (100_000 - free)):
        assert len(packing.decode(frame, max_size=MOST).data) == 100_000
    with pytest.raises(PayloadTooBig):
        packing.decode(frame, max_size=MOST)


def test_the_same_choices_may_be_sent_for_hours(packing, clock):
    frame = packed(b"a" * 10_000)
    for _ in range(5_000):
        clock.now += 0.1
        assert len(packing.decode(frame, max_size=MOST).data) == 10_000


def test_what_is_hardly_packed_counts_nothing(packing):
    frame = packed(random.Random(1).randbytes(8_000))
    for _ in range(5_000):
        packing.decode(frame, max_size=MOST)
    assert packing.allowance.left() == UNPACKED_AT_ONCE


def test_a_first_part_of_just_the_allowed_size_does_not_unbind_the_next(packing):
    """The library unpacks without a bound where 0 bytes are left."""
    first = packed(bytes(500_000), fin=False)
    packing.decode(first, max_size=500_000)
    with pytest.raises(PayloadTooBig):
        packing.decode(packed(bytes(300_000), opcode=Opcode.CONT), max_size=0)


def test_answers_are_packed_as_before(packing):
    plain = ServerPerMessageDeflateFactory().process_request_params([], [])[1]
    frame = Frame(Opcode.BINARY, b"an answer " * 1_000)
    assert packing.encode(frame).data == plain.encode(frame).data


def test_the_server_makes_its_connections_with_it(monkeypatch):
    from uvicorn.protocols.websockets import websockets_sansio_impl

    name = "ServerPerMessageDeflateFactory"
    monkeypatch.setattr(websockets_sansio_impl, name, ServerPerMessageDeflateFactory)
    socket_sizes.install()
    assert getattr(websockets_sansio_impl, name) is BoundedDeflateFactory
