"""The share in work of each site against how many it serves, with what chance gives: a funnel plot, no league table."""

import pandas as pd

from ipsdash.domain.outcomes import Rate, limits
from ipsdash.domain.provenance import united, weakest
from ipsdash.figures import rates
from ipsdash.figures.axes import zero_based
from ipsdash.figures.chart import Band, Chart, Dot, Line, Mark, Table
from ipsdash.text.credits import credit
from ipsdash.text.words import Words

# Points of a curve, and the fewest people it begins at.
POINTS, FEWEST = 60, 5


def funnel_chart(
    words: Words, register: pd.DataFrame, rows: pd.DataFrame, region: pd.Series, names: pd.Series, widths: tuple[float, float], picked: str | None
) -> Chart:
    """rows: of `outcomes.funnel`; region: of `of_region`, shown; widths: of the inner and outer limits; picked: a site to name.

    Sites are named where they are outside the inner limits, or picked.
    """
    inner, outer = widths
    x = zero_based(words, rows["served"].max(), words("axis.served"), 1.15)
    at = [FEWEST + place * (x.high - FEWEST) / (POINTS - 1) for place in range(POINTS)]
    near, far = ([limits(region["rate"], one, share) for one in at] for share in (inner, outer))
    y = rates.share_axis(words, max([*rows["rate"], *(high for low, high in far[POINTS // 6 :])]), words("axis.share_working"))
    marks: list[Mark] = [Band(tuple(at), tuple(low for low, _ in near), tuple(min(high, y.high) for _, high in near), "range")]
    for side in (0, 1):
        curve = [(one, ends[side]) for one, ends in zip(at, far) if ends[side] <= y.high]
        marks.append(Line(tuple(one for one, _ in curve), tuple(end for _, end in curve), "connector", "", words("outcomes.funnel.outer", share=outer)))
    note = words("outcomes.funnel.region", rate=region["rate"])
    marks.append(Line((0, x.high), (region["rate"],) * 2, "context", "", note))
    for _, one in rows.iterrows():
        named = one["side"] != "within" or one["place"] == picked
        look = "picked" if one["place"] == picked else one["quality"] if one["side"] == "within" else "now"
        marks.append(Dot(one["served"], one["rate"], look, names[one["place"]] if named else "", "e", _said(words, one, names if named else None)))
    title = _title(words, rows, names)
    source, quality = united([region["source"], *rows["source"]]), weakest([region["quality"], *rows["quality"]])
    return Chart(
        name="funnel", title=title, subtitle=words("outcomes.funnel.subtitle", quarter=words.quarter(region["period"]), inner=inner, outer=outer), marks=tuple(marks),
        alternative=words("outcomes.funnel.alternative", title=title, region=note, rows=words.listed(_said(words, one, names) for _, one in rows.iterrows())),
        table=funnel_table(words, rows, names), sources=tuple(source.split()), quality=quality, credit=credit(words, register, source, quality), x=x, y=y,
        legend=_legend(words, rows, widths, region["rate"], picked),
    )  # fmt: skip


def not_shown(words: Words, every: pd.DataFrame, names: pd.Series, site: str | None) -> str:
    """Why a picked site is not in the funnel; "" where it is, or where none is picked. every: the rates of all sites, of `rates`."""
    state = every.set_index("place")["state"].get(site, "missing")
    return words("outcomes.funnel.not_shown", name=names[site], reason=words(f"outcomes.rate_state.{state}")) if site and state != "shown" else ""


def _said(words: Words, one: pd.Series, names: pd.Series | None) -> str:
    """A site in words: what it is, and whether chance gives as much. names: None leaves the name out."""
    rate = rates.interval(words, Rate(one["rate"], one["low"], one["high"], int(one["working"]), int(one["served"])))
    name = names[one["place"]] if names is not None else words("outcomes.funnel.one_site")
    return words("outcomes.funnel.note", name=name, interval=rate, served=one["served"], side=words(f"outcomes.funnel.side.{one['side']}"))


def _title(words: Words, rows: pd.DataFrame, names: pd.Series) -> str:
    out = rows[rows["side"] != "within"]
    if out.empty:
        return words("outcomes.funnel.title_all", sites=len(rows))
    return words("outcomes.funnel.title", within=len(rows) - len(out), sites=len(rows), names=words.listed(names[out["place"]]))


def _legend(words: Words, rows: pd.DataFrame, widths: tuple[float, float], rate: float, picked: str | None) -> tuple[tuple[str, str], ...]:
    entries = [
        ("range", words("outcomes.funnel.inner", share=widths[0])), ("connector", words("outcomes.funnel.outer", share=widths[1])),
        ("context", words("outcomes.funnel.region", rate=rate)),
    ]  # fmt: skip
    within = rows.loc[(rows["side"] == "within") & (rows["place"] != picked), "quality"]
    entries += [(one, words("outcomes.funnel.within")) for one in within.unique()[:1]]
    return (*entries, *([("now", words("outcomes.funnel.outside"))] if (rows["side"] != "within").any() else []))


def funnel_table(words: Words, rows: pd.DataFrame, names: pd.Series) -> Table:
    """Each site with a shown rate, in geographic order, and where it stands."""
    frame = pd.DataFrame({
        "site": [names[one] for one in rows["place"]], "served": rows["served"], "working": rows["working"], "rate": rows["rate"], "low": rows["low"],
        "high": rows["high"], "side": [words(f"outcomes.funnel.side.{one}") for one in rows["side"]],
    })  # fmt: skip
    return rates.table(words, frame, served="whole", working="whole", **dict.fromkeys(("rate", "low", "high"), ("share", 1)))
