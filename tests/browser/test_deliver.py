"""A programme's own numbers from the workbook to all readers: checked, seen by one, published for all, brought back."""

import re

import pytest
from delivering import PASSWORD, become_publisher, hand_in, publish
from known import violations
from walking import go_to, settled, tab_to

from ipsdash.store.passwords import hashed
from tests.workbooks import goals


@pytest.fixture
def place(tmp_path, server_with):
    return server_with(IPSDASH_STORE=str(tmp_path / "store"), IPSDASH_PUBLISH_PASSWORD_HASH=hashed(PASSWORD))


def test_a_faulty_workbook_gives_every_fault_with_its_cell_and_changes_nothing(place, sheet):
    opened = sheet("/data?lang=en", on=place)
    hand_in(opened.page, goals(value="mange"))
    opened.page.get_by_role("cell", name="D3", exact=True).wait_for()
    assert opened.page.get_by_role("button", name="Download the workbook with its faults marked").is_visible()
    assert opened.page.get_by_role("button", name=re.compile("Show the whole dashboard")).count() == 0
    assert opened.outside == [] and opened.errors == []


def test_what_one_reader_previews_no_other_sees_and_what_is_published_all_do(place, sheet):
    mine, other = sheet("/data?lang=en", on=place), sheet("/?lang=en", on=place)
    hand_in(mine.page, goals())
    mine.page.get_by_role("button", name=re.compile("Show the whole dashboard")).click()
    mine.page.get_by_text("only you see these numbers").wait_for()
    go_to(mine.page, "Overview")
    mine.page.get_by_role("heading", level=1, name=re.compile("45 of 60")).wait_for()
    assert mine.page.get_by_text("only you see these numbers").is_visible()
    other.page.reload()
    other.page.get_by_role("heading", level=1, name=re.compile("45 of 50")).wait_for()
    go_to(mine.page, "Data")
    become_publisher(mine.page)
    publish(mine.page, "A goal of 60")
    mine.page.get_by_text("Edition 1 is published").wait_for()
    other.page.reload()
    other.page.get_by_role("heading", level=1, name=re.compile("45 of 60")).wait_for()
    assert other.page.get_by_text("only you see these numbers").count() == 0
    assert mine.outside == other.outside == [] and mine.errors == []


def test_an_edition_is_brought_back_and_each_has_its_link(place, sheet):
    page = sheet("/data?lang=en", on=place).page
    become_publisher(page)
    for value in (60, 70):
        hand_in(page, goals(value))
        page.get_by_text("Checked: tall.xlsx").wait_for()
        page.get_by_text("Reading and checking").wait_for(state="hidden")
        publish(page, f"A goal of {value}")
        page.get_by_text(f"Edition {1 if value == 60 else 2} is published").wait_for()
    for number, goal in ((1, 60), (2, 70)):
        sheet(f"/?lang=en&edition={number}", on=place).page.get_by_role("heading", level=1, name=re.compile(f"45 of {goal}")).wait_for()
    page.get_by_role("combobox", name="Edition").click()
    page.get_by_role("option", name="1", exact=True).click()
    settled(page)
    page.get_by_label("What is new, and why").last.fill("Back to 60")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Bring back edition 1").click()
    page.get_by_text("Edition 3 is published").wait_for()
    sheet("/?lang=en", on=place).page.get_by_role("heading", level=1, name=re.compile("45 of 60")).wait_for()


def test_a_wrong_password_is_refused(place, sheet):
    page = sheet("/data?lang=en", on=place).page
    page.get_by_label("Name", exact=True).fill("Kari")
    page.get_by_label("Publishing password").fill("gjetning")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("The password is not right.").wait_for()
    assert page.get_by_role("button", name=re.compile("Publish for everybody")).count() == 0


def test_without_a_provider_or_a_password_publishing_is_off_and_it_is_said_how_to_turn_it_on(sheet, server_with, tmp_path):
    page = sheet("/data?lang=en", on=server_with(IPSDASH_STORE=str(tmp_path / "store"))).page
    page.get_by_text("Publishing is turned off on this machine").wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_axe_finds_nothing_on_a_delivery_with_faults_and_on_one_that_is_previewed(place, sheet, lang, theme):
    opened = sheet(f"/data?lang={lang}", on=place, theme=theme)
    for content, part in ((goals("mange"), "td"), (goals(), ".st-key-preview button")):
        hand_in(opened.page, content)
        opened.page.locator(part, has_text=re.compile("D3|dashbordet|dashboard")).first.wait_for()
        assert violations(opened) == []
    opened.page.locator(".st-key-preview button").click()
    opened.page.locator(".st-key-end-preview").wait_for()
    assert violations(opened) == []


def test_publishing_is_done_by_keyboard_alone(place, sheet):
    page = sheet("/data?lang=en", on=place).page
    hand_in(page, goals())
    page.get_by_text("Checked: tall.xlsx").wait_for()
    for name, text in (("Name", "Kari"), ("Publishing password", PASSWORD)):
        tab_to(page, name)
        page.keyboard.type(text)
    tab_to(page, "Go on")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sign out").wait_for()
    # It is put onto all that is published and checked again, now that it is a publisher's.
    page.get_by_label("What is new, and why").first.wait_for()
    tab_to(page, "What is new, and why")
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    settled(page)
    tab_to(page, "Publish for everybody")
    page.keyboard.press("Enter")
    page.get_by_text("Edition 1 is published").wait_for()


def test_a_file_can_be_chosen_by_keyboard(place, sheet):
    page = sheet("/data?lang=en", on=place).page
    # Heard from the beginning: the browser is told so only once it is asked.
    page.on("filechooser", lambda _: None)
    page.locator("input[type=file]").wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => { let on = document.activeElement; while (on?.shadowRoot?.activeElement) on = on.shadowRoot.activeElement; return on?.type === 'file' }"):
            break
    else:
        raise AssertionError("Tab never comes to the field for a file")
    with page.expect_file_chooser() as chosen:
        page.keyboard.press("Space")
    chosen.value.set_files({"name": "tall.xlsx", "mimeType": "x/y", "buffer": goals()})
    page.get_by_text("Checked: tall.xlsx").wait_for()


def test_where_only_those_who_are_signed_in_may_read_nobody_else_sees_a_number(newcomer, server_with, tmp_path):
    closed = server_with(IPSDASH_STORE=str(tmp_path / "store"), IPSDASH_READING="signed-in")
    context = newcomer()
    page = context.new_page()
    page.goto(f"{closed.url}/coverage?lang=en")
    page.get_by_text("Only those who are signed in may read here").wait_for()
    assert page.get_by_text(re.compile("74|45")).count() == 0
    assert context.request.get(f"{closed.url}/slides").status == 403
    assert context.request.get(f"{closed.url}/slides/1.png").status == 404
