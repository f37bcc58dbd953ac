"""What the server gives out beside Streamlit's own, and needs no tables for: the typeface, the map's program, that it lives."""

from functools import cache
from hashlib import sha256
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ipsdash.ui.packing import KEPT, NOW, packed

FONTS = files("ipsdash.figures") / "fonts"
PARTS = {"map.js": "text/javascript", "map.css": "text/css", "map.html": "text/html"}
# The version of the typeface is part of its address, the digest of the others part of theirs: what an address gives never changes.
FONT_ADDRESS = "/assets/inter-5.3.0/"


def asset_routes() -> list[Route]:
    """The routes for `streamlit.starlette.App`."""
    return [
        Route(FONT_ADDRESS + "{name}.woff2", font, methods=["GET"]),
        Route("/assets/map.{digest}/{name}", map_part, methods=["GET"]),
        Route("/healthz", lives, methods=["GET"]),
    ]


def outline_address(digest: str) -> str:
    """Where the browser finds the outline with this digest."""
    return f"/assets/map.{digest}.svg"


def part_address(name: str) -> str:
    """Where the browser finds a part of the map's program: map.js, map.css or map.html."""
    return f"/assets/map.{_edition()}/{name}"


@cache
def _edition() -> str:
    return sha256("".join(_part(name) for name in PARTS).encode()).hexdigest()[:12]


@cache
def _part(name: str) -> str:
    return (files("ipsdash.ui") / name).read_text("utf-8")


def font(request: Request) -> Response:
    """A font file by its name; 404 for a name that is not there."""
    found = {file.name: file for file in FONTS.iterdir() if file.name.endswith(".woff2")}
    file = found.get(f"{request.path_params['name']}.woff2")
    return Response(file.read_bytes(), media_type="font/woff2", headers=KEPT) if file else Response(status_code=404)


def map_part(request: Request) -> Response:
    """A part of the map's program; 404 for another edition of it or another name."""
    name = request.path_params["name"]
    if name not in PARTS or request.path_params["digest"] != _edition():
        return Response(status_code=404)
    return packed(request, _part(name), PARTS[name])


async def lives(_: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok", headers=NOW)
