"""Results that need not be made twice: kept for all readers, for the same input and the same loaded tables."""

import io
import itertools
import pickle
import threading
import weakref
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b

from ipsdash.figures.style import Style
from ipsdash.tables.load import Tables
from ipsdash.text.words import Words

# Results that are kept, and of those that anybody can ask for in any number, megabytes each; the one asked for longest ago goes first.
MOST, FEW = 2_000, 40


def once(tables: Tables, maker: Callable, *given: object, **named: object) -> object:
    """What a pure function gives, made once for the same input. tables: decides itself, its frames and what was drawn for it, and how long
    results are kept: they go with it.

    What was made once may be given to another maker, and then stands for itself: nobody changes it.
    """
    return _shared().made(tables, maker, given, named)


def rarely(tables: Tables, maker: Callable, *given: object, **named: object) -> object:
    """As `once`, for large results that few share: FEW of them are kept."""
    return _large().made(tables, maker, given, named)


class _Results:
    """Results by their input, for all readers. most: how many are kept; the one asked for longest ago goes first."""

    def __init__(self, most: int):
        self.most = most
        self.lock = threading.Lock()
        self.kept: OrderedDict[tuple[int, bytes], object] = OrderedDict()
        self.coming: dict[tuple[int, bytes], Future] = {}
        # Numbers of the tables that results are about, and of those that nobody sees any more: a workbook that was looked at leaves 10 MB.
        self.about: set[int] = set()
        self.gone: deque[int] = deque()

    def made(self, tables: Tables, maker: Callable, given: tuple, named: dict[str, object]) -> object:
        number = _numbers().of(tables)
        key = number, _key(tables, (maker.__module__, maker.__qualname__, given, named))
        with self.lock:
            self._watch(tables, number)
            if key in self.kept:
                self.kept.move_to_end(key)
                return self.kept[key]
            coming = self.coming.get(key)
            mine = coming is None
            if mine:
                coming = self.coming[key] = Future()
        if mine:
            self._make(coming, key, lambda: maker(*given, **named))
        return coming.result()

    def _make(self, coming: Future, key: tuple[int, bytes], maker: Callable[[], object]) -> None:
        """Makes a result for all who wait for it: fifty readers who come to something new at once would make it fifty times."""
        try:
            result = maker()
        except BaseException as error:
            with self.lock:
                del self.coming[key]
            coming.set_exception(error)
            return
        _numbers().keep(result)
        with self.lock:
            self.kept[key] = result
            del self.coming[key]
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)
        coming.set_result(result)

    def _watch(self, tables: Tables, number: int) -> None:
        """Lets go what is about tables that are gone."""
        if number not in self.about:
            self.about.add(number)
            weakref.finalize(tables, self.gone.append, number).atexit = False
        while self.gone:
            gone = self.gone.popleft()
            self.about.discard(gone)
            for key in [one for one in self.kept if one[0] == gone]:
                del self.kept[key]


# As `st.cache_resource` it would take 0.15 ms for each of sixty results of a page.
@cache
def _shared() -> _Results:
    return _Results(MOST)


@cache
def _large() -> _Results:
    return _Results(FEW)


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
        self.find = _numbers().find

    # Asked of everything but words, numbers and what holds them; `persistent_id` would be asked of those too, fifty times a key.
    def reducer_override(self, one: object) -> tuple[type, tuple] | object:
        if one is self.tables:
            return _named("loaded", "tables")
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
