"""Colours that can be told apart: by everybody, in grey, and from the back row."""

import pytest
from coloraide import Color

from ipsdash.figures.style import STYLES

SEQUENCES = {"class": [f"class_{place}" for place in range(1, 6)], "unmet": [f"unmet_{place}" for place in range(1, 6)]}
SEEN_BY = (None, "protan", "deutan", "tritan")
# What lies on a slide and has to be seen from the back row: lines, dots, bars, edges.
MARKS = (
    "reported", "counted", "inferred", "modelled", "connector", "goal", "goal_bar", "range", "unmet", "fact", "choice", "no_data", "context", "now",
    "county_border", "named", "named_undated", "named_later", "site_inferred", "site_unknown", "site_closed", "unmet_sure", "unmet_unsure",
    "area_without", "post_added", "post_none", "site", "new_site", "team", "own_site", "assigned", "no_site", *SEQUENCES["class"], *SEQUENCES["unmet"],
)  # fmt: skip
WALL = STYLES["projector"]


def seen(colour: str, by: str | None) -> Color:
    """A colour as somebody with this deficiency sees it."""
    return Color(colour).filter(by).clip() if by else Color(colour)


@pytest.mark.parametrize("by", SEEN_BY)
@pytest.mark.parametrize("sequence", SEQUENCES)
@pytest.mark.parametrize("style", STYLES)
def test_neighbouring_classes_differ_for_every_eye_and_in_grey(style, sequence, by):
    colours = [seen(STYLES[style].look(name).fill, by) for name in SEQUENCES[sequence]]
    for one, other in zip(colours, colours[1:]):
        assert one.delta_e(other, method="2000") >= 10
        assert one.contrast(other) >= 1.3


@pytest.mark.parametrize("ground", ["page", "land", "sea", "neighbour"])
def test_words_on_a_wall_stand_out_seven_times(ground):
    below = WALL.background if ground == "page" else WALL.look(ground).fill
    for ink in (WALL.ink, WALL.quiet):
        assert Color(ink).contrast(Color(below)) >= 7


@pytest.mark.parametrize("meaning", MARKS)
def test_marks_on_a_wall_stand_out_four_and_a_half_times(meaning):
    look = WALL.look(meaning)
    parts = [one for one in (look.fill, look.stroke, look.hatch) if one not in ("", "none")]
    for below in (WALL.background, WALL.look("land").fill):
        assert max(Color(one).contrast(Color(below)) for one in parts) >= 4.5


@pytest.mark.parametrize("style", STYLES)
def test_words_and_marks_on_a_screen_have_the_contrast_the_law_asks_for(style):
    look = STYLES[style]
    assert min(Color(ink).contrast(Color(look.background)) for ink in (look.ink, look.quiet)) >= 4.5
    for meaning in ("reported", "counted", "inferred", "modelled", "goal", "unmet", "choice", "no_data"):
        parts = [one for one in (look.look(meaning).fill, look.look(meaning).stroke) if one != "none"]
        assert max(Color(one).contrast(Color(look.background)) for one in parts) >= 3
