"""Waiting times after wrong publishing passwords, so that a guesser waits and the publisher does not.

A session and an address each wait after their own wrong tries. Over the whole machine tries are
checked one after another, one of each address at a time: that slows a crowd and locks nobody out.
"""

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from ipsdash import settings
from ipsdash.store import passwords
from ipsdash.ui import plain_streamlit as st

# The header that nginx sets from the connection, whatever its client says (deploy/nginx.conf).
HEADER = "X-Real-IP"
# An address may be an office: more free tries than a session, and a shorter longest wait (seconds).
FREE_OF_ADDRESS, LONGEST_OF_ADDRESS = 20, 30
# Wrong tries are forgotten after so long without another one.
FORGOTTEN_SECONDS = 3600
MAX_ADDRESSES = 10_000
# Tries that wait for the one that is checked, 50 ms each.
MAX_WAITING = 16
# Whoever has IPv6 has at least so large a network.
IPV6_NETWORK_BITS = 64
_FAILURES = "publish_failures"


@dataclass
class Failures:
    """Wrong tries in a row, and until when the next one waits, by the clock that nobody sets."""

    times: int = 0
    until: float = 0.0
    last: float = 0.0


class Guesses:
    """Wrong tries by address, and the queue of tries that are checked."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self.clock = clock
        self.lock, self.checking = threading.Lock(), threading.Lock()
        self.addresses: OrderedDict[str, Failures] = OrderedDict()
        self.waiting: set[str] = set()

    def seconds_left(self, session: Failures, address: str) -> float:
        """How long this session and address have to wait for their next try."""
        with self.lock:
            known = self.addresses.get(address, Failures())
            return max(session.until, known.until) - self.clock()

    def failed(self, session: Failures, address: str) -> None:
        """Counts a wrong try. address: "" where it is not known, and nothing is counted for it."""
        with self.lock:
            self._count(session, passwords.FREE, passwords.LONGEST)
            if address:
                known = self.addresses.setdefault(address, Failures())
                self.addresses.move_to_end(address)
                self._count(known, FREE_OF_ADDRESS, LONGEST_OF_ADDRESS)
                if len(self.addresses) > MAX_ADDRESSES:
                    self.addresses.popitem(last=False)

    def succeeded(self, session: Failures, address: str) -> None:
        """Forgets the wrong tries of somebody who knew the password."""
        with self.lock:
            session.times, session.until = 0, 0.0
            self.addresses.pop(address, None)

    @contextmanager
    def turn(self, key: str) -> Iterator[bool]:
        """Waits until this try may be checked; False, at once, where the same key (an address or a
        session) waits already or too many others do. Nothing is counted for that."""
        with self.lock:
            admitted = key not in self.waiting and len(self.waiting) < MAX_WAITING
            if admitted:
                self.waiting.add(key)
        if not admitted:
            yield False
            return
        try:
            with self.checking:
                yield True
        finally:
            with self.lock:
                self.waiting.discard(key)

    def _count(self, failures: Failures, free: int, longest: float) -> None:
        now = self.clock()
        if now - failures.last > FORGOTTEN_SECONDS:
            failures.times = 0
        failures.times, failures.last = failures.times + 1, now
        failures.until = now + passwords.wait(failures.times, free, longest)


@cache
def guesses() -> Guesses:
    """The wrong tries of this process."""
    return Guesses()


def of_session() -> Failures:
    """The wrong tries of the session of this run."""
    return st.session_state.setdefault(_FAILURES, Failures())


def client_address() -> str:
    """The address of the reader of this run; "" where it is not known.

    Without a proxy it is the connection's; on this machine itself there is none to tell apart. A
    header is believed only where IPSDASH_CLIENT_ADDRESS says that a proxy sets it.
    """
    if settings.value(settings.CLIENT_ADDRESS) == settings.REAL_IP:
        return network(st.context.headers.get(HEADER) or "")
    return network(st.context.ip_address or "")


def network(address: str) -> str:
    """An address as it is counted: of IPv6 the network. "" for a text that is no address."""
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), IPV6_NETWORK_BITS), strict=False))
