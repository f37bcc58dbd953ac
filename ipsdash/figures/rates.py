"""The share in work: over time, with its interval, and beside published results with their definitions."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from ipsdash.domain.outcomes import BREAKS, SAME, Rate, rate_of
from ipsdash.domain.provenance import united, weakest
from ipsdash.domain.spans import as_year
from ipsdash.figures import quarters, told
from ipsdash.figures.axes import step
from ipsdash.figures.bars import Row, lying
from ipsdash.figures.chart import Axis, Band, Chart, Column, Dot, Line, Mark, Rule, Table
from ipsdash.text.credits import each_reference
from ipsdash.text.words import Words


def share_axis(words: Words, highest: float, title: str) -> Axis:
    """A share from zero, in round per cents, to a little above the highest."""
    high = min(1.0, highest * 1.15)
    size = step(high)
    return Axis(0, high, tuple((at * size, words.share(at * size)) for at in range(int(high / size + 1e-9) + 1)), title, True)


def table(words: Words, frame: pd.DataFrame, **kinds: str | tuple[str, int]) -> Table:
    """A table whose columns are headed by `outcomes.heading`. kinds: of a column, with its decimals where it has any."""
    given = {name: (kind,) if isinstance(kind, str) else kind for name, kind in kinds.items()}
    return Table(frame, tuple(Column(name, words(f"outcomes.heading.{name}"), *given.get(name, ())) for name in frame))


def interval(words: Words, rate: Rate) -> str:
    """A rate with its interval: "33 % (27–40 %)"."""
    return words("outcomes.interval", rate=rate.value, low=100 * rate.low, high=rate.high)


def rate_chart(words: Words, register: pd.DataFrame, rows: pd.DataFrame, compared: pd.DataFrame, others: pd.DataFrame, share: float) -> Chart:
    """The share in work of the region over quarters, with its interval, beside the results that are defined alike; the month in
    which another's definition changed is marked. rows: of `of_region`; compared, others: of `benchmarks`; share: width of the interval."""
    shown = rows[rows["state"] == "shown"]
    high = max([*shown["high"], *compared["value"]], default=1)
    y = _named_axis(words, share_axis(words, high, words("axis.share_working")), compared)
    x = quarters.span(rows["period"])
    marks: list[Mark] = [*quarters.gaps(rows, y), *_intervals(rows)]
    marks += [Line((x.low, x.high), (one["value"],) * 2, "event", "", _defined(words, one)) for _, one in compared.iterrows()]
    marks += _breaks(words, others, x)
    marks += quarters.joined(rows["period"], rows["rate"], rows["state"], rows["quality"])
    marks += [
        Dot(quarters.middle(one["period"]), one["rate"], told.look("shown", one["quality"], one["bound"]), _end_label(words, one, shown), "s", _rate_note(words, one))
        for _, one in shown.iterrows()
    ]
    title, changed = _rate_title(words, shown), _changed(words, others, x)
    said = [_rate_note(words, one) for _, one in rows.iterrows()]
    return Chart(
        name="working-rate", title=title, subtitle=" ".join([words("outcomes.rate.subtitle", share=share), *([changed] if changed else [])]), marks=tuple(marks),
        alternative=words("outcomes.rate.alternative", title=title, rows=words.listed(said), compared=words.listed(_defined(words, one) for _, one in compared.iterrows())),
        table=rate_table(words, register, rows), x=x, y=y, legend=_rate_legend(words, rows, share), **told.made_of(words, register, shown, compared),
    )  # fmt: skip


def _named_axis(words: Words, y: Axis, compared: pd.DataFrame) -> Axis:
    """The axis with a tick at each published result instead of round ones: words in the plot would stand on the numbers."""
    named = tuple((one["value"], _tick(words, one)) for _, one in compared.iterrows())
    return replace(y, ticks=(y.ticks[0], *named), grid=False) if named else y


def _tick(words: Words, one: pd.Series) -> str:
    return words(f"outcomes.benchmark.tick.{one['benchmark']}", value=one["value"])


def _end_label(words: Words, one: pd.Series, shown: pd.DataFrame) -> str:
    """The number at the newest rate; the others are said when pointed at."""
    return words.share(one["rate"]) if one["period"] == shown["period"].iloc[-1] else ""


def _intervals(rows: pd.DataFrame) -> Iterable[Mark]:
    """The intervals, joined where quarters follow each other."""
    for run in quarters.runs(rows["state"]):
        mine = rows.iloc[run]
        x = [quarters.middle(period) for period in mine["period"]]
        if len(run) == 1:
            # One alone would be a band without width.
            x, mine = [x[0] - quarters.LONG / 4, x[0] + quarters.LONG / 4], mine.iloc[[0, 0]]
        yield Band(tuple(x), tuple(mine["low"]), tuple(mine["high"]), "range")


def _named(words: Words, one: pd.Series) -> str:
    return words("outcomes.benchmark.label", name=words(f"outcomes.benchmark.name.{one['benchmark']}"), value=one["value"])


def _defined(words: Words, one: pd.Series) -> str:
    """A published result with its definition."""
    return words("outcomes.benchmark.defined", label=_named(words, one), definition=one[f"definition_{words.lang}"])


