"""What goes over the wire is packed: Brotli for those who can unpack it, gzip for the others. Nothing else in the house packs an answer."""

import gzip
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

import brotli
from starlette.requests import Request
from starlette.responses import Response

# What an address gives never changes: its version or digest is part of it.
KEPT = {"cache-control": "public, max-age=31536000, immutable"}
# The next look may give another answer, or the same one by its ETag.
ASKED_ANEW = {"cache-control": "no-cache"}
# Kept by nobody on the way.
NOW = {"cache-control": "no-store"}
BROTLI, GZIP, PLAIN = "br", "gzip", ""
# Packing as small as it gets takes 90 times as long: for what is packed once. 5 and 6 take 20 ms a megabyte.
SMALLEST, QUICK = {BROTLI: 11, GZIP: 9}, {BROTLI: 5, GZIP: 6}


def encoding(accepted: str) -> str:
    """The smallest packing that a request can unpack; "" for none. accepted: its Accept-Encoding."""
    weights = dict(_weight(part) for part in accepted.lower().split(","))
    return next((name for name in (BROTLI, GZIP) if weights.get(name, 0) > 0), PLAIN)


def _weight(part: str) -> tuple[str, float]:
    """A packing with its weight; 0, so not to be used, where the weight cannot be read."""
    name, _, parameters = part.partition(";")
    key, _, weight = parameters.partition("=")
    try:
        return name.strip(), float(weight) if key.strip() == "q" else float(not key.strip())
    except ValueError:
        return name.strip(), 0.0


def pack(content: bytes, way: str, levels: Mapping[str, int]) -> bytes:
    """The content packed in one of the ways. levels: how small, by way."""
    if way == BROTLI:
        return brotli.compress(content, quality=levels[BROTLI])
    return gzip.compress(content, levels[GZIP], mtime=0) if way == GZIP else content


@lru_cache(maxsize=64)
def _pack_once(content: bytes, way: str) -> bytes:
    return pack(content, way, SMALLEST)


def packed(request: Request, text: str, media_type: str, kept: Mapping[str, str] = KEPT) -> Response:
    """A text, packed for those who can unpack it, or 304 for those who have it. kept: for how long."""
    content, way = text.encode(), encoding(request.headers.get("accept-encoding", ""))
    headers = {**kept, "vary": "accept-encoding", "etag": _etag(content, way)}
    if answer := known(request, headers):
        return answer
    # What never changes is asked for again and again; a page of a reader's own choices is not.
    sent = _pack_once(content, way) if kept is KEPT else pack(content, way, QUICK)
    return Response(sent, media_type=media_type, headers=headers | ({"content-encoding": way} if way else {}))


def plain(request: Request, content: bytes, media_type: str, kept: Mapping[str, str]) -> Response:
    """What is packed already, such as a picture, or 304 for those who have it. kept: for how long."""
    headers = {**kept, "etag": _etag(content, PLAIN)}
    return known(request, headers) or Response(content, media_type=media_type, headers=headers)


def _etag(content: bytes, way: str) -> str:
    return f'"{sha256(content).hexdigest()[:16]}{way}"'


def known(request: Request, headers: Mapping[str, str]) -> Response | None:
    """304 for who has what these headers are of."""
    return Response(status_code=304, headers=headers) if has_already(request.headers.get("if-none-match", ""), headers["etag"]) else None


def has_already(asked: str, etag: str) -> bool:
    """Whether who asks has this very answer. asked: its If-None-Match."""
    return asked.strip() == "*" or etag in [one.strip().removeprefix("W/") for one in asked.split(",")]
