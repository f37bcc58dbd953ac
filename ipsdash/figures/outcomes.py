"""Numbers of outcomes: of the region over quarters, of each site in a quarter, by year, and how much of it is hidden."""

from dataclasses import replace

import pandas as pd

from ipsdash.domain.cells import HIDDEN
from ipsdash.domain.outcomes import DAYS, FLOWS, rate_of
from ipsdash.domain.provenance import united, weakest
from ipsdash.figures import quarters, told
from ipsdash.figures.axes import zero_based
from ipsdash.figures.bars import lying
from ipsdash.figures.chart import Chart, Dot, Mark, Table
from ipsdash.figures.rates import interval, table
from ipsdash.text.credits import each_reference, references
from ipsdash.text.hidden import written
from ipsdash.text.words import Words

# Of a mean of days.
DAYS_DECIMALS = 1


def headline(words: Words, row: pd.Series | None, served: pd.Series | None) -> str:
    """How many of those served were in work. row: of `rates`, of the region in the quarter; served: its cell. None without numbers."""
    if row is None or served is None:
        return words("outcomes.headline_none")
    quarter, rate = words.quarter(row["period"]), rate_of(row)
    if rate:
        # Of two lower bounds that fit, the rate is that of the sites that told.
        return words("outcomes.headline_part" if row["bound"] == "at_least" else "outcomes.headline", quarter=quarter, hits=rate.hits, of=rate.of, rate=rate.value)
    if served["state"] == "shown":
        return words("outcomes.headline_served", quarter=quarter, served=words.bounded(served["value"], served["bound"]))
    return words("outcomes.headline_hidden", quarter=quarter)


def series_chart(words: Words, register: pd.DataFrame, rows: pd.DataFrame, measure: str) -> Chart:
    """A number over quarters. rows: period, value, state, bound, quality, source; of days: the medians of the sites that are shown."""
    decimals = DAYS_DECIMALS if measure == DAYS else 0
    shown = rows[rows["state"] == "shown"]
    y = zero_based(words, shown["value"].max() if len(shown) else 1, words(f"outcomes.axis.{measure}"), 1.2)
    x = quarters.span(rows["period"])
    marks: list[Mark] = [*quarters.gaps(rows, y), *quarters.joined(rows["period"], rows["value"], rows["state"], rows["quality"])]
    said = []
    for _, one in rows.iterrows():
        number = written(words, one["value"], one["state"], one["bound"], decimals)
        said.append(words("outcomes.series.note", quarter=words.quarter(one["period"]), value=number))
        if one["state"] == "shown":
            ends = one["period"] in (shown["period"].iloc[0], shown["period"].iloc[-1])
            marks.append(Dot(quarters.middle(one["period"]), one["value"], told.look("shown", one["quality"], one["bound"]), number if ends else "", "n", said[-1]))
    title = _series_title(words, rows, measure, decimals)
    return Chart(
        name=f"region-{measure.replace('_', '-')}", title=title, subtitle=words(f"outcomes.series.subtitle.{measure}"), marks=tuple(marks),
        alternative=words("outcomes.series.alternative", title=title, rows=words.listed(said)), x=x, y=y, legend=told.legend(words, rows["state"], shown["bound"]),
        table=_series_table(words, register, rows, measure, decimals), **told.made_of(words, register, rows),
    )  # fmt: skip


def _series_title(words: Words, rows: pd.DataFrame, measure: str, decimals: int) -> str:
    shown = rows[rows["state"] == "shown"]
    name = words(f"outcomes.measure.{measure}")
    if shown.empty:
        return words("outcomes.series.title_none", name=name)
    first, last = shown.iloc[0], shown.iloc[-1]
    values = {"name": name, "last": words.bounded(last["value"], last["bound"], decimals), "quarter": words.quarter(last["period"])}
    if len(shown) == 1:
        return words("outcomes.series.title_one", **values)
    return words("outcomes.series.title", first=words.bounded(first["value"], first["bound"], decimals), since=words.quarter(first["period"]), **values)


def _series_table(words: Words, register: pd.DataFrame, rows: pd.DataFrame, measure: str, decimals: int) -> Table:
    frame = pd.DataFrame({
        "quarter": [words.quarter(one) for one in rows["period"]],
        measure: [told.cell(words, *one, decimals) for one in zip(rows["value"], rows["state"], rows["bound"])],
        "source": each_reference(words, register, rows["source"]),
    })  # fmt: skip
    if "sites" in rows:
        frame = frame.assign(sites=rows["sites"].to_numpy(), hidden=rows["hidden"].to_numpy(), missing=rows["missing"].to_numpy())
    return table(words, frame, **{measure: ("number", decimals)}, sites="whole", hidden="whole", missing="whole")