def _breaks(words: Words, others: pd.DataFrame, x: Axis) -> Iterable[Mark]:
    """A line at the month in which the definition of another result changed."""
    for _, one in others.iterrows():
        at = as_year(BREAKS[one["benchmark"]]) if one["benchmark"] in BREAKS else x.low - 1
        if x.low <= at <= x.high:
            label = words("outcomes.rate.break", name=words(f"outcomes.benchmark.name.{one['benchmark']}"), date=BREAKS[one["benchmark"]])
            yield Rule(at, "x", "connector", label, _defined(words, one))


def _changed(words: Words, others: pd.DataFrame, x: Axis) -> str:
    """Why a published result is not among those in the chart; "" where none changed in its time."""
    changed = [one for _, one in others.iterrows() if one["benchmark"] in BREAKS and x.low <= as_year(BREAKS[one["benchmark"]]) <= x.high]
    return " ".join(words("outcomes.rate.changed", label=_named(words, one), date=BREAKS[one["benchmark"]]) for one in changed)


def _rate_title(words: Words, shown: pd.DataFrame) -> str:
    first, last = shown.iloc[0], shown.iloc[-1]
    values = {"rate": last["rate"], "quarter": words.quarter(last["period"])}
    if len(shown) == 1:
        return words("outcomes.rate.title_one", **values)
    apart = first["low"] > last["high"] or first["high"] < last["low"]
    return words("outcomes.rate.title" if apart else "outcomes.rate.title_even", first=first["rate"], since=words.quarter(first["period"]), **values)


def _rate_note(words: Words, one: pd.Series) -> str:
    rate, quarter = rate_of(one), words.quarter(one["period"])
    if rate is None:
        return words("outcomes.rate.no_note", quarter=quarter, state=words(f"outcomes.rate_state.{one['state']}"))
    return words(f"outcomes.rate.note_{one['bound']}", quarter=quarter, interval=interval(words, rate), hits=rate.hits, of=rate.of)


def _rate_legend(words: Words, rows: pd.DataFrame, share: float) -> tuple[tuple[str, str], ...]:
    shown = rows[rows["state"] == "shown"]
    return (("range", words("outcomes.legend.interval", share=share)), *told.legend(words, rows["state"].replace(quarters.DRAWN), shown["bound"]))


def rate_table(words: Words, register: pd.DataFrame, rows: pd.DataFrame) -> Table:
    """The shares in work by quarter with what they are made of and their intervals; what is not shown, in words."""
    def part(name: str) -> list[float | str]:
        return [one if state == "shown" else words(f"outcomes.rate_state.{state}") for one, state in zip(rows[name], rows["state"])]

    frame = pd.DataFrame({
        "quarter": [words.quarter(one) for one in rows["period"]], "working": part("working"), "served": part("served"),
        "rate": part("rate"), "low": part("low"), "high": part("high"),
        "bound": [words(f"outcomes.told.{one}") for one in rows["bound"]], "source": each_reference(words, register, rows["source"]),
    })  # fmt: skip
    return table(words, frame, working="whole", served="whole", rate=("share", 1), low=("share", 1), high=("share", 1))


def compared_chart(words: Words, register: pd.DataFrame, newest: pd.Series, compared: pd.DataFrame, others: pd.DataFrame, share: float) -> Chart:
    """The region's newest share in work beside published results: those defined alike, then those defined in another way.
    newest: of `of_region`, shown; share: width of its interval."""
    rate, rows = rate_of(newest), pd.concat([compared, others])
    own = Row(words("outcomes.compared.own", quarter=words.quarter(newest["period"])), rate.value, newest["quality"], interval(words, rate), low=rate.low, high=rate.high)
    bars = [own, *(
        Row(words(f"outcomes.benchmark.name.{one['benchmark']}"), one["value"], "context" if one["benchmark"] in SAME else "elsewhere", words.share(one["value"]), _defined(words, one))
        for _, one in rows.iterrows()
    )]  # fmt: skip
    named = words.listed(_tick(words, one) for _, one in compared.iterrows())
    title = words("outcomes.compared.title" if named else "outcomes.compared.title_plain", rate=rate.value, named=named)
    drawn = lying(
        words, register, bars, name="working-compared", title=title, subtitle=words("outcomes.compared.subtitle"), heading=words("outcomes.heading.rate"),
        alternative=words("outcomes.compared.alternative", title=title, rows=words.listed(_defined(words, one) for _, one in rows.iterrows())), kind="share",
        axis=share_axis(words, max([rate.high, *rows["value"]]), words("axis.share_working")), quality=weakest([newest["quality"], *rows["quality"]]),
        source=united([newest["source"], *rows["source"]]),
    )  # fmt: skip
    same, other = ("context", words("outcomes.legend.same")), ("elsewhere", words("outcomes.legend.other"))
    legend = (("range", words("outcomes.legend.interval", share=share)), *([same] if len(compared) else []), *([other] if len(others) else []))
    return replace(drawn, table=benchmarks_table(words, register, rows), legend=legend)


def benchmarks_table(words: Words, register: pd.DataFrame, rows: pd.DataFrame) -> Table:
    """Published results with their definitions, and whether they count as we do."""
    frame = pd.DataFrame({
        "benchmark": [words(f"outcomes.benchmark.name.{one}") for one in rows["benchmark"]], "rate": rows["value"], "definition": rows[f"definition_{words.lang}"],
        "alike": [words("outcomes.benchmark.alike" if one in SAME else "outcomes.benchmark.other") for one in rows["benchmark"]],
        "source": each_reference(words, register, rows["source"]),
    })  # fmt: skip
    return table(words, frame, rate=("share", 1))
