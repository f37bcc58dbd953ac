"""nginx in front, as deploy/nginx.conf has it: TLS, the connection, headers once, what is packed stays packed."""

import json
import re
import shutil
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

CONF = Path(__file__).parents[2] / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
ONCE = ("content-security-policy", "strict-transport-security", "x-content-type-options", "x-frame-options", "referrer-policy", "cache-control", "content-encoding")


def _free() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*command, "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"], check=True, capture_output=True)


@pytest.fixture(scope="module")
def nginx(tmp_path_factory, server):
    """The configuration that is handed out, with this machine's addresses, certificate and folders."""
    with _running(tmp_path_factory.mktemp("nginx"), server) as one:
        yield one


@pytest.fixture
def strict(tmp_path, server):
    """The same, with room for five pages a minute: a hundred a second are more than a busy test can ask for."""
    with _running(tmp_path, server, {"zone=pages:1m rate=20r/s": "zone=pages:1m rate=1r/m", "zone=pages burst=200": "zone=pages burst=4"}) as one:
        yield one


@contextmanager
def _running(folder: Path, server, changes: Mapping[str, str] = {}):
    if not NGINX or not shutil.which("openssl"):
        pytest.skip("no nginx or no openssl: apt-get install nginx-light openssl")
    tls, plain = _free(), _free()
    _certificate(folder)
    text = CONF.read_text("utf-8")
    for was, given in {
        "/etc/ssl/dashboard": str(folder), "/run/nginx.pid": str(folder / "pid"), "127.0.0.1:8501": f"127.0.0.1:{server.port}", "listen 443": f"listen 127.0.0.1:{tls}",
        "listen 80": f"listen 127.0.0.1:{plain}", "/dev/stdout": str(folder / "log"), "worker_processes auto": "daemon off;\nworker_processes 1", "http {": f"http {{\n  client_body_temp_path {folder}/body;\n  proxy_temp_path {folder}/proxy;\n  fastcgi_temp_path {folder}/f;\n  uwsgi_temp_path {folder}/u;\n  scgi_temp_path {folder}/s;",
        **changes,
    }.items():  # fmt: skip
        assert was in text
        text = text.replace(was, given)
    text = re.sub(r"\n *listen \[::\][^;]*;", "", text)
    (folder / "nginx.conf").write_text(text)
    process = subprocess.Popen([NGINX, "-p", folder, "-e", "stderr", "-c", folder / "nginx.conf"], stderr=(folder / "errors").open("w"))
    try:
        yield f"https://localhost:{tls}", f"http://localhost:{plain}", folder
    finally:
        process.terminate()
        process.wait(10)


