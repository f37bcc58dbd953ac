"""The roll-out: sites by steps as one chart, what each site waits for, and what is known from open sources."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from ipsdash.domain.provenance import united, weakest
from ipsdash.domain.rollout import by_step, most_lacking
from ipsdash.figures.axes import categories
from ipsdash.figures.chart import Axis, Chart, Column, Dot, Table
from ipsdash.tables.columns import STEPS
from ipsdash.text.credits import credit, references
from ipsdash.text.places import site_names
from ipsdash.text.words import Words

LOOKS = ("step_done", "step_not_yet", "step_stuck", "step_unreported")
AGREEMENT = "cooperation_agreement"
MILLION = 1_000_000
# Height of a site's row as a share of the chart's width, and of what is below the rows.
ROW, FOOT = 0.044, 0.08


def standing_names(words: Words, sites: pd.DataFrame, found: pd.DataFrame) -> dict[str, str]:
    """The names of the sites of `rollout.standing`; a closed one says so."""
    names = site_names(sites)
    return {site: words("rollout.closed_name", name=names[site]) if closed else names[site] for site, closed in zip(found["site_id"], found["closed"])}


def headline(words: Words, found: pd.DataFrame, rows: pd.DataFrame, months: float) -> str:
    """How many sites have the cooperation agreement, and how many have waited long for their next step. found, rows: of open sites."""
    counted = by_step(rows).set_index("stage").loc[AGREEMENT]
    agreed = words(f"rollout.headline.{'at_least' if counted['unreported'] else 'exact'}", done=int(counted["done"]), sites=len(found))
    stuck = int(found["stuck"].sum())
    return " ".join([agreed, words("rollout.headline.stuck", stuck=stuck, months=months) if stuck else words("rollout.headline.none_stuck", months=months)])


def lacking_sentence(words: Words, found: pd.DataFrame, rows: pd.DataFrame) -> str:
    """The step that most sites have not done, and how many sites have reported none. found, rows: of open sites."""
    counted = by_step(rows)
    most = most_lacking(counted)
    said = []
    if most:
        short = counted.set_index("stage").loc[most[0], "not_yet"]
        said.append(words("rollout.most_lacking", steps=words.listed(words(f"rollout.step.{one}") for one in most), sites=int(short)))
    else:
        said.append(words("rollout.none_lacking"))
    silent = int((found["reported"] == 0).sum())
    return " ".join([*said, *([words("rollout.silent", sites=silent)] if silent else [])])


def matrix_chart(words: Words, register: pd.DataFrame, found: pd.DataFrame, rows: pd.DataFrame, names: Mapping[str, str], date: str, months: float) -> Chart:
    """Sites by steps: one dot per step of a site, told apart by shape. The steps are numbered; the subtitle names them.

    found, rows: of the sites that are shown.
    """
    order, told = found["site_id"].tolist(), rows[rows["source"] != ""]
    last = len(order) - 1
    marks = [
        Dot(STEPS.index(row.stage) + 1, last - order.index(row.site_id), f"step_{row.state}", note=_note(words, row, names))
        for row in rows.itertuples()
    ]  # fmt: skip
    bound = "at_least" if (rows["state"] == "unreported").any() else "exact"
    title = words(f"rollout.matrix.title_{bound}", done=int((rows["state"] == "done").sum()), all=len(rows), sites=len(order), date=date)
    shown = [look for look in LOOKS if any(mark.meaning == look for mark in marks)]
    quality, source = weakest(told["quality"]), united(told["source"])
    return Chart(
        name="rollout-steps", title=title, subtitle=words("rollout.matrix.subtitle", steps=_numbered(words)), marks=tuple(marks),
        alternative=_alternative(words, found, names, title), table=matrix_table(words, register, found, rows, names),
        sources=tuple(source.split()), quality=quality, credit=credit(words, register, source, quality),
        x=Axis(0.4, len(STEPS) + 0.6, tuple((place, str(place)) for place in range(1, len(STEPS) + 1))),
        y=replace(categories([names[one] for one in order]), grid=True),
        legend=tuple((look, words(f"rollout.legend.{look}", months=months)) for look in shown), height=ROW * len(order) + FOOT,
    )  # fmt: skip


def _numbered(words: Words) -> str:
    return words.listed(words("rollout.matrix.step", number=place, step=words(f"rollout.step.{stage}")) for place, stage in enumerate(STEPS, 1))


def _note(words: Words, row: object, names: Mapping[str, str]) -> str:
    step = words(f"rollout.step.{row.stage}")
    return words(f"rollout.note.{row.state}", name=names[row.site_id], step=step, date=row.date or "0")


def _alternative(words: Words, found: pd.DataFrame, names: Mapping[str, str], title: str) -> str:
    return words("rollout.matrix.alternative", title=title, sites=words.listed(said(words, row, names[row["site_id"]]) for _, row in found.iterrows()))


def said(words: Words, row: pd.Series, name: str) -> str:
    """What is known of the roll-out at a site, in words. row: of `rollout.standing`."""
    if not row["reported"]:
        return words("rollout.said.unreported", name=name)
    if row["stuck"]:
        return words("rollout.said.stuck", name=name, done=row["done"], all=len(STEPS), step=words(f"rollout.step.{row['next']}"), months=row["waited"])
    if row["closed"]:
        return words("rollout.said.closed", name=name, done=row["done"], all=len(STEPS))
    if row["next"]:
        return words("rollout.said.next", name=name, done=row["done"], all=len(STEPS), step=words(f"rollout.step.{row['next']}"))
    if row["done"] < len(STEPS):
        return words("rollout.said.partly", name=name, done=row["done"], all=len(STEPS))
    return words("rollout.said.done", name=name, all=len(STEPS))


def matrix_table(words: Words, register: pd.DataFrame, found: pd.DataFrame, rows: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """One row per site: the date of each step that is done, in words what is not, and the sources."""
    cells = {(row.site_id, row.stage): row.date or words(f"rollout.cell.{row.state}") for row in rows.itertuples()}
    frame = pd.DataFrame({
        "site": [names[one] for one in found["site_id"]],
        **{stage: [cells[one, stage] for one in found["site_id"]] for stage in STEPS},
        "source": _references(words, register, found["source"]),
    })  # fmt: skip
    columns = [Column(stage, words(f"template.code.{stage}"), "date") for stage in STEPS]
    return Table(frame, (Column("site", words("heading.site")), *columns, Column("source", words("heading.source"))))


def _references(words: Words, register: pd.DataFrame, sources: pd.Series) -> list[str]:
    return [references(words, register, source) if source else "" for source in sources]


def standing_table(words: Words, register: pd.DataFrame, found: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """One row per site: steps done, what it waits for and since when, how old the team is and by what."""
    frame = pd.DataFrame({
        "site": [names[one] for one in found["site_id"]],
        "done": [words("rollout.of_all", done=row["done"], all=len(STEPS)) if row["reported"] else words("hidden.missing") for _, row in found.iterrows()],
        "next": [words(f"rollout.step.{one}") if one else None for one in found["next"]],
        "since": [one or None for one in found["since"]], "waited": found["waited"],
        "age": found["age"], "started_by": [words(f"rollout.started_by.{one}") if one else None for one in found["started_by"]],
        "source": _references(words, register, found["source"]),
    })  # fmt: skip
    kinds = {"since": ("date", 0), "waited": ("number", 0), "age": ("number", 1)}
    return Table(frame, tuple(Column(name, words(f"rollout.heading.{name}"), *kinds.get(name, ("text", 0))) for name in frame))


def known_table(words: Words, register: pd.DataFrame, events: pd.DataFrame) -> Table:
    """What happened: date, event, quality, source; in order of time."""
    told = pd.DataFrame({
        "date": events["date"], "event": events[f"title_{words.lang}"], "quality": [words(f"quality.{one}") for one in events["quality"]],
        "source": [references(words, register, one) for one in events["source"]],
    }).sort_values("date", kind="stable", ignore_index=True)  # fmt: skip
    return Table(told, tuple(Column(name, words(f"heading.{name}"), "date" if name == "date" else "text") for name in told))
