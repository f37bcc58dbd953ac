"""Which further numbers are hidden, so that no hidden one can be worked out (METHOD section 7), at the least loss.

Each group of sums is solved by itself: the numbers of a measure in a year, or in a quarter (`cuts`). Then all relations of
all editions are audited together (`inference`), and what fails is mended by the least around it. More hidden numbers never
make fewer values possible, so it comes to an end, and what the audit has passed stays safe.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from ipsdash.domain.cells import HIDDEN, Limits
from ipsdash.domain.cuts import cheapest, long_enough
from ipsdash.domain.inference import TOGETHER, few, known_of, near
from ipsdash.domain.relations import System, system

# How far around a number is looked for what mends it, by how many numbers of a relation; and how often at most.
AROUND, TRIES = ((2, 16), (4, 40), (12, 40)), 5
# How near the least or the most that small numbers can come to together is too near.
TIGHT = 3
# So many numbers are mended together at first.
BATCH = 40


def states(editions: list[pd.DataFrame], rules: Limits, seed: int = 0) -> pd.Series:
    """The states of the newest edition with all further numbers hidden; editions: as `relations.system` takes them, with the
    states of the primary rules for the newest."""
    state = editions[-1]["state"].copy()
    if not any((edition["state"] == HIDDEN).any() for edition in editions):
        return state
    made, at = system(editions, seed, rules.small)
    hidden = protected(made, rules.possible)
    state[at.index[hidden[at]]] = HIDDEN
    return state


def protected(made: System, possible: int) -> np.ndarray:
    """A mask of the variables that are hidden in the end."""
    while True:
        hidden, failed = _tried(made, possible)
        # What was hidden for others and could be worked out itself, by what earlier editions showed, is of no use: not that one.
        useless = failed & ~made.hidden
        if not useless.any():
            return hidden
        made = replace(made, known=made.known | useless)


def _tried(made: System, possible: int) -> tuple[np.ndarray, np.ndarray]:
    """As `protected`, and a mask of those hidden that could still be worked out."""
    hidden = made.hidden.copy()
    hidden[decoys(made)] = True
    for group in np.unique(made.group[hidden & (made.group != "")]):
        columns = np.flatnonzero((made.group == group) & (hidden | ~made.known))
        hidden[cheapest(known_of(made, columns, ordered=False), made.weight, hidden, columns[hidden[columns]], possible)] = True
    asked, tries = np.flatnonzero(hidden & ~made.free), np.zeros(len(hidden), int)
    while len(failing := few(made, hidden, asked, possible)):
        before = hidden.copy()
        if tries.any() or hidden.sum() > TOGETHER:
            for one in failing.tolist():
                mendable = tries[one] < TRIES and _mend(made, hidden, one, possible, tries[one])
                tries[one] = tries[one] + 1 if mendable else TRIES + 1
        else:
            for some in np.array_split(failing, 1 + len(failing) // BATCH):
                _mend_together(made, hidden, some, possible)
            tries[failing] = 1
        asked = np.union1d(failing[tries[failing] <= TRIES], np.flatnonzero(hidden & ~before))
    return hidden, tries > TRIES


def decoys(made: System) -> list[int]:
    """Numbers that are hidden by chance, in half of the sums whose hidden numbers are few and all small.

    Three hidden numbers with the sum 12 would all be 4 for a reader who knows that each was hidden for itself: a fourth
    number is not hidden where three protect each other. Where one of them may have been hidden by chance they may be others.
    """
    sums, most = made.sums.tocsr(), made.small - 1
    found = []
    for row in range(sums.shape[0]):
        parts = sums.indices[sums.indptr[row] : sums.indptr[row + 1]][sums.data[sums.indptr[row] : sums.indptr[row + 1]] > 0]
        total = sums.indices[sums.indptr[row] : sums.indptr[row + 1]][sums.data[sums.indptr[row] : sums.indptr[row + 1]] < 0]
        inside = parts[made.hidden[parts]]
        values = made.truth[inside]
        if len(inside) < 2 or made.hidden[total].any() or values.min() < 1 or values.max() > most:
            continue
        tight = min(values.sum() - len(inside), most * len(inside) - values.sum()) < TIGHT
        others = parts[~made.hidden[parts] & ~made.known[parts] & (made.high[parts] > 0)]
        if tight and len(others) and made.chance[total].max() < 0.5:
            found.append(int(others[made.chance[others].argmin()]))
    return found


def _around(made: System, hidden: np.ndarray, start: list[int], depth: int, mates: int) -> np.ndarray:
    """The variables around some that may be hidden, and those hidden that they could move with: all, or of very many those near."""
    now = replace(made, hidden=hidden)
    around = near(now, start, depth, mates, hidden | ~made.known)
    return np.flatnonzero(around | (hidden if hidden.sum() <= TOGETHER else near(now, np.flatnonzero(around).tolist(), 2, mates, hidden)))


def _mend_together(made: System, hidden: np.ndarray, failing: np.ndarray, possible: int) -> None:
    """Hides the least around numbers that could be worked out, as far as that is enough."""
    of = known_of(made, _around(made, hidden, failing.tolist(), *AROUND[0]))
    mendable = [one for one in failing.tolist() if long_enough(of, one, possible - 1)]
    hidden[cheapest(of, made.weight, hidden, np.array(mendable, int), possible)] = True


def _mend(made: System, hidden: np.ndarray, one: int, possible: int, tried: int) -> bool:
    """Hides the least around a number that could be worked out; the more often it was tried, the wider around, at last all.
    False where nothing helps: earlier editions have shown too much."""
    for depth, mates in AROUND[min(tried, len(AROUND) - 1) :]:
        columns = _around(made, hidden, [one], depth, mates)
        of = known_of(made, columns)
        if long_enough(of, one, possible - 1):
            hidden[cheapest(of, made.weight, hidden, np.array([one]), possible) if tried < TRIES - 1 else columns] = True
            return True
    return False
