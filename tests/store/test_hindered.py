"""A disk that is full, a folder that is read-only, somebody who writes too long: told as a code, the store as it was."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from sqlite3 import connect

import pytest

from ipsdash.store.database import opened
from ipsdash.store.editions import FILE, Store, open_store
from ipsdash.store.faults import StoreFault
from tests.store.made import PROCESSES, large, publish_as_nobody, publish_with_little_room, put, service


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 300 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk; the test with a limit for files runs everywhere")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that other users may enter, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def _answer(target, folder: Path) -> object:
    """What a process tells that runs `target` on the folder."""
    told, telling = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=target, args=(folder, telling))
    process.start()
    telling.close()
    answer = _received(told)
    process.join()
    return answer


def _received(told: Connection) -> object:
    assert told.poll(20), "no answer"
    return told.recv()


def test_a_full_disk_is_told_and_the_last_edition_stays(small_disk: Path):
    store = open_store(small_disk)
    put(store, service("1"))
    with pytest.raises(StoreFault) as fault:
        put(store, large(2, rows=10_000), 1)
    assert fault.value.code == "disk_full"
    assert open_store(small_disk).contents(1) == service("1")
    assert put(store, service("2"), store.latest()).number == 2
    assert store.contents(2) == service("2")


def test_a_write_that_the_system_refuses_is_told_and_the_last_edition_stays(tmp_path: Path):
    store = open_store(tmp_path)
    put(store, large(1))
    put(store, service("2"), 1)
    assert _answer(publish_with_little_room, tmp_path) == "not_written"
    assert store.latest() == 2
    assert store.contents(1) == large(1)
    assert put(store, large(3), 2).number == 3


def test_a_read_only_folder_is_told_and_can_be_read(open_to_all: Path):
    put(open_store(open_to_all), service("1"))
    (open_to_all / FILE).chmod(0o444)
    open_to_all.chmod(0o555)
    assert _answer(publish_as_nobody, open_to_all) == ("not_writable", service("1"))


def test_a_store_that_cannot_be_made_in_a_read_only_folder_is_told(open_to_all: Path):
    open_to_all.chmod(0o555)
    assert _answer(publish_as_nobody, open_to_all) == ("not_writable", None)


def test_a_store_cannot_be_made_where_a_file_is(tmp_path: Path):
    (tmp_path / "var").write_text("a file")
    with pytest.raises(StoreFault) as fault:
        open_store(tmp_path / "var" / "store")
    assert fault.value.code == "not_writable"


def test_a_publisher_whose_folder_was_taken_away_is_told(tmp_path: Path):
    store = open_store(tmp_path / "var")
    shutil.rmtree(tmp_path / "var")
    with pytest.raises(StoreFault) as fault:
        put(store, service("1"))
    assert fault.value.code == "not_writable"


def test_what_is_told_to_be_published_is_on_the_disk(tmp_path: Path):
    """No kill shows it, only a power cut would: 3 is EXTRA, which waits for the file and for its folder."""
    with opened(f"sqlite:///{tmp_path / FILE}", 1).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 3
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"


def test_who_waits_too_long_for_another_writer_is_told(tmp_path: Path):
    put(open_store(tmp_path), service("1"))
    store = Store(f"sqlite:///{tmp_path / FILE}", patience=0.05)
    with connect(tmp_path / FILE, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        asked = time.monotonic()
        with pytest.raises(StoreFault) as fault:
            put(store, service("2"), 1)
        assert fault.value.code == "locked"
        assert 0.05 <= time.monotonic() - asked < 4, "not SQLite's own 5 seconds"
        assert open_store(tmp_path).contents(1) == service("1"), "readers need not wait while another prepares"
        other.execute("COMMIT")
    assert put(store, service("2"), 1).number == 2


def test_a_publication_that_readers_hold_up_too_long_is_told_and_not_kept(tmp_path: Path):
    put(open_store(tmp_path), service("1"))
    store = Store(f"sqlite:///{tmp_path / FILE}", patience=0.05)
    with connect(tmp_path / FILE, isolation_level=None) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM editions").fetchone()
        with pytest.raises(StoreFault) as fault:
            put(store, service("2"), 1)
        assert fault.value.code == "locked"
        reader.execute("COMMIT")
    assert store.latest() == 1
    assert put(store, service("2"), 1).number == 2
