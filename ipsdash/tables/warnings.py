"""What may be right and should be looked at before it is published: more than a job specialist can serve, jumps, numbers that do not fit.

Frames are text with numbers as floats, NA for empty and for cells that have a fault. A warning stops nothing.
"""

from collections.abc import Iterable

import pandas as pd

from ipsdash.tables import dates
from ipsdash.tables.columns import SERVICE, STAFFING
from ipsdash.tables.faults import Fault

# Clients per full-time job specialist; a change from one quarter to the next, as a share; and the number from which a change says anything.
FULL, JUMP, LEAST = 20, 0.5, 5
KEY = ["site_id", "quarter"]


def odd(frames: dict[str, pd.DataFrame], files: dict[str, str]) -> Iterable[Fault]:
    """All warnings of a delivery, with level "warning"."""
    staffing, service = (_keyed(frames.get(name)) for name in ("staffing", "service"))
    if service is not None:
        yield from _fewer_served(service, files["service"])
        yield from _jumps(service, files["service"], [name for name in SERVICE if name != "days_to_contact"])
    if staffing is not None:
        yield from _jumps(staffing, files["staffing"], [name for name in STAFFING if name in ("fte", "headcount")])
        yield from _more_posts_than_people(staffing, files["staffing"])
    if staffing is not None and service is not None:
        yield from _overfull(staffing, service, files["service"])


def _keyed(frame: pd.DataFrame | None) -> pd.DataFrame | None:
    """The rows with a site and a good quarter, each once; None where the table has no key."""
    if frame is None or not set(KEY) <= set(frame):
        return None
    good = [isinstance(quarter, str) and dates.is_quarter(quarter) and isinstance(site, str) for site, quarter in zip(frame["site_id"], frame["quarter"])]
    return frame.loc[good].drop_duplicates(KEY)


def _warned(file: str, row: int, column: str, rule: str, cure: str, **values: object) -> Fault:
    return Fault(file, row, column, None, rule, cure, values, "warning")


def _fewer_served(service: pd.DataFrame, file: str) -> Iterable[Fault]:
    if {"served", "caseload"} <= set(service):
        for row, caseload in service.loc[service["served"] < service["caseload"], "caseload"].items():
            yield _warned(file, row, "served", "fewer_served_than_caseload", "look_at_served", caseload=int(caseload))


def _more_posts_than_people(staffing: pd.DataFrame, file: str) -> Iterable[Fault]:
    if {"fte", "headcount"} <= set(staffing):
        for row, people in staffing.loc[staffing["fte"] > staffing["headcount"], "headcount"].items():
            yield _warned(file, row, "fte", "more_posts_than_people", "look_at_posts", people=int(people))


def _overfull(staffing: pd.DataFrame, service: pd.DataFrame, file: str) -> Iterable[Fault]:
    if "fte" not in staffing or "caseload" not in service:
        return
    posts = dict(zip(zip(staffing["site_id"], staffing["quarter"]), staffing["fte"]))
    load = service["caseload"] / pd.Series([posts.get(key) for key in zip(service["site_id"], service["quarter"])], index=service.index, dtype=float)
    for row in load.index[load > FULL]:
        yield _warned(file, row, "caseload", "caseload_high", "look_at_caseload", load=round(float(load[row]), 1), most=FULL)


def _jumps(frame: pd.DataFrame, file: str, names: list[str]) -> Iterable[Fault]:
    """A number that is more than half above or below the quarter before, where one of them is large enough to say anything."""
    keys = list(zip(frame["site_id"], frame["quarter"]))
    earlier = [(site, dates.quarter_before(quarter)) for site, quarter in keys]
    for name in [one for one in names if one in frame]:
        known = dict(zip(keys, frame[name]))
        then = pd.Series([known.get(key) for key in earlier], index=frame.index, dtype=float)
        large = then.combine(frame[name], max) >= LEAST
        for row in frame.index[large & ((frame[name] - then).abs() > JUMP * then)]:
            quarter = dates.quarter_before(frame.at[row, "quarter"])
            yield _warned(file, row, name, "jump", "look_at_jump", before=float(then[row]), quarter=quarter)
