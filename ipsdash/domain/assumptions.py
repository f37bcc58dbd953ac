"""The values of the model at a date, with what a reader has set instead: a scenario.

A scenario is what it changes, assumption -> number or name of an option; everything else is as in the table. A fact that
a reader sets is held: it is not drawn, for the doubt about it is then the reader's own.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ipsdash.domain.provenance import united
from ipsdash.domain.spans import is_by
from ipsdash.tables.assumptions import refusal
from ipsdash.tables.columns import OPTIONS
from ipsdash.tables.spreads import spread

Changed = Mapping[str, float | str]
# Facts of the model that depend on the target group: the id ends with the group.
OF_GROUP = ("treated", "in_work")
FLOW = ("treated", "in_work", "want_work", "want_base", "local_deviation", "fill", "staffing", "stay")
# Of whom the share who want work is: drawn with equal weight unless one is held.
WANT_BASE, BOTH_BASES, BASE_ALL, BASE_OUT_OF_WORK = "want_base", "both", "all", "out_of_work"
CHOICES = ("target_group", "served_share", "weights", "caseload")
# METHOD section 3: 10,000 draws with a fixed seed.
DRAWS, SEED = 10_000, 2019


def assumed(assumptions: pd.DataFrame, date: str, changed: Changed) -> pd.DataFrame:
    """One row is an assumption at a date: the columns of the table but `value` and `option` as the scenario sets them, and
    `held`, whether the scenario sets it; indexed by assumption.

    The newest value that is valid at the date counts, else the oldest. Raises KeyError for a change of what is no
    assumption, ValueError for an option that is not one or a number that cannot be chosen.
    """
    best: dict[str, tuple[bool, str, int]] = {}
    for place, (name, since) in enumerate(zip(assumptions["assumption"], assumptions["valid_from"])):
        by = is_by(since, date)
        # Of those that are not valid yet, the oldest.
        before = best.get(name)
        if before is None or (by and (not before[0] or since >= before[1])) or (not by and not before[0] and since < before[1]):
            best[name] = (by, since, place)
    rows = assumptions.iloc[sorted(place for *_, place in best.values())].set_index("assumption")
    rows = rows.assign(held=rows.index.isin(list(changed)))
    for name, given in changed.items():
        problem = refusal(rows.loc[name], name, given)
        if problem:
            raise ValueError(f"{name}: {given} ({problem})")
        rows.loc[name, "option" if name in OPTIONS else "value"] = given
    return rows


def group(rows: pd.DataFrame) -> str:
    """The target group: narrow, official or broad."""
    return rows.at["target_group", "option"]


def id_of(rows: pd.DataFrame, name: str) -> str:
    """The id of a fact of the flow: of the two that depend on the target group, that of the chosen group."""
    return f"{name}_{group(rows)}" if name in OF_GROUP else name


def value(rows: pd.DataFrame, name: str) -> float:
    """The point value of a fact or choice, for the chosen target group."""
    return float(rows.at[id_of(rows, name), "value"])


def drawn(rows: pd.DataFrame, name: str, draws: int = DRAWS, of: str = "") -> np.ndarray:
    """Draws of a fact, shape (draws,); all alike when a reader holds it or it has no spread.

    Each fact has a stream of its own, and so has each catchment (`of`) for what differs between them: holding one fact
    leaves the draws of all others as they were, and the order of sites changes nothing.
    """
    row = rows.loc[id_of(rows, name)]
    found = None if row["held"] or not isinstance(row["spread"], str) else spread(row["spread"])
    if found is None:
        return np.full(draws, float(row["value"]))
    stream = np.random.default_rng([SEED, *name.encode(), 0, *of.encode()])
    if found.family == "beta":
        return stream.beta(found.first, found.second, draws)
    return found.first * np.exp(found.second * stream.standard_normal(draws))


def base_all(rows: pd.DataFrame, draws: int = 0) -> float | np.ndarray:
    """1 where the share who want work is read as of all, 0 where it is of those out of work: shape (draws,), or without
    draws one number, 0 where both are drawn (the worked example of the method page holds it there)."""
    option = rows.at[WANT_BASE, "option"]
    if option != BOTH_BASES or not draws:
        held = float(option == BASE_ALL)
        return np.full(draws, held) if draws else held
    return (np.random.default_rng([SEED, *WANT_BASE.encode(), 0]).random(draws) < 0.5).astype(float)


def provenance_of(rows: pd.DataFrame, names: tuple[str, ...] = (*FLOW, *CHOICES)) -> str:
    """The sources of the values that make a need, each once."""
    return united(rows.loc[[id_of(rows, name) for name in names], "source"])


def preset(scenarios: pd.DataFrame, scenario: str) -> dict[str, float | str]:
    """What a ready-made scenario changes. Empty for one that there is none of."""
    mine = scenarios[scenarios["scenario"] == scenario]
    return {
        row["assumption"]: row["option"] if row["assumption"] in OPTIONS else float(row["value"]) for _, row in mine.iterrows()
    }


def different(rows: pd.DataFrame, changed: Changed) -> dict[str, float | str]:
    """What of a scenario is not as in the table: a choice set to its default is no change; a fact that is a number is, since
    it is then held."""
    basis, values, options = (rows[column].to_dict() for column in ("basis", "value", "option"))
    return {
        name: given for name, given in changed.items()
        if (given != options[name] if name in OPTIONS else basis[name] == "fact" or given != values[name])
    }  # fmt: skip


