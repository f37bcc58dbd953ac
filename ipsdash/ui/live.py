"""The slides on an address of their own, without the app around them: one page that needs the server no more once it has loaded."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ipsdash.ui import deck, roles
from ipsdash.ui.server import packed

# The tables decide too what is shown: they may be others at the next look.
ASKED_ANEW = {"cache-control": "no-cache"}


def slide_routes() -> list[Route]:
    """The routes for `streamlit.starlette.App`."""
    return [Route("/slides", slides, methods=["GET"]), Route("/slides/{number:int}.png", picture, methods=["GET"])]


def slides(request: Request) -> Response:
    """The slides that the query asks for, as one page that needs the server no more; 503 while the tables have faults, 403
    where only those who are signed in may read: here nobody can be asked who they are."""
    if roles.only_signed_in():
        return Response(status_code=403)
    found = deck.asked(request.query_params)
    if found is None:
        return Response(status_code=503)
    return packed(request, deck.page(*found, link=request.query_params.get("link", "")), "text/html", ASKED_ANEW)


def picture(request: Request) -> Response:
    """A small picture of one of the slides that the query asks for; 404 for a number there is none of."""
    found = None if roles.only_signed_in() else deck.asked(request.query_params)
    picture = deck.thumbnail(*found, request.path_params["number"], link=request.query_params.get("link", "")) if found else None
    return Response(picture, media_type="image/png", headers=ASKED_ANEW) if picture else Response(status_code=404)


