"""Publishing counts of people on the page Data: what a reader sees of it, and what a publisher must not lose."""

import pytest

from ipsdash.export.release import delivered, to_publish
from ipsdash.store.deliveries import received
from ipsdash.store.editions import open_store
from ipsdash.store.passwords import hashed
from ipsdash.ui.reader import PREVIEW
from tests.conftest import PUBLIC
from tests.pages.checking import checked
from tests.store.test_people import FOUR, STAFF, service
from tests.workbooks import goals, workbook


@pytest.fixture
def store(tmp_path, monkeypatch, same_choices):
    """An edition with four sites' counts is published, one of them small."""
    monkeypatch.setenv("IPSDASH_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("IPSDASH_PUBLISH_PASSWORD_HASH", hashed("nordlys"))
    made = open_store(tmp_path / "store")
    one = delivered(received("tall.xlsx", workbook(staffing=STAFF, service=service(**FOUR)), made, PUBLIC, True), made)
    made.publish(to_publish(one), "Kari", "Første", None, counts_people=True)
    return made


def test_the_table_of_counts_says_in_words_what_it_does_not_show(store, visit):
    seen = visit("data", table="service")
    rows = seen.app.dataframe[0].value
    started = dict(zip(rows["site_id"], rows["started"]))
    assert (started["bodo"], started["tromso"], started["narvik"]) == ("30", "skjermet", "skjermet")
    assert not seen.app.exception


def test_a_workbook_that_came_before_its_publisher_signed_in_loses_no_counts(store, visit):
    seen = visit("data")
    early = delivered(received("mål.xlsx", goals(), store, PUBLIC), store)
    assert early.loaded.tables.service.empty
    seen.app.session_state["delivery"], seen.app.session_state[PREVIEW] = early, early
    seen.app.session_state["publisher"] = "Kari"
    checked(seen.app)
    again = seen.app.session_state["delivery"]
    assert again.trusted and len(again.loaded.tables.service) == 4 and PREVIEW not in seen.app.session_state


def test_what_changes_between_editions_is_told_without_what_is_hidden(store, visit):
    two = delivered(received("tall.xlsx", workbook(staffing=STAFF, service=service(**FOUR | {"narvik": 4})), store, PUBLIC, True), store)
    store.publish(to_publish(two), "Kari", "Andre", 1, counts_people=True)
    seen = visit("data")
    [one for one in seen.app.checkbox if one.key == "compare-shown"][0].check().run()
    said = " ".join(str(cell) for table in seen.app.table for cell in table.value.to_numpy().ravel())
    assert not seen.app.exception and "narvik" not in said
