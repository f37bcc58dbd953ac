"""Checks a reader's workbook in a process of its own, while the page goes on.

One check per session. The page asks twice a second how far it is, and draws what came of it by
itself. A check ends with the session that asked for it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ipsdash.export.unguessable import unguessable
from ipsdash.export.untrusted import check_workbook, mark_workbook
from ipsdash.store.deliveries import Delivery
from ipsdash.store.faults import Damaged, StoreFault
from ipsdash.store.places import public_path, store_folder
from ipsdash.text.words import Words
from ipsdash.ui import editions, roles
from ipsdash.ui import plain_streamlit as st
from ipsdash.ui.process_pool import (
    PUBLISHER,
    UNTRUSTED,
    Cancelled,
    OwnerBusy,
    QueueFull,
    Task,
    TaskFailed,
    process_pool,
)

_CHECK = "workbook_check"
REFRESH_SECONDS = 0.5
# How long a session may be without a connection: a dropped line comes back within seconds.
MAX_AWAY_SECONDS = 10
# Characters of a file's name that are kept.
MAX_NAME_CHARACTERS = 120
FAILURES = {
    "time": "check.too_long",
    "late": "check.too_late",
    "memory": "check.too_large",
    "ended": "check.ended",
}


@dataclass(frozen=True)
class Check:
    """A check that was asked for. content: of the workbook."""

    content: bytes
    task: Task


@dataclass
class Presence:
    """Whether a session still has a reader: called from the thread of its check."""

    session: str
    seen: float = field(default_factory=time.monotonic)

    def __call__(self) -> bool:
        if not runtime.exists() or runtime.get_instance().is_active_session(self.session):
            self.seen = time.monotonic()
        return time.monotonic() - self.seen < MAX_AWAY_SECONDS


def start(words: Words, name: str, content: bytes, trusted: bool) -> str | None:
    """Starts the check of a workbook, in the place of one that still runs. Returns what there is to
    tell the reader beside that it runs, or None. trusted: whether a publisher sent it."""
    is_replaced = cancel() is not None
    try:
        store = store_folder().absolute() if editions.store() else None
    except (Damaged, StoreFault) as reason:
        return words(f"publish.fault.{editions.code(reason)}")
    given = name[:MAX_NAME_CHARACTERS], content, store, public_path().absolute(), trusted
    session = _session()
    try:
        task = process_pool().submit(
            session,
            PUBLISHER if trusted else UNTRUSTED,
            check_workbook,
            *given,
            is_wanted=Presence(session),
        )
    except QueueFull:
        return words("check.full")
    except OwnerBusy:
        return words("check.busy")
    st.session_state[_CHECK] = Check(content, task)
    return words("check.replaced") if is_replaced else None


def is_running() -> bool:
    """Whether this session has a check that has not been collected."""
    return _CHECK in st.session_state


def is_checking(content: bytes) -> bool:
    """Whether the check of this session is one of this very content."""
    check = st.session_state.get(_CHECK)
    return check is not None and check.content is content


def cancel() -> bytes | None:
    """Ends the check of this session. Returns the content of its workbook; None where there was none."""
    check = st.session_state.pop(_CHECK, None)
    if check is not None:
        check.task.cancel()
    return check.content if check is not None else None


def collect(words: Words) -> tuple[bytes, Delivery | str] | None:
    """The content and what came of its check, once it has ended: the delivery, or a sentence why there
    is none. None before."""
    check = st.session_state.get(_CHECK)
    if check is None or not check.task.ended.is_set():
        return None
    del st.session_state[_CHECK]
    return check.content, _outcome(words, check)


def _outcome(words: Words, check: Check) -> Delivery | str:
    try:
        # The content as it came, and not a second copy of it.
        return replace(check.task.result(), content=check.content)
    except (Damaged, StoreFault) as reason:
        return words(f"publish.fault.{editions.code(reason)}")
    except TaskFailed as failed:
        limits = check.task.limits
        seconds = limits.wall_seconds if failed.reason == "late" else limits.cpu_seconds
        return words(FAILURES[failed.reason], seconds=seconds)
    except Cancelled:
        return words("check.ended")


def progress(words: Words, on_cancel: Callable[[], None]) -> None:
    """Draws how far the check of this session is, until it has ended; then the page is drawn anew.
    on_cancel: called when the reader ends the check."""
    if is_running():
        _progress(words, on_cancel)


@st.fragment(run_every=REFRESH_SECONDS)
def _progress(words: Words, on_cancel: Callable[[], None]) -> None:
    check = st.session_state.get(_CHECK)
    if check is None or check.task.ended.is_set():
        st.rerun()
    before = process_pool().tasks_before(check.task)
    st.info(words("check.waiting", before=before) if before else words("check.running"))
    st.button(words("check.cancel"), on_click=on_cancel, key="cancel-check")


def marked(delivery: Delivery, words: Words) -> Callable[[], bytes]:
    """Makes the workbook with its faulty cells marked, when the reader asks for the file: then
    without waiting, because threads that make files are few and shared by all readers."""
    session, trusted = _session(), roles.is_publisher()
    faults = delivery.loaded.remarks

    def make() -> bytes:
        try:
            task = process_pool().submit(
                session,
                PUBLISHER if trusted else UNTRUSTED,
                mark_workbook,
                delivery.content,
                faults,
                words.lang,
                words.about,
                is_wanted=Presence(session),
                may_wait=False,
            )
            return unguessable(task.result())
        except ValueError:
            return delivery.content
        except (TaskFailed, Cancelled, QueueFull, OwnerBusy):
            # openpyxl takes 0.02 s to import, and few ask for this.
            from ipsdash.export.workbook.notice import notice

            return notice(words("check.not_marked"))

    return make


def _session() -> str:
    return get_script_run_ctx().session_id
