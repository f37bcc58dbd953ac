"""Numbers of people as sites report them, drawn as text in the test that reads them."""

from dataclasses import replace

import pandas as pd

from ipsdash.tables.columns import SERVICE, STAFFING
from ipsdash.tables.load import Tables
from tests.domain.invented import AREAS, THRESHOLDS
from tests.domain.worlds import drawn, world


def reported(service: str, staff_rows: str = "", closed: str = "") -> Tables:
    """What sites reported; each has five people where nothing else is drawn."""
    rows = drawn(service)
    sites = sorted(set(rows["site_id"]))
    shut = dict(line.split("|") for line in closed.split())
    staff = staff_rows or "site_id|quarter|headcount\n" + "\n".join(f"{site}|2000Q1|5" for site in sites)
    given = world(
        areas=AREAS, assumptions=THRESHOLDS, service=service, staffing=staff,
        sites="site_id|municipality|closed\n" + "\n".join(f"{site}|m:1|{shut.get(site, '')}" for site in sites),
    )  # fmt: skip
    return replace(given, service=_numbers(given.service, SERVICE), staffing=_numbers(given.staffing, STAFFING))


def _numbers(frame: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    return frame.astype({name: "float64" for name in names})
