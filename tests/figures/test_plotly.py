"""The interactive figure shows what the chart says, in the look of its meaning; and the picture shows the same."""

import re
import xml.etree.ElementTree as ElementTree
from html import unescape

import pytest

from ipsdash.export.svg import svg
from ipsdash.figures.chart import Axis, Bar, Chart, Dot, Line, Rule
from ipsdash.figures.labels import labels
from ipsdash.figures.letters import width
from ipsdash.figures.plotly import CONFIG, NARROW, PAGE, figure
from ipsdash.figures.style import STYLES
from tests.figures.every_mark import MARKS, chart

STYLE = STYLES["light"]
LABELS = {"Spenn 4-8", "Framskriving 7", "Mål 9", "Frist", "Fem", "To", "Rapportert 5", "Utledet 8", "Pandemi"}
NOTES = {mark.note for mark in MARKS if getattr(mark, "note", "")}


def plain(text: str) -> str:
    return unescape(text.replace("<br>", " "))


def trace_of(mark: object, **changes: object) -> dict:
    return figure(chart(marks=(mark,), legend=(), **changes), STYLE).to_dict()["data"][0]


def notes_in(one: Chart) -> set[str]:
    texts = [trace["text"] for trace in figure(one, STYLE).to_dict()["data"] if trace.get("hoverinfo") != "skip"]
    return {plain(text if isinstance(text, str) else text[0]) for text in texts}


def words_in(one: Chart) -> set[str]:
    """All words in the picture of a chart, a text per element."""
    tree = ElementTree.fromstring(svg(one, STYLE, 900))
    return {" ".join("".join(span.itertext()) for span in text) for text in tree.iter("{http://www.w3.org/2000/svg}text")}


# Both renderers


def test_both_renderers_show_every_label():
    shown = {plain(one["text"]) for one in figure(chart(), STYLE).to_dict()["layout"]["annotations"]}
    assert LABELS <= shown and LABELS <= words_in(chart())
    assert shown - LABELS == {"Oppover", "Bortover"}


def test_both_renderers_show_every_tick_and_no_other():
    layout = figure(chart(), STYLE).to_dict()["layout"]
    assert list(zip(layout["xaxis"]["tickvals"], layout["xaxis"]["ticktext"])) == list(chart().x.ticks)
    assert list(zip(layout["yaxis"]["tickvals"], layout["yaxis"]["ticktext"])) == list(chart().y.ticks)
    ticks = {text for axis in (chart().x, chart().y) for _, text in axis.ticks}
    fixed = {chart().title, chart().subtitle, chart().credit, "Oppover", "Bortover", *(text for _, text in chart().legend)}
    assert words_in(chart()) == LABELS | ticks | fixed


def test_both_renderers_say_every_note():
    titles = {element.text for element in ElementTree.fromstring(svg(chart(), STYLE, 900)).iter("{http://www.w3.org/2000/svg}title")}
    assert notes_in(chart()) == NOTES
    assert titles == NOTES | {chart().title}


def test_both_renderers_show_the_same_numbers():
    one = chart(marks=(Bar(4, 0, 5, "counted"), Dot(2, 7.5, "reported")), legend=())
    bar, dot = figure(one, STYLE).to_dict()["data"]
    drawn = svg(one, STYLE, 900)
    box = re.search(r'<clipPath[^>]*><rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', drawn)
    plot_height = float(box[4]) - 2 * 4  # the clip is 4 px larger on each side
    height = float(re.search(r'<rect x="[\d.]+" y="[\d.]+" width="[\d.]+" height="([\d.]+)" fill="#4583b8"', drawn)[1])
    from_top = float(re.search(r'cy="([\d.]+)"', drawn)[1]) - (float(box[2]) + 4)
    assert [*bar["y"], *bar["base"], *dot["y"]] == [5, 0, 7.5]
    assert height == pytest.approx(plot_height * 5 / 10, abs=0.2)
    assert from_top == pytest.approx(plot_height * (10 - 7.5) / 10, abs=0.2)


# Words


def test_a_mark_without_a_note_says_nothing():
    assert trace_of(Dot(2, 5, "reported"))["hoverinfo"] == "skip"


def test_markup_in_words_is_shown_as_it_is_written():
    assert "&lt;5" in trace_of(Dot(2, 5, "hidden", "<5", note="<5"))["text"][0]
    label, tick = chart(marks=(Dot(2, 5, "hidden", "<5"),)), chart(x=Axis(0, 10, ((0, "<5"),)))
    assert "&lt;5" in {one["text"] for one in figure(label, STYLE).to_dict()["layout"]["annotations"]}
    assert figure(tick, STYLE).layout.xaxis.ticktext == ("&lt;5",)
    assert "Fem &amp; &lt;5 i april" in {trace["text"][0] for trace in figure(chart(), STYLE).to_dict()["data"] if trace.get("text")}


def test_there_is_no_title_in_the_figure_and_no_template():
    layout = figure(chart(), STYLE).to_dict()["layout"]
    assert "title" not in layout and not layout["template"].get("layout")


