"""What axe finds in Streamlit itself: by rule, a piece of the element's selector or markup. Nothing of ours stands here.

Looked through on 2026-11-25 with streamlit 1.67.0 and axe-playwright-python 0.1.8. Look again at each new version.
"""

from axe_playwright_python.sync_playwright import Axe
from walking import settled

# WCAG 2.2 AA and what came before it, and what axe's makers hold to be good practice.
# Every rule is run; only what is found is written down, which takes a third of the time.
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}, "resultTypes": ["violations"]}

# region: the list of an open select box is put at the end of the page, outside its landmarks; good practice, no rule of WCAG.
# list, listitem (WCAG 1.3.1): the menu of a narrow page has its headings and groups between a list and its items.
# scrollable-region-focusable (WCAG 2.1.1): on a narrow page, the frame of a table that scrolls. Chromium and Firefox let Tab come to it.
FROM_STREAMLIT: dict[str, tuple[str, ...]] = {
    "region": ("data-floating-ui-portal", 'role="listbox"'), "list": ("stSidebarNavItems",), "listitem": ("e1o1t1hb4",), "scrollable-region-focusable": (".stTable",),
}

# Errors in the console that are Streamlit's own: on a page with a path it first looks for its server below that path.
ERRORS_FROM_STREAMLIT = ("/_stcore/health", "/_stcore/host-config")


def violations(opened):
    """All that axe finds on a page that has what it asked for: rule, and the element's selector and markup."""
    settled(opened.page)
    found = Axe().run(opened.page, options=RULES).response["violations"]
    return [(one["id"], f"{node['target']} {node['html']}") for one in found for node in one["nodes"]]


def ours(opened):
    """What axe finds that is not Streamlit's."""
    return [(rule, element[:300]) for rule, element in violations(opened) if not any(part in element for part in FROM_STREAMLIT.get(rule, ()))]
