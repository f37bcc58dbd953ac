"""How many values each hidden number may still have, given everything that is shown (METHOD section 7).

The audit looks for witnesses: other whole numbers that fit all relations. A number can have as many values as witnesses are
found with different ones, whatever else may be; it is safe when it has enough of them. Random pushes of all hidden numbers
at once find most witnesses; what is left is asked for its least, its most and what is between, one by one.
"""

from dataclasses import dataclass

import numpy as np

from ipsdash.domain.relations import Matrix, System

# Random pushes of all hidden numbers at once.
ROUNDS, SEED = 12, 2019
# So many hidden numbers are pushed together; of more, those of one year after the other.
TOGETHER = 1_500
# A step longer than any that has to be looked at.
FAR = 60
# A push need not go to its very end.
EASY = {"mip_rel_gap": 0.1, "node_limit": 500}


@dataclass(frozen=True)
class Known:
    """What is known of some variables (columns): the relations between them while all others are what they are."""

    columns: np.ndarray
    truth: np.ndarray
    low: np.ndarray
    high: np.ndarray
    sums: Matrix
    orders: Matrix
    slack: np.ndarray


def known_of(made: System, columns: np.ndarray, ordered: bool = True) -> Known:
    """The relations of some variables; ordered: not only the sums."""
    sums, orders = made.sums[:, columns], made.orders[:, columns]
    sums, rows = sums.tocsr()[np.unique(sums.indices)], np.unique(orders.indices) if ordered else np.zeros(0, int)
    slack = made.orders @ made.truth - made.least
    return Known(columns, made.truth[columns], made.low[columns], made.high[columns], sums, orders.tocsr()[rows], slack[rows])


def pushed(of: Known, direction: np.ndarray, reach: float, fixed: dict[int, int] | None = None) -> np.ndarray | None:
    """Whole steps from the truth that fit everything known, as far as they go in a direction; None when none were found.

    reach: the longest step of a number. fixed: the steps that some columns must take.
    """
    # Loaded only where a number is hidden: with the other parts of scipy 0.23 s.
    from scipy.optimize import Bounds, LinearConstraint, milp

    low, high = np.maximum(of.low - of.truth, -reach), np.minimum(of.high - of.truth, reach)
    for column, step in (fixed or {}).items():
        low[column] = high[column] = step
    held = [LinearConstraint(of.sums, 0, 0)] if of.sums.shape[0] else []
    held += [LinearConstraint(of.orders, -of.slack, np.inf)] if of.orders.shape[0] else []
    found = milp(-direction, integrality=np.ones(len(low)), bounds=Bounds(low, high), constraints=held, options=EASY)
    if found.x is None:
        return None
    steps = found.x.round()
    fits = not (of.sums @ steps).any() and (of.orders @ steps >= -of.slack).all() and (steps >= low).all() and (steps <= high).all()
    return steps.astype(int) if fits else None


def few(made: System, hidden: np.ndarray, asked: np.ndarray, wanted: int) -> np.ndarray:
    """Those of the asked variables for which not so many possible values are found. hidden: mask of all that is hidden."""
    values = {int(one): {0} for one in asked}
    every = np.flatnonzero(hidden)
    blocks = [every] if len(every) <= TOGETHER else [every[made.year[every] == year] for year in np.unique(made.year[asked])]
    for columns in blocks:
        push_all(known_of(made, columns), values, wanted, ROUNDS)
    failing = []
    for one in [one for one, found in values.items() if len(found) < wanted]:
        columns = every if len(every) <= TOGETHER else np.flatnonzero(near(made, [one], 4, 12, hidden))
        if _count(known_of(made, columns), int(np.searchsorted(columns, one)), values[one], wanted) < wanted:
            failing.append(one)
    return np.array(failing, int)


def push_all(of: Known, values: dict[int, set[int]], wanted: int, rounds: int) -> None:
    """Pushes all columns at once in random directions, and adds what each of those in values reached."""
    chance = np.random.default_rng(SEED)
    for turn in range(rounds):
        unsure = [place for place, one in enumerate(of.columns) if len(values.get(int(one), range(wanted))) < wanted]
        if not unsure:
            return
        direction = np.zeros(len(of.columns))
        direction[unsure] = chance.choice([-1, 1], len(unsure)) * chance.uniform(0.5, 1, len(unsure))
        steps = pushed(of, direction, 1 + turn % (wanted - 1))
        for place in unsure if steps is not None else ():
            values[int(of.columns[place])].add(int(steps[place]))


def _count(of: Known, place: int, values: set[int], wanted: int) -> int:
    """How many possible values of one column there are, counted up to those wanted; values: those found already."""
    toward = np.zeros(len(of.columns))
    for sign in (1, -1):
        toward[place] = sign
        steps = pushed(of, toward, FAR)
        values.add(int(steps[place]) if steps is not None else 0)
    between = [step for step in range(min(values) + 1, max(values)) if step not in values]
    for step in sorted(between, key=abs)[: 4 * wanted]:
        if len(values) >= wanted:
            break
        if pushed(of, 0 * toward, FAR, {place: step}) is not None:
            values.add(step)
    return len(values)


def near(made: System, start: list[int], depth: int, most: int, allowed: np.ndarray) -> np.ndarray:
    """A mask of the allowed variables that share a relation with these, or with those that do, and so on; of a long relation
    its sum, and the lightest of those hidden and of those not hidden, so many of each."""
    mask, new = np.zeros(len(allowed), bool), start
    mask[new] = True
    tables = [(table, table.tocsr()) for table in (made.sums, made.orders)]
    done = [np.zeros(table.shape[0], bool) for table, _ in tables]
    for _ in range(depth):
        wider = mask.copy()
        for (by_column, by_row), seen in zip(tables, done):
            rows = {int(row) for one in new for row in by_column.indices[by_column.indptr[one] : by_column.indptr[one + 1]] if not seen[row]}
            for row in rows:
                seen[row] = True
                wider[_mates(made, by_row.indices[by_row.indptr[row] : by_row.indptr[row + 1]], most, allowed)] = True
        new, mask = np.flatnonzero(wider & ~mask).tolist(), wider
        if mask.sum() > TOGETHER:
            break
    return mask


def _mates(made: System, mates: np.ndarray, most: int, allowed: np.ndarray) -> np.ndarray:
    mates = mates[allowed[mates]]
    if len(mates) <= most:
        return mates
    mates = mates[np.argsort(made.weight[mates], kind="stable")]
    hidden = made.hidden[mates]
    return np.concatenate([mates[hidden][:most], mates[~hidden][:most], mates[-1:]])
