"""How a reader shows to be a publisher: by sign-in where the machine has a provider, by a password where it has that."""

from ipsdash import settings
from ipsdash.store import passwords
from ipsdash.text.words import Words
from ipsdash.ui import plain_streamlit as st
from ipsdash.ui import rights, show
from ipsdash.ui.guesses import client_address, guesses, of_session
from ipsdash.ui.reader import Reader
from ipsdash.ui.rights import PUBLISHER

_NAME, _GIVEN = "publish-name", "publish-given"


def only_signed_in() -> bool:
    """Whether only those who are signed in may read: IPSDASH_READING=signed-in. Everybody may read otherwise."""
    return settings.value(settings.READING) == settings.SIGNED_IN


def may_read(words: Words) -> bool:
    """Whether this reader may see the pages; draws the sign-in for one who may not. Without a provider nobody can be asked, and nobody may."""
    if rights.may("read_pages"):
        return True
    st.title(words("app.name"), anchor=False)
    if rights.signs_in():
        show.note(words("reading.sign_in"))
        st.button(words("publish.sign_in"), on_click=st.login, key="sign-in-to-read")
    else:
        show.message(words("reading.no_provider"))
    return False


def is_publisher() -> bool:
    """Whether this reader may publish now; draws nothing."""
    return rights.may("publish")


def publisher(me: Reader) -> str | None:
    """Draws how to become a publisher, and gives who is one; None for everybody else."""
    if rights.signs_in():
        return _by_sign_in(me)
    if settings.value(settings.PASSWORD):
        return _by_password(me)
    show.note(me.words("publish.off"))
    return None


def _by_sign_in(me: Reader) -> str | None:
    """Who may publish, of those who are signed in; says to everybody else why they may not."""
    words = me.words
    if not st.user.is_logged_in:
        st.button(words("publish.sign_in"), on_click=st.login, key="sign-in")
        return None
    st.button(words("publish.sign_out"), on_click=st.logout, key="sign-out")
    standing = rights.standing()
    if standing.may("publish"):
        return standing.who
    if standing.is_listed:
        show.note(words("publish.stale", hours=rights.FRESH_SECONDS // 3600))
        st.button(words("publish.sign_in_again"), on_click=st.login, key="sign-in-again")
        return None
    claims = st.user.to_dict()
    address, entry = rights.verified_address(claims), rights.entry(claims)
    if address or not entry:
        show.note(words("publish.not_listed", who=address or str(claims.get("email", ""))))
    else:
        show.note(words("publish.not_verified", entry=entry))
    return None


def _by_password(me: Reader) -> str | None:
    words = me.words
    standing = rights.standing()
    if standing.may("publish"):
        st.button(words("publish.sign_out"), on_click=st.session_state.pop, args=(PUBLISHER, None), key="leave")
        return standing.who
    with st.form("publish-password", border=False):
        who = st.text_input(words("publish.name"), max_chars=80, key=_NAME)
        given = st.text_input(words("publish.password"), type="password", key=_GIVEN)
        asked = st.form_submit_button(words("publish.enter"))
    if asked:
        _try(me, who.strip(), given)
    return None


def _try(me: Reader, who: str, given: str) -> None:
    """Lets a publisher in, or says why not. A try without a name or a password counts nothing."""
    words = me.words
    if not who or not given:
        st.warning(words("publish.no_password" if who else "publish.no_name"))
        return
    address, session = client_address(), of_session()
    left = guesses().seconds_left(session, address)
    if left > 0:
        st.warning(words("publish.wait", seconds=round(left) + 1))
        return
    with guesses().turn(address or str(id(session))) as admitted:
        is_right = admitted and passwords.matches(given, settings.value(settings.PASSWORD))
    if is_right:
        guesses().succeeded(session, address)
        st.session_state[PUBLISHER] = who
        st.rerun()
    elif admitted:
        guesses().failed(session, address)
        st.warning(words("publish.refused"))
    else:
        st.warning(words("publish.busy"))
