"""A programme's own numbers from the workbook to all readers: checked, seen by one, published for all, brought back."""

import re

import pytest

from ipsdash.store.passwords import hashed
from tests.workbooks import goals

PASSWORD = "nordlys over Kárášjohka"


@pytest.fixture
def place(tmp_path, server_with):
    return server_with(IPSDASH_STORE=str(tmp_path / "store"), IPSDASH_PUBLISH_PASSWORD_HASH=hashed(PASSWORD))


def hand_in(page, content, name="tall.xlsx"):
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


def settled(page):
    page.locator("[data-testid='stStatusWidget']").wait_for(state="detached")


def become_publisher(page, who="Kari"):
    page.get_by_label("Name", exact=True).fill(who)
    page.get_by_label("Publishing password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Sign out").wait_for()


def publish(page, note):
    page.get_by_label("What is new, and why").first.fill(note)
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name=re.compile("Publish for everybody")).click()


def test_a_faulty_workbook_gives_every_fault_with_its_cell_and_changes_nothing(place, sheet):
    opened = sheet("/data?lang=en", server=place)
    hand_in(opened.page, goals(value="mange"))
    opened.page.get_by_role("cell", name="D3", exact=True).wait_for()
    assert opened.page.get_by_role("button", name="Download the workbook with its faults marked").is_visible()
    assert opened.page.get_by_role("button", name=re.compile("Show the whole dashboard")).count() == 0
    assert opened.outside == [] and opened.errors == []


def test_what_one_reader_previews_no_other_sees_and_what_is_published_all_do(place, sheet):
    mine, other = sheet("/data?lang=en", server=place), sheet("/?lang=en", server=place)
    hand_in(mine.page, goals())
    mine.page.get_by_role("button", name=re.compile("Show the whole dashboard")).click()
    mine.page.get_by_text("only you see these numbers").wait_for()
    mine.page.get_by_role("link", name="Overview").click()
    mine.page.get_by_role("heading", level=1, name=re.compile("45 of 60")).wait_for()
    assert mine.page.get_by_text("only you see these numbers").is_visible()
    other.page.reload()
    other.page.get_by_role("heading", level=1, name=re.compile("45 of 50")).wait_for()
    mine.page.get_by_role("link", name="Data").click()
    become_publisher(mine.page)
    publish(mine.page, "A goal of 60")
    mine.page.get_by_text("Edition 1 is published").wait_for()
    other.page.reload()
    other.page.get_by_role("heading", level=1, name=re.compile("45 of 60")).wait_for()
    assert other.page.get_by_text("only you see these numbers").count() == 0
    assert mine.outside == other.outside == [] and mine.errors == []


def test_an_edition_is_brought_back_and_each_has_its_link(place, sheet):
    page = sheet("/data?lang=en", server=place).page
    become_publisher(page)
    for value in (60, 70):
        hand_in(page, goals(value))
        page.get_by_text("Checked: tall.xlsx").wait_for()
        publish(page, f"A goal of {value}")
        page.get_by_text(f"Edition {1 if value == 60 else 2} is published").wait_for()
    for number, goal in ((1, 60), (2, 70)):
        sheet(f"/?lang=en&edition={number}", server=place).page.get_by_role("heading", level=1, name=re.compile(f"45 of {goal}")).wait_for()
    page.get_by_role("combobox", name="Edition").click()
    page.get_by_role("option", name="1", exact=True).click()
    settled(page)
    page.get_by_label("What is new, and why").last.fill("Back to 60")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Bring back edition 1").click()
    page.get_by_text("Edition 3 is published").wait_for()
    sheet("/?lang=en", server=place).page.get_by_role("heading", level=1, name=re.compile("45 of 60")).wait_for()


def test_a_wrong_password_is_refused(place, sheet):
    page = sheet("/data?lang=en", server=place).page
    page.get_by_label("Name", exact=True).fill("Kari")
    page.get_by_label("Publishing password").fill("gjetning")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("The password is not right.").wait_for()
    assert page.get_by_role("button", name=re.compile("Publish for everybody")).count() == 0


def test_without_a_provider_or_a_password_publishing_is_off_and_it_is_said_how_to_turn_it_on(sheet, server_with, tmp_path):
    page = sheet("/data?lang=en", server=server_with(IPSDASH_STORE=str(tmp_path / "store"))).page
    page.get_by_text("Publishing is turned off on this machine").wait_for()
