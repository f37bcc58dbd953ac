"""Axes with round ticks, written in the reader's language."""

import math

from ipsdash.figures.chart import Axis
from ipsdash.text.words import Words

STEPS = (1, 2, 2.5, 5, 10)


def step(high: float, most: int = 6) -> float:
    """The smallest round step that needs at most this many ticks from zero to high."""
    size = 10 ** math.floor(math.log10(high / most))
    return next(size * factor for factor in STEPS if high / (size * factor) <= most)


def zero_based(words: Words, highest: float, title: str = "", room: float = 1.08) -> Axis:
    """From zero to a round end above the highest number, with round ticks."""
    high = max(highest, 1e-9) * room
    size = step(high)
    ticks = [index * size for index in range(math.floor(high / size) + 1)]
    return Axis(0, high, tuple((tick, words.number(tick, _decimals(size))) for tick in ticks), title, grid=True)


def shares(words: Words, title: str = "") -> Axis:
    """From 0 to 100 per cent."""
    return Axis(0, 1, tuple((part / 4, words.share(part / 4)) for part in range(5)), title, grid=True)


def years(first: float, last: float) -> Axis:
    """A time axis with a tick at the start of each year that fits, at most nine."""
    whole = range(math.ceil(first), math.floor(last) + 1)
    every = max(1, math.ceil(len(whole) / 9))
    return Axis(first, last, tuple((year, str(year)) for year in whole if (year - whole[0]) % every == 0))


def categories(names: list[str]) -> Axis:
    """One place per name, the first on top when the bars lie."""
    last = len(names) - 1
    return Axis(-0.5, last + 0.5, tuple((last - place, name) for place, name in enumerate(names)))


def signed(words: Words, lowest: float, highest: float, title: str = "", room: float = 1.15) -> Axis:
    """From a round end below the lowest number (zero at most) to one above the highest (zero at least), with round ticks."""
    low, high = min(0.0, lowest) * room, max(0.0, highest) * room
    high = high if high - low > 1e-6 else 1.0
    size = step(high - low)
    ticks = [index * size for index in range(math.ceil(low / size - 1e-9), math.floor(high / size + 1e-9) + 1)]
    return Axis(low, high, tuple((tick, words.number(tick, _decimals(size))) for tick in ticks), title, grid=True)


def _decimals(size: float) -> int:
    """As many decimals as a step has: 25 none, 2.5 one, 0.25 two."""
    return next(places for places in range(12) if math.isclose(size, round(size, places), rel_tol=1e-9))
