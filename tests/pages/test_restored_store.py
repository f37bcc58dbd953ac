"""A store that is restored while pages are open, and a clock that is set back: readers see what the store has, publishers are told."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from ipsdash.export.release import delivered
from ipsdash.store import editions as store_editions
from ipsdash.store.deliveries import received
from ipsdash.store.editions import open_store
from ipsdash.store.passwords import hashed
from tests.conftest import PUBLIC
from tests.store.goal_editions import made_files, move_in, publish_goal
from tests.workbooks import goals

REPLACED = "Lageret ble byttet ut mens du arbeidet"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return made_files(tmp_path_factory.mktemp("files"))


@pytest.fixture
def folder(tmp_path, monkeypatch, files):
    """A store with three editions, the third with a goal of 80."""
    (tmp_path / "store").mkdir()
    monkeypatch.setenv("IPSDASH_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("IPSDASH_PUBLISH_PASSWORD_HASH", hashed("nordlys"))
    move_in(files["eighty"], tmp_path / "store")
    return tmp_path / "store"


def test_an_open_page_shows_the_restored_store_at_its_next_action(folder, files, visit):
    seen = visit()
    assert "45 av 80" in seen.headline
    move_in(files["backup"], folder)
    seen.app.run()
    assert "45 av 70" in seen.headline
    publish_goal(folder, 90)
    seen.app.run()
    assert "45 av 90" in seen.headline and "utgave 3" in seen.words
    # By its link, and as the newest, it is the same.
    assert visit(edition="3").headline == seen.headline


def _press(seen, key: str) -> None:
    [one for one in seen.app.button if one.key == key][0].click()
    seen.app.run()


def _write(seen, key: str, text: str) -> None:
    [one for one in seen.app.text_input if one.key == key][0].set_value(text)
    seen.app.run()


@pytest.mark.parametrize("restored", ["ninety", "backup"])
def test_who_checked_a_workbook_before_the_restore_publishes_nothing_and_is_told(folder, files, visit, restored):
    seen, store = visit("data"), open_store(folder)
    seen.app.session_state["publisher"] = "Kari"
    seen.app.session_state["delivery"] = delivered(received("tall.xlsx", goals(65), store, PUBLIC, True), store)
    seen.app.run()
    _write(seen, "publish-note", "Nytt mål")
    move_in(files[restored], folder)
    before = store.seals()
    _press(seen, "publish")
    assert REPLACED in seen.words and store.seals() == before
    assert "delivery" in seen.app.session_state, "what was handed in is still there"
    seen.app.session_state["delivery"] = delivered(received("tall.xlsx", goals(65), store, PUBLIC, True), store)
    seen.app.run()
    _press(seen, "publish")
    assert max(store.seals()) == max(before) + 1


def test_who_brings_an_edition_back_is_told_of_a_restore_that_they_have_not_seen(folder, files, visit):
    seen, store = visit("data"), open_store(folder)
    seen.app.session_state["publisher"] = "Kari"
    seen.app.run()
    [one for one in seen.app.selectbox if one.key == "edition-chosen"][0].set_value(1)
    seen.app.run()
    _write(seen, "restore-note", "Tilbake")
    move_in(files["ninety"], folder)
    _press(seen, "restore")
    assert REPLACED in seen.words and max(store.seals()) == 3


def test_a_clock_that_is_set_back_changes_no_order_and_stops_nobody(folder, visit, monkeypatch):
    class SetBack(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime.now(zone) - timedelta(days=4000)

    seen = visit()
    assert "45 av 80" in seen.headline
    began = time.time()
    monkeypatch.setattr(store_editions, "datetime", SetBack)
    monkeypatch.setattr(time, "time", lambda: began - 4000 * 86_400)
    published = publish_goal(folder, 95)
    store = open_store(folder)
    assert published.at < store.edition(3).at <= datetime.now(UTC).isoformat()
    seen.app.run()
    assert "45 av 95" in seen.headline
    listed = visit("data")
    assert [int(number) for number in listed.app.table[0].value["Utgave"]] == [4, 3, 2, 1]
    assert "altered" not in listed.words and not listed.app.exception
    assert store.restore(1, "Kari", "Tilbake", 4).number == 5
    seen.app.run()
    assert "45 av 60" in seen.headline
