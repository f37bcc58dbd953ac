"""The server as it is started: nothing leaves this machine, its log says what failed, and no page of others is answered."""

import os
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.ui.running import GUARD, ROOT, Started


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    one = Started(tmp_path_factory.mktemp("started"))
    yield one
    one.stop()


def test_the_guard_hears_and_refuses(tmp_path):
    asking = "import socket\nfor place in ('192.0.2.1', '127.0.0.1', 'outside.example'):\n try: socket.create_connection((place, 9), 1)\n except OSError: pass"
    settings = {"PYTHONPATH": str(GUARD), "GUARD_ASKED": str(tmp_path / "asked")}
    subprocess.run([sys.executable, "-c", asking], env=os.environ | settings, check=True)
    assert (tmp_path / "asked").read_text().split() == ["socket.getaddrinfo", "192.0.2.1", "socket.getaddrinfo", "outside.example"]


def test_nothing_leaves_the_machine_at_start_nor_with_a_page(started):
    assert len(started.run(query="lang=en")) > 10_000
    for path in ("/", "/slides", "/slides/1.png", "/readyz", "/healthz", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics"):
        urllib.request.urlopen(f"http://{started.place}{path}").read()
    assert started.outside == []


def test_nothing_leaves_the_machine_with_any_page_or_any_file(started):
    with started.visit() as visit:
        taken = 0
        for page in sorted(file.stem for file in (ROOT / "pages").glob("*.py")):
            drawn = visit.run("" if page == "overview" else page, "dataset=example")
            assert any(kind == "html" for kind, _ in drawn), page
            for kind, element in drawn:
                if kind == "download_button":
                    assert visit.take(element), (page, element.label)
                    taken += 1
    assert taken > 20
    assert started.outside == []


def test_a_page_of_others_is_refused_and_nobody_is_asked_who_we_are(started):
    for origin in ("https://evil.example", "null", "https://198.51.100.7"):
        with pytest.raises(InvalidStatus) as refused:
            started.run(origin=origin)
        assert refused.value.response.status_code == 403
    assert len(started.run(origin=f"http://{started.place}")) > 10_000
    assert started.outside == []


def test_its_connections_can_be_packed(started):
    with connect(f"ws://{started.place}/_stcore/stream", subprotocols=["streamlit"]) as line:
        assert "permessage-deflate" in line.response.headers["sec-websocket-extensions"]


def test_the_way_of_agents_is_shut(started):
    asked = urllib.request.Request(f"http://{started.place}/_stcore/agent/interact", b"{}", {"content-type": "application/json"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked)
    assert refused.value.code >= 400


def test_its_log_has_a_line_for_each_answer(started):
    urllib.request.urlopen(f"http://{started.place}/growth?area=county:nordland").read()
    urllib.request.urlopen(f"http://{started.place}/healthz").read()
    paths = [line.get("path") for line in started.lines]
    assert "/growth" in paths and "/healthz" in paths and "nordland" not in started.written.read_text()


@pytest.mark.parametrize(("name", "value"), [("IPSDASH_READING", "Signed-In"), ("IPSDASH_READINGS", "signed-in"), ("IPSDASH_PUBLISH_PASSWORD_HASH", "nordlys")])
def test_a_setting_that_is_wrong_ends_the_start_with_one_sentence(name, value):
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", "0"]
    ended = subprocess.run(command, cwd=ROOT, env=os.environ | {name: value}, capture_output=True, text=True, timeout=120)
    assert ended.returncode != 0
    (sentence,) = ended.stderr.splitlines()
    assert sentence.startswith(name) and "nordlys" not in sentence
