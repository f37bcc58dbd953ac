"""What the invented programme says of itself: its numbers of specialists, its goals, and what happened."""

from ipsdash.example.basis import LETTERS, REGION, last_day, noted, row, site_id
from ipsdash.example.staff import people, reported

# Quarters at whose end somebody counted the whole region.
TOTALS = ("2023Q4", "2024Q4", "2025Q4", "2026Q3")
GOALS = (
    ("eksempel-30", 30, "2020-01", "2023-12-31", ("Eksempel: det forrige målet.", "Example: the goal before.")),
    ("eksempel-50", 50, "2023-10", "2027-12-31", ("Eksempel: vedtatt av styringsgruppen.", "Example: decided by the steering group.")),
)
EVENTS = (
    ("2023-10", "Eksempel: nytt mål på 50 jobbspesialister", "Example: a new goal of 50 specialists"),
    ("2024-04-11", "Eksempel: felles opplæring, tidligere jobbsøkere underviser", "Example: joint training, former job seekers among the teachers"),
    ("2024-08-15", "Eksempel: Eksempelsted H åpner", "Example: Eksempelsted H opens"),
    ("2024-12-31", "Eksempel: Eksempelsted B slås sammen med A", "Example: Eksempelsted B merges into A"),
    ("2025-02-01", "Eksempel: Eksempelsted K åpner", "Example: Eksempelsted K opens"),
    ("2025-09-30", "Eksempel: Eksempelsted N legges ned", "Example: Eksempelsted N closes"),
    ("2026-04-22", "Eksempel: første sted med svært god kvalitetsskåre", "Example: the first place with exemplary fidelity"),
)


def observations() -> list[dict]:
    """One row is an invented number: of specialists at a place at the end of a quarter, or of specialists or places in the region."""
    told = [(letter, quarter, count) for letter in LETTERS for quarter, count in people(letter).items() if count and reported(letter, quarter)]
    rows = [_observed(quarter, count, site_id=site_id(letter)) for letter, quarter, count in told]
    for quarter in TOTALS:
        counts = [people(letter).get(quarter, 0) for letter in LETTERS]
        rows.append(_observed(quarter, sum(counts), area_id=REGION))
        rows.append(_observed(quarter, sum(map(bool, counts)), "sites", "sites", area_id=REGION))
    return sorted(rows, key=lambda each: each["date"])


def _observed(quarter: str, value: int, indicator: str = "specialists", unit: str = "positions_or_persons", **where: str) -> dict:
    return row(
        "reported" if "site_id" in where else "counted",
        date=last_day(quarter), indicator=indicator, value=value, unit=unit, bound="exact", **where,
    )  # fmt: skip


def goals() -> list[dict]:
    """One row is an invented level that somebody decided for the region."""
    shared = {"area_id": REGION, "indicator": "specialists", "unit": "positions_or_persons"}
    return [row(goal_id=goal, value=value, set_on=begin, due_on=due, **shared, **noted(note)) for goal, value, begin, due, note in GOALS]


def events() -> list[dict]:
    """One row is something that never happened."""
    return [row(date=date, area_id=REGION, title_nb=nb, title_en=en) for date, nb, en in EVENTS]
