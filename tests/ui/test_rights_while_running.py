"""The rights to the folder of editions are changed while the dashboard runs as an ordinary user."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from ipsdash.store.editions import FILE
from tests.store.as_nobody import read_and_publish
from tests.store.goal_editions import publish_goal
from tests.store.made import PROCESSES

# Above the first goal of the public tables, which is shown where nothing is published.
PUBLIC_GOAL = 50


@pytest.fixture
def folder() -> Iterator[Path]:
    """A store that everybody may read, with a goal of 60. Others may not enter the folders of pytest."""
    outer = Path(tempfile.mkdtemp())
    outer.chmod(0o755)
    publish_goal(outer / "store", 60)
    _rights(outer / "store", 0o755, 0o644)
    yield outer / "store"
    _rights(outer / "store", 0o755, 0o644)
    shutil.rmtree(outer)


@pytest.fixture
def ordinary(folder) -> Iterator[Callable[[], Callable[[str], object]]]:
    """Starts a process of an ordinary user, and gives how to ask it."""
    with ExitStack() as stack:

        def start() -> Callable[[str], object]:
            line, other_end = PROCESSES.Pipe()
            process = PROCESSES.Process(target=read_and_publish, args=(folder, other_end))
            process.start()
            other_end.close()
            stack.callback(process.join, 20)
            stack.callback(line.close)

            def ask(what: str) -> object:
                line.send(what)
                assert line.poll(60), "no answer"
                return line.recv()

            return ask

        yield start


def _rights(folder: Path, of_folder: int, of_file: int) -> None:
    folder.chmod(0o755)
    (folder / FILE).chmod(of_file)
    folder.chmod(of_folder)


def test_a_reader_keeps_the_last_edition_while_the_rights_are_gone_and_sees_the_next_one_after(folder, ordinary):
    ask = ordinary()
    assert ask("read") == (60, 1, None)
    _rights(folder, 0o000, 0o644)
    assert ask("read") == (60, 1, "unreachable")
    _rights(folder, 0o755, 0o000)
    assert ask("read") == (60, 1, "unreadable")
    _rights(folder, 0o755, 0o644)
    publish_goal(folder, 70)
    assert ask("read") == (70, 2, None)


def test_a_publisher_who_lost_the_right_to_write_is_told_and_publishes_when_it_is_back(folder, ordinary):
    ask = ordinary()
    before = (folder / FILE).read_bytes()
    for of_folder, of_file in ((0o555, 0o444), (0o555, 0o666)):
        _rights(folder, of_folder, of_file)
        assert ask("publish") in ("not_writable", "not_written")
        assert ask("read") == (60, 1, None)
    assert (folder / FILE).read_bytes() == before
    _rights(folder, 0o777, 0o666)
    assert ask("publish") == 2


def test_who_starts_without_the_right_to_the_folder_says_so_and_makes_no_other_store(folder, ordinary):
    _rights(folder, 0o000, 0o644)
    ask = ordinary()
    assert ask("read") == (PUBLIC_GOAL, None, "unreachable")
    _rights(folder, 0o755, 0o644)
    assert ask("read") == (60, 1, None)
