"""Charts and tables of money: who pays by year, the country's grants beside the area's, posts whose money ends, what a post costs."""

from dataclasses import replace

import pandas as pd

from ipsdash.domain.cells import HIDDEN
from ipsdash.domain.funding import BUDGET, GRANT, SITE, SPENT
from ipsdash.domain.provenance import united, weakest
from ipsdash.figures import told
from ipsdash.figures.axes import zero_based
from ipsdash.figures.bars import Row, lying
from ipsdash.figures.chart import Chart, Column, Table
from ipsdash.text.credits import each_reference
from ipsdash.text.hidden import written
from ipsdash.text.money import MILLION, THOUSAND, amount, posts, share, short, whole as costing
from ipsdash.text.words import Words

MISSING = "–"
# How posts look by what becomes of their money: the one warm colour for what needs somebody to act.
LOOKS = {"ended": "context", "ending": "unmet", "undated": "no_data"}


def headline(words: Words, newest: pd.Series | None, paid: pd.DataFrame, area: str, date: str, months: float) -> str:
    """What the area has of money, and for how many posts it ends soon. newest: as `latest` gives it; paid: as `posts_paid`."""
    if newest is None:
        return words("funding.headline.none", area=area)
    values = {"area": area, "amount": amount(words, newest["nok"], newest["bound"]), "year": str(newest["year"])}
    said = [words(f"funding.finding.{_kind(newest['level'])}.{newest['entry']}", **values)]
    if len(paid):
        said.append(ending_sentence(words, paid, months))
    elif newest["year"] < int(date[:4]):
        said.append(words("funding.headline.not_later"))
    return " ".join(said)


def ending_sentence(words: Words, paid: pd.DataFrame, months: float) -> str:
    """For how many posts the money ends soon."""
    ending = paid.loc[paid["state"] == "ending", "posts"].sum()
    every = posts(words, paid.loc[paid["state"] != "ended", "posts"].sum())
    if not ending:
        return words("funding.ending.none", all=every, months=months)
    return words("funding.ending.some", posts=posts(words, ending), all=every, months=months)


def money_chart(words: Words, register: pd.DataFrame, given: pd.DataFrame, sums: pd.DataFrame, entry: str, area: str) -> Chart:
    """One entry by year and payer. given: as `by_payer` gives it; sums: as `totals` gives them."""
    rows, mine = given[given["entry"] == entry], sums[sums["entry"] == entry]
    # What is added up first, then what may be the same money.
    rows = pd.concat([rows[rows["level"] == mine["level"].iloc[-1]], rows[rows["level"] != mine["level"].iloc[-1]]])
    several = rows["level"].nunique() > 1
    bars = [
        Row(_named(words, row, several), row["nok"] / MILLION, row["quality"], short(words, row["nok"], row["bound"])) for _, row in rows.iterrows()
    ]
    first, last = mine.iloc[0], mine.iloc[-1]
    values = {"area": area, "amount": amount(words, last["nok"], last["bound"]), "year": str(last["year"])}
    if len(mine) > 1 and first["level"] == last["level"]:
        title = words(f"funding.change.{_kind(last['level'])}.{entry}", first=amount(words, first["nok"], first["bound"]), first_year=str(first["year"]), **values)
    else:
        title = words(f"funding.finding.{_kind(last['level'])}.{entry}", **values).rstrip(".")
    subtitle = [words("funding.chart.subtitle"), *([words("funding.chart.levels")] if several else [])]
    drawn = lying(
        words, register, bars, name=f"money-{entry}", title=title, subtitle=" ".join(subtitle),
        alternative=words("funding.chart.alternative", title=title, rows=words.listed(f"{row.name}: {row.label}" for row in bars)),
        heading=words("axis.millions"), axis=zero_based(words, max(row.value for row in bars), words("axis.millions"), 1.25),
        quality=weakest(rows["quality"]), source=united(rows["source"]),
    )  # fmt: skip
    frame = pd.DataFrame({
        "year": rows["year"].astype(str), "level": [words(f"funding.to.{_kind(one)}") for one in rows["level"]], "payer": rows["payer"], "nok": rows["nok"],
        "bound": [words(f"bound.{one}") for one in rows["bound"]], "places": rows["places"],
        "quality": [words(f"quality.{one}") for one in rows["quality"]], "source": each_reference(words, register, rows["source"]),
    })  # fmt: skip
    return replace(drawn, table=_table(words, frame, nok="whole", places="whole"))


