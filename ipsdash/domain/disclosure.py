"""The gate for numbers of people (METHOD section 7): what leaves it is safe to show in every form.

`release` decides what is shown, given what earlier editions showed; `pattern` is what an edition keeps of the decision;
`release_by` follows a kept pattern without solving anything. All that is shown elsewhere (rates, means, numbers per post) is
made of the numbers that are shown here, so it tells nothing more. `closed_cases` is never shown (see `cells`). Sums of those who
came to sites and left are made of what is shown, as lower bounds: no sum with a hidden part leaves.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from ipsdash.domain.cells import CELL, CLOSED, HIDDEN, MEAN, MEASURES, MOVES, OUTCOMES, Limits, cells, limits, means, moves
from ipsdash.domain.suppression import states
from ipsdash.tables.load import Tables

SITE, NOTES = "site", ("note_nb", "note_en")
# What patterns say of a hidden number. Those of older versions told small numbers from others.
SMALL = "small"
IN_PATTERNS = (HIDDEN, SMALL, "protected")


def release(
    tables: Tables,
    earlier: Sequence[tuple[Tables, pd.DataFrame]] = (),
    seed: int = 0,
    rules: Limits | None = None,
) -> Tables:
    """The tables as they may be shown: `outcomes` is filled, and in `service` and `staffing` every number that is not shown is
    empty.

    outcomes: one row is a number of a site or region in a quarter or year: OUTCOMES; level: site or region; value: NaN unless
    state is shown; state: shown, hidden, missing or unknown; bound: at_least where a site or a quarter is lacking in a sum.
    service, staffing: their columns and `hidden`, the names of the columns whose number is not shown: "served working".
    earlier: the tables of earlier editions as reported, and the pattern each was released with, the oldest first.
    seed: a secret that decides among numbers that cost about the same to hide; the same seed gives the same release.
    rules: the limits that hold instead of those in the tables' assumptions.
    """
    if not _counts_people(tables):
        return _without_people(tables)
    rules, earlier = rules or limits(tables), [one for one in earlier if _counts_people(one[0])]
    moved = _moves(tables, [_hidden_moves(*one) for one in earlier], rules)
    if tables.service.empty:
        return _released(tables, None, moved, rules)
    found = cells(tables, rules)
    before = [_followed(cells(past), kept, limits(past)) for past, kept in earlier if len(past.service)]
    return _released(tables, found.assign(state=states([*before, found], rules, seed)), moved, rules)


def pattern(outcomes: pd.DataFrame, staffing: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row is a number that is hidden: level, place, period, measure, state (hidden). outcomes, staffing: as released."""
    kept = outcomes.loc[outcomes["state"] == HIDDEN, [*CELL, "state"]]
    if staffing is None or not len(staffing):
        return kept.reset_index(drop=True)
    rows = staffing[["site_id", "quarter", "hidden"]].itertuples(index=False, name=None)
    moved = [(SITE, site, quarter, name, HIDDEN) for site, quarter, names in rows for name in names.split()]
    return pd.concat([kept, pd.DataFrame(moved, columns=kept.columns, dtype="str")], ignore_index=True)


def release_by(tables: Tables, pattern: pd.DataFrame) -> Tables:
    """The tables as `release` gave them when it left this pattern. What the primary rules hide is hidden without it too."""
    if not _counts_people(tables):
        return _without_people(tables)
    rules = limits(tables)
    kept = set(pattern[CELL].itertuples(index=False, name=None))
    moved = _moves(tables, [kept], rules, by_value=False)
    found = None if tables.service.empty else _followed(cells(tables, rules), pattern, rules)
    return _released(tables, found, moved, rules)


def _counts_people(tables: Tables) -> bool:
    return not (tables.service.empty and tables.staffing.empty)


def _without_people(tables: Tables) -> Tables:
    empty = {name: getattr(tables, name).assign(hidden=pd.Series(dtype="str")) for name in ("service", "staffing")}
    return replace(tables, outcomes=pd.DataFrame(columns=OUTCOMES), **empty)


def _moves(tables: Tables, earlier: Sequence[set[tuple]], rules: Limits, by_value: bool = True) -> pd.DataFrame:
    """The rows of `cells.moves` with those hidden that earlier editions hid; by_value: and that have not changed since.

    Of a site's quarter either all are hidden or none: each follows from the other and the staff.
    """
    found = moves(tables, rules)
    names = [*CELL, "value"] if by_value else CELL
    before = set().union(*earlier)
    again = np.array([key in before for key in found[names].itertuples(index=False, name=None)], bool)
    hidden = (found["state"] == HIDDEN) | (again & found["value"].notna())
    beside = hidden.groupby([found["place"], found["period"]]).transform("any").astype(bool)
    return found.assign(state=found["state"].mask(beside & found["value"].notna(), HIDDEN))


def _hidden_moves(past: Tables, kept: pd.DataFrame) -> set[tuple]:
    """Who came and left in an earlier edition, hidden there: CELL and value. Editions of older versions hid none of them."""
    hidden = set(kept[CELL].itertuples(index=False, name=None))
    rows = moves(past, limits(past))[[*CELL, "value"]].itertuples(index=False, name=None)
    return {row for row in rows if row[:-1] in hidden}


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


def _released(tables: Tables, found: pd.DataFrame | None, moved: pd.DataFrame, rules: Limits) -> Tables:
    staffing = _staff(tables.staffing, moved)
    if found is None:
        return replace(_without_people(tables), staffing=staffing)
    found = found.assign(state=means(found, rules))
    outcomes = found.assign(value=found["value"].where(found["state"] == "shown"))
    outcomes = outcomes.loc[outcomes["measure"] != CLOSED, OUTCOMES].reset_index(drop=True)
    return replace(tables, outcomes=outcomes, service=_blanked(tables.service, found), staffing=staffing)


def _staff(staffing: pd.DataFrame, moved: pd.DataFrame) -> pd.DataFrame:
    """The table `staffing` with what is not shown emptied and named in `hidden`, and the notes of those rows emptied."""
    hidden = {name: (moved.loc[moved["measure"] == name, "state"] == HIDDEN).to_numpy() for name in MOVES}
    named = [" ".join(name for name in MOVES if hidden[name][row]) for row in range(len(staffing))]
    some = np.array([bool(names) for names in named], bool)
    return staffing.assign(
        **{name: staffing[name].astype(float).mask(hidden[name]) for name in MOVES},
        **{note: staffing[note].mask(some) for note in NOTES},
        hidden=pd.Series(named, index=staffing.index, dtype="str"),
    )


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
    # That the mean is not known would tell as much as that there is none.
    unknown = [
        " ".join(name for name in said.split() if name != MEAN or MEAN not in names)
        for said, names in zip(service["unknown"].fillna(""), hidden)
    ]
    return service.assign(
        **shown,
        unknown=pd.Series([said or None for said in unknown], index=service.index, dtype=service["unknown"].dtype),
        hidden=pd.Series([" ".join(names) for names in hidden], index=service.index, dtype="str"),
    )
