"""Who may publish: by sign-in where the machine has a provider, by a password where it has that, else nobody."""

import time

import streamlit as st

from ipsdash import settings
from ipsdash.store import passwords
from ipsdash.text.words import Words
from ipsdash.ui import show
from ipsdash.ui.reader import Reader

_WHO = "publisher"


def only_signed_in() -> bool:
    """Whether only those who are signed in may read: IPSDASH_READING=signed-in. Everybody may read otherwise."""
    return settings.value(settings.READING) == settings.SIGNED_IN


def may_read(words: Words) -> bool:
    """Whether this reader may see the pages; draws the sign-in for one who may not. Without a provider nobody can be asked, and nobody may."""
    if not only_signed_in() or (_signs_in() and st.user.is_logged_in):
        return True
    st.title(words("app.name"), anchor=False)
    if _signs_in():
        show.note(words("reading.sign_in"))
        st.button(words("publish.sign_in"), on_click=st.login, key="sign-in-to-read")
    else:
        show.message(words("reading.no_provider"))
    return False


def is_publisher() -> bool:
    """Whether this reader has shown to be a publisher; draws nothing."""
    return _who_signed_in() is not None if _signs_in() else bool(settings.value(settings.PASSWORD) and st.session_state.get(_WHO))


def publisher(me: Reader) -> str | None:
    """Draws how to become a publisher, and gives who is one; None for everybody else."""
    if _signs_in():
        return _by_sign_in(me)
    if settings.value(settings.PASSWORD):
        return _by_password(me)
    show.note(me.words("publish.off"))
    return None


def _signs_in() -> bool:
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def _by_sign_in(me: Reader) -> str | None:
    """The address of a reader who is signed in and on the list IPSDASH_PUBLISHERS, or has the claim IPSDASH_PUBLISH_CLAIM."""
    if not st.user.is_logged_in:
        st.button(me.words("publish.sign_in"), on_click=st.login, key="sign-in")
        return None
    st.button(me.words("publish.sign_out"), on_click=st.logout, key="sign-out")
    who = _who_signed_in()
    if who is None:
        show.note(me.words("publish.not_listed", who=str(st.user.get("email", ""))))
    return who


def _who_signed_in() -> str | None:
    if not st.user.is_logged_in:
        return None
    listed = settings.value(settings.PUBLISHERS)
    address = str(st.user.get("email", ""))
    name, wanted = settings.value(settings.CLAIM) or ("", "")
    claimed = st.user.get(name) if name else None
    has_claim = wanted in claimed if isinstance(claimed, (list, tuple)) else bool(wanted) and claimed == wanted
    return address or str(st.user.get("sub", "")) if address.casefold() in listed or has_claim else None


def _by_password(me: Reader) -> str | None:
    words = me.words
    if st.session_state.get(_WHO):
        st.button(words("publish.sign_out"), on_click=st.session_state.pop, args=(_WHO, None), key="leave")
        return st.session_state[_WHO]
    with st.form("publish-password", border=False):
        who = st.text_input(words("publish.name"), max_chars=80, key="publish-name")
        given = st.text_input(words("publish.password"), type="password", key="publish-given")
        asked = st.form_submit_button(words("publish.enter"))
    if asked:
        _try(me, who.strip(), given)
    return None


def _try(me: Reader, who: str, given: str) -> None:
    """Lets a publisher in, or says why not. Failures count for the whole machine: a guesser may come in many sessions."""
    failed = _failures()
    left = failed["until"] - time.monotonic()
    if left > 0:
        st.warning(me.words("publish.wait", seconds=round(left) + 1))
    elif who and passwords.matches(given, settings.value(settings.PASSWORD)):
        failed.update(times=0, until=0.0)
        st.session_state[_WHO] = who
        st.rerun()
    else:
        failed["times"] += 1
        failed["until"] = time.monotonic() + passwords.wait(failed["times"])
        st.warning(me.words("publish.refused" if who else "publish.no_name"))


@st.cache_resource(show_spinner=False)
def _failures() -> dict[str, float]:
    return {"times": 0, "until": 0.0}
