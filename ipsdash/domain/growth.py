"""Growth of the number of specialists and the way to the goal (METHOD section 2).

    gap         = goal - now
    pace        = (now - first) / years between                 net, per year, linear
    pace_needed = (goal - now) / years left
    on_track    = pace / pace_needed
    break_even  = pace_needed / pace
    plan_now    = start + (goal - start) * elapsed / planned duration
    arrival(f)  = now + gap / (f * pace)
    recruits    = gap + turnover * mean stock * years

`now` is the date of the last observation, never the clock. No curve is fitted and no interval drawn from two points.

A part count is a sum over sites in which a site that was open, or may have been, gave no number. It is "at least",
never replaces a full count, and no pace, grade, arrival or plan is computed from it. One that is above the newest full
count leads the page ("at least 48"), and reaches a goal that it is at or above.
"""

from dataclasses import dataclass

import pandas as pd

from ipsdash.domain.areas import ancestors
from ipsdash.domain.provenance import Number, number, united, weakest
from ipsdash.domain.sites import sites_in, states, summed
from ipsdash.domain.spans import is_by, month_after, quarter_end, years_between
from ipsdash.tables.load import Tables

SERIES = ["date", "value", "bound", "quality", "source"]


@dataclass(frozen=True)
class Progress:
    """How far it is to a goal, seen from the last full count. Paces are net specialists a year.

    first, now: the first and the newest full count; without any full count both are the newest part count (bound at_least).
    part: a part count newer than `now`, None without one.
    pace is None while there is one full count only; plan_now too, and where the goal was set after the newest one.
    pace_needed is None when the goal is reached, past due or due in the month of the count, or when a part count leads;
    on_track and break_even when one of the two is None, break_even also when nothing grew. recent_pace: since the full
    count before the newest, None where that is the first.
    grade: reached, past_due, due (in the month of the last count), unknown, on_track, faster_needed, far_behind or falling.
    """

    first: Number
    now: Number
    part: Number | None
    goal: Number
    goal_id: str
    set_on: str
    due_on: str
    gap: float
    pace: float | None
    recent_pace: float | None
    pace_needed: float | None
    on_track: float | None
    break_even: float | None
    plan_now: float | None
    grade: str
    quality: str
    source: str

    @property
    def leading(self) -> Number:
        """The number that leads the page: the newest full count, or a newer part count that is above it."""
        return leading_count(self.now, self.part)

    @property
    def gap_bound(self) -> str:
        """at_most where the leading number is at least."""
        return "at_most" if self.leading.bound == "at_least" else "exact"

    @property
    def trend_turned(self) -> bool:
        """Whether the pace since the full count before the newest says otherwise than the pace since the first."""
        if self.recent_pace is None or self.pace is None:
            return False
        needed = self.pace_needed or 0.0
        return (self.recent_pace < 0) != (self.pace < 0) or (self.recent_pace >= needed) != (self.pace >= needed)


@dataclass(frozen=True)
class SameSites:
    """The sites that gave a number at both of two dates: site_ids, the two dates, and their sums."""

    sites: tuple[str, ...]
    first: str
    last: str
    before: float
    after: float


def series(observations: pd.DataFrame, area_id: str, indicator: str = "specialists") -> pd.DataFrame:
    """One row is a dated number published for the area itself, by date: date, value, bound, quality, source."""
    mine = (observations["area_id"] == area_id) & (observations["indicator"] == indicator)
    own = observations[mine & observations["site_id"].isna() & observations["date"].notna()]
    return own.sort_values("date", kind="stable")[SERIES].reset_index(drop=True)


def site_series(observations: pd.DataFrame) -> pd.DataFrame:
    """One row is a dated number of specialists given for a site: site_id, date, value, bound, quality, source."""
    given = observations[observations["indicator"] == "specialists"].dropna(subset=["site_id", "date"])
    return given.sort_values("date", kind="stable")[["site_id", *SERIES]].reset_index(drop=True)


def specialists(tables: Tables, area_id: str) -> pd.DataFrame:
    """One row is the number of specialists in an area at a date: date, value, bound, quality, source.

    A published number for the area wins; for other dates the sites' numbers of that date are summed, and the sum is
    "at least" when a site that was open, or may have been, gave none.
    """
    published = series(tables.observations, area_id)
    inside = sites_in(tables, area_id)
    given = site_series(tables.observations)
    given = given[given["site_id"].isin(inside["site_id"]) & ~given["date"].isin(published["date"])]
    sums = [
        {"date": date, **summed(rows, _expected(inside, tables.catchments, date))} for date, rows in given.groupby("date")
    ]
    return pd.concat([published, pd.DataFrame(sums, columns=SERIES)]).sort_values("date", ignore_index=True)


def _expected(sites: pd.DataFrame, catchments: pd.DataFrame, date: str) -> int:
    return int(states(sites, catchments, date)["state"].isin(["open", "unknown"]).sum())


