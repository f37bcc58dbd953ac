"""The specialists of the invented programme: how many at each place, who came and left, which posts stood empty."""

from collections.abc import Iterator
from random import Random

from ipsdash.example.basis import LETTERS, QUARTERS, Told, draws

# Specialists at the end of each quarter from 2023Q4 on; a point is a quarter without the place.
PEOPLE = {
    "a": "2 2 2 1 4 4 4 3 4 4 3 4",
    "b": "2 2 2 2 0 . . . . . . .",
    "c": "1 1 1 1 1 2 2 2 1 1 2 2",
    "d": "3 3 3 4 4 4 5 5 4 4 5 5",
    "e": "1 1 2 2 2 2 2 2 2 2 2 2",
    "f": "5 5 5 5 6 6 6 7 7 7 7 7",
    "g": "2 2 3 3 3 3 3 3 3 4 4 4",
    "h": ". . . 1 2 3 3 3 3 3 4 4",
    "i": "2 2 2 3 3 3 3 2 2 3 3 3",
    "j": "1 1 1 2 2 2 2 1 1 1 1 1",
    "k": ". . . . . 1 2 2 2 3 3 3",
    "l": "2 2 3 3 3 4 4 4 4 4 4 4",
    "m": "2 2 2 2 2 1 2 2 2 2 2 2",
    "n": "1 1 1 1 1 1 1 0 . . . .",
}
# Posts that were approved and stood empty.
VACANT = {
    "a": "0 0 0 1 0 0 0 1 0 0 1 0",
    "b": "0 0 0 0 0 . . . . . . .",
    "c": "0 0 0 0 1 0 0 0 1 1 0 0",
    "d": "0 0 1 0 0 1 0 0 1 1 0 0",
    "e": "1 1 0 0 0 0 0 0 0 0 0 0",
    "f": "0 0 0 1 0 0 1 0 0 0 1 1",
    "g": "0 1 0 0 0 0 0 0 1 0 0 0",
    "h": ". . . 1 1 0 0 0 0 1 0 0",
    "i": "0 0 1 0 0 0 0 1 1 0 0 0.5",
    "j": "1 1 1 0 0 0 0 1 1 1 1 1",
    "k": ". . . . . 1 0 0 1 0 0 0",
    "l": "0 1 0 0 1 0 0 0 0 0 1 1",
    "m": "0 0 0 0 0 1 0 0 0 0 0 0",
    "n": "0 0 0 0 0 0 0 0 . . . .",
}
# How much of a full post a new specialist has, and the share of the staff that leaves and is replaced within a quarter.
SHARES, CHURN = (1, 1, 1, 1, 1, 0.8, 0.6), 0.04
HALF = ("n",)
# Quarters that a place did not report at all, cells it left empty, and what it was asked and did not know.
SILENT = {("g", "2024Q2"), ("n", "2025Q1")}
EMPTY = {("d", "2024Q1"): ("joiners", "leavers"), ("l", "2025Q3"): ("vacant",), ("i", "2024Q4"): ("fte",)}
UNKNOWN = {("j", "2025Q4"): ("vacant",), ("e", "2025Q1"): ("joiners", "leavers")}
NOTES = {
    ("a", "2024Q4"): ("To kom fra Eksempelsted B.", "Two came from Eksempelsted B."),
    ("b", "2024Q4"): ("Begge gikk over til Eksempelsted A.", "Both went over to Eksempelsted A."),
    ("n", "2025Q3"): ("Stedet er lagt ned.", "The place has closed."),
    ("j", "2025Q4"): ("Kommunen har ikke avgjort om den ledige stillingen blir stående.", "The municipality has not decided whether the vacant post remains."),
}
COUNTED = ("c", "m")
TOLD = Told(COUNTED, EMPTY, UNKNOWN, NOTES)


def people(letter: str) -> dict[str, int]:
    """Specialists of a place at the end of each quarter it had."""
    return {quarter: int(text) for quarter, text in zip(QUARTERS, PEOPLE[letter].split()) if text != "."}


def reported(letter: str, quarter: str) -> bool:
    """Whether the place said how many it had."""
    return (letter, quarter) not in SILENT


def staffing() -> list[dict]:
    """One row is the staff of an invented place in a quarter, at its end, without the quarters that it did not report."""
    return [TOLD.row(letter, quarter, cells) for letter in LETTERS for quarter, cells in posts(letter).items() if reported(letter, quarter)]


def posts(letter: str) -> dict[str, dict[str, float]]:
    """Quarter -> fte, headcount, vacant, joiners, leavers of a place, as they were whether reported or not."""
    rng, counts, vacant = draws("staff", letter), people(letter), dict(zip(QUARTERS, VACANT[letter].split()))
    before = counts[QUARTERS[0]] if QUARTERS[0] in counts else 0
    shares, found = [_share(rng, letter) for _ in range(before)], {}
    for quarter, count in counts.items():
        replaced = sum(rng.random() < CHURN for _ in range(min(before, count)))
        leavers = max(0, before - count) + replaced
        joiners = count - before + leavers
        shares = [*_staying(rng, shares, leavers), *(_share(rng, letter) for _ in range(joiners))]
        found[quarter] = {
            "fte": round(sum(shares), 1), "headcount": count, "vacant": float(vacant[quarter]), "joiners": joiners, "leavers": leavers,
        }  # fmt: skip
        before = count
    return found


def _share(rng: Random, letter: str) -> float:
    return 0.5 if letter in HALF else SHARES[int(rng.random() * len(SHARES))]


def _staying(rng: Random, shares: list[float], leavers: int) -> Iterator[float]:
    """The posts of those who stay when so many leave."""
    order = sorted(range(len(shares)), key=lambda _: rng.random())
    yield from (shares[place] for place in sorted(order[leavers:]))
