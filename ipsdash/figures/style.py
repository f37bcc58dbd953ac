"""How each meaning looks: one place for colours, strokes, shapes and sizes.

reported: solid and strong. counted: solid, lighter. inferred: hollow. modelled: dashed or hatched. goal: a labelled
line. range: a light band. unmet: the one warm colour. no_data: hatched grey. Never by colour alone.
"""

from dataclasses import dataclass, field, replace
from types import MappingProxyType


@dataclass(frozen=True)
class Look:
    """fill and stroke: colours, or "none". dash: lengths in px, empty is solid. hatch: colour of the lines over the fill.

    shape: of a dot: circle, ring (a circle with an open centre), diamond, square, cross (on a disc). radius, width: px.
    """

    fill: str = "none"
    stroke: str = "none"
    width: float = 1.5
    dash: tuple[float, ...] = ()
    hatch: str = ""
    shape: str = "circle"
    radius: float = 6


@dataclass(frozen=True)
class Style:
    """A whole set of looks. text and title: px."""

    name: str
    background: str
    ink: str
    quiet: str
    halo: str
    looks: MappingProxyType = field(repr=False)
    text: float = 16
    title: float = 20

    def look(self, meaning: str) -> Look:
        """The look of a meaning. Raises KeyError for one that has none."""
        return self.looks[meaning]


def _looks(c: dict) -> MappingProxyType:
    """The looks that all styles share, in the colours of one."""
    return MappingProxyType({
        "reported": Look(c["strong"], c["strong"], 3),
        "counted": Look(c["lighter"], c["lighter"], 2.5),
        "inferred": Look(c["paper"], c["strong"], 2.5),
        "modelled": Look(c["paper"], c["model"], 2.5, (7, 5), hatch=c["model"]),
        "connector": Look("none", c["strong"], 2, (3, 5)),
        "goal": Look("none", c["ink"], 2, (10, 4)),
        "goal_bar": Look(c["paper"], c["ink"], 2, (10, 4)),
        "range": Look(c["range"], c["range_line"], 1.5),
        "unmet": Look(c["warm"], c["warm"], 2.5),
        # What is found out and what is decided.
        "fact": Look(c["lighter"], c["lighter"], 2.5),
        "choice": Look(c["paper"], c["ink"], 2.5),
        "no_data": Look(c["blank"], c["grey"], 1, hatch=c["grey"]),
        "hidden": Look(c["blank"], c["ink"], 1, (2, 2)),
        "event": Look("none", c["quiet"], 1, (2, 4), radius=4),
        "context": Look(c["grey"], c["grey"], 2),
        "now": Look(c["ink"], c["ink"], 2),
        "note": Look(c["ink"]),
        "sea": Look(c["sea"]),
        "neighbour": Look(c["neighbour"], c["neighbour_line"], 0.6),
        "land": Look(c["land"], c["border"], 0.6),
        "coast": Look("none", c["coast"], 5),
        "county_border": Look("none", c["county"], 1.6),
        "chosen_border": Look("none", c["ink"], 2.2),
        # How well a site is supported, by shape and fill.
        "named": Look(c["strong"], c["halo"], 1.5, radius=8),
        "named_undated": Look(c["strong"], c["halo"], 1.5, shape="ring", radius=8),
        "named_later": Look(c["lighter"], c["halo"], 1.5, shape="diamond", radius=9.5),
        "site_inferred": Look(c["paper"], c["strong"], 2.5, shape="square", radius=6.5),
        "site_unknown": Look(c["paper"], c["grey"], 1.8, (3, 3), radius=6.5),
        "site_closed": Look(c["paper"], c["grey"], 2.2, shape="cross", radius=7),
        # Unmet need: surely there, perhaps not; an area without a site. Posts that are placed.
        "unmet_sure": Look(c["ink"], c["halo"], 1.5, radius=6.5),
        "unmet_unsure": Look(c["paper"], c["ink"], 2.2, radius=6),
        "area_without": Look(c["paper"], c["ink"], 2.2, shape="diamond", radius=8),
        "post_added": Look(c["strong"], c["halo"], 1.5, radius=9),
        "post_none": Look(c["paper"], c["grey"], 1.8, radius=6),
        "site": Look(c["strong"], c["halo"], 1.5, radius=6.5),
        "new_site": Look(c["paper"], c["ink"], 2.2, shape="diamond", radius=10),
        # Steps of the roll-out: done, not yet, waited long for, not reported; a site with some of them done.
        "step_done": Look(c["strong"], c["halo"], 1, radius=8),
        "step_some": Look(c["strong"], c["halo"], 1, shape="ring", radius=8),
        "step_not_yet": Look(c["paper"], c["strong"], 2, radius=7),
        "step_stuck": Look(c["warm"], c["halo"], 1, shape="diamond", radius=10),
        "step_unreported": Look(c["paper"], c["grey"], 1.5, shape="square", radius=4),
        # Posts without anybody in them; a sum in which somebody is lacking.
        "vacant": Look(c["paper"], c["warm"], 2, hatch=c["warm"]),
        "at_least": Look(c["paper"], c["strong"], 2.5, shape="diamond", radius=8),
        # Posts that are approved; those who joined and those who left.
        "approved": Look(c["paper"], c["ink"], 2, (4, 3), radius=4.5),
        "joined": Look(c["strong"], c["strong"], 2),
        "left": Look(c["paper"], c["ink"], 2),
        # Bands of quality; a published result that is defined in another way; a site the reader points at.
        "band_fair": Look(c["blank"]),
        "band_good": Look(c["range"]),
        "band_exemplary": Look(c["assigned"]),
        "elsewhere": Look(c["paper"], c["grey"], 2, (6, 4)),
        "picked": Look(c["paper"], c["ink"], 2.5, shape="diamond", radius=9),
        "team": Look(c["lighter"], c["halo"], 1.5, shape="square", radius=7),
        "country": Look(c["quiet"]),
        # Catchments.
        "own_site": Look(c["own"], c["border"], 0.6),
        "assigned": Look(c["assigned"], c["border"], 0.6),
        "no_site": Look(c["warm_light"], c["border"], 0.6, hatch=c["warm"]),
        **{f"class_{n}": Look(colour, c["border"], 0.6) for n, colour in enumerate(c["classes"], 1)},
        **{f"unmet_{n}": Look(colour, c["border"], 0.6) for n, colour in enumerate(c["unmet"], 1)},
        # Hatched: the area has no site.
        **{f"unmet_{n}_none": Look(colour, c["border"], 0.6, hatch=c["paper"] if n > 2 else c["warm"]) for n, colour in enumerate(c["unmet"], 1)},
    })  # fmt: skip


