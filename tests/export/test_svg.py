"""The picture of a chart: whole, safe, small, and with room for its words."""

import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from ipsdash.export.elements import element, number
from ipsdash.export.svg import path, svg
from ipsdash.figures.chart import Area, Axis, Bar, Dot, Line, Rule, Text
from ipsdash.figures.frame import frame
from ipsdash.figures.letters import width
from ipsdash.figures.placing import box, placed, shared
from ipsdash.figures.style import STYLES
from tests.figures.every_mark import SQUARE, chart

STYLE = STYLES["light"]
SVG = "{http://www.w3.org/2000/svg}"


def tree(one=None, size: float = 800, **options: bool) -> ElementTree.Element:
    return ElementTree.fromstring(svg(one or chart(), STYLE, size, **options))


def read(lines: str) -> list[list[tuple[int, int]]]:
    """Path data of relative moves and lines as rings of points in tenths: a plain second reading."""
    rings, here = [], (0, 0)
    for part in lines.replace("z", "").split("m")[1:]:
        steps = [round(10 * float(step)) for step in re.findall(r"-?(?:\d+\.\d+|\.\d+|\d+)", part)]
        ring = []
        for x, y in zip(steps[::2], steps[1::2]):
            here = (here[0] + x, here[1] + y)
            ring.append(here)
        rings.append(ring)
        here = ring[0]
    return rings


# Paths


def test_a_path_is_relative_short_and_has_north_up():
    assert path([np.array([(1.0, 2.0), (1.5, 2.0), (1.5, 1.7), (1.0, 2.0)])]) == "m1-2 .5 0 0 .3z"


def test_numbers_run_together_only_where_they_can_be_told_apart():
    assert path([np.array([(0.1, -0.2), (1.1, -10.2), (1.4, -10.6)])]) == "m.1.2 1 10 .3.4z"


def test_a_path_leaves_out_points_and_rings_too_small_to_see():
    assert path([np.array([(0, 0), (0.04, 0), (1, 0), (1, 1)])]) == "m0 0 1 0 0-1z"
    assert path([np.array([(0, 0), (0.01, 0), (0, 0.02)])]) == ""


def test_a_path_read_back_gives_every_point_without_growing_errors():
    steps = np.random.default_rng(1).normal(0, 0.7, (2000, 2))
    rings = [np.cumsum(steps[:1500], axis=0) + (600, 7500), np.cumsum(steps[1500:], axis=0) + (700, 7600)]
    expected = []
    for ring in rings:
        points = [(round(10 * x), -round(10 * y)) for x, y in ring.tolist()]
        expected.append([point for place, point in enumerate(points) if place == 0 or point != points[place - 1]])
    assert read(path(rings)) == expected


def test_the_borders_of_a_region_take_about_seven_bytes_a_point():
    points = np.cumsum(np.random.default_rng(2).normal(0, 0.7, (19_000, 2)), axis=0) + (700, 7500)
    assert len(path(np.split(points, 100))) < 19_000 * 7.2


def test_a_number_is_as_short_as_it_can_be():
    assert [number(value) for value in (2.0, 2.25, -0.04, -0.5, 120)] == ["2", "2.2", "0", "-.5", "120"]


# The file


def test_the_picture_is_named_and_described_for_those_who_do_not_see_it():
    root = tree()
    named = root.get("aria-labelledby").split()
    words = [next(element.text for element in root.iter() if element.get("id") == name) for name in named]
    assert root.get("role") == "img" and words == [chart().title, chart().alternative]
    assert all(name.startswith("every-mark-") for name in named)


def test_every_reference_points_at_an_id_that_is_there_once():
    drawn = svg(chart(), STYLE, 800)
    ids = re.findall(r' id="([^"]+)"', drawn)
    assert len(ids) == len(set(ids)) and set(re.findall(r"url\(#([^)]+)\)", drawn)) <= set(ids)


