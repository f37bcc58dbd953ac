"""What takes seconds of computing is done by a process of its own, so that readers' pages are drawn meanwhile: threads of one process
take the processor from each other. `python -m ipsdash.ui.aside` is that process.
"""

import os
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# A workbook of the largest size that is taken takes a minute beside busy readers.
LONGEST_S = 300
# Readers come first, but a workbook is not left standing where all processors are busy.
LATER = 5


class Ended(RuntimeError):
    """The process ended before it was done, or took too long: killed, or without memory."""


def aside(maker: Callable, *given: object) -> object:
    """What a function of a module gives; what it raises is raised. One at a time: each takes 200 MB. given, without paths that are
    relative, and what comes back can be pickled. Raises Ended."""
    asked = pickle.dumps((maker, given), protocol=pickle.HIGHEST_PROTOCOL)
    try:
        with _alone():
            done = subprocess.run([sys.executable, "-m", __spec__.name], input=asked, stdout=subprocess.PIPE, cwd=ROOT, timeout=LONGEST_S)
    except subprocess.TimeoutExpired as error:
        raise Ended from error
    if done.returncode:
        raise Ended
    result, raised = pickle.loads(done.stdout)
    if raised:
        raise raised
    return result


@cache
def _alone() -> threading.Lock:
    return threading.Lock()


def main() -> None:
    """Does what standard input asks for, and says on standard output what came of it."""
    if hasattr(os, "nice"):
        os.nice(LATER)
    answer = sys.stdout.buffer
    # What the function may print is no part of the answer.
    sys.stdout = sys.stderr
    maker, given = pickle.load(sys.stdin.buffer)
    try:
        done = maker(*given), None
    except MemoryError:
        raise
    except Exception as error:
        # Where it was raised is not pickled with it.
        error.add_note(traceback.format_exc())
        done = None, error
    pickle.dump(done, answer, protocol=pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
