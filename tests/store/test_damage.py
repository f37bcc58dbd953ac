"""Damage is seen before a number of it is shown, and told as a code."""

import random
import shutil
from pathlib import Path
from sqlite3 import OperationalError, connect

import pytest
from sqlalchemy.exc import DBAPIError

from ipsdash.store.editions import FILE, Store, open_store
from ipsdash.store.faults import Damaged, NoEdition, told
from tests.store.made import large, put, service


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two editions; only the second has the text "second"."""
    store = open_store(tmp_path)
    put(store, service("first"))
    store.publish(service("second"), "Kari", "Note of 2", 1, counts_people=True)
    return store


@pytest.fixture
def file(tmp_path: Path, store: Store) -> Path:
    return tmp_path / FILE


def _overwrite(file: Path, old: bytes, new: bytes) -> None:
    """Changes bytes where they stand in the file."""
    content = file.read_bytes()
    assert old in content and len(old) == len(new)
    file.write_bytes(content.replace(old, new))


def _code(damaged: pytest.ExceptionInfo[Damaged]) -> tuple[str, object]:
    return damaged.value.code, damaged.value.values.get("edition")


def test_one_changed_digit_in_a_text_is_seen_and_other_editions_can_be_read(store: Store, file: Path):
    _overwrite(file, b"caseload\nsecond", b"caseload\nsecone")
    with pytest.raises(Damaged) as damaged:
        store.contents(2)
    assert _code(damaged) == ("altered_tables", 2)
    assert store.contents(1) == service("first")
    assert store.latest() == 2


def test_a_changed_origin_is_seen(store: Store, file: Path):
    _overwrite(file, b'"runs": [[3, 1]]', b'"runs": [[4, 1]]')
    with pytest.raises(Damaged):
        store.contents(1)


def test_a_changed_record_is_seen(store: Store, file: Path):
    _overwrite(file, b"Note of 2", b"Note of 3")
    for asked in (lambda: store.edition(2), store.editions, lambda: store.contents(2)):
        with pytest.raises(Damaged) as damaged:
            asked()
        assert _code(damaged) == ("altered_record", 2)
    assert store.contents(1) == service("first")


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM contents WHERE edition = 2 AND name = 'areas'",
        "UPDATE contents SET name = 'sites' WHERE edition = 2 AND name = 'areas'",
        "UPDATE contents SET text = (SELECT text FROM contents WHERE edition = 1 AND name = 'service') WHERE edition = 2",
    ],
)
def test_a_table_that_is_missing_renamed_or_that_of_another_edition_is_seen(store: Store, file: Path, change: str):
    with connect(file) as connection:
        connection.execute(change)
    with pytest.raises(Damaged) as damaged:
        store.contents(2)
    assert _code(damaged) == ("altered_tables", 2)


def test_an_edition_that_is_missing_is_seen_by_readers_and_by_the_next_publisher(store: Store, file: Path):
    with connect(file) as connection:
        connection.execute("DELETE FROM editions WHERE number = 1")
    for asked in (store.latest, store.editions, lambda: put(store, service("3"), 2)):
        with pytest.raises(Damaged) as damaged:
            asked()
        assert (damaged.value.code, damaged.value.values) == ("missing_editions", {"newest": 2, "found": 1})


def test_a_record_that_is_no_text_any_more_is_damage(store: Store, file: Path):
    _overwrite(file, b"Note of 2", b"Note \xff\xfe 2")
    with pytest.raises(Damaged):
        store.edition(2)
    with connect(file) as connection:
        connection.execute("UPDATE editions SET note = x'00' WHERE number = 2")
    with pytest.raises(Damaged):
        store.edition(2)


def test_a_damaged_edition_cannot_be_brought_back(store: Store, file: Path):
    _overwrite(file, b"caseload\nfirst", b"caseload\nfirsT")
    with pytest.raises(Damaged):
        store.restore(1, "Kari", "", 2)
    assert store.latest() == 2


def test_publishing_a_text_again_mends_what_was_damaged_of_it(store: Store, file: Path):
    _overwrite(file, b"caseload\nfirst", b"caseload\nfirsT")
    put(store, service("first"), 2)
    assert store.contents(3) == store.contents(1) == service("first")


def test_a_damaged_header_is_told_by_an_open_store_and_by_opening(store: Store, file: Path):
    _overwrite(file, b"SQLite format 3", b"SQLite format 8")
    asked = (store.latest, store.editions, lambda: store.contents(1), lambda: put(store, service("3"), 2))
    for each in (*asked, lambda: open_store(file.parent)):
        with pytest.raises(Damaged) as damaged:
            each()
        assert damaged.value.code == "not_a_store"


@pytest.mark.parametrize("lost", ["all", "half", "file"])
def test_a_file_that_was_cut_off_or_taken_away_is_damage_and_not_an_empty_store(store: Store, file: Path, lost: str):
    content = file.read_bytes()
    file.unlink()
    if lost != "file":
        file.write_bytes(content[: len(content) // 2 if lost == "half" else 0])
    for asked in (lambda: store.contents(1), lambda: put(store, service("3"), 2)):
        with pytest.raises(Damaged):
            asked()


def test_a_file_that_cannot_be_opened_is_damage(store: Store, file: Path):
    file.unlink()
    file.mkdir()
    for asked in (store.latest, lambda: open_store(file.parent)):
        with pytest.raises(Damaged) as damaged:
            asked()
        assert damaged.value.code == "unreadable"


def test_a_disk_that_cannot_be_read_is_damage():
    refused = OperationalError("disk I/O error")
    refused.sqlite_errorname = "SQLITE_IOERR_READ"
    for writing in (True, False):
        with pytest.raises(Damaged) as damaged, told(writing):
            raise DBAPIError("SELECT", {}, refused)
        assert damaged.value.code == "unreadable"


def test_a_backup_put_in_the_place_of_a_damaged_file_is_served_at_once(store: Store, file: Path, tmp_path: Path):
    backup = shutil.copy(file, tmp_path / "backup")
    put(store, service("third"), 2)
    _overwrite(file, b"SQLite format 3", b"SQLite format 8")
    Path(backup).replace(file)
    assert store.latest() == 2
    assert put(store, service("again"), 2).number == 3
    assert open_store(tmp_path).contents(3) == service("again")


def test_whichever_byte_is_damaged_nothing_wrong_is_shown(tmp_path: Path):
    store = open_store(tmp_path / "whole")
    first, second = large(1, rows=120), large(2, rows=120)
    editions = [put(store, first), put(store, second, 1)][::-1]
    whole = (tmp_path / "whole" / FILE).read_bytes()
    places = random.Random(5).sample(range(len(whole)), 250)
    seen = 0
    for place in places:
        (tmp_path / FILE).write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            damaged = open_store(tmp_path)
            assert damaged.latest() == 2, place
            assert damaged.contents(1) == first, place
            assert damaged.contents(2) == second, place
            assert damaged.editions() == editions, place
        except (Damaged, NoEdition):
            seen += 1
    assert seen > 50
