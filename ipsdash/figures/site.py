"""One site on one sheet: its finding, still pictures of staff and quality, and its numbers in small tables."""

import pandas as pd

from ipsdash.domain.cells import HIDDEN
from ipsdash.domain.provenance import united, weakest
from ipsdash.domain.quality import HIGHEST, LIMITS, LOWEST
from ipsdash.domain.site import MEASURES, YEARLY, Site
from ipsdash.domain.spans import as_year
from ipsdash.domain.staffing import state
from ipsdash.figures import told
from ipsdash.figures.axes import categories, years, zero_based
from ipsdash.figures.chart import Axis, Band, Bar, Chart, Column, Dot, Line, Table
from ipsdash.figures.quality import LOOKS
from ipsdash.tables.columns import ENTRIES
from ipsdash.text.credits import credit
from ipsdash.text.hidden import written
from ipsdash.text.money import posts, short, whole
from ipsdash.text.places import site_names
from ipsdash.text.words import Words

# Quarters in the table and in the picture; all of them are on the pages of staff and outcomes.
QUARTERS, PICTURED = 8, 12
# Pictures of a site are low: all of it is to stand on one sheet.
HEIGHT = 0.36
NONE = "–"
# Where the axis of scores begins, points below the lowest score or limit.
BELOW = 10
WEAKEST = 3


def headline(words: Words, one: Site, date: str) -> str:
    """What the site is, and its newest numbers."""
    name, state = one.row["name"], one.row["state"]
    if state == "closed":
        return words("site.headline.closed", site=name, date=one.row["closed"])
    if state != "open":
        return words(f"site.headline.{state}", site=name, date=date)
    parts = [*_staffed(words, one), *_scored(words, one)]
    return words("site.headline.open", site=name, parts=words.listed(parts)) if parts else words("site.headline.nothing", site=name)


def _staffed(words: Words, one: Site) -> list[str]:
    known = one.staff.dropna(subset=["fte"])
    return [words("site.part.staff", fte=known["fte"].iloc[-1], quarter=known["quarter"].iloc[-1])] if len(known) else []


def _scored(words: Words, one: Site) -> list[str]:
    known = one.reviews.dropna(subset=["score"])
    if known.empty:
        return []
    return [words("site.part.score", score=known["score"].iloc[-1], band=words(f"fidelity.band.{known['band'].iloc[-1]}"))]


def staff_chart(words: Words, register: pd.DataFrame, one: Site) -> Chart:
    """Filled and vacant posts by quarter; a quarter that is not told is a stub."""
    rows = one.staff.tail(PICTURED)
    quarters = rows["quarter"].tolist()
    highest = max(1.0, rows[["fte", "posts"]].max().max())
    marks = []
    for at, row in enumerate(rows.itertuples()):
        if pd.isna(row.fte):
            marks.append(Bar(at, 0, told.STUB * highest, "no_data", "y", "", words("site.staff.none", quarter=row.quarter)))
            continue
        vacant = 0 if pd.isna(row.vacant) else row.vacant
        note = words("site.staff.note", quarter=row.quarter, fte=row.fte, vacant=vacant)
        ends = at in (0, len(rows) - 1)
        marks.append(Bar(at, 0, row.fte, row.quality, "y", posts(words, row.fte) if ends and not vacant else "", note))
        if vacant:
            marks.append(Bar(at, row.fte, row.fte + vacant, "vacant", "y", words("site.staff.vacant", vacant=posts(words, vacant)), note))
    known = rows.dropna(subset=["fte"])
    title = _staff_title(words, known.iloc[-1]) if len(known) else words("site.staff.title_none")
    there = {mark.meaning for mark in marks}
    legend = [(look, words(f"staffing.legend.{look}")) for look in ("vacant", "no_data") if look in there]
    axis = categories(quarters)
    # A year stands in the middle of its quarters.
    ticks = tuple((sum(at) / len(at), year) for year in sorted({one[:4] for one in quarters}) if (at := [place for place, one in enumerate(quarters) if one[:4] == year]))
    quality, source = weakest(rows["quality"]), united(rows["source"])
    return Chart(
        name="site-staff", title=title, subtitle=words("site.staff.subtitle"), marks=tuple(marks), legend=tuple(legend),
        alternative=words("site.staff.alternative", title=title, rows=words.listed(mark.note for mark in marks if mark.meaning != "vacant")),
        table=staff_table(words, one), sources=tuple(source.split()), quality=quality, credit=credit(words, register, source, quality),
        x=Axis(axis.low, axis.high, ticks), y=zero_based(words, highest, "", 1.2), height=HEIGHT,
    )  # fmt: skip


