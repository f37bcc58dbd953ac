"""Counts of people on their way through the store: what is hidden is found once, kept with the edition and laid over it whenever it is read."""

import pandas as pd
import pytest

from ipsdash.domain.disclosure import pattern
from ipsdash.export.editions import whole_workbook
from ipsdash.export.release import delivered, read, to_publish
from ipsdash.store.deliveries import received
from ipsdash.store.editions import open_store
from ipsdash.store.records import HIDDEN
from ipsdash.store.tables import contents
from ipsdash.tables.load import load
from tests.conftest import PUBLIC
from tests.workbooks import workbook

STAFFING = ["site_id", "quarter", "fte", "headcount", "vacant", "joiners", "leavers", "quality", "source", "note_nb", "note_en"]
SERVICE = ["site_id", "quarter", "referred", "started", "served", "caseload", "working", "job_starts", "closed_cases", "days_to_contact", "quality", "source", "note_nb", "note_en"]
QUARTER = "2024Q1"


def staff(**headcounts):
    rows = [[site, QUARTER, people, people, 0, 0, 0, "reported", "programme", "", ""] for site, people in headcounts.items()]
    return [STAFFING, *rows]


def service(**started):
    rows = [[site, QUARTER, None, number, None, None, None, None, None, None, "reported", "programme", "", ""] for site, number in started.items()]
    return [SERVICE, *rows]


def given(store=None, trusted=True, **sheets):
    return delivered(received("tall.xlsx", workbook(**sheets), store, PUBLIC, trusted), store)


@pytest.fixture
def store(tmp_path, same_choices):
    return open_store(tmp_path / "store")


def publish(store, one):
    assert one.loaded.faults == ()
    return store.publish(to_publish(one), "Kari", "Tall for kvartalet", one.base, counts_people=True)


def started(tables, place="region:nord", period=QUARTER):
    cells = tables.outcomes.query("place == @place and period == @period and measure == 'started'").iloc[0]
    return cells["state"], cells["value"]


FOUR = {"bodo": 30, "alta": 20, "tromso": 12, "narvik": 3}
STAFF = staff(bodo=4, alta=3, tromso=3, narvik=2)


def test_an_edition_that_counts_people_without_what_is_hidden_is_refused(store):
    one = given(store, staffing=STAFF, service=service(**FOUR))
    with pytest.raises(ValueError):
        store.publish(contents(one.sheets), "Kari", "Tall", None, counts_people=True)
    assert store.latest() is None


def test_what_is_hidden_stands_in_the_edition_and_is_laid_over_it_when_it_is_read(store):
    one = given(store, staffing=STAFF, service=service(**FOUR))
    publish(store, one)
    again = read(store.contents(1)).tables
    # Narvik's 3 is small; without another hidden number 65 - 30 - 20 - 12 would give it away. Chance decides which.
    states = {site: started(again, site)[0] for site in FOUR}
    assert states["narvik"] == "hidden" and sorted(states.values()) == ["hidden", "hidden", "shown", "shown"]
    assert started(again) == ("shown", 65)
    pd.testing.assert_frame_equal(again.outcomes, one.loaded.tables.outcomes)
    shown = again.service.set_index("site_id")["started"]
    assert shown.dropna().to_dict() == {site: number for site, number in FOUR.items() if states[site] == "shown"}


def test_a_publisher_takes_out_what_was_delivered_and_nobody_reads_what_is_hidden_as_a_table(store, tmp_path):
    publish(store, given(store, staffing=STAFF, service=service(**FOUR)))
    path = tmp_path / "ut.xlsx"
    path.write_bytes(whole_workbook(store.contents(1)))
    out = load(path)
    assert out.faults == () and out.notes == () and sorted(out.tables.service["started"]) == [3, 12, 20, 30]
    assert HIDDEN in store.contents(1)


def test_a_later_edition_knows_what_an_earlier_one_has_shown(store):
    first = {site: number for site, number in FOUR.items() if site != "narvik"}
    publish(store, given(store, staffing=STAFF, service=service(**first)))
    late = given(store, service=service(**FOUR))
    publish(store, late)
    # All others were shown with their sum 62; the new sum of 65 would give the late 3 away.
    assert [started(late.loaded.tables, site)[0] for site in first] == ["shown"] * 3
    assert started(late.loaded.tables)[0] == "hidden"


def test_a_reader_s_own_workbook_is_not_put_onto_counts_of_people(store):
    publish(store, given(store, staffing=staff(bodo=1, alta=3), service=service(bodo=30, alta=20)))
    # Staff of one's own making would show the outcomes of a site with one specialist.
    reader = given(store, trusted=False, staffing=staff(bodo=9, alta=9))
    assert reader.loaded.tables.service.empty and reader.loaded.tables.outcomes.empty
    publisher = given(store, trusted=True, staffing=staff(bodo=9, alta=9))
    assert len(publisher.loaded.tables.service) == 2


def test_bringing_an_edition_back_brings_back_what_it_hides(store):
    publish(store, given(store, staffing=STAFF, service=service(**FOUR)))
    publish(store, given(store, service=service(**FOUR | {"bodo": 31})))
    store.restore(1, "Ola", "Tilbake", 2)
    first, third = (read(store.contents(number)).tables.outcomes for number in (1, 3))
    pd.testing.assert_frame_equal(pattern(first), pattern(third))
