"""A workbook that somebody hands in is checked while the page goes on, and the reader is told how far it is."""

import time

import pytest

from ipsdash.export import untrusted
from ipsdash.store.passwords import hashed
from ipsdash.ui import deliver, workbook_check
from ipsdash.ui.process_pool import MEGABYTE, UNTRUSTED, ProcessPool
from ipsdash.ui.process_worker import Limits
from ipsdash.ui.turns import turns
from tests.pages.checking import PATIENCE_S, checked
from tests.workbooks import goals, opened


def hang() -> None:
    time.sleep(10**6)


def compute_forever(*_: object) -> None:
    while True:
        pass


def take_memory(*_: object) -> bytes:
    return bytes(1_000 * MEGABYTE)


def until(true) -> None:
    latest = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < latest
        time.sleep(0.01)


@pytest.fixture
def pool(monkeypatch):
    """A pool of this test alone."""
    made = ProcessPool()
    monkeypatch.setattr(workbook_check, "process_pool", lambda: made)
    yield made
    for task in (*made.waiting, *made.running):
        task.cancel()
        task.ended.wait(PATIENCE_S)


@pytest.fixture
def hand_in(monkeypatch):
    """Hands in a workbook at the next run of a page: the field itself is the browser's."""
    given: list[tuple[str, bytes]] = []
    monkeypatch.setattr(deliver, "workbook", lambda *_: given.pop() if given else None)

    def put(app, content: bytes, name: str = "tall.xlsx"):
        given.append((name, content))
        return app.run()

    return put


def said(app) -> str:
    return " ".join(one.value for kind in ("info", "warning", "error") for one in app.get(kind))


def test_a_workbook_is_checked_and_shown_when_that_is_done(pool, hand_in, visit):
    app = hand_in(visit("data", lang="en").app, goals())
    assert "Your workbook is being checked" in said(app) or "workbook_check" not in app.session_state
    checked(app)
    assert "Checked: tall.xlsx" in [one.value for one in app.subheader] and not app.exception
    assert app.session_state["delivery"].loaded.faults == ()


def test_who_has_to_wait_is_told_for_what_and_goes_on_by_itself(pool, hand_in, visit):
    others = [pool.submit(owner, UNTRUSTED, hang) for owner in ("first", "second")]
    until(lambda: all(task.process for task in others))
    app = hand_in(visit("data", lang="en").app, goals())
    assert "Your workbook waits: 2\u00a0checks are before it." in said(app)
    assert "Arbeidsboken din venter: 2\u00a0sjekker er foran den." in said(visit_in_norwegian(app))
    others[0].cancel()
    checked(app)
    assert app.session_state["delivery"].loaded.faults == ()


def visit_in_norwegian(app):
    app.query_params["lang"] = "nb"
    app.session_state["lang"] = "nb"
    return app.run()


def test_other_readers_are_drawn_while_a_workbook_waits_and_while_one_is_checked(pool, hand_in, visit):
    for owner in ("first", "second"):
        pool.submit(owner, UNTRUSTED, hang)
    app = hand_in(visit("data").app, goals())
    drawn, _ = turns().last
    assert drawn.is_set() and not turns().waiting, "the run of who handed it in has ended"
    assert visit("method").headline and not visit("growth").app.exception
    assert not app.session_state["workbook_check"].task.ended.is_set()


def test_a_second_workbook_takes_the_place_of_the_first_and_it_is_said(pool, hand_in, visit):
    others = [pool.submit(owner, UNTRUSTED, hang) for owner in ("first", "second")]
    app = hand_in(visit("data", lang="en").app, goals("mange"), "one.xlsx")
    first = app.session_state["workbook_check"].task
    hand_in(app, goals(), "two.xlsx")
    assert "has been put away: you put in another one" in said(app)
    assert first.ended.wait(PATIENCE_S) and first not in pool.waiting
    for task in others:
        task.cancel()
    checked(app)
    assert app.session_state["delivery"].name == "two.xlsx"


def test_a_reader_can_end_the_check(pool, hand_in, visit):
    others = [pool.submit(owner, UNTRUSTED, hang) for owner in ("first", "second")]
    app = hand_in(visit("data").app, goals())
    task = app.session_state["workbook_check"].task
    [one for one in app.button if one.key == "cancel-check"][0].click().run()
    assert "workbook_check" not in app.session_state and task.ended.wait(PATIENCE_S)
    assert all(not other.ended.is_set() for other in others)
    assert [one.value for one in app.warning] == ["Du har avsluttet sjekken: arbeidsboken ble ikke sjekket. Ingenting er endret."]
    assert not app.run().warning


