"""Whether a workbook or a template meets counts of people is decided on the page by who somebody is, also where only a password is set."""

import io

import openpyxl
import pytest

from ipsdash.export.untrusted import check_workbook
from ipsdash.ui import deliver
from ipsdash.ui.process_pool import UNTRUSTED, ProcessPool
from ipsdash.ui.reader import PREVIEW
from tests.pages.checking import checked
from tests.pages.test_publishing_people import store  # noqa: F401  (an edition with counts of people)
from tests.two_stores import downloads
from tests.workbooks import goals

PUBLISHER = "publisher"
COUNTS = {"30", "20", "12", "3"}

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def handed_in(monkeypatch):
    """Hands in a workbook at the next run of the page Data."""
    given = []
    monkeypatch.setattr(deliver, "workbook", lambda *_: given.pop() if given else None)
    return lambda content=None: given.append(("tall.xlsx", content or goals()))


def template(visit, name: str, **session: str) -> openpyxl.Workbook:
    with downloads() as files:
        opened = visit("data")
        for key, value in session.items():
            opened.app.session_state[key] = value
        opened.app.run()
        content = files[name]()
    return openpyxl.load_workbook(io.BytesIO(content))


def counts(book: openpyxl.Workbook) -> set[str]:
    """Counts of those who started in a template; it begins with the names, the headings and an example."""
    sheet = next(one for one in book if one["A1"].value == "_service")
    column = next(cell.column for cell in sheet[1] if cell.value == "started")
    return {str(row[column - 1]) for row in sheet.iter_rows(min_row=4, values_only=True) if row[column - 1] is not None}


@pytest.mark.parametrize("name", ["ips-tall-nb.xlsx", "ips-tall-fylt-nb.xlsx"])
@pytest.mark.parametrize("session", [{}, {PUBLISHER: ""}])
def test_a_template_of_somebody_who_is_no_publisher_has_no_counts_of_people(visit, name, session):
    assert counts(template(visit, name, **session)) == set()


def test_a_template_of_a_publisher_has_them(visit):
    assert counts(template(visit, "ips-tall-fylt-nb.xlsx", publisher="Kari")) == COUNTS


def test_without_any_way_to_sign_in_nobody_is_a_publisher(visit, monkeypatch):
    monkeypatch.delenv("IPSDASH_PUBLISH_PASSWORD_HASH")
    assert counts(template(visit, "ips-tall-fylt-nb.xlsx", publisher="Kari")) == set()


def test_a_workbook_of_somebody_who_is_not_signed_in_is_not_put_onto_counts_of_people(visit, handed_in, monkeypatch):
    asked, submit = [], ProcessPool.submit

    def submitted(pool, owner, limits, function, *given, **named):
        asked.append((function, limits, given[-1]))
        return submit(pool, owner, limits, function, *given, **named)

    monkeypatch.setattr(ProcessPool, "submit", submitted)
    opened = visit("data")
    handed_in()
    checked(opened.app)
    one = opened.app.session_state["delivery"]
    assert asked == [(check_workbook, UNTRUSTED, False)]
    assert not one.trusted and one.loaded.tables.service.empty and "service" not in one.sheets
    # Counts that its reader never had are not said to be removed.
    assert not opened.app.exception
    changed = opened.app.table[0].value
    assert changed["Tabell"].tolist() == ["Mål"]


def test_a_workbook_of_a_publisher_is_put_onto_all_and_onto_nothing_again_when_they_have_signed_out(visit, handed_in):
    opened = visit("data")
    opened.app.session_state[PUBLISHER] = "Kari"
    handed_in()
    checked(opened.app)
    one = opened.app.session_state["delivery"]
    assert one.trusted and len(one.loaded.tables.service) == 4
    opened.app.session_state[PREVIEW] = one
    del opened.app.session_state[PUBLISHER]
    opened.app.run()
    # At once, not only when it has been checked anew.
    assert "delivery" not in opened.app.session_state and PREVIEW not in opened.app.session_state
    checked(opened.app)
    again = opened.app.session_state["delivery"]
    assert not again.trusted and again.loaded.tables.service.empty and PREVIEW not in opened.app.session_state


def test_readers_see_the_checksum_of_what_is_shown_and_publishers_both(visit, store):  # noqa: F811
    delivered, public = store.edition(1).checksum[:12], store.public_checksums()[1][:12]
    for session, there in (({}, [public]), ({PUBLISHER: "Kari"}, [public, delivered])):
        opened = visit("data")
        for key, value in session.items():
            opened.app.session_state[key] = value
        opened.app.run()
        said = " ".join(str(cell) for table in opened.app.table for cell in table.value.to_numpy().ravel())
        assert [one for one in (public, delivered) if one in said] == there
