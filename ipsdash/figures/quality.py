"""Charts and tables of quality: fidelity by site and over time, and reviews that are due."""

import math
from collections.abc import Iterable

import pandas as pd

from ipsdash.domain.provenance import united, weakest
from ipsdash.domain.quality import AT_LEAST_GOOD, BANDS, HIGHEST, LIMITS, LOWEST
from ipsdash.domain.spans import as_year
from ipsdash.figures import told
from ipsdash.figures.axes import categories, years
from ipsdash.figures.chart import Axis, Band, Chart, Column, Dot, Line, Mark, Table, Text
from ipsdash.text.credits import credit, each_reference
from ipsdash.text.places import site_names
from ipsdash.text.words import Words

# Looks of the bands above the lowest limit, and of the words where there is no score.
LOOKS = {"fair": "band_fair", "good": "band_good", "exemplary": "band_exemplary"}
# Below the lowest score or limit, in points; the height of a row and of what is around the rows, as shares of the width; of lines with names at their ends.
BELOW, STEP, ROW_HEIGHT, AROUND, TALL = 6, 5, 0.046, 0.12, 0.62


def headline(words: Words, newest: pd.DataFrame, date: str) -> str:
    """How many of the sites with a score are at least good. newest: of `quality.latest`."""
    if newest.empty:
        return words("fidelity.headline_none")
    good = int(newest["band"].isin(AT_LEAST_GOOD).sum())
    return words("fidelity.headline", good=good, sites=len(newest), date=date)


def bands_sentence(words: Words, limits: pd.Series) -> str:
    """What the bands are, and that they are to be confirmed."""
    return words("fidelity.bands", bands=words.listed(_band_entry(words, name, limits) for name in BANDS))


def _band_entry(words: Words, name: str, limits: pd.Series) -> str:
    """A band with its limits: "god: 100–114"."""
    names, place = list(LIMITS), BANDS.index(name)
    above = limits[LIMITS[names[place - 1]]] - 1 if place else HIGHEST
    if name not in LIMITS:
        return words("fidelity.entry_below", band=words(f"fidelity.band.{name}"), high=above)
    return words("fidelity.entry", band=words(f"fidelity.band.{name}"), low=limits[LIMITS[name]], high=above)


def sites_chart(
    words: Words, register: pd.DataFrame, sites: pd.DataFrame, newest: pd.DataFrame, lacking: pd.DataFrame, benchmarks: pd.DataFrame,
    limits: pd.Series,
) -> Chart:
    """The newest score of each site, in geographic order, over the bands; below them the trial centres. newest: of `latest`;
    lacking: of `without_total`."""
    scores = newest.set_index("site_id")
    low = _low([*newest["score"], *benchmarks["value"]], limits)
    rows = [*sites["name"], *([words("fidelity.trial")] if len(benchmarks) else [])]
    y, last = categories(rows), len(rows) - 1
    marks: list[Mark] = list(_bands(words, limits, low, (-0.5, -0.5), (last + 0.5, last + 0.5), "x"))
    said = []
    for place, (_, site) in enumerate(sites.iterrows()):
        at = last - place
        if site["site_id"] not in scores.index:
            lacks = words("fidelity.no_total_yet" if site["site_id"] in set(lacking["site_id"]) else "fidelity.not_yet")
            marks.append(Text(low + 1, at, lacks, anchor="start"))
            said.append(f"{site['name']}: {lacks}")
            continue
        one = scores.loc[site["site_id"]]
        label = words("fidelity.dot", score=one["score"], band=words(f"fidelity.band.{one['band']}"))
        note = words("fidelity.dot_note", name=site["name"], label=label, date=one["date"])
        marks.append(Dot(one["score"], at, one["quality"], words.number(one["score"]), "e", note))
        said.append(note)
    marks += _trial(words, benchmarks)
    title = words("fidelity.sites.title" if len(newest) > 1 else "fidelity.sites.title_one", lowest=newest["score"].min(), highest=newest["score"].max(), median=newest["score"].median())
    return Chart(
        name="fidelity-sites", title=title, subtitle=words("fidelity.sites.subtitle"), marks=tuple(marks),
        alternative=words("fidelity.sites.alternative", title=title, rows=words.listed(said), trial=_trial_said(words, benchmarks)).strip(),
        table=reviews_table(words, register, newest, sites), x=_scale(words, limits, low), y=y, legend=_legend(words, limits),
        height=ROW_HEIGHT * len(rows) + AROUND, **told.made_of(words, register, newest, benchmarks),
    )  # fmt: skip


