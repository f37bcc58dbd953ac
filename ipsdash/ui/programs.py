"""Streamlit's programs: those its page names, those that nearly every page is drawn with, and all of them in one file.

They are ninety files, and on a slow line each is a wait. Where the browser can (worker.js), it takes them out of one.
"""

import json
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

import streamlit

SOURCE = Path(streamlit.__file__).parent / "static"
# Names in here hold a digest of what is in the file.
HASHED = "static/"
CHARTS = "PlotlyChart.*.js"
# What nearly every page is drawn with. Streamlit asks for each when it first comes to one, and then for what that is made of.
DRAWN_WITH = ("Button.*.js", "ButtonGroup.*.js", "Selectbox.*.js", "Html.*.js", "BidiComponent.*.js", "PageLink.*.js")
_MADE_OF = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")


@cache
def page() -> str:
    """The page that Streamlit's program starts in, as Streamlit has it."""
    return (SOURCE / "index.html").read_text("utf-8")


def linked(index: str) -> list[str]:
    """The files that a page names, in its order."""
    return [name for name in re.findall(r'(?:src|href)="\./([^"]+)"', index) if name.startswith(HASHED)]


@cache
def charts() -> str:
    """Where the browser finds Streamlit's program for charts, 1.2 MB packed; "" where it has another name."""
    found = sorted((SOURCE / HASHED / "js").glob(CHARTS))
    return f"./{found[0].relative_to(SOURCE).as_posix()}" if found else ""


@cache
def drawn_with() -> tuple[str, ...]:
    """Streamlit's programs for DRAWN_WITH and all that they are made of, but for what its page names itself."""
    folder, found, there = f"{HASHED}js/", [], {*linked(page())}
    wanted = [file.name for pattern in DRAWN_WITH for file in sorted((SOURCE / folder).glob(pattern))]
    while wanted:
        address = folder + wanted.pop(0)
        if address not in there and (SOURCE / address).is_file():
            there.add(address)
            found.append(address)
            wanted += _MADE_OF.findall((SOURCE / address).read_text("utf-8"))
    return tuple(found)


@cache
def from_the_start() -> tuple[str, ...]:
    """Every program that is fetched before it is asked for."""
    return (*(name for name in linked(page()) if name.endswith(".js")), *drawn_with())


@cache
def together() -> str:
    """The name of the one file that they come in."""
    return f"{HASHED}programs.{sha256(' '.join(from_the_start()).encode()).hexdigest()[:12]}.json"


def written() -> bytes:
    """What is in it: each program by its name."""
    return json.dumps({name: (SOURCE / name).read_text("utf-8") for name in from_the_start()}, ensure_ascii=False, separators=(",", ":")).encode()
