"""Runs what is asynchronous: in a thread of its own, for a browser that a test before has opened has its loop in this one."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor


def run(asked: Coroutine) -> object:
    """What it gives."""
    with ThreadPoolExecutor() as aside:
        return aside.submit(asyncio.run, asked).result()