def _staff_title(words: Words, row: pd.Series) -> str:
    """Filled and vacant posts of a quarter; that none is vacant only where that is told."""
    values = {"fte": row["fte"], "quarter": row["quarter"]}
    if pd.isna(row["vacant"]):
        return words("site.staff.title_filled", **values)
    return words("site.staff.title", vacant=row["vacant"], **values) if row["vacant"] else words("site.staff.title_full", **values)


def staff_table(words: Words, one: Site) -> Table:
    """The staff of all quarters."""
    rows = one.staff
    numbers = ("fte", "vacant", "headcount", "joiners", "leavers")
    cells = {
        name: [told.cell(words, row[name], state(row, name)) for _, row in rows.iterrows()]
        for name in numbers
    }
    frame = pd.DataFrame({"quarter": [words.quarter(quarter) for quarter in rows["quarter"]], **cells})
    decimals = {"fte": 1, "vacant": 1}
    return Table(frame, tuple(Column(name, words(f"column.{name}"), "number" if name in numbers else "text", decimals.get(name, 0)) for name in frame))


def quality_chart(words: Words, register: pd.DataFrame, one: Site, limits: pd.Series) -> Chart | None:
    """The scores of the site's reviews over the bands; None without a score."""
    rows = one.reviews.dropna(subset=["score"])
    if rows.empty:
        return None
    x = [as_year(date) for date in rows["date"]]
    low = max(LOWEST, min([*rows["score"], limits[LIMITS["fair"]]]) - BELOW)
    first, last = min(x) - 0.4, max(x) + 0.6
    ends = [*sorted(limits[name] for name in LIMITS.values()), HIGHEST]
    marks = [Band((first, last), (start, start), (end, end), LOOKS[name]) for name, start, end in zip(reversed(LIMITS), ends, ends[1:])]
    marks += [Line(tuple(x), tuple(rows["score"]), "connector")] if len(rows) > 1 else []
    for at, (_, row) in zip(x, rows.iterrows()):
        note = words("site.quality.note", date=row["date"], score=row["score"], band=words(f"fidelity.band.{row['band']}"))
        marks.append(Dot(at, row["score"], row["quality"], words.number(row["score"]), "n", note))
    now = rows.iloc[-1]
    title = words("site.quality.title", score=now["score"], band=words(f"fidelity.band.{now['band']}"), date=now["date"])
    quality, source = weakest(rows["quality"]), united(rows["source"])
    frame = pd.DataFrame({"date": rows["date"], "score": rows["score"], "band": [words(f"fidelity.band.{name}") for name in rows["band"]]})
    kinds = {"date": "date", "score": "number"}
    return Chart(
        name="site-quality", title=title, subtitle=words("site.quality.subtitle"), marks=tuple(marks),
        alternative=words("site.quality.alternative", title=title, rows=words.listed(mark.note for mark in marks if isinstance(mark, Dot))),
        table=Table(frame, tuple(Column(name, words(f"site.heading.{name}"), kinds.get(name, "text")) for name in frame)),
        sources=tuple(source.split()), quality=quality, credit=credit(words, register, source, quality), x=years(first, last),
        y=Axis(low, HIGHEST, tuple((end, words.number(end)) for end in ends), "", True), height=HEIGHT,
        legend=tuple((LOOKS[name], words(f"fidelity.band.{name}")) for name in LIMITS),
    )  # fmt: skip


def quality_sentences(words: Words, one: Site, items: pd.DataFrame, date: str) -> list[str]:
    """The next review and the weakest items. items: the table of the 25."""
    said = []
    if one.row["state"] == "open" and one.due["due_on"]:
        said.append(words(f"site.due.{one.due['state']}", due=one.due["due_on"]))
    if len(one.items):
        names = items.set_index("item")[f"name_{words.lang}"]
        lowest = one.items.head(WEAKEST)
        said.append(words("site.weakest", items=words.listed(words("site.item", name=names[row.item], score=row.mean) for row in lowest.itertuples())))
    return said


