"""The story of some tables, as a reader who has chosen nothing, or this, is told it."""

from ipsdash.domain import growth
from ipsdash.domain.assumptions import assumed
from ipsdash.domain.need import places
from ipsdash.domain.posts import posts
from ipsdash.domain.remaining import next_posts, remaining
from ipsdash.figures.map import Borders
from ipsdash.figures.story import Choices, Slide, story
from ipsdash.tables.load import Tables
from ipsdash.text.words import Words

APRIL, NORTH = "2019-04-12", "region:nord"


def told(
    tables: Tables, lines: Borders, date: str = APRIL, lang: str = "nb", changed: dict | None = None, layer: str = "evidence", link: str = "",
) -> tuple[Slide, ...]:  # fmt: skip
    """The slides there are. lines: the borders of the map."""
    rows, goals = growth.until(growth.specialists(tables, NORTH), date), growth.goals_at(tables, NORTH, date)
    way, held = growth.progress(rows, goals, assumed(tables.assumptions, date, {})), posts(tables, date)
    changed = changed or {}
    chosen = Choices(date, layer, "Standard", remaining(tables, date, changed, held, 50.0), next_posts(tables, date, changed, held, 5), way,
                     places(tables, date, "population")[["area_id", "catchment", "site_id", "people"]], link)  # fmt: skip
    return story(Words(lang), tables, lines, chosen)


