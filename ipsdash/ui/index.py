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
from ipsdash.ui import programs
from ipsdash.ui.link import plain_keys
from ipsdash.ui.packing import ASKED_ANEW, KEPT, NOW, packed
from ipsdash.ui.server import FONT_ADDRESS

# Every page needs these letters.
LETTERS = ("inter-latin-400-normal", "inter-latin-600-normal")
PROGRAM, ICONS, RULES, WORKER, BEGIN = "page.js", "icons.woff2", "streamlit.css", "worker.js", "start.js"
# A worker answers for the pages beside it, or, if the server says so, for those further up; its own policy lets it ask this server only.
OF_WORKER = {"service-worker-allowed": "../../", "content-security-policy": "default-src 'none'; connect-src 'self'"}
# The parts of Streamlit's own words that our settings leave for a reader to meet.
STREAMLITS = (
    "skip", "pages", "sidebar", "expand", "collapse", "choose", "choose_several", "open", "clear", "clear_all", "options", "several", "selected",
    "select_all", "none", "link", "fullscreen", "leave", "columns", "csv", "search", "connection", "connecting", "waiting", "unreachable", "silent",
    "running", "stop", "stopping", "missing", "close",
)  # fmt: skip
# What Streamlit says in its page, in the order of what stands there instead.
_PARTS = {
    "lang": r'<html lang="[^"]*"',
    "programs": r'<script type="module"[^>]*></script>(?:\s*<link rel="modulepreload"[^>]*>)*',
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
    asked = plain_keys(request.query_params).get("lang")
    return packed(request, written(asked if asked in LANGUAGES else LANGUAGES[0]), "text/html", ASKED_ANEW)


def which_server(request: Request) -> Response:
    """Which server this is, for a page that was away: one that was started anew knows nothing of it."""
    return Response(_server(), media_type="text/plain", headers=NOW)


def part(request: Request) -> Response:
    """What the page starts with: what follows its language, its icons, Streamlit's rules; 404 for another edition of them or another name."""
    name = request.path_params["name"]
    if request.path_params["digest"] != _edition() or name not in (PROGRAM, ICONS, RULES, WORKER):
        return Response(status_code=404)
    if name == ICONS:
        return Response(_icons(), media_type="font/woff2", headers=KEPT)
    if name == RULES:
        return packed(request, rules(), "text/css")
    answer = packed(request, _program() if name == PROGRAM else _worker(), "text/javascript")
    answer.headers.update(OF_WORKER if name == WORKER else {})
    return answer


@cache
def written(lang: str) -> str:
    """The page in a language."""
    words, parts = Words(lang), f"./assets/start.{_edition()}/"
    letters = "".join(f'<link rel="preload" href=".{FONT_ADDRESS}{name}.woff2" as="font" type="font/woff2" crossorigin>' for name in LETTERS)
    said = f'<meta name="description" content="{escape(words("app.description"))}">'
    follows = f'<script defer src="{parts}{PROGRAM}" data-languages="{" ".join(LANGUAGES)}" data-charts="{programs.charts()}" data-server="{_server()}"></script>'
    given = {
        "lang": f'<html lang="{lang}"', "typeface": letters, "title": f"<title>{escape(words('app.name'))}</title>{said}", "agents": "", "programs": _programs(parts),
        "rules": parts + RULES if rules() else None, "end": f"{follows}</head>", "unscripted": f"<noscript><p>{escape(words('app.no_script'))}</p></noscript>",
    }  # fmt: skip
    return rewritten(programs.page(), given)


def _programs(parts: str) -> str | None:
    """Streamlit's programs and what starts them; None where its page has them otherwise."""
    found = re.search(_PARTS["programs"], programs.page())
    soon = "".join(f'<link rel="modulepreload" crossorigin href="./{name}">' for name in programs.drawn_with())
    begin = f'<script data-worker="{parts}{WORKER}" data-programs="./{programs.together()}">{_own(BEGIN)}</script>'
    return f'<template id="programs">{found[0]}{soon}</template>{begin}' if found else None


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
    named = [name for name in programs.linked(programs.page()) if re.fullmatch(_PARTS["rules"], f"./{name}")]
    text = (programs.SOURCE / named[0]).read_text("utf-8") if named else ""
    text = re.sub(_ALL_ICONS, ICONS, re.sub(_TYPEFACE, f"../..{FONT_ADDRESS}{LETTERS[0]}.woff2", text))
    return text.replace("../media/", "../../static/media/")


@cache
def said() -> dict[str, list[str]]:
    """Streamlit's own words that a reader meets, by language; in English they are as Streamlit has them."""
    return {words.lang: [words(f"streamlit.{name}") for name in STREAMLITS] for words in map(Words, LANGUAGES)}


@cache
def _program() -> str:
    written = json.dumps(said(), ensure_ascii=False, separators=(",", ":"))
    return _own(PROGRAM).replace("SAID = {}", f"SAID = {written}")


@cache
def _worker() -> str:
    names = json.dumps(programs.from_the_start(), separators=(",", ":"))
    return _own(WORKER).replace("PROGRAMS'", f"{programs.together()}'").replace("Set([])", f"Set({names})")


@cache
def _own(name: str) -> str:
    return (files("ipsdash.ui") / name).read_text("utf-8")


@cache
def _server() -> str:
    return token_hex(4)


@cache
def _icons() -> bytes:
    return (files("ipsdash.ui") / ICONS).read_bytes()


@cache
def _edition() -> str:
    return sha256((rules() + _program() + _worker()).encode() + _icons()).hexdigest()[:12]
