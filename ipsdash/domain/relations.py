"""The relations between numbers of people that everybody knows: sums, and the definitions of what is counted.

A variable is a number with the value it had: what an edition repeats unchanged is the same variable as before, and a sum is
the same when its parts are. The relations of all editions together:

    region's quarter = sum of its sites' quarters;  site's year = sum of its quarters;  region's year = sum of either
    served >= caseload, working, started                                    of a site in a quarter (METHOD section 6)
    on_list = caseload before + started since;  on_list >= served, caseload, working         nobody is served who did not start
    served >= on_list                                           where the caseload of the quarter before is reported
    caseload = caseload before + started - closed_cases         the check enforces it; over several quarters where one is lacking
    closed_cases = served - caseload                            served are all who were on the list
    served >= working + 5                                       where working is shown, else it would be hidden (`cells.primary`)
    served = 0                                                  where working is shown as 0, for the same reason

A definition that a site's numbers break is left out: it would lead whoever uses it astray.

What else a reader knows, and why it gives nothing that is not here:

    headcount = headcount before + joiners - leavers    both are hidden or neither is (`disclosure`): any number may come and go
    headcount >= 1 at each filled post, published staff who is one person's site is published; all of its numbers are hidden
    sums of joiners and leavers                         are made of what is shown, as lower bounds
    DPS areas, counties                                 no sum of people is given for them, only for sites and the region
    rate, interval, limits of the funnel, ranking       of two numbers that are both shown, else hidden (`outcomes.rates`)
    rounding of a rate                                  numerator and denominator stand beside it
    rate whose number is shown and base hidden          no rate is given; served >= working + 5 is here
    people per post, cost per job start                 caseload and job starts are shown, else hidden (`quality`, `funding`)
    cost of the region                                  money / the region's own job starts, and only where those are shown
    days_to_contact, its median over sites              a mean is shown only where started is shown and at least 5
    whether there is a mean                             beside a hidden number of people the mean is hidden, told or not
    bar lengths, axes, orders, titles                   drawn from the released tables; a hidden number is a stub of one length
    bound, quality, source of a sum                     say who reported, not what (`cells`)
    tallies of hidden numbers                           count cells of the released tables
    notes                                               emptied in rows with a hidden number
    which of them are hidden                            `suppression`: by chance among those that cost about the same
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd

from ipsdash.domain.cells import ADDITIVE, CLOSED, FLOWS, HIDDEN, NEVER
from ipsdash.tables.dates import quarter_before

# Numbers that cost as much to hide, or up to so much more, are chosen from by chance: a reader who knows how the program
# chooses would learn from a fixed order (the smallest first, say) what the hidden numbers are not.
LEEWAY = 0.3
# One relation: variable -> factor; and with the least that it comes to.
Row = dict[int, int]
Order = tuple[Row, int]
# A sparse array of scipy, which is loaded late.
Matrix = Any


@dataclass(frozen=True)
class System:
    """All variables and relations of some editions; each field but the last four has one entry for each variable.

    truth: the values; low, high: what readers know of a hidden number by itself; hidden; free: never shown, and need not be
    protected; known: was shown in an earlier
    edition, or is of no concern; weight: reported numbers that are lost when it is hidden, and a little by chance; chance: from 0 to 1; group: the
    measure and year, or quarter, whose sums it belongs to; year. sums: sparse rows whose product with the values is 0; orders: rows where it is at least `least`. small: counts below it are hidden.
    """

    truth: np.ndarray
    low: np.ndarray
    high: np.ndarray
    hidden: np.ndarray
    free: np.ndarray
    known: np.ndarray
    weight: np.ndarray
    chance: np.ndarray
    group: np.ndarray
    year: np.ndarray
    sums: Matrix
    orders: Matrix
    least: np.ndarray
    small: int


def system(editions: list[pd.DataFrame], seed: int = 0, small: int = 5) -> tuple[System, pd.Series]:
    """The system of editions, the newest last, and the variable of each row of the newest that is in it.

    An edition is rows of `cells.cells`, with the states as released; those of the newest are of the primary rules.
    seed: decides among numbers that cost about the same; small: counts below it are hidden.
    """
    numbers: dict[tuple, int] = {}
    sums: dict[tuple, Row] = {}
    orders: dict[tuple, Order] = {}
    placed = []
    for cells in editions:
        told = cells[cells["value"].notna()]
        counted = told[told["measure"].isin(ADDITIVE)]
        at = _variables(counted, numbers, sums)
        placed.append((counted, at))
        variables = dict(zip(counted[["level", "place", "period", "measure"]].itertuples(index=False, name=None), at.tolist()))
        leaves = {key[1:]: one for key, one in variables.items() if key[0] == "site" and "Q" in key[2]}
        closed = told[told["measure"] == CLOSED]
        more = [(row, 0) for row in _orders(leaves)]
        more += [(row, 0) for row in _balances(closed, leaves, numbers)]
        more += [(row, small) for row in _rates(counted, variables)]
        orders |= {(least, *sorted(row.items())): (row, least) for row, least in more}
        placed.append(_closed(closed, numbers))
    truth = np.array([value for *_, value, _ in numbers]).round().astype(int)
    holding = [(row, least) for row, least in orders.values() if sum(truth[one] * factor for one, factor in row.items()) >= least]
    told = _told(placed)
    told["chance"] = _chance(seed, numbers)
    told["weight"] += LEEWAY * told["chance"]
    made = System(
        truth=truth,
        sums=_matrix(sums.values(), len(truth)),
        orders=_matrix([row for row, _ in holding], len(truth)),
        least=np.array([least for _, least in holding], int),
        small=small,
        **told,
        **_named(numbers),
    )
    return made, pd.Series(placed[-2][1], index=placed[-2][0].index)


def _chance(seed: int, numbers: dict[tuple, int]) -> np.ndarray:
    """A number from 0 to 1 for each variable: the same for the same seed and cell, whatever the values are."""
    texts = ["|".join(map(str, (seed, *number[:4]))) for number in numbers]
    digests = [blake2b(text.encode(), digest_size=4).digest() for text in texts]
    return np.frombuffer(b"".join(digests), dtype="<u4") / 2**32


def _variables(counted: pd.DataFrame, numbers: dict[tuple, int], sums: dict[tuple, Row]) -> np.ndarray:
    """The variable of each row; adds the new ones to numbers and the relations between them to sums. Rows of sites come
    before those of regions, and quarters before years, as in `cells.cells`."""
    parts: dict[tuple, list[int]] = {}
    places = []
    for level, place, region, period, year, measure, value in counted[["level", "place", "region", "period", "year", "measure", "value"]].itertuples(index=False):
        of_year, of_region = period == year, level == "region"
        made_of = [tuple(parts.get((level, place, period, measure, of), ())) for of in ("sites", "quarters")]
        number = numbers.setdefault((level, place, period, measure, value, made_of[0] or made_of[1]), len(numbers))
        places.append(number)
        sums |= {(number, ones): {number: -1, **dict.fromkeys(ones, 1)} for ones in made_of if ones}
        if not of_region:
            parts.setdefault(("region", region, period, measure, "sites"), []).append(number)
        if not of_year and measure in FLOWS:
            parts.setdefault((level, place, year, measure, "quarters"), []).append(number)
    return np.array(places, dtype=int)


def _orders(at: dict[tuple[str, str, str], int]) -> Iterator[Row]:
    """What the definitions say of the numbers of sites; at: the variable of a site, quarter and measure."""
    on_list: dict[tuple[str, str], Row] = {}
    for site, quarter in sorted({key[:2] for key in at}):
        served, caseload, working, started = (at.get((site, quarter, name)) for name in ("served", "caseload", "working", "started"))
        if served is not None:
            yield from ({served: 1, part: -1} for part in (caseload, working, started) if part is not None)
        before = on_list.get((site, quarter_before(quarter)))
        most = {**before, started: 1} if before is not None and started is not None else None
        if most is not None:
            yield from ({**most, part: -1} for part in (served, caseload, working) if part is not None)
        if most is not None and len(most) == 2 and served is not None:
            yield {served: 1, **dict.fromkeys(most, -1)}
        now = {caseload: 1} if caseload is not None else most
        if now is not None:
            on_list[site, quarter] = now


def _balances(closed: pd.DataFrame, at: dict[tuple[str, str, str], int], numbers: dict[tuple, int]) -> Iterator[Row]:
    """What tells how many cases were closed, each equation as two orders; at: the variable of a site, quarter and measure. Only
    where some of them must be protected: else it says no more than `_orders`. Adds the closed cases to numbers."""
    value = dict(zip(closed[["place", "period"]].itertuples(index=False, name=None), closed["value"]))
    hidden = set(closed.loc[closed["state"] == HIDDEN, ["place", "period"]].itertuples(index=False, name=None))
    every, size = list(_equations(set(value), at)), -1
    # Closed cases that need no protection matter where another equation leads from them to some that do.
    while len(hidden) > size:
        size = len(hidden)
        hidden = hidden.union(*(quarters for _, quarters in every if not hidden.isdisjoint(quarters)))
    for row, quarters in every:
        if hidden.isdisjoint(quarters):
            continue
        keys = [("site", *one, CLOSED, value[one], ()) for one in quarters]
        whole = {**row, **{numbers.setdefault(key, len(numbers)): -1 for key in keys}}
        yield whole
        yield {one: -factor for one, factor in whole.items()}


def _equations(
    told: set[tuple[str, str]], at: dict[tuple[str, str, str], int]
) -> Iterator[tuple[Row, list[tuple[str, str]]]]:
    """What closed cases of sites in quarters come to: the row without them, and of which sites and quarters they are.
    told: the sites and quarters with closed cases."""
    since: dict[tuple[str, str], tuple[Row, list[tuple[str, str]]]] = {}
    for site, quarter in sorted({key[:2] for key in at}):
        served, caseload, started = (at.get((site, quarter, name)) for name in ("served", "caseload", "started"))
        closed, before = (site, quarter) in told, since.get((site, quarter_before(quarter)))
        now = None
        if before is not None and started is not None and closed:
            now = {**before[0], started: 1}, [*before[1], (site, quarter)]
        if caseload is None:
            since |= {(site, quarter): now} if now else {}
            continue
        since[site, quarter] = {caseload: 1}, []
        if now:
            yield {**now[0], caseload: -1}, now[1]
        if closed and served is not None:
            yield {served: 1, caseload: -1}, [(site, quarter)]


def _rates(counted: pd.DataFrame, at: dict[tuple, int]) -> Iterator[Row]:
    """served - working, where working is not hidden by the primary rules: they hide it where the difference is small."""
    working = counted[(counted["measure"] == "working") & (counted["state"] == "shown")]
    for level, place, period in working[["level", "place", "period"]].itertuples(index=False):
        served = at.get((level, place, period, "served"))
        if served is not None:
            yield {served: 1, at[level, place, period, "working"]: -1}


def _closed(closed: pd.DataFrame, numbers: dict[tuple, int]) -> tuple[pd.DataFrame, np.ndarray]:
    """The closed cases that are in numbers, and their variables."""
    keys = [("site", place, period, CLOSED, value, ()) for place, period, value in closed[["place", "period", "value"]].itertuples(index=False)]
    there = np.array([key in numbers for key in keys], bool)
    return closed[there], np.array([numbers[key] for key in keys if key in numbers], int)


def _told(placed: list[tuple[pd.DataFrame, np.ndarray]]) -> dict[str, np.ndarray]:
    """The fields of a system that say what is told of each variable."""
    size = 1 + max(int(at.max(initial=-1)) for _, at in placed)
    hidden, free, known, newest = (np.zeros(size, bool) for _ in range(4))
    low, high, weight = np.zeros(size), np.full(size, np.inf), np.zeros(size)
    for place, (counted, at) in enumerate(placed):
        last = place >= len(placed) - 2
        hidden[at] |= counted["state"].isin([HIDDEN, NEVER]).to_numpy()
        free[at] |= (counted["state"] == NEVER).to_numpy()
        low[at] = np.maximum(low[at], counted["least"])
        high[at] = np.minimum(high[at], counted["most"])
        weight[at] = counted["parts"].to_numpy()
        known[at] |= (not last) & (counted["state"] == "shown").to_numpy()
        newest[at] |= last
        high[at[_nobody(counted)]] = 0
    return {"low": low, "high": high, "hidden": hidden & ~known, "free": free, "known": known | ~(newest | hidden), "weight": weight}


def _nobody(counted: pd.DataFrame) -> np.ndarray:
    """A mask of those served of whom a reader knows that they are nobody: working beside them is shown as 0."""
    zero = counted[(counted["measure"] == "working") & (counted["state"] == "shown") & (counted["value"] == 0)]
    if zero.empty:
        return np.zeros(len(counted), bool)
    beside = pd.MultiIndex.from_frame(counted[["level", "place", "period"]]).isin(pd.MultiIndex.from_frame(zero[["level", "place", "period"]]))
    return beside & ((counted["measure"] == "served") & (counted["value"] == 0)).to_numpy()


def _named(numbers: dict[tuple, int]) -> dict[str, np.ndarray]:
    """The fields of a system that say what each variable is."""
    # Closed cases are in no sum.
    groups = ["" if measure == CLOSED else f"{measure} {period[:4] if measure in FLOWS else period}" for _, _, period, measure, *_ in numbers]
    return {
        "group": np.array(groups, object),
        "year": np.array([int(period[:4]) for _, _, period, *_ in numbers], int),
    }  # fmt: skip


def _matrix(rows: Any, size: int) -> Matrix:
    # Loaded only where a number is hidden: with the other parts of scipy 0.23 s.
    from scipy.sparse import csc_array

    cells = [(place, one, factor) for place, row in enumerate(rows) for one, factor in row.items()]
    down, across, factors = np.array(cells, int).reshape(-1, 3).T
    return csc_array((factors.astype(float), (down, across)), shape=(len(rows), size))
