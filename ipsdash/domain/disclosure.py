"""The gate for numbers of people (METHOD section 7): what leaves it is safe to show in every form.

`release` decides what is shown, given what earlier editions showed; `pattern` is what an edition keeps of the decision;
`release_by` follows a kept pattern without solving anything. All that is shown elsewhere (rates, means, numbers per post) is
made of the numbers that are shown here, so it tells nothing more. `closed_cases` is never shown (see `cells`).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from ipsdash.domain.cells import CELL, HIDDEN, MEASURES, OUTCOMES, cells, limits, means
from ipsdash.domain.suppression import states
from ipsdash.tables.load import Tables

NEVER, NOTES = "closed_cases", ("note_nb", "note_en")


def release(tables: Tables, earlier: Sequence[tuple[Tables, pd.DataFrame]] = (), seed: int = 0) -> Tables:
    """The tables as they may be shown: `outcomes` is filled, and in `service` every number that is not shown is empty.

    outcomes: one row is a number of a site or region in a quarter or year: OUTCOMES; level: site or region; value: NaN unless
    state is shown; state: shown, small (1 to 4), protected (hidden), missing or unknown; bound: at_least where a site or a
    quarter is lacking in a sum. service: its columns and `hidden`, "served:small working:protected".
    earlier: the tables of earlier editions as reported, and the pattern each was released with, the oldest first.
    """
    if tables.service.empty:
        return _released(tables, _none())
    found = cells(tables)
    before = [_followed(cells(past), kept) for past, kept in earlier if not past.service.empty]
    return _released(tables, found.assign(state=states([*before, found], limits(tables).possible)))


def pattern(outcomes: pd.DataFrame) -> pd.DataFrame:
    """One row is a number that is hidden: level, place, period, measure, state (small or protected)."""
    return outcomes.loc[outcomes["state"].isin(HIDDEN), [*CELL, "state"]].reset_index(drop=True)


def release_by(tables: Tables, pattern: pd.DataFrame) -> Tables:
    """The tables as `release` gave them when it left this pattern. What the primary rules hide is hidden without it too."""
    return _released(tables, _none() if tables.service.empty else _followed(cells(tables), pattern))


def _none() -> pd.DataFrame:
    return pd.DataFrame(columns=OUTCOMES)


def _followed(found: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    """The cells with the states of a pattern, where they tell less than the primary rules."""
    hidden = kept[kept["state"].isin(HIDDEN)]
    wanted = dict(zip(hidden[CELL].itertuples(index=False, name=None), hidden["state"]))
    other = pd.Series([wanted.get(cell) for cell in found[CELL].itertuples(index=False, name=None)], index=found.index, dtype=object)
    # "small" of a number that is not small would be untrue.
    less = (other == "protected") | ((other == "small") & (found["state"] == "shown"))
    return found.assign(state=found["state"].mask(found["value"].notna() & less, "protected"))


def _released(tables: Tables, found: pd.DataFrame) -> Tables:
    if tables.service.empty:
        return replace(tables, outcomes=found, service=tables.service.assign(hidden=pd.Series(dtype="str")))
    found = found.assign(state=means(found, limits(tables)))
    outcomes = found.assign(value=found["value"].where(found["state"] == "shown"))[OUTCOMES]
    return replace(tables, outcomes=outcomes, service=_blanked(tables.service, found))


def _blanked(service: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The table `service` with what is not shown emptied and named in `hidden`."""
    leaves = found[(found["level"] == "site") & (found["period"] != found["year"])]
    shown, hidden = {NEVER: np.nan}, [[] for _ in range(len(service))]
    for measure in MEASURES:
        state = leaves.loc[leaves["measure"] == measure, "state"].to_numpy()
        shown[measure] = service[measure].astype(float).where(state == "shown")
        for row in np.flatnonzero(np.isin(state.astype(str), HIDDEN)):
            hidden[row].append(f"{measure}:{state[row]}")
    # A note may say in words what the number would have.
    open_rows = pd.Series([not names for names in hidden], index=service.index)
    shown |= {note: service[note].where(open_rows) for note in NOTES}
    for row in np.flatnonzero(service[NEVER].notna()):
        hidden[row].append(f"{NEVER}:protected")
    return service.assign(**shown, hidden=pd.Series([" ".join(names) for names in hidden], index=service.index, dtype="str"))
