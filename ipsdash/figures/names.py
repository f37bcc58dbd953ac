"""Where the names of a map stand, so that none covers another, a dot or the edge.

A set of places holds for one scale (px per km) and one size of letters. Where the map is larger, the letters grow with it
until the next set: the picture stays similar to one that was solved, and nothing can come to overlap.
"""

from dataclasses import dataclass

import numpy as np

from ipsdash.figures.chart import Dot
from ipsdash.figures.labels import SIDES, Box
from ipsdash.figures.letters import width

# On which side of the dot a name stands, from the best to the worst.
BEST_FIRST = ("e", "w", "ne", "se", "nw", "sw", "n", "s")
# How much further out a name is moved, sideways and up or down, in letters' heights; it is tied to its dot by a line then.
FURTHER = {"": (0, 0), "far-": (1.6, 0.7), "out-": (3.4, 1.6)}
PLACES = tuple(ring + side for ring in FURTHER for side in BEST_FIRST if not ring or side not in ("n", "s"))
# In letters' heights: the height of a line, from a dot's centre to a name beside it, above it, and to one at a corner.
LINE, BESIDE, ABOVE, CORNER = 1.15, 0.85, 1.2, 0.65
DOT_RADIUS = 0.55
WEIGHT = 600
LEFT_OUT = 100
# Of the search in a crowd of names, and of all searches of one set. The region's own sites take at most 5,100 in a set.
MOST_TRIES, MOST_TRIES_OF_SET = 5_000, 10_000
# Names of a crowd that are searched; in a larger one each gets the first place that is free.
MOST_SEARCHED = 100
# Pairs of dots in a set whose places are compared one by one; of further pairs the frames around all places are.
MOST_COMPARED = 500
# Boxes that are compared with all dots at a time.
MOST_AT_ONCE = 2_000


@dataclass(frozen=True)
class NameSet:
    """Where names stand at a scale and a size: place by the dot's key; a name that has no room is not there."""

    px_per_km: float
    size: float
    places: dict[str, str]


def offset(name: str, place: str) -> tuple[float, float]:
    """From the dot to the middle of its name, in letters' heights, y downwards."""
    ring, _, side = place.rpartition("-")
    (dx, dy), (further, up) = SIDES[side], FURTHER[ring + "-" if ring else ""]
    half = width(name, 1, WEIGHT) / 2
    if dx == 0:
        return 0, dy * ABOVE
    return dx * ((CORNER if dy else BESIDE) + further + half), dy * (CORNER + up)


def box(dot: Dot, place: str, px_per_km: float, size: float) -> Box:
    """Left, top, right, bottom of a dot's name in px, y downwards, from the origin of the kilometres."""
    dx, dy = offset(dot.label, place)
    x, y = dot.x * px_per_km + dx * size, -dot.y * px_per_km + dy * size
    half = width(dot.label, size, WEIGHT) / 2
    return x - half, y - LINE / 2 * size, x + half, y + LINE / 2 * size


def name_set(dots: list[Dot], extent: tuple[float, float, float, float], px_per_km: float, size: float) -> NameSet:
    """The places with the fewest names left out, then nearest to the order of PLACES. extent: x low, y low, x high, y high in km.

    Where many names crowd, the places are good, and not always the best: a stranger's workbook may
    put hundreds of sites onto one spot, and finding the best would take minutes.
    """
    seen = [dot for dot in dots if extent[0] <= dot.x <= extent[2] and extent[1] <= dot.y <= extent[3]]
    if not seen:
        return NameSet(px_per_km, size, {})
    choices = _Choices(seen, extent, px_per_km, size)
    places, tries_left = {}, MOST_TRIES_OF_SET
    for group in choices.groups():
        found, tries = choices.best(group, min(MOST_TRIES, tries_left))
        tries_left -= tries
        places |= {seen[dot].key: PLACES[place] for dot, place in found.items() if place is not None}
    return NameSet(px_per_km, size, places)


