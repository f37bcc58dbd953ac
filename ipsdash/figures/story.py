"""The story a presenter tells: an ordered list of slides, made from the reader's choices. Every form of it is made from this list.

The same slides are shown live, and leave as PowerPoint, as one offline file and as PDF.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from ipsdash.domain import growth
from ipsdash.domain.availability import without_site
from ipsdash.domain.growth import Progress
from ipsdash.domain.provenance import cites, united, weakest
from ipsdash.domain.remaining import Next, Remaining
from ipsdash.domain.sites import is_a_reading, states
from ipsdash.domain.spans import is_by
from ipsdash.figures import coverage, headlines, next as following_posts
from ipsdash.figures.chart import Chart, Column, Table
from ipsdash.figures.growth import caveats, growth_chart, listed, pace_chart
from ipsdash.figures.map import Borders, region_map
from ipsdash.figures.need import catchment_names, enough_sentence, need_chart, split_sentence
from ipsdash.figures.need_map import need_map, next_map
from ipsdash.figures.stage import short_title
from ipsdash.tables.load import Tables
from ipsdash.text.credits import credit, marked, references
from ipsdash.text.places import area_names
from ipsdash.text.words import Words

# From so many dates on, one slide has a small map of each.
SMALL_MAPS_FROM = 3


@dataclass(frozen=True, eq=False)
class Choices:
    """What the reader has chosen, and what has been computed of it. homes: area_id, catchment, site_id, people of municipalities.

    link: the address of the dashboard with these choices, "" where nobody else could open it.
    """

    date: str
    layer: str
    scenario: str
    left: Remaining
    following: Next | None
    way: Progress | None
    homes: pd.DataFrame
    link: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Slide:
    """One idea. name: its id. title: its finding. lead: a sentence below it. chart: what it shows; small: charts side by side instead;
    points: sentences or names instead. notes: what a presenter says or is asked about. credit: sources and quality."""

    name: str
    title: str
    lead: str = ""
    chart: Chart | None = None
    small: tuple[Chart, ...] = ()
    points: tuple[str, ...] = ()
    table: Table | None = None
    notes: tuple[str, ...] = field(default=())
    credit: str = ""
    quality: str = "reported"

    @property
    def numbers(self) -> Table | None:
        """The table of the numbers shown."""
        return self.chart.table if self.chart else self.table


def story(words: Words, tables: Tables, borders: Borders, chosen: Choices) -> tuple[Slide, ...]:
    """All slides there are numbers for, in the order they are told."""
    region = tables.areas.loc[tables.areas["kind"] == "region", "area_id"].iloc[0]
    rows = growth.until(growth.specialists(tables, region), chosen.date)
    found = [_title(words, tables, chosen, rows, region)]
    if len(rows):
        found.append(_growth(words, tables, chosen, rows, region))
    found += _maps(words, tables, borders, chosen, region)
    found.append(_sites(words, tables, chosen))
    if chosen.way is not None and chosen.way.pace and chosen.way.pace_needed:
        found.append(_goal(words, tables, rows, chosen.way))
    found += _empty(words, tables, chosen)
    found += _need(words, tables, borders, chosen, region)
    found += _next(words, tables, borders, chosen, region)
    told = (*found, _unknown(words, tables, chosen), _sources(words, tables, chosen, found))
    return tuple(replace(slide, credit=marked(words, slide.credit)) for slide in told) if words.mark else told


def arranged(words: Words, slides: Iterable[Slide], order: Iterable[str], titles: Mapping[str, str], notes: Mapping[str, str]) -> tuple[Slide, ...]:
    """The slides with these names in this order, with the presenter's own titles and notes. A title that is too long for its slide is
    cut at a word there, and stands whole at the beginning of the notes. Names that there is no slide for are left out."""
    by_name = {slide.name: slide for slide in slides}
    return tuple(_told(words, by_name[name], titles.get(name, ""), notes.get(name, "")) for name in order if name in by_name)


def _told(words: Words, slide: Slide, title: str, notes: str) -> Slide:
    whole = title or slide.title
    short = short_title(whole, slide.chart is not None and slide.chart.true_shape)
    said = [words("story.whole_title", title=whole)] if short != whole else []
    said += [notes] if notes else []
    return replace(slide, title=short, notes=(*said, *slide.notes))


def _chart_slide(words: Words, name: str, chart: Chart, *notes: str, lead: str = "") -> Slide:
    """A slide of a chart: its title and subtitle, its words and its sources as notes."""
    said = tuple(note for note in notes if note)
    return Slide(name=name, title=chart.title, lead=lead or chart.subtitle, chart=chart, credit=chart.credit, quality=chart.quality,
                 notes=(*said, words("story.shown", alternative=chart.alternative), chart.credit))  # fmt: skip


def _title(words: Words, tables: Tables, chosen: Choices, rows: pd.DataFrame, region: str) -> Slide:
    area = area_names(words, tables.areas)[region]
    said = headlines.standing(words, rows, chosen.way, tables.observations, area)
    sites = headlines.reporting_of(tables, region, rows)
    partial = headlines.part_note(words, rows, sites, growth.same_sites(tables, region, chosen.date))
    points = (said, partial) if partial else (said,)
    return Slide(name="title", title=words("story.title.title"), lead=words("story.title.lead"), points=points,
                 notes=(words("overview.lead"), words("story.title.note", date=chosen.date)), credit=words("story.title.credit", date=chosen.date))  # fmt: skip


def _growth(words: Words, tables: Tables, chosen: Choices, rows: pd.DataFrame, region: str) -> Slide:
    goals, names = growth.goals_at(tables, region, chosen.date), area_names(words, tables.areas)
    title = headlines.growth_title(words, rows, chosen.way, names[region])
    chart = growth_chart(words, tables.sources, rows, goals, tables.events.iloc[:0], title)
    return _chart_slide(words, "growth", chart, words("story.growth.note", numbers=listed(words, rows)), headlines.higher(words, goals))


def _maps(words: Words, tables: Tables, borders: Borders, chosen: Choices, region: str) -> list[Slide]:
    """One map per date, and from three dates on all of them small on one slide."""
    dates = [date for date in growth.dates(tables) if is_by(date, chosen.date)]
    charts = [region_map(words, tables, borders, chosen.layer, date, region) for date in dates]
    slides = [_chart_slide(words, f"map-{date}", replace(chart, name=f"{chart.name}-{date}")) for date, chart in zip(dates, charts)]
    if len(charts) < SMALL_MAPS_FROM:
        return slides
    source, quality = united(one for chart in charts for one in chart.sources), weakest(chart.quality for chart in charts)
    together = Slide(
        name="maps", title=words("story.maps.title", first=dates[0], last=dates[-1]), lead=charts[-1].subtitle, quality=quality,
        small=tuple(replace(chart, name=f"{chart.name}-small-{date}", title=words.date(date)) for date, chart in zip(dates, charts)),
        notes=tuple(f"{words.date(date)}: {chart.title}" for date, chart in zip(dates, charts)), credit=credit(words, tables.sources, source, quality),
    )  # fmt: skip
    return [*slides, together]


def _sites(words: Words, tables: Tables, chosen: Choices) -> Slide:
    found = states(tables.sites, tables.catchments, chosen.date)
    inside, names = found[found["state"] == "open"], area_names(words, tables.areas)
    listed_sites = inside if len(inside) else found
    said = [words(f"evidence.{one}") for one in listed_sites["evidence"]]
    frame = pd.DataFrame({
        "site": [*listed_sites["name"]], "municipality": [names[one] for one in listed_sites["municipality"]], "evidence": said,
        "quality": [words(f"quality.{one}") for one in listed_sites["quality"]],
        "source": [references(words, tables.sources, one) for one in listed_sites["source"]],
    })  # fmt: skip
    table = Table(frame, tuple(Column(name, words(f"heading.{name}")) for name in frame))
    source, quality = united(listed_sites["source"]), weakest(listed_sites["quality"])
    first, last = listed_sites["name"].iloc[0], listed_sites["name"].iloc[-1]
    title = words("story.sites.title" if len(listed_sites) > 1 else "story.sites.title_one", sites=len(listed_sites), first=first, last=last)
    reading = is_a_reading(tables.sites)
    lead = words("story.sites.lead" if reading else "story.sites.lead_plain", date=chosen.date)
    return Slide(name="sites", title=title, lead=lead, points=tuple(listed_sites["name"]), table=table, quality=quality,
                 notes=(words("story.sites.note"),) * reading, credit=credit(words, tables.sources, source, quality))  # fmt: skip


def _goal(words: Words, tables: Tables, rows: pd.DataFrame, way: Progress) -> Slide:
    chart = pace_chart(words, tables.sources, way, growth.arrivals(way))
    return _chart_slide(words, "goal", chart, caveats(words, rows, way, tables.observations))


def _empty(words: Words, tables: Tables, chosen: Choices) -> list[Slide]:
    rows = without_site(tables, chosen.date)
    if rows.empty:
        return []
    chart = coverage.without_site_chart(words, tables.sources, rows, area_names(words, tables.areas), chosen.date)
    return [_chart_slide(words, "empty", chart)]


def _need(words: Words, tables: Tables, borders: Borders, chosen: Choices, region: str) -> list[Slide]:
    left, names = chosen.left, _names(words, tables)
    chart = need_chart(words, tables.sources, left, chosen.way)
    enough = enough_sentence(words, left.enough, chosen.way.goal.value) if left.enough is not None and chosen.way else ""
    slides = [_chart_slide(words, "need", chart, words("story.need.scenario", name=chosen.scenario), enough)]
    if left.met is not None and left.posts is not None:
        lacking = need_map(words, tables, borders, left, chosen.homes, names, "posts", region)
        slides.append(_chart_slide(words, "need-map", lacking, words("story.need.scenario", name=chosen.scenario), split_sentence(words, left.posts, names)))
    return slides


def _next(words: Words, tables: Tables, borders: Borders, chosen: Choices, region: str) -> list[Slide]:
    following, names = chosen.following, _names(words, tables)
    if following is None or following.placed.empty:
        return []
    chart = next_map(words, tables, borders, following, chosen.homes, names, region, following_posts.sites_table(words, following, names))
    certainty = float(chosen.left.assumed.at["rank_certainty", "value"])
    finding = following_posts.headline(words, following, names, certainty)
    slide = _chart_slide(words, "next", chart, finding, words("next.lead"), following_posts.webster_sentence(words, following, names),
                         words("story.need.scenario", name=chosen.scenario))  # fmt: skip
    return [replace(slide, title=finding, lead=chart.title)] if following.modelled else [slide]


def _unknown(words: Words, tables: Tables, chosen: Choices) -> Slide:
    """What these tables leave open."""
    goals = growth.goals_at(tables, tables.areas.loc[tables.areas["kind"] == "region", "area_id"].iloc[0], chosen.date)
    reading = is_a_reading(tables.sites)
    left_open = {
        "sites": reading, "posts": growth.site_series(tables.observations).empty, "after": True, "need": True,
        "goal": bool(len(goals)) and cites(goals["source"].iloc[-1:], headlines.LEADERS), "outcome": tables.fidelity.empty and tables.outcomes.empty,
    }  # fmt: skip
    points = tuple(words(f"story.unknown.{one}") for one, is_open in left_open.items() if is_open)
    return Slide(name="unknown", title=words("story.unknown.title"), points=points, notes=(words("story.unknown.note"),) * reading)


def _sources(words: Words, tables: Tables, chosen: Choices, slides: list[Slide]) -> Slide:
    """Where all that is shown is from. slides: those before it."""
    used = united(one for slide in slides for one in _sources_of(slide))
    points = [words("story.sources.line", names=references(words, tables.sources, used)), words("story.sources.date", date=chosen.date)]
    address = words("story.sources.link", link=chosen.link.partition("?")[0]) if chosen.link else ""
    points += [address] if address else []
    points += [words("story.sources.map"), words("story.sources.qualities")]
    notes = [words("footer.line"), *([words("story.sources.link", link=chosen.link)] if chosen.link else [])]
    return Slide(name="sources", title=words("story.sources.title"), points=tuple(points), notes=tuple(notes))


def _sources_of(slide: Slide) -> tuple[str, ...]:
    return slide.chart.sources if slide.chart else tuple(one for chart in slide.small for one in chart.sources)


def _names(words: Words, tables: Tables) -> dict[str, str]:
    return catchment_names(tables.sites, area_names(words, tables.areas).to_dict())
