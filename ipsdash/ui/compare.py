"""Scenarios side by side, and the reader's own: named, kept in the link, taken away as a file and loaded again."""

import pandas as pd

from ipsdash.domain.effects import effects as effects_of
from ipsdash.export.scenarios import toml
from ipsdash.figures.scenarios import Side
from ipsdash.tables.scenarios import MOST, Own, name_fault, read_scenarios
from ipsdash.text.faults import lines
from ipsdash.ui import controls, faults, link, mine, needs, scenario, show
from ipsdash.ui import plain_streamlit as st
from ipsdash.ui.reader import Reader
from ipsdash.ui.upload import text_file

# Faults of a file; scenarios that came from one and are not in the comparison yet; those that were kept just now.
_UPLOADED, _ADDED, _DONE = "uploaded_faults", "own_added", "own_done"


def sides(me: Reader, changed: dict[str, float | str]) -> list[Side]:
    """Draws the choice of scenarios to stand beside each other, and gives them; what the reader has changed at the top of
    the page and not yet named stands first."""
    names = scenario.names(me)
    # Before the control is drawn: Streamlit lets nobody change its value after.
    _beside(me, st.session_state.pop(_ADDED, []))
    ids = controls.compared(me.words, names, list(names)[:controls.MOST_SIDES], controls.MOST_SIDES)
    found = [_side(me, names[one], scenario.changes(me, one)) for one in names if one in ids]
    if _unnamed(me, changed):
        found = [_side(me, me.words("scenario.current"), changed), *found]
    if len(found) > controls.MOST_SIDES:
        st.info(me.words("scenario.left_out", most=controls.MOST_SIDES, names=me.words.listed(one.name for one in found[controls.MOST_SIDES:])))
    return found[:controls.MOST_SIDES]


def _unnamed(me: Reader, changed: dict[str, float | str]) -> bool:
    """Whether what stands at the top of the page is none of the scenarios that have a name."""
    plain = me.assumed
    return all(changed != scenario.settled(plain, scenario.changes(me, one), {}) for one in scenario.names(me))


def _side(me: Reader, name: str, changed: dict[str, float | str]) -> Side:
    possible = needs.possible(me, scenario.settled(me.assumed, changed, {}))
    return Side(name, possible, needs.left(me, possible))


def explained(me: Reader, found: list[Side], changed: dict[str, float | str]) -> tuple[Side, Side]:
    """The scenario at the top of the page, and the one without changes, which all are held against."""
    names = scenario.names(me)
    now = next((one for one in found if one.changed == changed), None)
    chosen = names.get(st.session_state["scenario"], "")
    side = now or _side(me, chosen if not _unnamed(me, changed) else me.words("scenario.current"), changed)
    plain = scenario.default(me)
    return side, _side(me, names[plain], scenario.changes(me, plain))


def effects(me: Reader, side: Side) -> pd.DataFrame:
    """What each change of a scenario does to the need of the region."""
    return me.once(effects_of, me.tables, me.date, {}, side.changed)


def own_scenarios(me: Reader, changed: dict[str, float | str]) -> None:
    """Draws how to name what is chosen now, to take scenarios away, and to load them again."""
    words, own = me.words, mine.own(me.assumed, scenario.taken(me))
    show.note(words("scenario.own_lead", most=MOST))
    show.long_link(words)
    left, right = st.columns(2, gap="large")
    with left:
        name = st.text_input(words("scenario.name"), key="own_name", max_chars=40)
        st.button(words("scenario.save"), on_click=_save, args=(me, changed), disabled=len(own) >= MOST, key="own-save")
        problem = name_fault(name, "", None, scenario.taken(me)) if name else None
        if problem:
            st.warning(lines(words, [problem])[0][-1])
        for one in own:
            st.button(words("scenario.remove", name=one.name), on_click=mine.keep, args=([other for other in own if other != one],), key=f"own-remove-{one.name}")
    with right:
        _file(me, own, changed)
    if st.session_state.get(_DONE):
        st.success(words("scenario.kept", names=words.listed(st.session_state.pop(_DONE))))
    if st.session_state.get(_UPLOADED):
        st.warning(words("scenario.file_refused"))
        faults.listed(words, tuple(st.session_state[_UPLOADED]))


def _save(me: Reader, changed: dict[str, float | str]) -> None:
    """What is chosen now becomes a scenario of the reader's own, and is chosen."""
    name = st.session_state["own_name"].strip()
    if name_fault(name, "", None, scenario.taken(me)):
        return
    mine.keep([*(one for one in mine.own(me.assumed, scenario.taken(me)) if one.name != name), Own(name, changed)])
    link.keep("scenario", scenario.own_id(name))
    _beside(me, [name])
    st.session_state["own_name"] = ""


def _beside(me: Reader, added: list[str]) -> None:
    """Scenarios that are new stand in the comparison, in place of its last ones where it is full, and that is said."""
    if not added:
        return
    ids = [scenario.own_id(name) for name in added]
    before = [one for one in link.chosen("compare") or list(scenario.ready(me)) if one not in ids]
    link.keep("compare", [*before[: max(0, controls.MOST_SIDES - len(ids))], *ids][:controls.MOST_SIDES])
    st.session_state[_DONE] = added


def _file(me: Reader, own: list[Own], changed: dict[str, float | str]) -> None:
    """The reader's own scenarios as a file, or else what is chosen now; and the field to load them."""
    words = me.words
    taken = {one.name: one.changed for one in own} or {words("scenario.current"): changed}
    st.download_button(
        words("scenario.download"), lambda: toml(taken, words("scenario.file_about")), "scenarios.toml", "application/toml", key="own-toml", on_click="ignore"
    )
    given = text_file(words("scenario.load"), words("scenario.too_large"), ".toml", "own-file")
    if given:
        found, problems = read_scenarios(given[1].encode(), given[0], me.assumed, scenario.taken(me))
        st.session_state[_UPLOADED] = problems
        if not problems:
            names = [one.name for one in found]
            mine.keep([*(one for one in own if one.name not in names), *found][-MOST:])
            st.session_state[_ADDED] = names
            st.rerun()
