"""Every whole number that hidden cells of small tables can be, found by trying all of them.

`python -m tests.domain.brute_force 300` measures it over so many tables of each kind.

Two readers. One knows rules, sums and definitions: he keeps all assignments of whole numbers to the
hidden cells that fit what is shown. The other also runs the program, and of those keeps the ones
that it would release with the very same cells hidden, for some seed.
"""

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pandas as pd

from ipsdash.domain.cells import CELL, CLOSED, HIDDEN, Limits, cells, limits, primary
from ipsdash.domain.relations import LEEWAY, system
from ipsdash.domain.suppression import decoys, protected, states
from ipsdash.tables.load import Tables
from tests.domain.reports import reported

# Hidden cells that are looked at further from the truth than this are not.
REACH = 8
# After so many runs of the program what was found till then counts: there may be more.
MAX_RUNS = 120
# More assignments than these are not tried.
MAX_ASSIGNMENTS = 300_000


class TooMany(Exception):
    """There are more assignments than can be tried."""


@dataclass(frozen=True)
class Table:
    """The cells of a small table and what they are sums of.

    frame: of `cells.cells`, without means; leaves: the rows that are reported; sums: leaves to all
    rows; equations: rows over the leaves that are 0 for everybody who knows the definitions; orders: not
    negative.
    """

    frame: pd.DataFrame
    leaves: np.ndarray
    sums: np.ndarray
    equations: np.ndarray
    orders: np.ndarray
    rules: Limits

    def pattern(self, values: np.ndarray, seed: int) -> frozenset[int]:
        """The rows that the program hides when these are the numbers of the leaves."""
        found = self.frame.assign(value=self.sums @ values)
        found = found.assign(state=primary(found, self.rules))
        hidden = states([found], self.rules, seed) == HIDDEN
        return frozenset(np.flatnonzero(hidden & (found["measure"] != CLOSED)).tolist())

    def hides_by_itself(self, values: np.ndarray) -> frozenset[int]:
        """The rows that the primary rules hide; closed cases, which nobody is shown, apart."""
        found = self.frame.assign(value=self.sums @ values)
        hidden = (primary(found, self.rules) == HIDDEN) & (found["measure"] != CLOSED)
        return frozenset(np.flatnonzero(hidden).tolist())

    @property
    def truth(self) -> np.ndarray:
        return self.frame["value"].to_numpy()[self.leaves].astype(int)


def table_of(tables: Tables) -> Table:
    """The cells of tables of one region, where everything is told."""
    frame = cells(tables)
    frame = frame[frame["value"].notna() & (frame["measure"] != "days_to_contact")]
    frame = frame.reset_index(drop=True)
    leaf = (frame["level"] == "site") & frame["period"].str.contains("Q")
    leaves = np.flatnonzero(leaf)
    part = frame.loc[leaves]
    sums = np.array([
        (part["measure"] == row.measure)
        & ((part["place"] == row.place) | (row.level == "region"))
        & part["period"].str.startswith(row.period)
        for row in frame.itertuples()
    ], int)  # fmt: skip
    at = {key: place for place, key in enumerate(part[CELL[1:]].itertuples(index=False, name=None))}
    equations, orders = _definitions(at)
    size = (0, len(leaves))
    truth = part["value"].to_numpy()
    equations = np.array([row for row in equations if row @ truth == 0]).reshape(-1, size[1]).astype(int)
    orders = np.array([row for row in orders if row @ truth >= 0]).reshape(-1, size[1]).astype(int)
    return Table(frame, leaves, sums, equations, orders, limits(tables))


def _definitions(at: dict[tuple[str, str, str], int]) -> tuple[list, list]:
    """What readers know: caseloads, those served and closed cases of a quarter and the one before."""
    equations, orders = [], []

    def row(**factors: float) -> np.ndarray | None:
        made = np.zeros(len(at), int)
        for name, factor in factors.items():
            key = names[name]
            if key not in at:
                return None
            made[at[key]] = factor
        return made

    for site, period in {key[:2] for key in at}:
        year, number = int(period[:4]), int(period[5])
        last = f"{year}Q{number - 1}" if number > 1 else f"{year - 1}Q4"
        measures = ("served", "caseload", "working", "started", CLOSED)
        names = {name: (site, period, name) for name in measures} | {"before": (site, last, "caseload")}
        orders += [row(served=1, **{part: -1}) for part in ("caseload", "working", "started")]
        orders += [row(before=1, started=1, **{part: -1}) for part in ("served", "caseload", "working")]
        equations += [row(before=1, started=1, served=-1), row(served=1, caseload=-1, closed_cases=-1)]
        equations += [row(before=1, started=1, caseload=-1, closed_cases=-1)]
    return [one for one in equations if one is not None], [one for one in orders if one is not None]


