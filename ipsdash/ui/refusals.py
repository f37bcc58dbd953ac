"""Answers to requests that are refused: one sentence in the reader's language, as a page of its
own."""

import re
from html import escape

from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from ipsdash.text.formats import LANGUAGES
from ipsdash.text.words import Words
from ipsdash.ui.packing import NOW


def language(scope: Scope) -> str:
    """The language that the link of a request asks for, found without reading the rest of the
    link."""
    asked = re.search(rb"(?:^|&)lang=([a-z]{2})(?:&|$)", scope.get("query_string", b""))
    lang = asked[1].decode() if asked else ""
    return lang if lang in LANGUAGES else LANGUAGES[0]


def page(lang: str, status: int, key: str, /, **values: str | int) -> Response:
    """A page that says why a request is refused. key: of the sentence in the texts, below
    "refused"."""
    words = Words(lang)
    text = escape(words(f"refused.{key}", **values))
    title = escape(words("app.name"))
    body = (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title></head>'
        f'<body><h1>{title}</h1><p>{text}</p><p><a href="/?lang={lang}">{escape(words("refused.home"))}</a></p></body></html>'
    )
    return HTMLResponse(body, status, NOW)


async def refuse(scope: Scope, receive: Receive, send: Send, status: int, key: str) -> None:
    """Answers a request or a WebSocket handshake with a refusal."""
    answer = page(language(scope), status, key)
    if scope["type"] == "websocket" and "websocket.http.response" in scope.get("extensions", {}):
        await WebSocket(scope, receive, send).send_denial_response(answer)
    elif scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
    else:
        await answer(scope, receive, send)