def _named(words: Words, row: pd.Series, several: bool) -> str:
    """Of a bar: year and payer, and to whom where that differs."""
    return words(f"funding.row.{_kind(row['level'])}" if several else "funding.row.plain", year=str(row["year"]), payer=row["payer"])


def _kind(level: str) -> str:
    return level if level == SITE else "area"


def _table(words: Words, frame: pd.DataFrame, **kinds: str) -> Table:
    """A table whose columns are headed by `funding.heading`."""
    return Table(frame, tuple(Column(name, words(f"funding.heading.{name}"), kinds.get(name, "text")) for name in frame))


def country_chart(words: Words, register: pd.DataFrame, whole: pd.DataFrame, own: pd.DataFrame, shares: pd.DataFrame, area: str) -> Chart:
    """The country's grants by year, beside the area's own where it had one as such. whole, own: as `money` gives them;
    shares: as `share_of_country`."""
    calls = whole[whole["entry"] == GRANT]
    parts = own[(own["entry"] == GRANT) & (own["level"] != SITE) & own["year"].isin(calls["year"])]
    both = [(one, "country") for _, one in calls.iterrows()] + [(one, "area") for _, one in parts.iterrows()]
    bars = [
        Row(words(f"funding.country.{kind}", year=str(one["year"]), payer=one["payer"], area=area), one["nok"] / MILLION,
            "context" if kind == "country" else one["quality"], short(words, one["nok"], one["bound"]))
        for one, kind in sorted(both, key=lambda pair: (pair[0]["year"], pair[1] != "country"))
    ]  # fmt: skip
    drawn = [one for one, _ in both]
    title = country_title(words, calls, shares, area)
    return lying(
        words, register, bars, name="money-country", title=title, subtitle=words("funding.country.subtitle", area=area),
        alternative=words("funding.chart.alternative", title=title, rows=words.listed(f"{row.name}: {row.label}" for row in bars)),
        heading=words("axis.millions"), axis=zero_based(words, max(row.value for row in bars), words("axis.millions"), 1.25),
        quality=weakest(one["quality"] for one in drawn), source=united(one["source"] for one in drawn), decimals=1,
        more={words("funding.heading.bound"): [row.label for row in bars]},
    )  # fmt: skip


def country_title(words: Words, calls: pd.DataFrame, shares: pd.DataFrame, area: str) -> str:
    """The area's share of the newest year it is known of, else what the country had."""
    if len(shares):
        row = shares.iloc[-1]
        return words("funding.country.title", area=area, nok=amount(words, row["nok"], row["nok_bound"]), year=str(row["year"]),
                     share=share(words, row["share"], row["bound"]), of=amount(words, row["of"], row["of_bound"]))  # fmt: skip
    row = calls.iloc[-1]
    return words("funding.country.title_plain", year=str(row["year"]), of=amount(words, row["nok"], row["bound"]))


def ending_chart(words: Words, register: pd.DataFrame, paid: pd.DataFrame, names: dict[str, str], months: float) -> Chart:
    """Posts by the day their money ends. paid: as `posts_paid` gives it; names: of sites and areas."""
    groups = [("ended", None), *((None, one) for one in sorted(paid.loc[paid["state"].isin(["ending", "later"]), "ends"].unique())), ("undated", None)]
    bars = []
    for state, ends in groups:
        mine = paid[paid["ends"] == ends] if ends else paid[paid["state"] == state]
        if len(mine):
            meaning, value = LOOKS.get(mine["state"].iloc[0], weakest(mine["quality"])), mine["posts"].sum()
            name = words("funding.posts.until", date=ends) if ends else words(f"funding.posts.{state}")
            note = words("funding.posts.note", name=name, places=_who(words, mine, names))
            bars.append(Row(name, value, meaning, posts(words, value), note))
    title = ending_sentence(words, paid, months).rstrip(".")
    drawn = lying(
        words, register, bars, name="posts-ending", title=title, subtitle=words("funding.posts.subtitle"),
        alternative=words("funding.chart.alternative", title=title, rows=words.listed(row.note for row in bars)),
        heading=words("funding.heading.posts"), axis=zero_based(words, max(row.value for row in bars), words("axis.paid_posts"), 1.15),
        quality=weakest(paid["quality"]), source=united(paid["source"]),
    )  # fmt: skip
    there = {row.meaning for row in bars}
    legend = tuple((look, words(f"funding.posts.legend.{state}", months=months)) for state, look in LOOKS.items() if look in there)
    return replace(drawn, table=paid_table(words, register, paid, names), legend=legend)