def asked(url: str, method: str = "GET", body: bytes | None = None, **headers: str):
    """An answer, whatever its status."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    request = urllib.request.Request(url, body, headers, method=method)
    for _ in range(50):
        try:
            return urllib.request.urlopen(request, context=trusting)
        except urllib.error.HTTPError as answer:
            return answer
        except urllib.error.URLError:
            time.sleep(0.1)
    raise RuntimeError("nginx does not answer")


def test_a_page_opens_by_tls_and_its_connection_stays(nginx, newcomer):
    address, _, folder = nginx
    asked(f"{address}/healthz")
    context = newcomer(ignore_https_errors=True)
    page, lines, seen = context.new_page(), [], {}
    page.on("websocket", lambda line: lines.append(line))
    page.on("response", lambda answer: seen.setdefault(answer.url.removeprefix(address), answer))
    page.goto(f"{address}/?lang=en")
    page.locator(".ips-footer").wait_for(timeout=30_000)
    page.get_by_text("Norsk").click()
    page.locator("html[lang=nb]").wait_for(state="attached")
    assert [line.url for line in lines] == [f"{address.replace('https', 'wss')}/_stcore/stream"] and not lines[0].is_closed()
    packed = [path for path, answer in seen.items() if answer.headers.get("content-encoding") == "br"]
    assert len([path for path in packed if path.startswith("/static/js/")]) > 50
    assert seen["/?lang=en"].headers["strict-transport-security"] == "max-age=31536000"
    (cookie,) = [one for one in context.cookies() if one["name"] == "_streamlit_xsrf"]
    assert cookie["secure"] and cookie["sameSite"] == "Strict"
    context.close()
    log = (folder / "log").read_text()
    assert '"path":"/"' in log and "lang=en" not in log and "127.0.0.1" not in log


def test_every_header_is_said_once(nginx):
    answer = asked(f"{nginx[0]}/", **{"accept-encoding": "br"})
    assert {name: len(answer.headers.get_all(name, [])) for name in ONCE} == dict.fromkeys(ONCE, 1)
    assert answer.headers["server"] == "nginx"


def test_packing_parts_and_tags_pass(nginx):
    path = re.search(r'src="\.(/static/js/[^"]+)"', asked(f"{nginx[0]}/").read().decode())[1]
    for way in ("br", "gzip"):
        assert asked(nginx[0] + path, **{"accept-encoding": way}).headers["content-encoding"] == way
    tag = asked(nginx[0] + path, **{"accept-encoding": "br"}).headers["etag"]
    assert asked(nginx[0] + path, **{"accept-encoding": "br", "if-none-match": tag}).status == 304
    part = asked(nginx[0] + path, range="bytes=0-9")
    assert part.status == 206 and len(part.read()) == 10


def test_plain_http_leads_to_tls(nginx):
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    with pytest.raises(urllib.error.HTTPError) as led:
        urllib.request.build_opener(Stay).open(f"{nginx[1]}/growth?lang=en")
    assert led.value.code == 308 and led.value.headers["location"].startswith("https://localhost/growth?lang=en")


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/upload_file/a/b"])
def test_what_is_not_for_the_internet_is_not_there(nginx, path):
    assert asked(nginx[0] + path).status == 404


def test_nothing_large_is_taken(nginx):
    assert asked(f"{nginx[0]}/growth", "POST", b"x" * 100_000).status == 413


def test_slides_are_made_for_nobody_a_hundred_times_a_second(nginx):
    # All at once: one after the other, a busy machine asks no faster than what is let through.
    with ThreadPoolExecutor(60) as together:
        answers = list(together.map(lambda _: asked(f"{nginx[0]}/slides/9999.png").status, range(60)))
    assert 429 in answers


@pytest.mark.parametrize("path", ["/", "/growth", "/slides", "/_stcore/stream", "/healthz"])
def test_cookies_over_8_kb_are_refused_before_the_dashboard_sees_them(nginx, path):
    shaken = {"upgrade": "websocket", "connection": "upgrade", "sec-websocket-version": "13", "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ=="}
    before = len((nginx[2] / "log").read_text().splitlines())
    for cookie in ('a="' + "\\" * 30_000 + '"', "a=" + "x" * 8_191):
        for more in ({}, shaken):
            answer = asked(nginx[0] + path, cookie=cookie, **more)
            assert answer.status == 431 and answer.headers["server"] == "nginx" and "content-security-policy" not in answer.headers
    lines = (nginx[2] / "log").read_text().splitlines()[before:]
    assert lines and all(json.loads(line)["status"] == 431 for line in lines)


def test_smaller_cookies_and_long_links_pass(nginx):
    assert asked(f"{nginx[0]}/growth?told={'x' * 30_000}", cookie="a=" + "x" * 8_000).status == 200


def test_cookies_are_counted_together(nginx):
    lines = [b"GET /growth HTTP/1.1", b"Host: localhost", b"Connection: close", *(b"Cookie: c%d=" % number + b"x" * 1_000 for number in range(9)), b"", b""]
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", int(nginx[0].rpartition(":")[2])), 10) as plain, trusting.wrap_socket(plain) as line:
        line.sendall(b"\r\n".join(lines))
        assert b" 431 " in line.recv(1_000).splitlines()[0]


def test_pages_are_counted_for_each_address_and_files_never(strict):
    file = re.search(r'src="\.(/static/js/[^"]+)"', asked(f"{strict[0]}/").read().decode())[1]
    pages = [asked(f"{strict[0]}/{name}").status for name in ("growth", "map", "", "nothing", "coverage", "data", "method")]
    assert pages == [200] * 4 + [429] * 3
    for path in (file, "/assets/server", "/_stcore/health", "/favicon.png", "/media/nothing"):
        assert {asked(strict[0] + path).status for _ in range(10)} <= {200, 404}
