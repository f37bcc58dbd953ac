"""Several processes on one store, and a publisher that is killed in the middle."""

import time
from contextlib import ExitStack
from pathlib import Path

from ipsdash.store.editions import open_store
from tests.store.killed import kill_a_publisher
from tests.store.made import PROCESSES, publish_when_told, service


def _publishers(stack: ExitStack, folder: Path, names: str) -> list:
    """A line to each of several publishers, who publish at the same moment."""
    together = PROCESSES.Barrier(len(names))
    # A barrier that nobody names any more is gone before a process that starts has found it.
    stack.callback(together.abort)
    lines = []
    for name in names:
        line, other_end = PROCESSES.Pipe()
        process = PROCESSES.Process(target=publish_when_told, args=(folder, name, together, other_end))
        process.start()
        other_end.close()
        stack.callback(process.join, 20)
        stack.callback(line.close)
        lines.append(line)
    return lines


def _answer(line) -> tuple[str, int | None]:
    assert line.poll(20), "no answer"
    return line.recv()


def test_of_two_publishers_at_once_one_wins_and_the_other_is_told(tmp_path: Path):
    store = open_store(tmp_path)
    with ExitStack() as stack:
        lines = _publishers(stack, tmp_path, "AB")
        for number in range(1, 11):
            based_on = store.latest()
            for line in lines:
                line.send(based_on)
            answers = [_answer(line) for line in lines]
            assert sorted(answers) == [("published", number), ("told", number)]
            winner = "AB"[answers.index(("published", number))]
            assert store.contents(number) == service(f"{winner} on {based_on}")
    assert [edition.number for edition in store.editions()] == list(range(10, 0, -1))


def test_a_publication_is_seen_by_another_process_within_two_seconds(tmp_path: Path):
    store = open_store(tmp_path)
    assert store.latest() is None
    with ExitStack() as stack:
        (line,) = _publishers(stack, tmp_path, "A")
        line.send(None)
        assert _answer(line) == ("published", 1)
        published = time.monotonic()
        while store.latest() is None:
            assert time.monotonic() < published + 2
        assert store.contents(1) == service("A on None")


def test_after_a_kill_at_any_moment_the_last_whole_edition_is_served_and_publishing_goes_on(tmp_path: Path):
    for _ in range(10):
        kill_a_publisher(tmp_path)
