"""Writes the invented tables, each with all columns of its schema."""

import csv
from pathlib import Path

from ipsdash.example import facts, money, places, reviews, service, staff
from ipsdash.tables.load import load
from ipsdash.tables.schemas import columns_of

PUBLIC = Path(__file__).parents[2] / "data"
FOLDER = PUBLIC / "example"
REGISTER = """\
# The one source of the example: it lies beside those of data/sources.toml. Written by `python -m ipsdash.example`.

[example]
title_nb = "Eksempeldata (oppdiktet)"
title_en = "Example data (invented)"
licence = "MIT"
status = "synthetic"
processing = "modelled"
note_nb = "Laget av et program med fast frø. Steder, tall og hendelser er oppdiktet for å vise hva sidene kan. De sier ingenting om virkelige tjenester."
note_en = "Made by a program with a fixed seed. Places, numbers and events are invented to show what the pages can do. They say nothing about real services."
"""


def tables() -> dict[str, list[dict]]:
    """The rows of each table that the example has; the others are the public ones."""
    areas = load(PUBLIC).tables.areas
    return {
        "sites": places.sites(areas), "catchments": places.catchments(areas),
        "observations": facts.observations(), "goals": facts.goals(), "events": facts.events(),
        "funding": money.funding(), "nav_teams": [], "travel": [],
        "staffing": staff.staffing(), "service": service.service(), "fidelity": reviews.fidelity(), "rollout": reviews.rollout(),
    }  # fmt: skip


def write(folder: Path) -> None:
    """Writes all tables and the register of their source into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables().items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns_of(table), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows({name: _text(value) for name, value in each.items()} for each in rows)
    (folder / "sources.toml").write_text(REGISTER, encoding="utf-8", newline="\n")


def _text(value: object) -> object:
    """A whole number without its ".0"."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
