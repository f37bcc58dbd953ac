"""Nonsense from strangers, sent to a real server: answered with our headers, no alarm in the log, and nothing of it written there."""

import base64
import json
import logging
import random
import struct
from pathlib import Path
from socket import SO_LINGER, SOL_SOCKET, create_connection

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.state.session_state import SessionState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from ipsdash.ui import log_noise
from ipsdash.ui.socket_messages import checked
from ipsdash.ui.upload import LARGEST_WORKBOOK
from tests.ui.running import HANDSHAKE, Started

OURS = ("x-content-type-options: nosniff", "content-security-policy: default-src 'none'", "x-frame-options: deny")
SLASHES = 'cookie: a="' + "\\" * 30_000 + '"'
TYPED = "typed-by-a-stranger\u202e\x1b[31m"
# A value of each kind that a browser can send for a control: wrong for most of them.
VALUES = {
    "int_value": 10**15, "string_value": TYPED, "bool_value": True, "bytes_value": b"\xff", "trigger_value": True, "json_value": "[" * 4_000,
    "json_trigger_value": "{{{", "double_array_value": {"data": [float("nan"), 1e308]}, "string_array_value": {"data": [TYPED] * 3}, "int_array_value": {"data": [10**15]},
}  # fmt: skip


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    one = Started(tmp_path_factory.mktemp("started"), STREAMLIT_SERVER_ALLOWED_HOSTS="localhost ips.example.no")
    yield one
    one.stop()


def _closed(started, *messages, **options) -> int | None:
    """The code with which the server ends a connection on which these messages come."""
    place = f"ws://{started.place}/_stcore/stream"
    with connect(place, subprotocols=["streamlit"], max_size=None, **options) as line:
        try:
            for message in messages:
                line.send(message)
            while True:
                line.recv(timeout=30)
        except ConnectionClosed as closed:
            return closed.rcvd and closed.rcvd.code


@pytest.mark.parametrize("request_line", [b"NONSENSE\r\n\r\n", b"GET / HTTP/x\r\n\r\n", b"GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n", b"\x00" * 100 + b"\r\n\r\n", b"GET / HTTP/1.1\r\n: a\r\n\r\n"])
def test_what_is_no_request_is_answered_with_our_headers(started, request_line):
    answer = started.raw(request_line).decode("latin-1").lower()
    assert answer.startswith("http/1.1 400") and all(one in answer for one in OURS)


@pytest.mark.parametrize(("path", "headers", "status"), [
    ("/", (SLASHES,), 431), ("/_stcore/stream", (HANDSHAKE + SLASHES,), 431), ("/_stcore/stream", (HANDSHAKE + "cookie: a=" + "x" * 8_191,), 431),
    ("/_stcore/stream?" + "x" * 9_000, (HANDSHAKE.strip(),), 400), ("/_stcore/stream", (HANDSHAKE.strip(), *(f"x-{number}: 1" for number in range(200))), 400),
    ("/_stcore/stream", ("Upgrade: websocket\r\nConnection: Upgrade, close",), 400), ("/_stcore/stream", (HANDSHAKE + "origin: https://evil.example",), 403),
    ("/nothing", (HANDSHAKE.strip(),), 403), ("/growth?told=" + "x" * 33_000, (), 414), ("/slides?told=" + "[" * 20_000, (), 400), ("/%2e%2e/%2e%2e/", (), 400),
])  # fmt: skip
def test_what_is_refused_has_our_headers(started, path, headers, status):
    answer, head = started.get(path, *headers)
    assert answer == status and all(one in head for one in OURS)


@pytest.mark.parametrize(("method", "status"), [("POST", 405), ("BREW", 405)])
def test_other_methods_are_refused_with_our_headers(started, method, status):
    head = started.raw(f"{method} /growth HTTP/1.1\r\nHost: {started.place}\r\nConnection: close\r\n\r\n".encode()).decode("latin-1").lower()
    assert head.startswith(f"http/1.1 {status}") and all(one in head for one in OURS)


def test_a_link_of_thirty_thousand_letters_is_read_however_it_comes(started):
    head, rest = f"GET /growth?told={'x' * 20_000}".encode(), f"{'x' * 10_000} HTTP/1.1\r\nHost: {started.place}\r\nConnection: close\r\n\r\n".encode()
    host, port = started.place.split(":")
    with create_connection((host, int(port)), 30) as line:
        for part in (head, rest[:5_000], rest[5_000:]):
            line.sendall(part)
            # When somebody who came later has an answer, the part before has been read.
            assert started.get("/healthz")[0] == 200
        assert line.recv(100).startswith(b"HTTP/1.1 200")


def test_only_the_names_that_are_listed_are_answered(started):
    assert started.get("/", host="ips.example.no")[0] == started.get("/", host="localhost:1")[0] == 200
    for path in ("/", "/slides", "/_stcore/health", "/_stcore/metrics", "/_stcore/host-config"):
        status, head = started.get(path, host="rebound.example")
        assert status == 421 and all(one in head for one in OURS)
    assert started.get("/_stcore/stream", HANDSHAKE.strip(), host="rebound.example")[0] == 421


