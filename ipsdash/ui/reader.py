"""What this reader sees: language, my area, date, the tables, and results that need not be made twice."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from ipsdash.domain import growth
from ipsdash.domain.assumptions import assumed
from ipsdash.figures.style import STYLES, Style
from ipsdash.store.places import public_path
from ipsdash.tables.load import Loaded, Tables, fingerprint, load
from ipsdash.text.places import area_names
from ipsdash.text.words import Words
from ipsdash.ui import editions
from ipsdash.ui.once import once

ROOT = Path(__file__).resolve().parents[2]
# In the session: what the reader previews, the edition that the link asks for, and the one that this run shows.
PREVIEW, EDITION, SHOWN = "previewed", "edition", "edition_shown"
GEO = ROOT / "data" / "geo"


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

    @property
    def assumed(self) -> pd.DataFrame:
        """The assumptions of the date, before any scenario changes them."""
        return self.once(assumed, self.tables.assumptions, self.date, {})

    @property
    def region(self) -> str:
        """The id of the region: the default of "my area"."""
        return region(self.tables)

    @property
    def names(self) -> pd.Series:
        """The names of all areas by area_id."""
        return names(self.words, self.tables)


@st.cache_resource(show_spinner=False)
def words(lang: str) -> Words:
    """All sentences of a language."""
    return Words(lang)


def loaded(edition: str | None = None) -> Loaded:
    """The tables or their faults: what this reader previews, else an edition (the one asked for, or the newest), else the public files,
    read again when one has changed. edition: a number as the link has it; None: what the reader chose."""
    previewed = st.session_state.get(PREVIEW) if edition is None else None
    if previewed is not None:
        return previewed.loaded
    number = st.session_state.get(SHOWN) if edition is None else editions.shown(edition)
    return (editions.tables_of(number) if number else None) or public()


def settle_edition(asked: str) -> None:
    """Looks up once which edition this run shows, so that a publication in its middle does not mix two. asked: as the link has it."""
    st.session_state[SHOWN] = editions.shown(asked)


def public() -> Loaded:
    """The tables of the files, or their faults."""
    return _loaded(str(public_path()), fingerprint(public_path()))


@st.cache_resource(show_spinner=False, max_entries=4)
def _loaded(path: str, edition: tuple) -> Loaded:
    return load(path)


def current() -> Reader:
    """The reader of this run; the shared choices have been drawn before."""
    tables = loaded().tables
    style = STYLES["dark" if st.context.theme.type == "dark" else "light"]
    chosen = st.session_state
    return Reader(words(chosen["lang"]), tables, chosen["area"], chosen["date"], style)


def region(tables: Tables) -> str:
    """The id of the region the tables are about."""
    return tables.areas.loc[tables.areas["kind"] == "region", "area_id"].iloc[0]


def dates(tables: Tables) -> list[str]:
    """All dates a reader can look back at."""
    return once(tables, growth.dates, tables)


def names(words: Words, tables: Tables) -> pd.Series:
    """The names of all areas by area_id."""
    return once(tables, area_names, words, tables.areas)
