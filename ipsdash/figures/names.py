"""Where the names of a map stand, so that none covers another, a dot or the edge.

A set of places holds for one scale (px per km) and one size of letters. Where the map is larger, the letters grow with it
until the next set: the picture stays similar to one that was solved, and nothing can come to overlap.
"""

from dataclasses import dataclass
from itertools import combinations

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
MOST_TRIES = 5000


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
    """The places with the fewest names left out, then nearest to the order of PLACES. extent: x low, y low, x high, y high in km."""
    low_x, low_y, high_x, high_y = (edge * px_per_km for edge in extent)
    seen = [dot for dot in dots if extent[0] <= dot.x <= extent[2] and extent[1] <= dot.y <= extent[3]]
    blocked = {dot.key: _dot_box(dot, px_per_km, size) for dot in seen}
    choices = {}
    for dot in seen:
        boxes = {place: box(dot, place, px_per_km, size) for place in PLACES}
        choices[dot.key] = {
            place: one for place, one in boxes.items()
            if low_x <= one[0] and one[2] <= high_x and -high_y <= one[1] and one[3] <= -low_y
            and not any(meet(one, other) for key, other in blocked.items() if key != dot.key)
        }  # fmt: skip
    places = {key: place for group in _groups(choices) for key, place in _best(group, choices).items() if place}
    return NameSet(px_per_km, size, places)


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes share any area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _dot_box(dot: Dot, px_per_km: float, size: float) -> Box:
    x, y, radius = dot.x * px_per_km, -dot.y * px_per_km, DOT_RADIUS * size
    return x - radius, y - radius, x + radius, y + radius


def _groups(choices: dict[str, dict[str, Box]]) -> list[list[str]]:
    """Keys whose names can come in each other's way, together; groups do not touch."""
    group = {key: {key} for key in choices}
    for one, other in combinations(choices, 2):
        near = any(meet(a, b) for a in choices[one].values() for b in choices[other].values())
        if near and group[one] is not group[other]:
            merged = group[one] | group[other]
            group.update(dict.fromkeys(merged, merged))
    return list({id(keys): sorted(keys, key=list(choices).index) for keys in group.values()}.values())


def _best(keys: list[str], choices: dict[str, dict[str, Box]]) -> dict[str, str | None]:
    """The cheapest places of a group, by trying all that can still be the cheapest; the best of MOST_TRIES where it is crowded."""
    order = sorted(keys, key=lambda key: len(choices[key]))
    best: dict[str, object] = {"cost": LEFT_OUT * (len(keys) + 1), "places": {}, "tries": 0}

    def extend(place: int, cost: int, chosen: dict[str, str | None]) -> None:
        best["tries"] += 1
        if cost >= best["cost"] or best["tries"] > MOST_TRIES:
            return
        if place == len(order):
            best.update(cost=cost, places=dict(chosen))
            return
        key = order[place]
        taken = [choices[other][where] for other, where in chosen.items() if where]
        for where, one in choices[key].items():
            if not any(meet(one, other) for other in taken):
                extend(place + 1, cost + PLACES.index(where), chosen | {key: where})
        extend(place + 1, cost + LEFT_OUT, chosen | {key: None})

    extend(0, 0, {})
    return best["places"]
