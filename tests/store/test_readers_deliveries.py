"""A workbook of somebody who is no publisher: it never meets counts of people that are published, nor sets the limits by which they are hidden."""

from sqlite3 import connect

import pytest

from ipsdash.export import release
from ipsdash.export.release import delivered, public, put_in, read, to_fill, to_publish
from ipsdash.store.deliveries import received
from ipsdash.store.editions import FILE, open_store
from ipsdash.store.faults import Damaged
from ipsdash.store.records import Content
from ipsdash.tables.readers import read as read_sheets
from tests.conftest import PUBLIC
from tests.store.test_people import FOUR, QUARTER, STAFF, STAFFING, publish, service
from tests.workbooks import goals, workbook

ALONE = [STAFFING, ["narvik", QUARTER, 1, 1, 0, 1, 0, "reported", "programme", "Eva began", ""]]


@pytest.fixture
def store(tmp_path, same_choices):
    """An edition with four sites' counts, one of them small, and one site with one specialist, who is new."""
    made = open_store(tmp_path / "store")
    staff = [*STAFF[:-1], *ALONE[1:]]
    publish(made, delivered(received("tall.xlsx", workbook(staffing=staff, service=service(**FOUR)), made, PUBLIC, True), made))
    return made


def reader(store, content):
    return delivered(received("tall.xlsx", content, store, PUBLIC), store)


def limits(**values):
    """The published assumptions with other limits."""
    cells = read_sheets(PUBLIC)[0]["assumptions"].cells.copy()
    for name, value in values.items():
        cells.loc[cells["assumption"] == name, "value"] = value
    return [list(cells.columns), *cells.replace("", None).to_numpy().tolist()]


def test_counts_that_are_published_are_not_even_read_for_it(store, tmp_path):
    with connect(tmp_path / "store" / FILE) as connection:
        connection.execute("UPDATE pieces SET piece = X'78' WHERE address = (SELECT text FROM contents WHERE name = 'service')")
    one = reader(store, goals())
    assert one.loaded.faults == () and "service" not in one.sheets and one.loaded.tables.service.empty
    with pytest.raises(Damaged):
        received("tall.xlsx", goals(), store, PUBLIC, True)


def test_it_has_no_joiners_leavers_or_notes_of_staff(store):
    one = reader(store, goals())
    cells = one.sheets["staffing"].cells
    assert len(cells) == 4 and set(cells["headcount"]) == {"4", "3", "1"}
    assert (cells[["joiners", "leavers", "note_nb", "note_en"]] == "").all(axis=None)
    publisher = received("tall.xlsx", goals(), store, PUBLIC, True)
    assert "Eva began" in set(publisher.sheets["staffing"].cells["note_nb"])


def test_a_right_guess_and_a_wrong_one_are_hidden_alike(store):
    # Narvik's 3 and Tromsø's 12 are hidden; with the numbers of the edition beside it, the right guess was hidden and others shown.
    hidden = {}
    for guess in (11, 12, 13):
        tables = reader(store, workbook(service=service(**FOUR | {"tromso": guess}), staffing=STAFF)).loaded.tables
        hidden[guess] = len(tables.outcomes[tables.outcomes["state"] == "hidden"])
    assert len(set(hidden.values())) == 1 and hidden[11] > 0


def test_it_is_released_by_itself_and_without_the_secret_of_the_store(store, monkeypatch):
    asked = []
    plain = release.release
    monkeypatch.setattr(release, "release", lambda *given, **named: asked.append((given, named)) or plain(*given, **named))
    reader(store, workbook(service=service(**FOUR)))
    ((tables,), named), = asked
    assert named == {} and len(tables.service) == 4
    asked.clear()
    delivered(received("tall.xlsx", goals(), store, PUBLIC, True), store)
    (_, earlier), named = asked[0]
    assert len(earlier) == 1 and named == {"seed": int.from_bytes(store.secret())}


def test_limits_of_its_own_do_not_hold_and_a_warning_says_so(store):
    own = workbook(assumptions=limits(small_count="3", one_person="2"), service=service(bodo=30, alta=4), staffing=STAFF)
    one = reader(store, own).loaded
    started = one.tables.outcomes.query("level == 'site' and measure == 'started' and period == @QUARTER").set_index("place")["state"]
    assert started["alta"] == "hidden"
    assert [(each.rule, each.value, each.file) for each in one.warnings] == [("limit_not_taken", "3", "assumptions"), ("limit_not_taken", "2", "assumptions")]
    assert all(each.cell.startswith("J") for each in one.warnings)
    values = one.tables.assumptions.set_index("assumption")["value"]
    assert (values["small_count"], values["one_person"]) == (5, 1)
    publisher = delivered(received("tall.xlsx", own, store, PUBLIC, True), store).loaded
    assert publisher.tables.assumptions.set_index("assumption")["value"]["small_count"] == 3 and not publisher.warnings


