"""Charts and tables of what remains: the need beside posts and goal, unmet need by catchment, what each assumption does."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from ipsdash.domain.effects import LOCAL
from ipsdash.domain.growth import Progress
from ipsdash.domain.need import Flow
from ipsdash.domain.posts import Posts
from ipsdash.domain.provenance import united
from ipsdash.domain.remaining import Remaining
from ipsdash.figures.axes import zero_based
from ipsdash.figures.bars import Row, lying, ticks
from ipsdash.figures.chart import Chart, Column, Table
from ipsdash.text.credits import references
from ipsdash.text.values import ranged, title, value
from ipsdash.text.words import Words

MODELLED = "modelled"
PSYCHOSIS_AND_BIPOLAR = ("outpatients_psychosis_18_64", "outpatients_bipolar_18_64")


def headline(words: Words, left: Remaining) -> str:
    """The need with its range, what is in post and what is missing where it is missing."""
    need, low, high = left.need
    values = {"need": need, "low": low, "high": high}
    if left.posts is None:
        return words("need.headline_only", **values)
    values |= {"now": words.bounded(left.posts.total, left.posts.bound), "date": left.posts.date}
    if left.posts.bound != "exact":
        return words("need.headline_part", **values)
    if left.met is None:
        return words("need.headline_nowhere", **values)
    return words("need.headline", **values)


def why_no_coverage(left: Remaining) -> str:
    """The key of the sentence that says why no coverage can be computed: no count, only a part count, or no catchments."""
    if left.posts is None:
        return "need.no_posts"
    return "need.part_count" if left.posts.bound != "exact" else "coverage.no_catchments"


def need_chart(words: Words, register: pd.DataFrame, left: Remaining, way: Progress | None) -> Chart:
    """Posts, the goal and the need with its range, below each other."""
    need, low, high = left.need
    rows = []
    if left.posts is not None:
        now = words.bounded(left.posts.total, left.posts.bound)
        look = "reported" if left.posts.bound == "exact" else "at_least"
        rows.append(Row(words("need.row.in_post", date=left.posts.date), left.posts.total, look, now))
    if way:
        rows.append(Row(words("need.row.goal", due=way.due_on), way.goal.value, "goal_bar", words.number(way.goal.value)))
    rows.append(Row(words("need.row.need"), need, MODELLED, ranged(words, need, low, high), low=low, high=high))
    said = words("need.chart.title" if way and left.posts is not None else "need.chart.title_only", need=ranged(words, need, low, high),
                 now=rows[0].label, goal=way.goal.value if way else 0)  # fmt: skip
    chart = lying(
        words, register, rows, name="need", title=said, subtitle=words("need.chart.subtitle", share=left.assumed.at["interval", "value"]),
        alternative=words("need.chart.alternative", rows=words.listed(f"{row.name}: {row.label}" for row in rows)),
        heading=words("heading.posts"), axis=zero_based(words, max(high, *(row.value for row in rows)), words("axis.posts"), 1.25),
        quality=MODELLED, source=united([left.source, way.source if way else ""]), decimals=1,
        more={words("heading.low"): [row.low for row in rows], words("heading.high"): [row.high for row in rows]},
    )  # fmt: skip
    return replace(chart, legend=((MODELLED, words("need.legend.need")), range_legend(words, left)))


def range_legend(words: Words, left: Remaining) -> tuple[str, str]:
    """What a light band is."""
    return "range", words("need.legend.range", share=left.assumed.at["interval", "value"])


def catchment_names(sites: pd.DataFrame, names: Mapping[str, str]) -> dict[str, str]:
    """What each catchment is called: by its site, or, without one, by its DPS area. names: of areas, by area_id."""
    return dict(names) | dict(zip(sites["site_id"], sites["name"]))


def unmet_chart(words: Words, register: pd.DataFrame, left: Remaining, names: Mapping[str, str]) -> Chart:
    """Unmet need by catchment with its range, in tiers; within a tier in geographic order, for nothing is ranked there."""
    rows = in_tiers(left.catchments)
    bars = [
        Row(_tiered(words, row, names, rows["tier"].max()), row["unmet"], "unmet", ranged(words, row["unmet"], row["unmet_low"], row["unmet_high"]),
            low=row["unmet_low"], high=row["unmet_high"])
        for _, row in rows.iterrows()
    ]  # fmt: skip
    said = _unmet_title(words, rows, names)
    chart = lying(
        words, register, bars, name="unmet", title=said, quality=MODELLED, source=left.source,
        subtitle=words("need.unmet.subtitle", share=left.assumed.at["interval", "value"], certainty=left.assumed.at["rank_certainty", "value"]),
        alternative=words("need.unmet.alternative", title=said, rows=words.listed(f"{row.name}: {row.label}" for row in bars)),
        heading=words("heading.unmet"), axis=zero_based(words, rows["unmet_high"].max(), words("axis.posts"), 1.3),
    )  # fmt: skip
    legend = (("unmet", words("need.legend.unmet")), range_legend(words, left))
    return replace(chart, table=unmet_table(words, rows, names), legend=legend)


def in_tiers(catchments: pd.DataFrame) -> pd.DataFrame:
    """The catchments by tier; within one in the order of sites and areas."""
    return catchments.assign(order=range(len(catchments))).sort_values(["tier", "order"]).drop(columns="order")


def _tiered(words: Words, row: pd.Series, names: Mapping[str, str], tiers: int) -> str:
    name = names[row["catchment"]] if row["site_id"] else words("need.without", name=names[row["catchment"]])
    return words("need.tiered", tier=int(row["tier"]), name=name) if tiers > 1 else name


def _unmet_title(words: Words, rows: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Which catchments surely have the most, or that none can be told."""
    first = rows[rows["tier"] == 1]
    if len(first) == len(rows):
        return words("need.unmet.title_none", areas=len(rows))
    return words("need.unmet.title", first=words.listed(names[one] for one in first["catchment"]))


