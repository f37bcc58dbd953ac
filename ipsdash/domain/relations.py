"""The relations between numbers of people that everybody knows: sums, and the definitions of what is counted.

A variable is a number with the value it had: what an edition repeats unchanged is the same variable as before, and a sum is
the same when its parts are. The relations of all editions together:

    region's quarter = sum of its sites' quarters;  site's year = sum of its quarters;  region's year = sum of either
    served >= caseload;  served >= working                                  of a site in a quarter (METHOD section 6)
    on_list = caseload before + started since;  on_list >= served, caseload, working         nobody is served who did not start
    served >= on_list                                           where the caseload of the quarter before is reported

A definition that a site's numbers break is left out: it would lead whoever uses it astray.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd

from ipsdash.domain.cells import ADDITIVE, FLOWS, HIDDEN
from ipsdash.tables.dates import quarter_before

# Numbers that cost as much to hide, or up to so much more, are chosen from by chance: a reader who knows how the program
# chooses would learn from a fixed order (the smallest first, say) what the hidden numbers are not.
LEEWAY = 0.3
# One relation: variable -> factor.
Row = dict[int, int]
# A sparse array of scipy, which is loaded late.
Matrix = Any


@dataclass(frozen=True)
class System:
    """All variables and relations of some editions; each field but the last two has one entry for each variable.

    truth: the values; low, high: what readers know of a hidden number by itself; hidden; known: was shown in an earlier
    edition, or is of no concern; weight: reported numbers that are lost when it is hidden, and a little by chance; group: the
    measure and year, or quarter, whose sums it belongs to; year. sums: sparse rows whose product with the values is 0; orders: rows where it is not negative.
    """

    truth: np.ndarray
    low: np.ndarray
    high: np.ndarray
    hidden: np.ndarray
    known: np.ndarray
    weight: np.ndarray
    group: np.ndarray
    year: np.ndarray
    sums: Matrix
    orders: Matrix


def system(editions: list[pd.DataFrame], seed: int = 0) -> tuple[System, pd.Series]:
    """The system of editions, the newest last, and the variable of each row of the newest that is in it.

    An edition is rows of `cells.cells`, with the states as released; those of the newest are of the primary rules.
    """
    numbers: dict[tuple, int] = {}
    sums: dict[tuple, Row] = {}
    orders: dict[tuple, Row] = {}
    placed = []
    for cells in editions:
        counted = cells[cells["value"].notna() & cells["measure"].isin(ADDITIVE)]
        at = _variables(counted, numbers, sums)
        placed.append((counted, at))
        leaves = (counted["level"] == "site") & (counted["period"] != counted["year"])
        keys = counted.loc[leaves, ["place", "period", "measure"]].itertuples(index=False, name=None)
        orders |= {tuple(sorted(row.items())): row for row in _orders(dict(zip(keys, at[leaves.to_numpy()].tolist())))}
    truth = np.array([value for *_, value, _ in numbers]).round().astype(int)
    holding = [row for row in orders.values() if sum(truth[one] * factor for one, factor in row.items()) >= 0]
    told = _told(placed)
    told["weight"] += LEEWAY * _chance(seed, numbers)
    made = System(truth=truth, sums=_matrix(sums.values(), len(truth)), orders=_matrix(holding, len(truth)), **told, **_named(numbers))
    return made, pd.Series(placed[-1][1], index=placed[-1][0].index)


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
            yield from ({served: 1, part: -1} for part in (caseload, working) if part is not None)
        before = on_list.get((site, quarter_before(quarter)))
        most = {**before, started: 1} if before is not None and started is not None else None
        if most is not None:
            yield from ({**most, part: -1} for part in (served, caseload, working) if part is not None)
        if most is not None and len(most) == 2 and served is not None:
            yield {served: 1, **dict.fromkeys(most, -1)}
        now = {caseload: 1} if caseload is not None else most
        if now is not None:
            on_list[site, quarter] = now


def _told(placed: list[tuple[pd.DataFrame, np.ndarray]]) -> dict[str, np.ndarray]:
    """The fields of a system that say what is told of each variable."""
    size = 1 + max(int(at.max(initial=-1)) for _, at in placed)
    hidden, known, newest = (np.zeros(size, bool) for _ in range(3))
    low, high, weight = np.zeros(size), np.full(size, np.inf), np.zeros(size)
    for place, (counted, at) in enumerate(placed):
        last = place == len(placed) - 1
        hidden[at] |= (counted["state"] == HIDDEN).to_numpy()
        low[at] = np.maximum(low[at], counted["least"])
        high[at] = np.minimum(high[at], counted["most"])
        weight[at] = counted["parts"].to_numpy()
        known[at] |= (not last) & (counted["state"] == "shown").to_numpy()
        newest[at] |= last
    return {"low": low, "high": high, "hidden": hidden & ~known, "known": known | ~(newest | hidden), "weight": weight}


def _named(numbers: dict[tuple, int]) -> dict[str, np.ndarray]:
    """The fields of a system that say what each variable is."""
    groups = [f"{measure} {period[:4] if measure in FLOWS else period}" for _, _, period, measure, *_ in numbers]
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
