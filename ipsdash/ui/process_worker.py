"""Runs one function in a process of its own, within limits of processor time and memory.

`python -m ipsdash.ui.process_worker` reads two pickles from standard input, the limits and the call,
and writes one to standard output: (result, None) or (None, exception). It ends when standard input
is closed, so that it never outlives the server.
"""

import os
import pickle
import sys
import threading
import traceback
from dataclasses import dataclass

# Readers come first, but a check is not left standing on a busy machine. Windows sets this when the process is created.
NICENESS = 5
# Linux tells the size of the process in pages here.
PROCESS_SIZE = "/proc/self/statm"


@dataclass(frozen=True)
class Limits:
    """Limits of one task. cpu_seconds and memory_bytes hold on POSIX, wall_seconds everywhere.

    memory_bytes: what the function may take beyond the imported program. urgent: goes before all
    tasks that are not and still wait.
    """

    cpu_seconds: int
    wall_seconds: float
    memory_bytes: int
    urgent: bool = False


def main() -> None:
    """Answers the request on standard input."""
    output = sys.stdout.buffer
    # What the function prints is no part of the answer.
    sys.stdout = sys.stderr
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    _limit_cpu(pickle.load(sys.stdin.buffer))
    memory_bytes, function, arguments = pickle.load(sys.stdin.buffer)
    threading.Thread(target=_exit_with_server, daemon=True).start()
    _limit_memory(memory_bytes)
    try:
        answer = function(*arguments), None
    except MemoryError:
        raise
    except Exception as error:
        # The traceback is not pickled with the exception.
        error.add_note(traceback.format_exc())
        answer = None, error
    pickle.dump(answer, output, protocol=pickle.HIGHEST_PROTOCOL)
    output.flush()
    # Without waiting for the thread that reads standard input.
    os._exit(0)


def _exit_with_server() -> None:
    """Ends this process when the server closes its end of standard input, or is gone."""
    os.read(0, 1)
    os._exit(1)


def _limit_cpu(seconds: int) -> None:
    """Ends this process after so many seconds of processor time, its start included."""
    try:
        # Windows has no such module; loading it takes 1 ms.
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def _limit_memory(more_bytes: int) -> None:
    """Makes an allocation fail that takes this process beyond its present size and so much more.

    Only where the present size is known (Linux): libraries map over a gigabyte that is never used.
    """
    try:
        # Windows has no such module; loading it takes 1 ms.
        import resource

        with open(PROCESS_SIZE, encoding="ascii") as sizes:
            size = int(sizes.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + more_bytes, size + more_bytes))
    except (ImportError, OSError, ValueError):
        return


if __name__ == "__main__":
    main()
