"""What the product is made of: everything that is installed is pinned, with the hash of what was looked at, and listed with its licence."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"^([a-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def pins(file: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / file).read_text()))


def test_the_lock_holds_what_is_asked_for_at_the_version_that_is_asked_for():
    asked, locked = pins("requirements.txt"), pins("deploy/requirements.lock")
    assert asked and {name: locked.get(name) for name in asked} == asked


def test_everything_in_the_lock_has_a_hash():
    blocks = re.split(r"\n(?=[a-z])", (ROOT / "deploy/requirements.lock").read_text().strip())
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_bill_of_materials_names_all_that_is_locked():
    parts = json.loads((ROOT / "deploy/bill-of-materials.json").read_text())["components"]
    assert {one["name"]: one["version"] for one in parts} == pins("deploy/requirements.lock")


def test_each_package_has_a_licence_in_the_list():
    rows = [line.split("|") for line in (ROOT / "deploy/licences.md").read_text().splitlines()[2:]]
    listed = {row[1].strip().lower().replace("_", "-"): row[3].strip() for row in rows}
    # Packages that only another Python or system than that of the list brings are not installed here.
    missing = {name for name in pins("requirements.txt")} - set(listed)
    assert missing == set() and "UNKNOWN" not in listed.values()
