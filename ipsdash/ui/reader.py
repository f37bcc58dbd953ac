"""What this reader sees: language, my area, date, the tables, and results that need not be made twice."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from ipsdash.domain import growth
from ipsdash.domain.assumptions import assumed
from ipsdash.export import release
from ipsdash.figures.style import STYLES, Style
from ipsdash.store.places import example_path, public_path
from ipsdash.tables.load import Loaded, Tables, fingerprint, load_over
from ipsdash.text.places import area_names, site_names
from ipsdash.text.words import Words
from ipsdash.ui import editions
from ipsdash.ui import plain_streamlit as st
from ipsdash.ui.once import once, rarely

ROOT = Path(__file__).resolve().parents[2]
# In the session: what the reader previews, the dataset and the edition that the link asks for, what this run shows, and its tables.
PREVIEW, DATASET, EDITION, SHOWN, NOW = "previewed", "dataset", "edition", "shown", "loaded"
# Current: the newest edition, or the public facts while nothing is published: who reads when the first comes goes on to it.
CURRENT, PUBLISHED, PUBLIC, EXAMPLE = "current", "published", "public", "example"
GEO = ROOT / "data" / "geo"


@dataclass(frozen=True)
class Shown:
    """Whose numbers are shown. dataset: published, public or example; number: of the edition that was published."""

    dataset: str
    number: int | None = None

    @property
    def about(self) -> str:
        """What must be said of all numbers, as `Words` takes it."""
        return "example" if self.dataset == EXAMPLE else ""


@dataclass(frozen=True)
class Reader:
    """The choices all pages share, and what they choose from."""

    words: Words
    tables: Tables
    area: str
    date: str
    style: Style

    def once(self, maker: Callable, *given: object, **named: object) -> object:
        """What a pure function gives, made once for the same input."""
        return once(self.tables, maker, *given, **named)

    def rarely(self, maker: Callable, *given: object, **named: object) -> object:
        """As `once`, for large results that few share."""
        return rarely(self.tables, maker, *given, **named)

    @property
    def assumed(self) -> pd.DataFrame:
        """The assumptions of the date, before any scenario changes them."""
        return self.once(assumed, self.tables.assumptions, self.date, {})

    @property
    def region(self) -> str:
        """The id of the region: the default of "my area"."""
        return self.once(region, self.tables)

    @property
    def names(self) -> pd.Series:
        """The names of all areas by area_id."""
        return names(self.words, self.tables)

    @property
    def site_names(self) -> pd.Series:
        """The names of all sites by site_id."""
        return self.once(site_names, self.tables.sites)


# As `st.cache_resource` it would take 0.3 ms of every run.
@cache
def words(lang: str, about: str = "") -> Words:
    """All sentences of a language. about: what must be said of all numbers, as `Words` takes it."""
    return Words(lang, about)


def datasets() -> dict[str, str]:
    """Whose numbers can be shown, the default first, by what a link calls it: what it is now."""
    return {CURRENT: PUBLISHED, PUBLIC: PUBLIC, EXAMPLE: EXAMPLE} if editions.newest() else {CURRENT: PUBLIC, EXAMPLE: EXAMPLE}


def found(dataset: str, edition: str) -> Shown:
    """Whose numbers a link asks for. dataset, edition: as the link has them; what cannot be had gives the default."""
    if dataset == EXAMPLE:
        return Shown(EXAMPLE)
    number = editions.shown(edition) if dataset != PUBLIC else None
    return Shown(PUBLISHED, number) if number else Shown(PUBLIC)


def settle_numbers(dataset: str, edition: str) -> None:
    """Looks up once whose numbers this run shows, so that a publication in its middle does not mix two editions."""
    one = found(dataset, edition)
    st.session_state[SHOWN], st.session_state[NOW] = one, loaded(one)


def shown() -> Shown:
    """Whose numbers this run shows, but for a preview."""
    return st.session_state.get(SHOWN) or Shown(PUBLIC)


def about() -> str:
    """What must be said of all numbers of this run, as `Words` takes it."""
    return "preview" if PREVIEW in st.session_state else shown().about


def loaded(asked: Shown | None = None) -> Loaded:
    """The tables with what of them may be shown, or their faults, read again when a file has changed. asked: None is what this run
    shows, a preview before all others."""
    if asked is None and PREVIEW in st.session_state:
        return st.session_state[PREVIEW].loaded
    if asked is None and NOW in st.session_state:
        return st.session_state[NOW]
    one = asked or shown()
    if one.dataset == EXAMPLE:
        return example()
    return (editions.tables_of(one.number) if one.number else None) or public()


def newest() -> Loaded:
    """The tables of the newest edition, or the public ones where there is none."""
    return loaded(found("", ""))


def public() -> Loaded:
    """The tables of the files, or their faults."""
    return _loaded(str(public_path()), _edition(public_path()))


def example() -> Loaded:
    """The invented example."""
    folder, below = example_path(), ROOT / "data"
    return _example(str(folder), str(below), _edition(folder) + _edition(below))


def _edition(path: Path) -> str:
    # As one text: Streamlit would look at each of its numbers by itself.
    return repr(fingerprint(path))


@st.cache_resource(show_spinner=False, max_entries=4)
def _loaded(path: str, edition: str) -> Loaded:
    return release.public(Path(path))


@st.cache_resource(show_spinner=False, max_entries=2)
def _example(path: str, below: str, edition: str) -> Loaded:
    return release.released(load_over(path, below), Path(path))


def current() -> Reader:
    """The reader of this run; the shared choices have been drawn before."""
    tables = loaded().tables
    style = STYLES["dark" if st.context.theme.type == "dark" else "light"]
    chosen = st.session_state
    return Reader(words(chosen["lang"], about()), tables, chosen["area"], chosen["date"], style)


def region(tables: Tables) -> str:
    """The id of the region the tables are about."""
    return tables.areas.loc[tables.areas["kind"] == "region", "area_id"].iloc[0]


def dates(tables: Tables) -> list[str]:
    """All dates a reader can look back at."""
    return once(tables, growth.all_dates, tables)


def names(words: Words, tables: Tables) -> pd.Series:
    """The names of all areas by area_id."""
    return once(tables, area_names, words, tables.areas)
