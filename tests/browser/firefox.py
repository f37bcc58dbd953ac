"""Firefox as it is installed, spoken to by the browsers' common protocol (WebDriver BiDi): open, press keys, ask the page."""

import itertools
import json
import shutil
import socket
import subprocess
import time
from pathlib import Path

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

NAMES = ("firefox-esr", "firefox")
# Private letters that the protocol has for keys.
KEYS = {"PageDown": "\ue00f", "ArrowRight": "\ue014", "Home": "\ue011", "End": "\ue010", "Escape": "\ue00c"}


def installed() -> str | None:
    """The path of Firefox, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Firefox:
    """A Firefox without a window, on a profile of its own, that can reach nothing on a network."""

    def __init__(self, profile: Path, *, scripts: bool = True):
        profile.mkdir()
        settings = {"network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9, "network.proxy.ssl": "127.0.0.1",
                    "network.proxy.ssl_port": 9, "javascript.enabled": scripts, "remote.active-protocols": 1}  # fmt: skip
        (profile / "user.js").write_text("".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items()), "utf-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [installed(), "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", str(port), "--width=1920", "--height=1080", "about:blank"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.connection, self.number = self._connected(port), itertools.count()
        self.ask("session.new", capabilities={})
        self.context = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    @staticmethod
    def _connected(port: int):
        for _ in range(300):
            try:
                return connect(f"ws://127.0.0.1:{port}/session", max_size=None, legacy=True)
            except (OSError, WebSocketException):
                time.sleep(0.1)
        raise RuntimeError("Firefox did not start within 30 seconds")

    def ask(self, method: str, **given: object) -> dict:
        """What Firefox answers to a command."""
        number = next(self.number)
        self.connection.send(json.dumps({"id": number, "method": method, "params": given}))
        while (answer := json.loads(self.connection.recv(30))).get("id") != number:
            pass
        assert answer["type"] == "success", answer
        return answer["result"]

    def open(self, address: str) -> None:
        """Opens an address and waits until it has loaded."""
        self.ask("browsingContext.setViewport", context=self.context, viewport={"width": 1920, "height": 1080})
        self.ask("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def press(self, key: str) -> None:
        """Presses a key and lets it go."""
        value = KEYS.get(key, key)
        actions = [{"type": "keyDown", "value": value}, {"type": "keyUp", "value": value}]
        self.ask("input.performActions", context=self.context, actions=[{"type": "key", "id": "keyboard", "actions": actions}])

    def value(self, expression: str) -> object:
        """What an expression is on the page: text, number or truth."""
        found = self.ask("script.evaluate", expression=expression, target={"context": self.context}, awaitPromise=True)
        return found["result"].get("value")

    def close(self) -> None:
        self.connection.close()
        self.process.terminate()
        self.process.wait(20)
