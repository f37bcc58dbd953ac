"""Results that need not be made twice: kept for all readers, for the same input and the same loaded tables."""

import io
import itertools
import pickle
import weakref
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from hashlib import blake2b

from ipsdash.figures.map import Borders
from ipsdash.figures.style import Style
from ipsdash.tables.load import Tables
from ipsdash.text.words import Words

# Results that are kept, and of those that anybody can ask for in any number, megabytes each; the one asked for longest ago goes first.
MOST, FEW = 2_000, 40


def once(tables: Tables, maker: Callable, *given: object, **named: object) -> object:
    """What a pure function gives, made once for the same input. tables: decides itself, its frames and the borders drawn for it, and for
    how long results are kept: they go with it.

    What was made once may be given to another maker, and then stands for itself: nobody changes it.
    """
    return _kept(_of(tables)[0], tables, maker, given, named)


def rarely(tables: Tables, maker: Callable, *given: object, **named: object) -> object:
    """As `once`, for large results that few share: FEW of them are kept."""
    return _kept(_of(tables)[1], tables, maker, given, named)


def _of(tables: Tables) -> tuple[Callable, Callable]:
    """What keeps the results of these tables: those that all share, and the large ones."""
    kept = _all()
    # As `st.cache_resource` it would take 0.15 ms for each of sixty results of a page.
    return kept.get(tables) or kept.setdefault(tables, (lru_cache(maxsize=MOST)(_result), lru_cache(maxsize=FEW)(_result)))


@cache
def _all() -> weakref.WeakKeyDictionary[Tables, tuple[Callable, Callable]]:
    """What keeps results, for as long as somebody sees their tables: a workbook that was looked at leaves 10 MB of them."""
    return weakref.WeakKeyDictionary()


def _kept(made: Callable, tables: Tables, maker: Callable, given: tuple, named: dict[str, object]) -> object:
    numbers = _numbers()
    key = _key(tables, (maker.__module__, maker.__qualname__, given, named))
    result = made(_Call(key, lambda: maker(*given, **named)))
    numbers.keep(result)
    return result


class _Call:
    """A result that is wanted, told from others by its key alone. make: forgotten once it has been made, with all it was given."""

    def __init__(self, key: bytes, make: Callable[[], object]):
        self.key = key
        self.make: Callable[[], object] | None = make

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Call) and self.key == other.key


def _result(call: _Call) -> object:
    result, call.make = call.make(), None
    return result


class _Numbers:
    """A number of its own for each thing that is loaded or made once: the place it has in memory may be another's later.
    What it is made of has one too: the frames of tables, the parts of what a domain function gives."""

    def __init__(self):
        self.known: dict[int, tuple[weakref.ref, int]] = {}
        self.following = itertools.count()

    def find(self, one: object) -> int | None:
        """The number of a thing that has one."""
        there, number = self.known.get(id(one), (None, None))
        return number if there is not None and there() is one else None

    def of(self, one: object) -> int:
        """The number of a thing, given now if it has none."""
        found = self.find(one)
        return self._given(one) if found is None else found

    def keep(self, result: object) -> None:
        """Gives a result its number, if it is of a kind that can have one: frames, charts, what a domain function gives."""
        if type(result).__weakrefoffset__ and not isinstance(result, type) and self.find(result) is None:
            self._given(result)

    def _given(self, one: object) -> int:
        place, number = id(one), next(self.following)
        self.known[place] = (weakref.ref(one, lambda gone: self._forget(place, gone)), number)
        for field in fields(one) if is_dataclass(one) else ():
            self.keep(getattr(one, field.name))
        return number

    def _forget(self, place: int, gone: weakref.ref) -> None:
        if self.known.get(place, (None, 0))[0] is gone:
            del self.known[place]


@cache
def _numbers() -> _Numbers:
    return _Numbers()


class _Keys(pickle.Pickler):
    """Writes an input as bytes, several times as fast as Streamlit's own hashing of frames; what is loaded or made once as a name."""

    def __init__(self, written: io.BytesIO, tables: Tables):
        super().__init__(written, protocol=pickle.HIGHEST_PROTOCOL)
        self.tables = tables
        _numbers().of(tables)
        self.find = _numbers().find

    # Asked of everything but words, numbers and what holds them; `persistent_id` would be asked of those too, fifty times a key.
    def reducer_override(self, one: object) -> tuple[type, tuple] | object:
        if one is self.tables or isinstance(one, Borders):
            return _named("loaded", type(one).__name__)
        if isinstance(one, Words):
            return _named("words", f"{one.lang} {one.about}")
        if isinstance(one, Style):
            return _named("style", one.name)
        number = _numbers().of(one) if isinstance(one, Tables) else self.find(one)
        return NotImplemented if number is None else _named("made", number)


def _named(kind: str, name: str | int) -> tuple[type, tuple]:
    """How something stands for itself in a key."""
    return _Keys, (kind, name)


def _key(tables: Tables, given: tuple) -> bytes:
    written = io.BytesIO()
    _Keys(written, tables).dump(given)
    # Slides as input are 0.6 MB.
    return blake2b(written.getbuffer(), digest_size=32).digest()
