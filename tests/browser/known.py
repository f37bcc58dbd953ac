"""What axe finds in Streamlit itself: by rule, a piece of the element's selector or markup. Nothing of ours stands here.

Looked through on 2026-11-23 with streamlit 1.67.0 and axe-playwright-python 0.1.8. Look again at each new version.
"""

FROM_STREAMLIT: dict[str, tuple[str, ...]] = {}

# Errors in the console that are Streamlit's own: on a page with a path it first looks for its server below that path.
ERRORS_FROM_STREAMLIT = ("/_stcore/health", "/_stcore/host-config")
