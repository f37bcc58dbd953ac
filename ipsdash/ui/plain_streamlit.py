"""Streamlit's functions for pages, with every text that the browser reads as Markdown escaped.

All other modules import this one as `st`, so that a link, a table or a name of somebody else never
becomes a link, a heading or a colour in the product's own words. An element that is not listed here
cannot be used before somebody has looked up what the browser makes of its texts.
"""

import inspect
import re
from collections.abc import Callable
from functools import cache, wraps

import streamlit

# Parameters that Streamlit 1.67 renders as Markdown, by function. `options` stands for the names that
# `format_func` gives to the options: those of a selectbox are plain text, those below are not.
MARKDOWN = {
    **dict.fromkeys(("title", "header", "subheader"), ("body", "help")),
    **dict.fromkeys(("info", "success", "warning", "error"), ("body", "title")),
    **dict.fromkeys(("button", "download_button", "link_button"), ("label", "help")),
    **dict.fromkeys(("page_link", "form_submit_button"), ("label", "help")),
    **dict.fromkeys(("checkbox", "selectbox", "text_input", "text_area"), ("label", "help")),
    **dict.fromkeys(("select_slider", "segmented_control", "pills"), ("label", "help", "options")),
    "expander": ("label",),
}
# Functions and values that take no text, take it as plain text, or take HTML that is escaped where
# it is made. `markdown` is for the product's own long texts, `table` for `escaped` frames;
# titles of pages are the product's own.
UNCHANGED = frozenset((
    "cache_resource", "column_config", "columns", "components", "container", "context", "dataframe",
    "form", "fragment", "get_option", "html", "login", "logout", "markdown", "navigation", "Page",
    "plotly_chart", "query_params", "rerun", "secrets", "session_state", "set_page_config", "stop",
    "table", "user",
))  # fmt: skip

# Browsers show nothing for it and break no line there. Streamlit looks for addresses, emoji, icons
# and arrows after Markdown's escapes are resolved, so that a backslash would not stop it.
WORD_JOINER = "\u2060"
_LINE_BREAKS = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_ANYWHERE = re.compile(r"[\\`*_\[\]<~$]|&(?=[#\w])")
_AT_THE_START = re.compile(r"^(?:>|(?:\d{1,9}[.)]|[-+]|#{1,6})(?=\s|$))")
_FOUND_LATER = re.compile(
    r"(?<=:)(?=\S)|(?<=www)(?=\.)|(?<=[\w.+-])(?=@)|(?<=[-<>~])(?=[-=>])", re.IGNORECASE
)


def escaped(text: str) -> str:
    """A text that Streamlit's Markdown shows as it is, on one line: no link, image, heading, list,
    code, formula, HTML, directive (`:red[…]`), icon, emoji or arrow."""
    line = _LINE_BREAKS.sub(" ", text).strip()
    line = _FOUND_LATER.sub(WORD_JOINER, line)
    line = _ANYWHERE.sub(r"\\\g<0>", line)
    return _AT_THE_START.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", line)


def __getattr__(name: str) -> object:
    if name in MARKDOWN:
        return _escaping(name)
    if name in UNCHANGED:
        return getattr(streamlit, name)
    raise AttributeError(f"what the browser makes of the texts of st.{name} is not known")


@cache
def _escaping(name: str) -> Callable:
    """Streamlit's function of this name, with its Markdown parameters escaped."""
    function, parameters = getattr(streamlit, name), MARKDOWN[name]
    signature = inspect.signature(function)

    @wraps(function)
    def called(*given: object, **named: object) -> object:
        bound = signature.bind(*given, **named)
        for parameter in parameters:
            if isinstance(bound.arguments.get(parameter), str):
                bound.arguments[parameter] = escaped(bound.arguments[parameter])
        if "options" in parameters:
            written = bound.arguments.get("format_func", str)
            bound.arguments["format_func"] = lambda option: escaped(str(written(option)))
        return function(*bound.args, **bound.kwargs)

    return called
