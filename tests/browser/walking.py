"""Walking a page as somebody without a mouse does."""


def tab_to(page, name: str) -> None:
    """Walks with Tab alone to what a screen reader calls by this name, or begins so."""
    for _ in range(150):
        page.keyboard.press("Tab")
        said = page.evaluate("() => { const on = document.activeElement; return on.ariaLabel || on.innerText || '' }")
        if said.strip().startswith(name):
            return
    raise AssertionError(f"Tab never comes to {name}")
