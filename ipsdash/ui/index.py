"""The page that Streamlit's program starts in, in the reader's language from its first byte: language, title, description, what is said
without JavaScript; and with two typefaces less on the way.

Later changes of language are followed in the browser (page.js): Streamlit draws them without loading the page anew. The same program
says Streamlit's own words in that language, and fetches the chart library when there is nothing else to do.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from secrets import token_hex

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ipsdash.text.formats import LANGUAGES
from ipsdash.text.words import Words
from ipsdash.ui.packing import ASKED_ANEW, KEPT, NOW, packed
from ipsdash.ui.server import FONT_ADDRESS
from ipsdash.ui.shelf import HASHED, SOURCE, linked

# Every page needs these letters.
LETTERS = ("inter-latin-400-normal", "inter-latin-600-normal")
PROGRAM, ICONS, RULES = "page.js", "icons.woff2", "streamlit.css"
CHARTS = "PlotlyChart.*.js"
# What nearly every page is drawn with. Streamlit asks for each when it first comes to one, and then for what that is made of.
DRAWN_WITH = ("ButtonGroup.*.js", "Selectbox.*.js", "Html.*.js", "BidiComponent.*.js", "PageLink.*.js")
_MADE_OF = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")
# The parts of Streamlit's own words that our settings leave for a reader to meet.
STREAMLITS = (
    "skip", "pages", "sidebar", "expand", "collapse", "choose", "choose_several", "open", "clear", "clear_all", "options", "several", "selected",
    "select_all", "none", "link", "fullscreen", "leave", "columns", "csv", "search", "connection", "connecting", "waiting", "unreachable", "silent",
    "running", "stop", "stopping", "missing", "close",
)  # fmt: skip
# What Streamlit says in its page, in the order of what stands there instead.
_PARTS = {
    "lang": r'<html lang="[^"]*"',
    "typeface": r'<link\s+rel="preload"[^>]*as="font"[^>]*>',
    "title": r"<title>.*?</title>",
    "agents": r"<!--(?:(?!-->).)*agent API.*?-->\s*<link[^>]*openapi\.json[^>]*>",
    "rules": r'\./static/css/index\.[^"]+\.css',
    "end": r"</head>",
    "unscripted": r"<noscript>.*?</noscript>",
}
# Streamlit's typeface, seen for a moment until the server's theme has come, 170 kB, and its 4,000 icons, 375 kB.
_TYPEFACE, _ALL_ICONS = r"\.\./media/SourceSansVF-Upright[^)]*", r"\.\./media/MaterialSymbols-Rounded[^)]*"


def index_routes(pages: tuple[str, ...]) -> list[Route]:
    """The routes for `streamlit.starlette.App`. pages: their addresses."""
    places = [Route(path, index, methods=["GET"]) for path in ("/", *(f"/{name}" for name in pages))]
    return [*places, Route("/assets/start.{digest}/{name}", part, methods=["GET"]), Route("/assets/server", which_server, methods=["GET"])]


def index(request: Request) -> Response:
    """The page in the language of the link."""
    asked = request.query_params.get("lang")
    return packed(request, written(asked if asked in LANGUAGES else LANGUAGES[0]), "text/html", ASKED_ANEW)


def which_server(request: Request) -> Response:
    """Which server this is, for a page that was away: one that was started anew knows nothing of it."""
    return Response(_server(), media_type="text/plain", headers=NOW)


def part(request: Request) -> Response:
    """What the page starts with: what follows its language, its icons, Streamlit's rules; 404 for another edition of them or another name."""
    name = request.path_params["name"]
    if request.path_params["digest"] != _edition() or name not in (PROGRAM, ICONS, RULES):
        return Response(status_code=404)
    if name == ICONS:
        return Response(_icons(), media_type="font/woff2", headers=KEPT)
    return packed(request, _program(), "text/javascript") if name == PROGRAM else packed(request, rules(), "text/css")