def _who(words: Words, paid: pd.DataFrame, names: dict[str, str]) -> str:
    together = paid.groupby("place", sort=False)["posts"].sum()
    return words.listed(f"{names[place]} {posts(words, value)}" for place, value in together.items())


def paid_table(words: Words, register: pd.DataFrame, paid: pd.DataFrame, names: dict[str, str]) -> Table:
    """The posts that are paid for, by place and payer."""
    return _table(words, pd.DataFrame({
        "place": [names[one] for one in paid["place"]], "payer": paid["payer"], "posts": paid["posts"], "ends": paid["ends"],
        "state": [words(f"funding.state.{one}") for one in paid["state"]], "quality": [words(f"quality.{one}") for one in paid["quality"]],
        "source": each_reference(words, register, paid["source"]),
    }), ends="date")  # fmt: skip


def cost_chart(words: Words, register: pd.DataFrame, found: pd.DataFrame, whole: dict[str, object], names: dict[str, str]) -> Chart:
    """What a filled post costs at each site in a year, in geographic order. found: as `costs`, whole: as `per_post` gives it."""
    rows = found[found["year"] == whole["year"]]
    axis = zero_based(words, rows["per_post"].max() / THOUSAND, words("axis.thousands"), 1.5)
    bars = [_cost_row(words, row, names, axis.high) for _, row in rows.iterrows()]
    title = words(f"funding.cost.title.{whole['basis']}", value=costing(words, whole["value"], whole["bound"]), year=str(whole["year"]),
                  known=whole["sites"], all=whole["of_sites"])  # fmt: skip
    known = rows[rows["per_post"].notna()]
    drawn = lying(
        words, register, bars, name="cost-per-post", title=title, subtitle=words("funding.cost.subtitle", year=str(whole["year"])),
        alternative=words("funding.chart.alternative", title=title, rows=words.listed(f"{row.name}: {row.label}" for row in bars)),
        heading=words("funding.heading.per_post"), axis=axis,
        quality=weakest(known["quality"]), source=united(known["source"]),
    )  # fmt: skip
    return replace(drawn, table=costs_table(words, register, rows, names))


def _cost_row(words: Words, row: pd.Series, names: dict[str, str], highest: float) -> Row:
    name = names[row["site_id"]]
    if pd.isna(row["per_post"]):
        return Row(name, told.STUB * highest, "no_data", words("funding.cost.unknown"))
    part = "all" if row["quarters"] >= row["of_quarters"] else "part"
    values = {"value": costing(words, row["per_post"], row["bound"]), "quarters": row["quarters"], "of": row["of_quarters"]}
    return Row(name, row["per_post"] / THOUSAND, row["quality"], words(f"funding.cost.{part}.{row['basis']}", **values))


def costs_table(words: Words, register: pd.DataFrame, found: pd.DataFrame, names: dict[str, str]) -> Table:
    """What posts and job starts cost at sites, by year; what cannot be known of it in words."""
    return _table(words, pd.DataFrame({
        "place": [names[one] for one in found["site_id"]], "year": found["year"].astype(str), "basis": [words(f"entry.{one}") for one in found["basis"]],
        "nok": found["nok"], "fte": found["fte"].round(2),
        "quarters": [words("funding.cost.quarters", quarters=one, of=of) for one, of in zip(found["quarters"], found["of_quarters"])],
        "per_post": found["per_post"].round(-3), "starts": [_starts(words, row) for _, row in found.iterrows()],
        "per_start": [_per_start(words, row) for _, row in found.iterrows()],
        "quality": [words(f"quality.{one}") for one in found["quality"]], "source": each_reference(words, register, found["source"]),
    }), nok="whole", per_post="whole")  # fmt: skip


