"""The scenario a reader looks at: a ready-made one or their own, and what they change of it. All of it is in the link."""

from collections.abc import Iterable
from html import escape

import pandas as pd
import streamlit as st

from ipsdash.domain.assumptions import CHOICES, OF_GROUP, assumed, different, preset
from ipsdash.figures.chart import Column, Table
from ipsdash.tables.assumptions import refusal
from ipsdash.tables.columns import OPTIONS
from ipsdash.tables.faults import Fault
from ipsdash.tables.scenarios import FORBIDDEN, MOST, NAME, Own, changed_faults, name_fault
from ipsdash.text.credits import references
from ipsdash.text.values import preset_names, title, value
from ipsdash.ui import controls, faults, link, show
from ipsdash.ui.reader import Reader

STANDARD, MINE = "standard", "mine"
# In the link: scenarios of one's own, a name and then what it changes.
BETWEEN, WITHIN = FORBIDDEN[0], FORBIDDEN[1]
FACTS = ("treated_narrow", "treated_official", "treated_broad", "in_work_narrow", "in_work_official", "in_work_broad", "want_work", "fill", "staffing", "stay")
KEYS = (*CHOICES, *FACTS)
# The scenario that was looked at in the run before this one.
_BEFORE = "scenario_before"


def chosen(me: Reader) -> dict[str, float | str]:
    """Draws the scenario and what can be changed of it, and gives what it changes of the table."""
    plain = plain_values(me)
    with st.container(horizontal=True, vertical_alignment="bottom", key="scenario-choices"):
        base = _base(me, plain)
        given = {name: _control(me, plain.loc[name], name, base) for name in CHOICES}
    group = given["target_group"]
    with st.expander(me.words("scenario.facts_heading"), key="scenario-facts"):
        given |= {name: _fact(me, plain.loc[name], name, base) for name in FACTS if _of(name, group)}
        _others(me, plain)
    _refusals(me, plain)
    return settled(plain, base, given)


def plain_values(me: Reader) -> pd.DataFrame:
    """The assumptions of the reader's date, before any scenario changes them."""
    return me.once(assumed, me.tables.assumptions, me.date, {})


def settled(plain: pd.DataFrame, base: dict[str, float | str], given: dict[str, float | str]) -> dict[str, float | str]:
    """What a scenario changes: of a base, what the controls have not set otherwise. A fact at its value in the table is held
    only where the base holds it there."""
    kept = {name: one for name, one in base.items() if name not in given}
    for name, one in given.items():
        fact = plain.at[name, "basis"] == "fact"
        if fact and one == plain.at[name, "value"] and base.get(name) != one:
            continue
        kept[name] = one
    return different(plain, kept)


def _of(name: str, group: str) -> bool:
    """Whether a fact is about the chosen target group, or about all."""
    return not name.startswith(OF_GROUP) or name.endswith(f"_{group}")


def names(me: Reader) -> dict[str, str]:
    """What can be looked at: ready-made scenarios and the reader's own, by id."""
    ready = preset_names(me.words, me.tables.scenarios) or {STANDARD: me.words("scenario.standard")}
    return ready | {f"{MINE}:{one.name}": one.name for one in own(me)}


def changes(me: Reader, scenario: str) -> dict[str, float | str]:
    """What a scenario of `names` changes, before the reader changes it further."""
    mine = {f"{MINE}:{one.name}": one.changed for one in own(me)}
    return dict(mine[scenario]) if scenario in mine else preset(me.tables.scenarios, scenario)


def default(me: Reader) -> str:
    """The scenario that changes nothing, or the first."""
    plain, found = plain_values(me), names(me)
    return next((one for one in found if not different(plain, changes(me, one))), next(iter(found)))


def _base(me: Reader, plain: pd.DataFrame) -> dict[str, float | str]:
    """Draws the choice of a scenario. Another scenario begins without what was changed of the one before."""
    found = names(me)
    scenario = controls.scenario(me.words, found, default(me))
    if st.session_state.get(_BEFORE, scenario) != scenario:
        link.forget(KEYS)
    st.session_state[_BEFORE] = scenario
    return changes(me, scenario)


def _control(me: Reader, row: pd.Series, name: str, base: dict[str, float | str]) -> float | str:
    """Draws a choice: buttons for names, a slider for numbers."""
    label = title(me.words, row)
    if name in OPTIONS:
        return controls.buttons(label, name, OPTIONS[name], base.get(name, row["option"]), lambda one: value(me.words, name, one))
    return _slider(me, row, name, base, label)


def _slider(me: Reader, row: pd.Series, name: str, base: dict[str, float | str], label: str) -> float:
    start = base.get(name, row["value"])
    options = _steps(row, (start, st.session_state.get(name), _asked(row, name)))
    return controls.slider(label, name, options, start, lambda one: value(me.words, name, one))


def _asked(row: pd.Series, name: str) -> float | None:
    """The number that the link asks for, if a reader may choose it."""
    try:
        number = float(st.query_params.get(name, ""))
    except ValueError:
        return None
    return number if refusal(row, name, number) is None else None


