"""What the server gives out beside Streamlit's own: the typeface and the outline of the map, to be kept by the browser."""

import gzip
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ipsdash.tables.load import fingerprint
from ipsdash.ui import borders
from ipsdash.ui.reader import loaded, source_path

FONTS = files("ipsdash.figures") / "fonts"
# The version of the typeface is part of its address, the digest of the outline part of its own: neither ever changes.
FONT_ADDRESS = "/assets/inter-5.3.0/"
KEPT = {"cache-control": "public, max-age=31536000, immutable"}


def asset_routes() -> list[Route]:
    """The routes for `streamlit.starlette.App`."""
    return [
        Route(FONT_ADDRESS + "{name}.woff2", font, methods=["GET"]),
        Route("/assets/map.{digest}.svg", map_outline, methods=["GET"]),
    ]


def outline_address(digest: str) -> str:
    """Where the browser finds the outline with this digest."""
    return f"/assets/map.{digest}.svg"


def font(request: Request) -> Response:
    """A font file by its name; 404 for a name that is not there."""
    found = {file.name: file for file in FONTS.iterdir() if file.name.endswith(".woff2")}
    file = found.get(f"{request.path_params['name']}.woff2")
    return Response(file.read_bytes(), media_type="font/woff2", headers=KEPT) if file else Response(status_code=404)


def map_outline(request: Request) -> Response:
    """The outline of the map for the tables that are loaded now; 404 for another digest and while the tables have faults."""
    tables = loaded().tables
    outline = borders.drawn(fingerprint(source_path()), tables) if tables is not None else None
    if outline is None or outline.digest != request.path_params["digest"]:
        return Response(status_code=404)
    headers = KEPT | {"vary": "accept-encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(outline.svg, media_type="image/svg+xml", headers=headers)
    packed = gzip.compress(outline.svg.encode(), mtime=0)
    return Response(packed, media_type="image/svg+xml", headers=headers | {"content-encoding": "gzip"})
