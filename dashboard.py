"""The dashboard: page settings, navigation, the choices all pages share. `streamlit run dashboard.py` is the product.

Streamlit finds `app` when it starts the server, and runs this file as a script for every reader.
"""

import streamlit as st

# The pages by what they are about; the first is where a reader comes in.
SECTIONS = {
    "progress": ("overview", "growth", "map"),
    "need": ("coverage", "next", "scenarios"),
    "practice": ("rollout", "people", "quality", "outcomes", "funding", "site"),
    "use": ("presentation", "data", "method"),
}

if __name__ == "__main__":
    from ipsdash.ui import controls, faults, link, marks, reader, register, roles, scenario, style
    from ipsdash.ui.turns import turns

    with turns().turn():
        link.mend()
        words = reader.words(controls.settled_language())
        st.set_page_config(page_title=words("app.name"), layout="wide")
        pages = {
            words(f"section.{section}"): [st.Page(f"pages/{name}.py", title=words(f"page.{name}"), url_path=name, default=name == "overview") for name in names]
            for section, names in SECTIONS.items()
        }
        page = st.navigation(pages, position="top")
        style.sheet()
        if not roles.may_read(words):
            st.stop()
        datasets = reader.datasets()
        reader.settle_numbers(controls.settled_dataset(datasets), controls.edition())
        loaded = reader.loaded()
        marks.banner(words)
        with st.container(horizontal=True, vertical_alignment="bottom", key="shared"):
            controls.language(words)
            if loaded.tables is not None:
                controls.area(words, loaded.tables)
                controls.date(words, reader.dates(loaded.tables))
                controls.dataset(words, datasets)
                controls.reset(words)
        if loaded.tables is None:
            faults.show(words, loaded)
        else:
            scenario.refused(reader.current(), "lang", "area", "date", "dataset")
            controls.strange(words)
            page.run()
            register.footer(reader.current())
else:
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.starlette import App

    from ipsdash.ui import serve, start

    start.check_settings()

    # Said before the first reader comes: Streamlit would run a file of pages/ alone for the first reader whose link names it.
    PagesManager.uses_pages_directory = False
    addresses = tuple(name for names in SECTIONS.values() for name in names)
    app = App(__file__, routes=serve.routes(addresses), middleware=serve.middleware(), lifespan=serve.started, on_script_error=serve.broken)