def sites_chart(words: Words, register: pd.DataFrame, rows: pd.DataFrame, names: pd.Series, measure: str) -> Chart:
    """A number of each site in a quarter, in geographic order. rows: of `in_quarter`; names: by site_id."""
    mine, decimals = rows[rows["measure"] == measure], DAYS_DECIMALS if measure == DAYS else 0
    quarter, shown = words.quarter(mine["period"].iloc[0]), mine[mine["state"] == "shown"]
    axis = zero_based(words, max([*shown["value"], 1]), words(f"outcomes.axis.{measure}"), 1.2)
    bars = []
    for _, one in mine.iterrows():
        name = names[one["place"]]
        label = written(words, one["value"], one["state"], one["bound"], decimals)
        note = words("outcomes.sites.note", name=name, value=label)
        bars.append(told.row(name, one["value"], one["state"], one["quality"], label, note, axis))
    values = {"name": words(f"outcomes.measure.{measure}"), "shown": len(shown), "sites": len(mine), "quarter": quarter}
    title = words("outcomes.sites.title", **values) if len(shown) < len(mine) or len(mine) == 1 else words("outcomes.sites.title_all", **values)
    drawn = lying(
        words, register, bars, name=f"sites-{measure.replace('_', '-')}", title=title, subtitle=words("outcomes.sites.subtitle", quarter=quarter), axis=axis,
        alternative=words("outcomes.sites.alternative", title=title, rows=words.listed(row.note for row in bars)), heading=values["name"],
        quality=weakest(one for one in mine["quality"] if one), source=united(mine["source"]),
    )  # fmt: skip
    frame = pd.DataFrame({"site": [names[one] for one in mine["place"]], measure: [told.cell(words, *one, decimals) for one in zip(mine["value"], mine["state"], mine["bound"])]})
    return replace(drawn, table=table(words, frame, **{measure: ("number", decimals)}), legend=told.legend(words, mine["state"]))


def sites_table(words: Words, rows: pd.DataFrame, found: pd.DataFrame, names: pd.Series) -> Table:
    """Every number of each site in a quarter, with its share in work. rows: of `in_quarter`; found: of `rates`."""
    frame = pd.DataFrame({"site": [names[one] for one in found["place"]]})
    for measure, mine in rows.groupby("measure", sort=False):
        decimals = DAYS_DECIMALS if measure == DAYS else 0
        frame[measure] = [told.cell(words, *one, decimals) for one in zip(mine["value"], mine["state"], mine["bound"])]
    frame["interval"] = [
        interval(words, rate) if (rate := rate_of(one)) else words(f"outcomes.rate_state.{one['state']}") for _, one in found.iterrows()
    ]
    return table(words, frame, **{name: ("number", DAYS_DECIMALS if name == DAYS else 0) for name in frame if name not in ("site", "interval")})


def years_table(words: Words, register: pd.DataFrame, rows: pd.DataFrame) -> Table:
    """What happened in each year, of the region. rows: of `cells`, of years and flows."""
    first = rows.drop_duplicates("period")
    frame = pd.DataFrame({"year": [*first["period"]]})
    for measure in FLOWS:
        mine = rows[rows["measure"] == measure]
        frame[measure] = [told.cell(words, *one) for one in zip(mine["value"], mine["state"], mine["bound"])]
    frame["source"] = [references(words, register, united(mine["source"])) if any(mine["source"]) else "" for _, mine in rows.groupby("period", sort=False)]
    return table(words, frame, **dict.fromkeys(FLOWS, "whole"))


def hidden_sentence(words: Words, tally: pd.Series) -> str:
    """How many numbers are hidden, not told or not known. tally: of `outcomes.tally`."""
    return words(
        "outcomes.hidden.count",
        hidden=int(tally.get(HIDDEN, 0)),
        all=int(tally.sum()),
        missing=int(tally.get("missing", 0)),
        unknown=int(tally.get("unknown", 0)),
    )


def hidden_meanings(words: Words, tally: pd.Series) -> list[tuple[str, str]]:
    """What each of the words that stand for a number means, of those there are."""
    return [
        (words(f"hidden.{state}"), words(f"hidden_meaning.{state}"))
        for state in (HIDDEN, "missing", "unknown")
        if tally.get(state, 0)
    ]
