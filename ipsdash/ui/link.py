"""A choice that lives in the link: ids, not words, so that a link works in both languages.

Streamlit's own binding writes the words a reader sees ("Fylke: Nordland") into the link. Here the link holds ids, only
where they differ from the default, and a choice survives a change of page, on which Streamlit empties the link.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import urlencode

from ipsdash.ui import plain_streamlit as st

from ipsdash.tables.plain_text import plain_text

# "&" escaped for HTML, once or more: "?date=2019&amp;lang=en" has the key "amp;lang".
ESCAPED_AMPERSAND = re.compile(r"^(?:amp;)+", re.IGNORECASE)
# Characters from which mail programs, chats and old browsers cut a link.
MAX_SAFE_LENGTH = 2_000
# What was chosen and what was last written into the link, by key; widgets forget it on a page that does not draw them.
_KEPT = "kept"
# What a link asked for and could not have, with the value the choice had instead, by key.
_REFUSED = "refused"
# Characters that are shown of what a link asked for.
LONGEST_SHOWN = 100


def plain_key(key: str) -> str:
    """A key of a link without what mail programs and web pages put before it: "amp;lang" is "lang"."""
    return ESCAPED_AMPERSAND.sub("", key)


def plain_keys(query: Mapping[str, str]) -> dict[str, str]:
    """A query with plain keys; a key that stands there plainly wins over an escaped one."""
    escaped = {plain_key(key): value for key, value in query.items() if key != plain_key(key)}
    return escaped | {key: value for key, value in query.items() if key == plain_key(key)}


def mend() -> None:
    """Gives keys that begin with "amp;" their plain names in the link of this run."""
    if any(key != plain_key(key) for key in st.query_params):
        st.query_params.from_dict(plain_keys(st.query_params.to_dict()))


def length() -> int:
    """How many characters the link of this run has, as a browser writes it."""
    query = urlencode(st.query_params.to_dict())
    return len((st.context.url or "").partition("?")[0]) + len(query) + 1


def settle(key: str, options: Sequence, default: object) -> object:
    """The value of a choice in this run, written to the link and to the state of the widget with this key.

    A link that was opened or gone back to wins over the widget, the widget over what was kept from another page.
    What is not among the options gives the default, and is remembered (`refused`).
    """
    value, asked = _wanted(key, default, lambda name: _named(name, options))
    value = value if value in options else default
    st.session_state[key] = value
    st.session_state[_KEPT][key] = (value, _write(key, value, default, _name))
    _remember(key, asked if asked is not None and _named(asked, options) is None else None, value, options)
    return value


def _name(option: object) -> str:
    """An option as it stands in a link: ids as they are, numbers as short as they can be written."""
    return f"{option:.15g}" if isinstance(option, float) else str(option)


def _named(name: str, options: Sequence) -> object | None:
    """The option that a link names; a number however it is written: 1, 1.0, .5."""
    exact = {_name(option): option for option in options}.get(name)
    if exact is not None:
        return exact
    try:
        number = float(name)
    except ValueError:
        return None
    return next((option for option in options if isinstance(option, (int, float)) and option == number), None)


def settle_text(key: str, read: Callable[[str], object], default: object, write: Callable[[object], str] = str) -> object:
    """The value of a choice among more than can be listed: read gives it from the words in the link, or None, which gives
    the default. write: the words that read understands."""
    value, asked = _wanted(key, default, read)
    st.session_state[key] = value
    st.session_state[_KEPT][key] = (value, _write(key, value, default, write))
    _remember(key, asked if asked is not None and read(asked) is None else None, value)
    return value


def _wanted(key: str, default: object, read: Callable[[str], object]) -> tuple[object, str | None]:
    """The value that a choice has now, and what a link that was just opened asks for, if it does."""
    kept, written = st.session_state.setdefault(_KEPT, {}).get(key, (default, None))
    asked = st.query_params.get(key)
    fresh = asked if asked is not None and asked != written else None
    found = read(fresh) if fresh is not None else None
    return (st.session_state.get(key, kept) if found is None else found), fresh


def _remember(key: str, asked: str | None, value: object, options: Sequence = ()) -> None:
    """Keeps what a link could not have until the choice is another."""
    refusals = st.session_state.setdefault(_REFUSED, {})
    if asked is not None:
        refusals[key] = (plain_text(asked, LONGEST_SHOWN), value, tuple(options))
    elif key in refusals and refusals[key][1] != value:
        del refusals[key]


def chosen(key: str) -> object | None:
    """The value that a choice has before it is settled in this run: its control's, or what was kept from another page."""
    return st.session_state.get(key, st.session_state.get(_KEPT, {}).get(key, (None, None))[0])


def refused(keys: Iterable[str]) -> dict[str, tuple[str, tuple]]:
    """What the link asked for of these choices and could not have, and what it could, by key."""
    refusals = st.session_state.get(_REFUSED, {})
    return {key: (refusals[key][0], refusals[key][2]) for key in keys if key in refusals}


def keep(key: str, value: object) -> None:
    """Sets a choice from code; its control, drawn later or on another page, shows it."""
    written = st.session_state.setdefault(_KEPT, {}).get(key, (None, None))[1]
    st.session_state[_KEPT][key] = (value, written)
    st.session_state[key] = value
    # What stands in the link is older than this.
    st.query_params.pop(key, None)


def forget(keys: Iterable[str]) -> None:
    """These choices go back to their defaults, but for what a link has just asked for."""
    for key in keys:
        _, written = st.session_state.get(_KEPT, {}).pop(key, (None, None))
        st.session_state.pop(key, None)
        if st.query_params.get(key) == written:
            st.query_params.pop(key, None)


def reset(*kept: str) -> None:
    """Every choice but these goes back to its default."""
    for key in st.session_state.get(_KEPT, {}).keys() - set(kept):
        del st.session_state[_KEPT][key]
        st.session_state.pop(key, None)
        st.query_params.pop(key, None)
    st.session_state.pop(_REFUSED, None)


def _write(key: str, value: object, default: object, write: Callable[[object], str] = str) -> str | None:
    """Writes a value that is not the default into the link, takes a default out; returns what stands there now."""
    name = None if value == default else write(value)
    if name is None:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != name:
        st.query_params[key] = name
    return name
