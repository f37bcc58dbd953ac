"""The numbers of the need pages for this reader: computed once for each scenario, with what cannot be computed said."""

import pandas as pd

from ipsdash.domain import growth
from ipsdash.domain.assumptions import assumed
from ipsdash.domain.growth import Progress
from ipsdash.domain.need import NoWeights, model, need, places
from ipsdash.domain.posts import Posts, posts
from ipsdash.domain.remaining import Next, Remaining, next_posts, remaining
from ipsdash.figures import headlines
from ipsdash.figures.need import catchment_names
from ipsdash.tables.load import Tables
from ipsdash.text.words import Words
from ipsdash.ui import plain_streamlit as st
from ipsdash.ui.reader import Reader

Changed = dict[str, float | str]
WEIGHTS = "weights"


def way(me: Reader) -> Progress | None:
    """The way to the region's newest goal at the date."""
    return way_in(me, me.region)


def way_in(me: Reader, area: str) -> Progress | None:
    """The way to an area's newest goal at the date."""
    return me.once(_way, me.tables, area, me.date)


def _way(tables: Tables, area: str, date: str) -> Progress | None:
    rows, goals = growth.until(growth.specialists(tables, area), date), growth.goals_at(tables, area, date)
    return growth.progress(rows, goals, assumed(tables.assumptions, date, {}))


def counted(me: Reader) -> tuple[str, pd.DataFrame]:
    """The specialists of the reader's area at each date, or, where they are not known, the region's: area, series."""
    own = counted_in(me, me.area)
    if len(own):
        return me.area, own
    return me.region, counted_in(me, me.region)


def counted_in(me: Reader, area: str) -> pd.DataFrame:
    """The specialists of an area at each date that is known."""
    return me.once(growth.until, me.once(growth.specialists, me.tables, area), me.date)


def part_note(me: Reader, area: str) -> str:
    """What must be said of a part count of an area that is newer than its newest full count; "" without one."""
    return me.once(_part_note, me.words, me.tables, area, me.date)


def _part_note(words: Words, tables: Tables, area: str, date: str) -> str:
    rows = growth.until(growth.specialists(tables, area), date)
    sites = headlines.reporting_of(tables, area, rows)
    return headlines.part_note(words, rows, sites, growth.same_sites(tables, area, date))


def held(me: Reader) -> Posts | None:
    """The posts of the date."""
    return me.once(posts, me.tables, me.date)


def possible(me: Reader, changed: Changed) -> Changed:
    """What of a scenario can be computed with these tables; what cannot is said, and the rest stands."""
    kept, lacking = computable(me, changed)
    if lacking:
        st.warning(me.words("need.no_weights", areas=me.words.listed(me.names[one] for one in lacking)))
    return kept


def computable(me: Reader, changed: Changed) -> tuple[Changed, list[str]]:
    """What of a scenario can be computed with these tables, and the areas that lack the weights it asks for."""
    try:
        me.once(places, me.tables, me.date, changed.get(WEIGHTS, "population"))
    except NoWeights as reason:
        return {name: given for name, given in changed.items() if name != WEIGHTS}, reason.areas
    return changed, []


def left(me: Reader, changed: Changed) -> Remaining:
    """What remains in a scenario, with a word on catchments without people and on a region without any."""
    found = remains(me, changed)
    empty = me.once(_empty, catchments(me))
    if found.people == 0:
        st.warning(me.words("need.nobody"))
    elif empty:
        st.warning(me.words("need.empty_catchment", areas=me.words.listed(names(me)[one] for one in empty)))
    return found


def about_area(me: Reader, changed: Changed) -> None:
    """Says what of my area the page tells: its numbers are the region's, and the need in my area is this part of it."""
    if me.area == me.region:
        return
    rows = by_level(me, changed, me.once(_kinds, me.tables.areas)[me.area])
    st.info(me.once(_part, me.words, rows, me.area, me.names[me.area], me.names[me.region]))


def _kinds(areas: pd.DataFrame) -> pd.Series:
    return areas.set_index("area_id")["kind"]


def _part(words: Words, rows: pd.DataFrame, area: str, name: str, region: str) -> str:
    row = rows.set_index("area_id").loc[area]
    return words("need.only_region", region=region, area=name, need=row["need"], low=row["low"], high=row["high"])


def remains(me: Reader, changed: Changed) -> Remaining:
    """What remains in a scenario, without a word."""
    towards = way(me)
    return me.once(remaining, me.tables, me.date, changed, held(me), towards.goal.value if towards else None)


def _empty(homes: pd.DataFrame) -> list[str]:
    lived = homes.groupby("catchment")["people"].sum()
    return list(lived.index[lived == 0])


def catchments(me: Reader) -> pd.DataFrame:
    """One row is a municipality: area_id, catchment, site_id, people."""
    return me.once(_homes, me.once(places, me.tables, me.date, "population"))


def _homes(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[["area_id", "catchment", "site_id", "people"]]


class Names(dict[str, str]):
    """Names by id. Made once, it stands for itself where it is given to another maker (`once`), as a plain dictionary could not."""


def names(me: Reader) -> Names:
    """What catchments, sites and areas are called, by id."""
    return me.once(_names, me.tables.sites, me.names)


def _names(sites: pd.DataFrame, areas: pd.Series) -> Names:
    return Names(catchment_names(sites, areas.to_dict()))


def following(me: Reader, changed: Changed, number: int) -> Next | None:
    """The next posts in a scenario."""
    return me.once(next_posts, me.tables, me.date, changed, held(me), number)


def by_level(me: Reader, changed: Changed, kind: str) -> pd.DataFrame:
    """The need of all areas of a kind."""
    return me.once(_by_level, me.tables, me.date, changed, kind)


def _by_level(tables: Tables, date: str, changed: Changed, kind: str) -> pd.DataFrame:
    return need(model(tables, date, changed), tables.areas, kind)