@cache
def written(lang: str) -> str:
    """The page in a language."""
    words, parts = Words(lang), f"./assets/start.{_edition()}/"
    letters = "".join(f'<link rel="preload" href=".{FONT_ADDRESS}{name}.woff2" as="font" type="font/woff2" crossorigin>' for name in LETTERS)
    said = f'<meta name="description" content="{escape(words("app.description"))}">'
    soon = "".join(f'<link rel="modulepreload" crossorigin href="./{name}">' for name in drawn_with())
    follows = f'{soon}<script defer src="{parts}{PROGRAM}" data-languages="{" ".join(LANGUAGES)}" data-charts="{charts()}" data-server="{_server()}"></script>'
    given = {
        "lang": f'<html lang="{lang}"', "typeface": letters, "title": f"<title>{escape(words('app.name'))}</title>{said}", "agents": "",
        "rules": parts + RULES if rules() else None, "end": f"{follows}</head>", "unscripted": f"<noscript><p>{escape(words('app.no_script'))}</p></noscript>",
    }  # fmt: skip
    return rewritten(_streamlits(), given)


def rewritten(page: str, given: Mapping[str, str | None]) -> str:
    """Streamlit's page with parts of it replaced, but for those it does not have and those given as None."""
    for name, pattern in _PARTS.items():
        if given[name] is not None:
            page = re.sub(pattern, lambda _, name=name: given[name], page, count=1, flags=re.S)
    return page


@cache
def rules() -> str:
    """Streamlit's rules with our letters for its own, and those of its icons that are used (tests/ui/make_icons.py), 9 kB; "" where
    its page names none."""
    named = [name for name in linked(_streamlits()) if re.fullmatch(_PARTS["rules"], f"./{name}")]
    text = (SOURCE / named[0]).read_text("utf-8") if named else ""
    text = re.sub(_ALL_ICONS, ICONS, re.sub(_TYPEFACE, f"../..{FONT_ADDRESS}{LETTERS[0]}.woff2", text))
    return text.replace("../media/", "../../static/media/")


def _streamlits() -> str:
    return (SOURCE / "index.html").read_text("utf-8")


@cache
def charts() -> str:
    """Where the browser finds Streamlit's program for charts, 1.2 MB packed; "" where it has another name."""
    found = sorted((SOURCE / HASHED / "js").glob(CHARTS))
    return f"./{found[0].relative_to(SOURCE).as_posix()}" if found else ""


@cache
def drawn_with() -> tuple[str, ...]:
    """Streamlit's programs for DRAWN_WITH and all that they are made of, but for what its page names itself."""
    folder, found, there = f"{HASHED}js/", [], {*linked(_streamlits())}
    wanted = [file.name for pattern in DRAWN_WITH for file in sorted((SOURCE / folder).glob(pattern))]
    while wanted:
        address = folder + wanted.pop(0)
        if address not in there and (SOURCE / address).is_file():
            there.add(address)
            found.append(address)
            wanted += _MADE_OF.findall((SOURCE / address).read_text("utf-8"))
    return tuple(found)


@cache
def said() -> dict[str, list[str]]:
    """Streamlit's own words that a reader meets, by language; in English they are as Streamlit has them."""
    return {words.lang: [words(f"streamlit.{name}") for name in STREAMLITS] for words in map(Words, LANGUAGES)}


@cache
def _program() -> str:
    written = json.dumps(said(), ensure_ascii=False, separators=(",", ":"))
    return (files("ipsdash.ui") / PROGRAM).read_text("utf-8").replace("SAID = {}", f"SAID = {written}")


@cache
def _server() -> str:
    return token_hex(4)


@cache
def _icons() -> bytes:
    return (files("ipsdash.ui") / ICONS).read_bytes()


@cache
def _edition() -> str:
    return sha256((rules() + _program()).encode() + _icons()).hexdigest()[:12]