def unmet_table(words: Words, rows: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """The catchments with all that is known and modelled of them."""
    frame = pd.DataFrame({
        "catchment": [names[one] for one in rows["catchment"]],
        "site": [words("need.has_site" if site else "need.no_site") for site in rows["site_id"]],
        "rank": [str(best) if best == worst else words("need.places", best=int(best), worst=int(worst)) for best, worst in zip(rows["best"], rows["worst"])],
        "people_18_66": rows["people"], "demand": rows["demand"], "need": rows["need"], "need_low": rows["need_low"], "need_high": rows["need_high"],
        "in_post": rows["in_post"], "in_post_low": rows["in_post_low"], "in_post_high": rows["in_post_high"], "in_post_care": rows["in_post_care"], "posts_needed": rows["posts_needed"],
        "unmet": rows["unmet"], "unmet_low": rows["unmet_low"], "unmet_high": rows["unmet_high"], "people_unmet": rows["people_unmet"],
        "people_low": rows["people_low"], "people_high": rows["people_high"], "coverage": rows["coverage"], "sure": rows["sure"],
    })  # fmt: skip
    whole = {name: ("whole", 0) for name in ("people_18_66", "demand", "posts_needed", "people_unmet", "people_low", "people_high")}
    tenths = {name: ("number", 1) for name in ("need", "need_low", "need_high", "in_post", "in_post_low", "in_post_high", "in_post_care", "unmet", "unmet_low", "unmet_high")}
    kinds = whole | tenths | {"coverage": ("share", 0), "sure": ("share", 0)}
    shown = [name for name in frame if name != "in_post_care" or frame[name].notna().any()]
    return Table(frame, tuple(Column(name, words(f"heading.{name}"), *kinds.get(name, ("text", 0))) for name in shown))


def tornado_chart(words: Words, register: pd.DataFrame, left: Remaining) -> Chart:
    """What each assumption does alone: facts at the ends of their range, choices at the ends of what may be chosen."""
    rows = left.tornado
    bars = [
        Row(words(f"need.tornado.{'row_local' if row['assumption'] == LOCAL else 'row'}", name=title(words, left.assumed.loc[row["assumption"]]), at_low=value(words, row["assumption"], row["at_low"]),
                  at_high=value(words, row["assumption"], row["at_high"])),
            row["high"], row["basis"], words("need.tornado.label", low=row["low"], high=row["high"]), start=row["low"])
        for _, row in rows.iterrows()
    ]  # fmt: skip
    facts, choices = (rows[rows["basis"] == basis] for basis in ("fact", "choice"))
    said = words("need.tornado.title", fact=_widest(words, left, facts), choice=_widest(words, left, choices))
    axis, now = zero_based(words, rows["high"].max(), words("axis.posts"), 1.25), words("need.tornado.now", need=left.need[0])
    chart = lying(
        words, register, bars, name="tornado", title=said, subtitle=words("need.tornado.subtitle", need=left.need[0]), quality=MODELLED, source=left.source,
        alternative=words("need.tornado.alternative", title=said, rows=words.listed(f"{row.name}: {row.label}" for row in bars)),
        heading=words("heading.high"), axis=axis, further=ticks(len(bars), left.need[0], "now", now, axis),
    )  # fmt: skip
    legend = (("fact", words("need.legend.fact")), ("choice", words("need.legend.choice")), ("now", now))
    return replace(chart, table=_tornado_table(words, register, left), legend=legend)


def _widest(words: Words, left: Remaining, rows: pd.DataFrame) -> str:
    return title(words, left.assumed.loc[rows["assumption"].iloc[0]]) if len(rows) else words("need.tornado.nothing")


def _tornado_table(words: Words, register: pd.DataFrame, left: Remaining) -> Table:
    rows, given = left.tornado, left.assumed
    frame = pd.DataFrame({
        "assumption": [title(words, given.loc[name]) for name in rows["assumption"]], "basis": [words(f"basis.{basis}") for basis in rows["basis"]],
        "at_low": [value(words, *one) for one in zip(rows["assumption"], rows["at_low"])], "low": rows["low"],
        "at_high": [value(words, *one) for one in zip(rows["assumption"], rows["at_high"])], "high": rows["high"],
        "source": [references(words, register, given.at[name, "source"]) for name in rows["assumption"]],
    })  # fmt: skip
    return Table(frame, tuple(Column(name, words(f"heading.{name}"), "number" if name in ("low", "high") else "text", 1) for name in frame))


def enough_sentence(words: Words, rows: pd.DataFrame, goal: float) -> str:
    """Which choices make the goal enough and which do not: by target group the largest share that is, and all if all is not."""
    yes = [mine[mine["enough"]].iloc[-1] for _, mine in rows.groupby("target_group", sort=False) if mine["enough"].any()]
    no = [mine.iloc[-1] for _, mine in rows.groupby("target_group", sort=False) if not mine["enough"].iloc[-1]]
    said = {name: words.listed(_choice(words, row) for row in found) for name, found in (("yes", yes), ("no", no))}
    key = "need.enough.both" if yes and no else "need.enough.always" if yes else "need.enough.never"
    return words(key, goal=goal, **said)


def _choice(words: Words, row: pd.Series) -> str:
    group = words(f"option.target_group.{row['target_group']}")
    share = words("need.enough.all") if row["served_share"] == 1 else words.share(row["served_share"])
    return words("need.enough.choice", group=group, share=share, need=row["need"])


def enough_table(words: Words, rows: pd.DataFrame) -> Table:
    """Target groups and shares: need, range, whether the goal is enough, and in how many draws."""
    frame = pd.DataFrame({
        "target_group": [words(f"option.target_group.{one}") for one in rows["target_group"]], "served_share": rows["served_share"], "need": rows["need"],
        "need_low": rows["low"], "need_high": rows["high"], "enough": [words("need.enough.yes" if one else "need.enough.no") for one in rows["enough"]],
        "likely": rows["likely"],
    })  # fmt: skip
    kinds = {"served_share": "share", "likely": "share", "need": "number", "need_low": "number", "need_high": "number"}
    return Table(frame, tuple(Column(name, words(f"heading.{name}"), kinds.get(name, "text")) for name in frame))


def areas_table(words: Words, rows: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """The need of areas of one kind, people with any contact in the year and people who start kept apart by name."""
    frame = pd.DataFrame({
        "area": [names[one] for one in rows["area_id"]], "people_18_66": rows["people"], "treated": rows["treated"], "eligible": rows["eligible"],
        "served": rows["demand"], "started": rows["need"] * rows["starts_per_specialist"], "need": rows["need"], "need_low": rows["low"],
        "need_high": rows["high"],
    })  # fmt: skip
    tenths = ("need", "need_low", "need_high")
    return Table(frame, tuple(
        Column(name, words(f"heading.{name}"), "text" if name == "area" else "number" if name in tenths else "whole", int(name in tenths)) for name in frame
    ))  # fmt: skip


def fifty_sentence(words: Words, specialist_care: pd.DataFrame, rows: pd.DataFrame, goal: float) -> str:
    """A calculation that gives the goal: outpatients with psychosis or bipolar disorder * those who want work / caseload.

    specialist_care: its table; rows: assumptions as `assumed` gives them without a scenario. "" where it gives another
    number, or the table lacks one of the two counts.
    """
    counts = specialist_care[specialist_care["indicator"].isin(PSYCHOSIS_AND_BIPOLAR)].drop_duplicates("indicator", keep="last")
    if len(counts) < len(PSYCHOSIS_AND_BIPOLAR):
        return ""
    want, caseload = float(rows.at["want_work", "value"]), float(rows.at["caseload", "value"])
    if round(counts["value"].sum() * want / caseload) != goal:
        return ""
    first, second = (counts.set_index("indicator").at[name, "value"] for name in PSYCHOSIS_AND_BIPOLAR)
    return words("need.fifty", first=first, second=second, want=want, caseload=caseload, goal=goal)


def flow_sentence(words: Words, flow: Flow, people: float) -> str:
    """From people to posts, in a sentence: served and started apart."""
    return words(
        "need.flow", people=round(people), treated=flow.treated, eligible=flow.eligible, demand=flow.demand, served=flow.served_per_specialist,
        started=flow.starts_per_specialist,
    )  # fmt: skip


def split_sentence(words: Words, posts: Posts, names: Mapping[str, str]) -> str:
    """That posts per site are modelled, and how; or that all are known."""
    if not posts.modelled:
        return words("need.split.known", date=posts.date)
    values = {"now": words.bounded(posts.total, posts.bound), "sites": len(posts.modelled), "date": posts.date}
    return words("need.split.modelled", **values)