_LIGHT = {
    "paper": "#ffffff", "ink": "#14212b", "quiet": "#4c5b67", "halo": "#ffffff", "strong": "#0b4f8a",
    "lighter": "#4583b8", "model": "#6a4c9c", "range": "#cfe0ee", "range_line": "none", "warm": "#b8440f", "warm_light": "#f8dccb",
    "grey": "#76828c", "blank": "#eef1f3", "sea": "#e6f0f6", "neighbour": "#dde2e5", "neighbour_line": "#cbd2d7",
    "land": "#f8f6f0", "border": "#b4bcc2", "coast": "#d2e3ee", "county": "#6b7984", "own": "#7fb0d8",
    "assigned": "#bdd8ee", "classes": ("#e9fbe9", "#9ec3a7", "#61987a", "#207157", "#00483b"),
    "unmet": ("#fff4ec", "#f8cfae", "#ee9f68", "#cf6528", "#8f3408"),
}  # fmt: skip
_DARK = {
    "paper": "#0f171e", "ink": "#f1f5f8", "quiet": "#b3c0ca", "halo": "#0f171e", "strong": "#8cc4f2",
    "lighter": "#4f8fc4", "model": "#c0a6ee", "range": "#22405a", "range_line": "none", "warm": "#ff9a66", "warm_light": "#54301d",
    "grey": "#8e9aa4", "blank": "#222c34", "sea": "#14232e", "neighbour": "#2a333b", "neighbour_line": "#38434c",
    "land": "#36424c", "border": "#56636e", "coast": "#1c3140", "county": "#a6b2bc", "own": "#2f6fa3",
    "assigned": "#264a68", "classes": ("#24443a", "#2d6a55", "#3f9474", "#77bf9b", "#c3e6cf"),
    "unmet": ("#3d2a20", "#6b3a1d", "#a2541f", "#db7f3f", "#ffbf8f"),
}  # fmt: skip
_PROJECTOR = {
    **_LIGHT, "ink": "#05090c", "quiet": "#26323b", "strong": "#063c6c", "lighter": "#2f6da3", "warm": "#a03406",
    "grey": "#5b6770", "sea": "#dcebf4", "border": "#5b6770", "county": "#26323b", "range_line": "#2f6da3",
}  # fmt: skip


def _style(name: str, c: dict, **sizes: float) -> Style:
    # Marks grow with the letters beside them, or they are lost on a wall.
    looks = {meaning: _scaled(look, sizes.get("text", Style.text) / Style.text) for meaning, look in _looks(c).items()}
    return Style(name, c["paper"], c["ink"], c["quiet"], c["halo"], MappingProxyType(looks), **sizes)


def _scaled(look: Look, by: float) -> Look:
    return replace(look, width=by * look.width, radius=by * look.radius, dash=tuple(by * length for length in look.dash))


STYLES = MappingProxyType({
    "light": _style("light", _LIGHT),
    "dark": _style("dark", _DARK),
    "projector": _style("projector", _PROJECTOR, text=24, title=48),
})
