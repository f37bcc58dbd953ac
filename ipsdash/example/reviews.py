"""How well the invented places do IPS, and how far they have come in setting it up."""

from random import Random

from ipsdash.example.basis import LETTERS, draws, noted, row, site_id

# Fidelity reviews of a place: date and total of 25 to 125.
REVIEWS = {
    "a": (("2024-04-17", 88), ("2025-10-22", 101)),
    "b": (("2024-03-06", 79),),
    "c": (("2024-09-18", 72), ("2026-02-11", 86)),
    "d": (("2023-05-10", 84), ("2024-10-09", 97), ("2026-03-18", 108)),
    "e": (("2024-06-05", 81), ("2025-12-03", 93)),
    "f": (("2023-11-15", 96), ("2025-01-29", 106), ("2026-04-22", 115)),
    "g": (("2024-02-07", 90), ("2025-09-10", 99)),
    "h": (("2025-11-19", 85),),
    "i": (("2024-05-23", 94),),
    "j": (("2023-03-22", 87),),
    "k": (),
    "l": (("2024-01-24", 98), ("2025-05-14", 104), ("2026-08-26", 107)),
    "m": (("2024-11-13", 83), ("2026-05-06", 84)),
    "n": (("2024-10-30", 75),),
}
TOTAL_ONLY = ("i",)
# What is hard for most: to be part of the treatment team (4, 5), cooperation with Nav (6), support from the top (11).
WEAK, STRONG = (4, 5, 6, 11), (1, 2, 9, 21, 24)
ITEMS = range(1, 26)

# Dates of the steps that come before the first review, in their order; a point: not yet; a question mark: nobody wrote it down.
STEPS = ("leadership_agreement", "information_meeting", "joint_training", "cooperation_agreement", "grant", "first_specialist", "full_team")
ROLLOUT = {
    "a": "2019-02 2019-03-14 2019-05 2019-09 2019-06 2019-10 2020-08",
    "b": "2019-06 2019-09 2019-11 2020-01 2020-01 2020-02 2021-03",
    "c": "2021-09 2021-11-10 2022-03 . 2022-06 2022-10 2025-02",
    "d": "2018-03 2018-03 2018-05 2018-10 2018-08 2018-11 2019-04",
    "e": "2020-11 2021-01 2021-04 2021-06 . 2021 2024-05",
    "f": "2018-02 2018-03-06 2018-04 2018-06 2018-08 2018-09 2018-12",
    "g": "2019-05 2019-08 2019-10 2020-01 2019-12 2020-03 2020-11",
    "h": "2023-10 2024-01-24 2024-04-11 2024-06 2024-05 2024-08-15 2024-11-01",
    "i": "2018-04 ? 2018-10 2018-12 2018-11 2019-01 2019-08",
    "j": "2019-08 2019-10 2020-02 . 2019-12 2020-05 2024-08",
    "k": "2024-02 2024-05-15 2024-10-02 2024-12 2024-11 2025-02-01 2025-05-02",
    "l": "2018-02 2018-03-08 2018-04 2018-08 2018-08 2018-10 2019-02",
    "m": "2021-03 2021-05 2021-09 2022-02 2022-01 ? ?",
    "n": "2021-10 2021-12 2022-02 2022-04 2022-03 2022-05 .",
}
NOTES = {
    ("c", "cooperation_agreement"): ("Utkastet har ligget til godkjenning siden mai 2022.", "The draft has waited for approval since May 2022."),
    ("j", "cooperation_agreement"): ("Sykehuset har ikke underskrevet; tatt opp tre ganger.", "The hospital has not signed; raised three times."),
    ("e", "grant"): ("Betalt av kommunen selv; søknad ikke sendt.", "Paid by the municipality itself; no application sent."),
    ("j", "full_team"): ("Ned til én igjen fra juli 2025.", "Down to one again from July 2025."),
    ("k", "first_review"): ("Planlagt i løpet av høsten 2026.", "Planned during the autumn of 2026."),
    ("n", "full_team"): ("Kom ikke så langt før stedet ble lagt ned.", "Never reached before the place closed."),
}


def fidelity() -> list[dict]:
    """One row is a score of a review at an invented place: of an item, or without an item of the whole."""
    rows = []
    for letter in LETTERS:
        rng = draws("reviews", letter)
        bent = {item: rng.uniform(-0.6, 0.6) for item in ITEMS}
        for date, total in REVIEWS[letter]:
            rows.append(_score(letter, date, "", total))
            scores = {} if letter in TOTAL_ONLY else items(rng, bent, total)
            rows += [_score(letter, date, item, score) for item, score in scores.items()]
    return rows


def _score(letter: str, date: str, item: int | str, score: int) -> dict:
    return row(site_id=site_id(letter), date=date, item=item, score=score)


def items(rng: Random, bent: dict[int, float], total: int) -> dict[int, int]:
    """The 25 scores of 1 to 5 that add up to a total. bent: how much better or worse this place is at each item."""
    usual = {item: bent[item] - 1.3 * (item in WEAK) + 0.6 * (item in STRONG) + rng.uniform(-0.3, 0.3) for item in ITEMS}
    scores = dict.fromkeys(ITEMS, 1)
    for _ in range(total - sum(scores.values())):
        behind = {item: usual[item] - scores[item] for item in ITEMS if scores[item] < 5}
        scores[max(behind, key=behind.get)] += 1
    return scores


def rollout() -> list[dict]:
    """One row is a step of the way to an invented place in order, with the date it was done (empty: not yet)."""
    return [each for letter in LETTERS for each in _steps(letter)]


def _steps(letter: str) -> list[dict]:
    dates = dict(zip(STEPS, ROLLOUT[letter].split()))
    dates["first_review"] = REVIEWS[letter][0][0] if REVIEWS[letter] else "."
    known = {stage: "" if date == "." else date for stage, date in dates.items() if date != "?"}
    quality = "inferred" if letter == "m" else "reported"
    return [row(quality, site_id=site_id(letter), stage=stage, date=date, **noted(NOTES.get((letter, stage)))) for stage, date in known.items()]
