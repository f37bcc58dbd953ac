"""Which messages on the WebSocket reach Streamlit, and what of them."""

import json

import pytest
from google.protobuf.message import DecodeError
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg

from ipsdash.ui import socket_messages, socket_sizes
from ipsdash.ui.socket_messages import (
    LARGEST,
    LARGEST_WORKBOOK,
    MOST_CONTROLS,
    TOO_LARGE,
    SocketMessages,
    checked,
    is_small,
)
from tests.loops import run

FIELD = "$$ID-0123456789abcdef0123456789abcdef-"
EVENT = _make_trigger_id(f"{FIELD}workbook", "events")
OWN_FILE = _make_trigger_id(f"{FIELD}own-file", "events")
# A workbook of 10 MB, as base64.
CONTENT = "QUJD" * 3_333_334


def message(*controls: dict, **more) -> bytes:
    asked = {"query_string": "lang=nb", "page_name": "data", **more}
    asked["widget_states"] = {"widgets": controls}
    return BackMsg(rerun_script=asked).SerializeToString()


def handed_in(text: str, name: str = "t.xlsx", control: str = EVENT, kind="json_trigger_value"):
    said = json.dumps([{"event": "file", "value": {"name": name, "text": text}}])
    return message({"id": f"{FIELD}area", "string_value": "FIN"}, {"id": control, kind: said})


def passed_controls(content: bytes) -> list[str]:
    passed, code = checked(content)
    assert code == 0
    return [one.id for one in BackMsg.FromString(passed).rerun_script.widget_states.widgets]


def test_a_page_with_some_hundred_controls_is_passed_on_as_it_is():
    content = message(*({"id": f"{FIELD}{one}", "int_value": one} for one in range(MOST_CONTROLS)))
    assert checked(content) == (content, 0)


def test_one_control_more_ends_the_connection():
    content = message(*({"id": f"{FIELD}{one}"} for one in range(MOST_CONTROLS + 1)))
    assert checked(content) == (None, TOO_LARGE)


def test_a_workbook_of_ten_megabytes_is_passed_on():
    content = handed_in(CONTENT)
    assert checked(content) == (content, 0)


def test_a_larger_one_is_not():
    assert checked(handed_in("A" * (LARGEST_WORKBOOK + LARGEST))) == (None, TOO_LARGE)


LARGE = [
    message(*[{}] * 500_000),
    message({"id": EVENT, "string_value": CONTENT}),
    message({"id": EVENT, "bytes_value": CONTENT.encode()}),
    message({"id": EVENT, "int_array_value": {"data": range(200_000)}}),
    message(query_string="a" * 200_000),
    message(cached_message_hashes=[""] * 200_000),
    message({"id": EVENT, "json_trigger_value": CONTENT}, *[{}] * 200_000),
    handed_in(CONTENT, name="n" * 200_000),
    handed_in(" " * 200_000),
    handed_in("ø" * 200_000),
    message({"id": EVENT, "json_trigger_value": "[" + "[]," * 200_000 + "[]]"}),
    message({"id": EVENT, "json_trigger_value": "[" + '{"a":{}},' * 100_000 + "{}]"}),
    message({"id": EVENT, "json_trigger_value": "1" * 200_000}),
    message({"id": EVENT, "json_trigger_value": '"' + "1" * 200_000}),
    message({"id": EVENT, "json_trigger_value": "A" * 200_000 + '"'}),
]


@pytest.mark.parametrize("content", LARGE, ids=range(len(LARGE)))
def test_what_is_large_and_no_workbook_is_refused_before_it_is_read(content, monkeypatch):
    class Unread:
        FromString = staticmethod(lambda _: pytest.fail("it was read"))

    monkeypatch.setattr(socket_messages, "BackMsg", Unread)
    assert len(content) > LARGEST and checked(content) == (None, TOO_LARGE)


@pytest.mark.parametrize("control", [OWN_FILE, f"{FIELD}area"])
def test_a_workbook_comes_from_its_own_field_alone(control):
    assert checked(handed_in(CONTENT, control=control)) == (None, TOO_LARGE)


def test_a_file_of_20_kb_of_text_is_passed_on():
    content = handed_in("\x01" * 20_000, control=OWN_FILE)
    assert checked(content) == (content, 0)


@pytest.mark.parametrize("content", [b"\xff" * 200_000, b"\x0b" * 200_000, b"\x5a\xff", b""])
def test_nonsense_of_any_size_is_refused(content):
    assert checked(content)[0] is None


def test_a_number_without_an_end_is_no_message():
    with pytest.raises(DecodeError):
        is_small(b"\xff" * 200_000)


@pytest.mark.parametrize("stranger", [
    "", "7", "ELLER-kari-map", "own-file", "$$ID", "$$ID-", "$$ID-x-map", f"a{FIELD}map", FIELD,
    "$$STREAMLIT_INTERNAL_KEY_SCRIPT_RUN_WITHOUT_ERRORS", f"{FIELD}a\n", f"{FIELD}{'a' * 300}",
])  # fmt: skip
def test_controls_that_streamlit_did_not_name_are_left_out(stranger):
    known = {"id": f"{FIELD}area", "string_value": "FIN"}
    event = {"id": EVENT, "json_trigger_value": "[]"}
    content = message(known, {"id": stranger, "string_value": "x"}, event)
    assert passed_controls(content) == [f"{FIELD}area", EVENT]
    passed = BackMsg.FromString(checked(content)[0]).rerun_script
    assert passed.query_string == "lang=nb"
    assert passed.widget_states.widgets[0].string_value == "FIN"


def test_a_connection_that_sends_workbook_after_workbook_is_ended(monkeypatch):
    content = handed_in(CONTENT)
    came, said = [], []

    async def receive():
        return {"type": "websocket.receive", "bytes": content}

    async def send(one):
        said.append(one)

    async def app(_, received, __):
        while (one := await received())["type"] == "websocket.receive":
            came.append(one)
            assert len(came) < 10

    monkeypatch.setattr(socket_sizes.time, "monotonic", lambda: 0.0)
    run(SocketMessages(app)({"type": "websocket"}, receive, send))
    assert len(came) == socket_sizes.SENT_AT_ONCE // len(content) == 3
    assert said == [{"type": "websocket.close", "code": TOO_LARGE}]