def full_counts(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a series that count the whole: those without "at least"."""
    return rows[rows["bound"] == "exact"].reset_index(drop=True)


def newest_counts(rows: pd.DataFrame) -> tuple[Number | None, Number | None]:
    """The newest full count of a series, and a part count that is newer than it; None where there is none of the kind."""
    full = full_counts(rows)
    newest = number(full.iloc[-1]) if len(full) else None
    last = number(rows.iloc[-1]) if len(rows) else None
    return newest, last if last is not None and last.bound != "exact" else None


def leading_count(full: Number | None, part: Number | None) -> Number | None:
    """The number that stands for a series: the newest full count, unless a newer part count is above it."""
    if full is None or (part is not None and part.value > full.value):
        return part
    return full


def reporting(tables: Tables, area_id: str, date: str) -> tuple[list[str], list[str]]:
    """The site_ids of an area that gave a number at a date, and those that were open, or may have been, and gave none."""
    inside = sites_in(tables, area_id)
    given = site_series(tables.observations)
    told = set(given.loc[given["date"] == date, "site_id"])
    there = states(inside, tables.catchments, date)
    expected = there.loc[there["state"].isin(["open", "unknown"]), "site_id"]
    return [site for site in inside["site_id"] if site in told], [site for site in expected if site not in told]


def same_sites(tables: Tables, area_id: str, date: str) -> SameSites | None:
    """What changed at the sites that gave a number at both of the last two dates of sites' numbers by a date; None where
    there are no two such dates, the newer one is a full count, or no site gave a number at both."""
    inside = sites_in(tables, area_id)
    given = until(site_series(tables.observations), date)
    given = given[given["site_id"].isin(inside["site_id"])]
    on = sorted(given["date"].unique())[-2:]
    if len(on) < 2 or not reporting(tables, area_id, on[1])[1]:
        return None
    both = given.pivot_table(index="site_id", columns="date", values="value", aggfunc="last").reindex(columns=on).dropna()
    order = [site for site in inside["site_id"] if site in both.index]
    if not order:
        return None
    return SameSites(tuple(order), on[0], on[1], float(both[on[0]].sum()), float(both[on[1]].sum()))


def dates(tables: Tables) -> list[str]:
    """All dates at which the region's specialists or the catchments are known, in order."""
    region = tables.areas.loc[tables.areas["kind"] == "region", "area_id"].iloc[0]
    return sorted({*specialists(tables, region)["date"], *tables.catchments["valid_from"]})


def all_dates(tables: Tables) -> list[str]:
    """What a reader can look back at, in order: the dates of `dates`, the last month of each quarter that sites have reported, and the newest
    step of the roll-out, fidelity review and goal. A month in which there is a date already has no second one."""
    known = dates(tables)
    newest = [max(rows["date"].dropna(), default="") for rows in (tables.rollout, tables.fidelity)]
    newest.append(max(tables.goals["set_on"].dropna(), default=""))
    told = sorted(map(quarter_end, {*tables.staffing["quarter"], *tables.service["quarter"]}))
    kept = [on for on in told if not any(one.startswith(on) for one in known)]
    last = max([*known, *kept], default="")
    return sorted({*known, *kept, *(on for on in newest if on and not is_by(on, last))})


def until(rows: pd.DataFrame, date: str) -> pd.DataFrame:
    """The rows of a series that are not later than a date."""
    return rows.loc[[is_by(on, date) for on in rows["date"]]]


def goals_at(tables: Tables, area_id: str, date: str) -> pd.DataFrame:
    """The goals for specialists in an area that had been set by a date, in the order they were set."""
    goals = tables.goals.query("area_id == @area_id and indicator == 'specialists'")
    return goals.loc[[is_by(on, date) for on in goals["set_on"]]].sort_values("set_on", kind="stable")


def progress(rows: pd.DataFrame, goals: pd.DataFrame, given: pd.DataFrame) -> Progress | None:
    """The way to the newest goal, from a series of an area. None without an observation or without a goal.

    given: assumptions as `assumed` gives them: from pace_on_track on, a share of the needed pace is on track, from
    pace_behind on growth must be faster, from 0 on it is far behind, and below that falling.
    """
    if rows.empty or goals.empty:
        return None
    goal, full = goals.iloc[-1], full_counts(rows)
    now, part = newest_counts(rows)
    leading = leading_count(now, part)
    now = leading if now is None else now
    first = number(full.iloc[0]) if len(full) else now
    gap, left = float(goal["value"] - leading.value), years_between(now.date, goal["due_on"])
    pace = _pace(full, 0)
    # Seen from a part count the pace that is needed would be too high.
    needed = gap / left if gap > 0 and left > 0 and leading.bound == "exact" else None
    on_track = pace / needed if needed and pace is not None else None
    past_due = not is_by(leading.date, goal["due_on"])
    used = [first, now, goal_number(goal), *([part] if part is not None else [])]
    return Progress(
        first=first, now=now, part=part, gap=gap, pace=pace, pace_needed=needed, on_track=on_track,
        recent_pace=_pace(full, len(full) - 2) if len(full) > 2 else None, goal=goal_number(goal), goal_id=goal["goal_id"],
        set_on=goal["set_on"], due_on=goal["due_on"],
        break_even=needed / pace if needed and pace is not None and pace > 0 else None,
        plan_now=planned(full, goal, now.date) if len(full) > 1 else None,
        grade=_grade(gap, past_due, left, on_track, given["value"]),
        quality=weakest(one.quality for one in used), source=united(one.source for one in used),
    )  # fmt: skip


def goal_number(goal: pd.Series) -> Number:
    """A row of goals as a Number, dated by the day it was set."""
    return Number(float(goal["value"]), goal["set_on"], goal["quality"], goal["source"])


def _pace(full: pd.DataFrame, start: int) -> float | None:
    """What was added a year from a full count to the newest one; None where no time lies between them."""
    if len(full) < 2:
        return None
    first, last = full.iloc[start], full.iloc[-1]
    years = years_between(first["date"], last["date"])
    return float(last["value"] - first["value"]) / years if years > 0 else None


def planned(rows: pd.DataFrame, goal: pd.Series, date: str) -> float | None:
    """What an even way to the goal gives at a date: from the last full count by the day the goal was set (or the first
    after). None for a date before the goal was set. rows: full counts."""
    if not is_by(goal["set_on"], date):
        return None
    before = until(rows, goal["set_on"])
    start = (before if len(before) else rows).iloc[-1 if len(before) else 0]["value"]
    elapsed = years_between(goal["set_on"], date) / years_between(goal["set_on"], goal["due_on"])
    return start + (goal["value"] - start) * min(1, elapsed)


def _grade(gap: float, past_due: bool, left: float, on_track: float | None, limits: pd.Series) -> str:
    if gap <= 0:
        return "reached"
    if past_due:
        return "past_due"
    if on_track is None:
        return "due" if left <= 0 else "unknown"
    grades = ((limits["pace_on_track"], "on_track"), (limits["pace_behind"], "faster_needed"), (0, "far_behind"))
    return next((name for limit, name in grades if on_track >= limit), "falling")


def arrivals(way: Progress, factors: tuple[float, ...] = (1, 1 / 2, 1 / 4)) -> pd.DataFrame:
    """One row is a share of the past pace that is kept: factor, pace, date (month the goal is reached), after_due.

    No rows when the goal is reached already or nothing is known to have grown.
    """
    if way.gap <= 0 or not way.pace or way.pace < 0 or way.leading.bound != "exact":
        return pd.DataFrame(columns=["factor", "pace", "date", "after_due"])
    rows = pd.DataFrame({"factor": factors, "pace": [factor * way.pace for factor in factors]})
    months = [month_after(way.now.date, way.gap / pace) for pace in rows["pace"]]
    return rows.assign(date=months, after_due=[not is_by(month, way.due_on) for month in months])


def recruits(way: Progress, turnover: float) -> float:
    """People to hire until the goal is due: the gap and those who leave on the way (turnover: share of the staff a year)."""
    years = max(0.0, years_between(way.leading.date, way.due_on))
    stock = (way.leading.value + max(way.goal.value, way.leading.value)) / 2
    return max(0.0, way.gap) + turnover * stock * years


def by_kind(tables: Tables, kind: str) -> pd.DataFrame:
    """The sums of sites' numbers for every area of a kind that has any: area_id, date, value, bound, quality, source."""
    inside = ancestors(tables.areas).query("kind == @kind")
    homes = tables.sites.merge(inside, left_on="municipality", right_on="area_id")["within"].unique()
    frames = [specialists(tables, area).assign(area_id=area) for area in homes]
    kept = [frame for frame in frames if len(frame)]
    return pd.concat(kept, ignore_index=True)[["area_id", *SERIES]] if kept else pd.DataFrame(columns=["area_id", *SERIES])


def teams(tables: Tables, area_id: str) -> pd.DataFrame:
    """The Nav teams of an area and of the country over time, a series of its own: area_id, date, value, bound, quality, source."""
    country = tables.areas.loc[tables.areas["kind"] == "country", "area_id"]
    frames = [series(tables.observations, one, "nav_teams").assign(area_id=one) for one in (area_id, *country)]
    return pd.concat(frames, ignore_index=True)[["area_id", *SERIES]]


def national_availability(tables: Tables) -> pd.DataFrame:
    """The published share of the country's people who live where there is IPS: date, value, bound, quality, source."""
    country = tables.areas.loc[tables.areas["kind"] == "country", "area_id"].iloc[0]
    return series(tables.observations, country, "population_share_with_ips")
