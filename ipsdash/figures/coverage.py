"""Charts of availability: who lives where there is IPS, how much IPS there is, areas without a site."""

import pandas as pd

from ipsdash.domain.availability import MEASURES, inhabitants, intensity
from ipsdash.domain.growth import Progress, full_counts, leading_count, newest_counts
from ipsdash.domain.provenance import number, united, weakest
from ipsdash.figures.axes import shares, zero_based
from ipsdash.figures.bars import Row, lying
from ipsdash.figures.chart import Chart, Column, Table
from ipsdash.tables.load import Tables
from ipsdash.text.credits import references
from ipsdash.text.words import Words


def availability_chart(words: Words, register: pd.DataFrame, rows: pd.DataFrame, area: str, date: str) -> Chart:
    """The share of people aged 18-66 who live where there is IPS, by each way to count, side by side."""
    order = rows.set_index("measure").loc[[measure for measure in reversed(MEASURES) if measure in set(rows["measure"])]]
    bars = [
        Row(words(f"measure.{measure}"), row["share"], row["quality"], words("coverage.availability.label", share=row["share"], people=row["people"]))
        for measure, row in order.iterrows()
    ]  # fmt: skip
    widest = order.iloc[0]
    named = order["share"].get("named")
    key = "narrow" if named is None else "sure" if named == widest["share"] else "title"
    values = {"area": area, "share": widest["share"], "date": date, "low": named}
    return lying(
        words, register, bars, name="availability", title=words(f"coverage.availability.{key}", **values),
        subtitle=words("coverage.availability.subtitle", total=int(widest["total"]), area=area, date=date), kind="share", decimals=1,
        alternative=words("coverage.availability.alternative", area=area, rows=words.listed(f"{row.name}: {row.label}" for row in bars)),
        heading=words("heading.share"), axis=shares(words, words("axis.share_people")),
        quality=weakest(rows["quality"]), source=united(rows["source"]),
        more={words("heading.people_18_66"): [*order["people"]], words("heading.quality"): [words(f"quality.{q}") for q in order["quality"]]},
    )  # fmt: skip


def intensity_chart(words: Words, tables: Tables, area: str, counted: pd.DataFrame, way: Progress | None, called: str) -> Chart:
    """Specialists per 100,000 people aged 18-66 at each date at which an area's were counted and, if there is one, at its goal.
    way: to the goal; called: the name of the area."""
    inside = {date: inhabitants(tables, area, date) for date in counted["date"]}
    full, part = newest_counts(counted)
    shown = full_counts(counted)
    # A part count stands only where it is above the newest full one: sites that began to report are no growth.
    if (leading := leading_count(full, part)) is part:
        shown = pd.concat([shown, counted.tail(1)])
    now = {words.date(row["date"]): intensity(number(row), inside[row["date"]]) for _, row in shown.iterrows()}
    goal = {words("coverage.intensity.goal", goal=way.goal.value): intensity(way.goal, inside[leading.date])} if way else {}
    numbers = {**now, **goal}
    bars = [
        Row(name, one.value, "goal_bar" if name in goal else one.quality, words.bounded(one.value, one.bound, 1))
        for name, one in numbers.items()
    ]
    last = list(now.values())[-1]
    title = words("coverage.intensity.title" if goal else "coverage.intensity.plain", now=words.bounded(last.value, last.bound, 1), date=last.date,
                  **{"goal": one.value for one in goal.values()})  # fmt: skip
    return lying(
        words, tables.sources, bars, name="intensity", title=title, subtitle=words("coverage.intensity.subtitle", area=called),
        alternative=words("coverage.intensity.alternative", rows=words.listed(f"{row.name}: {row.label}" for row in bars)),
        heading=words("heading.per_100000"), axis=zero_based(words, max(row.value for row in bars), words("axis.per_100000"), 1.3),
        decimals=1, quality=weakest(one.quality for one in numbers.values()), source=united(one.source for one in numbers.values()),
    )  # fmt: skip


def without_site_chart(words: Words, register: pd.DataFrame, rows: pd.DataFrame, names: pd.Series, date: str) -> Chart:
    """People aged 18-66 in areas without a known site."""
    order = rows.sort_values("people_18_66", ascending=False)
    bars = [
        Row(names[row["area_id"]], row["people_18_66"], "unmet", words("coverage.without.label", people=row["people_18_66"]))
        for _, row in order.iterrows()
    ]
    total = int(order["people_18_66"].sum())
    title = words("coverage.without.title", people=total, areas=words.listed(row.name for row in bars))
    return lying(
        words, register, bars, name="without-site", title=title, subtitle=words("coverage.without.subtitle", date=date), kind="whole",
        alternative=words("coverage.without.alternative", rows=words.listed(f"{row.name}: {row.label}" for row in bars)),
        heading=words("heading.people_18_66"), axis=zero_based(words, order["people_18_66"].max(), words("axis.people"), 1.3),
        quality=weakest(order["quality"]), source=united(order["source"]),
        more={words("heading.municipalities"): [*order["municipalities"]]},
    )  # fmt: skip


def catchment_table(words: Words, register: pd.DataFrame, sizes: pd.DataFrame, names: pd.Series) -> Table:
    """The catchments: site, municipalities, people, specialists and intensity where known, quality, source."""
    frame = pd.DataFrame({
        "site": sizes["site_id"].map(names), "municipalities": sizes["municipalities"], "people_18_66": sizes["people_18_66"],
        "specialists": sizes["value"], "per_100000": sizes["per_100000"],
        "bound": [words(f"bound.{bound}") if bound else "" for bound in sizes["bound"]], "date": sizes["date"],
        "quality": [words(f"quality.{quality}") for quality in sizes["quality"]],
        "source": [references(words, register, source) for source in sizes["source"]],
    })  # fmt: skip
    kinds = {"municipalities": ("whole", 0), "people_18_66": ("whole", 0), "specialists": ("number", 0), "per_100000": ("number", 1), "date": ("date", 0)}
    return Table(frame, tuple(Column(name, words(f"heading.{name}"), *kinds.get(name, ("text", 0))) for name in frame))


def catchment_chart(words: Words, register: pd.DataFrame, sizes: pd.DataFrame, names: pd.Series, date: str) -> Chart:
    """Specialists per 100,000 in each catchment whose specialists are known. Raises ValueError when none is."""
    known = sizes.dropna(subset=["per_100000"])
    if known.empty:
        raise ValueError("no catchment with a known number of specialists")
    bars = [
        Row(names[row["site_id"]], row["per_100000"], row["quality"],
            words("coverage.catchments.label", rate=words.bounded(row["per_100000"], row["bound"], 1), value=words.bounded(row["value"], row["bound"])))
        for _, row in known.iterrows()
    ]  # fmt: skip
    values = {"known": len(known), "all": len(sizes), "date": date}
    return lying(
        words, register, bars, name="catchments", title=words("coverage.catchments.title", **values),
        subtitle=words("coverage.catchments.subtitle", date=date), heading=words("heading.per_100000"), decimals=1,
        alternative=words("coverage.catchments.alternative", rows=words.listed(f"{row.name}: {row.label}" for row in bars), **values),
        axis=zero_based(words, known["per_100000"].max(), words("axis.per_100000"), 1.4),
        quality=weakest(known["quality"]), source=united(known["source"]),
    )  # fmt: skip