def test_the_legend_has_the_chart_s_words_and_is_absent_without_them():
    full, empty = figure(chart(), STYLE).to_dict(), figure(chart(legend=()), STYLE).to_dict()
    assert [trace["name"] for trace in full["data"] if trace.get("showlegend")] == ["Ingen tall", "Meldt", "Framskrevet"]
    assert empty["layout"]["showlegend"] is False


def test_no_text_is_smaller_than_sixteen_pixels():
    sizes = [int(size) for size in re.findall(r'"font":\{[^}]*"size":(\d+)', figure(chart(), STYLE).to_json())]
    assert sizes and min(sizes) >= 16


# Room


@pytest.mark.parametrize("label", ["45", "45 jobbspesialister i hele Nord-Norge i april 2019", "Ein"])
def test_a_label_at_the_right_edge_has_room_in_a_narrow_picture(label):
    one = chart(marks=(Line((0, 10), (1, 7), "reported", label),), legend=())
    widest = max(width(line, STYLE.text) for line in labels(one, STYLE, NARROW)[0].lines)
    assert figure(one, STYLE).layout.margin.r >= widest


def test_a_figure_is_as_high_as_its_share_of_a_page():
    one = chart(marks=(Line((0, 10), (1, 7), "reported"),), legend=(), height=0.5)
    assert figure(one, STYLE).layout.height == 0.5 * PAGE


def test_names_of_bars_that_are_too_long_stand_over_their_bars_in_full():
    name = "Personer som bor i en kommune med eget IPS-sted"
    one = chart(marks=(Bar(0, 0, 5, "reported", "x", "5"),), y=Axis(-0.5, 0.5, ((0, name),)), legend=())
    layout = figure(one, STYLE).to_dict()["layout"]
    assert layout["yaxis"]["showticklabels"] is False
    assert name in {plain(words["text"]) for words in layout["annotations"]}


def test_short_names_of_bars_stand_beside_them():
    one = chart(marks=(Bar(0, 0, 5, "reported", "x", "5"),), y=Axis(-0.5, 0.5, ((0, "Bodø"),)), legend=())
    assert figure(one, STYLE).layout.yaxis.showticklabels is True


def test_ticks_that_would_touch_on_a_phone_are_left_out_and_none_is_turned():
    years = Axis(0, 10, tuple((place, str(2017 + place)) for place in range(11)))
    axis = figure(chart(marks=(Line((0, 10), (1, 7), "reported"),), x=years), STYLE).layout.xaxis
    written = [(at, text) for at, text in zip(axis.tickvals, axis.ticktext) if text]
    assert 2 < len(written) < 11 and axis.tickangle == 0
    steps = {later[0] - one[0] for one, later in zip(written, written[1:])}
    assert len(steps) == 1
    assert min(steps) * NARROW / 10 > width("4444", STYLE.text)


# Looks


def test_a_modelled_bar_is_hatched_and_a_reported_one_is_not():
    assert trace_of(Bar(4, 0, 5, "modelled"))["marker"]["pattern"]["shape"] == "/"
    assert "pattern" not in trace_of(Bar(4, 0, 5, "reported"))["marker"]


def test_a_modelled_line_is_dashed_and_a_reported_one_is_not():
    assert trace_of(Line((0, 1), (0, 1), "modelled"))["line"]["dash"] == "7px,5px"
    assert trace_of(Line((0, 1), (0, 1), "reported"))["line"]["dash"] == "solid"


def test_an_inferred_dot_is_hollow():
    marker = trace_of(Dot(2, 5, "inferred"))["marker"]
    assert marker["color"] == STYLE.background and marker["line"]["color"] == STYLE.look("inferred").stroke


def test_bars_lie_or_stand_and_start_at_their_low_end():
    lying, standing = trace_of(Bar(4, 2, 5, "reported", "x")), trace_of(Bar(4, 2, 5, "reported", "y"))
    assert (lying["orientation"], *lying["x"], *lying["base"], *lying["y"]) == ("h", 5 - 2, 2, 4)
    assert (standing["orientation"], *standing["y"], *standing["base"], *standing["x"]) == ("v", 5 - 2, 2, 4)


def test_a_rule_goes_from_end_to_end():
    rule = trace_of(Rule(9, "y", "goal"))
    assert (rule["x"][0], rule["x"][-1], set(rule["y"])) == (0, 10, {9})


def test_a_dot_outside_the_axes_is_not_drawn():
    assert len(figure(chart(marks=(Dot(11, 5, "reported", "Ute"),), legend=()), STYLE).data) == 0


def test_the_figure_can_neither_be_zoomed_nor_dragged_and_has_no_toolbar():
    layout = figure(chart(), STYLE).layout
    assert layout.xaxis.fixedrange and layout.yaxis.fixedrange and layout.dragmode is False
    assert CONFIG["displayModeBar"] is False and type(CONFIG) is dict


@pytest.mark.parametrize("name", STYLES)
def test_every_style_draws_every_mark(name):
    assert len(figure(chart(), STYLES[name]).data) == len(MARKS) - 1 + 3  # words have no trace; three in the legend