def _steps(row: pd.Series, further: Iterable[float | None]) -> list[float]:
    """What a slider stops at: the steps from the least to the most, and what has been chosen between them."""
    count = round((row["most"] - row["least"]) / row["step"])
    even = {round(row["least"] + place * row["step"], 6) for place in range(count + 1)}
    return sorted(even | {float(one) for one in further if one is not None})


def _fact(me: Reader, row: pd.Series, name: str, base: dict[str, float | str]) -> float:
    """Draws a fact: a slider, and beside it its range, its source, and whether it is judgement."""
    left, right = st.columns([2, 3], gap="medium", vertical_alignment="center")
    with left:
        given = _slider(me, row, name, base, title(me.words, row))
    with right:
        held = given != row["value"] or name in base
        st.html(f'<p class="ips-note">{escape(_about(me, row, name))}{_marks(me, row, held)}</p>')
    return given


def _about(me: Reader, row: pd.Series, name: str) -> str:
    words = me.words
    ends = {"low": value(words, name, row["low"]), "high": value(words, name, row["high"])} if pd.notna(row["low"]) else {}
    ranged = words("scenario.range", value=value(words, name, row["value"]), **ends) if ends else ""
    note = row[f"note_{words.lang}"]
    parts = [row[f"meaning_{words.lang}"] + ".", ranged, words("scenario.source", source=references(words, me.tables.sources, row["source"])), note]
    return " ".join(part for part in parts if isinstance(part, str) and part)


def _marks(me: Reader, row: pd.Series, held: bool) -> str:
    """Marks behind a fact: judgement, and that its doubt is not counted while a reader holds it."""
    said = [me.words("scenario.judgement")] if "judgement" in row["source"].split() else []
    said += [me.words("scenario.doubt_out")] if held else []
    return "".join(f' <span class="ips-badge">{escape(one)}</span>' for one in said)


def _others(me: Reader, plain: pd.DataFrame) -> None:
    """What is the same for every reader: the values that cannot be chosen."""
    words = me.words
    rows = plain[(plain["unit"] != "option") & plain["least"].isna()]
    frame = pd.DataFrame({
        "assumption": [title(words, row) for _, row in rows.iterrows()], "meaning": rows[f"meaning_{words.lang}"],
        "value": [value(words, name, row["value"]) for name, row in rows.iterrows()],
        "range": [words("scenario.ends", low=value(words, name, row["low"]), high=value(words, name, row["high"])) if pd.notna(row["low"]) else ""
                  for name, row in rows.iterrows()],
        "basis": [words(f"basis.{basis}") for basis in rows["basis"]],
        "source": [references(words, me.tables.sources, source) for source in rows["source"]],
    })  # fmt: skip
    show.note(words("scenario.others"))
    show.table(me, Table(frame, tuple(Column(name, words(f"heading.{name}")) for name in frame)))


def _refusals(me: Reader, plain: pd.DataFrame) -> None:
    """What the link named and could not have, each in a sentence; everything else stands."""
    words = me.words
    for key, asked in link.refused(("scenario", *KEYS)).items():
        if key == "scenario" or key in OPTIONS:
            st.warning(words("scenario.refused", key=key, asked=asked, allowed=", ".join(names(me) if key == "scenario" else OPTIONS[key])))
        else:
            low, high = (value(words, key, plain.at[key, end]) for end in ("least", "most"))
            st.warning(words("scenario.refused_number", name=title(words, plain.loc[key]), asked=asked, low=low, high=high))
    problems = st.session_state.get(f"{MINE}_faults", ())
    if problems:
        st.warning(words("scenario.refused_mine"))
        faults.listed(words, tuple(problems))


def refused(me: Reader, *keys: str) -> None:
    """What the link asked for of other choices and could not have."""
    for key, asked in link.refused(keys).items():
        st.warning(me.words("scenario.refused_plain", key=key, asked=asked))


def own(me: Reader) -> list[Own]:
    """The reader's own scenarios, in the link as text. What there is wrong with them is kept, and they are left out."""
    plain = plain_values(me)
    text = link.settle_text(MINE, lambda given: given, "")
    found, problems = read(text, plain)
    st.session_state[f"{MINE}_faults"] = problems
    return found


def keep(scenarios: list[Own]) -> None:
    """Sets the reader's own scenarios."""
    link.keep(MINE, written(scenarios))


def read(text: str, plain: pd.DataFrame) -> tuple[list[Own], list[Fault]]:
    """Scenarios from the text of a link: "Vårt forslag~served_share=0.5|Et annet~stay=1.2". Faults have the file "link"."""
    found, problems = [], []
    for number, entry in enumerate(filter(None, text.split(BETWEEN)), 1):
        name, *parts = entry.split(WITHIN)
        pairs = {key: _number(given) if key not in OPTIONS else given for key, _, given in (part.partition("=") for part in parts)}
        wrong = [fault for fault in (name_fault(name, "link", number),) if fault]
        wrong += changed_faults(pairs, "link", number, plain)
        wrong += [Fault("link", number, NAME, name, "scenario_twice", "rename_scenario", {"earlier": 1})] if name in [one.name for one in found] else []
        wrong += [Fault("link", number, NAME, name, "too_many_scenarios", "remove_scenarios", {"found": number, "most": MOST})] if len(found) >= MOST else []
        problems += wrong
        if not wrong:
            found.append(Own(name, pairs))
    return found, problems


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
