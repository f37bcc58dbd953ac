"""Texts of others are escaped before Streamlit reads them as Markdown, and no page can go around it."""

import ast
import inspect
from pathlib import Path

import pytest
import streamlit

from ipsdash.ui import plain_streamlit
from ipsdash.ui.plain_streamlit import MARKDOWN, UNCHANGED, WORD_JOINER, escaped

ROOT = Path(__file__).parents[2]
DRAWING = [*(ROOT / "ipsdash" / "ui").glob("*.py"), *(ROOT / "pages").glob("*.py")]
# They draw nothing: they look for Streamlit's files, or for its settings.
DRAWS_NOTHING = ("plain_streamlit.py", "programs.py", "shelf.py", "origins.py", "hosts.py", "socket_messages.py")

# What else a module may import of Streamlit: the type of a container, and what knows which session
# runs. Of the latter nothing is used but these questions, which draw nothing.
IMPORTED = (
    ("streamlit.delta_generator", "DeltaGenerator"),
    ("streamlit", "runtime"),
    ("streamlit.runtime.scriptrunner", "get_script_run_ctx"),
)
IMPORTED_USES = (
    "runtime.exists()",
    "runtime.get_instance().is_active_session()",
    "get_script_run_ctx().session_id",
)
NAMES_WITH_USES = ("runtime", "get_script_run_ctx")


def use(name: ast.Name, parents: dict[ast.AST, ast.AST]) -> str:
    """How a name is used: itself, with the attributes and calls that follow, without arguments."""
    used, node = name.id, name
    while True:
        parent = parents[node]
        if isinstance(parent, ast.Attribute):
            used += f".{parent.attr}"
        elif isinstance(parent, ast.Call) and parent.func is node:
            used += "()"
        else:
            return used
        node = parent


@pytest.mark.parametrize(
    "text", ["", "Bodø", "45 av 50 jobbspesialister (12. april 2019)", "Å nå målet: «50», 3,5 % – eller 1 000", "Tromsø – Romsa, 12:30", "a/b (c) 1.5 +4"]
)  # fmt: skip
def test_plain_sentences_stay_as_they_are(text):
    assert escaped(text).replace(WORD_JOINER, "") == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b)", r"\[a\](b)"),
        ("*a* _b_ `c` ~d~ $e$ \\f <g>", r"\*a\* \_b\_ \`c\` \~d\~ \$e\$ \\f \<g>"),
        ("&lt; & &#60;", r"\&lt; & \&#60;"),
        ("1. a", r"1\. a"), ("12) a", r"12\) a"), ("1.5 a", "1.5 a"), ("- a", r"\- a"), ("+ a", r"\+ a"), ("-3", "-3"), ("## a", r"#\# a"), ("> a", r"\> a"), ("    code", "code"),
        ("a\n\n# b\r\n- c\u2028d", "a # b - c d"),
        (":red[a]", rf":{WORD_JOINER}red\[a\]"),
        (":smile: :material/x:", f":{WORD_JOINER}smile: :{WORD_JOINER}material/x:"),
        ("https://a.no WWW.a.no a@b.no", f"https:{WORD_JOINER}//a.no WWW{WORD_JOINER}.a.no a{WORD_JOINER}@b.no"),
        ("a -> b -- c", f"a -{WORD_JOINER}> b -{WORD_JOINER}- c"),
    ],
)  # fmt: skip
def test_what_markdown_would_read_is_escaped(text, expected):
    assert escaped(text) == expected


def test_every_parameter_that_is_escaped_is_one_of_streamlits():
    for name, parameters in MARKDOWN.items():
        known = inspect.signature(getattr(streamlit, name)).parameters
        assert set(parameters) <= set(known), name
        # What is new in Streamlit is looked at before it is used: all that may be Markdown is named.
        assert {"label", "body", "title", "help"} & set(known) <= set(parameters), name


@pytest.mark.parametrize("name", ["toast", "write", "caption", "metric", "tabs", "radio", "popover", "text", "latex", "sidebar"])
def test_an_element_that_nobody_has_looked_at_cannot_be_used(name):
    with pytest.raises(AttributeError, match=name):
        getattr(plain_streamlit, name)


def test_nothing_is_both_escaped_and_unchanged_and_all_of_it_is_streamlits():
    assert not UNCHANGED & set(MARKDOWN)
    assert all(hasattr(streamlit, name) for name in (*UNCHANGED, *MARKDOWN))


@pytest.mark.parametrize("file", [file for file in DRAWING if file.name not in DRAWS_NOTHING], ids=lambda file: file.name)
def test_a_module_that_draws_uses_streamlit_by_its_escaping_side_alone(file):
    tree = ast.parse(file.read_text("utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert all(alias.name.split(".")[0] != "streamlit" for alias in node.names), node.lineno
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("streamlit"):
            for alias in node.names:
                assert (node.module, alias.name) in IMPORTED and alias.asname is None, node.lineno
        if isinstance(node, ast.Name) and node.id in NAMES_WITH_USES:
            used = use(node, parents)
            assert used in IMPORTED_USES, f"{used} in line {node.lineno}"
        # A container's own elements, `left.warning(…)`, would not be escaped.
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MARKDOWN:
            of = ast.unparse(node.func.value)
            assert of in ("st", "LOG"), f"{of}.{node.func.attr} in line {node.lineno}"


@pytest.mark.parametrize("name", ["markdown", "table"])
def test_markdown_of_our_own_and_escaped_tables_are_drawn_in_one_place(name):
    calls = [
        (file.name, node.lineno)
        for file in DRAWING
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == name and ast.unparse(node.value) == "st"
    ]
    assert [file for file, _ in calls] == ["show.py"], calls
