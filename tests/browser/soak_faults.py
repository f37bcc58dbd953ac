"""What can go wrong while readers are on: the server killed, the store gone, damaged or full, a line that drops."""

import os
import re
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError
from delivering import PASSWORD, become_publisher, hand_in, publish
from dropping import Dropping
from walking import settled

from ipsdash.export.release import delivered, to_publish
from ipsdash.store.deliveries import received
from ipsdash.store.editions import FILE, open_store
from ipsdash.store.passwords import hashed
from tests.conftest import PUBLIC
from tests.workbooks import goals

SILENT = re.compile(r"The store of editions has not answered since \d+.[A-Z]\w+.20\d\d at \d\d:\d\d\. You see the last that could be read\.")
DAMAGED = re.compile(r"The store of editions is damaged; this was found on \d+.[A-Z]\w+.20\d\d at \d\d:\d\d\. You see the last that is whole\.")


def edition(folder: Path, goal: int) -> None:
    """Publishes the public tables with another goal."""
    store = open_store(folder)
    one = delivered(received("tall.xlsx", goals(goal), store, PUBLIC, True), store)
    store.publish(to_publish(one), "Kari", f"A goal of {goal}", store.latest(), counts_people=False)


def headline(page, goal: int) -> None:
    page.get_by_role("heading", level=1, name=re.compile(f"45 of {goal}")).wait_for()


def choose(page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=re.compile(f"^{option}")).click()


def choices(page) -> str:
    return "|".join(box.input_value() for box in page.get_by_role("combobox").all()).replace("\u00a0", " ")


@pytest.fixture
def folder(tmp_path) -> Path:
    """A store with two editions: goals of 60 and 70."""
    for goal in (60, 70):
        edition(tmp_path / "store", goal)
    return tmp_path / "store"


def test_an_open_page_comes_back_by_itself_after_the_server_was_killed(sheet, server_with, folder):
    place = server_with(IPSDASH_STORE=str(folder))
    link = "/coverage?lang=en&area=county%3Atroms&date=2017-04&scenario=half"
    page = sheet(link, on=place).page
    before = page.locator("h1").inner_text(), page.url, choices(page)
    assert all(part in before[2] for part in ("County: Troms", "April 2017", "Half served")), before[2]
    place.process.kill()
    place.process.wait()
    page.locator("[data-testid='stApp']:not([data-test-connection-state='CONNECTED'])").wait_for(state="attached")
    edition(folder, 80)
    place.start()
    began = time.monotonic()
    # Only a page that was run anew knows of the edition that came while it was gone.
    page.locator(".ips-footer", has_text="edition 3").wait_for()
    print(f"back {time.monotonic() - began:.1f} s after the server")
    assert (page.locator("h1").inner_text(), page.url, choices(page)) == before
    choose(page, "My area", "County: Nordland")
    page.wait_for_url(re.compile("area=county(%3A|:)nordland"))
    assert all(part in choices(page) for part in ("County: Nordland", "April 2017", "Half served"))


def test_readers_keep_the_last_edition_while_the_store_is_gone_and_are_told_since_when(sheet, server_with, folder):
    place = server_with(IPSDASH_STORE=str(folder))
    page = sheet("/?lang=en", on=place).page
    headline(page, 70)
    assert page.get_by_text(SILENT).count() == 0
    away = folder.rename(folder.with_name("away"))
    page.reload()
    page.get_by_text(SILENT).wait_for()
    headline(page, 70)
    for path in ("method", "data"):
        other = sheet(f"/{path}?lang=en", on=place).page
        other.get_by_text(SILENT).wait_for()
        assert "edition 2" in other.locator(".ips-footer").inner_text()
    other.get_by_text("The store does not answer. The last whole edition is shown.").wait_for()
    hand_in(other, goals(90))
    other.get_by_text("The store does not answer.").nth(1).wait_for()
    assert not folder.exists(), "nobody makes another store in its place"
    # An edition that nobody has read yet cannot be had: the public facts, said as such.
    page.goto(f"{place.url}/?lang=en&edition=1")
    headline(page, 50)
    assert "edition" not in page.locator(".ips-footer").inner_text().replace("store of editions", "")
    away.rename(folder)
    page.reload()
    headline(page, 60)
    page.goto(f"{place.url}/?lang=en")
    headline(page, 70)
    page.locator(".ips-footer", has_text="from edition 2").wait_for()
    assert page.get_by_text(SILENT).count() == 0


