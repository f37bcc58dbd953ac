"""What a publisher does in the browser to hand in and publish a workbook."""

import re

from walking import settled

PASSWORD = "nordlys over Kárášjohka"


def hand_in(page, content, name="tall.xlsx"):
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


def become_publisher(page, who="Kari"):
    page.get_by_label("Name", exact=True).fill(who)
    page.get_by_label("Publishing password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Sign out").wait_for()


def publish(page, note):
    page.get_by_role("button", name=re.compile("Publish for everybody")).wait_for()
    settled(page)
    page.wait_for_timeout(500)
    page.get_by_label("What is new, and why").first.fill(note)
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name=re.compile("Publish for everybody")).click()
