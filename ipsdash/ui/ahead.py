"""What the server does not need to answer, but readers will: pandas and all that is built on it. Importing it takes 0.6 of a start's
1.1 s, so the server answers first, and gets it ready while the first reader's browser fetches Streamlit's program.
"""

import gc
import logging
import threading
from importlib import import_module

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

# What a page is drawn with.
PARTS = ("controls", "marks", "register", "scenario", "style", "needs", "deck", "map", "show")
LOG = logging.getLogger("ipsdash.ahead")


def route(path: str, module: str, name: str) -> Route:
    """An address that a function of a module answers, which is imported when somebody asks."""

    def answer(request: Request) -> Response:
        return asked(module, name, request)

    return Route(path, answer, methods=["GET"])


def asked(module: str, name: str, given: object) -> object:
    """What a function of a module gives, which is imported now."""
    return getattr(import_module(module), name)(given)


def get_ready() -> None:
    """Imports all that a page is drawn with and loads the tables, beside everything else."""
    threading.Thread(target=_ready, name="ahead", daemon=True).start()


def _ready() -> None:
    try:
        for part in PARTS:
            import_module(f"ipsdash.ui.{part}")
        import_module("ipsdash.ui.reader").newest()
        # What is loaded stays. Looking through it for what may go took 0.1 s every few seconds under load, in which nobody was answered.
        gc.collect()
        gc.freeze()
    except Exception:
        # The first reader meets the same fault, and is told.
        LOG.exception("not ready")
