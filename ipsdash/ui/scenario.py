"""The scenario a reader looks at: a ready-made one or their own, and what they change of it. All of it is in the link."""

from html import escape

import numpy as np
import pandas as pd

from ipsdash.domain.assumptions import CHOICES, OF_GROUP, assumed, different, preset
from ipsdash.figures.assumptions import abouts, others_table
from ipsdash.tables.assumptions import refusal
from ipsdash.tables.columns import OPTIONS
from ipsdash.text.values import preset_names, title, value
from ipsdash.ui import controls, faults, link, mine, show
from ipsdash.ui import plain_streamlit as st
from ipsdash.ui.reader import Reader

STANDARD = "standard"
FACTS = (
    "treated_narrow", "treated_official", "treated_broad", "in_work_narrow", "in_work_official", "in_work_broad", "want_work", "want_base", "fill",
    "staffing", "stay",
)  # fmt: skip
KEYS = (*CHOICES, *FACTS)
# The scenario that was looked at in the run before this one.
_BEFORE = "scenario_before"


def chosen(me: Reader) -> dict[str, float | str]:
    """Draws the scenario and what can be changed of it, and gives what it changes of the table."""
    plain = me.assumed
    rows = me.once(_rows, plain)
    with st.container(horizontal=True, vertical_alignment="bottom", key="scenario-choices"):
        base = _base(me, plain)
        given = {name: _control(me, rows[name], name, base) for name in CHOICES}
    group = given["target_group"]
    facts = [name for name in FACTS if _of(name, group)]
    # Drawn when it is opened: on every run it would take 10 ms, and few open it.
    with st.expander(me.words("scenario.facts_heading"), key="scenario-facts", on_change="rerun") as opened:
        if opened.open:
            said = me.once(abouts, me.words, me.tables.sources, me.tables.assumptions, me.date)
            given |= {name: _fact(me, rows[name], name, base, said[name]) for name in facts}
            _others(me)
        else:
            given |= {name: _settled_closed(rows[name], name, base) for name in facts}
    _refusals(me, plain)
    return settled(plain, base, given)


def _rows(plain: pd.DataFrame) -> dict[str, dict]:
    """The assumptions by name, each with even steps from the least to the most. Plain: pandas takes ten times as long to look one up."""
    return {name: {**row, "even": _even(row)} for name, row in plain.to_dict("index").items()}


def _even(row: dict) -> list[float]:
    if not row["step"] > 0:
        return []
    return np.round(row["least"] + np.arange(round((row["most"] - row["least"]) / row["step"]) + 1) * row["step"], 6).tolist()


def settled(plain: pd.DataFrame, base: dict[str, float | str], given: dict[str, float | str]) -> dict[str, float | str]:
    """What a scenario changes: of a base, what the controls have not set otherwise. A fact at its value in the table is held
    only where the base holds it there."""
    kept = {name: one for name, one in base.items() if name not in given}
    basis, standing, options = (plain[column].to_dict() for column in ("basis", "value", "option"))
    for name, one in given.items():
        if basis[name] == "fact" and one == (options if name in OPTIONS else standing)[name] and base.get(name) != one:
            continue
        kept[name] = one
    return different(plain, kept)


def _of(name: str, group: str) -> bool:
    """Whether a fact is about the chosen target group, or about all."""
    return not name.startswith(OF_GROUP) or name.endswith(f"_{group}")


def names(me: Reader) -> dict[str, str]:
    """What can be looked at: ready-made scenarios and the reader's own, by id."""
    return ready(me) | {own_id(one.name): one.name for one in mine.own(me.assumed, taken(me))}


def ready(me: Reader) -> dict[str, str]:
    """The ready-made scenarios, by id."""
    return me.once(preset_names, me.words, me.tables.scenarios) or {STANDARD: me.words("scenario.standard")}


def name(me: Reader, changed: dict[str, float | str]) -> str:
    """What the scenario at the top of the page is called: by its name, unless the reader has changed more of it."""
    one = st.session_state["scenario"]
    return names(me)[one] if changed == settled(me.assumed, changes(me, one), {}) else me.words("scenario.current")


def taken(me: Reader) -> frozenset[str]:
    """Names that a scenario of the reader's own cannot have: the ready-made ones have them, in one language or the other."""
    rows = me.tables.scenarios
    return frozenset([*rows["name_nb"], *rows["name_en"]])


def own_id(name: str) -> str:
    """The id of a scenario of the reader's own."""
    return f"{mine.KEY}:{name}"


def changes(me: Reader, scenario: str) -> dict[str, float | str]:
    """What a scenario of `names` changes, before the reader changes it further."""
    own = {own_id(one.name): one.changed for one in mine.own(me.assumed, taken(me))}
    return dict(own[scenario]) if scenario in own else dict(me.once(preset, me.tables.scenarios, scenario))


def default(me: Reader) -> str:
    """The ready-made scenario that changes nothing, or the first."""
    return me.once(_default, me.tables.scenarios, me.tables.assumptions, me.date)


