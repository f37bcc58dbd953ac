"""The gate for numbers of people (METHOD section 7): what leaves it is safe to show in every form.

`release` decides what is shown, given what earlier editions showed; `pattern` is what an edition keeps of the decision;
`release_by` follows a kept pattern without solving anything. All that is shown elsewhere (rates, means, numbers per post) is
made of the numbers that are shown here, so it tells nothing more. `closed_cases` is never shown (see `cells`).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from ipsdash.domain.cells import CELL, CLOSED, HIDDEN, MEASURES, OUTCOMES, Limits, cells, limits, means
from ipsdash.domain.suppression import states
from ipsdash.tables.load import Tables

NOTES = ("note_nb", "note_en")
# What patterns say of a hidden number. Those of older versions told small numbers from others.
SMALL = "small"
IN_PATTERNS = (HIDDEN, SMALL, "protected")


def release(
    tables: Tables,
    earlier: Sequence[tuple[Tables, pd.DataFrame]] = (),
    seed: int = 0,
    rules: Limits | None = None,
) -> Tables:
    """The tables as they may be shown: `outcomes` is filled, and in `service` every number that is not shown is empty.

    outcomes: one row is a number of a site or region in a quarter or year: OUTCOMES; level: site or region; value: NaN unless
    state is shown; state: shown, hidden, missing or unknown; bound: at_least where a site or a
    quarter is lacking in a sum. service: its columns and `hidden`, "served working".
    earlier: the tables of earlier editions as reported, and the pattern each was released with, the oldest first.
    seed: a secret that decides among numbers that cost about the same to hide; the same seed gives the same release.
    rules: the limits that hold instead of those in the tables' assumptions.
    """
    if tables.service.empty:
        return _released(tables, _none())
    rules = rules or limits(tables)
    found = cells(tables, rules)
    before = [_followed(cells(past), kept, limits(past)) for past, kept in earlier if not past.service.empty]
    return _released(tables, found.assign(state=states([*before, found], rules, seed)), rules)


def pattern(outcomes: pd.DataFrame) -> pd.DataFrame:
    """One row is a number that is hidden: level, place, period, measure, state (hidden)."""
    return outcomes.loc[outcomes["state"] == HIDDEN, [*CELL, "state"]].reset_index(drop=True)


def release_by(tables: Tables, pattern: pd.DataFrame) -> Tables:
    """The tables as `release` gave them when it left this pattern. What the primary rules hide is hidden without it too."""
    if tables.service.empty:
        return _released(tables, _none())
    rules = limits(tables)
    return _released(tables, _followed(cells(tables, rules), pattern, rules), rules)


def _none() -> pd.DataFrame:
    return pd.DataFrame(columns=OUTCOMES)


def _followed(found: pd.DataFrame, kept: pd.DataFrame, rules: Limits) -> pd.DataFrame:
    """The cells with those of a pattern hidden too. A pattern of older versions says "small" where readers were told that
    a number is small: then least and most are what they were told."""
    wanted = dict(zip(kept[CELL].itertuples(index=False, name=None), kept["state"]))
    keys = found[CELL].itertuples(index=False, name=None)
    state = pd.Series([wanted.get(key) for key in keys], index=found.index, dtype=object)
    hidden = state.isin(IN_PATTERNS) & found["value"].notna()
    small = (state == SMALL) & found["value"].between(1, rules.small - 1)
    return found.assign(
        state=found["state"].mask(hidden, HIDDEN),
        least=found["least"].mask(small, 1),
        most=found["most"].mask(small, rules.small - 1),
    )


def _released(tables: Tables, found: pd.DataFrame, rules: Limits | None = None) -> Tables:
    if rules is None:
        return replace(tables, outcomes=found, service=tables.service.assign(hidden=pd.Series(dtype="str")))
    found = found.assign(state=means(found, rules))
    outcomes = found.assign(value=found["value"].where(found["state"] == "shown"))
    outcomes = outcomes.loc[outcomes["measure"] != CLOSED, OUTCOMES].reset_index(drop=True)
    return replace(tables, outcomes=outcomes, service=_blanked(tables.service, found))


def _blanked(service: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The table `service` with what is not shown emptied and named in `hidden`."""
    leaves = found[(found["level"] == "site") & (found["period"] != found["year"])]
    shown, hidden = {}, [[] for _ in range(len(service))]
    for measure in (*MEASURES, CLOSED):
        state = leaves.loc[leaves["measure"] == measure, "state"].to_numpy()
        shown[measure] = service[measure].astype(float).where(state == "shown")
        for row in np.flatnonzero(state == HIDDEN):
            hidden[row].append(measure)
    # A note may say in words what the number would have.
    open_rows = pd.Series([not names for names in hidden], index=service.index)
    shown |= {note: service[note].where(open_rows) for note in NOTES}
    # Closed cases are never shown: that they need not be protected is not told either.
    for names, value in zip(hidden, service[CLOSED]):
        if not np.isnan(value) and CLOSED not in names:
            names.append(CLOSED)
    return service.assign(**shown, hidden=pd.Series([" ".join(names) for names in hidden], index=service.index, dtype="str"))
