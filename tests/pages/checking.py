"""Runs a page until the check of a workbook that was handed in has ended, as the page does itself."""

import time

from streamlit.testing.v1 import AppTest

PATIENCE_S = 120


def checked(app: AppTest) -> AppTest:
    """Runs the page, and again while it has a check."""
    latest = time.monotonic() + PATIENCE_S
    app.run()
    while "workbook_check" in app.session_state:
        assert time.monotonic() < latest
        app.session_state["workbook_check"].task.ended.wait(PATIENCE_S)
        app.run()
    return app
