"""A backup put back while the dashboard runs: what everybody is served is what the store has now."""

import logging
import sqlite3
from contextlib import closing

import pytest

from ipsdash.store.editions import FILE, open_store
from ipsdash.ui import borders, editions, reader
from ipsdash.ui.server import outline_address
from tests.store.goal_editions import made_files, move_in, write_in

# All columns of an edition but its number.
REST = "at, who, note, checksum, based_on, restores, counts_people, seal FROM editions"
both_ways = pytest.mark.parametrize("restore", [move_in, write_in])


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Stores by name: two editions with goals of 60 and 70, and what came of it in two places after
    the backup: a third edition with a goal of 80, and another third one of 90."""
    return made_files(tmp_path_factory.mktemp("files"))


@pytest.fixture
def folder(tmp_path, monkeypatch, files):
    """A store with three editions, the third with a goal of 80."""
    (tmp_path / "store").mkdir()
    monkeypatch.setenv("IPSDASH_STORE", str(tmp_path / "store"))
    move_in(files["eighty"], tmp_path / "store")
    return tmp_path / "store"


def _goal() -> int:
    """The goal that readers see."""
    return int(reader.newest().tables.goals["value"].iloc[-1])


def _goal_of(number: str) -> int:
    return int(reader.loaded(reader.found("", number)).tables.goals["value"].iloc[-1])


@both_ways
def test_another_edition_of_the_same_number_is_shown_at_the_next_question(folder, files, restore):
    assert (_goal(), _goal_of("3"), _goal_of("1")) == (80, 80, 60)
    restore(files["ninety"], folder)
    assert (_goal(), _goal_of("3"), _goal_of("2"), _goal_of("1")) == (90, 90, 70, 60)
    assert editions.trouble() is None


@both_ways
def test_the_newest_edition_of_an_older_backup_is_shown_and_the_log_says_so(folder, files, restore, caplog):
    assert _goal() == 80
    with caplog.at_level(logging.WARNING, "ipsdash.store"):
        restore(files["backup"], folder)
        assert (_goal(), editions.newest(), editions.trouble()) == (70, 2, None)
    assert "store: replaced, newest edition 2, before 3" in caplog.text
    assert reader.found("", "3").number == 2, "a link to an edition that is gone leads to the newest"


def test_a_new_edition_is_no_replacement(folder, files, caplog):
    move_in(files["backup"], folder)
    assert _goal() == 70
    with caplog.at_level(logging.WARNING, "ipsdash.store"):
        move_in(files["eighty"], folder)
        assert _goal() == 80
    assert not caplog.records


@pytest.mark.parametrize("lost", ["empty store", "empty file", "no file", "no folder"])
def test_a_store_without_editions_keeps_the_last_one_with_a_word(folder, tmp_path, lost):
    assert _goal() == 80
    if lost == "empty store":
        open_store(tmp_path / "other")
        move_in(tmp_path / "other" / FILE, folder)
    elif lost == "empty file":
        (folder / FILE).write_bytes(b"")
    elif lost == "no file":
        (folder / FILE).unlink()
    else:
        folder.rename(tmp_path / "away")
    assert (_goal(), editions.newest()) == (80, 3)
    assert editions.trouble().code in ("missing_editions", "not_a_store", "unreachable")


def test_what_watches_the_slides_and_the_outline_of_the_map_follow_a_restored_store(folder, files, client):
    asks = client()

    def live(goal: int) -> bool:
        return f"45 of {goal}" in asks.get("/slides?lang=en").text.replace("\u00a0", " ")

    assert live(80) and asks.get("/readyz").text == "ok"
    move_in(files["ninety"], folder)
    assert live(90) and not live(80) and asks.get("/readyz").text == "ok"
    outline = outline_address(borders.drawn(reader.newest().tables).digest)
    assert asks.get(f"/{outline.lstrip('/')}").status_code == 200
    (folder / FILE).write_bytes(b"")
    assert asks.get("/readyz").status_code == 503 and live(90)


def test_a_file_that_is_replaced_while_an_edition_is_read_gives_no_mixture(folder, files, monkeypatch):
    store, swapped = editions.store(), []
    read_contents = type(store).contents

    def replaced_first(self, *given, **named):
        if not swapped:
            swapped.append(move_in(files["ninety"], folder))
        return read_contents(self, *given, **named)

    monkeypatch.setattr(type(store), "contents", replaced_first)
    assert _goal() == 90 and swapped, "edition 3 of the file that is there now"
    assert editions.trouble() is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE editions SET checksum = (SELECT checksum FROM editions WHERE number = 1) WHERE number = 3", None),
        ("UPDATE editions SET seal = (SELECT seal FROM editions WHERE number = 1) WHERE number = 3", "altered_record"),
        ("UPDATE editions SET seal = 'x', note = 'other' WHERE number = 3", "altered_record"),
        ("UPDATE editions SET seal = x'00' WHERE number = 3", "altered_record"),
        ("UPDATE editions SET number = 4 WHERE number = 3", "missing_editions"),
        (f"INSERT INTO editions SELECT 9, {REST} WHERE number = 3", "missing_editions"),
        (f"INSERT INTO editions SELECT 4, {REST} WHERE number = 3", "altered_record"),
        ("DELETE FROM editions WHERE number = 3", None),
        ("DELETE FROM editions", "missing_editions"),
    ],
)
def test_tampered_rows_never_show_a_number_that_was_not_published(folder, change, code):
    """Without a word where what is shown was read before, or where the rest is a whole store."""
    assert _goal() == 80
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.executescript(change)
    assert _goal() in (80, 70)
    found = editions.trouble()
    assert (found.code if found else None) == code


def test_tampered_rows_that_nobody_has_read_yet_are_not_shown(folder):
    text = "UPDATE pieces SET piece = CAST(replace(CAST(piece AS TEXT), ',80,', ',99,') AS BLOB)"
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.executescript(text)
    assert _goal() == 70
    assert editions.trouble().code == "altered_tables"
