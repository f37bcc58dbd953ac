"""Streamlit's own files, which it gives out unpacked: packed once for each version, and given out from here.

They are packed as small as they get by a thread that leaves the processors to everybody else, into a folder that later starts find
ready. A file that is asked for before that, and all files where no folder can be written, are packed quickly and kept in memory.
"""

import logging
import os
import random
import shutil
import sys
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

import anyio.to_thread
import brotli
import streamlit
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ipsdash import settings
from ipsdash.ui import programs, start
from ipsdash.ui.packing import BROTLI, GZIP, KEPT, QUICK, SMALLEST, encoding, known, pack
from ipsdash.ui.programs import HASHED, SOURCE, linked

# Fonts and pictures are packed already.
PACKABLE = (".js", ".css", ".svg", ".json")
LOG = logging.getLogger("ipsdash.shelf")


def folder() -> Path:
    """Where packed files are kept: IPSDASH_CACHE, or var/packed."""
    return settings.value(settings.CACHE)


class Shelf:
    """The packed files. source: of the files as they are; folder: of the packed ones of all versions; made: what is no file of Streamlit's,
    by name."""

    def __init__(self, source: Path, folder: Path, made: Mapping[str, Callable[[], bytes]] = {}):
        self.source, self.made = source, made
        self.names = {*made} | {file.relative_to(source).as_posix() for file in (source / HASHED).rglob("*") if file.suffix in PACKABLE}
        self.all = folder
        self.folder = folder / _edition(source)
        self.memory: dict[tuple[str, str], bytes] = {}

    def ready(self, name: str, way: str) -> bytes | None:
        """A packed file that need not be packed or read first."""
        return self.memory.get((name, way))

    def plain(self, name: str) -> bytes:
        """A file as it is."""
        return self.made[name]() if name in self.made else (self.source / name).read_bytes()

    def take(self, name: str, way: str) -> bytes:
        """A packed file: from the folder, else packed quickly."""
        try:
            found = self._place(name, way).read_bytes()
        except OSError:
            found = pack(self.plain(name), way, QUICK)
        self.memory[name, way] = found
        return found

    def fill(self) -> bool:
        """Packs what is not in the folder yet, and takes other versions out of it; whether all of it is there."""
        try:
            for name in self._order():
                for way in (BROTLI, GZIP):
                    self._keep(name, way)
            for other in self.all.iterdir():
                if other != self.folder:
                    shutil.rmtree(other, ignore_errors=True)
        except OSError as reason:
            LOG.warning("packed files cannot be kept and stay in memory: %s", type(reason).__name__)
            return False
        return True

    def _order(self) -> Iterator[str]:
        """What every page needs comes first; the rest in any order, so that two processes do not pack the same file at the same time."""
        first = [*self.made, *(name for name in linked((self.source / "index.html").read_text("utf-8")) if name in self.names)]
        rest = sorted(self.names - set(first))
        random.shuffle(rest)
        yield from first
        yield from rest

    def _keep(self, name: str, way: str) -> None:
        """Packs one file as small as it gets; whoever reads the folder finds it whole or not at all."""
        place = self._place(name, way)
        if place.exists():
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        begun = place.with_name(f"{place.name}.{uuid.uuid4().hex}")
        try:
            begun.write_bytes(pack(self.plain(name), way, SMALLEST))
            os.replace(begun, place)
        finally:
            begun.unlink(missing_ok=True)
        # What was packed quickly is larger.
        self.memory.pop((name, way), None)

    def _place(self, name: str, way: str) -> Path:
        return self.folder / f"{name}.{way}"


@cache
def own() -> Shelf:
    """The shelf of this process."""
    return Shelf(SOURCE, folder(), {programs.together(): programs.written})


def _edition(source: Path) -> str:
    """A name for what is packed and how: the index names all files by what is in them."""
    made = f"{streamlit.__version__} {brotli.__version__} {SMALLEST}".encode()
    return sha256(made + (source / "index.html").read_bytes()).hexdigest()[:12]


class Packed:
    """Gives out Streamlit's files from the shelf. Who takes them plain, or asks for a part of one, has them from Streamlit."""

    def __init__(self, app: ASGIApp, shelf: Shelf):
        self.app, self.shelf = app, shelf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = scope.get("path", "").removeprefix("/")
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or name not in self.shelf.names:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        way = encoding(headers.get("accept-encoding", ""))
        if name not in self.shelf.made and (not way or "range" in headers):
            await self.app(scope, receive, _varying(send))
            return
        content = self.shelf.ready(name, way) or await anyio.to_thread.run_sync(self.shelf.take, name, way)
        await _answer(Request(scope), name, way, content)(scope, receive, send)


def _answer(request: Request, name: str, way: str, content: bytes) -> Response:
    """A file as it was packed; 304 for those who have it."""
    headers = {**KEPT, "vary": "accept-encoding", "etag": f'"{Path(name).name}-{way}-{len(content)}"'} | ({"content-encoding": way} if way else {})
    if answer := known(request, headers):
        return answer
    kind = "text/javascript" if name.endswith(".js") else guess_type(name)[0]
    return Response(content, media_type=kind, headers=headers)


def _varying(send: Send) -> Send:
    """Says of a plain answer that others have it packed."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = message | {"headers": [*message["headers"], (b"vary", b"accept-encoding")]}
        await send(message)

    return sent


def fill_aside(shelf: Shelf) -> threading.Thread:
    """Fills the shelf beside everything else the server does."""
    thread = threading.Thread(target=_fill_last, args=(shelf,), name="shelf", daemon=True)
    thread.start()
    return thread


def _fill_last(shelf: Shelf) -> None:
    """Only while nobody else needs a processor, where the system can do that for one thread."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
    shelf.fill()


if __name__ == "__main__":
    # For an image whose files cannot be written later: python -m ipsdash.ui.shelf
    start.check_settings()
    sys.exit(not own().fill())
