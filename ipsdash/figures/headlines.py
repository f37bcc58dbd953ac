"""The sentence that leads a page, made from the numbers."""

import pandas as pd

from ipsdash.domain.growth import Progress
from ipsdash.domain.provenance import cites
from ipsdash.domain.sites import is_a_reading
from ipsdash.domain.spans import is_by, years_between
from ipsdash.text.words import Words


def standing(words: Words, rows: pd.DataFrame, way: Progress | None, observations: pd.DataFrame) -> str:
    """Where the series stands against its goal.

    That the goal's date has passed without a later count is said only where the data shows it: something else was
    observed after that date, and this series was not.
    """
    if rows.empty:
        return words("overview.headline_none")
    last = rows.iloc[-1]
    if way is None or way.pace is None:
        return words("overview.headline_first", now=words.bounded(last["value"], last["bound"]), date=last["date"])
    values = {"date": way.now.date, "now": way.now.value, "goal": way.goal.value, "due": way.due_on}
    if way.gap <= 0:
        return words("overview.headline_reached", **values)
    specialists = observations.loc[observations["indicator"] == "specialists", "date"].max()
    silent = specialists == way.now.date and is_by(way.due_on, observations["date"].max())
    return words("overview.headline" if silent else "overview.headline_due", **values)


# Where the leaders said that the need is higher than the goal they had set.
LEADERS = "napha-2019"


def higher(words: Words, goals: pd.DataFrame) -> str:
    """What the leaders said of the newest goal; "" for a goal that they did not speak of."""
    spoken_of = len(goals) and cites(goals["source"].iloc[-1:], LEADERS)
    return words("overview.higher", goal=goals["value"].iloc[-1]) if spoken_of else ""


def sites_note(words: Words, sites: pd.DataFrame, date: str) -> str:
    """Since when a number of sites is known, and whether their list is."""
    return words("overview.sites_note" if is_a_reading(sites) else "overview.sites_note_plain", date=date)


def growth_title(words: Words, rows: pd.DataFrame, way: Progress | None, area: str) -> str:
    """What the chart of growth shows. area: the name of the area the series is of."""
    last = rows.iloc[-1]
    if way is None or way.pace is None:
        number = words.bounded(last["value"], last["bound"])
        return words("growth.chart.title_plain", now=number, area=area, date=last["date"])
    values = {"now": way.now.value, "goal": way.goal.value, "date": way.now.date}
    if way.gap <= 0:
        return words("growth.chart.title_reached", **values)
    years = years_between(way.first.date, way.now.date)
    return words("growth.chart.title_whole" if years == round(years) else "growth.chart.title", years=years, **values)
