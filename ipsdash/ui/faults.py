"""The list of faults, shown on every page instead of numbers while the tables have any."""

from html import escape

from ipsdash.tables.faults import Fault
from ipsdash.tables.load import Loaded
from ipsdash.text.faults import HEADINGS, lines
from ipsdash.text.formats import LANGUAGES
from ipsdash.text.words import Words
from ipsdash.ui import reader
from ipsdash.ui import plain_streamlit as st

# Tables in which numbers may be hidden.
RELEASED = ("service", "staffing")


def show(words: Words, loaded: Loaded) -> None:
    """All faults at once, then what was read with a change."""
    st.title(words("faults.title"), anchor=False)
    st.html(f'<p class="ips-lead">{escape(words("faults.lead", faults=len(loaded.faults)))}</p>')
    listed(words, loaded.faults)
    if loaded.notes:
        st.html(f'<p class="ips-lead">{escape(words("faults.notes_lead"))}</p>')
        listed(words, loaded.notes)


def broken(_: Exception) -> bool:
    """What a reader sees instead of a traceback when a page fails; the server's log has the error. True: it has been shown."""
    try:
        lang = st.session_state.get("lang")
    except Exception:
        # What the browser sent as the language is what failed.
        lang = None
    st.error(reader.words(lang if lang in LANGUAGES else LANGUAGES[0])("app.error"))
    return True


def listed(words: Words, faults: tuple[Fault, ...]) -> None:
    """Faults or notes as a table: file, row, column, value, what is wrong, how to mend it."""
    heads = "".join(f'<th scope="col">{escape(words(f"faults.heading.{name}"))}</th>' for name in HEADINGS)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in line) + "</tr>" for line in lines(words, faults)
    )
    st.html(f'<div class="ips-scroll" tabindex="0"><table class="ips-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>')
