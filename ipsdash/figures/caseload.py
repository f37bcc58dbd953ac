"""People per full-time post at each site, beside the most there should be."""

from dataclasses import replace

import pandas as pd

from ipsdash.domain.provenance import united, weakest
from ipsdash.figures import told
from ipsdash.figures.axes import zero_based
from ipsdash.figures.bars import Row, lying, ticks
from ipsdash.figures.chart import Axis, Chart, Table
from ipsdash.figures.quality import table
from ipsdash.text.places import site_names
from ipsdash.text.words import Words


def load_chart(words: Words, register: pd.DataFrame, rows: pd.DataFrame, sites: pd.DataFrame, most: float) -> Chart:
    """People per full-time post at each site, in geographic order, beside the most there should be. rows: of `per_post`; raises
    ValueError where no number is known."""
    known = rows.dropna(subset=["per_post"])
    if known.empty:
        raise ValueError("no site with a known number of people per post")
    names, quarter = site_names(sites), rows["quarter"].iloc[0]
    axis = zero_based(words, max(known["per_post"].max(), most), words("axis.per_post"), 1.25)
    bars = [_load_bar(words, names[one["site_id"]], one, axis) for _, one in rows.iterrows()]
    over = int((known["per_post"] > most).sum())
    limit = words("fidelity.load.limit", most=most)
    values = {"over": over, "sites": len(known), "most": most, "quarter": words.quarter(quarter)}
    title = words("fidelity.load.title", **values)
    drawn = lying(
        words, register, bars, name="caseload-per-post", title=title, subtitle=words("fidelity.load.subtitle", **values), axis=axis,
        alternative=words("fidelity.load.alternative", title=title, rows=words.listed(row.note for row in bars)), heading=words("fidelity.heading.per_post"),
        further=ticks(len(bars), most, "now", limit, axis), quality=weakest(one for one in rows["quality"] if one), source=united(rows["source"]),
    )  # fmt: skip
    states = rows["state"].replace("no_posts", "missing")
    return replace(drawn, table=load_table(words, rows, names), legend=(("now", limit), *told.legend(words, states)))


def _load_bar(words: Words, name: str, one: pd.Series, axis: Axis) -> Row:
    state = one["state"]
    if state == "shown":
        label = words("fidelity.load.label", load=one["per_post"], people=one["caseload"], fte=one["fte"])
        return told.row(name, one["per_post"], state, one["quality"], words.number(one["per_post"], 1), f"{name}: {label}", axis)
    label = words("fidelity.load.no_posts") if state == "no_posts" else words(f"hidden.{state}")
    return told.row(
        name,
        0,
        "missing" if state == "no_posts" else state,
        one["quality"],
        label,
        f"{name}: {label}",
        axis,
    )


def load_table(words: Words, rows: pd.DataFrame, names: pd.Series) -> Table:
    """People per post with what it is made of; what is hidden or not told, in words."""
    frame = pd.DataFrame({
        "site": rows["site_id"].map(names),
        "caseload": [one if state in ("shown", "no_posts") and pd.notna(one) else words(f"hidden.{state}") for one, state in zip(rows["caseload"], rows["state"])],
        "fte": [one if pd.notna(one) else words("hidden.missing") for one in rows["fte"]],
        "per_post": [
            one if state == "shown" else words("fidelity.load.no_posts" if state == "no_posts" else f"hidden.{state}")
            for one, state in zip(rows["per_post"], rows["state"])
        ],
    })  # fmt: skip
    return table(words, frame, caseload="whole", fte=("number", 1), per_post=("number", 1))
