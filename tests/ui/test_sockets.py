"""What is sent goes onto the line at once, without waiting for the reader's acknowledgement."""

import socket
from pathlib import Path

import pytest

from ipsdash.ui import serve, sockets
from ipsdash.ui.sockets import send_at_once
from tests.loops import run


def is_set(one: socket.socket) -> bool:
    return bool(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


@pytest.fixture
def listener():
    """A socket as Streamlit binds it, before its server listens."""
    with socket.socket(family=socket.AF_INET) as one:
        one.bind(("127.0.0.1", 0))
        yield one


pytestmark = pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system does not list a process's open files")


def test_who_comes_to_a_socket_that_was_bound_before_is_answered_at_once(listener):
    assert listener.proto != socket.IPPROTO_TCP, "else Python would see to it"
    assert send_at_once() > 0
    listener.listen()
    with socket.create_connection(listener.getsockname()), listener.accept()[0] as answered:
        assert is_set(answered)


def test_it_is_said_when_the_server_starts(listener, monkeypatch):
    for name, part in (("settle", serve.logs), ("get_ready", serve.ahead), ("fill_aside", serve.shelf)):
        monkeypatch.setattr(part, name, lambda *_: None)

    async def start() -> bool:
        async with serve.started(None):
            return is_set(listener)

    assert run(start())


def test_the_sockets_stay_open_and_those_that_go_out_stay_as_they_are(listener):
    listener.listen()
    with socket.create_connection(listener.getsockname()) as out, listener.accept()[0] as answered, socket.socket() as unbound:
        send_at_once()
        assert not is_set(out) and not is_set(answered) and not is_set(unbound)
        out.sendall(b"here")
        assert answered.recv(4) == b"here"
    assert listener.getsockname()[1]


def test_other_kinds_of_sockets_and_files_are_left_alone(tmp_path):
    with socket.socket(type=socket.SOCK_DGRAM) as letters, socket.socket(socket.AF_UNIX) as local, (tmp_path / "file").open("w") as file:
        letters.bind(("127.0.0.1", 0))
        local.bind(str(tmp_path / "socket"))
        send_at_once()
        file.write("still open")
    assert (tmp_path / "file").read_text() == "still open"


def test_a_system_that_does_not_list_open_files_is_served_as_it_is(monkeypatch, tmp_path):
    monkeypatch.setattr(sockets, "OPEN", tmp_path / "none")
    assert send_at_once() == 0
