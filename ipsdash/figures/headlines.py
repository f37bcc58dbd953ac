"""The sentence that leads a page, made from the numbers."""

from dataclasses import dataclass

import pandas as pd

from ipsdash.domain.growth import Progress, SameSites, full_counts, leading_count, newest_counts, reporting
from ipsdash.domain.provenance import cites
from ipsdash.domain.sites import is_a_reading
from ipsdash.domain.spans import is_by, years_between
from ipsdash.tables.load import Tables
from ipsdash.text.places import site_names
from ipsdash.text.words import Words


@dataclass(frozen=True)
class Reporting:
    """Which sites stand behind a part count: names of those that gave a number, and of those that gave none."""

    told: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def known(self) -> bool:
        """Whether the part count is a sum of sites; a published "at least" says nothing of sites."""
        return bool(self.told)


def reporting_of(tables: Tables, area_id: str, rows: pd.DataFrame) -> Reporting | None:
    """The sites behind the newest part count of an area's series; None while the newest count is a full one."""
    _, part = newest_counts(rows)
    if part is None:
        return None
    told, missing = reporting(tables, area_id, part.date)
    names = site_names(tables.sites)
    return Reporting(tuple(names[told]), tuple(names[missing]))


def standing(words: Words, rows: pd.DataFrame, way: Progress | None, observations: pd.DataFrame, area: str) -> str:
    """Where the series of an area stands against its goal, in one or two sentences that hold in every state.

    rows: the area's series by the date looked at; way: to its newest goal, None without a goal or a count.
    That the goal's date has passed without a later count is said only where the data shows it: something else was
    observed after that date, and this series was not.
    """
    if rows.empty:
        return words("overview.headline_none")
    full, part = newest_counts(rows)
    leading = leading_count(full, part)
    values = {"area": area, "now": words.bounded(leading.value, leading.bound), "date": leading.date}
    if way is None:
        return _without_goal(words, rows, values)
    values |= {"goal": way.goal.value, "due": way.due_on, "set": way.set_on}
    if way.gap <= 0:
        return words("overview.headline_reached", **values)
    if not is_by(way.set_on, leading.date):
        return f"{_without_goal(words, rows, values)} {words('overview.goal_later', **values)}"
    newest = observations.loc[observations["indicator"] == "specialists", "date"].max()
    passed = not is_by(observations["date"].max(), way.due_on)
    if passed and newest == leading.date and leading.bound == "exact" and is_by(leading.date, way.due_on):
        return words("overview.headline_silent", **values)
    last = part.date if part is not None else leading.date
    late = not is_by(last, way.due_on)
    return words("overview.headline_past_due" if late else "overview.headline_due", **values)


def _without_goal(words: Words, rows: pd.DataFrame, values: dict[str, object]) -> str:
    """The newest count beside the first one; rows: the series, not empty."""
    full = full_counts(rows)
    if values["date"] in set(full["date"]) and len(full) > 1:
        first = full.iloc[0]
        return words("overview.headline_since", first=first["value"], first_date=first["date"], **values)
    only = "overview.headline_first" if len(rows) == 1 and len(full) == 1 else "overview.headline_now"
    return words(only, **values)


def part_note(words: Words, rows: pd.DataFrame, sites: Reporting | None, same: SameSites | None) -> str:
    """What must be said of a part count, which leads or stands beside the newest full count: the sites that lack a number,
    and what changed at the sites that reported both times; "" while the newest count is a full one.

    sites: of the part count; same: of `growth.same_sites`.
    """
    full, part = newest_counts(rows)
    if part is None or sites is None:
        return ""
    leads = "_leads" if leading_count(full, part) is part else ""
    values = {"now": words.bounded(part.value, "at_least"), "date": part.date}
    if not sites.known:
        return words(f"overview.part_published{leads}", **values)
    said = [words(f"overview.part{leads}", told=len(sites.told), all=len(sites.told) + len(sites.missing), **values)]
    said += [words("overview.part_missing", sites=words.listed(sites.missing))] if sites.missing else []
    if same is not None:
        key = "overview.same_sites" if len(same.sites) > 1 else "overview.same_site"
        said.append(words(key, sites=len(same.sites), before=same.before, after=same.after, first=same.first, last=same.last))
    return " ".join(said)


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
    leading = leading_count(*newest_counts(rows))
    number = words.bounded(leading.value, leading.bound)
    if way is not None and way.gap <= 0:
        return words("growth.chart.title_reached", now=number, goal=way.goal.value, date=leading.date)
    if way is None or way.pace is None or leading.bound != "exact":
        return words("growth.chart.title_plain", now=number, area=area, date=leading.date)
    values = {"first": way.first.value, "now": way.now.value, "goal": way.goal.value}
    years = years_between(way.first.date, way.now.date)
    return words("growth.chart.title_whole" if years == round(years) else "growth.chart.title", years=years, **values)
