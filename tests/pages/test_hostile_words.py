"""What somebody else wrote is text wherever a page shows it: in a link, a table, a name, a file and its cells, a note."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from google.protobuf.message import Message

from ipsdash.export.release import delivered
from ipsdash.store.deliveries import received
from ipsdash.store.editions import open_store
from ipsdash.store.passwords import hashed
from ipsdash.text.formats import LANGUAGES
from ipsdash.text.words import Words
from ipsdash.ui.controls import KEYS, VIEW
from ipsdash.ui.plain_streamlit import escaped
from ipsdash.ui.reader import PREVIEW
from tests.conftest import PUBLIC
from tests.hostile import FOREIGN, HOSTILE, IN_A_LINK, hostile_store
from tests.pages.conftest import PAGES, shown
from tests.workbooks import GOALS, workbook

# What the browser reads as Markdown, by the kind of message that Streamlit sends.
READ_AS_MARKDOWN = {
    "Heading": ("body", "help"), "Alert": ("body", "title"), "Expandable": ("label",),
    "Slider": ("label", "help", "options"), "ButtonGroup": ("label", "help", "options.content", "options.help"),
    **dict.fromkeys(("Button", "DownloadButton", "LinkButton", "PageLink", "Checkbox", "Selectbox", "TextInput", "TextArea"), ("label", "help")),
}  # fmt: skip
# What it shows as plain text, keeps as a value of a field, or only sends back.
PLAIN = {
    "Selectbox": ("options", "raw_value", "id"), "ButtonGroup": ("raw_values", "id"), "Slider": ("raw_value", "id"),
    "TextInput": ("default", "value", "placeholder", "id"), "TextArea": ("default", "value", "placeholder", "id"),
    "PlotlyChart": ("alt",), "Dataframe": ("alt", "columns"), "LinkButton": ("url",), "PageLink": ("query_string",),
    "Button": ("id",), "Block": ("id",), "BidiComponent": ("json",),
}  # fmt: skip
TOLD = json.dumps({"need": [f"evil {IN_A_LINK}", f"evil {IN_A_LINK}"]})


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A store whose one edition has hostile words in every free text, and a hostile publisher."""
    folder = tmp_path_factory.mktemp("hostile") / "store"
    hostile_store(folder)
    return folder


@pytest.fixture
def store(hostile, monkeypatch):
    monkeypatch.setenv("IPSDASH_STORE", str(hostile))
    monkeypatch.setenv("IPSDASH_PUBLISH_PASSWORD_HASH", hashed("nordlys"))
    return hostile


def _messages(node: object) -> Iterator[tuple[object, Message]]:
    """All that was sent for a page, elements and blocks."""
    message = getattr(node, "proto", None)
    if isinstance(message, Message):
        yield node, message
    for child in getattr(node, "children", {}).values():
        yield from _messages(child)


def _strings(message: Message, path: str = "") -> Iterator[tuple[str, str]]:
    for field, value in message.ListFields():
        for one in value if field.is_repeated else [value]:
            if isinstance(one, str):
                yield path + field.name, one
            elif isinstance(one, Message):
                yield from _strings(one, f"{path}{field.name}.")


class _Tags(HTMLParser):
    """The tags and attributes of a piece of HTML."""

    def __init__(self, text: str):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def _check_html(body: str) -> None:
    for tag, attributes in _Tags(body).found:
        assert tag not in ("a", "script", "b") or not attributes and FOREIGN not in tag, body[:300]
        assert "onerror" not in attributes, body[:300]
        assert tag != "img" or attributes["src"].startswith("slides/"), body[:300]


def _check_plotly(spec: str) -> None:
    def texts(part: object) -> Iterator[str]:
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict | list):
            for one in part.values() if isinstance(part, dict) else part:
                yield from texts(one)

    for text in texts(json.loads(spec)):
        assert set(re.findall(r"<[^>]*>", text)) <= {"<br>", "<extra>", "</extra>"}, text[:300]