@pytest.fixture
def checked_again(pool, hand_in, visit, monkeypatch, tmp_path):
    """The page of one who handed in a workbook, signed in, and whose workbook waits to be put onto
    all that is published."""
    monkeypatch.setenv("IPSDASH_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("IPSDASH_PUBLISH_PASSWORD_HASH", hashed("nordlys over fjorden"))
    app = checked(hand_in(visit("data", lang="en").app, goals()))
    assert not app.session_state["delivery"].trusted
    for owner in ("first", "second"):
        pool.submit(owner, UNTRUSTED, hang)
    app.session_state["publisher"] = "Kari"
    return app.run()


def press(app, key: str):
    return next(one for one in app.button if one.key == key).click().run()


@pytest.mark.parametrize(("key", "sentence"), [("cancel-check", "You have ended the check"), ("put-away", "")])
def test_a_publisher_ends_the_second_check_for_good(checked_again, key, sentence):
    task = checked_again.session_state["workbook_check"].task
    press(checked_again, key)
    assert "workbook_check" not in checked_again.session_state, "it is not started again"
    assert "delivery" not in checked_again.session_state and sentence in said(checked_again)
    assert task.cancelled.is_set() and not checked_again.exception


def test_to_put_a_workbook_away_does_not_end_the_check_of_another(checked_again, hand_in):
    hand_in(checked_again, goals(70), "other.xlsx")
    task = checked_again.session_state["workbook_check"].task
    press(checked_again, "put-away")
    assert "delivery" not in checked_again.session_state
    assert checked_again.session_state["workbook_check"].task is task and not task.cancelled.is_set()


def test_a_full_queue_is_told(hand_in, visit, monkeypatch):
    full = ProcessPool(max_running=1, max_waiting=0)
    monkeypatch.setattr(workbook_check, "process_pool", lambda: full)
    other = full.submit("other", UNTRUSTED, hang)
    app = hand_in(visit("data", lang="en").app, goals())
    assert "many others are being checked now" in said(app)
    assert "workbook_check" not in app.session_state
    other.cancel()
    assert other.ended.wait(PATIENCE_S)


@pytest.mark.parametrize(
    "function, limits, sentence",
    [
        (compute_forever, Limits(2, PATIENCE_S, 600 * MEGABYTE), "more than 2\u00a0seconds of processor time"),
        (compute_forever, Limits(10**4, 1, 600 * MEGABYTE), "not done after 1\u00a0second."),
        (take_memory, Limits(20, PATIENCE_S, 300 * MEGABYTE), "took too much memory"),
    ],
)
def test_a_check_that_takes_too_much_is_ended_in_words(pool, hand_in, visit, monkeypatch, function, limits, sentence):
    monkeypatch.setattr(workbook_check, "check_workbook", function)
    monkeypatch.setattr(workbook_check, "UNTRUSTED", limits)
    app = checked(hand_in(visit("data", lang="en").app, goals()))
    assert sentence in said(app) and "was not checked" in said(app)
    assert "delivery" not in app.session_state and not app.exception


def test_a_check_whose_process_is_killed_is_told(pool, hand_in, visit, monkeypatch):
    monkeypatch.setattr(workbook_check, "check_workbook", compute_forever)
    app = hand_in(visit("data", lang="en").app, goals())
    task = app.session_state["workbook_check"].task
    until(lambda: task.process)
    task.process.kill()
    assert "was ended before it was done" in said(checked(app))


def test_what_became_of_a_check_stands_where_it_was_told_how_far_it_is(pool, hand_in, visit, monkeypatch):
    monkeypatch.setattr(workbook_check, "check_workbook", compute_forever)
    app = hand_in(visit("data", lang="en").app, goals())
    progress = place_of(app, "Your workbook is being checked")
    assert progress < place_of(app, "Publish")
    app.session_state["workbook_check"].task.cancel()
    app = checked(app)
    assert place_of(app, "The workbook was not checked") < place_of(app, "Publish")


def place_of(app, sentence: str) -> int:
    """Where an alert or a heading with this sentence stands, counted from the top of the page."""
    blocks = app.main.children.items()
    return next(place for place, block in blocks if any(sentence in one.value for kind in ("info", "warning", "subheader") for one in found(block, kind)))


def found(block, kind: str) -> list:
    children = getattr(block, "children", {}).values()
    return [block] if block.type == kind else [one for child in children for one in found(child, kind)]


class Runtime:
    """Streamlit's runtime with some open sessions."""

    def __init__(self, *sessions: str):
        self.sessions = set(sessions)

    def is_active_session(self, session: str) -> bool:
        return session in self.sessions


@pytest.fixture
def runtime(monkeypatch):
    made = Runtime("a")
    monkeypatch.setattr(workbook_check.runtime, "exists", lambda: True)
    monkeypatch.setattr(workbook_check.runtime, "get_instance", lambda: made)
    return made


def test_a_session_that_was_closed_ends_its_check_after_a_while(pool, runtime, monkeypatch):
    task = pool.submit("a", UNTRUSTED, hang, is_wanted=workbook_check.Presence("a"))
    until(lambda: task.process)
    runtime.sessions.clear()
    assert not task.ended.is_set()
    monkeypatch.setattr(workbook_check, "MAX_AWAY_SECONDS", 0)
    assert task.ended.wait(PATIENCE_S) and task.process.poll() is not None


def test_a_line_that_drops_for_a_moment_ends_nothing(runtime):
    wanted = workbook_check.Presence("a")
    runtime.sessions.clear()
    assert wanted()
    wanted.seen -= workbook_check.MAX_AWAY_SECONDS + 1
    assert not wanted()
    runtime.sessions.add("a")
    assert wanted()


@pytest.fixture
def faulty(pool, hand_in, visit, monkeypatch):
    """A page with a faulty workbook, and the function that makes its marked copy."""
    made = []
    real = workbook_check.marked
    monkeypatch.setattr(workbook_check, "marked", lambda *given: made.append(real(*given)) or made[-1])
    app = checked(hand_in(visit("data", lang="en").app, goals("mange")))
    assert app.session_state["delivery"].loaded.faults
    return made[-1]


def test_a_workbook_is_marked_in_a_process_too(faulty, pool):
    given = []
    submit = pool.submit
    pool.submit = lambda *args, **more: given.append(args) or submit(*args, **more)
    book = faulty()
    assert given[0][1:3] == (UNTRUSTED, untrusted.mark_workbook)
    assert "D3" in texts(book)


def test_a_workbook_that_cannot_be_marked_now_says_so(faulty, pool):
    for owner in ("first", "second"):
        pool.submit(owner, UNTRUSTED, hang)
    assert "was not marked" in texts(faulty())


def texts(content: bytes) -> str:
    return " ".join(str(cell.value) for sheet in opened(content) for row in sheet.iter_rows() for cell in row)