def _low(scores: Iterable[float], limits: pd.Series) -> float:
    """Where the axis of scores begins: below the lowest limit and the lowest score."""
    lowest = min([*scores, limits[LIMITS["fair"]]]) - BELOW
    return max(LOWEST, STEP * math.floor(lowest / STEP))


def _scale(words: Words, limits: pd.Series, low: float, grid: bool = True) -> Axis:
    """Points of the whole scale that is shown, with a tick at the limit of each band."""
    at = sorted({*(limits[one] for one in LIMITS.values()), HIGHEST})
    return Axis(low, HIGHEST, tuple((one, words.number(one)) for one in at), words("axis.fidelity"), grid)


def _bands(words: Words, limits: pd.Series, low: float, first: tuple, last: tuple, along: str) -> Iterable[Mark]:
    """The bands as fields: upright where the scores lie along x, else lying from first to last."""
    ends = [*sorted(limits[one] for one in LIMITS.values()), HIGHEST]
    for name, start, end in zip(reversed(LIMITS), ends, ends[1:]):
        if along == "x":
            yield Band((start, end), first, last, LOOKS[name])
        else:
            yield Band((first[0], last[0]), (start, start), (end, end), LOOKS[name])


def _legend(words: Words, limits: pd.Series) -> tuple[tuple[str, str], ...]:
    return tuple((LOOKS[name], _band_entry(words, name, limits)) for name in LIMITS)


def _trial(words: Words, benchmarks: pd.DataFrame) -> list[Mark]:
    """The published scores in a row of their own, from the lowest to the highest."""
    if benchmarks.empty:
        return []
    at, notes = tuple(benchmarks["value"]), [words("fidelity.benchmark", score=one["value"], definition=one[f"definition_{words.lang}"]) for _, one in benchmarks.iterrows()]
    sides = ["w", "e"] if len(at) == 2 else ["e"] * len(at)
    return [Line(at, (0,) * len(at), "context"), *(Dot(x, 0, "context", words.number(x), side, note) for x, side, note in zip(at, sides, notes))]


def _trial_said(words: Words, benchmarks: pd.DataFrame) -> str:
    """The published scores with their definitions, as a sentence."""
    if benchmarks.empty:
        return ""
    return words("fidelity.trial_said", scores=words.listed(
        words("fidelity.benchmark", score=one["value"], definition=one[f"definition_{words.lang}"]) for _, one in benchmarks.iterrows()
    ))  # fmt: skip


def trial_sentence(words: Words, register: pd.DataFrame, benchmarks: pd.DataFrame) -> str:
    """The published scores with their definitions and sources; "" where there is none."""
    return f"{_trial_said(words, benchmarks)} {credit(words, register, united(benchmarks['source']), weakest(benchmarks['quality']))}" if len(benchmarks) else ""


def totals_sentence(words: Words, newest: pd.DataFrame, lacking: pd.DataFrame, names: pd.Series) -> str:
    """Which scores are sums of the items, and which reviews have no total; "" where neither is so. lacking: of `without_total`."""
    summed = newest.loc[newest["summed"].astype(bool), "site_id"]
    said = [words("fidelity.summed", sites=words.listed(names[summed]))] if len(summed) else []
    said += [words("fidelity.no_total", sites=words.listed(names[lacking["site_id"]]))] if len(lacking) else []
    return " ".join(said)