def check(app: object, lang: str) -> set[str]:
    """Looks at every text that was sent; gives the kinds of messages in which a foreign text was."""
    assert not app.exception, app.exception
    # What stays on Streamlit's side of a heading or a label is Markdown; only our own long texts may be.
    own = [Words(lang).long(name).strip() for name in ("method", "unknown", "licences", "accessibility", "why", "correct", "owner")]
    met = set()
    for node, message in _messages(app._tree):
        kind = type(message).__name__
        for field, text in _strings(message):
            foreign = FOREIGN in text or "[Log in" in text
            if foreign:
                met.add(kind)
            if field in READ_AS_MARKDOWN.get(kind, ()):
                assert text == escaped(shown(text)), (kind, field, text[:300])
            elif kind == "Markdown":
                assert text.strip() in own
            elif kind == "Html":
                _check_html(text)
            elif kind == "PlotlyChart" and field == "spec":
                _check_plotly(text)
            else:
                assert not foreign or field in PLAIN.get(kind, ()), (kind, field, text[:300])
        if node.type == "table":
            for text in (*map(str, node.value.columns), *map(str, node.value.to_numpy().ravel())):
                met |= {"Table"} if FOREIGN in text else set()
                assert text == escaped(shown(text)), text[:300]
    return met


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_hostile_words_are_text_on_every_page(store, visit, page, lang):
    link = {"lang": lang, "mine": f"evil {IN_A_LINK}~served_share=0.5", "told": TOLD, HOSTILE: HOSTILE}
    seen = visit(page, **link)
    met = check(seen.app, lang)
    assert "Alert" in met, "the key that is no choice is told by its name"
    views = [one.key for one in seen.app.get("button_group") if one.key and one.key.endswith(VIEW)]
    for key in views:
        seen.app.query_params[key] = "table"
    if views:
        seen.app.run()
        assert "Table" in check(seen.app, lang) or page in ("growth", "people")


@pytest.mark.parametrize("page", PAGES)
def test_every_choice_of_a_link_that_is_refused_is_told_as_text(store, visit, page):
    link = dict.fromkeys((one for one in KEYS if one != "lang"), HOSTILE)
    assert "Alert" in check(visit(page, **link).app, "nb")


@pytest.mark.parametrize("page", ["coverage", "quality", "funding", "presentation"])
def test_what_opens_when_it_is_asked_for_is_text_too(store, visit, page):
    seen = visit(page, told=TOLD)
    before = len(list(_messages(seen.app._tree)))
    for _, message in _messages(seen.app._tree):
        if type(message).__name__ == "Expandable" and message.id:
            seen.app.session_state[message.id.split("-", 2)[-1]] = True
    seen.app.run()
    assert len(list(_messages(seen.app._tree))) > before
    assert FOREIGN in "".join(text for _, message in _messages(seen.app._tree) for _, text in _strings(message))
    check(seen.app, "nb")


def test_a_workbook_is_text_in_its_name_its_sheets_its_faults_and_its_preview(store, visit):
    row = ["ips-60", "region:nord", "specialists", HOSTILE, "positions_or_persons", HOSTILE, "2024-01", HOSTILE, "programme", HOSTILE, ""]
    content = workbook(**{"goals": [[*GOALS, HOSTILE], [*row, HOSTILE]], "evil <b> _i_ $x$": [["x"]]})
    name = f"{HOSTILE}.xlsx"
    editions = open_store(store)
    for lang in LANGUAGES:
        seen = visit("data", lang=lang)
        seen.app.session_state["delivery"] = delivered(received(name, content, editions, PUBLIC), editions)
        seen.app.session_state["publisher"] = HOSTILE
        seen.app.run()
        assert {"Heading", "Html", "Button", "Alert"} & check(seen.app, lang) >= {"Heading", "Html"}
    good = ["ips-60", "region:nord", "specialists", 60, "positions_or_persons", "2019-01", "2024-01", "reported", "example", HOSTILE, HOSTILE]
    one = delivered(received(name, workbook(goals=[GOALS, good]), editions, PUBLIC, True), editions)
    assert not one.loaded.faults, one.loaded.faults
    for lang in LANGUAGES:
        seen = visit("data", lang=lang)
        seen.app.session_state["delivery"], seen.app.session_state[PREVIEW] = one, one
        seen.app.session_state["publisher"] = HOSTILE
        seen.app.run()
        assert {"Heading", "Alert", "Button", "Table"} <= check(seen.app, lang), "the banner, who publishes, the log"


def test_faulty_files_are_told_as_text(visit, delivery, monkeypatch):
    delivery.change("sites", 2, name="", quality=HOSTILE, municipality=f"evil {HOSTILE}")
    (delivery.folder / "tables" / "evil [a](b) :red[x].csv").write_text("x\n")
    monkeypatch.setenv("IPSDASH_DATA", str(delivery.folder))
    for lang in LANGUAGES:
        assert "Html" in check(visit(lang=lang).app, lang)
