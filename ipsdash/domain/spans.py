"""Time between dates of different precision, in years; dates are ISO text ("2017-04", "2019-04-12").

METHOD section 2: dates with month precision count in whole months, so April 2017 to 12 April 2019 is 24 months.
"""

import datetime
import math

from ipsdash.tables.dates import first_day

DAYS_A_YEAR = 365.25
# A hair below a whole month is that month: 3.0000000001 months are 3.
TOLERANCE = 1e-6


def years_between(first: str, last: str) -> float:
    """Years from one date to another, negative if the other is earlier, counted in the unit of the less precise date."""
    precision = min(len(first), len(last))
    if precision == len("2017-04-12"):
        days = datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)
        return days.days / DAYS_A_YEAR
    if precision == len("2017-04"):
        return (_months(last) - _months(first)) / 12
    return float(int(last[:4]) - int(first[:4]))


def as_year(date: str) -> float:
    """Where a date stands on a time axis, in years with decimals: at the first day of what is known of it."""
    day = datetime.date.fromisoformat(first_day(date))
    start = datetime.date(day.year, 1, 1)
    return day.year + (day - start).days / (datetime.date(day.year + 1, 1, 1) - start).days


def month_after(date: str, years: float) -> str:
    """The month in which this many years after a date have passed, as "2019-07"; never a day, which would promise too much."""
    months = _months(date) + math.ceil(12 * years - TOLERANCE)
    return f"{months // 12}-{months % 12 + 1:02d}"


def is_by(date: str, limit: str) -> bool:
    """Whether a date is not later than a limit, as far as the less precise of them tells."""
    shared = min(len(date), len(limit))
    return date[:shared] <= limit[:shared]


def quarter_end(quarter: str) -> str:
    """The last month of a quarter: "2024Q3" gives "2024-09"."""
    return f"{quarter[:4]}-{3 * int(quarter[5]):02d}"


def is_over(quarter: str, date: str) -> bool:
    """Whether the last month of a quarter is by a date: then the quarter counts."""
    return is_by(quarter_end(quarter), date)


def _months(date: str) -> int:
    return 12 * int(date[:4]) + int(date[5:7] or 1) - 1
