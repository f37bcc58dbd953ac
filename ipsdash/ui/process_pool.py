"""Runs functions on untrusted input in processes that can be killed, few at a time and in a queue.

One process per task (`process_worker`), started when its turn comes: nothing stays of a task, and
an idle server keeps no process. `multiprocessing` would run dashboard.py again in each of them,
because Streamlit puts the page's script in the place of `__main__`.
"""

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from ipsdash.ui.process_worker import Limits

ROOT = Path(__file__).resolve().parents[2]
WORKER = "ipsdash.ui.process_worker"
MAX_RUNNING, MAX_WAITING = 2, 8
# How often a waiting or running task looks whether it is still wanted, and the largest answer.
POLL_SECONDS, MAX_ANSWER_BYTES = 0.2, 300_000_000
# Threads of libraries would take processor time from the readers, and 100 MB of addresses each.
SINGLE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

# An untrusted workbook: the largest legitimate one takes 4 s. A publisher's release with many small
# numbers takes up to a minute, on a busy machine several.
MEGABYTE = 1_000_000
UNTRUSTED = Limits(cpu_seconds=20, wall_seconds=150, memory_bytes=600 * MEGABYTE)
PUBLISHER = Limits(cpu_seconds=300, wall_seconds=300, memory_bytes=1_500 * MEGABYTE, urgent=True)


