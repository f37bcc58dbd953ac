"""Staff over time: filled and approved posts by quarter, who came and went, and who has to be hired for the goal."""

from dataclasses import replace

import pandas as pd

from ipsdash.domain.cells import HIDDEN, MOVES
from ipsdash.domain.growth import Progress, recruits
from ipsdash.domain.provenance import united, weakest
from ipsdash.domain.spans import as_year, years_between
from ipsdash.domain.staffing import POSTS, SHOWN, Turnover
from ipsdash.figures import told
from ipsdash.figures.axes import categories, signed, years, zero_based
from ipsdash.figures.bars import Row, lying
from ipsdash.figures.chart import Axis, Bar, Chart, Column, Dot, Line, Mark, Table, Text
from ipsdash.figures.staffing import COLUMNS, IN_POSITIONS, column
from ipsdash.text.credits import credit, references
from ipsdash.text.hidden import written
from ipsdash.text.words import Words

# A quarter and the one after it, years.
NEXT = 0.3
YEAR = 4
# How far a number stands from the end of its bar, of the axis; and the most quarters that have room for theirs on a phone.
BESIDE, MOST_NUMBERS = 0.07, 14


def quarters_chart(words: Words, register: pd.DataFrame, sums: pd.DataFrame) -> Chart:
    """Filled and approved posts by quarter, in full-time equivalents: the distance between the lines is vacant. sums: of `totals`."""
    kept = sums[sums["measure"].isin([POSTS, "fte"])]
    lines = {measure: rows for measure, rows in kept.sort_values("date").groupby("measure", sort=False)}
    marks = [mark for measure in (POSTS, "fte") if measure in lines for mark in _line(words, lines[measure], measure)]
    filled = lines["fte"]
    first, now = filled.iloc[0], filled.iloc[-1]
    values = {"first": words.bounded(first["value"], first["bound"], 1), "then": first["quarter"], "now": words.bounded(now["value"], now["bound"], 1), "quarter": now["quarter"]}
    title = words("staffing.quarters.title" if len(filled) > 1 else "staffing.quarters.title_one", **values)
    ends = kept["date"].map(as_year)
    quality, source = weakest(kept["quality"]), united(kept["source"])
    legend = [("at_least", words("staffing.legend.at_least"))] if (kept["bound"] == "at_least").any() else []
    return Chart(
        name="staffing-quarters", title=title, subtitle=words("staffing.quarters.subtitle"), marks=tuple(marks), legend=tuple(legend),
        alternative=words("staffing.quarters.alternative", title=title, numbers=words.listed(_at(words, row) for _, row in filled.iterrows())),
        table=quarters_table(words, register, sums), sources=tuple(source.split()), quality=quality, credit=credit(words, register, source, quality),
        x=years(ends.min() - 0.2, ends.max() + 0.2), y=zero_based(words, kept["value"].max(), words("axis.fte"), 1.15),
    )  # fmt: skip


def _at(words: Words, row: pd.Series) -> str:
    return words("staffing.quarters.at", value=words.bounded(row["value"], row["bound"], 1), quarter=row["quarter"])


def _line(words: Words, rows: pd.DataFrame, measure: str) -> list[Mark]:
    """A line from quarter to quarter, not over quarters that lack; where a site lacks, another dot."""
    marks: list[Mark] = []
    places = [(as_year(row["date"]), row["value"]) for _, row in rows.iterrows()]
    for one, other, (x, y), (x_after, y_after) in zip(rows["date"], rows["date"][1:], places, places[1:]):
        if years_between(one, other) < NEXT:
            marks.append(Line((x, x_after), (y, y_after), "approved" if measure == POSTS else "reported"))
    for place, ((x, y), (_, row)) in enumerate(zip(places, rows.iterrows())):
        said = words.bounded(row["value"], row["bound"], 1)
        look = "at_least" if row["bound"] == "at_least" else "approved" if measure == POSTS else row["quality"]
        label = words(f"staffing.quarters.label_{measure}", value=said) if place == len(places) - 1 else ""
        marks.append(Dot(x, y, look, label, "ne" if measure == POSTS else "se", words(f"staffing.quarters.note_{measure}", value=said, quarter=row["quarter"])))
    return marks


