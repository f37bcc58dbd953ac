"""Answers go onto the line at once. Streamlit hands its server a socket that Python does not know for TCP, so what is sent waits for the
reader's acknowledgement of what was sent before: 40 ms for each answer on Linux, a whole way to and fro on a long line.
"""

import os
import socket
from pathlib import Path

# This process's open files, where the system has such a place.
OPEN = Path("/dev/fd")


def send_at_once() -> int:
    """Says so to every socket that readers come to, whose connections inherit it; gives how many. 0 where the system does not list them."""
    try:
        numbers = [int(name) for name in os.listdir(OPEN)]
    except OSError:
        return 0
    return sum(_settled(number) for number in numbers)


def _settled(number: int) -> bool:
    """Settles an open file, if it is a TCP socket bound to a port with nobody at its other end."""
    one = None
    try:
        one = socket.socket(fileno=number)
        waits = one.family in (socket.AF_INET, socket.AF_INET6) and one.type == socket.SOCK_STREAM and one.getsockname()[1] != 0 and not _has_peer(one)
        if waits:
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return waits
    except OSError:
        # No socket, or closed by its owner meanwhile.
        return False
    finally:
        if one is not None:
            # It stays open: it is another's.
            one.detach()


def _has_peer(one: socket.socket) -> bool:
    try:
        one.getpeername()
    except OSError:
        return False
    return True
