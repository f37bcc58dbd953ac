"""Time between dates of different precision."""

import pytest

from ipsdash.domain.spans import as_year, is_by, month_after, quarter_end, years_between


@pytest.mark.parametrize(("first", "last", "years"), [
    ("2017-04", "2019-04-12", 24 / 12),
    ("2017-04", "2022-04", 60 / 12),
    ("2019-04-12", "2022-04", 36 / 12),
    ("2017", "2019-04-12", 2),
    ("2019-04-12", "2019-04-13", 1 / 365.25),
    ("2022-04", "2019-04", -36 / 12),
    ("2019-04", "2019-04-30", 0),
])  # fmt: skip
def test_years_are_counted_in_the_unit_of_the_less_precise_date(first, last, years):
    assert years_between(first, last) == pytest.approx(years)


@pytest.mark.parametrize(("date", "year"), [
    ("2017", 2017), ("2017-07", 2017 + 181 / 365), ("2016-03-01", 2016 + 60 / 366), ("2019-12-31", 2019 + 364 / 365)
])  # fmt: skip
def test_a_date_stands_where_its_first_day_does(date, year):
    assert as_year(date) == pytest.approx(year)


@pytest.mark.parametrize(("years", "month"), [
    (0, "2019-04"), (3 / 12, "2019-07"), (2.1 / 12, "2019-07"), (8 / 12, "2019-12"), (9 / 12, "2020-01"), (1, "2020-04"),
    (3.0000000001 / 12, "2019-07"),
])  # fmt: skip
def test_a_month_is_reached_when_all_the_time_has_passed(years, month):
    assert month_after("2019-04-12", years) == month


@pytest.mark.parametrize(("date", "limit", "by"), [
    ("2019-04", "2019-04-12", True), ("2019-04-13", "2019-04-12", False), ("2019", "2018-12-31", False), ("2019-05", "2019", True)
])  # fmt: skip
def test_a_date_is_by_a_limit_as_far_as_the_less_precise_tells(date, limit, by):
    assert is_by(date, limit) is by


def test_a_quarter_counts_when_its_last_month_is_by_the_date():
    assert [quarter_end(f"2024Q{number}") for number in range(1, 5)] == ["2024-03", "2024-06", "2024-09", "2024-12"]
    assert is_by(quarter_end("2024Q3"), "2024-09-01") and not is_by(quarter_end("2024Q3"), "2024-08-31")
