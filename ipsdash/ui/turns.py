"""Readers' pages are drawn one after another: Python computes for one at a time anyway, and pages drawn beside each other all end late.

A page that takes long, because a workbook is checked or much is computed for the first time, keeps the next one waiting for a moment only.
Where all of them wait for something, such as a store that is locked, five begin in a second.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

# How long one page is waited for, s: ten times what a change takes.
PATIENCE = 0.2


class Turns:
    """Who came first is drawn first. patience: seconds after which the next one waits no longer for the page that is being drawn."""

    def __init__(self, patience: float = PATIENCE):
        self.patience = patience
        self.lock = threading.Lock()
        # Of those who wait, one event each, which says that nobody waits before them any more.
        self.waiting: deque[threading.Event] = deque()
        # Of the page that was begun last: what says that it is drawn, and when it was begun.
        self.last = threading.Event(), float("-inf")

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits for its turn, which ends with the block, however that ends."""
        first, drawn = threading.Event(), threading.Event()
        with self.lock:
            self.waiting.append(first)
            if len(self.waiting) == 1:
                first.set()
        first.wait()
        before, begun = self.last
        before.wait(max(0.0, begun + self.patience - time.monotonic()))
        with self.lock:
            self.last = drawn, time.monotonic()
            self.waiting.popleft()
            if self.waiting:
                self.waiting[0].set()
        try:
            yield
        finally:
            drawn.set()


@cache
def turns() -> Turns:
    """The turns of this process."""
    return Turns()
