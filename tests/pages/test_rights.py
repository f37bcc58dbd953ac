"""Who may do what, through the real pages: every button and every file, for everybody who may come.

Each reader below comes to every page. What a page offers must be an action of the table
`ipsdash.ui.rights.RIGHTS`, and is tried as Streamlit does it: files are made in a thread that knows
no reader, clicks come as messages that need no button.
"""

import io
import re
import shutil
import threading
import time

import openpyxl
import pytest
import streamlit as st
from starlette.testclient import TestClient
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from ipsdash.__main__ import COMMANDS
from ipsdash.export.release import delivered, to_publish
from ipsdash.store.deliveries import received
from ipsdash.store.editions import open_store
from ipsdash.store.passwords import hashed
from ipsdash.ui import deliver, plain_streamlit, rights, serve
from ipsdash.ui.rights import FRESH_SECONDS, LEEWAY_SECONDS, RIGHTS, Basis, Need, NotAllowed, Standing
from tests.conftest import PUBLIC
from tests.pages.checking import checked
from tests.pages.conftest import DASHBOARD, PAGES
from tests.store.test_people import FOUR, STAFF, service
from tests.workbooks import goals, workbook

ISSUER, GROUP, ADDRESS = "https://login.example.no", "ips-publisher", "kari@nord.example"
HASH = hashed("nordlys over fjell")
PUBLISHING = {"template_with_counts", "hand_in_onto_counts", "publish", "restore", "take_edition"}
# What each widget of the pages does, by its key; None: it changes only what this reader sees.
WIDGETS = {
    r"deliver\.template": "take_template",
    r"deliver\.template_filled": "take_filled_template",
    r"marked": "take_marked_workbook",
    r"take-(csv|xlsx)": "take_edition",
    r"editions-(csv|xlsx)": "list_editions",
    r"changes-editions-(csv|xlsx)": "compare_editions",
    r"changes-delivery-(csv|xlsx)": "hand_in",
    r"deck-(pptx|html|pdf)": "take_slides",
    r"own-toml": "take_scenarios",
    r"own-file": "read_scenarios",
    r"workbook": "hand_in",
    r"preview": "preview",
    r"publish": "publish",
    r"restore": "restore",
    r"sign-in|sign-in-again|sign-in-to-read|sign-out|leave|FormSubmitter:publish-password-.*": "sign_in",
    r"put-away|reset|own-save|example-for-[a-z]+|move-.+-(-1|1)|end-preview|[a-z-]*map": None,
    r"[a-z-]+-picture": None,
    r"[a-z0-9-]+-(csv|xlsx)": "take_table",
    r"[a-z0-9-]+-(svg|png|png_large|png_wall)": "take_chart",
}
ROUTES = {
    "/": "read_pages",
    "/assets/inter-5.3.0/{name}.woff2": "assets",
    "/assets/map.{digest}/{name}": "assets",
    "/assets/map.{digest}.svg": "map_outline",
    "/assets/start.{digest}/{name}": "assets",
    "/assets/server": "assets",
    "/healthz": "healthz",
    "/readyz": "readyz",
    "/slides": "slides",
    "/slides/{number}.png": "slide_picture",
}


def person(**claims):
    """Claims of somebody who signed in. iat, auth_time: seconds from now."""
    known = {"iss": ISSUER, "sub": "1", "email": ADDRESS, "email_verified": True, "iat": -60}
    return {"is_logged_in": True, **known, **claims}


def as_given(claims):
    """The claims as the provider gives them now."""
    times = {name: time.time() + claims[name] for name in ("iat", "auth_time") if claims.get(name)}
    return {**claims, **times}