def quarters_table(words: Words, register: pd.DataFrame, sums: pd.DataFrame) -> Table:
    """One row per quarter: every sum with its bound in words, how many sites have told of how many, and the sources."""
    given = {(row.quarter, row.measure): row for row in sums.itertuples()}
    quarters = sorted(sums["quarter"].unique())
    cells = {
        name: [_cell(words, given.get((quarter, name)), 1 if name in IN_POSITIONS else 0) for quarter in quarters] for name in COLUMNS
    }  # fmt: skip
    sources = [united(sums.loc[sums["quarter"] == quarter, "source"]) for quarter in quarters]
    told = [sums.loc[sums["quarter"] == quarter, ["told", "expected"]].max() for quarter in quarters]
    frame = pd.DataFrame({
        "quarter": [words.quarter(one) for one in quarters], **cells, "sites": [words("staffing.told", told=one["told"], all=one["expected"]) for one in told],
        "source": [references(words, register, one) for one in sources],
    })  # fmt: skip
    columns = [column(words, name) for name in COLUMNS]
    return Table(frame, (Column("quarter", words("column.quarter")), *columns, Column("sites", words("staffing.heading.sites")), Column("source", words("heading.source"))))


def _cell(words: Words, row: object, decimals: int) -> object:
    """A sum: a number where it is whole, else in words: a lower bound, hidden, not reported."""
    return (
        words("hidden.missing")
        if row is None
        else told.cell(words, row.value, row.state, row.bound, decimals)
    )


def moves_chart(words: Words, register: pd.DataFrame, sums: pd.DataFrame) -> Chart:
    """Who joined, upwards, and who left, downwards, by quarter."""
    every = sums[sums["measure"].isin(MOVES)]
    kept, quarters = every[every["state"] == SHOWN], sorted(every["quarter"].unique())
    most = [kept.loc[kept["measure"] == name, "value"].max() for name in ("leavers", "joiners")]
    low, high = (0.0 if pd.isna(one) else float(one) for one in most)
    axis = _whole(words, signed(words, -max(low, 1), max(high, 1), words("axis.staff"), 1.3))
    given = {(row.quarter, row.measure): row for row in every.itertuples()}
    marks = [mark for at, quarter in enumerate(quarters) for name in MOVES for mark in _moved(words, given.get((quarter, name)), name, at, axis, len(quarters))]
    newest = kept[kept["quarter"].isin(quarters[-YEAR:])]
    year = newest.groupby("measure")["value"].sum()
    values = {"joined": int(year.get("joiners", 0)), "left": int(year.get("leavers", 0)), "first": quarters[-YEAR:][0], "last": quarters[-1]}
    # A sum that no site's number is shown for is lacking too.
    whole = len(newest) == len(MOVES) * len(quarters[-YEAR:]) and set(newest["bound"]) == {"exact"}
    kind = "none" if newest.empty else "exact" if whole else "at_least"
    title = words(f"staffing.moves.title_{kind}", **values)
    said = [_moved_said(words, given, quarter) for quarter in quarters]
    quality, source = weakest(every["quality"]), united(every["source"])
    # A year stands in the middle of its quarters.
    ticks = tuple((sum(at) / len(at), year) for year in sorted({one[:4] for one in quarters}) if (at := [place for place, one in enumerate(quarters) if one[:4] == year]))
    return Chart(
        name="staffing-moves", title=title, subtitle=" ".join([words("staffing.moves.subtitle"), *([words("staffing.moves.plus")] if (kept["bound"] == "at_least").any() else [])]),
        marks=tuple(marks),
        alternative=words("staffing.moves.alternative", title=title, rows=words.listed(said)),
        table=quarters_table(words, register, sums), sources=tuple(source.split()), quality=quality, credit=credit(words, register, source, quality),
        x=replace(categories(quarters), ticks=ticks), y=axis, height=0.42,
        legend=_moves_legend(words, marks),
    )  # fmt: skip


