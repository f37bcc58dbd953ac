"""What is made of the tables on an address of its own: the map's outline, and the slides, one page that needs the server no more once it
has loaded."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from ipsdash.ui import borders, deck, headers, refusals
from ipsdash.ui.link import plain_keys
from ipsdash.ui.packing import ASKED_ANEW, packed, plain
from ipsdash.ui.reader import newest
from ipsdash.ui.rights import UNKNOWN

LONGEST_NUMBER = 4
SCHEMES = ("http", "https")


def slides(request: Request) -> Response:
    """The slides that the query asks for, as one page that needs the server no more; 503 while the tables have faults, 403
    where only those who are signed in may read: here nobody can be asked who they are; 400 for a link that cannot be read."""
    lang = refusals.language(request.scope)
    if not UNKNOWN.may("slides"):
        return refusals.page(lang, 403, "slides_signed_in")
    query = plain_keys(request.query_params)
    found = deck.asked(query)
    if found is None:
        return refusals.page(lang, 503, "slides_faults")
    if key := deck.unreadable(found[0], query):
        return refusals.page(lang, 400, "slides_link", key=key)
    page = deck.page(*found, link=_link(request))
    allowed = {"content-security-policy": headers.policy(headers.ALONE, headers.inline(page))}
    return packed(request, page, "text/html", ASKED_ANEW | allowed)


def _link(request: Request) -> str:
    """The address of the dashboard that the slides name, as long as it is this one: any other could be put under our name."""
    given = plain_keys(request.query_params).get("link", "")
    try:
        address = urlsplit(given)
        is_ours = address.netloc == request.headers.get("host")
        return given if is_ours and address.scheme in SCHEMES else ""
    except ValueError:
        return ""


def picture(request: Request) -> Response:
    """A small picture of one of the slides that the query asks for; 404 for a number there is none of, 400 for a link that cannot be
    read."""
    number = request.path_params["number"]
    # Longer digits than any slide has are not worth reading: Python refuses very long ones.
    asked = number.isdecimal() and len(number) <= LONGEST_NUMBER and UNKNOWN.may("slide_picture")
    query = plain_keys(request.query_params)
    found = deck.asked(query) if asked else None
    if found and (key := deck.unreadable(found[0], query)):
        return refusals.page(refusals.language(request.scope), 400, "slides_link", key=key)
    picture = deck.thumbnail(*found, int(number), link=_link(request)) if found else None
    return plain(request, picture, "image/png", ASKED_ANEW) if picture else Response(status_code=404)


def map_outline(request: Request) -> Response:
    """The outline of the map for the tables that are loaded now; 404 for another digest and while the tables have faults."""
    tables = newest().tables
    outline = borders.drawn(tables) if tables is not None else None
    if outline is None or outline.digest != request.path_params["digest"]:
        return Response(status_code=404)
    return packed(request, outline.svg, "image/svg+xml")
