"""What can be worked out of hidden numbers: the relations that everybody knows, and the values each number may still have.

A variable is a number with the value it had: what an edition repeats unchanged is the same variable as before, and a sum is
the same when its parts are. The relations, of all editions together:

    region's quarter = sum of its sites' quarters;  site's year = sum of its quarters;  region's year = sum of either
    served >= caseload;  served >= working                                     of a site in a quarter
    on_list = caseload before + started;  on_list >= caseload, working         nobody is served who did not start
    served = on_list                                                           where the caseload before is known

The audit looks for witnesses: other whole numbers that fit everything shown. As many different values of a number as
witnesses are found are possible, whatever else may be; a number is safe when it has enough of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ipsdash.domain.cells import ADDITIVE, FLOWS, HIDDEN, Limits
from ipsdash.tables.dates import quarter_before

# Rounds of random directions in which all hidden numbers are pushed at once, before the rest is looked at one by one.
ROUNDS, SEED = 12, 2019
# Hidden numbers that are pushed together; of more, one group after the other.
TOGETHER = 1_500
# A step longer than any that has to be looked at.
FAR = 60
# A random direction need not be followed to its very end.
EASY = {"mip_rel_gap": 0.1, "node_limit": 500}
Row = dict[int, int]
# A sparse array of scipy, which is loaded late.
Matrix = Any


@dataclass(frozen=True)
class System:
    """All variables and relations of some editions.

    truth: the values; low, high: what the reader of a hidden number is told of it; hidden; known: was shown in an earlier
    edition; weight: reported numbers that are lost when it is hidden, and a little for its size; total: is a sum; group: the
    measure and year, or quarter, whose sums it belongs to; year. sums: sparse rows whose product with the values is 0; orders:
    rows where it is not negative.
    """

    truth: np.ndarray
    low: np.ndarray
    high: np.ndarray
    hidden: np.ndarray
    known: np.ndarray
    weight: np.ndarray
    total: np.ndarray
    group: np.ndarray
    year: np.ndarray
    sums: Matrix
    orders: Matrix


def system(editions: list[pd.DataFrame], rules: Limits) -> tuple[System, pd.Series]:
    """The system of editions, the newest last, and the variable of each row of the newest that is in it.

    An edition is rows of `cells.cells` with the states as released; those of the newest are of the primary rules.
    """
    numbers: dict[tuple, int] = {}
    sums: dict[tuple, Row] = {}
    orders: dict[tuple, Row] = {}
    placed = []
    for cells in editions:
        told = cells[cells["value"].notna() & cells["measure"].isin(ADDITIVE)]
        placed.append((told, _variables(told, numbers, sums)))
        leaves = (told["level"] == "site") & (told["period"] != told["year"])
        keys = zip(told.loc[leaves, "place"], told.loc[leaves, "period"], told.loc[leaves, "measure"])
        for row in _orders(dict(zip(keys, placed[-1][1][leaves.to_numpy()]))):
            orders[tuple(sorted(row.items()))] = row
    return _with_states(numbers, sums, orders, placed, rules), pd.Series(placed[-1][1], index=placed[-1][0].index)


def _variables(told: pd.DataFrame, numbers: dict[tuple, int], sums: dict[tuple, Row]) -> np.ndarray:
    """The variable of each row; adds the new ones to numbers and the relations between them to sums. Rows of sites and
    quarters come first, as in `cells.cells`."""
    parts: dict[tuple, list[int]] = {}
    places = []
    for level, place, region, period, year, measure, value in told[["level", "place", "region", "period", "year", "measure", "value"]].itertuples(index=False):
        key = (level, place, period, measure)
        summed = tuple(parts.get(key, ()))
        # A region's year is the sum of its sites' years, and of its own quarters.
        kinds = [summed] if level == "site" or period != year else [tuple(parts[key, of]) for of in ("site", "region")]
        number = numbers.setdefault((*key, value, kinds[0]), len(numbers))
        places.append(number)
        for kind in filter(None, kinds):
            sums[(number, kind)] = {number: -1, **dict.fromkeys(kind, 1)}
        if period != year and level == "site":
            _put(parts, ("region", region, period, measure), number)
        if measure in FLOWS and period != year:
            _put(parts, (level, place, year, measure) if level == "site" else (("region", place, year, measure), "region"), number)
        elif measure in FLOWS and level == "site":
            _put(parts, (("region", region, year, measure), "site"), number)
    return np.array(places, dtype=int)


def _put(parts: dict[tuple, list[int]], key: tuple, number: int) -> None:
    parts.setdefault(key, []).append(number)


def _orders(at: dict[tuple[str, str, str], int]) -> Iterator[Row]:
    """What holds between the numbers of a site, by (site, quarter, measure)."""
    on_list: dict[tuple[str, str], Row] = {}
    for site, quarter in sorted({key[:2] for key in at}):
        served, caseload, working, started = (at.get((site, quarter, name)) for name in ("served", "caseload", "working", "started"))
        yield from ({served: 1, part: -1} for part in (caseload, working) if served is not None and part is not None)
        before = on_list.get((site, quarter_before(quarter)))
        most = {**before, started: 1} if before is not None and started is not None else None
        if most is not None:
            yield from ({**most, part: -1} for part in (served, caseload, working) if part is not None)
            if len(most) == 2 and served is not None:
                yield {served: 1, **{one: -1 for one in most}}
        now = {caseload: 1} if caseload is not None else most
        if now is not None:
            on_list[site, quarter] = now


def _with_states(numbers: dict, sums: dict, orders: dict, placed: list, rules: Limits) -> System:
    """The system; what an edition before the newest showed is known."""
    size = len(numbers)
    hidden, known, small, weight = np.zeros(size, bool), np.zeros(size, bool), np.zeros(size, bool), np.zeros(size)
    newest = np.zeros(size, bool)
    newest[placed[-1][1]] = True
    for place, (told, at) in enumerate(placed):
        hidden[at] |= told["state"].isin(HIDDEN).to_numpy()
        small[at] |= (told["state"] == "small").to_numpy()
        weight[at] = told["parts"].to_numpy()
        if place < len(placed) - 1:
            known[at] |= (told["state"] == "shown").to_numpy()
    truth = np.array([key[4] for key in numbers]).round().astype(int)
    holding = [row for row in orders.values() if sum(truth[one] * sign for one, sign in row.items()) >= 0]
    return System(
        truth, np.where(small, 1, 0), np.where(small, rules.small - 1, np.inf), hidden & ~known, known | ~(newest | hidden),
        weight + truth / (1 + truth.sum()), np.array([bool(key[5]) for key in numbers], bool),
        np.array([f"{key[3]} {key[2][:4] if key[3] in FLOWS else key[2]}" for key in numbers], object),
        np.array([int(key[2][:4]) for key in numbers]), _matrix(list(sums.values()), size), _matrix(holding, size),
    )  # fmt: skip


def _matrix(rows: list[Row], size: int) -> Matrix:
    # Loaded only where a number is hidden: saves 0.23 s of the start.
    from scipy.sparse import csc_array

    cells = [(place, one, sign) for place, row in enumerate(rows) for one, sign in row.items()]
    down, across, signs = zip(*cells) if cells else ((), (), ())
    return csc_array((np.array(signs, float), (np.array(down, int), np.array(across, int))), shape=(len(rows), size))


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
    slack = made.orders @ made.truth
    return Known(columns, made.truth[columns], made.low[columns], made.high[columns], sums, orders.tocsr()[rows], slack[rows])


def pushed(of: Known, direction: np.ndarray, reach: float, fixed: dict[int, int] | None = None) -> np.ndarray | None:
    """Whole steps from the truth that fit everything known, as far as they go in a direction; None when none were found.

    reach: the longest step of a number. fixed: the steps that some columns must take.
    """
    # Loaded only where a number is hidden: saves 0.23 s of the start.
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