class TaskFailed(RuntimeError):
    """The process of a task ended without an answer. reason: time (of the processor), late (by the
    clock), memory or ended."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class Cancelled(RuntimeError):
    """The task was cancelled, or nobody waits for it any more."""


class QueueFull(RuntimeError):
    """No more tasks are taken now."""


class OwnerBusy(RuntimeError):
    """The same owner has a task already."""


class Task:
    """A function call that waits for its turn, runs in a process of its own and ends."""

    def __init__(self, owner: str, limits: Limits, call: tuple, is_wanted: Callable[[], bool]):
        self.owner, self.limits, self.is_wanted = owner, limits, is_wanted
        cpu = pickle.dumps(limits.cpu_seconds, protocol=pickle.HIGHEST_PROTOCOL)
        # The rest is loaded under the limit of processor time.
        rest = pickle.dumps((limits.memory_bytes, *call), protocol=pickle.HIGHEST_PROTOCOL)
        self.request = cpu + rest
        self.started, self.ended, self.cancelled = (threading.Event() for _ in range(3))
        self.process: subprocess.Popen | None = None
        self.outcome: tuple[object, BaseException | None] = None, None

    def result(self) -> object:
        """Waits for the end. Returns what the function returned, or raises what it raised, TaskFailed
        or Cancelled."""
        self.ended.wait()
        value, error = self.outcome
        if error is not None:
            raise error
        return value

    def cancel(self) -> None:
        """Ends the task. Its process is killed at once; no result comes any more."""
        self.cancelled.set()
        process = self.process
        if process is not None:
            process.kill()


class ProcessPool:
    """A queue of tasks. At most one task per owner, max_running processes, max_waiting in the queue
    (counted by itself for urgent tasks, which go first: strangers cannot keep a publisher out)."""

    def __init__(self, max_running: int = MAX_RUNNING, max_waiting: int = MAX_WAITING):
        self.max_running, self.max_waiting = max_running, max_waiting
        self.changed = threading.Condition()
        self.waiting: list[Task] = []
        self.running: list[Task] = []

    def submit(
        self,
        owner: str,
        limits: Limits,
        function: Callable,
        *arguments: object,
        is_wanted: Callable[[], bool] = lambda: True,
        may_wait: bool = True,
    ) -> Task:
        """Queues function(*arguments). Function, arguments and result can be pickled, paths are
        absolute. is_wanted: asked while the task waits and runs; on False it is cancelled.
        may_wait: False refuses the task unless it can run at once. Raises OwnerBusy, QueueFull."""
        task = Task(owner, limits, (function, arguments), is_wanted)
        with self.changed:
            for other in (*self.waiting, *self.running):
                if other.owner == owner and not other.cancelled.is_set():
                    raise OwnerBusy(owner)
            alike = [other for other in self.waiting if other.limits.urgent == limits.urgent]
            is_free = len(self.running) + len(self.waiting) < self.max_running
            if not is_free and (not may_wait or len(alike) >= self.max_waiting):
                raise QueueFull
            place = len(self.waiting)
            if limits.urgent:
                place = sum(other.limits.urgent for other in self.waiting)
            self.waiting.insert(place, task)
        threading.Thread(target=self._work, args=(task,), name="check", daemon=True).start()
        return task

    def tasks_before(self, task: Task) -> int:
        """How many tasks run or wait before this one; 0 when it runs or has ended."""
        with self.changed:
            if task not in self.waiting:
                return 0
            return len(self.running) + self.waiting.index(task)

    def _work(self, task: Task) -> None:
        try:
            if self._is_turn(task):
                task.outcome = _run(task)
            else:
                task.outcome = None, Cancelled()
        except BaseException as error:
            task.outcome = None, error
        finally:
            with self.changed:
                for tasks in (self.waiting, self.running):
                    if task in tasks:
                        tasks.remove(task)
                self.changed.notify_all()
            # It has a copy of the workbook.
            task.request = b""
            task.ended.set()

    def _is_turn(self, task: Task) -> bool:
        """Waits for a free process. False when the task is cancelled before."""
        with self.changed:
            while not (self.waiting[0] is task and len(self.running) < self.max_running):
                if task.cancelled.is_set() or not task.is_wanted():
                    return False
                self.changed.wait(POLL_SECONDS)
            self.waiting.remove(task)
            self.running.append(task)
            self.changed.notify_all()
        task.started.set()
        return not task.cancelled.is_set() and task.is_wanted()


def _run(task: Task) -> tuple[object, BaseException | None]:
    """Runs the task in a new process: (result, None) or (None, exception)."""
    below_normal = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
    process = subprocess.Popen(
        [sys.executable, "-m", WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # Warnings of libraries may quote what a reader wrote: no part of the log.
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=os.environ | SINGLE_THREAD,
        creationflags=below_normal,
    )
    task.process = process
    answers: list[bytes] = []
    talk = threading.Thread(target=_exchange, args=(process, task.request, answers), daemon=True)
    talk.start()
    latest, is_late = time.monotonic() + task.limits.wall_seconds, False
    while talk.is_alive() and not is_late and not task.cancelled.is_set():
        talk.join(POLL_SECONDS)
        if not task.is_wanted():
            task.cancelled.set()
        is_late = talk.is_alive() and time.monotonic() > latest
    if is_late or task.cancelled.is_set():
        process.kill()
    talk.join()
    code = process.wait()
    for pipe in (process.stdin, process.stdout):
        try:
            pipe.close()
        except OSError:
            pass
    if task.cancelled.is_set():
        return None, Cancelled()
    if code:
        return None, TaskFailed("late" if is_late else _reason(code))
    return pickle.loads(answers[0])


def _exchange(process: subprocess.Popen, request: bytes, answers: list[bytes]) -> None:
    """Sends the request and reads the answer. Standard input stays open: its end ends the process."""
    try:
        process.stdin.write(request)
        process.stdin.flush()
    except OSError:
        # It ended before it had read everything; its exit code says why.
        pass
    answer = process.stdout.read(MAX_ANSWER_BYTES + 1)
    if len(answer) > MAX_ANSWER_BYTES:
        process.kill()
    answers.append(answer)


def _reason(code: int) -> str:
    """Why a process ended without an answer: time, memory or ended (killed by somebody else)."""
    try:
        # Windows has no such signal; the module is loaded already and takes 1 ms.
        from signal import SIGXCPU
    except ImportError:
        return "ended"
    if code == -SIGXCPU:
        return "time"
    # An uncaught MemoryError ends Python with 1.
    return "memory" if code == 1 else "ended"


@cache
def process_pool() -> ProcessPool:
    """The pool of this server."""
    return ProcessPool()
