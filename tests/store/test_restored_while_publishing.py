"""A backup is restored while somebody publishes: what was told to be published is there, nothing else is, and nobody publishes onto what
they have not seen."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ipsdash.store import editions as module
from ipsdash.store.editions import FILE, Store, open_store
from ipsdash.store.faults import Conflict, StoreFault
from ipsdash.store.records import seal
from tests.store.goal_editions import move_in, write_in
from tests.store.made import PROCESSES, publish_on_seals, put, service

both_ways = pytest.mark.parametrize("restore", [move_in, write_in])


def _backup(folder: Path, edition: dict) -> Path:
    """Another store's file, with one edition."""
    put(open_store(folder), edition)
    return folder / FILE


def _whole(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@both_ways
def test_who_saw_another_edition_of_the_same_number_is_told_and_changes_nothing(tmp_path: Path, restore):
    store = open_store(tmp_path / "var")
    seen = put(store, service("seen"))
    restore(_backup(tmp_path / "backup", service("other")), tmp_path / "var")
    before = (tmp_path / "var" / FILE).read_bytes()
    publish = {"who": "Kari", "note": "", "counts_people": False}
    for deed in (
        lambda: store.publish(service("mine"), based_on=1, based_on_seal=seal(seen), **publish),
        lambda: store.restore(1, "Kari", "", 1, seal(seen)),
    ):
        with pytest.raises(Conflict) as conflict:
            deed()
        assert (conflict.value.latest, conflict.value.replaced) == (1, True)
    assert (tmp_path / "var" / FILE).read_bytes() == before
    again = store.publish(service("mine"), based_on=1, based_on_seal=store.seals()[1], **publish)
    assert again.number == 2 and store.contents(1) == service("other")


def test_who_saw_more_editions_than_the_restored_file_has_is_told_that_it_was_replaced(tmp_path: Path):
    store = open_store(tmp_path / "var")
    put(store, service("1"))
    put(store, service("2"), 1)
    move_in(_backup(tmp_path / "backup", service("1")), tmp_path / "var")
    with pytest.raises(Conflict) as conflict:
        put(store, service("3"), 2)
    assert (conflict.value.latest, conflict.value.replaced) == (1, True)
    put(store, service("2"), 1)
    with pytest.raises(Conflict) as conflict:
        put(store, service("3"), 1)
    assert not conflict.value.replaced, "somebody published, and nothing was restored"


@pytest.mark.parametrize("before", ["insert_edition", "insert_parts"])
def test_an_edition_written_into_a_file_that_was_moved_away_is_not_told_to_be_published(tmp_path: Path, monkeypatch, before):
    """SQLite itself refuses the first write into such a file, and no later one."""
    store = open_store(tmp_path / "var")
    put(store, service("1"))
    backup = _backup(tmp_path / "backup", service("other"))
    insert = getattr(module.statements, before)

    def replaced_first(*given) -> None:
        move_in(backup, tmp_path / "var")
        insert(*given)

    monkeypatch.setattr(module.statements, before, replaced_first)
    with pytest.raises((Conflict, StoreFault)) as told:
        put(store, service("2"), 1)
    if before == "insert_edition":
        assert told.value.code == "moved"
    else:
        assert (told.value.latest, told.value.replaced) == (1, True)
    assert store.contents(1) == service("other") and _whole(tmp_path / "var" / FILE)


def test_the_seals_are_those_of_the_records_and_change_with_them(tmp_path: Path):
    store = open_store(tmp_path)
    assert store.seals() == {}
    made = [put(store, service("1")), put(store, service("2"), 1)]
    assert store.seals() == {edition.number: seal(edition) for edition in made}
    assert max(store.seals()) == store.latest()


def test_restores_among_publications_leave_a_whole_store_and_true_answers(tmp_path: Path):
    """`.restore` of sqlite3 takes its turn among those who publish; a publication before it is gone
    with the file that it was in, one after it stands on what was restored."""
    folder = tmp_path / "var"
    store = open_store(folder)
    backup = _backup(tmp_path / "backup", service("backup"))
    put(store, service("first"))
    told, telling = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=publish_on_seals, args=(folder, telling))
    process.start()
    telling.close()
    try:
        for _ in range(5):
            # Until some were published, whatever came of the others.
            published = 0
            while published < 3:
                published += _answer(told)[0] == "published"
            write_in(backup, folder)
    finally:
        process.kill()
        process.join()
    assert _whole(folder / FILE)
    found = open_store(folder)
    assert found.contents(1) == service("backup")
    numbers = [edition.number for edition in found.editions()]
    assert numbers == list(range(len(numbers), 0, -1))
    for number in numbers[:-1]:
        text = found.contents(number)["service"].text
        assert text.endswith(f"on {found.seals()[number - 1]}\n"), "each stands on the edition that its publisher saw"


def _answer(told) -> tuple[str, int | None]:
    assert told.poll(20), "no answer"
    return told.recv()


def test_a_store_that_was_restored_is_read_by_a_store_that_was_opened_before(tmp_path: Path):
    store = Store(f"sqlite:///{_backup(tmp_path / 'var', service('1'))}")
    move_in(_backup(tmp_path / "backup", service("other")), tmp_path / "var")
    assert store.contents(1) == service("other")
