"""The attacker: somebody who has everything that was ever shown, knows rules and definitions, and can compute.

Written on its own, from the released frames and the public rules; nothing of `ipsdash.domain.suppression` or `inference` is
used. It knows more than anybody could: which hidden numbers are unchanged since an earlier edition, and where a site's numbers
break the definitions (there it does not use them). It does not know why a number is hidden: that is said nowhere.

    sums                               sites to region, quarters to year
    served >= caseload, working; on_list = caseload before + started >= served, caseload, working; served >= on_list
    caseload = caseload before + started - closed_cases           the check of a workbook enforces it
    closed_cases = served - caseload                              where it holds
    a shown working of v: served - v >= 5, or nobody was served   else the rule of rates would have hidden it
"""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from ipsdash.domain.cells import cells as cells_of
from ipsdash.domain.cells import limits, one_person
from ipsdash.tables.load import Tables

ADDS_UP, STANDS = ("referred", "started", "job_starts"), ("served", "caseload", "working")
CLOSED = "closed_cases"
# No count is as large as this.
MOST = 3_000
# Counts below it are hidden.
SMALL = 5


@dataclass
class Attack:
    """Unknowns with their limits, and rows (unknown -> factor) with the least and most of their sum."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    names: list[tuple] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)
    at: dict[tuple, int] = field(default_factory=dict)

    def unknown(self, key: tuple, name: tuple) -> int:
        if key not in self.at:
            self.at[key] = len(self.low)
            self.low.append(0)
            self.high.append(MOST)
            self.names.append(name)
        return self.at[key]

    def told(self, one: int, low: float, high: float) -> None:
        self.low[one], self.high[one] = max(self.low[one], low), min(self.high[one], high)


def solved(editions: list[tuple[Tables, pd.DataFrame]], enough: int = 3) -> list[tuple]:
    """The hidden cells that have fewer than so many possible values: (edition, level, place, period, measure, how many).

    editions: the raw tables and what was released as `outcomes`, the oldest first. Closed cases, which are never shown, count
    as hidden where they are few or one person's.
    """
    attack, hidden, shown = Attack(), {}, set()
    for number, (raw, outcomes) in enumerate(editions):
        for name, one, state in _learn(attack, number, raw, outcomes):
            if state == "hidden":
                hidden.setdefault(one, (number, *name))
            elif state == "shown":
                shown.add(one)
    # A sum whose parts an earlier edition showed, and which are the same in this one, is known from there: hiding it and them
    # takes nothing back. It happens where made-up corrections break the definitions.
    for row, low, high in attack.rows:
        total = [one for one, factor in row.items() if factor < 0]
        parts = [one for one, factor in row.items() if factor > 0]
        if low == high == 0 and len(total) == 1 and all(one in hidden and one in shown for one in parts):
            shown.add(total[0])
    return _weak(attack, {one: name for one, name in hidden.items() if one not in shown}, enough)


def _learn(attack: Attack, number: int, raw: Tables, outcomes: pd.DataFrame) -> list[tuple]:
    """Adds what an edition tells; gives its cells: (level, place, period, measure), unknown, state."""
    truth = {(row["site_id"], row["quarter"]): row for row in raw.service.to_dict("records")}
    cells, one_of = [], {}
    there = outcomes[~outcomes["state"].isin(["missing", "unknown"]) & (outcomes["measure"] != "days_to_contact")]
    for level, place, period, measure, value, state in there[["level", "place", "period", "measure", "value", "state"]].itertuples(index=False):
        leaf = level == "site" and "Q" in period
        key = (place, period, measure, truth[place, period][measure]) if leaf else (number, level, place, period, measure)
        one = one_of[level, place, period, measure] = attack.unknown(key, (level, place, period, measure))
        if state == "shown":
            attack.told(one, value, value)
        cells.append(((level, place, period, measure), one, state))
    for one in _with_a_mean(outcomes, one_of):
        attack.told(one, 1, np.inf)
    lone = one_person(raw, raw.service, limits(raw))
    for place, period, value, alone in zip(raw.service["site_id"], raw.service["quarter"], raw.service[CLOSED], lone):
        if not np.isnan(value):
            one = one_of["site", place, period, CLOSED] = attack.unknown((place, period, CLOSED, value), ("site", place, period, CLOSED))
            cells.append((("site", place, period, CLOSED), one, "hidden" if alone or 1 <= value < SMALL else "of no concern"))
    region = _regions(raw)
    for row in _sums({name: one for name, one in one_of.items() if name[3] != CLOSED}, region):
        attack.rows.append((row, 0, 0))
    for row in _definitions(one_of):
        holds = sum(factor * _true(attack, one, truth) for one, factor in row.items()) >= 0
        if holds:
            attack.rows.append((row, 0, np.inf))
    for row in _balances(one_of):
        if sum(factor * _true(attack, one, truth) for one, factor in row.items()) == 0:
            attack.rows.append((row, 0, 0))
    known = cells_of(raw).query("measure == 'served'")
    true = {name: value for *name_parts, value in known[["level", "place", "period", "value"]].itertuples(index=False) for name in [tuple(name_parts)]}
    for (level, place, period, measure), value, state in zip(there[["level", "place", "period", "measure"]].itertuples(index=False, name=None), there["value"], there["state"]):
        served = one_of.get((level, place, period, "served"))
        if measure == "working" and state == "shown" and served is not None and (value == 0 or true[level, place, period] >= value + SMALL):
            attack.told(served, *((0, 0) if value == 0 else (value + SMALL, MOST)))
    return cells


def _with_a_mean(outcomes: pd.DataFrame, one_of: dict[tuple, int]) -> list[int]:
    """The unknowns of those who started where a hidden mean says that somebody did: where the release tells a hidden mean from
    one that nobody reported, beside people who are hidden."""
    beside = ["level", "place", "period"]
    started = outcomes[(outcomes["measure"] == "started") & (outcomes["state"] == "hidden")]
    means = outcomes[outcomes["measure"] == "days_to_contact"].merge(started[beside], on=beside)
    if set(means["state"]) <= {"hidden"}:
        return []
    told = means[means["state"] == "hidden"]
    return [one_of[(*row, "started")] for row in told[beside].itertuples(index=False, name=None)]


def _true(attack: Attack, one: int, truth: dict) -> float:
    _, place, period, measure = attack.names[one]
    return truth[place, period][measure]


def _regions(raw: Tables) -> dict[str, str]:
    up = dict(zip(raw.areas["area_id"], raw.areas["parent"]))
    kinds = dict(zip(raw.areas["area_id"], raw.areas["kind"]))
    found = {}
    for site, area in zip(raw.sites["site_id"], raw.sites["municipality"]):
        while isinstance(area, str) and kinds.get(area) != "region":
            area = up.get(area)
        found[site] = area
    return found


def _sums(one_of: dict[tuple, int], region: dict[str, str]) -> list[dict[int, float]]:
    parts = defaultdict(list)
    for (level, place, period, measure), one in one_of.items():
        if level == "site":
            parts["region", region[place], period, measure, "over sites"].append(one)
        if "Q" in period and measure in ADDS_UP:
            parts[level, place, period[:4], measure, "over quarters"].append(one)
    return [{one_of[key[:4]]: -1.0, **dict.fromkeys(ones, 1.0)} for key, ones in parts.items() if key[:4] in one_of]


def _definitions(one_of: dict[tuple, int]) -> list[dict[int, float]]:
    """People of a quarter are on the list at its start or start in it; who is on the list at its end, or works, was served."""
    rows = []
    leaves = {key[1:]: one for key, one in one_of.items() if key[0] == "site" and "Q" in key[2]}
    for site in sorted({key[0] for key in leaves}):
        for quarter in sorted({key[1] for key in leaves if key[0] == site}):
            now = {measure: leaves.get((site, quarter, measure)) for measure in (*ADDS_UP, *STANDS)}
            for part in ("caseload", "working", "started"):
                if now["served"] is not None and now[part] is not None:
                    rows.append({now["served"]: 1.0, now[part]: -1.0})
            since = _since(leaves, site, quarter)
            if since is None:
                continue
            for part in STANDS:
                if now[part] is not None:
                    rows.append({**dict.fromkeys(since, 1.0), now[part]: -1.0})
            if len(since) == 2 and now["served"] is not None:
                rows.append({now["served"]: 1.0, **dict.fromkeys(since, -1.0)})
    return rows


def _balances(one_of: dict[tuple, int]) -> list[dict[int, float]]:
    """What says how many were closed in a quarter, or in several between two known caseloads."""
    rows = []
    leaves = {key[1:]: one for key, one in one_of.items() if key[0] == "site" and "Q" in key[2]}
    for (site, quarter, measure), caseload in leaves.items():
        if measure != "caseload":
            continue
        if (site, quarter, CLOSED) in leaves and (site, quarter, "served") in leaves:
            rows.append({leaves[site, quarter, "served"]: 1.0, caseload: -1.0, leaves[site, quarter, CLOSED]: -1.0})
        since = _since(leaves, site, quarter)
        closed, before = [], quarter
        for _ in since[:-1] if since else ():
            closed.append(leaves.get((site, before, CLOSED)))
            before = _before(before)
        if since and None not in closed:
            rows.append({**dict.fromkeys(since, 1.0), caseload: -1.0, **dict.fromkeys(closed, -1.0)})
    return rows


def _before(quarter: str) -> str:
    year, number = int(quarter[:4]), int(quarter[5])
    return f"{year}Q{number - 1}" if number > 1 else f"{year - 1}Q4"


def _since(leaves: dict[tuple, int], site: str, quarter: str) -> list[int] | None:
    """The last known caseload before a quarter and all who started since."""
    found = []
    while True:
        if (site, quarter, "started") not in leaves:
            return None
        found.append(leaves[site, quarter, "started"])
        quarter = _before(quarter)
        if (site, quarter, "caseload") in leaves:
            return [*found, leaves[site, quarter, "caseload"]]


def assigned(raw: Tables, outcomes: pd.DataFrame, chance: np.random.Generator, reach: int = 6) -> pd.DataFrame | None:
    """The table `service` with other whole numbers where they are hidden, that fit everything shown; None where none were found.

    reach: how far from the truth the numbers of sites may go.
    """
    attack = Attack()
    _learn(attack, 0, raw, outcomes)
    size = len(attack.low)
    at = {row: place for place, row in enumerate(zip(raw.service["site_id"], raw.service["quarter"]))}
    leaves = {one: name for one, name in enumerate(attack.names) if name[0] == "site" and "Q" in name[2]}
    low, high = np.array(attack.low, float), np.array(attack.high, float)
    for one, (_, place, period, measure) in leaves.items():
        true = raw.service[measure].iloc[at[place, period]]
        low[one], high[one] = max(low[one], true - reach), min(high[one], true + reach)
    found = _fits(attack, chance.normal(size=size), low, high)
    if found is None:
        return None
    service = raw.service.copy()
    for one, (_, place, period, measure) in leaves.items():
        service.iat[at[place, period], service.columns.get_loc(measure)] = found[one]
    return service


def _fits(attack: Attack, direction: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray | None:
    """Whole numbers within these limits that fit all rows, as far as they go against a direction."""
    found = milp(direction, integrality=np.ones(len(attack.low)), bounds=Bounds(low, high), constraints=_held(attack))
    return None if found.x is None else found.x.round()


def _held(attack: Attack) -> list[LinearConstraint]:
    cells = [(number, one, factor) for number, (row, *_) in enumerate(attack.rows) for one, factor in row.items()]
    if not cells:
        return []
    down, across, factors = zip(*cells)
    table = csr_array((np.array(factors), (np.array(down, int), np.array(across, int))), shape=(len(attack.rows), len(attack.low)))
    return [LinearConstraint(table, [low for _, low, _ in attack.rows], [high for *_, high in attack.rows])]


def _weak(attack: Attack, hidden: dict[int, tuple], enough: int) -> list[tuple]:
    size, held = len(attack.low), _held(attack)

    def fits(direction: np.ndarray, low: list[float], high: list[float]) -> np.ndarray | None:
        found = milp(direction, integrality=np.ones(size), bounds=Bounds(low, high), constraints=held)
        return None if found.x is None else found.x.round()

    values, chance = {one: set() for one in hidden}, np.random.default_rng(7)
    for _ in range(6):
        high = np.minimum(attack.high, np.array(attack.low) + chance.integers(3, 60, size))
        for one in (fits(chance.normal(size=size), attack.low, bound) for bound in (attack.high, np.where(chance.random(size) < 0.2, attack.high, np.maximum(high, attack.low)))):
            for each in hidden if one is not None else ():
                values[each].add(int(one[each]))
    weak = []
    for one, name in hidden.items():
        if len(values[one]) < enough and _possible(fits, attack, one, values[one], enough) < enough:
            weak.append((*name, len(values[one])))
    return weak


def _possible(fits, attack: Attack, one: int, values: set[int], enough: int) -> int:
    """How many values an unknown can have, up to those that are enough: its least, its most, and those between."""
    toward = np.zeros(len(attack.low))
    for sign in (1, -1):
        toward[one] = sign
        found = fits(toward, attack.low, attack.high)
        assert found is not None, "what is shown cannot be true"
        values.add(int(found[one]))
    for value in range(min(values) + 1, max(values)):
        if len(values) >= enough:
            break
        low, high = list(attack.low), list(attack.high)
        low[one] = high[one] = value
        if fits(0 * toward, low, high) is not None:
            values.add(value)
    return len(values)
