"""What the invented places did for people: numbers follow from the staff, and the cases of a quarter from those before."""

from math import ceil, floor
from random import Random

from ipsdash.example.basis import LETTERS, QUARTERS, Told, draws
from ipsdash.example.staff import posts

# Of a full post when a place is new, by quarters since its first.
STARTING = (0.5, 0.8)
# Participants per full post that are let be for a while when a colleague has left.
FULL = 20
# Whose participants went where, and when.
TRANSFERS = {("a", "2024Q4"): "b"}
NO_WORK_YET = {("h", "2024Q3"), ("n", "2024Q2")}
# Quarters that were not reported, cells left empty, and what nobody knows.
SILENT = {("g", "2024Q2"), ("m", "2025Q1"), ("e", "2026Q3"), ("n", "2025Q1")}
EMPTY = {("d", "2024Q3"): ("days_to_contact",), ("l", "2025Q2"): ("working", "job_starts"), ("k", "2025Q1"): ("referred", "days_to_contact")}
UNKNOWN = {
    ("c", "2024Q1"): ("days_to_contact",), ("c", "2024Q2"): ("days_to_contact",), ("i", "2025Q4"): ("job_starts",),
    ("j", "2025Q4"): ("referred",),
}  # fmt: skip
NOTES = {
    ("a", "2024Q4"): ("Deltakerne fra Eksempelsted B er regnet som nye her.", "The participants of Eksempelsted B count as new here."),
    ("b", "2024Q4"): ("Deltakerne gikk over til Eksempelsted A.", "The participants went over to Eksempelsted A."),
    ("c", "2024Q1"): ("Dato for første kontakt ble ikke ført.", "The date of the first contact was not kept."),
    ("i", "2025Q4"): ("Nytt fagsystem: nye jobber gikk tapt.", "A new records system: job starts were lost."),
    ("n", "2025Q3"): ("Sakene ble avsluttet da stedet ble lagt ned.", "The cases were closed when the place closed."),
}
COUNTED = ("c", "m")
TOLD = Told(COUNTED, EMPTY, UNKNOWN, NOTES)
COUNTS = ("referred", "started", "served", "caseload", "working", "job_starts", "closed_cases")


def service() -> list[dict]:
    """One row is what an invented place did for people in a quarter, without the quarters that it did not report."""
    rows = [(letter, quarter, cells) for letter in LETTERS for quarter, cells in quarters(letter).items()]
    return [TOLD.row(*each) for each in rows if each[:2] not in SILENT]


def quarters(letter: str) -> dict[str, dict[str, float]]:
    """Quarter -> the numbers of a place, as they were whether reported or not."""
    rng, staff, found = draws("service", letter), posts(letter), {}
    load, work, wait = rng.uniform(15.5, 18.5), rng.uniform(0.29, 0.37), rng.uniform(18, 38)
    is_new = QUARTERS[0] not in staff
    before = dict.fromkeys(COUNTS, 0) if is_new else None
    for age, (quarter, now) in enumerate(staff.items()):
        strength = STARTING[age] if is_new and age < len(STARTING) else 1
        cells = _cases(rng, now["fte"], load * strength, _moved(letter, quarter), before)
        cells |= _jobs(rng, cells["served"], 0 if (letter, quarter) in NO_WORK_YET else work + 0.005 * age, before)
        days = wait * rng.uniform(0.8, 1.2) - 0.5 * age + 7 * (now["vacant"] > 0)
        found[quarter] = before = cells | {"days_to_contact": round(min(60, max(10, days)), 1) if cells["started"] else ""}
    return found


def _moved(letter: str, quarter: str) -> int:
    """Participants who came from another place."""
    other = TRANSFERS.get((letter, quarter))
    return quarters(other)[quarter]["closed_cases"] - 2 if other else 0


def _cases(rng: Random, fte: float, load: float, moved: int, before: dict | None) -> dict[str, int]:
    """caseload = caseload before + started - closed_cases; served = caseload before + started. load: participants per full post.

    What is far too much for the posts that are left is closed sooner, and all of it when nobody is left.
    """
    had = round(fte * load) if before is None else before["caseload"]
    closed = max(near(round(had * rng.uniform(0.18, 0.28)), before, "closed_cases"), round(0.9 * (had - FULL * fte)))
    started = moved + near(max(0, round(fte * load * rng.uniform(0.95, 1.05)) - had - moved + closed), before, "started")
    started, closed = (started, closed) if fte else (0, had)
    referred = near(round((started - moved) * rng.uniform(1.15, 1.6)), before, "referred") if fte else 0
    return {"referred": referred, "started": started, "served": had + started, "caseload": had + started - closed, "closed_cases": closed}


def _jobs(rng: Random, served: int, work: float, before: dict | None) -> dict[str, int]:
    """Those in work in the quarter, and the jobs that began."""
    working = near(round(served * (work + rng.uniform(-0.03, 0.03))), before, "working") if work else 0
    return {"working": working, "job_starts": near(round(served * rng.uniform(0.08, 0.14)), before, "job_starts") if work else 0}


def near(value: int, before: dict | None, name: str) -> int:
    """Within half of the quarter before, where numbers are large enough to say anything: cases come and go slowly."""
    if before is None or not before[name] or max(value, before[name]) < 5:
        return value
    return max(ceil(before[name] / 2), min(value, max(4, floor(before[name] * 1.5))))
