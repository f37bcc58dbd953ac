"""`python -m tests.domain.soak`: 200 random datasets in two editions each are attacked; no hidden number may be worked out.

Then small tables are tried number by number (`brute_force`), and pairs of datasets are compared that look the same.
"""

import sys
import time

from ipsdash.domain.cells import HIDDEN, cells
from ipsdash.domain.disclosure import pattern, release, release_by
from tests.domain.attack import solved
from tests.domain.brute_force import KINDS, measured, said
from tests.domain.equal_releases import equal_frames, pairs
from tests.domain.invented import two_editions


def soak(datasets: int, first: int = 1_000) -> str:
    """The line that says what came of it. Raises AssertionError at the first dataset of which something can be worked out."""
    started, primary, hidden, told = time.monotonic(), 0, 0, 0
    for seed in range(first, first + datasets):
        before, after = two_editions(seed)
        old = release(before, seed=seed)
        new = release(after, [(before, pattern(old.outcomes))], seed=seed)
        found = solved([(before, old.outcomes), (after, new.outcomes)])
        assert found == [], (seed, found)
        primary += cells(after)["state"].eq(HIDDEN).sum()
        hidden += new.outcomes["state"].eq(HIDDEN).sum()
        told += (~new.outcomes["state"].isin(["missing", "unknown"])).sum()
    seconds = time.monotonic() - started
    return f"{datasets} datasets of two editions: {told} numbers, {primary} hidden by themselves, {hidden} in all, none worked out ({seconds:.0f} s)"


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(soak(size), flush=True)
    for kind in KINDS:
        found = measured(kind, range(size))
        print(said(kind, found), flush=True)
        assert not found["rules"][1] + found["rules"][2] + found["program"][1], kind
    for first in range(0, 20 * size, 20):
        one, kept, other, kept_too = pairs(first)
        assert equal_frames(release_by(one, kept), release_by(other, kept_too)), first
    print(f"{size} pairs of datasets look the same")
