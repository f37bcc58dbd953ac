"""Editions are published whole, in order, on what their publisher has seen, and stay as they were."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import connect

import pytest

from ipsdash.store.editions import FILE, Store, open_store
from ipsdash.store.faults import Conflict, NoEdition
from ipsdash.store.records import Content
from tests.store.made import AREAS, large, put, service


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "var")


def _pieces(folder: Path) -> int:
    with connect(folder / FILE) as connection:
        return connection.execute("SELECT count(*) FROM pieces").fetchone()[0]


def test_a_new_store_has_no_edition(store: Store):
    assert store.latest() is None
    assert store.editions() == []


def test_what_was_published_is_read_back_to_the_letter(store: Store):
    contents = {
        "areas": Content('area_id,note\r\nm:1,"Kárášjohka\n–  Karasjok"\r\n\r\n', "Områder", (3,)),
        "sites": Content("", "data/sites.csv", ()),
        "service": Content("a\n=1+1\n\x00\n\u200b\n", "Tjenesten", (9, 3, 4, 5, 12)),
    }
    put(store, contents)
    assert store.contents(1) == contents


def test_an_edition_says_who_when_why_and_on_what(store: Store):
    put(store, service("1"))
    before = datetime.now(UTC).replace(microsecond=0)
    published = store.publish(service("2"), "Øystein Å", "Rettet: 2 for 1", 1, counts_people=True)
    assert store.edition(2) == published
    assert (published.number, published.who, published.note) == (2, "Øystein Å", "Rettet: 2 for 1")
    assert (published.based_on, published.restores, published.counts_people) == (1, None, True)
    assert before <= datetime.fromisoformat(published.at) <= datetime.now(UTC)
    assert len(published.at) == len("2026-01-31T12:00:00+00:00")


def test_editions_are_numbered_without_gaps_and_listed_newest_first(store: Store):
    for number in range(1, 5):
        assert put(store, service(str(number)), store.latest()).number == number
        with pytest.raises(Conflict):
            put(store, service("too late"), number - 1 or None)
    assert [edition.number for edition in store.editions()] == [4, 3, 2, 1]
    assert store.latest() == 4


def test_the_checksum_is_the_one_that_sha256sum_gives(store: Store):
    """In a folder: printf 'a\n1\n' > areas.csv; printf 'b\nø\n' > sites.csv; LC_ALL=C sha256sum *.csv | sha256sum."""
    edition = put(store, {"sites": Content("b\nø\n", "Steder", (2,)), "areas": Content("a\n1\n", "Områder", (2,))})
    assert edition.checksum == "0df4c0ea3ef6f7f8b09799f1f6f9de743fc3ba92bdce06346b702136f4ae71e1"


@pytest.mark.parametrize("other", [{"areas": AREAS}, {"area": AREAS, **service("1")}, service("2")])
def test_another_text_another_name_or_a_table_less_is_another_checksum(store: Store, other: dict[str, Content]):
    assert put(store, service("1")).checksum != put(store, other, 1).checksum


def test_a_text_that_did_not_change_is_kept_once(store: Store, tmp_path: Path):
    put(store, service("1"))
    first = _pieces(tmp_path / "var")
    put(store, service("2"), 1)
    assert _pieces(tmp_path / "var") == first + 1
    store.restore(1, "Kari", "Tilbake", 2)
    assert _pieces(tmp_path / "var") == first + 1


def test_a_publisher_with_an_old_edition_in_front_of_them_is_told_and_changes_nothing(store: Store, tmp_path: Path):
    put(store, service("1"))
    put(store, service("2"), 1)
    before = (tmp_path / "var" / FILE).read_bytes()
    for seen in (None, 1, 3):
        with pytest.raises(Conflict) as conflict:
            put(store, service("3"), seen)
        assert conflict.value.latest == 2
    assert (tmp_path / "var" / FILE).read_bytes() == before


def test_who_bases_the_first_edition_on_another_is_told_that_there_is_none(store: Store):
    with pytest.raises(Conflict) as conflict:
        put(store, service("1"), 1)
    assert conflict.value.latest is None


def test_an_old_edition_comes_back_as_a_new_one_and_the_others_stay(store: Store):
    store.publish(service("1"), "Kari", "", None, counts_people=True)
    put(store, service("2"), 1)
    restored = store.restore(1, "Ola", "Feil kvartal", 2)
    assert (restored.number, restored.restores, restored.based_on, restored.counts_people) == (3, 1, 2, True)
    assert (restored.who, restored.note, restored.checksum) == ("Ola", "Feil kvartal", store.edition(1).checksum)
    assert store.contents(3) == service("1")
    assert store.contents(2) == service("2")


def test_bringing_back_is_refused_as_publishing_is(store: Store):
    put(store, service("1"))
    put(store, service("2"), 1)
    with pytest.raises(Conflict):
        store.restore(1, "Ola", "", 1)
    assert store.latest() == 2


def test_an_edition_that_is_not_there_is_named(store: Store):
    put(store, service("1"))
    for asked in (store.edition, store.contents, lambda number: store.restore(number, "Kari", "", 1)):
        with pytest.raises(NoEdition) as missing:
            asked(7)
        assert missing.value.number == 7
    assert store.latest() == 1


def test_what_the_caller_does_with_its_tables_later_changes_no_edition(store: Store):
    contents = service("1")
    put(store, contents)
    contents["service"] = Content("changed", "", ())
    del contents["areas"]
    read = store.contents(1)
    read.clear()
    assert store.contents(1) == service("1")


def test_a_store_is_opened_again_with_all_its_editions(store: Store, tmp_path: Path):
    put(store, service("1"))
    again = open_store(tmp_path / "var")
    assert again.editions() == store.editions()
    assert put(again, service("2"), 1).number == store.latest() == 2


def test_a_folder_may_have_any_name(tmp_path: Path):
    folder = tmp_path / "tall & mål? #1 %20"
    put(open_store(folder), service("1"))
    assert (folder / FILE).exists()


def test_opening_a_store_writes_nothing(store: Store, tmp_path: Path):
    put(store, service("1"))
    before = (tmp_path / "var" / FILE).stat().st_mtime_ns
    assert open_store(tmp_path / "var").latest() == 1
    assert (tmp_path / "var" / FILE).stat().st_mtime_ns == before


def test_threads_publish_and_read_through_one_store(store: Store):
    def publish_and_read(name: int) -> int:
        while True:
            try:
                number = put(store, large(name, rows=50), store.latest()).number
            except Conflict:
                continue
            assert store.contents(number) == large(name, rows=50)
            return number

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(publish_and_read, range(24))) == list(range(1, 25))


def test_one_file_is_all_there_is_to_copy(store: Store, tmp_path: Path):
    put(store, service("1"))
    assert [file.name for file in (tmp_path / "var").iterdir()] == [FILE]