def reviews_table(words: Words, register: pd.DataFrame, rows: pd.DataFrame, sites: pd.DataFrame) -> Table:
    """Reviews with their band: rows of `quality.reviews`."""
    frame = pd.DataFrame({
        "site": rows["site_id"].map(site_names(sites)), "date": rows["date"], "score": rows["score"],
        "band": [words(f"fidelity.band.{one}") if one else "" for one in rows["band"]], "items": rows["items"],
        "made": [words("fidelity.made.summed" if summed else "fidelity.made.total") for summed in rows["summed"]],
        "quality": [words(f"quality.{one}") for one in rows["quality"]], "source": each_reference(words, register, rows["source"]),
    })  # fmt: skip
    return table(words, frame, date="date", score="whole", items="whole")


def table(words: Words, frame: pd.DataFrame, **kinds: str | tuple[str, int]) -> Table:
    """A table whose columns are headed by `fidelity.heading`. kinds: of a column, with its decimals where it has any."""
    given = {name: (kind,) if isinstance(kind, str) else kind for name, kind in kinds.items()}
    return Table(frame, tuple(Column(name, words(f"fidelity.heading.{name}"), *given.get(name, ())) for name in frame))


def time_chart(words: Words, register: pd.DataFrame, rows: pd.DataFrame, sites: pd.DataFrame, limits: pd.Series) -> Chart:
    """The scores over time of the sites with more than one. rows: of `quality.followed`."""
    names, low = site_names(sites), _low(rows["score"], limits)
    x = [as_year(date) for date in rows["date"]]
    ends = math.floor(min(x)), max(x) + 0.1
    marks: list[Mark] = list(_bands(words, limits, low, (ends[0],), (ends[1],), "y"))
    rose, every, said = 0, 0, []
    for site, mine in rows.groupby("site_id", sort=False):
        at, scores = [as_year(date) for date in mine["date"]], [*mine["score"]]
        rose, every = rose + (scores[-1] > scores[0]), every + 1
        marks.append(Line(tuple(at), tuple(scores), mine["quality"].iloc[-1], words("fidelity.line", name=names[site], score=scores[-1])))
        marks += [Dot(one, score, quality, "", "e", words("fidelity.time_note", name=names[site], score=score, date=date))
                  for one, score, quality, date in zip(at, scores, mine["quality"], mine["date"])]  # fmt: skip
        said.append(words("fidelity.time_said", name=names[site], first=scores[0], last=scores[-1]))
    title = words("fidelity.time.title", rose=rose, sites=every)
    return Chart(
        name="fidelity-time", title=title, subtitle=words("fidelity.time.subtitle"), marks=tuple(marks),
        alternative=words("fidelity.time.alternative", title=title, rows=words.listed(said)), table=reviews_table(words, register, rows, sites),
        x=years(*ends), y=_scale(words, limits, low), height=TALL, legend=_legend(words, limits), **told.made_of(words, register, rows),
    )  # fmt: skip


def due_sentence(words: Words, rows: pd.DataFrame, date: str, months: float) -> str:
    """How many reviews are due and how many sites have had none. rows: of `due`."""
    count = rows["state"].value_counts()
    said = [words("fidelity.due.some" if count.get("due") else "fidelity.due.none", due=int(count.get("due", 0)), date=date, months=months)]
    return " ".join([*said, *([words("fidelity.due.never_some", never=int(count["never"]))] if count.get("never") else [])])


def due_table(words: Words, rows: pd.DataFrame, sites: pd.DataFrame) -> Table:
    """When each site was reviewed and is to be again, in geographic order."""
    frame = pd.DataFrame({
        "site": rows["site_id"].map(site_names(sites)), "last": [one or words("fidelity.due.not_yet") for one in rows["last"]],
        "due_on": [one or words("fidelity.due.now") for one in rows["due_on"]], "state": [words(f"fidelity.due.state.{one}") for one in rows["state"]],
    })  # fmt: skip
    return table(words, frame, last="date", due_on="date")