def test_other_assumptions_of_its_own_do_hold(store):
    one = reader(store, workbook(assumptions=limits(caseload="18")))
    assert one.loaded.tables.assumptions.set_index("assumption")["value"]["caseload"] == 18 and one.loaded.warnings == ()


def test_before_the_first_edition_it_is_put_onto_the_public_files_without_counts_of_people(delivery):
    delivery.write("service", [delivery.rows("service")[0], ["alta", QUARTER, *["7"] * 7, "", "", "reported", "programme", "", ""]])
    one = received("tall.xlsx", goals(), None, delivery.folder)
    assert one.loaded.tables.service.empty and one.base is None


def test_it_cannot_be_published(store):
    with pytest.raises(ValueError):
        to_publish(reader(store, goals()))


def test_it_is_trusted_only_where_that_is_said(store, tmp_path):
    for trusted in (False, True):
        one = put_in("tall.xlsx", goals(), tmp_path / "store", PUBLIC, trusted)
        assert one.trusted == trusted and len(one.loaded.tables.service) == (4 if trusted else 0)
    assert received("tall.xlsx", goals(), store, PUBLIC).trusted is False


def test_a_template_is_filled_with_counts_of_people_for_publishers_only(store):
    shown = read(store.contents(1)).tables
    assert to_fill(shown).service.empty and len(to_fill(shown).staffing) == 4
    raw = received("tall.xlsx", goals(), store, PUBLIC, True).loaded.tables
    assert to_fill(shown, raw) is raw


def test_what_the_check_says_of_counts_goes_to_publishers_only(store):
    kept = store.contents(1)
    service = kept["service"]
    comma = service.text.replace(",3,", ',"3,0",').replace(",30,", ',"30,0",')
    assert comma.count('"') == 4
    loaded = read(kept | {"service": Content(comma, service.file, service.rows, service.letters)})
    assert loaded.tables is not None and loaded.notes == ()
    # An edition of an older version may break rules that came later.
    broken = service.text.replace(",3,", ",-3,")
    loaded = read(kept | {"service": Content(broken, service.file, service.rows, service.letters)})
    assert loaded.tables is None
    assert [(each.rule, each.row, each.column, each.value, each.values) for each in loaded.faults] == [("counts_do_not_pass", None, None, None, {})]


@pytest.mark.parametrize(
    ("table", "row", "where"),
    [
        ("service", ["alta", QUARTER, "9", "8", "7", "7", "5", "6", "6", "9.5", "", "reported", "programme", "", ""], (2, None)),
        ("service", ["alta", QUARTER, "-9", "x", "", "", "", "", "", "", "", "reported", "nobody", "", ""], (2, None)),
        ("staffing", ["alta", QUARTER, "2", "2", "0", "", "1", "", "reported", "programme", "", ""], (2, "leavers")),
    ],
)
def test_counts_of_people_in_public_files_are_refused_with_one_fault_that_quotes_none(delivery, table, row, where):
    delivery.write(table, [delivery.rows(table)[0], row])
    loaded = public(delivery.folder)
    assert loaded.tables is None
    assert [(each.rule, each.cure, each.file, (each.row, each.column), each.value) for each in loaded.faults] == [
        ("people_in_public_files", "publish_people", f"tables/{table}.csv", where, None)
    ]


def test_other_faults_of_public_files_are_told_beside_that_one(delivery):
    delivery.write("service", [delivery.rows("service")[0], ["alta", QUARTER, "-9", *[""] * 8, "reported", "programme", "", ""]])
    delivery.change("goals", 2, value="mange")
    assert [each.rule for each in public(delivery.folder).faults] == ["people_in_public_files", "not_a_number"]


def test_public_files_without_counts_of_people_are_read_with_staff(delivery):
    delivery.write("staffing", [delivery.rows("staffing")[0], ["alta", QUARTER, "2", "2", "0", "", "", "", "reported", "programme", "", ""]])
    loaded = public(delivery.folder)
    assert loaded.faults == () and len(loaded.tables.staffing) == 1