def test_hostile_words_stay_words():
    hostile = '"><script>alert(1)</script>&\x07'
    one = chart(name=hostile, title=hostile, subtitle=hostile, alternative=hostile, credit=hostile, legend=(("goal", hostile),),
                marks=(Dot(1, 1, "reported", hostile, note=hostile), Text(5, 5, hostile), Rule(9, "y", "goal", hostile, hostile)),
                x=Axis(0, 10, ((0, hostile),), hostile), y=Axis(0, 10, ((0, hostile),), hostile))  # fmt: skip
    assert not list(tree(one).iter(f"{SVG}script"))


def test_quotes_and_tags_in_an_attribute_stay_in_it():
    assert ElementTree.fromstring(element("g", id='"><b a=\'\x00&')).get("id") == '"><b a=\'&'


def test_without_heading_title_subtitle_and_credit_are_not_drawn():
    texts = {"".join(text.itertext()) for text in tree(heading=False).iter(f"{SVG}text")}
    assert not texts & {chart().title, chart().subtitle, chart().credit}
    assert {chart().title, chart().subtitle, chart().credit} <= {"".join(text.itertext()) for text in tree().iter(f"{SVG}text")}


def test_the_same_chart_gives_the_same_picture():
    assert svg(chart(), STYLE, 800) == svg(chart(), STYLE, 800)


def test_a_meaning_without_a_look_is_refused():
    with pytest.raises(KeyError):
        svg(chart(marks=(Dot(1, 1, "invented"),)), STYLE, 800)


def test_no_text_is_smaller_than_sixteen_pixels():
    assert min(float(text.get("font-size")) for text in tree(size=340).iter(f"{SVG}text")) == 16


# Looks


def test_what_is_modelled_or_missing_is_hatched():
    drawn = svg(chart(marks=(Bar(4, 0, 5, "modelled"), Area((SQUARE,), "no_data")), legend=()), STYLE, 800)
    assert len(ElementTree.fromstring(drawn).findall(f".//{SVG}pattern")) == 2 == drawn.count('fill="url(#')


@pytest.mark.parametrize("meaning,drawing", [("named", "circle"), ("named_later", "path"), ("site_inferred", "rect")])
def test_dots_of_different_meaning_have_different_shapes(meaning, drawing):
    with_dot, without = (tree(chart(marks=(mark,), legend=())) for mark in (Dot(5, 5, meaning), Line((0, 1), (0, 0), "goal")))
    more = [len(list(root.iter(SVG + drawing))) for root in (with_dot, without)]
    assert more[0] - more[1] == (0 if drawing == "path" else 1)  # the other picture has a line, also a path


def test_a_ring_has_an_open_centre():
    circles = list(tree(chart(marks=(Dot(5, 5, "named_undated"),), legend=())).iter(f"{SVG}circle"))
    assert [circle.get("fill") for circle in circles] == [STYLE.look("named_undated").fill, STYLE.background]


def test_labels_have_a_halo_under_their_letters():
    label = next(text for text in tree().iter(f"{SVG}text") if "".join(text.itertext()) == "Rapportert 5")
    assert (label.get("paint-order"), label.get("stroke")) == ("stroke", STYLE.halo)


def test_figures_are_tabular_where_they_stand_below_each_other_but_not_in_names():
    tabular = [group for group in tree().iter(f"{SVG}g") if "tabular" in (group.get("style") or "")]
    assert ["".join(text.itertext()) for group in tabular for text in group] == ["0", "5,0", "10"]


# Room


@pytest.mark.parametrize("size", [320, 480, 900])
@pytest.mark.parametrize("name", ["light", "projector"])
def test_no_word_runs_out_of_the_picture(size, name):
    style, wide = STYLES[name], size * (2 if name == "projector" else 1)
    one = chart(marks=(Line((0, 10), (1, 7), "reported", "Jobbspesialister i Nord-Norge"), Dot(10, 2, "reported", "45 i april 2019"),
                       Rule(0, "x", "goal", "Fristen var i juni 2025")), legend=())  # fmt: skip
    for text in ElementTree.fromstring(svg(one, style, wide)).iter(f"{SVG}text"):
        for span in text:
            long = width(span.text, float(text.get("font-size")), int(text.get("font-weight", 400)))
            start = float(span.get("x")) - long * {"end": 1, "middle": 0.5}.get(text.get("text-anchor"), 0)
            assert -0.1 <= start and start + long <= wide + 0.1, span.text


