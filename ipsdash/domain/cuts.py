"""The least numbers to hide further among some, so that those asked, and themselves, have enough possible values.

By cutting planes (Fischetti and Salazar, Models and algorithms for optimizing cell suppression in tabular data with linear
constraints, 2000). z = 1 where a number is hidden. The least sum of weight * z is found under the cuts so far; a linear
program pushes each hidden number up and down; where its range is too short the dual values bound it by
constant + sum of coefficient * z, and the next cut is that this must be as long as needed.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from ipsdash.domain.inference import Known, push_all

# Rounds of cuts, and cuts in a round.
TURNS, CUTS = 60, 16
# Of at most so many numbers the least is found, looking at so many branches; what is found after so many rounds, or of more
# numbers, stays hidden, so that it comes to an end.
EXACT, NODES, PATIENCE = 900, 2_000, 12
HAIR = 1e-6
# z-coefficients and the least of their sum.
Cut = tuple[np.ndarray, float]


def cheapest(of: Known, weight: np.ndarray, hidden: np.ndarray, asked: np.ndarray, possible: int) -> np.ndarray:
    """The variables to hide further, of least weight, so that the asked ones and themselves have so many possible values
    while everything outside the columns stays as it is. Where that takes long: not the least, but enough."""
    need, size, free = possible - 1, len(of.columns), ~hidden[of.columns]
    up, down = reach(of, need)
    asked, kept, chosen = np.searchsorted(of.columns, asked).tolist(), np.zeros(size, bool), np.zeros(size, bool)
    patience = PATIENCE if free.sum() <= EXACT else 0
    cuts = _first_cuts(of, up + down, free, range(size) if size <= EXACT else asked, need)
    suspects: list[int] = []
    for turn in range(TURNS):
        found = _least(weight[of.columns], free, kept, cuts)
        if found is None:
            break
        chosen, kept = found, found if turn >= patience else kept
        every = [*asked, *np.flatnonzero(chosen).tolist()]
        new = _cuts(of, up, down, free, ~free | chosen, [one for one in suspects if one in every], need)
        new = new or _cuts(of, up, down, free, ~free | chosen, _unsure(of, ~free | chosen, every, need), need)
        if not new:
            break
        cuts, suspects = [*cuts, *new.values()], list(new)
    return of.columns[chosen]


def _unsure(of: Known, hidden: np.ndarray, asked: list[int], need: int) -> list[int]:
    """Those of the asked that random pushes do not show to be long enough."""
    columns = np.flatnonzero(hidden)
    values = {one: {0} for one in asked}
    push_all(replace(of, columns=columns, truth=of.truth[columns], low=of.low[columns], high=of.high[columns],
                     sums=of.sums[:, columns], orders=of.orders[:, columns]), values, need + 1, len(asked) // 4)  # fmt: skip
    return [one for one in asked if len(values[one]) <= need]


def _first_cuts(of: Known, span: np.ndarray, free: np.ndarray, asked: Iterable[int], need: int) -> list[Cut]:
    """Of each sum: a number can range no further than the others of the sum together."""
    cuts, sums, places = [], abs(of.sums).toarray(), set(asked)
    for row in sums:
        for place in np.flatnonzero(row):
            if place in places:
                cuts.append(_as_row(0.0, np.where(np.arange(len(row)) == place, 0, row * span), free, place, need))
    return cuts


def _as_row(constant: float, coefficients: np.ndarray, free: np.ndarray, place: int, need: int) -> Cut:
    """The cut constant + coefficients * z >= need as (row, least) over the free variables; of a free number, only if it is hidden."""
    least = need - constant - coefficients[~free].sum()
    row = np.where(free, np.minimum(coefficients, max(least, 0)), 0.0)
    if free[place]:
        row[place], least = min(coefficients[place] - least, 0), 0.0
    return row, least


def _least(weight: np.ndarray, free: np.ndarray, kept: np.ndarray, cuts: list[Cut]) -> np.ndarray | None:
    """The free variables of least weight under the cuts, with those kept; None when none satisfy them."""
    # Loaded only where a number is hidden: with the other parts of scipy 0.23 s.
    from scipy.optimize import Bounds, LinearConstraint, milp

    cuts = [(row, least) for row, least in cuts if least > HAIR or (row < 0).any()]
    if not any(least > HAIR for _, least in cuts):
        return kept
    rows, least = np.array([row for row, _ in cuts]), np.array([least for _, least in cuts])
    held, bounds = [LinearConstraint(rows, least - HAIR)], Bounds(kept.astype(float), free.astype(float))
    found = milp(weight, integrality=np.ones(len(free)), bounds=bounds, constraints=held, options={"mip_rel_gap": 0, "node_limit": NODES})
    return None if found.x is None else found.x > 0.5


def _cuts(of: Known, up: np.ndarray, down: np.ndarray, free: np.ndarray, hidden: np.ndarray, asked: list[int], need: int) -> dict[int, Cut]:
    """The cut of each number, of the first so many, that cannot range far enough."""
    cuts = {}
    for place in asked:
        parts = [_bound(of, up, down, hidden, place, sign) for sign in (1, -1)]
        constant, coefficients = sum(part[0] for part in parts), sum(part[1] for part in parts)
        if constant + coefficients[hidden].sum() < need - HAIR:
            cuts[place] = _as_row(constant, coefficients, free, place, need)
        if len(cuts) == CUTS:
            break
    return cuts


def _bound(of: Known, up: np.ndarray, down: np.ndarray, hidden: np.ndarray, place: int, sign: int) -> tuple[float, np.ndarray]:
    """A bound of how far a number can go up (sign 1) or down (-1): constant + coefficients over those hidden, from the dual
    values of the linear program that pushes it."""
    # Loaded only where a number is hidden: with the other parts of scipy 0.23 s.
    from scipy.optimize import linprog

    toward = np.zeros(len(up))
    toward[place] = -sign
    sums, orders, slack = of.sums, of.orders, of.slack
    found = linprog(
        toward[hidden], A_eq=sums[:, hidden], b_eq=np.zeros(sums.shape[0]), A_ub=-orders[:, hidden], b_ub=slack,
        bounds=np.column_stack([-down[hidden], up[hidden]]), method="highs",
    )  # fmt: skip
    prices = np.minimum(found.ineqlin.marginals, 0)
    left = toward - sums.T @ found.eqlin.marginals + orders.T @ prices
    return float(-prices @ slack), np.where(left > 0, left * down, -left * up)


def long_enough(of: Known, one: int, need: int) -> bool:
    """Whether a number could range far enough if all of these were hidden."""
    place, all_hidden = int(np.searchsorted(of.columns, one)), np.ones(len(of.columns), bool)
    bounds = [_bound(of, *reach(of, need), all_hidden, place, sign) for sign in (1, -1)]
    return sum(constant + coefficients.sum() for constant, coefficients in bounds) >= need - HAIR


def reach(of: Known, need: int) -> tuple[np.ndarray, np.ndarray]:
    """How far up and down each number can go by itself, as far as that matters."""
    return np.minimum(of.high - of.truth, need), np.minimum(of.truth - of.low, need)
