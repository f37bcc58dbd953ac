"""A programme's own numbers on their way in: template, check, preview, what changes, publish, log. Nothing is shown to others before it
is published, and nothing half."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd

from ipsdash.domain.cells import MOVES
from ipsdash.domain.changes import changes, counted, leading
from ipsdash.domain.disclosure import pattern
from ipsdash.export.editions import whole_folder, whole_workbook
from ipsdash.export.release import to_fill, to_publish
from ipsdash.export.unguessable import unguessable
from ipsdash.figures.chart import Column, Table
from ipsdash.store.deliveries import Delivery
from ipsdash.store.editions import Store
from ipsdash.store.faults import Conflict, Damaged, StoreFault
from ipsdash.store.records import Content, Edition, seal
from ipsdash.store.tables import counts_people, tables_without_counts_of_people
from ipsdash.tables.columns import named
from ipsdash.tables.load import Tables
from ipsdash.tables.schemas import TABLES, key_of
from ipsdash.text.hidden import blanks_in_words
from ipsdash.text.words import Words
from ipsdash.ui import editions, faults, reader, rights, roles, show, workbook_check
from ipsdash.ui import plain_streamlit as st
from ipsdash.ui.once import once
from ipsdash.ui.reader import PREVIEW, Reader
from ipsdash.ui.rights import Standing
from ipsdash.ui.show import XLSX
from ipsdash.ui.upload import workbook

_DELIVERY, _SAID = "delivery", "publish_said"
# What there is to say of a check beside how far it is: it stands where that stands.
_CHECK_SAID = "check_said"


def panel(me: Reader) -> None:
    """Draws the whole way of a delivery."""
    words = me.words
    show.heading(words("deliver.heading"))
    show.note(words("deliver.lead"))
    _template(me)
    given = workbook(words("deliver.choose"), words("deliver.too_large"), words("deliver.reading"), "workbook")
    if given:
        _start_check(me, *given, roles.is_publisher())
    place = st.container()
    _show_result(me)
    found = st.session_state.get(_DELIVERY)
    if found and found.trusted and not roles.is_publisher():
        # It was put onto all that is published, and whoever handed it in has signed out since.
        put_away()
        _start_check(me, found.name, found.content, False)
        found = None
    if found:
        _checked(me, found)
    st.subheader(words("publish.heading"), anchor=False)
    who = roles.publisher(me)
    if who and found and not found.trusted and not workbook_check.is_running():
        # It came before its publisher had signed in: put onto all that is published now, or counts of people would be lost.
        _start_check(me, found.name, found.content, True)
    with place:
        if st.session_state.get(_CHECK_SAID):
            st.warning(st.session_state.pop(_CHECK_SAID))
        workbook_check.progress(words, partial(_end_check, words))
    if who and found and found.trusted and not found.loaded.faults:
        _publish(me, found, who)
    if st.session_state.get(_SAID):
        st.info(st.session_state.pop(_SAID))
    _log(me, who)


def _show_result(me: Reader) -> None:
    """Takes what came of a check. Where it failed, what was handed in before stays."""
    collected = workbook_check.collect(me.words)
    if collected is None:
        return
    content, outcome = collected
    if isinstance(outcome, Delivery):
        st.session_state[_DELIVERY] = outcome
        st.session_state.pop(PREVIEW, None)
        st.rerun()
    st.session_state[_CHECK_SAID] = outcome
    _forget(content)


def _end_check(words: Words) -> None:
    """Ends the check because the reader asked for it."""
    content = workbook_check.cancel()
    if content is not None:
        st.session_state[_CHECK_SAID] = words("check.cancelled")
        _forget(content)


def _forget(content: bytes) -> None:
    """Puts a delivery away that was being checked again for its publisher, or it would be at every run."""
    before = st.session_state.get(_DELIVERY)
    if before and before.content is content:
        put_away()


def _start_check(me: Reader, name: str, content: bytes, trusted: bool) -> None:
    trusted = trusted and rights.may("hand_in_onto_counts")
    said = workbook_check.start(me.words, name, content, trusted)
    if said:
        st.session_state[_CHECK_SAID] = said


def _template(me: Reader) -> None:
    """The workbook to fill in, empty or with what is published."""
    words = me.words
    newest = editions.newest()
    # Asked now: the file is made later, in a thread in which Streamlit knows no reader.
    standing = rights.standing()
    made_from = words("deliver.edition", number=newest) if newest else words("deliver.public")
    with st.container(horizontal=True, key="templates"):
        for filled, key in ((False, "deliver.template"), (True, "deliver.template_filled")):
            name = f"ips-{'tall' if words.lang == 'nb' else 'numbers'}{'-fylt' if filled else ''}-{words.lang}.xlsx"
            st.download_button(words(key), lambda filled=filled: _made(me, filled, made_from, standing), name, XLSX, key=key, on_click="ignore")


def _made(me: Reader, filled: bool, made_from: str, standing: Standing) -> bytes:
    # The template's styles take 0.02 s to import, and most readers never ask for it.
    from ipsdash.export.workbook.template import template

    newest = editions.newest() if standing.may("template_with_counts") else None
    tables = to_fill(reader.newest().tables, editions.as_delivered(newest) if newest else None)
    made = template(me.words, tables, filled, made_from)
    return unguessable(made) if newest else made


def _checked(me: Reader, one: Delivery) -> None:
    """What the check of a delivery found, and what can be done with it."""
    words, found = me.words, one.loaded
    st.subheader(words("deliver.checked", name=one.name), anchor=False)
    st.button(words("deliver.put_away"), on_click=put_away, key="put-away")
    if found.faults:
        st.error(words("deliver.faults", faults=len(found.faults)))
        faults.listed(words, found.faults)
    if found.warnings:
        st.warning(words("deliver.warnings", warnings=len(found.warnings)))
        faults.listed(words, found.warnings)
    if found.notes:
        st.info(words("deliver.notes", notes=len(found.notes)))
        faults.listed(words, found.notes)
    if found.remarks:
        _marked(me, one)
    if found.faults:
        return
    _changes(me, one)
    if st.session_state.get(PREVIEW) is not one:
        st.button(words("deliver.preview"), on_click=_preview, args=(one,), key="preview", icon=":material/visibility:")
    hidden = len(pattern(found.tables.outcomes, found.tables.staffing))
    if hidden:
        counts = len(found.tables.outcomes) + len(MOVES) * len(found.tables.staffing)
        show.message(words("deliver.hidden", hidden=hidden, counts=counts))


def _marked(me: Reader, one: Delivery) -> None:
    """The same workbook with its faulty cells marked."""
    st.download_button(me.words("deliver.marked"), workbook_check.marked(one, me.words), f"{Path(one.name).stem}-feil.xlsx" if me.words.lang == "nb" else f"{Path(one.name).stem}-faults.xlsx",
                       XLSX, key="marked", on_click="ignore")  # fmt: skip


def _preview(one: Delivery) -> None:
    st.session_state[PREVIEW] = one


def put_away() -> None:
    """Ends the preview and forgets the delivery, and ends a check of it that would bring it back."""
    st.session_state.pop(PREVIEW, None)
    found = st.session_state.pop(_DELIVERY, None)
    if found and workbook_check.is_checking(found.content):
        workbook_check.cancel()


def _compared(me: Reader, numbers: list[int]) -> None:
    """What differs between two editions; 0 stands for the public files."""
    words = me.words
    # Comparing takes time, and few look at it.
    if not st.checkbox(words("log.compare"), key="compare-shown"):
        return
    with st.container(key="compare-editions"):
        left, right = st.columns(2)
        name = {0: words("deliver.public")} | {number: words("deliver.edition", number=number) for number in numbers}
        with left:
            before = st.selectbox(words("deliver.column.before"), [*numbers, 0], index=min(1, len(numbers)), format_func=name.get, key="edition-before")
        with right:
            after = st.selectbox(words("deliver.column.after"), [*numbers, 0], format_func=name.get, key="edition-after")
        pair = [(editions.tables_of(number) if number else reader.public()) for number in (before, after)]
        if all(one is not None and one.tables is not None for one in pair):
            _differences(me, pair[0].tables, pair[1].tables, "editions")


def _changes(me: Reader, one: Delivery) -> None:
    """What would be added, changed and removed, and the numbers that lead the pages before and after."""
    now = editions.tables_of(one.base) if one.base else reader.public()
    if now is None or now.tables is None:
        return
    # What a reader hands in is put onto tables without counts of people: they are not "removed".
    before = now.tables if one.trusted else once(now.tables, tables_without_counts_of_people, now.tables)
    _differences(me, before, one.loaded.tables, "delivery")


def _differences(me: Reader, now: Tables, then: Tables, name: str) -> None:
    words = me.words
    changed = once(then, _changed, words, now, then)
    if changed.empty:
        show.message(words("deliver.no_changes"))
        return
    rows = once(then, counted, changed).assign(table=lambda found: [words(f"table.{table}.title") for table in found["table"]])
    show.table(me, Table(rows, tuple(Column(name, words(f"deliver.column.{name}"), "text" if name == "table" else "whole") for name in rows)))
    lead = once(now, leading, now), once(then, leading, then)
    before_after = pd.DataFrame({"number": [words(f"deliver.number.{one}") for one in lead[0]], "before": lead[0].values(), "after": lead[1].values()})
    show.table(me, Table(before_after, tuple(Column(one, words(f"deliver.column.{one}"), "text" if one == "number" else "number") for one in before_after)))
    show.note(words("deliver.every_change", changes=len(changed)))
    show.listing(me, f"changes-{name}", once(then, _every, words, changed))


def _changed(words: Words, now: Tables, then: Tables) -> pd.DataFrame:
    """What differs between two datasets, with the word for hidden in both where a number is."""
    before, after = (
        replace(
            tables,
            **{name: blanks_in_words(words, getattr(tables, name)) for name in faults.RELEASED},
        )
        for tables in (now, then)
    )
    return changes(before, after, {table: key_of(table) for table in TABLES})


def _every(words: Words, changed: pd.DataFrame) -> Table:
    shown = changed.assign(table=[words(f"table.{table}.title") for table in changed["table"]], change=[words(f"deliver.change.{one}") for one in changed["change"]],
                           column=[words(f"column.{name}") if name else "" for name in changed["column"]],
                           **{side: _typed(words, changed["column"], changed[side]) for side in ("before", "after")})  # fmt: skip
    return Table(shown, tuple(Column(one, words(f"deliver.column.{one}")) for one in shown))


def _typed(words: Words, columns: pd.Series, texts: pd.Series) -> list[str]:
    """The cells of a list of changes, numbers with the decimal sign of the reader; the word for hidden stays."""
    numeric = named("number", "whole")
    return [
        words("deliver.exact", value=number) if name in numeric and (number := _number(text)) is not None else text
        for name, text in zip(columns, texts)
    ]


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _publish(me: Reader, one: Delivery, who: str) -> None:
    """Publishes a delivery in one step."""
    words = me.words
    note = st.text_input(words("publish.note"), max_chars=200, key="publish-note")
    st.button(words("publish.publish", who=who), on_click=_published, args=(me, one, note), disabled=not note.strip(), key="publish", type="secondary")


def _published(me: Reader, one: Delivery, note: str) -> None:
    standing = rights.standing()
    is_ready = one.trusted and not one.loaded.faults and note.strip()
    # Asked again: the right may have ended since the button was drawn, and a message needs no button.
    if not (standing.may("publish") and is_ready):
        st.session_state[_SAID] = me.words("publish.not_now")
        return
    kept = to_publish(one)
    published = {"counts_people": counts_people(one.sheets), "based_on_seal": one.base_seal}
    if _kept(me, lambda store: store.publish(kept, standing.who, note.strip(), one.base, **published)):
        put_away()


def _restored(me: Reader, number: int, note: str, newest: Edition) -> None:
    """Brings back an edition. newest: the newest that the publisher was shown."""
    standing = rights.standing()
    if not (standing.may("restore") and note.strip() and number != newest.number):
        st.session_state[_SAID] = me.words("publish.not_now")
        return
    _kept(me, lambda store: store.restore(number, standing.who, note.strip(), newest.number, seal(newest)))


def _kept(me: Reader, deed: Callable[[Store], Edition]) -> bool:
    """Whether an edition was made; what came of it is said at the next run."""
    words = me.words
    try:
        edition = deed(editions.store(make=True))
    except Conflict as newer:
        key = "publish.replaced" if newer.replaced else "publish.conflict"
        st.session_state[_SAID] = words(key, number=newer.latest)
    except (Damaged, StoreFault) as reason:
        st.session_state[_SAID] = words(f"publish.fault.{reason.code}")
    else:
        st.session_state[_SAID] = words("publish.done", number=edition.number, checksum=edition.checksum[:12])
        return True
    return False


def _log(me: Reader, who: str | None) -> None:
    """Every edition: when, who, why, and its link; for a publisher how to bring one back and take it out."""
    words = me.words
    try:
        store = editions.store()
        found = store.editions() if store else []
        public = store.public_checksums() if store else {}
    except (Damaged, StoreFault) as reason:
        st.warning(words(f"publish.fault.{editions.code(reason)}"))
        return
    st.subheader(words("log.heading"), anchor=False)
    if not found:
        show.note(words("log.none"))
        return
    rows = pd.DataFrame([{"number": one.number, "at": one.at.replace("T", " ").removesuffix("+00:00"), "who": one.who, "note": one.note,
                          "restores": words("log.restores", number=one.restores) if one.restores else "", "checksum": public.get(one.number, "")[:12]} for one in found])  # fmt: skip
    if who:
        # It covers what is hidden: see ipsdash/store/records.py.
        rows["checksum_delivered"] = [one.checksum[:12] for one in found]
    show.listing(me, "editions", Table(rows, tuple(Column(name, words(f"log.{name}"), "whole" if name == "number" else "text") for name in rows)))
    show.note(words("log.link"))
    show.long_link(words)
    _compared(me, [one.number for one in found])
    if who:
        _for_publishers(me, found)


def _for_publishers(me: Reader, found: list[Edition]) -> None:
    """An edition brought back, or taken out whole. found: all editions, the newest first."""
    words, numbers = me.words, [one.number for one in found]
    with st.container(horizontal=True, vertical_alignment="bottom", key="bring-back"):
        number = st.selectbox(words("log.edition"), numbers, key="edition-chosen")
        note = st.text_input(words("publish.note"), max_chars=200, key="restore-note")
        st.button(words("log.restore", number=number), on_click=_restored, args=(me, number, note, found[0]), disabled=not note.strip() or number == numbers[0], key="restore")
    standing = rights.standing()
    with st.container(horizontal=True):
        kept = f"ips-{words('log.file')}-{number}"
        st.download_button(words("log.take_xlsx"), lambda: _whole(standing, whole_workbook, number), f"{kept}.xlsx", XLSX, key="take-xlsx", on_click="ignore")
        in_language = partial(whole_folder, lang=words.lang)
        st.download_button(words("log.take_csv"), lambda: _whole(standing, in_language, number), f"{kept}.zip", "application/zip", key="take-csv", on_click="ignore")


def _whole(standing: Standing, made: Callable[[Mapping[str, Content]], bytes], number: int) -> bytes:
    """A whole edition as a file, for whoever may take it out now. Raises NotAllowed."""
    standing.demand("take_edition")
    return unguessable(made(editions.store().contents(number)))
