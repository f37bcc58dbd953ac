"""The forms of a map as paths: cut at the edge of what is seen, in whole steps, independent of where they are drawn.

They are made once for each extent; every map of it, large or small, takes them from there.
"""

from dataclasses import dataclass

import numpy as np

from ipsdash.figures.map import Borders

# In km: how finely a border is written. At the width of the stage a tenth of a px.
STEP = 0.07
NEIGHBOURS, COUNTIES = "neighbours", "counties"
Extent = tuple[float, float, float, float]


@dataclass(frozen=True)
class Outline:
    """The form of an area or of lines: its box in km (x low, y low, x high, y high) and its path in that box, as markup."""

    box: Extent
    path: str


def ground(borders: Borders, seen: Extent) -> dict[str, Outline]:
    """The outlines of all municipalities by id, and of neighbours and county lines, as far as they are seen."""
    # What is rounded to whole steps must not come to lie outside.
    seen = (seen[0] + STEP, seen[1] + STEP, seen[2] - STEP, seen[3] - STEP)
    found = {area: outline(rings, seen) for area, rings in borders.municipalities.items()}
    found[NEIGHBOURS] = outline(borders.neighbours, seen)
    found[COUNTIES] = outline([part for one in borders.counties for part in _seen_parts(one, seen)], seen, closed=False)
    return {name: one for name, one in found.items() if one}


def outline(rings: tuple[np.ndarray, ...] | list[np.ndarray], seen: Extent, closed: bool = True) -> Outline | None:
    """The outline of rings as far as they are seen; None where nothing is. Rings too small to draw are left out."""
    parts = [_steps(clipped(ring, seen) if closed else ring) for ring in rings]
    parts = [one for one in parts if len(one) >= (3 if closed else 2)]
    if not parts:
        return None
    every = np.vstack(parts)
    low, high = every.min(axis=0), every.max(axis=0)
    wide, deep = np.maximum(high - low, 1)
    form = "".join(_path(one - (low[0], 0), high[1], closed) for one in parts)
    box = tuple(float(one) * STEP for one in (low[0], high[1] - deep, low[0] + wide, high[1]))
    open_line = "" if closed else ' fill="none"'
    return Outline(box, f'<a:path w="{wide}" h="{deep}"{open_line}>{form}</a:path>')


def clipped(ring: np.ndarray, seen: Extent) -> np.ndarray:
    """A ring within a box, cut along one edge after the other (Sutherland and Hodgman); empty where it lies outside."""
    for axis, edge, sign in ((0, seen[0], 1), (1, seen[1], 1), (0, seen[2], -1), (1, seen[3], -1)):
        beyond = sign * (ring[:, axis] - edge)
        if len(ring) == 0 or (beyond >= 0).all():
            continue
        ring = _cut(ring, beyond)
    return ring


def _cut(ring: np.ndarray, beyond: np.ndarray) -> np.ndarray:
    """A ring without what lies on the wrong side of an edge. beyond: how far each point is on the right side."""
    kept = []
    for place in range(len(ring)):
        here, before = beyond[place], beyond[place - 1]
        if (here >= 0) != (before >= 0):
            kept.append(ring[place - 1] + (ring[place] - ring[place - 1]) * before / (before - here))
        if here >= 0:
            kept.append(ring[place])
    return np.array(kept).reshape(-1, 2)


def _seen_parts(points: np.ndarray, seen: Extent) -> list[np.ndarray]:
    """The parts of a line that lie within a box."""
    inside = (points >= seen[:2]).all(axis=1) & (points <= seen[2:]).all(axis=1)
    parts = np.split(points, np.flatnonzero(np.diff(inside.astype(int))) + 1)
    starts = np.cumsum([0, *map(len, parts)])
    return [part for part, start in zip(parts, starts) if len(part) and inside[start]]


def _steps(points: np.ndarray) -> np.ndarray:
    """Points in whole steps, without those that fall on the one before and without the last one of a closed ring."""
    whole = np.rint(points / STEP).astype(int)
    if len(whole) > 1:
        whole = whole[np.r_[True, np.any(np.diff(whole, axis=0), axis=1)]]
        whole = whole[:-1] if len(whole) > 1 and (whole[0] == whole[-1]).all() else whole
    return whole


def _path(points: np.ndarray, top: int, closed: bool) -> str:
    """One ring or line, in steps from the upper left corner; y downwards."""
    written = [f'<a:pt x="{x}" y="{top - y}"/>' for x, y in points.tolist()]
    return f"<a:moveTo>{written[0]}</a:moveTo>" + "".join(f"<a:lnTo>{one}</a:lnTo>" for one in written[1:]) + ("<a:close/>" if closed else "")
