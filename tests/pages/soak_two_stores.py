"""`python -m tests.pages.soak_two_stores`: 20 random pairs of stores that release the same are asked everything a reader can ask."""

import os
import sys
import tempfile
import time
from pathlib import Path

from ipsdash.store.passwords import hashed
from tests.pages.conftest import PAGES, Visit, declare_navigation
from tests.pages.test_two_stores import LINKS
from tests.two_stores import guesses, log, of_addresses, of_page, of_previews, of_workbooks, two_stores


def everything(store: Path, workbooks: dict[str, bytes]) -> dict[str, object]:
    """All that somebody who is no publisher gets from a store, by what they ask for."""
    os.environ["IPSDASH_STORE"] = str(store)
    with log() as lines:
        found = of_addresses(PAGES).found | of_workbooks(store, workbooks).found
        for page in PAGES:
            for lang in ("nb", "en"):
                for link in ({}, *LINKS.get(page, ())):
                    found |= of_page(Visit, page, lang, not link, **link).found
        found |= of_previews(Visit, store, workbooks, PAGES).found
    return found | {"log": lines}


def soak(pairs: int, first: int = 1_000) -> str:
    """The line that says what came of it. Raises AssertionError at the first pair that is told apart."""
    began, asked, cells = time.monotonic(), 0, 0
    os.environ["IPSDASH_PUBLISH_PASSWORD_HASH"] = hashed("nordlys")
    for seed in range(first, first + pairs):
        with tempfile.TemporaryDirectory() as folder:
            pair = two_stores(Path(folder), seed)
            workbooks = guesses(pair)
            one, other = (everything(store, workbooks) for store in (pair.left, pair.right))
        differing = [name for name in one | other if one.get(name) != other.get(name)]
        assert differing == [], (seed, differing)
        asked, cells = asked + len(one), cells + pair.cells
    seconds = time.monotonic() - began
    return f"{pairs} pairs of stores, {cells} hidden numbers differ: {asked} answers, all the same ({seconds:.0f} s)"


if __name__ == "__main__":
    declare_navigation(setattr)
    print(soak(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
