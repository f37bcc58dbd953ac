"""Charts of growth: specialists over time with the goal, sites and areas over time, Nav teams, availability in Norway."""

import pandas as pd

from ipsdash.domain.growth import Progress, full_counts
from ipsdash.domain.provenance import united, weakest
from ipsdash.domain.spans import as_year, years_between
from ipsdash.figures.axes import shares, years, zero_based
from ipsdash.figures.bars import Row, lying
from ipsdash.figures.chart import Chart, Column, Dot, Line, Mark, Table
from ipsdash.text.credits import credit, references
from ipsdash.text.words import Words

# Two numbers further apart than this say nothing about the way between them.
FAR_APART_YEARS = 0.75


def series_marks(words: Words, rows: pd.DataFrame, name: str = "", percent: bool = False, label: str | None = None) -> list[Mark]:
    """Dots at the numbers, with a dashed connector where they are far apart and a line where they are not.

    Nothing joins a part count ("at least") to another number: sites that began to report are no growth.

    label: at the end, where it is not the name and the number, and the start has the number.
    """
    x = [as_year(date) for date in rows["date"]]
    marks: list[Mark] = []
    full = [place for place, bound in enumerate(rows["bound"]) if bound == "exact"]
    for start, end in zip(full, full[1:]):
        far = years_between(rows["date"].iloc[start], rows["date"].iloc[end]) > FAR_APART_YEARS
        values = (rows["value"].iloc[start], rows["value"].iloc[end])
        marks.append(Line((x[start], x[end]), values, "connector" if far else rows["quality"].iloc[end]))
    for place, (_, row) in enumerate(rows.iterrows()):
        number = words.share(row["value"]) if percent else words.number(row["value"])
        said = words(f"amount.{row['bound']}", value=number)
        note = words("growth.dot", name=name, value=said, date=row["date"], quality=words(f"quality.{row['quality']}"))
        ends = place in (0, len(rows) - 1) or (full and place == full[-1])
        own = (f"{name} {said}" if place else said).strip() if ends else ""
        written = own if label is None else label if place == len(rows) - 1 else ""
        look = row["quality"] if row["bound"] == "exact" else "at_least"
        marks.append(Dot(x[place], row["value"], look, written, "n" if place == 0 else "e", note))
    return marks


def series_table(words: Words, register: pd.DataFrame, rows: pd.DataFrame, kind: str = "number", **names: pd.Series) -> Table:
    """The numbers of one or more series: date, number, bound, quality, source; names: further columns in front."""
    frame = pd.DataFrame({
        **names, "date": rows["date"], "value": rows["value"], "bound": [words(f"bound.{bound}") for bound in rows["bound"]],
        "quality": [words(f"quality.{quality}") for quality in rows["quality"]],
        "source": [references(words, register, source) for source in rows["source"]],
    })  # fmt: skip
    kinds = {"date": "date", "value": kind}
    columns = tuple(Column(name, words(f"heading.{name}"), kinds.get(name, "text")) for name in frame)
    return Table(frame, columns)


def growth_chart(words: Words, register: pd.DataFrame, rows: pd.DataFrame, goals: pd.DataFrame, events: pd.DataFrame, title: str) -> Chart:
    """Specialists at the dates they were counted, every goal from the day it was set to the day it is due, numbered events."""
    last_due = [*goals["due_on"]]
    first, last = as_year(rows["date"].iloc[0]) - 0.6, max(map(as_year, [rows["date"].iloc[-1], *last_due])) + 0.6
    highest = max([*rows["value"], *goals["value"]])
    marks = [mark for _, goal in goals.iterrows() for mark in goal_marks(words, goal)]
    marks += [*event_marks(words, events, first, last), *series_marks(words, rows)]
    dashed = [words("growth.chart.dashed")] if any(mark.meaning == "connector" for mark in marks) else []
    return Chart(
        name="growth", title=title, marks=tuple(marks), subtitle=" ".join([words("growth.chart.subtitle"), *dashed]),
        alternative=words("growth.chart.alternative", title=title, numbers=listed(words, rows), goals=goals_listed(words, goals)),
        table=series_table(words, register, rows), x=years(first, last), y=zero_based(words, highest, words("axis.specialists"), 1.2),
        legend=bound_legend(words, rows), **made_of(words, register, rows, goals),
    )  # fmt: skip


