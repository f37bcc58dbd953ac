"""Stores of editions that differ in one number that leads a page: the goal. And how they are restored."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from ipsdash.export.release import delivered, to_publish
from ipsdash.store.deliveries import received
from ipsdash.store.editions import FILE, open_store
from ipsdash.store.records import Edition
from tests.conftest import PUBLIC
from tests.workbooks import goals


def publish_goal(folder: Path, goal: int) -> Edition:
    """Publishes the public tables with this goal."""
    store = open_store(folder)
    one = delivered(received("tall.xlsx", goals(goal), store, PUBLIC, True), store)
    return store.publish(to_publish(one), "Kari", f"Goal {goal}", store.latest(), counts_people=False)


def made_files(folder: Path) -> dict[str, Path]:
    """Files of editions by name: `backup` has two, with goals of 60 and 70, and two others go on from
    there, `eighty` and `ninety`, each with a third edition of that goal."""
    files, store = {}, folder / "store"
    for name, goals_published in (("backup", (60, 70)), ("eighty", (80,)), ("ninety", (90,))):
        if files:
            move_in(files["backup"], store)
        for goal in goals_published:
            publish_goal(store, goal)
        files[name] = Path(shutil.copy(store / FILE, folder / name))
    return files


def move_in(backup: Path, folder: Path) -> None:
    """Puts a copy of the backup in the place of the file, by a rename."""
    Path(shutil.copy(backup, folder / "coming")).replace(folder / FILE)


def write_in(backup: Path, folder: Path) -> None:
    """Writes the backup into the file that is there, as `.restore` of sqlite3 does, with its locks."""
    with closing(sqlite3.connect(backup)) as old, closing(sqlite3.connect(folder / FILE)) as now:
        old.backup(now)