class _Choices:
    """The places that each name may have, and the best among them. Dots and places by their number."""

    def __init__(self, dots: list[Dot], extent: tuple[float, float, float, float], px_per_km: float, size: float):
        boxes = _boxes(dots, px_per_km, size)
        low_x, low_y, high_x, high_y = (edge * px_per_km for edge in extent)
        left, top, right, bottom = np.moveaxis(boxes, -1, 0)
        is_free = (low_x <= left) & (right <= high_x) & (-high_y <= top) & (bottom <= -low_y)
        dot, place = np.nonzero(is_free)
        is_free = ~_on_other_dots(boxes[dot, place], dot, _dot_boxes(dots, px_per_km, size))
        # In the order of dots and places; `first` is where the places of a dot begin.
        self.dot, self.place = dot[is_free], place[is_free]
        self.boxes = boxes[self.dot, self.place]
        self.first = np.searchsorted(self.dot, np.arange(len(dots) + 1)).tolist()
        self.places = self.place.tolist()
        self.crossing: dict[int, int] = {}

    def groups(self) -> list[list[int]]:
        """Dots whose names can come in each other's way, together; groups do not touch."""
        count = len(self.first) - 1
        frames = np.full((count, 4), np.nan)
        for dot in range(count):
            mine = self._of(dot)
            if len(mine):
                frames[dot] = (*mine[:, :2].min(axis=0), *mine[:, 2:].max(axis=0))
        group, left = np.arange(count), MOST_COMPARED
        for one in range(count):
            for other in np.nonzero(_meet(frames[one], frames[one + 1 :]))[0] + one + 1:
                if group[one] == group[other]:
                    continue
                is_near = True
                if left:
                    left -= 1
                    is_near = _meet(self._of(one)[:, None], self._of(other)[None]).any()
                if is_near:
                    group[group == group[other]] = group[one]
        together: dict[int, list[int]] = {}
        for dot, number in enumerate(group.tolist()):
            together.setdefault(number, []).append(dot)
        return list(together.values())

    def best(self, group: list[int], most_tries: int) -> tuple[dict[int, int | None], int]:
        """The cheapest places of a group, by trying all that can still be the cheapest, and the number
        of tries; the best of most_tries where it is crowded. None: the name has no room."""
        order = sorted(group, key=lambda dot: self.first[dot + 1] - self.first[dot])
        if not len(order) < min(most_tries, MOST_SEARCHED):
            return self._first_free(order), 0
        best: dict[str, object] = {"cost": LEFT_OUT * (len(order) + 1), "places": {}, "tries": 0}
        chosen: dict[int, int | None] = {}

        def extend(number: int, cost: int, taken: int) -> None:
            best["tries"] += 1
            if cost >= best["cost"] or best["tries"] > most_tries:
                return
            if number == len(order):
                best.update(cost=cost, places=dict(chosen))
                return
            dot = order[number]
            for choice in range(self.first[dot], self.first[dot + 1]):
                if not taken >> choice & 1:
                    chosen[dot] = self.places[choice]
                    extend(number + 1, cost + self.places[choice], taken | self._crossing(choice))
            chosen[dot] = None
            extend(number + 1, cost + LEFT_OUT, taken)

        extend(0, 0, 0)
        return best["places"], best["tries"]

    def _first_free(self, order: list[int]) -> dict[int, int | None]:
        """For each dot in this order the first place that is free."""
        chosen, taken = {}, 0
        for dot in order:
            mine = range(self.first[dot], self.first[dot + 1])
            choice = next((choice for choice in mine if not taken >> choice & 1), None)
            chosen[dot] = None if choice is None else self.places[choice]
            if choice is not None:
                taken |= self._crossing(choice)
        return chosen

    def _crossing(self, choice: int) -> int:
        """The choices that meet this one, each a bit."""
        if choice not in self.crossing:
            bits = np.packbits(_meet(self.boxes[choice], self.boxes), bitorder="little")
            self.crossing[choice] = int.from_bytes(bits.tobytes(), "little")
        return self.crossing[choice]

    def _of(self, dot: int) -> np.ndarray:
        return self.boxes[self.first[dot] : self.first[dot + 1]]


def _meet(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Whether boxes share any area, pair by pair; the last axis is left, top, right, bottom."""
    wide = (one[..., 0] < other[..., 2]) & (other[..., 0] < one[..., 2])
    return wide & (one[..., 1] < other[..., 3]) & (other[..., 1] < one[..., 3])


def _boxes(dots: list[Dot], px_per_km: float, size: float) -> np.ndarray:
    """What `box` gives for every dot and place."""
    centres = np.array([(dot.x * px_per_km, -dot.y * px_per_km) for dot in dots])
    unit = np.array([width(dot.label, 1, WEIGHT) / 2 for dot in dots])[:, None]
    half = np.array([width(dot.label, size, WEIGHT) / 2 for dot in dots])[:, None]
    dx, dy = np.array([offset("", place) for place in PLACES]).T
    sides = np.array([SIDES[place.rpartition("-")[2]][0] for place in PLACES])
    x = centres[:, :1] + (dx + sides * unit) * size
    y = np.broadcast_to(centres[:, 1:] + dy * size, x.shape)
    return np.stack([x - half, y - LINE / 2 * size, x + half, y + LINE / 2 * size], axis=-1)


def _dot_boxes(dots: list[Dot], px_per_km: float, size: float) -> np.ndarray:
    centres = np.array([(dot.x * px_per_km, -dot.y * px_per_km) for dot in dots])
    radius = DOT_RADIUS * size
    return np.hstack([centres - radius, centres + radius])


def _on_other_dots(boxes: np.ndarray, dot: np.ndarray, dot_boxes: np.ndarray) -> np.ndarray:
    """Whether each box meets a dot that is not its own. dot: the number of its own."""
    found = np.zeros(len(boxes), bool)
    for start in range(0, len(boxes), MOST_AT_ONCE):
        part = slice(start, start + MOST_AT_ONCE)
        meets = _meet(boxes[part, None], dot_boxes[None])
        meets[np.arange(len(meets)), dot[part]] = False
        found[part] = meets.any(axis=1)
    return found
