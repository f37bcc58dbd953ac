"""Where the invented programme is: 14 places in municipalities where no real one is known, and whom they serve."""

from collections.abc import Iterable, Iterator
from math import asin, cos, radians, sqrt

import pandas as pd

from ipsdash.example.basis import LETTERS, noted, row, site_id

# Letter: municipality, opened, closed, evidence, settings. From the north-east to the south.
PLACES = {
    "a": ("5607", "2019-10", "", "named", "dps nav"),
    "b": ("5628", "2020-02", "2024-12-31", "named", "nav"),
    "c": ("5622", "2022-10", "", "named", "municipality"),
    "d": ("5603", "2018-11", "", "named", "dps nav"),
    "e": ("5544", "2021", "", "named_undated", "municipality nav"),
    "f": ("5532", "2018-09", "", "named", "dps nav substance_use"),
    "g": ("5524", "2020-03", "", "named", "dps municipality"),
    "h": ("5512", "2024-08-15", "", "named", "dps nav"),
    "i": ("1866", "2019-01", "", "named", "municipality"),
    "j": ("1865", "2020-05", "", "named", "municipality"),
    "k": ("1840", "2025-02-01", "", "named", "dps municipality"),
    "l": ("1837", "2018-10", "", "named", "dps nav municipality"),
    "m": ("1832", "", "", "named_later", "nav"),
    "n": ("1812", "2022-05", "2025-09-30", "named", "municipality"),
}
NOTES = {
    "a": ("Tok over Eksempelsted B 31. desember 2024.", "Took over Eksempelsted B on 31 December 2024."),
    "b": ("Slått sammen med Eksempelsted A; teamet og deltakerne gikk dit.", "Merged into Eksempelsted A; the team and the participants went there."),
    "e": ("Nevnt i en årsmelding uten dato.", "Named in an undated annual report."),
    "h": ("Åpnet som nytt sted i august 2024.", "Opened as a new place in August 2024."),
    "k": ("Åpnet som nytt sted i februar 2025.", "Opened as a new place in February 2025."),
    "m": ("Når stedet åpnet, er ikke kjent; sett første gang i november 2023.", "When it opened is not known; first seen in November 2023."),
    "n": ("Lagt ned da tilskuddet tok slutt; ingen tok over.", "Closed when the grant ended; nobody took over."),
}
SEEN = {"m": "2023-11"}
# Municipalities that nobody served at first, and what happened to the others later: date, who left, who came.
UNSERVED = (
    "1811", "1816", "1818", "1820", "1822", "1827", "1835", "1848", "1856", "1857", "1871", "1874", "5534", "5612", "5614", "5616", "5618", "5626", "5630",
)  # fmt: skip
# Large municipalities whose agreement is with another place than the nearest.
AGREED = {"5601": "d", "1804": "l"}
FIRST_DAY = "2023-12-31"
CHANGES = (("2024-09-30", "", "h"), ("2024-12-31", "b", ""), ("2025-03-31", "", "k"), ("2025-09-30", "n", ""))
MERGED = {"b": "a"}
MOVED = {
    "b": ("Eksempelsted B er slått sammen med A.", "Eksempelsted B has merged into A."),
    "n": ("Eksempelsted N er lagt ned.", "Eksempelsted N has closed."),
}
AGREED_BY_WORD = ("c", "j")
BY_WORD = ("Muntlig avtalt, ikke skrevet ned.", "Agreed by word of mouth, not written down.")


def sites(areas: pd.DataFrame) -> list[dict]:
    """One row is an invented place. areas: the public areas, for the coordinates."""
    where = areas.set_index("area_id")
    return [_site(letter, where) for letter in LETTERS]


def _site(letter: str, where: pd.DataFrame) -> dict:
    number, opened, closed, evidence, settings = PLACES[letter]
    centre = where.loc[f"municipality:{number}"]
    return row(
        "reported" if evidence == "named" else "inferred",
        site_id=site_id(letter), name=f"Eksempelsted {letter.upper()}", municipality=f"municipality:{number}",
        lat=centre["lat"], lon=centre["lon"], evidence=evidence, opened=opened, closed=closed,
        documented_by=SEEN.get(letter, ""), settings=settings, **noted(NOTES.get(letter)),
    )  # fmt: skip


def catchments(areas: pd.DataFrame) -> list[dict]:
    """One row is the invented place that serves a municipality from a date on: the nearest one that is open, or none."""
    places = areas[areas["kind"] == "municipality"].set_index("area_id")
    served = dict(_nearest(places, [letter for letter in LETTERS if letter not in "hk"]))
    served |= {f"municipality:{number}": letter for number, letter in {**AGREED, **dict.fromkeys(UNSERVED, "")}.items()}
    rows = [_served(area, letter, FIRST_DAY) for area, letter in served.items()]
    for date, gone, come in CHANGES:
        for area, letter in _moves(places, served, gone, come):
            rows.append(_served(area, letter, date, MOVED.get(gone)))
            served[area] = letter
    return rows


def _moves(places: pd.DataFrame, served: dict[str, str], gone: str, come: str) -> list[tuple[str, str]]:
    """The municipalities that one place leaves to another or to nobody, or that a new place takes over as the nearest."""
    if gone:
        return [(area, MERGED.get(gone, "")) for area, letter in served.items() if letter == gone]
    open_now = sorted({*served.values(), come} - {""})
    agreed = [f"municipality:{number}" for number in AGREED]
    return [(area, letter) for area, letter in _nearest(places, open_now) if letter == come and served[area] and area not in agreed]


def _served(area: str, letter: str, date: str, note: tuple[str, str] | None = None) -> dict:
    loose = letter in AGREED_BY_WORD
    place = site_id(letter) if letter else ""
    return row("inferred" if loose else "reported", area_id=area, site_id=place, valid_from=date, **noted(BY_WORD if loose else note))


def _nearest(places: pd.DataFrame, letters: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each municipality with the nearest of these places, as the crow flies."""
    homes = {letter: places.loc[f"municipality:{PLACES[letter][0]}"] for letter in letters}
    for area, place in places.iterrows():
        yield area, min(homes, key=lambda letter: _apart(place, homes[letter]))


def _apart(one: pd.Series, other: pd.Series) -> float:
    """The angle between two places on the globe (haversine)."""
    north, south, east = radians(one["lat"]), radians(other["lat"]), radians(one["lon"] - other["lon"])
    return 2 * asin(sqrt((1 - cos(north - south)) / 2 + cos(north) * cos(south) * (1 - cos(east)) / 2))
