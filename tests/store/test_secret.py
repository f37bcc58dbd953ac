"""The secret of a store: made once, with the first publication, and in no edition."""

from pathlib import Path
from sqlite3 import connect

import pytest
from sqlalchemy.exc import IntegrityError

from ipsdash.store import statements
from ipsdash.store.editions import FILE, Store, open_store
from ipsdash.store.faults import Conflict
from tests.store.made import PROCESSES, publish_when_told, put, service


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "var")


def without_secret(folder: Path) -> None:
    """Makes the store what an older version had made."""
    with connect(folder / FILE) as connection:
        connection.execute("DROP TABLE secrets")


def test_it_is_made_with_the_first_publication_and_stays(store: Store, tmp_path: Path):
    assert store.secret() is None
    put(store, service("1"))
    secret = store.secret()
    assert len(secret) == 32 and len(set(secret)) > 8
    put(store, service("2"), 1)
    store.restore(1, "Kari", "Tilbake", 2)
    assert open_store(tmp_path / "var").secret() == secret


def test_every_store_has_its_own(tmp_path: Path):
    stores = [open_store(tmp_path / name) for name in "ab"]
    for one in stores:
        put(one, service("1"))
    assert stores[0].secret() != stores[1].secret()


def test_no_edition_has_it(store: Store):
    put(store, service("1"))
    assert set(store.contents(1)) == set(service("1"))


def test_a_store_of_an_older_version_is_read_as_it_is_and_gets_one_with_its_next_publication(store: Store, tmp_path: Path):
    put(store, service("1"))
    without_secret(tmp_path / "var")
    before = (tmp_path / "var" / FILE).read_bytes()
    old = open_store(tmp_path / "var")
    assert old.secret() is None and old.contents(1) == service("1") and old.editions() == store.editions()
    assert old.public_checksums() == {}
    with pytest.raises(Conflict):
        put(old, service("2"))
    assert (tmp_path / "var" / FILE).read_bytes() == before
    put(old, service("2"), 1)
    assert len(old.secret()) == 32 and [one.number for one in old.editions()] == [2, 1]


def test_a_store_of_an_older_version_that_may_not_be_written_is_read(store: Store, tmp_path: Path):
    put(store, service("1"))
    without_secret(tmp_path / "var")
    readable = Store(f"sqlite:///file:{tmp_path / 'var' / FILE}?mode=ro&uri=true")
    assert readable.secret() is None and readable.contents(1) == service("1")


def test_what_fails_leaves_no_secret(store: Store, monkeypatch):
    def full(*_):
        raise IntegrityError("", {}, ValueError())

    monkeypatch.setattr(statements, "insert_edition", full)
    with pytest.raises(Conflict):
        put(store, service("1"))
    assert store.secret() is None and store.latest() is None


def test_of_two_who_publish_at_once_into_an_older_store_one_makes_it_for_both(store: Store, tmp_path: Path):
    put(store, service("1"))
    without_secret(tmp_path / "var")
    together, pipes = PROCESSES.Barrier(3), [PROCESSES.Pipe() for _ in range(3)]
    runs = [PROCESSES.Process(target=publish_when_told, args=(tmp_path / "var", str(name), together, told)) for name, (_, told) in enumerate(pipes)]
    for one in runs:
        one.start()
    secrets = set()
    for number in (1, 2):
        for asked, _ in pipes:
            asked.send(number)
        came = sorted(asked.recv() for asked, _ in pipes)
        assert [what for what, _ in came] == ["published", "told", "told"]
        secrets.add(open_store(tmp_path / "var").secret())
    for asked, told in pipes:
        told.close()
        asked.close()
    for one in runs:
        one.terminate()
        one.join()
    assert len(secrets) == 1 and None not in secrets
