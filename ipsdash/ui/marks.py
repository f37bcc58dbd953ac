"""What must be said on every page while its numbers are not those that everybody is shown: a preview, the invented example."""

from ipsdash.text.words import Words
from ipsdash.ui import link, reader
from ipsdash.ui import plain_streamlit as st
from ipsdash.ui.reader import DATASET, PREVIEW


def banner(words: Words) -> None:
    """The mark on top of the page, with the way back."""
    if not reader.about():
        return
    one = st.session_state.get(PREVIEW)
    with st.container(horizontal=True, vertical_alignment="center", key="mark"):
        if one is not None:
            st.warning(words("deliver.banner", name=one.name))
            st.button(words("deliver.end_preview"), on_click=st.session_state.pop, args=(PREVIEW, None), key="end-preview")
        else:
            st.warning(words("dataset.banner"))
            st.button(words("dataset.leave"), on_click=link.forget, args=((DATASET,),), key="leave-example")
