"""Numbers, shares and dates as each language writes them.

Norwegian: 296 234, 12,5 %, 12. april 2019. English: 296,234, 12.5%, 12 April 2019.
"""

from dataclasses import dataclass

from ipsdash.tables.number_readings import number_text

NO_BREAK = "\u00a0"
MINUS = "\u2212"
# A machine keeps 14.45 as 14.449999999999999; a reader, and Excel, rounds it up.
HAIR = 1e-9


@dataclass(frozen=True)
class Writing:
    """How a language writes numbers and dates. percent: what follows the number of a share; counted: 0, 1, 2, ... in words."""

    thousands: str
    decimal: str
    percent: str
    day: str
    months: tuple[str, ...]
    counted: tuple[str, ...]
    quarter: str
    in_period: str
    on_day: str


WRITING = {
    "nb": Writing(
        NO_BREAK, ",", NO_BREAK + "%", "{day}.{space}{month} {year}",
        ("januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober",
         "november", "desember"),
        ("null", "ett", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"), "{number}.{space}kvartal {year}",
        "i {date}", "{date}",
    ),
    "en": Writing(
        ",", ".", "%", "{day}{space}{month} {year}",
        ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
         "November", "December"),
        ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), "Q{number}{space}{year}",
        "in {date}", "on {date}",
    ),
}  # fmt: skip
LANGUAGES = tuple(WRITING)


def number(value: float, lang: str, decimals: int = 0) -> str:
    """A number with this many decimals; a number that rounds to zero has no sign."""
    writing = WRITING[lang]
    whole, _, fraction = f"{abs(value) + HAIR:,.{decimals}f}".partition(".")
    sign = MINUS if round(value, decimals) < 0 else ""
    # Norwegian practice sets four-digit years and counts alike; only five digits and more are grouped.
    grouped = whole.replace(",", writing.thousands if len(whole) > 5 or writing.thousands == "," else "")
    return sign + grouped + (writing.decimal + fraction if fraction else "")


def exact(value: float, lang: str) -> str:
    """A number as somebody would type it: all its digits, none between thousands, one meaning."""
    return number_text(value, WRITING[lang].decimal)


def in_words(value: float, lang: str) -> str:
    """A whole number up to twelve in words, as running text has it; larger ones and fractions in digits."""
    counted = WRITING[lang].counted
    return counted[int(value)] if value == int(value) and 0 <= value < len(counted) else number(value, lang)


def share(value: float, lang: str, decimals: int = 0) -> str:
    """A share between 0 and 1 as a percentage."""
    return number(100 * value, lang, decimals) + WRITING[lang].percent


def date(value: str, lang: str) -> str:
    """An ISO date of any precision in words: "2017-04" gives "april 2017"."""
    year, month, day = (*value.split("-"), "", "")[:3]
    writing = WRITING[lang]
    if not month:
        return year
    name = writing.months[int(month) - 1]
    return writing.day.format(day=int(day), space=NO_BREAK, month=name, year=year) if day else f"{name} {year}"


def when(value: str, lang: str) -> str:
    """An ISO date with its preposition: "i april 2019", "12. april 2019"; "in April 2019", "on 12 April 2019"."""
    writing = WRITING[lang]
    form = writing.on_day if len(value) == len("2019-04-12") else writing.in_period
    return form.format(date=date(value, lang))


def period(value: str) -> str:
    """A year or two years: "2020-2024" with the dash that ranges have."""
    return value.replace("-", "\u2013")


def quarter(value: str, lang: str) -> str:
    """A quarter in words: "2024Q3" gives "3. kvartal 2024"."""
    return WRITING[lang].quarter.format(number=value[5], space=NO_BREAK, year=value[:4])
