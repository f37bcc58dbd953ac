"""All that stands around Streamlit's application: `dashboard.py` hands it over when the server starts."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from starlette.middleware import Middleware
from starlette.routing import Route

from ipsdash.text.formats import LANGUAGES
from ipsdash.ui import (
    ahead,
    bad_requests,
    headers,
    index,
    logs,
    memory,
    python_faults,
    shelf,
    socket_sizes,
    sockets,
)
from ipsdash.ui.headers import Headers
from ipsdash.ui.hosts import KnownHosts
from ipsdash.ui.index import index_routes
from ipsdash.ui.logs import Logged
from ipsdash.ui.origins import OwnPages
from ipsdash.ui.request_limits import RequestLimits
from ipsdash.ui.server import asset_routes
from ipsdash.ui.shelf import Packed, Shelf
from ipsdash.ui.socket_messages import SocketMessages


# Addresses whose answers need the tables.
LATER = {
    "/assets/map.{digest}.svg": ("ipsdash.ui.live", "map_outline"), "/slides": ("ipsdash.ui.live", "slides"),
    "/slides/{number}.png": ("ipsdash.ui.live", "picture"), "/readyz": ("ipsdash.ui.health", "ready"),
}  # fmt: skip


def routes(pages: tuple[str, ...]) -> list[Route]:
    """Every address that is not Streamlit's. pages: the addresses of the pages."""
    return [*asset_routes(), *(ahead.route(path, module, name) for path, (module, name) in LATER.items()), *index_routes(pages)]


def broken(error: Exception) -> bool:
    """What a reader sees instead of a traceback."""
    return ahead.asked("ipsdash.ui.faults", "broken", error)


def middleware(environment: Mapping[str, str] = os.environ, packed: Shelf | None = None) -> list[Middleware]:
    """What every request goes through on its way to Streamlit, from outside in. Nobody reads cookies before RequestLimits."""
    return [
        Middleware(Headers, page=index.written(LANGUAGES[0]), environment=environment),
        Middleware(Logged),
        Middleware(RequestLimits),
        Middleware(KnownHosts),
        Middleware(OwnPages),
        Middleware(SocketMessages),
        Middleware(Packed, shelf=packed or shelf.own()),
    ]


@asynccontextmanager
async def started(_: object) -> AsyncIterator[None]:
    """While the server runs: its log, one heap, answers at once, and Streamlit's files packed beside everything else."""
    logs.settle()
    python_faults.warn()
    bad_requests.install(headers.common(index.written(LANGUAGES[0]), os.environ))
    socket_sizes.install()
    memory.one_heap()
    sockets.send_at_once()
    ahead.get_ready()
    shelf.fill_aside(shelf.own())
    yield