def test_the_memory_is_told_to_this_machine_alone(started):
    assert started.get("/_stcore/metrics")[0] == 200
    assert started.get("/_stcore/metrics", host="ips.example.no")[0] == 404
    assert started.get("/_stcore/metrics", "X-Forwarded-Proto: https")[0] == started.get("/_stcore/agent/openapi.json", "X-Real-IP: 127.0.0.1")[0] == 404


def test_messages_that_cannot_be_read_end_the_connection(started):
    assert _closed(started, TYPED) == 1003
    assert _closed(started, b"\xff" * 100) == 1002


def _most_memory(started) -> int:
    """The most that the server has had, in MB."""
    status = Path(f"/proc/{started.process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1_000


SENT = [(19, "deflate"), (13, None), (1, "deflate")]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell")
@pytest.mark.parametrize(("megabytes", "compression"), SENT)
def test_millions_of_empty_values_take_no_memory(started, megabytes, compression):
    """19 MB of them are 18 kB on the wire, and were 700 MB once they were read."""
    values = BackMsg(rerun_script={"widget_states": {"widgets": [{}] * (megabytes * 500_000)}})
    content = values.SerializeToString()
    started.run("growth", "lang=en")
    before = _most_memory(started)
    assert _closed(started, *[content] * 3, compression=compression) == 1009
    assert _most_memory(started) - before < 150
    assert started.run("growth", "lang=en")


def test_a_workbook_that_unpacks_to_a_thousand_times_its_size_is_not_unpacked(started):
    said = [{"event": "file", "value": {"name": "t.xlsx", "text": "QUJD" * 3_000_000}}]
    event = _make_trigger_id(f"$$ID-{'0' * 32}-workbook", "events")
    control = {"id": event, "json_trigger_value": json.dumps(said)}
    content = BackMsg(rerun_script={"widget_states": {"widgets": [control]}}).SerializeToString()
    assert checked(content) == (content, 0)
    assert _closed(started, content, compression="deflate") == 1009


def test_a_workbook_of_ten_megabytes_reaches_the_page(started):
    content = base64.b64encode(random.Random(1).randbytes(LARGEST_WORKBOOK)).decode()
    with started.visit() as visit:
        drawn = visit.run("data", "lang=en")
        fields = [one.id for kind, one in drawn if kind == "bidi_component"]
        field = next(one for one in fields if "workbook" in one)
        said = [{"event": "file", "value": {"name": "ten-megabytes.xlsx", "text": content}}]
        control = {"id": _make_trigger_id(field, "events"), "json_trigger_value": json.dumps(said)}
        asked = {"query_string": "lang=en", "page_name": "data"}
        visit.send(rerun_script={**asked, "widget_states": {"widgets": [control]}})
        came = [one.delta.new_element for one in visit.until("script_finished")]
    before = [one.body for kind, one in drawn if kind == "alert"]
    told = [one.alert.body for one in came if one.WhichOneof("type") == "alert"]
    assert any("workbook" in one for one in told if one not in before)


# Some look like Streamlit's names: those are asked for by a page that was left.
@pytest.mark.parametrize("control", [
    "", "7", f"{TYPED}-map", f"$$ID-{TYPED}", "$$STREAMLIT_INTERNAL_KEY_SCRIPT_RUN_WITHOUT_ERRORS",
    "$$ID-0123456789abcdef0123456789abcdef-typed-by-a-stranger",
    "$$ID-0123456789abcdef0123456789abcdef-None",
    "$$STREAMLIT_INTERNAL_KEY_$$ID-0123456789abcdef0123456789abcdef-typed-by-a-stranger__events",
])  # fmt: skip
@pytest.mark.parametrize("page", ["", "map", "data", "scenarios"])
def test_a_control_that_the_page_does_not_have_changes_nothing(started, page, control):
    values = ({"string_value": TYPED}, {"trigger_value": True}, {"json_trigger_value": "[]"}, {})
    with started.visit() as visit:
        drawn = [kind for kind, _ in visit.run(page, "lang=en")]
        for value in values:
            asked = {"query_string": "lang=en", "page_name": page}
            widgets = [{"id": control, **value}]
            visit.send(rerun_script={**asked, "widget_states": {"widgets": widgets}})
            came = [one.delta.new_element for one in visit.until("script_finished")]
            kinds = [one.WhichOneof("type") for one in came if one.WhichOneof("type")]
            assert sorted(kinds) == sorted(drawn)


@pytest.mark.parametrize("kind", ["clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime", "debug_disconnect_websocket"])
def test_what_no_page_of_ours_asks_for_is_not_done(started, kind):
    assert checked(BackMsg(**{kind: True}).SerializeToString()) == (None, 0)
    with started.visit() as visit:
        visit.send(**{kind: True})
        visit.send(rerun_script={"query_string": "lang=en"})
        came = [one.WhichOneof("type") for one in visit.until("script_finished")]
        assert came[-1] == "script_finished" and "git_info_changed" not in came


@pytest.mark.parametrize("payload", ["install_skills", "dismiss_skills_nudge"])
def test_nor_is_what_streamlit_offers_developers(payload):
    asked = {"request_id": "1", payload: {}}
    assert checked(BackMsg(backend_operation_request=asked).SerializeToString()) == (None, 0)
    asked = {"request_id": "1", "deferred_file": {"file_id": "a"}}
    content = BackMsg(backend_operation_request=asked).SerializeToString()
    assert checked(content) == (content, 0)


def test_no_line_is_an_alarm_and_none_has_what_was_typed(started):
    with started.visit() as visit:
        controls = {element.id for _, element in visit.run("scenarios", "lang=en") if getattr(element, "id", "")}
        assert len(controls) > 10
        for kind, value in VALUES.items():
            states = [{"id": one, kind: value} for one in controls]
            visit.send(rerun_script={"query_string": "lang=en", "page_name": "scenarios", "widget_states": {"widgets": states}})
            visit.until("script_finished")
        states = [{"id": f"{TYPED}-{one}", "trigger_value": True} for one in range(5)]
        visit.send(rerun_script={"page_name": f"../{TYPED}", "widget_states": {"widgets": states}, "context_info": {"url": "http://[::", "locale": TYPED, "timezone": TYPED}})
        visit.until("script_finished")
        visit.send(rerun_script={"fragment_id": TYPED, "query_string": "a=1&" * 3_000})
        visit.send(backend_operation_request={"request_id": TYPED, "session_id": TYPED, "deferred_file": {"file_id": TYPED}})
        visit.until("backend_operation_response")
    host, port = started.place.split(":")
    for frame in (b"\xff\xff\xff\xff", b"\x81\x82abcd" + bytes(one ^ key for one, key in zip(b"\xff\xfe", b"abcd"))):
        with create_connection((host, int(port)), 30) as line:
            line.sendall(f"GET /_stcore/stream HTTP/1.1\r\nHost: {started.place}\r\n{HANDSHAKE}\r\n".encode())
            assert b"101" in line.recv(1_000)
            line.sendall(frame)
            line.recv(1_000)
            # Gone without a word.
            line.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    for path in ("/typed-by-a-stranger%0a%1b", "/typed-by-a-stranger/x", "/media/typed-by-a-stranger", "/static/typed-by-a-stranger", "/slides/typed-by-a-stranger.png", "/oauth2callback?state=typed-by-a-stranger"):
        started.get(path, "cookie: _streamlit_user=typed-by-a-stranger; _streamlit_xsrf=2|zz|zz|1")
    assert started.get("/healthz")[0] == 200
    written = started.written.read_text()
    assert "typed-by" not in written and "\x1b" not in written and "\u202e" not in written
    assert [line for line in started.lines if line["level"] == "error"] == []
    assert [line for line in written.splitlines() if "Traceback" in line] == []
    assert any(line["event"] == log_noise.NO_VALUE for line in started.lines), "the wrong values reached the page"
    # All but Streamlit's greeting is JSON.
    assert [line for line in written.splitlines() if line.strip() and not line.startswith("{") and "Streamlit app" not in line and "URL" not in line] == []


def _record(name: str, text: str, *values, level: int = logging.ERROR, raised: BaseException | None = None) -> logging.LogRecord:
    record = logging.LogRecord(name, level, "", 0, text, values, (type(raised), raised, raised.__traceback__) if raised else None)
    log_noise.settle(record)
    return record


def test_a_value_of_a_control_that_streamlit_does_not_know_is_no_alarm():
    state = SessionState()
    state.set_widgets_from_proto(WidgetStates(widgets=[{"id": TYPED, "string_value": "x"}]))
    try:
        state.filtered_state  # noqa: B018
    except KeyError as error:
        record = _record("streamlit.error_util", "Uncaught app execution", raised=error)
    assert (record.levelname, record.getMessage()) == ("INFO", log_noise.NO_VALUE)
    assert record.exc_text is None


def test_what_a_page_of_ours_looks_for_in_vain_stays_an_alarm():
    try:
        SessionState()["missing"]
    except KeyError as error:
        record = _record("streamlit.error_util", "Uncaught app execution", raised=error)
    assert record.levelname == "ERROR" and "missing" in record.exc_text


def test_our_own_faults_stay_an_alarm():
    def draw():
        raise ValueError(TYPED)

    try:
        draw()
    except ValueError as error:
        record = _record("streamlit.error_util", "Uncaught app execution", raised=error)
    assert record.levelname == "ERROR" and record.exc_info and "in draw" in record.exc_text
    assert "\x1b" not in record.exc_text and "\u202e" not in record.exc_text


def test_what_may_be_either_is_a_warning_with_its_traceback():
    record = _record("streamlit.runtime.app_session", "Error processing back message", raised=ValueError("x"))
    assert record.levelname == "WARNING" and record.exc_text


def test_values_lose_what_turns_or_ends_a_line():
    record = _record("ipsdash.server", "a %s", f"{TYPED}\nb", level=logging.WARNING)
    assert record.getMessage() == "a typed-by-a-stranger[31m b"
    assert len(_record("ipsdash.server", "x" * 10_000).getMessage()) == log_noise.LONGEST_EVENT
    assert json.dumps(_record("other", "%s", "\ud800").getMessage()) == '""'
