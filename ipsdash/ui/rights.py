"""Who may do what: one table, which every action asks when it is done, not only when it is offered.

`RIGHTS` has every action and every file of the dashboard. `standing()` is what the reader of this run
has shown to be; it can be kept for a file that is made later, in a thread that knows no reader.
"""

import time
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from ipsdash import settings
from ipsdash.ui import plain_streamlit as st

# In the session: the name of who gave the publishing password.
PUBLISHER = "publisher"
# A publisher's sign-in counts for so long.
FRESH_SECONDS = 8 * 3600
# The provider's clock may be so far ahead of ours.
LEEWAY_SECONDS = 300
VERIFIED = (True, "true")


class Need(Enum):
    """What somebody needs for an action."""

    NOTHING = "nothing"
    # Anybody, or only who is signed in, as IPSDASH_READING says.
    READING = "reading"
    # Reading at an address that cannot ask who reads: nobody, where only who is signed in may read.
    READING_UNASKED = "reading unasked"
    PUBLISHING = "publishing"
    # A command on the machine itself: whoever can read and write the store's folder.
    MACHINE = "machine"


RIGHTS = MappingProxyType({
    "read_pages": Need.READING,
    "take_table": Need.READING,
    "take_chart": Need.READING,
    "take_slides": Need.READING,
    "take_scenarios": Need.READING,
    "read_scenarios": Need.READING,
    "list_editions": Need.READING,
    "compare_editions": Need.READING,
    "take_template": Need.READING,
    "take_filled_template": Need.READING,
    "hand_in": Need.READING,
    "take_marked_workbook": Need.READING,
    "preview": Need.READING,
    "sign_in": Need.NOTHING,
    # What a template or a check has of counts of people that no reader may see.
    "template_with_counts": Need.PUBLISHING,
    "hand_in_onto_counts": Need.PUBLISHING,
    "publish": Need.PUBLISHING,
    "restore": Need.PUBLISHING,
    "take_edition": Need.PUBLISHING,
    "slides": Need.READING_UNASKED,
    "slide_picture": Need.READING_UNASKED,
    # Lines of the map without a number, at an address that follows from the tables.
    "map_outline": Need.NOTHING,
    "assets": Need.NOTHING,
    "healthz": Need.NOTHING,
    "readyz": Need.NOTHING,
    "command_template": Need.MACHINE,
    "command_check": Need.MACHINE,
    "command_publish": Need.MACHINE,
    "command_editions": Need.MACHINE,
    "command_restore": Need.MACHINE,
    "command_export": Need.MACHINE,
    "command_example": Need.MACHINE,
    "command_settings": Need.MACHINE,
    "command_password": Need.MACHINE,
})  # fmt: skip


class NotAllowed(Exception):
    """An action was asked for by somebody who may not do it."""


class Basis(Enum):
    """What somebody's standing rests on, the last three a publisher's."""

    ANYBODY = "anybody"
    SIGNED_IN = "signed in"
    LISTED = "listed"
    CLAIM = "claim"
    PASSWORD = "password"


@dataclass(frozen=True)
class Standing:
    """What a reader has shown to be. who: the name of a publisher for the log, "" for everybody else.
    signed_in_at: when, by the provider's clock, as seconds since 1970; None where it did not say."""

    basis: Basis = Basis.ANYBODY
    who: str = ""
    signed_in_at: float | None = None

    @property
    def is_listed(self) -> bool:
        """Whether this is a publisher, even one who has to sign in again before publishing."""
        return self.basis in (Basis.LISTED, Basis.CLAIM, Basis.PASSWORD)

    @property
    def is_fresh(self) -> bool:
        """Whether the sign-in is new enough to publish with; a password counts for its session."""
        if self.basis is Basis.PASSWORD:
            return True
        if self.signed_in_at is None:
            return False
        return -LEEWAY_SECONDS <= time.time() - self.signed_in_at <= FRESH_SECONDS

    def may(self, action: str) -> bool:
        """Whether the action is allowed now. Raises KeyError for one that the table does not have."""
        need = RIGHTS[action]
        everybody_reads = settings.value(settings.READING) == settings.EVERYBODY
        if need is Need.NOTHING:
            return True
        if need is Need.READING_UNASKED:
            return everybody_reads
        is_reader = everybody_reads or self.basis not in (Basis.ANYBODY, Basis.PASSWORD)
        if need is Need.READING:
            return is_reader
        return need is Need.PUBLISHING and is_reader and self.is_listed and self.is_fresh

    def demand(self, action: str) -> None:
        """Raises NotAllowed for an action that is not allowed now."""
        if not self.may(action):
            raise NotAllowed(action)


UNKNOWN = Standing()


def standing() -> Standing:
    """What the reader of this run has shown to be."""
    if signs_in():
        return _of_user(st.user.to_dict()) if st.user.is_logged_in else UNKNOWN
    name = st.session_state.get(PUBLISHER)
    if name and settings.value(settings.PASSWORD):
        return Standing(Basis.PASSWORD, name)
    return UNKNOWN


def may(action: str) -> bool:
    """Whether the reader of this run may do it now."""
    # What anybody may is asked first: looking for a sign-in reads the secrets at every run.
    return UNKNOWN.may(action) or standing().may(action)


def signs_in() -> bool:
    """Whether this machine has a provider of sign-in."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def verified_address(claims: dict[str, object]) -> str:
    """The address of somebody who is signed in, if the provider says that it is theirs; "" else."""
    address = claims.get("email")
    is_verified = claims.get("email_verified") in VERIFIED
    return address if isinstance(address, str) and is_verified else ""


def entry(claims: dict[str, object]) -> str:
    """Issuer and subject as IPSDASH_PUBLISHERS names them; "" where the provider gives neither."""
    issuer, subject = claims.get("iss"), claims.get("sub")
    return f"{issuer}|{subject}" if issuer and subject else ""


def _of_user(claims: dict[str, object]) -> Standing:
    listed = settings.value(settings.PUBLISHERS)
    address = verified_address(claims)
    pair = str(claims.get("iss") or ""), str(claims.get("sub") or "")
    at = _signed_in_at(claims)
    who = address or entry(claims)
    if who and ((address and address.casefold() in listed) or pair in listed):
        return Standing(Basis.LISTED, who, at)
    if who and _has_claim(claims):
        return Standing(Basis.CLAIM, who, at)
    return Standing(Basis.SIGNED_IN, "", at)


def _has_claim(claims: dict[str, object]) -> bool:
    name, wanted = settings.value(settings.CLAIM) or ("", "")
    found = claims.get(name) if name else None
    return wanted in found if isinstance(found, (list, tuple)) else bool(name) and found == wanted


def _signed_in_at(claims: dict[str, object]) -> float | None:
    """When the provider last asked who it is, or, where it does not say, when it issued the token."""
    for name in ("auth_time", "iat"):
        at = claims.get(name)
        if isinstance(at, (int, float)) and not isinstance(at, bool):
            return float(at)
    return None
