"""The dashboard: page settings, navigation, the choices all pages share. `streamlit run dashboard.py` is the product.

Streamlit finds `app` when it starts the server, and runs this file as a script for every reader.
"""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.starlette import App

from ipsdash.ui import controls, deliver, faults, reader, register, roles, scenario, style
from ipsdash.ui.live import slide_routes
from ipsdash.ui.server import asset_routes

PAGES = ("overview", "growth", "map", "coverage", "next", "scenarios", "presentation", "data", "method")

if __name__ == "__main__":
    words = reader.words(controls.settled_language())
    st.set_page_config(page_title=words("app.name"), layout="wide")
    pages = [
        st.Page(f"pages/{name}.py", title=words(f"page.{name}"), url_path=name, default=name == PAGES[0])
        for name in PAGES
    ]
    page = st.navigation(pages, position="top")
    style.sheet()
    if not roles.may_read(words):
        st.stop()
    reader.settle_edition(controls.edition())
    loaded = reader.loaded()
    deliver.banner(words)
    with st.container(horizontal=True, vertical_alignment="bottom", key="shared"):
        controls.language(words)
        if loaded.tables is not None:
            controls.area(words, loaded.tables)
            controls.date(words, reader.dates(loaded.tables))
            controls.reset(words)
    if loaded.tables is None:
        faults.show(words, loaded)
    else:
        scenario.refused(reader.current(), "lang", "area", "date")
        controls.strange(words)
        page.run()
        register.footer(reader.current())
else:
    # Said before the first reader comes: Streamlit would run a file of pages/ alone for the first reader whose link names it.
    PagesManager.uses_pages_directory = False
    app = App(__file__, routes=[*asset_routes(), *slide_routes()], on_script_error=faults.broken)