def _default(scenarios: pd.DataFrame, assumptions: pd.DataFrame, date: str) -> str:
    plain, ready = assumed(assumptions, date, {}), list(dict.fromkeys(scenarios["scenario"])) or [STANDARD]
    return next((one for one in ready if not different(plain, preset(scenarios, one))), ready[0])


def _base(me: Reader, plain: pd.DataFrame) -> dict[str, float | str]:
    """Draws the choice of a scenario. Another scenario begins without what was changed of the one before."""
    found = names(me)
    scenario = controls.scenario(me.words, found, default(me))
    if st.session_state.get(_BEFORE, scenario) != scenario:
        link.forget(KEYS)
    st.session_state[_BEFORE] = scenario
    return changes(me, scenario)


def _control(me: Reader, row: dict, name: str, base: dict[str, float | str]) -> float | str:
    """Draws a choice: buttons for names, a slider for numbers."""
    label = title(me.words, row)
    if name in OPTIONS:
        return controls.buttons(label, name, OPTIONS[name], base.get(name, row["option"]), lambda one: value(me.words, name, one))
    return _slider(me, row, name, base, label)


def _settled_closed(row: dict, name: str, base: dict[str, float | str]) -> float | str:
    """The value of a fact whose control is not drawn in this run."""
    if name in OPTIONS:
        return link.settle(name, OPTIONS[name], base.get(name, row["option"]))
    return link.settle(name, *_stops(row, name, base))


def _slider(me: Reader, row: dict, name: str, base: dict[str, float | str], label: str) -> float:
    options, start = _stops(row, name, base)
    return controls.slider(label, name, options, start, lambda one: value(me.words, name, one))


def _stops(row: dict, name: str, base: dict[str, float | str]) -> tuple[list[float], float]:
    """What a slider stops at, the steps from the least to the most and what has been chosen between them, and where it begins."""
    start = base.get(name, row["value"])
    return sorted({*row["even"], *(float(one) for one in (start, link.chosen(name), _asked(row, name)) if one is not None)}), start


def _asked(row: dict, name: str) -> float | None:
    """The number that the link asks for, if a reader may choose it."""
    try:
        number = float(st.query_params.get(name, ""))
    except ValueError:
        return None
    return number if refusal(row, name, number) is None else None


def _fact(me: Reader, row: dict, name: str, base: dict[str, float | str], about: str) -> float | str:
    """Draws a fact: a slider or, of a reading, buttons, and beside it what there is to say about it, and whether it is judgement."""
    left, right = st.columns([2, 3], gap="medium", vertical_alignment="center")
    with left:
        given = _control(me, row, name, base)
    with right:
        held = given != row["option" if name in OPTIONS else "value"] or name in base
        st.html(f'<p class="ips-note">{escape(about)}{_marks(me, row, held)}</p>')
    return given


def _marks(me: Reader, row: dict, held: bool) -> str:
    """Marks behind a fact: judgement, and that its doubt is not counted while a reader holds it."""
    said = [me.words("scenario.judgement")] if "judgement" in row["source"].split() else []
    said += [me.words("scenario.doubt_out")] if held else []
    return "".join(f' <span class="ips-badge">{escape(one)}</span>' for one in said)


def _others(me: Reader) -> None:
    """What is the same for every reader: the values that cannot be chosen."""
    show.note(me.words("scenario.others"))
    show.table(me, me.once(others_table, me.words, me.tables.sources, me.tables.assumptions, me.date))


def _refusals(me: Reader, plain: pd.DataFrame) -> None:
    """What the link named and could not have, each in a sentence; everything else stands."""
    words = me.words
    for key, (asked, _) in link.refused(("scenario", *KEYS)).items():
        if key == "scenario" or key in OPTIONS:
            st.warning(words("scenario.refused", key=title(words, plain.loc[key]) if key in OPTIONS else words("control.scenario"), asked=asked, allowed=", ".join(names(me) if key == "scenario" else OPTIONS[key])))
        else:
            low, high = (value(words, key, plain.at[key, end]) for end in ("least", "most"))
            st.warning(words("scenario.refused_number", name=title(words, plain.loc[key]), asked=asked, low=low, high=high))
    if mine.faults():
        st.warning(words("scenario.refused_mine"))
        faults.listed(words, mine.faults())


def refused(me: Reader, *keys: str) -> None:
    """What the link asked for of other choices and could not have, each in a sentence with what may be had."""
    words = me.words
    for key, (asked, options) in link.refused(keys).items():
        named = words(f"control.{key}", most=controls.MOST_SIDES) if f"control.{key}" in words.sentences else key
        numbers = [one for one in options if isinstance(one, (int, float))]
        if numbers:
            st.warning(words("scenario.refused_number", name=named, asked=asked, low=words.number(min(numbers)), high=words.number(max(numbers))))
        else:
            st.warning(words("scenario.refused_plain", key=named, asked=asked))
