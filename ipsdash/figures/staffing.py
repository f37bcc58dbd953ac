"""Who is in place and who is lacking: by site in the newest quarter, with the headline of the page."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from ipsdash.domain.provenance import Number, united, weakest
from ipsdash.domain.staffing import POSTS, few, state
from ipsdash.figures import told
from ipsdash.figures.axes import zero_based
from ipsdash.figures.bars import Row, lying
from ipsdash.figures.chart import Bar, Chart, Column, Mark, Table
from ipsdash.tables.columns import QUALITIES
from ipsdash.text.credits import references
from ipsdash.text.hidden import written
from ipsdash.text.words import Words

COLUMNS = ("fte", "vacant", POSTS, "headcount", "joiners", "leavers")
IN_POSITIONS = ("fte", "vacant", POSTS)


def headline(words: Words, filled: Number | None, posts: Number | None, rows: pd.DataFrame, least: float) -> str:
    """How many posts are filled, and how many sites have fewer people than a team needs. rows: of `staff` in the newest quarter."""
    quarter = rows["quarter"].iloc[0]
    if filled is None:
        return words("staffing.headline.unknown", quarter=quarter)
    said = {"filled": filled.value, "quarter": quarter}
    if posts is None:
        first = words(f"staffing.headline.filled_{filled.bound}", **said)
    else:
        first = words(f"staffing.headline.posts_{posts.bound}", posts=posts.value, **said)
    short = len(few(rows, least)[0])
    return " ".join([first, words("staffing.headline.few" if short else "staffing.headline.none_few", sites=short, all=len(rows), least=least)])


def few_sentence(words: Words, rows: pd.DataFrame, names: Mapping[str, str], least: float) -> str:
    """The sites with fewer people than a team needs, and those whose people are not known."""
    short, unknown = few(rows, least)
    said = [words("staffing.few" if short else "staffing.none_few", sites=len(short), all=len(rows), least=least, names=words.listed(names[one] for one in short))]
    return " ".join([*said, *([words("staffing.few_unknown", names=words.listed(names[one] for one in unknown))] if unknown else [])])


def sites_chart(words: Words, register: pd.DataFrame, rows: pd.DataFrame, names: Mapping[str, str]) -> Chart:
    """Filled and vacant posts of each site in a quarter, in geographic order; a site that has not told has a sign of its own."""
    quarter, told, last = rows["quarter"].iloc[0], rows[rows["reported"].astype(bool)], len(rows) - 1
    axis = zero_based(words, max(rows["posts"].fillna(rows["fte"]).fillna(0).max(), 1), words("axis.fte"), 1.25)
    bars = [_bar(words, row, names[row["site_id"]]) for _, row in rows.iterrows()]
    further = [mark for place, (_, row) in enumerate(rows.iterrows()) for mark in _further(words, row, last - place, names[row["site_id"]], axis.high)]
    vacant, bound = rows["vacant"].sum(), "at_least" if rows["vacant"].isna().any() else "exact"
    title = words(f"staffing.sites.title_{bound}" if vacant > 0 else "staffing.sites.title_full", vacant=vacant, sites=int((rows["vacant"] > 0).sum()), all=len(rows), quarter=quarter)
    one = lying(
        words, register, bars, name="staffing-sites", title=title, subtitle=words("staffing.sites.subtitle"), axis=axis, decimals=1,
        alternative=words("staffing.sites.alternative", title=title, rows=words.listed(_said(words, row, names) for _, row in rows.iterrows())),
        heading=words("column.fte"), quality=weakest(told["quality"]), source=united(told["source"]), further=tuple(further),
    )  # fmt: skip
    return replace(one, table=sites_table(words, register, rows, names), legend=_legend(words, [*(bar.meaning for bar in bars), *(mark.meaning for mark in further)]))


def _bar(words: Words, row: pd.Series, name: str) -> Row:
    if state(row, "fte") != "shown":
        return Row(name, 0, "no_data", "")
    label = "" if row["vacant"] > 0 else _label(words, row)
    return Row(name, row["fte"], row["quality"], label, words("staffing.sites.note", name=name, said=_label(words, row)))


def _further(words: Words, row: pd.Series, at: int, name: str, high: float) -> list[Mark]:
    """What stands behind the filled posts of a site: its vacant posts, or the sign that it has not told."""
    note = words("staffing.sites.note", name=name, said=_label(words, row))
    if state(row, "fte") != "shown":
        return [Bar(at, 0, told.STUB * high, "no_data", "x", _label(words, row), note)]
    return [Bar(at, row["fte"], row["fte"] + row["vacant"], "vacant", "x", _label(words, row), note)] if row["vacant"] > 0 else []


def _label(words: Words, row: pd.Series) -> str:
    """The posts of a site in words; a vacancy of none is not said, one that is not known is."""
    filled, vacant = (written(words, row[name], state(row, name), decimals=1) for name in ("fte", "vacant"))
    if row["vacant"] == 0 or pd.isna(row["fte"]) and filled == vacant:
        return filled
    return words("staffing.sites.both", filled=filled, vacant=vacant)


def _said(words: Words, row: pd.Series, names: Mapping[str, str]) -> str:
    return words("staffing.sites.note", name=names[row["site_id"]], said=_label(words, row))


def _legend(words: Words, used: list[str]) -> tuple[tuple[str, str], ...]:
    looks = [*QUALITIES, "vacant", "no_data"]
    return tuple((look, words(f"staffing.legend.{look}")) for look in looks if look in used)


def sites_table(words: Words, register: pd.DataFrame, rows: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """One row per site: posts, people, who came and went; what is not shown in words."""
    numbers = {
        name: [told.cell(words, row[name], state(row, name)) for _, row in rows.iterrows()]
        for name in COLUMNS
    }
    frame = pd.DataFrame({
        "site": [names[one] for one in rows["site_id"]], **numbers,
        "quality": [words(f"quality.{one}") if one else None for one in rows["quality"]],
        "source": [references(words, register, one) if one else None for one in rows["source"]],
    })  # fmt: skip
    return Table(frame, tuple(column(words, name) for name in frame))


def column(words: Words, name: str) -> Column:
    """A column of a table of staff."""
    if name in COLUMNS:
        return Column(name, words("staffing.heading.posts") if name == POSTS else words(f"column.{name}"), "number", 1 if name in IN_POSITIONS else 0)
    return Column(name, words(f"heading.{name}"))
