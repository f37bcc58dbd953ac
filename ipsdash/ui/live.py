"""What is made of the tables on an address of its own: the map's outline, and the slides, one page that needs the server no more once it
has loaded."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from ipsdash.ui import borders, deck, headers, roles
from ipsdash.ui.link import plain_keys
from ipsdash.ui.packing import ASKED_ANEW, packed, plain
from ipsdash.ui.reader import newest

LONGEST_NUMBER = 4


def slides(request: Request) -> Response:
    """The slides that the query asks for, as one page that needs the server no more; 503 while the tables have faults, 403
    where only those who are signed in may read: here nobody can be asked who they are."""
    if roles.only_signed_in():
        return Response(status_code=403)
    found = deck.asked(plain_keys(request.query_params))
    if found is None:
        return Response(status_code=503)
    page = deck.page(*found, link=_link(request))
    allowed = {"content-security-policy": headers.policy(headers.ALONE, headers.inline(page))}
    return packed(request, page, "text/html", ASKED_ANEW | allowed)


def _link(request: Request) -> str:
    """The address of the dashboard that the slides name, as long as it is this one: any other could be put under our name."""
    given = plain_keys(request.query_params).get("link", "")
    try:
        return given if urlsplit(given).netloc == request.headers.get("host") else ""
    except ValueError:
        return ""


def picture(request: Request) -> Response:
    """A small picture of one of the slides that the query asks for; 404 for a number there is none of."""
    number = request.path_params["number"]
    # Longer digits than any slide has are not worth reading: Python refuses very long ones.
    asked = number.isdecimal() and len(number) <= LONGEST_NUMBER and not roles.only_signed_in()
    found = deck.asked(plain_keys(request.query_params)) if asked else None
    picture = deck.thumbnail(*found, int(number), link=_link(request)) if found else None
    return plain(request, picture, "image/png", ASKED_ANEW) if picture else Response(status_code=404)


def map_outline(request: Request) -> Response:
    """The outline of the map for the tables that are loaded now; 404 for another digest and while the tables have faults."""
    tables = newest().tables
    outline = borders.drawn(tables) if tables is not None else None
    if outline is None or outline.digest != request.path_params["digest"]:
        return Response(status_code=404)
    return packed(request, outline.svg, "image/svg+xml")
