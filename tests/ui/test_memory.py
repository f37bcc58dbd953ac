"""Threads share one heap, so that what one page has let go the next one uses."""

import platform
import subprocess
import sys

import pytest

COUNTED = """
import ctypes, tempfile, threading
from ipsdash.ui.memory import one_heap
%s
ready = threading.Barrier(7)
def draws():
    kept = [bytes(5000) for _ in range(100)]
    ready.wait()
threads = [threading.Thread(target=draws) for _ in range(6)]
for one in threads: one.start()
ready.wait()
c = ctypes.CDLL(None)
c.fopen.restype, c.malloc_info.argtypes, c.fclose.argtypes = ctypes.c_void_p, (ctypes.c_int, ctypes.c_void_p), (ctypes.c_void_p,)
with tempfile.NamedTemporaryFile() as told:
    file = c.fopen(told.name.encode(), b"w")
    c.malloc_info(0, file)
    c.fclose(file)
    print(told.read().count(b"<heap nr="))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the system's memory is not glibc's")
def test_threads_share_one_heap():
    def heaps(first: str) -> int:
        return int(subprocess.run([sys.executable, "-c", COUNTED % first], capture_output=True, check=True, text=True).stdout)

    assert heaps("") > 3
    assert heaps("one_heap()") == 1