def _moves_legend(words: Words, marks: list[Mark]) -> tuple[tuple[str, str], ...]:
    drawn = {mark.meaning for mark in marks if isinstance(mark, Bar)}
    looks = [look for look in ("joined", "left", HIDDEN, "no_data") if look in drawn]
    return tuple((look, words(f"staffing.legend.{look}")) for look in looks)


def _moved(words: Words, row: object | None, name: str, at: int, axis: Axis, quarters: int) -> list[Mark]:
    """The bar of those who joined or left in a quarter with its number, or the sign of none."""
    way, part = (1, "joined") if name == "joiners" else (-1, "left")
    room = (axis.high - axis.low) * BESIDE
    if row is None:
        return [Bar(at, 0, way * room, "no_data", "y")]
    note = words(
        f"staffing.moves.note_{name}",
        value=written(words, row.value, row.state, row.bound),
        quarter=row.quarter,
    )
    if row.state == HIDDEN:
        return [Bar(at, 0, way * room, HIDDEN, "y", "", note)]
    number = words(f"staffing.moves.number_{row.bound}", value=row.value)
    return [
        Bar(at, 0, way * row.value, part, "y", "", note),
        *([Text(at, way * (row.value + room), number)] if quarters <= MOST_NUMBERS else []),
    ]


def _moved_said(words: Words, given: dict[tuple[str, str], object], quarter: str) -> str:
    rows = {name: given.get((quarter, name)) for name in MOVES}
    numbers = {
        name: written(words, row.value, row.state, row.bound) if row else words("hidden.missing")
        for name, row in rows.items()
    }
    return words(
        "staffing.moves.at", quarter=quarter, joined=numbers["joiners"], left=numbers["leavers"]
    )


def _whole(words: Words, axis: Axis) -> Axis:
    """People have no decimals, and those who left are not fewer than none."""
    return replace(axis, ticks=tuple((at, words.number(abs(at))) for at, _ in axis.ticks if at == round(at)))


def turnover_values(words: Words, one: Turnover) -> dict[str, object]:
    """What the sentence about turnover names."""
    return {
        "first": one.first,
        "last": one.last,
        "left": words.bounded(one.leavers, one.bound),
        "people": words.bounded(one.headcount, one.bound, 1),
        "rate": one.rate,
        "used": one.used,
        "asked": one.asked,
    }


def recruits_chart(words: Words, register: pd.DataFrame, way: Progress, measured: Turnover | None, assumed: float) -> Chart:
    """Posts to fill until the goal is due: net, and gross with the measured and the assumed turnover."""
    gap = max(0.0, way.gap)
    # At most so many where some sites have not told who is in place.
    rows = [Row(words("staffing.recruits.net"), gap, way.quality, words(f"staffing.recruits.label_{way.leading.bound}", value=gap))]
    if measured:
        with_measured = recruits(way, measured.rate)
        rows.append(Row(words("staffing.recruits.measured", turnover=measured.rate), with_measured, "modelled", words("staffing.recruits.label_gross", value=with_measured)))
    gross = recruits(way, assumed)
    rows.append(Row(words("staffing.recruits.assumed", turnover=assumed), gross, "modelled", words("staffing.recruits.label_gross", value=gross)))
    said = {"goal": way.goal.value, "due": way.due_on, "gap": gap, "gross": rows[1].value}
    ended = way.grade if way.grade in ("reached", "past_due") else ""
    title = words(f"staffing.recruits.{ended}" if ended else f"staffing.recruits.title_{way.leading.bound}", **said)
    source = united([way.source, *([measured.source] if measured else [])])
    return lying(
        words, register, rows, name="staffing-recruits", title=title, subtitle=words("staffing.recruits.subtitle", now=way.leading.date, due=way.due_on), decimals=1,
        alternative=words("staffing.recruits.alternative", title=title, rows=words.listed(f"{row.name}: {row.label}" for row in rows)),
        heading=words("axis.fte"), axis=zero_based(words, max(row.value for row in rows), words("axis.fte"), 1.3), quality="modelled", source=source,
    )  # fmt: skip
