"""What a page says when a table it needs is empty: what is missing, how to supply it, and how the page looks with numbers."""

from ipsdash.ui import link, reader, show
from ipsdash.ui import plain_streamlit as st
from ipsdash.ui.reader import DATASET, EXAMPLE, Reader


def lacking(me: Reader, table: str) -> None:
    """Says that a table has no rows and what fills it, with the ways to the page that takes it and to the invented example.

    table: staffing, service, fidelity, rollout or funding.
    """
    words = me.words
    with st.container(key=f"lacking-{table}"):
        show.message(words(f"missing.{table}"))
        with st.container(horizontal=True, vertical_alignment="center"):
            # While the example or a preview is shown, there is nothing to change to.
            if not reader.about():
                st.button(words("missing.to_example"), on_click=_to_example, key=f"example-for-{table}")
            st.page_link("pages/data.py", label=words("missing.to_data"), icon=":material/arrow_forward:")


def _to_example() -> None:
    """The invented example, at its newest date: the date that was kept is of other numbers."""
    link.forget(("date",))
    link.keep(DATASET, EXAMPLE)
