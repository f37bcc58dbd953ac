"""The few building blocks of SVG text: elements with escaped contents, short numbers, short paths."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from ipsdash.figures.labels import LINE_HEIGHT

# Letters that XML cannot hold, not even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# From the middle of the capitals to the line they stand on, in letters' heights.
_TO_BASELINE = 0.36


def words(text: str) -> str:
    """Text as it stands between tags."""
    return escape(_FORBIDDEN.sub("", text))


def number(value: float) -> str:
    """A number with at most one decimal, as short as it can be written."""
    return f"{value:.1f}".removesuffix(".0").replace("-0.", "-.") if abs(value) >= 0.05 else "0"


def element(tag: str, *inside: str, **attributes: object) -> str:
    """An element. inside: markup; attributes: text or numbers, `stroke_width` gives stroke-width, None gives none."""
    pairs = ((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items() if value is not None)
    written = "".join(f" {name}={_quoted(value)}" for name, value in pairs)
    return f"<{tag}{written}>{''.join(inside)}</{tag}>" if inside else f"<{tag}{written}/>"


def lines_of_text(lines: tuple[str, ...], x: float, top: float, size: float, **attributes: object) -> str:
    """Lines of text from `top` downwards, px."""
    first = top + size * (LINE_HEIGHT / 2 + _TO_BASELINE)
    spans = [
        element("tspan", words(line), x=x, y=first + place * size * LINE_HEIGHT) for place, line in enumerate(lines) if line
    ]  # fmt: skip
    return element("text", *spans, font_size=size, **attributes) if spans else ""


def path(rings: Iterable[np.ndarray], closed: bool = True) -> str:
    """SVG path data of rings of shape (points, 2), rounded to one decimal and relative; y is turned, so that north is up.

    Points that round to the one before them are left out, and so are closed rings with fewer than three points.
    """
    written, start = [], np.zeros(2, int)
    for ring in rings:
        tenths = np.rint(np.asarray(ring, float) * (10, -10)).astype(int)
        points = tenths[np.r_[True, np.any(np.diff(tenths, axis=0), axis=1)]]
        if closed and len(points) > 1 and (points[0] == points[-1]).all():
            points = points[:-1]
        if len(points) < (3 if closed else 2):
            continue
        # After "z" the pen is back at the ring's first point, from which the next "m" counts.
        steps = np.diff(np.vstack([start, points]), axis=0).ravel().tolist()
        written.append(_steps(steps) + ("z" if closed else ""))
        start = points[0] if closed else points[-1]
    return "".join(written)


def _steps(steps: list[int]) -> str:
    """Tenths as a relative move and lines; a space stands only where two numbers would run together."""
    parts, before = ["m"], "m"
    for step in steps:
        now = _tenth(step)
        # ".3.4" reads as two numbers, "3.4" after "1" would not.
        joined = before == "m" or now[0] == "-" or (now[0] == "." and "." in before)
        parts.append(now if joined else " " + now)
        before = now
    return "".join(parts)


def _tenth(value: int) -> str:
    """Tenths as a decimal number without what can be left out: -3 gives "-.3", 20 gives "2"."""
    whole, part = divmod(abs(value), 10)
    return ("-" if value < 0 else "") + (f"{whole or ''}.{part}" if part else str(whole))


def _quoted(value: object) -> str:
    return quoteattr(_FORBIDDEN.sub("", value)) if isinstance(value, str) else f'"{number(value)}"'