def test_labels_of_lines_that_end_close_together_keep_their_order_and_do_not_touch():
    ends = {"Alta": 5.0, "Bodø": 5.1, "Vadsø": 4.9, "Narvik": 5.2}
    one = chart(marks=tuple(Line((0, 10), (1, end), "reported", name) for name, end in ends.items()), legend=())
    plot = frame(one, STYLE, 800)
    found = placed(plot, STYLE)
    tops = {label.lines[0]: box(plot, label)[1] for label in found}
    assert sorted(tops, key=tops.get) == sorted(ends, key=ends.get, reverse=True)
    assert not any(shared(box(plot, one), box(plot, other)) for one in found for other in found if one is not other)


def test_labels_of_dots_close_together_do_not_cover_each_other_or_a_dot():
    one = chart(marks=tuple(Dot(5 + x, 5, "named", f"Sted {place}") for place, x in enumerate((0, 0.6, 1.2))), legend=())
    plot = frame(one, STYLE, 800)
    boxes = [box(plot, label) for label in placed(plot, STYLE)]
    assert not any(shared(mine, other) for mine in boxes for other in boxes if mine is not other)


@pytest.mark.parametrize("size", [320, 480, 900])
def test_names_and_labels_of_lying_bars_do_not_cover_each_other(size):
    names = ["Personer som bor i en kommune med eget IPS-sted og egne jobbspesialister", "Personer i hele opptaksområdet til et sted", "Alle"]
    marks = tuple(Bar(2 - place, 0, 2 + place, "reported", "x", "82 % (243 000 personer mellom 18 og 66 år i Nord-Norge)") for place in range(3))
    one = chart(marks=marks, y=Axis(-0.5, 2.5, tuple((2 - place, name) for place, name in enumerate(names))), legend=())
    boxes = []
    for text in tree(one, size, heading=False).iter(f"{SVG}text"):
        em, weight = float(text.get("font-size")), int(text.get("font-weight", 400))
        for span in text:
            long, at, foot = width(span.text, em, weight), float(span.get("x")), float(span.get("y"))
            left = at - long * {"end": 1, "middle": 0.5}.get(text.get("text-anchor"), 0)
            boxes.append((left, foot - 0.73 * em, left + long, foot))  # capitals are 0.73 of the letters' height
    assert not any(shared(mine, other) for mine in boxes for other in boxes if mine is not other)


# Maps


def test_a_map_has_its_true_shape_with_north_up():
    one = chart(marks=(Area((SQUARE,), "land"), Dot(2, 4, "named")), true_shape=True, x=Axis(0, 10), y=Axis(0, 5), legend=())
    plot = frame(one, STYLE, 800)
    assert (plot.width, plot.height) == (800, 800 * 5 / 10)
    assert (plot.x(1) - plot.x(0), plot.y(0) - plot.y(1)) == (80, 80)


def test_a_map_lies_in_the_sea_and_a_chart_does_not():
    one = chart(marks=(Area((SQUARE,), "land"),), true_shape=True, x=Axis(0, 10), y=Axis(0, 5), legend=())
    assert (svg(one, STYLE, 800) + svg(chart(), STYLE, 800)).count(STYLE.look("sea").fill) == 1


def test_what_lies_outside_a_map_is_cut_and_its_words_are_left_out():
    one = chart(marks=(Area((SQUARE * 9,), "land"), Dot(11, 2, "named", "Utenfor"), Text(2, 9, "Sverige")), true_shape=True,
                x=Axis(0, 10), y=Axis(0, 5), legend=())  # fmt: skip
    root = tree(one)
    assert root.find(f".//{SVG}g").get("clip-path").startswith("url(#") and not list(root.iter(f"{SVG}circle"))
    assert not {"Utenfor", "Sverige"} & {"".join(text.itertext()) for text in root.iter(f"{SVG}text")}