def people_table(words: Words, one: Site) -> Table | None:
    """The newest quarters and the years, as they may be shown, in words where there is no number; None where nothing is told."""
    if one.quarters.empty:
        return None
    quarters = sorted(one.quarters["period"].unique())[-QUARTERS:]
    years = [year for year in one.years["period"].unique() if year >= quarters[0][:4]]
    cells = {(row.period, row.measure): written(words, row.value, row.state, row.bound) for row in pd.concat([one.quarters, one.years]).itertuples()}
    periods = [*quarters, *years]
    frame = pd.DataFrame({
        "period": [words.quarter(one) if "Q" in one else words("site.year", year=one) for one in periods],
        **{name: [cells.get((period, name), NONE) for period in periods] for name in MEASURES},
    })  # fmt: skip
    return Table(frame, tuple(Column(name, words("site.heading.period" if name == "period" else f"column.{name}")) for name in frame))


def hidden_sentences(words: Words, one: Site) -> list[str]:
    """Why numbers of people are hidden in general, where some are, and what is given for years."""
    there = set(one.quarters["state"]) | set(one.years["state"])
    said = [words("hidden_meaning.hidden")] if HIDDEN in there else []
    return said + [words("site.yearly", measures=words.listed(words(f"column.{name}").lower() for name in YEARLY))]


def money_table(words: Words, one: Site) -> Table | None:
    """What was granted, budgeted and spent by year, each by itself, and who pays; None without money."""
    if one.money.empty:
        return None
    rows = []
    for year, mine in one.money.groupby("year"):
        sums = {entry: mine[mine["entry"] == entry] for entry in ENTRIES}
        cells = {entry: short(words, part["nok"].sum(), "at_least" if "at_least" in set(part["bound"]) else "exact") if len(part) else NONE for entry, part in sums.items()}
        rows.append({"year": str(year), **cells, "payers": words.listed(mine["payer"].drop_duplicates())})
    frame = pd.DataFrame(rows)
    heads = {entry: words(f"entry.{entry}") for entry in ENTRIES}
    return Table(frame, tuple(Column(name, heads.get(name) or words(f"site.heading.{name}")) for name in frame))


def money_sentences(words: Words, one: Site) -> list[str]:
    """For how many posts there is money and until when, and what a filled post cost in the newest year that is known."""
    running = one.paid[one.paid["state"] != "ended"]
    said = []
    if len(running):
        parts = [
            words("site.paid_until" if isinstance(row.ends, str) else "site.paid", posts=posts(words, row.posts), payer=row.payer, **({"date": row.ends} if isinstance(row.ends, str) else {}))
            for row in running.itertuples()
        ]  # fmt: skip
        said.append(words("site.posts", posts=posts(words, running["posts"].sum()), parts=words.listed(parts)))
    known = one.costs.dropna(subset=["per_post"])
    if len(known):
        spent = known[known["basis"] == "spent"]
        row = (spent if len(spent) else known).iloc[-1]
        said.append(words(f"site.cost.{row['basis']}", value=whole(words, row["per_post"], row["bound"]), year=str(row["year"])))
    return said


def steps_table(words: Words, one: Site) -> Table | None:
    """The steps of the roll-out that are reported; None without any."""
    if one.steps.empty:
        return None
    frame = pd.DataFrame({
        "stage": [words(f"template.code.{stage}") for stage in one.steps["stage"]],
        "done": [words.date(row.date) if row.date else words(f"rollout.cell.{row.state}") for row in one.steps.itertuples()],
    })  # fmt: skip
    return Table(frame, tuple(Column(name, words(f"site.heading.{name}")) for name in frame))


def catchment_table(words: Words, one: Site, names: pd.Series) -> Table | None:
    """The municipalities the site serves, the nearest first; None without any."""
    if one.catchment.empty:
        return None
    frame = pd.DataFrame({"municipality": [names[area] for area in one.catchment["area_id"]], "people": one.catchment["people"], "km": one.catchment["km"]})
    kinds = {"people": "number", "km": "number"}
    return Table(frame, tuple(Column(name, words(f"site.heading.{name}"), kinds.get(name, "text")) for name in frame))


def catchment_sentence(words: Words, one: Site) -> str:
    """How many municipalities and people the site serves."""
    if one.catchment.empty:
        return words("site.no_catchment")
    return words("site.catchment", municipalities=len(one.catchment), people=one.catchment["people"].sum())


def near_sentence(words: Words, one: Site, sites: pd.DataFrame) -> str:
    """The nearest open sites, with the kilometres. sites: the table of them."""
    if one.neighbours.empty:
        return words("site.no_neighbours")
    names = site_names(sites)
    return words("site.near", sites=words.listed(words("site.neighbour", site=names[row.site_id], km=row.km) for row in one.neighbours.itertuples()))