def made_of(words: Words, register: pd.DataFrame, *frames: pd.DataFrame) -> dict[str, object]:
    """sources, quality and credit of a chart made of these rows."""
    source = united(source for frame in frames for source in frame["source"])
    quality = weakest(quality for frame in frames for quality in frame["quality"])
    return {"sources": tuple(source.split()), "quality": quality, "credit": credit(words, register, source, quality)}


def bound_legend(words: Words, rows: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """The entry that explains part counts, where a series has any."""
    return (("at_least", words("growth.legend.at_least")),) if (rows["bound"] != "exact").any() else ()


def goal_marks(words: Words, goal: pd.Series) -> list[Mark]:
    """A goal: its level from the day it was set to the day it is due."""
    label = words("growth.goal.label", value=goal["value"], due=goal["due_on"])
    note = words("growth.goal.note", value=goal["value"], set=goal["set_on"], due=goal["due_on"])
    x = (as_year(goal["set_on"]), as_year(goal["due_on"]))
    return [Line(x, (goal["value"],) * 2, "goal", "", note), Dot(x[1], goal["value"], "goal", label, "nw", note)]


def numbered(events: pd.DataFrame) -> pd.DataFrame:
    """The events in the order they stand on the time axis: number from 1, x (years), and the columns of events.

    An event known only by its year stands in the middle of it.
    """
    x = [as_year(date) + (0.5 if len(date) == len("2017") else 0) for date in events["date"]]
    return events.assign(x=x).sort_values("x", kind="stable", ignore_index=True).assign(number=range(1, len(events) + 1))


def event_marks(words: Words, events: pd.DataFrame, first: float, last: float) -> list[Mark]:
    """Numbered events on the time axis; one known only by its year stands in the middle of a line as long as the year."""
    marks: list[Mark] = []
    for _, event in numbered(events).iterrows():
        x, start = event["x"], as_year(event["date"])
        if not first <= x <= last:
            continue
        note = words("growth.event", date=event["date"], title=event[f"title_{words.lang}"])
        marks += [Line((start, start + 1), (0, 0), "event", "", note)] if x > start else []
        marks.append(Dot(x, 0, "event", str(event["number"]), "n", note))
    return marks


def listed(words: Words, rows: pd.DataFrame) -> str:
    """The numbers of a series as a list in words: "5 (april 2017) og 45 (12. april 2019)"."""
    return words.listed(
        words("growth.number_at", value=words.bounded(row["value"], row["bound"]), date=row["date"]) for _, row in rows.iterrows()
    )


def goals_listed(words: Words, goals: pd.DataFrame) -> str:
    """All goals as a list in words."""
    if goals.empty:
        return words("growth.no_goal")
    return words.listed(words("growth.goal.note", value=goal["value"], set=goal["set_on"], due=goal["due_on"]) for _, goal in goals.iterrows())


def teams_chart(words: Words, register: pd.DataFrame, teams: pd.DataFrame, names: pd.Series) -> Chart:
    """Nav teams over time: another series than the specialists, never joined to it. teams: a series per area_id."""
    marks, parts = [], []
    for area_id, rows in teams.groupby("area_id", sort=False):
        marks += series_marks(words, rows, names[area_id])
        parts.append(words("growth.teams.part", area=names[area_id], first=rows["value"].iloc[0], last=rows["value"].iloc[-1]))
    ends = [as_year(teams["date"].min()) - 0.2, as_year(teams["date"].max()) + 0.2]
    title = words("growth.teams.title", parts=words.listed(parts), since=teams["date"].min())
    return Chart(
        name="nav-teams", title=title, subtitle=words("growth.teams.subtitle"), marks=tuple(marks),
        alternative=words("growth.teams.alternative", title=title, until=teams["date"].max()),
        table=series_table(words, register, teams, area=teams["area_id"].map(names)),
        x=years(*ends), y=zero_based(words, teams["value"].max(), words("axis.teams"), 1.15), **made_of(words, register, teams),
    )  # fmt: skip


def availability_chart(words: Words, register: pd.DataFrame, rows: pd.DataFrame) -> Chart:
    """The share of Norway's people who live where there is IPS, as published by others: not our measure."""
    first, last = rows.iloc[0], rows.iloc[-1]
    values = {
        "first": words.share(first["value"]), "first_date": first["date"],
        "last": words(f"amount.{last['bound']}", value=words.share(last["value"])), "last_date": last["date"],
    }  # fmt: skip
    title = words("growth.national.title", **values)
    return Chart(
        name="availability-norway", title=title, subtitle=words("growth.national.subtitle"),
        marks=tuple(series_marks(words, rows, percent=True)), alternative=words("growth.national.alternative", **values),
        table=series_table(words, register, rows, "share"), x=years(as_year(first["date"]) - 0.5, as_year(last["date"]) + 1.5),
        y=shares(words, words("axis.share_people")), **made_of(words, register, rows),
    )  # fmt: skip


def lines_chart(words: Words, register: pd.DataFrame, rows: pd.DataFrame, names: pd.Series, by: str) -> Chart:
    """Specialists over time, one line per site or area. rows: a series per id in the column `by`."""
    ends = _together(words, rows, names, by)
    marks = [
        mark for one, mine in rows.groupby(by, sort=False) for mark in series_marks(words, mine, names[one], label=ends.get(one, ""))
    ]
    last = rows[rows["date"] == rows["date"].max()]
    most = last[last["value"] == last["value"].max()]
    # Among part counts nobody is known to have most.
    ranked = (last["bound"] == "exact").all()
    title = words("growth.lines.title", name=words.listed(names[most[by]]), value=most["value"].iloc[0], date=rows["date"].max()) \
        if ranked else words("growth.lines.title_part", date=rows["date"].max())
    span = [as_year(rows["date"].min()) - 0.15, as_year(rows["date"].max()) + 0.15]
    return Chart(
        name=f"specialists-by-{by.replace('_id', '')}", title=title, subtitle=words("growth.lines.subtitle"), marks=tuple(marks),
        alternative=words("growth.lines.alternative", title=title, lines=rows[by].nunique()),
        table=series_table(words, register, rows, place=rows[by].map(names)), x=years(*span),
        y=zero_based(words, rows["value"].max(), words("axis.specialists")), legend=bound_legend(words, rows), **made_of(words, register, rows),
    )  # fmt: skip


def _together(words: Words, rows: pd.DataFrame, names: pd.Series, by: str) -> dict[str, str]:
    """The words at the end of lines: those that end in the same point have them together, at the last of them."""
    last = rows.groupby(by, sort=False).tail(1)
    return {
        mine[by].iloc[-1]: f"{words.listed(names[one] for one in mine[by])} {words.bounded(value, bound)}"
        for (_, value, bound), mine in last.groupby(["date", "value", "bound"], sort=False)
    }


def small_chart(words: Words, register: pd.DataFrame, rows: pd.DataFrame, name: str, slug: str, highest: float, span: tuple[str, str]) -> Chart:
    """One of several small charts with the same axes: the specialists of one site or area."""
    last = rows.iloc[-1]
    title = words("growth.small.title", name=name, value=words.bounded(last["value"], last["bound"]), date=last["date"])
    return Chart(
        name=f"specialists-{slug}", title=title, subtitle="", marks=tuple(series_marks(words, rows)),
        alternative=words("growth.small.alternative", name=name, numbers=listed(words, rows)),
        table=series_table(words, register, rows), x=years(as_year(span[0]) - 0.3, as_year(span[1]) + 0.3),
        y=zero_based(words, highest, room=1.25), height=0.6, **made_of(words, register, rows),
    )  # fmt: skip


def pace_sentence(words: Words, way: Progress) -> str:
    """Whether the pace so far is enough for the goal, one sentence for each state: enough, just too slow, too slow, falling.

    way: with pace and pace_needed.
    """
    state = "falling" if way.pace < 0 else "enough" if way.on_track >= 1 else "nearly" if way.grade == "on_track" else "slow"
    return words(f"growth.pace.{state}", needed=way.pace_needed, pace=way.pace)


def plan_note(words: Words, way: Progress) -> str:
    """Whether the newest full count is ahead of an even way to the goal, on it or behind it."""
    now, plan = round(way.now.value), round(way.plan_now)
    state = "ahead" if now > plan else "level" if now == plan else "behind"
    return words(f"growth.key_plan_{state}", date=way.now.date, now=now, plan=plan)


def caveats(words: Words, rows: pd.DataFrame, way: Progress, observations: pd.DataFrame) -> str:
    """What the pace does not say; rows: the series it is of."""
    said = [words("growth.caveats", now=way.now.date)]
    said += [words("growth.caveat_two")] if len(full_counts(rows)) == 2 else []
    # "No later count was found" is true only where something else was observed after the newest count.
    newest = observations.loc[observations["indicator"] == "specialists", "date"].max()
    silent = newest == way.now.date and observations["date"].max() > way.now.date
    return " ".join([*said, *([words("growth.caveat_silent")] if silent else [])])


def turned_sentence(words: Words, way: Progress) -> str:
    """What has been since the full count before the newest, where it points another way than the whole; else ""."""
    if not way.trend_turned:
        return ""
    return words("growth.pace.turned", recent=words.signed(way.recent_pace, 1), pace=words.signed(way.pace, 1), first=way.first.date)


def pace_chart(words: Words, register: pd.DataFrame, way: Progress, arrivals: pd.DataFrame) -> Chart:
    """Net pace so far, kept in part, and the pace that is needed, with the month each leads to the goal."""
    said = {1: "whole", 1 / 2: "half", 1 / 4: "quarter"}
    rows = [
        Row(words(f"growth.pace.{said[one['factor']]}"), one["pace"], way.quality if one["factor"] == 1 else "modelled",
            words("growth.pace.arrival", pace=one["pace"], month=one["date"]))
        for _, one in arrivals.iterrows()
    ]  # fmt: skip
    rows.append(Row(words("growth.pace.needed"), way.pace_needed, "counted", words("growth.pace.due", pace=way.pace_needed, due=way.due_on)))
    title = pace_sentence(words, way)
    return lying(
        words, register, rows, name="pace", title=title, subtitle=words("growth.pace.subtitle", first=way.first.date, now=way.now.date),
        alternative=words("growth.pace.alternative", title=title, rows=words.listed(f"{row.name}: {row.label}" for row in rows)),
        heading=words("heading.pace"), axis=zero_based(words, way.pace, words("axis.pace"), 1.3), decimals=2, quality="modelled", source=way.source,
    )  # fmt: skip


def events_table(words: Words, register: pd.DataFrame, events: pd.DataFrame) -> Table:
    """The events with their numbers on the time axis: number, date, event, quality, source."""
    rows = numbered(events)
    frame = pd.DataFrame({
        "number": rows["number"], "date": rows["date"], "event": rows[f"title_{words.lang}"],
        "quality": [words(f"quality.{quality}") for quality in rows["quality"]],
        "source": [references(words, register, source) for source in rows["source"]],
    })  # fmt: skip
    kinds = {"number": "whole", "date": "date"}
    return Table(frame, tuple(Column(name, words(f"heading.{name}"), kinds.get(name, "text")) for name in frame))
