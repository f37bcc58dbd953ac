"""What those who run the dashboard see of it: lives, is ready, what it writes about itself."""

import io
import json
import logging

import pytest
from starlette.routing import Route
from streamlit.logger import get_logger

from ipsdash.settings import JSON, LOGS
from ipsdash.store.places import store_folder
from ipsdash.ui import editions, logs


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("IPSDASH_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


def test_it_lives_and_is_ready(client, store):
    for path in ("/healthz", "/readyz"):
        answer = client().get(path)
        assert (answer.status_code, answer.text, answer.headers["cache-control"]) == (200, "ok", "no-store")
        assert client().head(path).status_code == 200 and client().post(path).status_code == 405


def test_with_faulty_tables_it_lives_and_is_not_ready(client, store, delivery, monkeypatch):
    delivery.change("sites", 2, name="")
    delivery.file("areas").unlink()
    monkeypatch.setenv("IPSDASH_DATA", str(delivery.folder))
    answer = client().get("/readyz")
    assert (answer.status_code, answer.text) == (503, "tables")
    assert client().get("/healthz").status_code == 200


def test_with_a_damaged_store_it_is_not_ready(client, store):
    store.mkdir()
    (store_folder() / editions.FILE).write_bytes(b"no database" * 1000)
    answer = client().get("/readyz")
    assert answer.status_code == 503 and answer.text.replace("_", "").isalpha() and str(store) not in answer.text


@pytest.fixture
def lines(monkeypatch):
    """What is logged as JSON while a test runs."""
    get_logger("streamlit.error_util")
    monkeypatch.setenv(LOGS.name, JSON)
    written, ours = io.StringIO(), logging.getLogger("ipsdash")
    before = ours.handlers, ours.level, ours.propagate
    ours.handlers = [logging.StreamHandler(written)]
    all_of_them = [logging.getLogger(), *(one for one in logging.Logger.manager.loggerDict.values() if isinstance(one, logging.Logger))]
    formats = {handler: handler.formatter for one in all_of_them for handler in one.handlers}
    handlers, factory = {one: list(one.handlers) for one in all_of_them}, logging.getLogRecordFactory()
    logs.settle()
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    ours.handlers, ours.level, ours.propagate = before
    for handler, one in formats.items():
        handler.setFormatter(one)
    for one, had in handlers.items():
        if one is not ours:
            one.handlers = had
    logging.setLogRecordFactory(factory)


def test_an_answer_is_one_line_that_says_nothing_of_who_asked(client, lines):
    client().get("/growth?area=own-words&told=secret", headers={"user-agent": "a-browser", "x-forwarded-for": "198.51.100.7", "cookie": "a=b"})
    (line,) = lines()
    assert {name: line[name] for name in ("level", "event", "path", "status")} == {"level": "info", "event": "answered", "path": "/growth", "status": 200}
    assert line["ms"] >= 0 and line["time"].endswith("+00:00")
    for part in ("secret", "own-words", "browser", "198.51", "testclient", "a=b"):
        assert part not in json.dumps(line)


def test_what_fails_is_told_to_the_log_alone(client, lines):
    def fails(_):
        raise RuntimeError("a detail\nof two lines")

    assert client(more=(Route("/fails", fails),)).get("/fails").text == ""
    failed, answered = lines()
    assert failed["level"] == "error" and "RuntimeError: a detail" in failed["traceback"] and failed["path"] == "other"
    assert answered["status"] == 500


def test_what_fails_on_a_page_is_told_with_its_place_in_the_code(lines):
    # Streamlit writes an error of a page by this logger, before the reader is told that there was one (ipsdash/ui/faults.py).
    streamlits = get_logger("streamlit.error_util")
    handler = streamlits.streamlit_console_handler
    try:
        raise RuntimeError("a page")
    except RuntimeError as error:
        line = json.loads(handler.format(streamlits.makeRecord("streamlit.error_util", logging.ERROR, "", 0, "Uncaught", (), (type(error), error, error.__traceback__))))
    assert line["event"] == "Uncaught" and "RuntimeError: a page" in line["traceback"]


@pytest.mark.parametrize(("path", "shown"), [
    ("/_stcore/upload_file/a-session/a-file", "/_stcore/upload_file/…"), ("/media/abc.xlsx", "/media/…"), ("/" + "x" * 5000, "other"), ("/a\n{}", "other"),
    ("/growth", "/growth"), ("/growth/\u202e", "other"), ("/slides/7.png", "/slides/…"), ("/_stcore/stream", "/_stcore/stream"), ("/_stcore/other", "other"), ("", "other"),
])  # fmt: skip
def test_what_belongs_to_one_reader_is_left_out(path, shown):
    assert logs.place(path) == shown


def test_without_the_setting_nothing_is_written(client, monkeypatch, capfd):
    monkeypatch.delenv(LOGS.name, raising=False)
    client().get("/growth")
    assert capfd.readouterr() == ("", "")
