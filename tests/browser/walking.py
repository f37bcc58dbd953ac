"""Walking a page as somebody without a mouse does, and waiting for its answers."""

import re

from ipsdash.ui.plain_streamlit import WORD_JOINER

# The page has its connection, and nothing is asked that has not come. Streamlit's own sign of waiting is shown too late to be asked for.
SETTLED = "[data-testid='stApp'][data-test-connection-state='CONNECTED'][data-test-script-state='notRunning']"


def as_shown(text: str) -> re.Pattern:
    """A text of somebody as it stands in words that Streamlit reads as Markdown: with unseen word
    joiners in it, or without."""
    return re.compile(f"{WORD_JOINER}?".join(map(re.escape, text)))


def settled(page) -> None:
    """Waits until all that was asked for has come."""
    page.locator(SETTLED).wait_for(state="attached")


def tab_to(page, name: str) -> None:
    """Walks with Tab alone to what a screen reader calls by this name, or begins so; what was asked for before has come when it sets out."""
    settled(page)
    for _ in range(150):
        page.keyboard.press("Tab")
        said = page.evaluate("() => { const on = document.activeElement; return on.ariaLabel || on.innerText || '' }")
        if said.strip().startswith(name):
            return
    raise AssertionError(f"Tab never comes to {name}")



def go_to(page, name: str) -> None:
    """Goes to a page by the navigation: opens its menu and chooses it."""
    for section in page.get_by_test_id("stTopNavSection").all():
        section.click()
        entry = page.get_by_role("menuitem", name=name, exact=True)
        page.get_by_role("menuitem").first.wait_for()
        if entry.count():
            entry.click()
            settled(page)
            return
        page.keyboard.press("Escape")
    raise AssertionError(f"no menu has {name}")