LISTED = {"IPSDASH_PUBLISHERS": f"ola@nord.example, {ADDRESS.upper()}"}
# Everybody who may come: the claims of a sign-in (None: there is no provider), the settings, whether
# the password was given, and whether they are a publisher.
COMING = {
    "anybody": (None, {}, False, False),
    "anybody, a password is set": (None, {"IPSDASH_PUBLISH_PASSWORD_HASH": HASH}, False, False),
    "password": (None, {"IPSDASH_PUBLISH_PASSWORD_HASH": HASH}, True, True),
    "not signed in": ({"is_logged_in": False}, LISTED, False, False),
    "signed in": (person(email="per@nord.example"), LISTED, False, False),
    "listed": (person(), LISTED, False, True),
    "claim": (
        person(email=None, groups=["x", GROUP]),
        {"IPSDASH_PUBLISH_CLAIM": f"groups={GROUP}"}, False, True,
    ),
    "listed, signed in long ago": (person(iat=-FRESH_SECONDS - 60), LISTED, False, False),
    "listed, not verified": (person(email_verified=False), LISTED, False, False),
}  # fmt: skip
# More of them, whose standing alone is looked at.
STANDING = COMING | {
    "password given before it was taken away": (None, {}, True, False),
    "password where there is a provider": (
        {"is_logged_in": False}, {"IPSDASH_PUBLISH_PASSWORD_HASH": HASH}, True, False,
    ),
    "listed, verified as text": (person(email_verified="true"), LISTED, False, True),
    "listed, not said to be verified": (person(email_verified=None), LISTED, False, False),
    "nobody by an empty address": (person(email="", email_verified=True, iss="", sub=""), LISTED, False, False),
    "listed by subject": (person(email=None), {"IPSDASH_PUBLISHERS": f"{ISSUER}|1"}, False, True),
    "subject of another issuer": (
        person(iss="https://other.example"), {"IPSDASH_PUBLISHERS": f"{ISSUER}|1"}, False, False,
    ),
    "another claim": (
        person(groups=["x", GROUP + "s"]), {"IPSDASH_PUBLISH_CLAIM": f"groups={GROUP}"}, False, False,
    ),
    "a part of the claim": (
        person(groups=f"no-{GROUP}"), {"IPSDASH_PUBLISH_CLAIM": f"groups={GROUP}"}, False, False,
    ),
    "listed, asked long ago": (person(auth_time=-FRESH_SECONDS - 60), LISTED, False, False),
    "listed, signed in in the future": (person(iat=LEEWAY_SECONDS + 60), LISTED, False, False),
    "listed, nobody knows when": (person(iat=None), LISTED, False, False),
}  # fmt: skip
every_comer = pytest.mark.parametrize("name", COMING)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Two editions with counts of people; Narvik's 3 is hidden from readers."""
    folder = tmp_path_factory.mktemp("published") / "store"
    made = open_store(folder)
    for note in ("First", "Second"):
        book = workbook(staffing=STAFF, service=service(**FOUR))
        one = delivered(received("tall.xlsx", book, made, PUBLIC, True), made)
        made.publish(to_publish(one), "Kari", note, one.base, counts_people=True)
    return folder


@pytest.fixture
def store(published, tmp_path, monkeypatch):
    """A store of one's own with these editions."""
    monkeypatch.setenv("IPSDASH_STORE", str(tmp_path / "store"))
    shutil.copytree(published, tmp_path / "store")
    return open_store(tmp_path / "store")


@pytest.fixture
def files(monkeypatch):
    """What makes each file that a run offers, by the key of its button."""
    offered, plain = {}, st.download_button

    def button(label, data, *given, **named):
        offered[named["key"]] = data
        return plain(label, data, *given, **named)

    monkeypatch.setattr(st, "download_button", button)
    # The escaping functions of an earlier test hold Streamlit's own.
    plain_streamlit._escaping.cache_clear()
    yield offered
    plain_streamlit._escaping.cache_clear()


@pytest.fixture
def come(monkeypatch, store):
    """Opens the page Data as one of those who may come."""

    def opened(name, page="data", **environment):
        claims, settings, gave_password, _ = COMING[name]
        for setting, text in {**settings, **environment}.items():
            monkeypatch.setenv(setting, text)
        app = AppTest.from_file(str(DASHBOARD), default_timeout=60)
        app.query_params["lang"] = "en"
        if claims is not None:
            app.secrets["auth"] = {"cookie_secret": "x"}
            app.user = as_given(claims)
        if gave_password:
            app.session_state["publisher"] = "Kari"
        app.run()
        return go(app, page)

    return opened


def go(app, page):
    return app.run() if page == PAGES[0] else app.switch_page(f"pages/{page}.py").run()


def widgets(app):
    """The keys of all that can be pressed, taken or handed in."""
    kinds = ("button", "download_button", "bidi_component")
    return {element.key for kind in kinds for element in app.get(kind)}


def actions(app):
    """What a page offers; fails for a widget that the table above does not have."""
    found = set()
    for key in widgets(app):
        action = next((action for form, action in WIDGETS.items() if re.fullmatch(form, key)), "")
        assert action != "", f"{key} is no action of the table"
        assert action is None or action in RIGHTS
        found |= {action} - {None}
    return found


def pressed(app, *ids):
    """The run after a message that says that these buttons were pressed, whether they are there or not."""
    message = WidgetStates()
    message.CopyFrom(app._tree.get_widget_states())
    for one in ids:
        state = message.widgets.add()
        state.id, state.trigger_value = one, True
    return app._run(message)


def button(app, key):
    return next(one for one in app.get("button") if one.key == key)


def made(make):
    """A file as Streamlit makes it when it is asked for: in a thread that knows no reader."""
    found = []

    def run():
        try:
            found.append(make())
        except NotAllowed as refused:
            found.append(refused)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    return found[0]


