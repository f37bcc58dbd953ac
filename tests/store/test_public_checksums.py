"""The checksum that readers see stands for what they may see, and for nothing else."""

import itertools
from dataclasses import replace
from hashlib import sha256

import pytest

from ipsdash.domain.disclosure import pattern, release_by
from ipsdash.export.release import checksums, delivered, to_publish
from ipsdash.store.deliveries import received
from ipsdash.store.editions import open_store
from ipsdash.store.records import SHOWN, parts
from ipsdash.store.tables import contents
from ipsdash.tables.load import checked_sheets
from tests.conftest import PUBLIC
from tests.store.test_people import FOUR, STAFF, publish, service
from tests.workbooks import goals, workbook


@pytest.fixture
def store(tmp_path, same_choices):
    return open_store(tmp_path / "store")


def given(store, **started):
    content = workbook(staffing=STAFF, service=service(**FOUR | started))
    return delivered(received("tall.xlsx", content, store, PUBLIC, True), store)


def guessed(one, **started):
    """The delivery with other numbers, released in the same way."""
    sheet = one.sheets["service"]
    other = sheet.cells["started"].where(~sheet.cells["site_id"].isin(started), sheet.cells["site_id"].map(started))
    sheets = one.sheets | {"service": replace(sheet, cells=sheet.cells.assign(started=other.astype("str")))}
    loaded = checked_sheets(sheets, [])
    kept = pattern(one.loaded.tables.outcomes, one.loaded.tables.staffing)
    return replace(one, sheets=sheets, loaded=replace(loaded, tables=release_by(loaded.tables, kept)))


def test_editions_that_show_the_same_have_the_same_and_others_have_not(store):
    one = given(store)
    publish(store, one)
    other = guessed(one, narvik="4", tromso="11")
    store.publish(to_publish(other), "Kari", "Tall", 1, counts_people=True)
    shown = guessed(one, bodo="31")
    store.publish(to_publish(shown), "Kari", "Tall", 2, counts_people=True)
    public = store.public_checksums()
    assert public[1] == public[2] != public[3]
    assert len({edition.checksum for edition in store.editions()}) == 3


def test_no_guess_of_what_is_hidden_gives_the_checksum_away(store):
    one = given(store)
    publish(store, one)
    hidden = list(itertools.product(range(1, 5), range(12 - 4, 12 + 5)))
    delivered_checksums, public_checksums = set(), set()
    for narvik, tromso in hidden:
        guess = guessed(one, narvik=str(narvik), tromso=str(tromso))
        if narvik + tromso == 15:
            public_checksums.add(parts({SHOWN: to_publish(guess)[SHOWN]}).tables[SHOWN][0])
        delivered_checksums.add(parts(to_publish(guess)).checksum)
    # The checksum of what was delivered is another one for each guess: one of them is that of the edition.
    assert len(delivered_checksums) == len(hidden) and store.edition(1).checksum in delivered_checksums
    assert public_checksums == {store.public_checksums()[1]}


def test_it_can_be_counted_again_from_what_is_shown(store):
    one = given(store)
    publish(store, one)
    text = store.contents(1)[SHOWN].text
    assert sha256(text.encode()).hexdigest() == store.public_checksums()[1]
    rows = dict(line.split(",") for line in text.splitlines()[1:])
    shown = one.loaded.tables.outcomes.to_csv(index=False, lineterminator="\n")
    assert rows["outcomes"] == sha256(shown.encode()).hexdigest()
    assert rows["goals"] == sha256(contents(one.sheets)["goals"].text.encode()).hexdigest()
    assert list(checksums(one)["table"]) == sorted(rows)


def test_an_edition_without_counts_of_people_has_one_too(store):
    one = delivered(received("tall.xlsx", goals(), store, PUBLIC, True), store)
    store.publish(to_publish(one), "Kari", "Tall", None, counts_people=False)
    assert list(store.public_checksums()) == [1]


def test_an_edition_that_is_brought_back_brings_its_own_back(store):
    publish(store, given(store))
    publish(store, given(store, bodo=40))
    store.restore(1, "Kari", "Tilbake", 2)
    public = store.public_checksums()
    assert public[3] == public[1] != public[2]
