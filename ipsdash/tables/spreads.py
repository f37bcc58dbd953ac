"""How a doubt is drawn, as it stands in a cell: "lognormal(0.017, 0.177)", median and sigma; "beta(8.8, 20.9)"."""

import re
from dataclasses import dataclass

WRITTEN = re.compile(r"(lognormal|beta)\(\s*(\d+(?:\.\d+)?)\s*,\s*(\d+(?:\.\d+)?)\s*\)", re.ASCII)


@dataclass(frozen=True)
class Spread:
    """A distribution. family: lognormal (first: median, second: sigma of the logarithm) or beta (first: a, second: b)."""

    family: str
    first: float
    second: float


def spread(text: str) -> Spread | None:
    """The distribution that a cell names, or None when it names none; a median and both of a beta are above zero."""
    found = WRITTEN.fullmatch(text.strip())
    if not found:
        return None
    family, first, second = found[1], float(found[2]), float(found[3])
    return Spread(family, first, second) if first > 0 and (second > 0 or family == "lognormal") else None