def started(content):
    """The counts in a workbook that is to be filled in, by site."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = next(one for one in book if str(one["A1"].value).endswith("service"))
    heading, _, _, *rows = sheet.values
    site, number = heading.index("site_id"), heading.index("started")
    return {row[site]: row[number] for row in rows if row[site]}


def put_in(monkeypatch, app):
    """The run in which the check of a workbook with a goal of 60 has ended."""
    given = iter([("tall.xlsx", goals())])
    with monkeypatch.context() as once:
        once.setattr(deliver, "workbook", lambda *_: next(given, None))
        return checked(app.run())


def test_the_table_says_what_a_publisher_is_for():
    assert {action for action, need in RIGHTS.items() if need is Need.PUBLISHING} == PUBLISHING
    unasked = {action for action, need in RIGHTS.items() if need is Need.READING_UNASKED}
    assert unasked == {"slides", "slide_picture"}


def test_an_action_that_is_not_in_the_table_cannot_be_asked_for():
    with pytest.raises(KeyError):
        Standing(Basis.PASSWORD, "Kari").may("fly")


class Script:
    """What `streamlit` gives of the reader of a run."""

    def __init__(self, claims, gave_password):
        self.session_state = {"publisher": "Kari"} if gave_password else {}
        self.secrets = {"auth": {}} if claims is not None else {}
        self.user = self
        self.claims = as_given(claims or {})
        self.is_logged_in = self.claims.get("is_logged_in", False)

    def to_dict(self):
        return self.claims


@pytest.mark.parametrize("name", STANDING)
def test_who_is_a_publisher(monkeypatch, name):
    claims, environment, gave_password, is_publisher = STANDING[name]
    for setting, text in environment.items():
        monkeypatch.setenv(setting, text)
    monkeypatch.setattr(rights, "st", Script(claims, gave_password))
    assert {action for action in PUBLISHING if rights.may(action)} == (PUBLISHING if is_publisher else set())
    assert rights.may("read_pages")
    monkeypatch.setenv("IPSDASH_READING", "signed-in")
    is_reader = bool(claims and claims["is_logged_in"])
    assert rights.may("read_pages") == rights.may("take_table") == is_reader


@every_comer
def test_counts_of_people_publishing_and_bringing_back_are_a_publishers_alone(
    come, store, monkeypatch, files, name
):
    is_publisher = COMING[name][3]
    app = come(name)
    assert not app.exception
    assert actions(app) & PUBLISHING == ({"restore", "take_edition"} if is_publisher else set())
    # A filled template has counts of people for a publisher alone.
    assert started(made(files["deliver.template_filled"])) == (FOUR if is_publisher else {})
    assert started(made(files["deliver.template"])) == {}
    # A workbook meets counts of people when a publisher hands it in.
    app = put_in(monkeypatch, app)
    one = app.session_state["delivery"]
    assert one.trusted == is_publisher and ("publish" in widgets(app)) == is_publisher
    assert sorted(one.loaded.tables.service["site_id"]) == (sorted(FOUR) if is_publisher else [])
    # Messages that name a publisher's buttons do nothing for those who have none; and without a
    # note, which shuts the buttons, they do nothing for a publisher.
    ids = _ids(monkeypatch)
    assert not is_publisher or ids == [button(app, key).proto.id for key in ("publish", "restore")]
    app = pressed(app, *ids)
    assert not app.exception and store.latest() == 2


def _ids(monkeypatch):
    """The ids of the buttons that a publisher has: one with a password, for some of those who come
    have no way at all to become a publisher."""
    with monkeypatch.context() as other:
        other.setenv("IPSDASH_PUBLISH_PASSWORD_HASH", HASH)
        app = AppTest.from_file(str(DASHBOARD), default_timeout=60)
        app.query_params["lang"] = "en"
        app.session_state["publisher"] = "Kari"
        page = put_in(monkeypatch, go(app.run(), "data"))
        return [button(page, key).proto.id for key in ("publish", "restore")]


@pytest.mark.parametrize("name", ["anybody", "password", "signed in", "listed"])
def test_all_that_the_pages_offer_is_in_the_table(come, name):
    app, found = come(name, PAGES[0]), set()
    for page in PAGES:
        go(app, page)
        assert not app.exception
        found |= actions(app)
    assert {"take_table", "take_slides", "take_scenarios", "take_template", "hand_in"} <= found
    assert bool(found & PUBLISHING) == COMING[name][3]


def noted(app, key, text):
    next(one for one in app.text_input if one.key == key).set_value(text)
    return app.run()


@pytest.mark.parametrize("name", [name for name, comer in COMING.items() if comer[3]])
def test_a_publisher_publishes_and_brings_back_under_their_own_name(come, store, monkeypatch, name):
    app = noted(put_in(monkeypatch, come(name)), "publish-note", "A goal")
    button(app, "publish").click().run()
    assert store.latest() == 3 and not app.exception
    app.selectbox(key="edition-chosen").set_value(1)
    noted(app.run(), "restore-note", "Back")
    button(app, "restore").click().run()
    by = {"password": "Kari", "listed": ADDRESS}.get(name, f"{ISSUER}|1")
    assert [(one.who, one.restores) for one in store.editions()[:2]] == [(by, 1), (by, None)]


@pytest.mark.parametrize("name", ["listed", "password"])
def test_a_right_that_ends_after_the_button_was_drawn_is_not_used(come, store, monkeypatch, files, name):
    app = noted(put_in(monkeypatch, come(name)), "publish-note", "A goal")
    app.selectbox(key="edition-chosen").set_value(1)
    app = noted(app.run(), "restore-note", "Back")
    take = files["take-xlsx"]
    assert isinstance(made(take), bytes)
    ids = [button(app, key).proto.id for key in ("publish", "restore")]
    if name == "password":
        monkeypatch.delenv("IPSDASH_PUBLISH_PASSWORD_HASH")
    else:
        later = time.time() + FRESH_SECONDS
        monkeypatch.setattr(rights.time, "time", lambda: later)
        assert isinstance(made(take), NotAllowed)
    for one in ids:
        pressed(app, one)
    assert store.latest() == 2
    assert any("Nothing has changed" in said.value for said in app.info)


def test_one_whose_sign_in_is_old_is_told_and_can_sign_in_again(come):
    app = come("listed, signed in long ago")
    assert {"sign-in-again", "sign-out"} <= widgets(app)
    assert any("more than 8 hours old" in said.body for said in _notes(app))


def test_one_whose_address_is_not_verified_is_told_what_to_ask_for(come):
    app = come("listed, not verified")
    assert any(f"{ISSUER}|1" in said.body for said in _notes(app))


def _notes(app):
    return [block.proto for block in app.get("html")]


@every_comer
def test_where_only_those_who_are_signed_in_may_read_nobody_else_sees_a_page(come, files, name):
    claims = COMING[name][0]
    is_reader = bool(claims and claims["is_logged_in"])
    app = come(name, PAGES[0], IPSDASH_READING="signed-in")
    # The pages of one who may read are looked at above.
    for page in ("growth",) if is_reader else ("growth", "data", "presentation"):
        go(app, page)
        assert not app.exception
        assert bool(app.get("header") or app.get("page_link")) == is_reader
        assert is_reader or (actions(app) <= {"sign_in"} and files == {})


@pytest.fixture
def client():
    from starlette.applications import Starlette

    return TestClient(Starlette(routes=serve.routes(())), base_url="http://dashboard.example")


@pytest.mark.parametrize(("reading", "answers"), [("everybody", (200, 200)), ("signed-in", (403, 404))])
def test_an_address_that_cannot_ask_who_reads_answers_everybody_or_nobody(
    client, store, monkeypatch, reading, answers
):
    monkeypatch.setenv("IPSDASH_READING", reading)
    found = [client.get(path) for path in ("/slides?lang=en", "/slides/1.png?lang=en")]
    assert tuple(answer.status_code for answer in found) == answers
    # What is refused is refused in words, without a number of the dataset.
    assert answers[0] == 200 or not re.search(r"\d{2}", found[0].text.partition("<body")[2])
    assert answers[1] == 200 or not found[1].content


def test_every_address_of_the_server_is_in_the_table():
    paths = [route.path for route in serve.routes(("overview",))]
    assert set(paths) == {*ROUTES, "/overview"}
    assert set(ROUTES.values()) <= set(RIGHTS)


def test_every_command_is_in_the_table():
    commands = {f"command_{name}" for name, *_ in COMMANDS}
    assert commands == {action for action, need in RIGHTS.items() if need is Need.MACHINE}
    assert not any(Standing(Basis.PASSWORD, "Kari").may(command) for command in commands)


@pytest.mark.parametrize("link", [
    "https://evil.example/", "//evil.example/", "javascript://dashboard.example/%0aalert(1)", "ftp://dashboard.example/",
    "http://dashboard.example@evil.example/", "http://evil.example#dashboard.example", "http://[", "data:text/html,x",
])  # fmt: skip
def test_slides_name_no_address_but_our_own(client, store, link):
    page = client.get("/slides", params={"lang": "en", "link": link}).text
    assert "evil" not in page and "alert(1)" not in page and link not in page
    ours = client.get("/slides", params={"lang": "en", "link": "http://dashboard.example/?lang=en"})
    assert "http://dashboard.example/" in ours.text


def test_files_with_hidden_numbers_have_addresses_that_nobody_can_guess(come, files):
    """Streamlit names a file by a hash of its bytes and asks nobody who fetches it."""
    come("password")
    for key in ("take-xlsx", "take-csv", "deliver.template_filled"):
        assert made(files[key]) != made(files[key]), key
