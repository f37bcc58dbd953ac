"""Scenarios side by side: their needs, what differs, and what each changed assumption does."""

from dataclasses import dataclass, replace

import pandas as pd

from ipsdash.domain.growth import Progress
from ipsdash.domain.remaining import Remaining
from ipsdash.figures.axes import signed, zero_based
from ipsdash.figures.bars import Row, lying, ticks
from ipsdash.figures.chart import Chart, Column, Table
from ipsdash.figures.need import range_legend
from ipsdash.tables.columns import OPTIONS
from ipsdash.text.values import ranged, title, value
from ipsdash.text.words import Words

LAST = ("interaction", "together")


@dataclass(frozen=True, eq=False)
class Side:
    """A scenario that stands beside others: what it is called, what it changes, what comes of it."""

    name: str
    changed: dict[str, float | str]
    left: Remaining


def headline(words: Words, sides: list[Side]) -> str:
    """From the lowest need to the highest."""
    most, least = max(sides, key=lambda one: one.left.need[0]), min(sides, key=lambda one: one.left.need[0])
    values = {"most": most.name, "high": most.left.need[0], "least": least.name, "low": least.left.need[0]}
    return words("scenario.headline" if len(sides) > 1 else "scenario.headline_one", **values)


def compared_chart(words: Words, register: pd.DataFrame, sides: list[Side], base: Side, way: Progress | None) -> Chart:
    """The need of each scenario with its range; posts and goal as lines across. base: what differences are counted from."""
    bars = [Row(one.name, one.left.need[0], "modelled", ranged(words, *one.left.need), low=one.left.need[1], high=one.left.need[2]) for one in sides]
    axis, posts, marks = zero_based(words, max(bar.high for bar in bars), words("axis.posts"), 1.3), sides[0].left.posts, {}
    if posts is not None:
        marks["context"] = (posts.total, words("scenario.rule_posts", now=words.bounded(posts.total, posts.bound), date=posts.date))
    if way:
        marks["now"] = (way.goal.value, words("scenario.rule_goal", goal=way.goal.value))
    across = tuple(tick for look, (number, note) in marks.items() for tick in ticks(len(bars), number, look, note, axis))
    said = words("scenario.chart.title", scenarios=len(sides))
    chart = lying(
        words, register, bars, name="scenarios", title=said, quality="modelled", source=sides[0].left.source,
        subtitle=words("scenario.chart.subtitle", share=sides[0].left.assumed.at["interval", "value"]),
        alternative=words("scenario.chart.alternative", rows=words.listed(f"{bar.name}: {bar.label}" for bar in bars)), heading=words("heading.need"),
        axis=axis, further=across,
    )  # fmt: skip
    legend = [("modelled", words("need.legend.need")), range_legend(words, sides[0].left), *((look, note) for look, (_, note) in marks.items())]
    return replace(chart, table=compared_table(words, sides, base), legend=tuple(legend))


def compared_table(words: Words, sides: list[Side], base: Side) -> Table:
    """One row per scenario: the need, its range, the difference from a base, whole posts, what is missing, coverage."""
    frame = pd.DataFrame([_figures(words, one, base.left) for one in sides])
    heads = {name: words(f"heading.{name}", base=base.name) if name == "difference" else words(f"heading.{name}") for name in frame}
    kinds = {"difference": ("number", 1), "coverage": ("share", 0), "posts_needed": ("whole", 0), "scenario": ("text", 0), "served_per_specialist": ("number", 1), "starts_per_specialist": ("number", 1)}
    return Table(frame, tuple(Column(name, heads[name], *kinds.get(name, ("number", 0))) for name in frame))


def _figures(words: Words, one: Side, first: Remaining) -> dict[str, object]:
    left = one.left
    need, low, high = left.need
    numbers = {
        "scenario": one.name, "demand": left.flow.demand, "served_per_specialist": left.flow.served_per_specialist,
        "starts_per_specialist": left.flow.starts_per_specialist, "need": need, "need_low": low, "need_high": high, "difference": need - first.need[0],
    }  # fmt: skip
    if left.met is None:
        return numbers
    return numbers | {"posts_needed": left.met.posts_needed[0], "unmet": left.met.unmet[0], "unmet_low": left.met.unmet[1], "unmet_high": left.met.unmet[2],
                      "coverage": left.met.coverage[0]}  # fmt: skip


def settings_table(words: Words, sides: list[Side]) -> Table:
    """One row per assumption in which any of the scenarios differs from the table: its value in each. A fact that a scenario
    holds is marked, for its doubt is not counted there."""
    names = [name for name in sides[0].left.assumed.index if any(name in one.changed for one in sides)]
    rows = {"assumption": [title(words, sides[0].left.assumed.loc[name]) for name in names]}
    rows |= {f"side_{place}": [_setting(words, one, name) for name in names] for place, one in enumerate(sides)}
    heads = [words("heading.assumption"), *(one.name for one in sides)]
    return Table(pd.DataFrame(rows), tuple(Column(name, head) for name, head in zip(rows, heads)))


def _setting(words: Words, one: Side, name: str) -> str:
    row = one.left.assumed.loc[name]
    said = value(words, name, row["option"] if name in OPTIONS else row["value"])
    return words("scenario.held", value=said) if row["held"] and row["basis"] == "fact" else said


def effects_chart(words: Words, register: pd.DataFrame, effects: pd.DataFrame, side: Side, base: str) -> Chart:
    """What each change of a scenario does alone, the interaction, and all together."""
    given = side.left.assumed
    names = [words(f"scenario.effect.{one}") if one in LAST else title(words, given.loc[one]) for one in effects["assumption"]]
    bars = [
        Row(name, posts, "context" if one in LAST else given.at[one, "basis"], words("scenario.effect.label", posts=words.signed(posts, 1)))
        for name, one, posts in zip(names, effects["assumption"], effects["posts"])
    ]  # fmt: skip
    said = words("scenario.effect.title", name=side.name, posts=words.signed(effects["posts"].iloc[-1], 1), base=base)
    chart = lying(
        words, register, bars, name="effects", title=said, subtitle=words("scenario.effect.subtitle", base=base), quality="modelled", source=side.left.source,
        alternative=words("scenario.effect.alternative", title=said, rows=words.listed(f"{bar.name}: {bar.label}" for bar in bars)),
        heading=words("heading.posts"), axis=signed(words, effects["posts"].min(), effects["posts"].max(), words("axis.posts_change")), decimals=1,
    )  # fmt: skip
    return replace(chart, legend=tuple((look, words(f"scenario.legend.{look}")) for look in ("fact", "choice", "context") if any(bar.meaning == look for bar in bars)))
