"""Put before a server's own path: every address that it looks up or connects to is written down, and those outside this machine refused."""

import ipaddress
import os
import sys

ASKED = os.environ.get("GUARD_ASKED")
WATCHED = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname")


def _here(place: object) -> bool:
    """Whether an address is of this machine: a name for it, a loopback or wildcard address, a file."""
    if place in (None, "", "localhost", b"localhost") or not isinstance(place, str | bytes):
        return place in (None, "", "localhost", b"localhost")
    try:
        one = ipaddress.ip_address(place.decode() if isinstance(place, bytes) else place)
        return one.is_loopback or one.is_unspecified
    except ValueError:
        return False


def _hear(event: str, given: tuple) -> None:
    if event not in WATCHED:
        return
    address = given[0] if event.startswith("socket.get") else given[1]
    place = address[0] if isinstance(address, tuple) else address
    named = isinstance(address, (str, bytes)) and not event.startswith("socket.get")
    if named or _here(place):
        return
    with open(ASKED, "a", encoding="utf-8") as file:
        file.write(f"{event} {place}\n")
    raise PermissionError(f"outside this machine: {place}")


if ASKED:
    sys.addaudithook(_hear)
