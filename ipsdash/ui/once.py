"""Results that need not be made twice: kept for all readers, for the same input and the same loaded tables."""

import io
import itertools
import pickle
import weakref
from collections.abc import Callable, Iterator
from dataclasses import fields

import streamlit as st

from ipsdash.domain.posts import Posts
from ipsdash.domain.remaining import Next, Remaining
from ipsdash.figures.map import Borders
from ipsdash.figures.story import Slide
from ipsdash.figures.style import Style
from ipsdash.tables.load import Tables
from ipsdash.text.words import Words

# Large results that are themselves made once, and given to others.
MADE = (Posts, Remaining, Next, Slide)


def once(tables: Tables, maker: Callable, *given: object, **named: object) -> object:
    """What a pure function gives, made once for the same input. tables: decides itself, its frames and the borders drawn for it."""
    key = _key(tables, (_number(tables), maker.__module__, maker.__qualname__, given, named))
    return _made(key, lambda: maker(*given, **named))


def _number(one: object) -> int:
    """A number of its own for what is loaded or made once: the place it has in memory may be another's later."""
    numbers, following = _numbers()
    return numbers.setdefault(one, next(following))


@st.cache_resource(show_spinner=False)
def _numbers() -> tuple[weakref.WeakKeyDictionary[object, int], Iterator[int]]:
    return weakref.WeakKeyDictionary(), itertools.count()


@st.cache_resource(show_spinner=False, max_entries=1000)
def _made(key: bytes, _make: Callable[[], object]) -> object:
    return _make()


class _Keys(pickle.Pickler):
    """Writes an input as bytes, several times as fast as Streamlit's own hashing of frames; what the tables decide as a name."""

    def __init__(self, written: io.BytesIO, tables: Tables):
        super().__init__(written, protocol=pickle.HIGHEST_PROTOCOL)
        self.tables = tables
        self.frames = {id(getattr(tables, field.name)): field.name for field in fields(tables)}

    def persistent_id(self, one: object) -> tuple[str, str] | None:
        if isinstance(one, Tables) and one is not self.tables:
            return "made", str(_number(one))
        if isinstance(one, (Tables, Borders)):
            return "loaded", type(one).__name__
        if isinstance(one, Words):
            return "words", one.lang
        if isinstance(one, Style):
            return "style", one.name
        if isinstance(one, MADE):
            return "made", str(_number(one))
        return ("frame", self.frames[id(one)]) if id(one) in self.frames else None


def _key(tables: Tables, given: tuple) -> bytes:
    written = io.BytesIO()
    _Keys(written, tables).dump(given)
    return written.getvalue()
