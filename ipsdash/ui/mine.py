"""Scenarios of the reader's own, kept in the link: "Vårt forslag~served_share=0.5|Et annet~stay=1.2"."""

from collections.abc import Collection
from functools import partial

import pandas as pd

from ipsdash.tables.columns import OPTIONS
from ipsdash.tables.faults import Fault
from ipsdash.tables.plain_text import plain_text
from ipsdash.tables.scenarios import FORBIDDEN, MOST, NAME, Own, changed_faults, name_fault
from ipsdash.ui import link
from ipsdash.ui import plain_streamlit as st

KEY = "mine"
_FAULTS = "mine_faults"
# Between scenarios, and between a scenario's name and each of its changes.
BETWEEN, WITHIN = FORBIDDEN[0], FORBIDDEN[1]

# Scenarios of a link that are read, changes of each, and characters of each part: more is nonsense, and takes seconds to find wrong.
MOST_READ, MOST_CHANGES, LONGEST_PART = 2 * MOST, 60, 100


def own(plain: pd.DataFrame, taken: Collection[str] = ()) -> list[Own]:
    """The reader's own scenarios, in the link as text. What there is wrong with them is kept (`faults`), and they are left out."""
    found, problems = read(link.settle_text(KEY, lambda given: given, ""), plain, taken)
    st.session_state[_FAULTS] = problems
    return found


def faults() -> tuple[Fault, ...]:
    """What is wrong with the scenarios in the link, as `own` found it last."""
    return tuple(st.session_state.get(_FAULTS, ()))


def keep(scenarios: list[Own]) -> None:
    """Sets the reader's own scenarios."""
    link.keep(KEY, written(scenarios))


def read(text: str, plain: pd.DataFrame, taken: Collection[str] = ()) -> tuple[list[Own], list[Fault]]:
    """Scenarios from the text of a link. Faults have the file "link". taken: names that others have."""
    found, problems = [], []
    entries = list(filter(None, text.split(BETWEEN)))
    if len(entries) > MOST_READ:
        problems.append(Fault("link", MOST_READ + 1, NAME, None, "too_many_scenarios", "remove_scenarios", {"found": len(entries), "most": MOST}))
    for number, entry in enumerate(entries[:MOST_READ], 1):
        name, *parts = (plain_text(part, LONGEST_PART) for part in entry.split(WITHIN, MOST_CHANGES + 1)[: MOST_CHANGES + 1])
        pairs = {key: _number(given) if key not in OPTIONS else given for key, _, given in (part.partition("=") for part in parts)}
        wrong = [fault for fault in (name_fault(name, "link", number, taken),) if fault]
        wrong += changed_faults(pairs, "link", partial(_same, number), plain)
        wrong += [Fault("link", number, NAME, name, "scenario_twice", "rename_scenario", {"earlier": 1})] if name in [one.name for one in found] else []
        wrong += [Fault("link", number, NAME, name, "too_many_scenarios", "remove_scenarios", {"found": number, "most": MOST})] if len(found) >= MOST else []
        problems += wrong
        if not wrong:
            found.append(Own(name, pairs))
    return found, problems


def _same(number: int, _: str) -> int:
    """In a link all keys of a scenario stand in one place."""
    return number


def written(scenarios: list[Own]) -> str:
    """Scenarios as the text of a link."""
    return BETWEEN.join(WITHIN.join([one.name, *(f"{key}={_plain(given)}" for key, given in one.changed.items())]) for one in scenarios)


def _plain(given: float | str) -> str:
    """A value as it stands in a link, exactly: 0.6, 1, broad."""
    return given if isinstance(given, str) else f"{given:.15g}"


def _number(given: str) -> float | str:
    try:
        return float(given)
    except ValueError:
        return given
