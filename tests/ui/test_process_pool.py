"""Untrusted work is done by processes that end by themselves or are killed, few at a time."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.large import content
from ipsdash.export.untrusted import check_workbook
from ipsdash.store.faults import StoreFault
from ipsdash.store.places import public_path
from ipsdash.ui.process_pool import (
    MEGABYTE,
    PUBLISHER,
    UNTRUSTED,
    Cancelled,
    OwnerBusy,
    ProcessPool,
    QueueFull,
    TaskFailed,
)
from ipsdash.ui.process_worker import Limits

ROOT = Path(__file__).parents[2]
PATIENCE_S = 120
POSIX = pytest.mark.skipif(os.name != "posix", reason="no limits of processor time here")
SHORT = Limits(cpu_seconds=2, wall_seconds=PATIENCE_S, memory_bytes=200 * MEGABYTE)


def until(true) -> None:
    latest = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < latest
        time.sleep(0.01)


def hang(seconds: int = 10**6):
    time.sleep(seconds)


def compute_forever():
    while True:
        pass


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def pool():
    made = ProcessPool()
    yield made
    for task in (*made.waiting, *made.running):
        task.cancel()
        task.ended.wait(PATIENCE_S)


def test_a_function_runs_in_another_process_with_lower_priority(pool):
    assert pool.submit("a", UNTRUSTED, os.getpid).result() != os.getpid()
    if hasattr(os, "nice"):
        assert pool.submit("a", UNTRUSTED, os.nice, 0).result() >= os.nice(0) + 4


def test_what_a_function_raises_says_where_it_was_raised(pool):
    with pytest.raises(ValueError) as raised:
        pool.submit("a", UNTRUSTED, int, "many").result()
    assert "in main" in raised.value.__notes__[0]


def test_what_a_function_prints_is_no_part_of_the_answer(pool):
    assert pool.submit("a", UNTRUSTED, print, "not an answer").result() is None


def test_a_large_workbook_is_checked_as_here_within_the_limits_of_strangers(pool):
    given = "large.xlsx", content(), None, public_path().absolute(), False
    there, here = pool.submit("a", UNTRUSTED, check_workbook, *given).result(), check_workbook(*given)
    assert (there.name, there.content, there.base) == (here.name, here.content, here.base)
    assert there.loaded.faults == here.loaded.faults == ()
    for name, frame in vars(here.loaded.tables).items():
        pd.testing.assert_frame_equal(getattr(there.loaded.tables, name), frame)
    assert len(there.loaded.tables.staffing) > 1_000


def test_a_store_that_went_away_meanwhile_is_not_made_anew(pool, tmp_path):
    gone = tmp_path / "gone"
    with pytest.raises(StoreFault) as raised:
        pool.submit(
            "a", UNTRUSTED, check_workbook, "book.xlsx", b"", gone, public_path(), False
        ).result()
    assert raised.value.code == "unreachable" and not gone.exists()


@POSIX
def test_a_task_has_so_many_seconds_of_processor_time(pool):
    before = os.times().children_user + os.times().children_system
    with pytest.raises(TaskFailed) as failed:
        pool.submit("a", SHORT, compute_forever).result()
    assert failed.value.reason == "time"
    assert os.times().children_user + os.times().children_system - before < SHORT.cpu_seconds + 1.5


def test_a_task_that_hangs_without_computing_is_killed_and_the_next_is_served(pool):
    with pytest.raises(TaskFailed) as failed:
        pool.submit("a", Limits(20, 0.5, 10**9), hang).result()
    assert failed.value.reason == "late"
    assert pool.submit("a", UNTRUSTED, abs, -1).result() == 1
    assert pool.running == pool.waiting == []


@pytest.mark.skipif(sys.platform != "linux", reason="the size of a process is not known here")
def test_a_task_that_takes_too_much_memory_is_told(pool):
    with pytest.raises(TaskFailed) as failed:
        pool.submit("a", SHORT, bytearray, 400 * MEGABYTE).result()
    assert failed.value.reason == "memory"
    assert len(pool.submit("a", SHORT, bytes, 50 * MEGABYTE).result()) == 50 * MEGABYTE


def test_a_process_killed_from_outside_is_told(pool):
    task = pool.submit("a", UNTRUSTED, hang)
    until(lambda: task.process is not None)
    os.kill(task.process.pid, signal.SIGTERM)
    with pytest.raises(TaskFailed) as failed:
        task.result()
    assert failed.value.reason == "ended"


def test_two_run_at_once_and_a_third_waits_until_one_has_ended(pool):
    tasks = [pool.submit(owner, UNTRUSTED, hang) for owner in "ab"]
    third = pool.submit("c", UNTRUSTED, abs, -3)
    until(lambda: all(task.process for task in tasks))
    assert pool.tasks_before(third) == 2 and third.process is None and not third.started.is_set()
    tasks[0].cancel()
    assert third.result() == 3
    assert third.started.is_set() and pool.tasks_before(third) == 0


def test_an_owner_has_one_task_and_another_one_after_that_is_cancelled(pool):
    first = pool.submit("a", UNTRUSTED, hang)
    with pytest.raises(OwnerBusy):
        pool.submit("a", UNTRUSTED, abs, -1)
    first.cancel()
    assert pool.submit("a", UNTRUSTED, abs, -1).result() == 1
    with pytest.raises(Cancelled):
        first.result()


def test_the_queue_has_an_end_and_strangers_do_not_fill_it_for_publishers():
    pool = ProcessPool(max_running=1, max_waiting=2)
    tasks = [pool.submit(owner, UNTRUSTED, hang) for owner in "a"]
    until(lambda: tasks[0].process)
    tasks += [pool.submit(owner, UNTRUSTED, hang) for owner in "bc"]
    with pytest.raises(QueueFull):
        pool.submit("d", UNTRUSTED, hang)
    publisher = pool.submit("p", PUBLISHER, abs, -1)
    assert pool.tasks_before(publisher) == 1 and pool.tasks_before(tasks[1]) == 2
    tasks[0].cancel()
    assert publisher.result() == 1
    for task in tasks:
        task.cancel()
        assert task.ended.wait(PATIENCE_S)


def test_who_may_not_wait_is_refused_while_all_processes_are_taken(pool):
    tasks = [pool.submit(owner, UNTRUSTED, hang) for owner in "ab"]
    with pytest.raises(QueueFull):
        pool.submit("c", UNTRUSTED, abs, -1, may_wait=False)
    for task in tasks:
        task.cancel()
        task.ended.wait(PATIENCE_S)
    assert pool.submit("c", UNTRUSTED, abs, -1, may_wait=False).result() == 1


@pytest.mark.parametrize("at", ["waiting", "running"])
def test_a_task_that_nobody_wants_any_more_ends_with_its_process(at):
    pool, wanted = ProcessPool(max_running=1), threading.Event()
    wanted.set()
    other = pool.submit("other", UNTRUSTED, hang) if at == "waiting" else None
    task = pool.submit("a", UNTRUSTED, hang, is_wanted=wanted.is_set)
    until(lambda: (other or task).process)
    wanted.clear()
    with pytest.raises(Cancelled):
        task.result()
    assert task.process is None or not is_alive(task.process.pid)
    assert task not in pool.waiting + pool.running
    if other:
        other.cancel()
        assert other.ended.wait(PATIENCE_S)


SERVER = """
import sys, time
from ipsdash.ui.process_pool import ProcessPool, UNTRUSTED
task = ProcessPool().submit("a", UNTRUSTED, time.sleep, 10**6)
while task.process is None:
    time.sleep(0.01)
print(task.process.pid, flush=True)
time.sleep(10**6)
"""


@pytest.mark.skipif(os.name != "posix", reason="looks for a process as POSIX does")
def test_a_process_does_not_outlive_its_server():
    command = [sys.executable, "-c", SERVER]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        worker = int(server.stdout.readline())
        assert is_alive(worker)
        server.kill()
    until(lambda: not is_alive(worker))