def assignments(table: Table, hidden: frozenset[int]) -> np.ndarray:
    """All numbers of the leaves, a row each, that fit what is shown; those nearest to the truth first.

    Of a hidden leaf those within REACH of the truth. hidden: rows of the table that are not shown.
    """
    truth, rows = table.truth, range(len(table.frame))
    measure = table.frame["measure"].to_numpy()
    unseen = [
        place for place, row in enumerate(table.leaves) if row in hidden or measure[row] == CLOSED
    ]
    shown = [row for row in rows if row not in hidden and measure[row] != CLOSED and row not in table.leaves]
    equal = np.vstack([table.sums[shown], table.equations]).reshape(-1, len(truth)).astype(int)
    steps = _steps(equal[:, unseen], truth[unseen])
    found = np.tile(truth, (len(steps), 1))
    found[:, unseen] += steps
    found = found[(found @ table.orders.T >= 0).all(axis=1)]
    found = found[_rates(table, found, hidden)]
    return found[np.argsort(abs(found - truth).sum(axis=1), kind="stable")]


def _steps(equal: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """All steps from the truth that leave these sums as they are, found column by column."""
    steps = np.zeros((1, 0), int)
    for column in range(equal.shape[1]):
        low, before = -min(truth[column], REACH), equal[:, :column]
        last = (equal[:, column] != 0) & ~(equal[:, column + 1 :] != 0).any(axis=1)
        if last.any():
            row = int(np.flatnonzero(last)[0])
            new = -(steps @ before[row]) // equal[row, column]
            keep = (new >= low) & (new <= REACH)
            steps = np.hstack([steps[keep], new[keep, None]])
            sums = steps @ equal[last, : column + 1].T
            steps = steps[(sums == 0).all(axis=1)]
        else:
            ways = np.arange(low, REACH + 1)
            again = np.repeat(steps, len(ways), axis=0)
            steps = np.hstack([again, np.tile(ways, len(steps))[:, None]])
        if len(steps) > MAX_ASSIGNMENTS:
            raise TooMany
    return steps


def _rates(table: Table, found: np.ndarray, hidden: frozenset[int]) -> np.ndarray:
    """Whether nothing that is shown would be hidden by the rule of rates, had these been the numbers."""
    fits, frame = np.ones(len(found), bool), table.frame
    keys = {key: row for row, key in enumerate(frame[CELL].itertuples(index=False, name=None))}
    for (level, place, period, measure), row in keys.items():
        served = keys.get((level, place, period, "served"))
        if measure != "working" or row in hidden or served is None:
            continue
        works, of = found @ table.sums[row], found @ table.sums[served]
        fits &= (of == 0) | ((works > 0) & (of - works >= table.rules.small))
    return fits


def values_left(table: Table, hidden: frozenset[int]) -> dict[int, int]:
    """How many values each hidden row can have for a reader who knows rules, sums and definitions.

    Closed cases that must be protected are among the rows.
    """
    found = assignments(table, hidden)
    return {row: len(np.unique(found @ table.sums[row])) for row in sorted(hidden | _closed(table))}


def _closed(table: Table) -> frozenset[int]:
    few = table.frame["state"].eq(HIDDEN) & table.frame["measure"].eq(CLOSED)
    return frozenset(np.flatnonzero(few).tolist())


def values_left_by_running(
    table: Table, hidden: frozenset[int], enough: int = 3
) -> dict[int, int]:
    """How many values each hidden row can have for a reader who also runs the program, up to `enough`.

    What differs least from the truth is tried first.
    """
    wanted = sorted(hidden | _closed(table))
    left: dict[int, set[int]] = {row: set() for row in wanted}
    runs = 0
    for values in assignments(table, hidden):
        numbers = {row: int(table.sums[row] @ values) for row in wanted}
        news = [row for row in wanted if len(left[row]) < enough and numbers[row] not in left[row]]
        if news and table.hides_by_itself(values) <= hidden:
            runs += 1
            if released_so(table, values, hidden):
                for row in wanted:
                    left[row].add(numbers[row])
        if runs == MAX_RUNS or all(len(found) >= enough for found in left.values()):
            break
    return {row: len(found) for row, found in left.items()}


def released_so(table: Table, values: np.ndarray, hidden: frozenset[int]) -> bool:
    """Whether the program would hide just these rows, for some seed, if these were the numbers.

    Tried with the seed that helps most: by chance each of these rows costs least, all others most. What
    is not chosen then is not chosen with any other seed.
    """
    found = table.frame.assign(value=table.sums @ values)
    found = found.assign(state=primary(found, table.rules))
    if not (found["state"] == HIDDEN).any():
        return not hidden
    made, at = system([found], small=table.rules.small)
    chance = np.ones(len(made.truth))
    chance[at[at.index.isin(hidden)]] = 0
    lucky = replace(made, chance=chance, weight=made.weight + LEEWAY * (chance - made.chance))
    # What is hidden by chance in a sum, its own chance decides.
    sums = at[~at.index.isin(hidden) & ~at.index.isin(table.leaves)].tolist()
    for some in ([], sums, *([one] for one in sums)):
        luck = chance.copy()
        luck[some] = 0
        again = replace(lucky, chance=luck)
        if some and not decoys(again):
            continue
        chosen = protected(again, table.rules.possible)
        if frozenset(at.index[chosen[at]]) - _closed_rows(table) == hidden:
            return True
    return False


def _closed_rows(table: Table) -> frozenset[int]:
    return frozenset(np.flatnonzero(table.frame["measure"] == CLOSED).tolist())


def values_left_by_old_look(table: Table) -> dict[int, int]:
    """How many values were left when numbers from 1 to 4 read "<5" and all others "hidden".

    Of those that cost as much the smallest was hidden too, and who read "hidden" knew 0 or at least 5.
    """
    found, small = table.frame, table.rules.small
    made, at = system([found], small=small)
    few = found["state"].eq(HIDDEN) & found["value"].between(1, small - 1)
    low, high, weight = np.zeros(len(made.truth)), np.full(len(made.truth), np.inf), made.weight.copy()
    low[at[few[at.index]]], high[at[few[at.index]]] = 1, small - 1
    weight[at] = found["parts"][at.index] + made.truth[at] / (1 + made.truth.sum())
    then = replace(made, low=low, high=high, weight=weight, chance=np.ones(len(made.truth)))
    chosen = protected(then, table.rules.possible)
    hidden = frozenset(at.index[chosen[at]]) - _closed_rows(table)
    every = assignments(table, hidden)
    for row in hidden:
        value = every @ table.sums[row]
        if few[row]:
            every = every[(value >= 1) & (value < small)]
        else:
            every = every[(value == 0) | (value >= small)]
    return {row: len(np.unique(every @ table.sums[row])) for row in sorted(hidden)}


def flows(seed: int, sites: int, quarters: int) -> Tables:
    """People referred to some sites in some quarters, many of them few."""
    chance = np.random.default_rng(seed)
    numbers = chance.choice([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 20], (sites, quarters))
    rows = [
        f"{SITES[site]}|2024Q{quarter + 1}|{numbers[site, quarter]}"
        for site, quarter in product(range(sites), range(quarters))
    ]
    return reported("site_id|quarter|referred\n" + "\n".join(rows))


def rates(seed: int, sites: int = 4) -> Tables:
    """Those served by some sites in a quarter, and those of them who work."""
    chance = np.random.default_rng(seed)
    served = chance.choice([0, 3, 5, 8, 12, 20, 30], sites)
    rows = [
        f"{SITES[site]}|2024Q1|{of}|{chance.integers(0, of + 1)}" for site, of in enumerate(served)
    ]
    return reported("site_id|quarter|served|working\n" + "\n".join(rows))


def caseloads(seed: int, sites: int = 3) -> Tables:
    """Cases of some sites over two quarters that balance, some of which were closed."""
    chance, rows = np.random.default_rng(seed), []
    for site in range(sites):
        before = int(chance.integers(8, 16))
        started = int(chance.integers(0, 9))
        closed = int(chance.integers(0, 9))
        on_list = before + started
        rows += [
            f"{SITES[site]}|2024Q1|||{before}|",
            f"{SITES[site]}|2024Q2|{started}|{on_list}|{on_list - closed}|{closed}",
        ]
    heading = "site_id|quarter|started|served|caseload|closed_cases\n"
    return reported(heading + "\n".join(rows))


SITES = "abcdef"
KINDS = {
    "one quarter, 4 sites": lambda seed: flows(seed, 4, 1),
    "one quarter, 6 sites": lambda seed: flows(seed, 6, 1),
    "two quarters, 3 sites": lambda seed: flows(seed, 3, 2),
    "three quarters, 2 sites": lambda seed: flows(seed, 2, 3),
    "served and working, 4 sites": rates,
    "cases over two quarters, 3 sites": caseloads,
}


def measured(kind: str, seeds: Iterable[int]) -> dict[str, Counter]:
    """In how many tables so many values are left of the hidden number of which the fewest are.

    By the reader who knows rules and definitions, by the one who runs the program, and by the old look.
    """
    found = {name: Counter() for name in ("rules", "program", "old look", "hidden")}
    for seed in seeds:
        table = table_of(KINDS[kind](seed))
        hidden = table.pattern(table.truth, seed)
        if not hidden:
            continue
        try:
            left = (values_left(table, hidden), values_left_by_running(table, hidden), values_left_by_old_look(table))
        except TooMany:
            found["hidden"]["not tried"] += 1
            continue
        found["hidden"]["tables"] += 1
        for name, numbers in zip(("rules", "program", "old look"), left):
            found[name][min(min(numbers.values(), default=3), 3)] += 1
    return found


def said(kind: str, found: dict[str, Counter]) -> str:
    """The line that says what came of it."""
    counts = [
        f"{name}: " + ", ".join(f"{found[name][left]} with {left}" for left in (1, 2, 3))
        for name in ("rules", "program", "old look")
    ]
    # With the seed that helps most a table of several groups may be solved another way.
    counts += [f"not settled by the program: {found['program'][0]}"] if found["program"][0] else []
    return f"{kind}: {found['hidden']['tables']} tables; fewest values left by {'; '.join(counts)} or more"


if __name__ == "__main__":
    for one in KINDS:
        print(said(one, measured(one, range(int(sys.argv[1]) if len(sys.argv) > 1 else 100))), flush=True)
