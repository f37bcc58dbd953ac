"""A choice that lives in the link: ids, not words, so that a link works in both languages.

Streamlit's own binding writes the words a reader sees ("Fylke: Nordland") into the link. Here the link holds ids, only
where they differ from the default, and a choice survives a change of page, on which Streamlit empties the link.
"""

from collections.abc import Sequence

import streamlit as st

# What was chosen and what was last written into the link, by key; widgets forget it on a page that does not draw them.
_KEPT = "kept"


def settle(key: str, options: Sequence, default: object) -> object:
    """The value of a choice in this run, written to the link and to the state of the widget with this key.

    A link that was opened or gone back to wins over the widget, the widget over what was kept from another page.
    What is not among the options gives the default.
    """
    kept, written = st.session_state.setdefault(_KEPT, {}).get(key, (default, None))
    asked = st.query_params.get(key)
    by_name = {str(option): option for option in options}
    if asked is not None and asked != written and asked in by_name:
        value = by_name[asked]
    else:
        value = st.session_state.get(key, kept)
    value = value if value in options else default
    st.session_state[key] = value
    st.session_state[_KEPT][key] = (value, _write(key, value, default))
    return value


def reset(*kept: str) -> None:
    """Every choice but these goes back to its default."""
    for key in st.session_state.get(_KEPT, {}).keys() - set(kept):
        del st.session_state[_KEPT][key]
        st.session_state.pop(key, None)
        st.query_params.pop(key, None)


def _write(key: str, value: object, default: object) -> str | None:
    """Writes a value that is not the default into the link, takes a default out; returns what stands there now."""
    name = None if value == default else str(value)
    if name is None:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != name:
        st.query_params[key] = name
    return name
