"""Dates as ISO 8601 text of reduced precision: "2012", "2017-04", "2019-04-12". The length is the precision."""

import datetime
import re

ISO = r"\d{4}(-\d{2}(-\d{2})?)?"
MONTH_CODE = re.compile(r"\d{4}M\d{2}", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1980, 2100  # sources are older than the services; a date outside is a slip of the pen
# Other ways to write a date that can be turned into ISO without a guess (Norwegian order: day before month).
OTHER_WAYS = (
    r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})",
    r"(?P<year>\d{4})[./-](?P<month>\d{1,2})[./-](?P<day>\d{1,2})",
    r"(?P<month>\d{1,2})[./-](?P<year>\d{4})",
    r"(?P<year>\d{4})[./-](?P<month>\d{1,2})",
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
)


def is_iso(text: str) -> bool:
    """Whether the text has the form of a date, possible or not."""
    return re.fullmatch(ISO, text, re.ASCII) is not None


def from_month_code(text: str) -> str:
    """The ISO form of a month as statistical offices write it, "2019M04"; other texts as they are."""
    return f"{text[:4]}-{text[5:]}" if MONTH_CODE.fullmatch(text) else text


def as_month_code(text: str) -> str:
    """A month as "2019M04", of which Excel makes no date; other texts as they are."""
    return f"{text[:4]}M{text[5:]}" if len(text) == 7 and is_iso(text) else text


def is_quarter(text: str) -> bool:
    """Whether the text is a quarter: "2024Q3"."""
    return re.fullmatch(r"\d{4}Q[1-4]", text, re.ASCII) is not None and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR


def quarter_before(quarter: str) -> str:
    """The quarter before one: "2023Q4" before "2024Q1"."""
    year, number = int(quarter[:4]), int(quarter[5])
    return f"{year}Q{number - 1}" if number > 1 else f"{year - 1}Q4"


def first_day(date: str) -> str:
    """The first day of a date of any precision: "2017-04" gives "2017-04-01"."""
    return date + "-01-01"[len(date) - 4 :]


def is_possible(date: str) -> bool:
    """Whether an ISO date exists in the calendar."""
    try:
        datetime.date.fromisoformat(first_day(date))
    except ValueError:
        return False
    return True


def is_recent(date: str) -> bool:
    """Whether an ISO date is between FIRST_YEAR and LAST_YEAR."""
    return FIRST_YEAR <= int(date[:4]) <= LAST_YEAR


def is_good(date: object) -> bool:
    """Whether this is a date that can be compared: ISO and possible. Empty cells are not."""
    return isinstance(date, str) and is_iso(date) and is_possible(date)


def is_before(one: str, other: str) -> bool:
    """Whether one date is certainly before the other: "2019" is not before "2019-04", for it may be later that year."""
    shared = min(len(one), len(other))
    return one[:shared] < other[:shared]


def is_period(text: str) -> bool:
    """Whether the text is a year or two years in order, "2019" or "2020-2024"."""
    if not re.fullmatch(r"\d{4}(-\d{4})?", text, re.ASCII):
        return False
    return text[:4] <= text[-4:] and is_recent(text[:4]) and is_recent(text[-4:])


def as_iso(text: str) -> str | None:
    """The ISO form of a date written another common way ("12.04.2019"), or None when there is none without a guess."""
    for way in OTHER_WAYS:
        found = re.fullmatch(way, text, re.ASCII)
        if found:
            parts = found.groupdict()
            date = "-".join([parts["year"], *(f"{int(parts[p]):02d}" for p in ("month", "day") if parts.get(p))])
            return date if is_possible(date) and is_recent(date) else None
    return None