def _starts(words: Words, row: pd.Series) -> str:
    return written(words, row["starts"], row["starts_state"]) if row["starts_state"] else MISSING


def _per_start(words: Words, row: pd.Series) -> str:
    """The cost of a job start, or why there is none."""
    if pd.notna(row["per_start"]):
        return costing(words, row["per_start"], row["bound"])
    if not row["starts_state"]:
        return words("funding.cost.only_budget" if row["basis"] == BUDGET else "hidden.missing")
    if row["starts_state"] != "shown":
        return words(f"hidden.{row['starts_state']}")
    return words("funding.cost.no_starts" if row["starts"] == 0 else "funding.cost.part_year")


def start_chart(words: Words, register: pd.DataFrame, found: pd.DataFrame, names: dict[str, str]) -> Chart | None:
    """What a job start costs at each site in the newest year where it is known for any, in geographic order; None where it never is."""
    known = found[found["per_start"].notna()]
    if known.empty:
        return None
    year = known["year"].max()
    rows, known = found[found["year"] == year], known[known["year"] == year]
    axis = zero_based(words, known["per_start"].max() / THOUSAND, words("axis.thousands"), 1.3)
    bars = [_start_row(words, row, names, told.STUB * axis.high) for _, row in rows.iterrows()]
    values = {"year": str(year), "known": len(known), "all": len(rows)}
    low, high = known["per_start"].min(), known["per_start"].max()
    title = words("funding.start.title", low=costing(words, low), high=costing(words, high), **values) if len(known) > 1 else words("funding.start.title_one", value=costing(words, low), **values)
    drawn = lying(
        words, register, bars, name="cost-per-job-start", title=title, subtitle=words("funding.start.subtitle", year=str(year)),
        alternative=words("funding.chart.alternative", title=title, rows=words.listed(f"{row.name}: {row.label}" for row in bars)),
        heading=words("funding.heading.per_start"), axis=axis, quality=weakest(known["quality"]), source=united(known["source"]),
    )  # fmt: skip
    there = {row.meaning for row in bars}
    legend = tuple(
        (look, words(f"funding.start.{look}")) for look in (HIDDEN, "no_data") if look in there
    )
    return replace(drawn, table=costs_table(words, register, rows, names), legend=legend)


def _start_row(words: Words, row: pd.Series, names: dict[str, str], stub: float) -> Row:
    """A bar; where there is no number a stub that says why."""
    label = _per_start(words, row)
    if pd.notna(row["per_start"]):
        return Row(names[row["site_id"]], row["per_start"] / THOUSAND, row["quality"], label)
    return Row(
        names[row["site_id"]], stub, HIDDEN if row["starts_state"] == HIDDEN else "no_data", label
    )


def hidden_meanings(words: Words, found: pd.DataFrame) -> str:
    """What the words for numbers that are not shown mean, of those in the costs; "" without any."""
    there = set(found["starts_state"])
    return " ".join(
        words(f"hidden_meaning.{state}")
        for state in (HIDDEN, "missing", "unknown")
        if state in there
    )


def rows_table(words: Words, register: pd.DataFrame, rows: pd.DataFrame, names: dict[str, str]) -> Table:
    """All the money of an area and its sites, row by row. rows: as `money` gives them."""
    return _table(words, pd.DataFrame({
        "year": rows["year"].astype(str), "place": [names[one] for one in rows["place"]], "entry": [words(f"entry.{one}") for one in rows["entry"]],
        "payer": rows["payer"], "nok": rows["nok"], "bound": [words(f"bound.{one}") for one in rows["bound"]], "posts": rows["posts"], "ends": rows["ends"],
        "quality": [words(f"quality.{one}") for one in rows["quality"]], "source": each_reference(words, register, rows["source"]),
    }), nok="whole", ends="date")  # fmt: skip


def entries(rows: pd.DataFrame) -> list[str]:
    """The entries that these rows have, a budget first."""
    there = set(rows["entry"])
    return [one for one in (BUDGET, GRANT, SPENT) if one in there]
