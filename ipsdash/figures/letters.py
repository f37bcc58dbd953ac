"""How wide words are in the typeface that comes with the project."""

import json
from importlib.resources import files
from types import MappingProxyType

FAMILY = "Inter"
WEIGHTS = (400, 600)
# Thousandths of the size, by weight and letter; read from the fonts beside it.
_WIDTHS = MappingProxyType(json.loads((files("ipsdash.figures") / "fonts" / "widths.json").read_text("utf-8")))


def width(text: str, size: float, weight: int = 400) -> float:
    """The width of a line of text in the unit of `size` (pixels). A letter the table lacks counts as wide as an M."""
    widths = _WIDTHS[str(weight)]
    return sum(widths.get(letter, widths["M"]) for letter in text) * size / 1000

