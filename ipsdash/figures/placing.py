"""Labels that do not cover each other: each is moved where there is room, as far as there is any."""

import numpy as np

from ipsdash.figures.chart import Dot
from ipsdash.figures.frame import Frame, tick_width
from ipsdash.figures.labels import LINE_HEIGHT, Box, Label, inside, labels
from ipsdash.figures.style import Style

_ORDER = ("", "around", "along")
# Less than this is not worth moving for, px².
_LITTLE = 2


def placed(frame: Frame, style: Style) -> list[Label]:
    """All labels of the frame's chart, moved away from each other, from dots and from the edges of the picture."""
    found = labels(frame.chart, style, frame.whole, frame.shift)
    dots = [mark for mark in frame.chart.marks if isinstance(mark, Dot) and inside(frame.chart, mark.x, mark.y)]
    known = [*(_dot(frame, dot, style.look(dot.meaning).radius) for dot in dots), *_ticks(frame)]
    # Room for all labels: a row is filled when its label is placed.
    taken = np.zeros((len(known) + len(found), 4))
    taken[: len(known)] = np.reshape(known, (-1, 4))
    done: dict[int, Label] = {}
    for place in sorted(range(len(found)), key=lambda place: (_ORDER.index(found[place].moves), -found[place].y)):
        filled = len(known) + len(done)
        done[place] = _free(frame, found[place], taken[:filled])
        taken[filled] = box(frame, done[place])
    return [done[place] for place in range(len(found))]


def box(frame: Frame, label: Label) -> Box:
    """Left, top, right, bottom of a label, px."""
    return label.box(frame.x(label.x), frame.y(label.y))


def shared(one: Box, other: Box) -> float:
    """The area that two boxes have in common, px²."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0


def _dot(frame: Frame, dot: Dot, radius: float) -> Box:
    x, y = frame.x(dot.x), frame.y(dot.y)
    return (x - radius, y - radius, x + radius, y + radius)


def _ticks(frame: Frame) -> list[Box]:
    """The boxes of the words beside the y axis."""
    half, right = frame.em * LINE_HEIGHT / 2, frame.left - frame.em / 2
    ticks = () if frame.named else frame.y_ticks
    return [(right - tick_width(lines[0], frame.em), frame.y(at) - half, right, frame.y(at) + half) for at, lines in ticks]


def _free(frame: Frame, label: Label, taken: np.ndarray) -> Label:
    """The first choice of a label that covers nothing, else the one that covers least. taken: boxes, one a row."""
    best, least = label, float("inf")
    for choice in label.choices():
        mine = box(frame, choice)
        cost = _outside(frame, mine) + _covered(mine, taken)
        if cost < least - _LITTLE:
            best, least = choice, cost
        if least <= _LITTLE:
            break
    return best


def _covered(mine: Box, taken: np.ndarray) -> float:
    """The area of a box that others cover, each counted by itself, px²."""
    wide = np.minimum(mine[2], taken[:, 2]) - np.maximum(mine[0], taken[:, 0])
    high = np.minimum(mine[3], taken[:, 3]) - np.maximum(mine[1], taken[:, 1])
    covers = (wide > 0) & (high > 0)
    return float((wide[covers] * high[covers]).sum())


def _outside(frame: Frame, mine: Box) -> float:
    """How much of a box is outside the picture, px²."""
    left, top, right, bottom = mine
    picture = (0, frame.top - frame.above, frame.whole, frame.bottom)
    return (right - left) * (bottom - top) - shared(mine, picture)
