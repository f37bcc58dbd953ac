"""What is too large is refused before anything reads it, with our headers and a sentence in the reader's language."""

import pytest
from starlette.requests import HTTPConnection
from starlette.routing import WebSocketRoute
from starlette.testclient import WebSocketDenialResponse

from ipsdash.text.words import Words
from ipsdash.ui.request_limits import MAX_COOKIE_BACKSLASHES, MAX_COOKIE_BYTES, MAX_LINK_BYTES

SLASHES = '"' + "\\" * 30_000 + '"'


@pytest.fixture(autouse=True)
def _nobody_reads_cookies(monkeypatch):
    """Nobody further in reads the cookies of a request that is refused."""

    def read(*_):
        raise AssertionError("cookies were read")

    monkeypatch.setattr(HTTPConnection, "cookies", property(read))


async def _talks(socket):
    await socket.accept()
    await socket.close()


@pytest.fixture
def asking(client):
    return client(more=(WebSocketRoute("/_stcore/stream", _talks),))


REFUSED = {
    f"a={SLASHES}": "refused.cookies",
    "a=" + "x" * MAX_COOKIE_BYTES: "refused.cookies",
    "a=" + "\\" * (MAX_COOKIE_BACKSLASHES + 1): "refused.cookie_backslashes",
}


@pytest.mark.parametrize("cookie", REFUSED, ids=["slashes", "large", "some slashes"])
@pytest.mark.parametrize("path", ["/", "/growth", "/slides", "/healthz", "/_stcore/health", "/nothing"])
def test_cookies_that_are_too_large_are_refused_everywhere(asking, path, cookie):
    answer = asking.get(path, headers={"cookie": cookie})
    assert answer.status_code == 431 and answer.headers["x-content-type-options"] == "nosniff"
    assert Words("nb")(REFUSED[cookie]) in answer.text
    assert Words("en")(REFUSED[cookie]) in asking.get(f"{path}?lang=en", headers={"cookie": cookie}).text


def test_many_small_cookies_are_counted_together(asking):
    headers = [("cookie", f"c{number}=" + "x" * 1_000) for number in range(9)]
    assert asking.get("/", headers=headers).status_code == 431
    assert asking.get("/", headers=headers[:7]).status_code == 200


def test_a_connection_is_refused_for_its_cookies_too(asking):
    with pytest.raises(WebSocketDenialResponse) as refused, asking.websocket_connect("/_stcore/stream", headers={"cookie": f"a={SLASHES}"}):
        pass
    assert refused.value.status_code == 431 and "frame-ancestors" in refused.value.headers["content-security-policy"]


def test_long_links_are_read_and_longer_ones_refused(asking):
    assert asking.get("/growth?told=" + "x" * (MAX_LINK_BYTES - 100)).status_code == 200
    answer = asking.get("/growth?lang=en&told=" + "x" * MAX_LINK_BYTES)
    assert answer.status_code == 414 and Words("en")("refused.long_link") in answer.text
    assert asking.get("/growth", headers={"x-a": "x" * 70_000}).status_code == 431


def test_where_pages_connect_there_is_no_page(asking):
    answer = asking.get("/_stcore/stream")
    assert answer.status_code == 400 and answer.headers["x-frame-options"] == "DENY"