def test_a_damaged_edition_is_told_and_the_last_whole_one_shown(sheet, server_with, folder):
    file = folder / FILE
    whole = file.read_bytes()
    name = b"A goal of 70"
    assert name in whole
    # What edition 2 says about itself is not what was published.
    file.write_bytes(whole.replace(name, b"A goal of 99"))
    place = server_with(IPSDASH_STORE=str(folder))
    page = sheet("/?lang=en", on=place).page
    headline(page, 60)
    page.get_by_text(DAMAGED).wait_for()
    assert "edition 1" in page.locator(".ips-footer").inner_text()
    page.goto(f"{place.url}/data?lang=en")
    page.get_by_text("An edition is not as it was published. The last whole edition is shown.").wait_for()
    # Its first pages overwritten: what has been read is still there.
    file.write_bytes(b"\0" * 8192 + whole[8192:])
    page.reload()
    page.get_by_text("The file of editions is no store. The last whole edition is shown.").wait_for()
    page.get_by_text(DAMAGED).wait_for()
    assert "edition 1" in page.locator(".ips-footer").inner_text()
    file.write_bytes(whole)
    page.goto(f"{place.url}/?lang=en")
    headline(page, 70)
    page.locator(".ips-footer", has_text="from edition 2").wait_for()
    assert page.get_by_text(DAMAGED).count() == 0


@pytest.fixture
def full_disk(tmp_path):
    """A disk of 2 MB with a store on it, and a way to fill it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    edition(disk, 60)
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_publisher_whose_disk_is_full_is_told_and_nothing_is_changed(sheet, server_with, full_disk):
    place = server_with(IPSDASH_STORE=str(full_disk), IPSDASH_PUBLISH_PASSWORD_HASH=hashed(PASSWORD))
    page = sheet("/data?lang=en", on=place).page
    before = (full_disk / FILE).read_bytes()
    become_publisher(page)
    hand_in(page, goals(70))
    page.get_by_text("Checked: tall.xlsx").wait_for()
    page.get_by_text("Reading and checking").wait_for(state="hidden")
    filler = full_disk / "filler"
    with pytest.raises(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"\0" * 4096):
            pass
    publish(page, "A goal of 70")
    page.get_by_text("The disk is full. Nothing has changed.").wait_for()
    assert (full_disk / FILE).read_bytes() == before
    headline(sheet("/?lang=en", on=place).page, 60)
    filler.unlink()
    page.get_by_role("button", name=re.compile("Publish for everybody")).click()
    page.get_by_text("Edition 2 is published").wait_for()


def test_on_a_line_that_drops_the_page_becomes_readable_and_a_change_arrives(sheet, server):
    line = Dropping(server.port, every=5)
    page = sheet("/growth?lang=en", on=line).page
    page.get_by_role("heading", level=1, name=re.compile("45")).wait_for()
    for option in ("Nordland", "Finnmark"):
        for _ in range(8):
            # What a cut takes away while it is chosen is chosen again.
            with suppress(TimeoutError):
                choose(page, "My area", f"County: {option}")
                page.wait_for_url(re.compile(f"area=county(%3A|:){option.lower()}"), timeout=8_000)
                break
        before = line.cut
        while line.cut == before:
            page.wait_for_timeout(100)
    settled(page)
    assert "Finnmark" in choices(page)
    line.close()
