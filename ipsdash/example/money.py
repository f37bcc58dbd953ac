"""Who pays for the invented places: awards and budgets by year, what was spent, and what ends when."""

from collections.abc import Iterator

from ipsdash.example.basis import QUARTERS, REGION, draws, noted, row, site_id
from ipsdash.example.places import PLACES
from ipsdash.example.staff import posts

YEARS = (2023, 2024, 2025, 2026)
DIRECTORATE, GOVERNOR, NAV, MUNICIPALITY, HOSPITAL = "Helsedirektoratet", "Statsforvalteren", "Nav", "Kommunen", "Helseforetaket"
# Place, payer, entry, posts in each year, last day of the newest award (empty: no end is set). "e" and "j": no money is known.
AWARDS = (
    ("a", GOVERNOR, "grant", "1 1 2 2", "2026-12-31"), ("a", NAV, "budget", "1 1 2 2", ""),
    ("b", GOVERNOR, "grant", "1 1 . .", "2024-12-31"), ("b", MUNICIPALITY, "budget", "1 1 . .", ""),
    ("c", DIRECTORATE, "grant", "1 1 1 1", "2027-06-30"), ("c", MUNICIPALITY, "budget", ". . 1 1", ""),
    ("d", DIRECTORATE, "grant", "1 2 2 2", "2026-12-31"), ("d", NAV, "budget", "2 2 3 3", ""),
    ("f", DIRECTORATE, "grant", "2 2 2 2", "2026-12-31"), ("f", NAV, "budget", "2 2 3 4", ""), ("f", HOSPITAL, "budget", "1 1 2 2", ""),
    ("g", GOVERNOR, "grant", "1 1 1 2", "2027-12-31"), ("g", NAV, "budget", "1 2 2 2", ""),
    ("h", DIRECTORATE, "grant", ". 2 2 2", "2027-08-31"), ("h", NAV, "budget", ". . 1 2", ""),
    ("i", MUNICIPALITY, "budget", "2 3 3 3.5", ""),
    ("k", GOVERNOR, "grant", ". . 2 2", "2026-12-31"), ("k", MUNICIPALITY, "budget", ". . . 1", ""),
    ("l", NAV, "budget", "1 2 3 3", ""), ("l", MUNICIPALITY, "budget", "1 1 1 2", ""),
    ("m", DIRECTORATE, "grant", "1 1 1 1", "2027-03-31"), ("m", NAV, "budget", "1 1 1 1", ""),
    ("n", GOVERNOR, "grant", "0.5 0.5 0.5 .", "2025-09-30"),
)  # fmt: skip
# A full post in 2023 and its rise a year; parts of a year that an award covers; years whose accounts are closed; who gave none.
POST, RISE, STEP = 940_000, 0.04, 5_000
PART = {("h", 2024): 0.5, ("k", 2025): 0.9, ("n", 2025): 0.75}
CLOSED, NO_ACCOUNTS = (2023, 2024, 2025), ("i",)
AT_LEAST = {("m", NAV, 2024)}
NOT_ALL = ("Noen måneder mangler i regnskapet.", "Some months are missing from the accounts.")
# Money for the whole region: payer, entry, crowns in each year.
REGIONAL = ((DIRECTORATE, "grant", (2_000_000, 2_100_000, 2_200_000, 2_200_000)), (HOSPITAL, "budget", (1_400_000, 1_450_000, 1_500_000, 1_600_000)))
TRAINING = ("Metodeveiledning og opplæring; ingen stillinger ved stedene.", "Method supervision and training; no posts at the places.")


def funding() -> list[dict]:
    """One row is invented money for a place or the region in a year. A grant or a budget says how many posts it pays, and a
    grant its last day: that of the award, which is for a year at a time but for the newest. Spent: the
    payer's part of what the posts cost that somebody was in."""
    regional = [_regional(*each) for each in REGIONAL]
    placed = [row for award in AWARDS for row in _award(*award)]
    return sorted([each for rows in regional for each in rows] + placed, key=lambda each: each["year"])


def _regional(payer: str, entry: str, amounts: tuple[int, ...]) -> list[dict]:
    shared = {"area_id": REGION, "entry": entry, "bound": "exact", "payer": payer}
    ends = {year: f"{year}-12-31" if entry == "grant" else "" for year in YEARS}
    return [row(year=year, nok=nok, ends=ends[year], **shared, **noted(TRAINING)) for year, nok in zip(YEARS, amounts)]


def _award(letter: str, payer: str, entry: str, texts: str, ends: str) -> Iterator[dict]:
    rng, by_year = draws(f"money {payer}", letter), texts.split()
    last = max(year for year, text in zip(YEARS, by_year) if text != ".")
    for year, text in [(year, text) for year, text in zip(YEARS, by_year) if text != "."]:
        price = POST * (1 + RISE) ** (year - YEARS[0])
        nok = float(text) * price * PART.get((letter, year), 1)
        until = ends if year == last else f"{year}-12-31" if ends else ""
        yield _money(letter, year, payer, entry, nok, posts=float(text), ends=until)
        if year in CLOSED and letter not in NO_ACCOUNTS:
            yield _money(letter, year, payer, "spent", float(text) * price * filled(letter, year) * rng.uniform(0.97, 1.05))


def filled(letter: str, year: int) -> float:
    """The share of the paid posts that somebody was in, over the quarters of the year (2023: its last)."""
    quarters = [quarter for quarter in QUARTERS if quarter.startswith(str(year))]
    staff = posts(letter)
    paid = [float(text) for place, _, _, texts, _ in AWARDS if place == letter and (text := texts.split()[YEARS.index(year)]) != "."]
    return sum(staff[quarter]["fte"] for quarter in quarters if quarter in staff) / len(quarters) / sum(paid)


def _money(letter: str, year: int, payer: str, entry: str, nok: float, **cells: object) -> dict:
    partly = entry == "spent" and (letter, payer, year) in AT_LEAST
    return row(
        year=year, area_id=f"municipality:{PLACES[letter][0]}", site_id=site_id(letter), entry=entry, nok=round(nok / STEP) * STEP,
        bound="at_least" if partly else "exact", payer=payer, **cells, **noted(NOT_ALL if partly else None),
    )  # fmt: skip
