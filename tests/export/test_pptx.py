"""The deck: opened again, everything is where it is promised, native and named, with the numbers that are shown."""

import io
import posixpath
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from time import process_time
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE as KIND

from ipsdash.domain import growth
from ipsdash.domain.assumptions import assumed
from ipsdash.domain.need import places
from ipsdash.domain.posts import posts
from ipsdash.domain.remaining import next_posts, remaining
from ipsdash.export.pptx.deck import pptx
from ipsdash.export.pptx.drawing import number_format
from ipsdash.export.pptx.outlines import clipped, outline
from ipsdash.figures.borders import borders
from ipsdash.figures.chart import Area, Bar, Dot, Table
from ipsdash.figures.story import Choices, Slide, arranged, story
from ipsdash.figures.style import STYLES
from ipsdash.text.words import Words

PUBLIC = Path(__file__).parents[2] / "data"
DATE = "2019-04-12"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture(scope="module")
def coarse(tables):
    return borders(PUBLIC / "geo", tables, "1000m")


def told(lang: str, tables, coarse, date: str = DATE) -> tuple[Slide, ...]:
    """The story of the public numbers at a date, with the assumptions as they are."""
    counted = growth.until(growth.specialists(tables, "region:nord"), date)
    way = growth.progress(counted, growth.goals_at(tables, "region:nord", date), assumed(tables.assumptions, date, {}))
    held = posts(tables, date)
    homes = places(tables, date, "population")[["area_id", "catchment", "site_id", "people"]]
    left, following = remaining(tables, date, {}, held, 50.0), next_posts(tables, date, {}, held, 5)
    return story(Words(lang), tables, coarse, Choices(date, "evidence", "Scenario", left, following, way, homes, "https://example.org/"))


@pytest.fixture(scope="module")
def slides(tables, coarse):
    return told("nb", tables, coarse)


@pytest.fixture(scope="module")
def file(slides, coarse) -> bytes:
    return pptx(slides, Words("nb"), coarse)


@pytest.fixture(scope="module")
def deck(file):
    return Presentation(io.BytesIO(file))


def opened(slides, coarse, lang: str = "nb"):
    return Presentation(io.BytesIO(pptx(slides, Words(lang), coarse)))


def every(shapes):
    """All shapes, also those in groups."""
    for shape in shapes:
        yield shape
        if shape.shape_type == KIND.GROUP:
            yield from every(shape.shapes)


def named(slides, name: str) -> tuple[int, Slide]:
    return next((place, slide) for place, slide in enumerate(slides) if slide.name == name)


def descr(shape) -> str:
    return shape._element.xpath("./*/p:cNvPr")[0].get("descr", "")


def chart_of(page):
    return next(shape.chart for shape in page.shapes if shape.has_chart)


def sheet_of(page):
    return load_workbook(io.BytesIO(chart_of(page).part.chart_workbook.xlsx_part.blob))["IPS"]


def maps(slides):
    return [(place, slide) for place, slide in enumerate(slides) if slide.chart and slide.chart.true_shape]


# The file


def test_the_file_is_small_and_quickly_made(slides, coarse, file):
    # Of the processor, for its own work: what others do meanwhile on a busy machine does not count.
    start = process_time()
    pptx(slides, Words("nb"), coarse)
    assert len(file) < 3_000_000 and process_time() - start < 3


def test_the_same_slides_give_the_same_file(slides, coarse, file):
    assert pptx(slides, Words("nb"), coarse) == file


def test_every_relationship_of_every_part_resolves(file):
    package = zipfile.ZipFile(io.BytesIO(file))
    parts = set(package.namelist())
    assert len(parts) == len(package.namelist())
    for name in parts:
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for one in ElementTree.fromstring(package.read(name)):
            if one.get("TargetMode") != "External":
                assert posixpath.normpath(posixpath.join("/", folder, one.get("Target"))).lstrip("/") in parts, (name, one.get("Target"))


def test_every_reference_to_a_relationship_is_one_of_its_part(file):
    package = zipfile.ZipFile(io.BytesIO(file))
    for name in package.namelist():
        used = set(re.findall(rb'r:(?:id|embed)="([^"]+)"', package.read(name))) if name.endswith(".xml") else set()
        rels = posixpath.join(posixpath.dirname(name), "_rels", posixpath.basename(name) + ".rels")
        assert not used or used <= set(re.findall(rb'Id="([^"]+)"', package.read(rels))), name


def test_every_shape_of_a_slide_has_an_id_of_its_own_and_a_name(deck):
    for page in deck.slides:
        about = list(page._element.iter(f"{P}cNvPr"))
        assert len({one.get("id") for one in about}) == len(about)
        assert all(one.get("name") for one in about[1:])


def test_nothing_is_a_picture(file, deck):
    assert not [name for name in zipfile.ZipFile(io.BytesIO(file)).namelist() if re.search(r"\.(png|jpe?g|gif|emf|wmf|svg)$", name)]
    assert not [shape for page in deck.slides for shape in every(page.shapes) if shape.shape_type == KIND.PICTURE]


def test_no_path_is_empty(deck):
    paths = [path for page in deck.slides for path in page._element.iter(f"{A}path")]
    assert paths
    for path in paths:
        assert int(path.get("w")) > 0 and int(path.get("h")) > 0 and len(list(path.iter(f"{A}pt"))) >= 2


def test_nothing_stands_outside_the_slide(deck):
    for page in deck.slides:
        for shape in every(page.shapes):
            assert 0 <= shape.left and shape.left + shape.width <= deck.slide_width + 1, shape.name
            assert 0 <= shape.top and shape.top + shape.height <= deck.slide_height + 1, shape.name


def test_it_is_wide_in_arial_and_in_the_colours_of_the_house(deck, file):
    assert (deck.slide_width, deck.slide_height) == (12_192_000, 6_858_000)
    for name in zipfile.ZipFile(io.BytesIO(file)).namelist():
        if "/theme/" in name and name.endswith(".xml"):
            theme = zipfile.ZipFile(io.BytesIO(file)).read(name).decode()
            assert set(re.findall(r'latin typeface="([^"]+)"', theme)) == {"Arial"}
            assert STYLES["projector"].look("reported").fill.lstrip("#").upper() in theme


def test_no_letter_is_smaller_than_24_px(deck):
    charts = [chart_of(page)._chartSpace for page in deck.slides if any(shape.has_chart for shape in page.shapes)]
    sizes = [int(one.get("sz")) for root in (*(page._element for page in deck.slides), *charts) for one in root.iter(f"{A}rPr", f"{A}defRPr") if one.get("sz")]
    inherited = [int(one.get("sz")) for layout in deck.slide_layouts for one in layout._element.iter(f"{A}defRPr")]
    assert min(*sizes, *inherited) >= 1200


@pytest.mark.parametrize(("lang", "tag"), [("nb", "nb-NO"), ("en", "en-GB")])
def test_all_words_are_marked_with_their_language(tables, coarse, lang, tag):
    made = opened(told(lang, tables, coarse), coarse, lang)
    assert made.core_properties.language == tag
    for page in made.slides:
        found = [one.get("lang") for root in (page._element, page.notes_slide._element) for one in root.iter(f"{A}rPr") if one.get("lang")]
        assert found and set(found) == {tag}


# Words


def test_every_slide_has_its_title_in_the_title_and_its_number(slides, deck):
    for place, (slide, page) in enumerate(zip(slides, deck.slides, strict=True), 1):
        assert page.shapes.title.text_frame.text == slide.title
        number = next(shape for shape in page.placeholders if "NUMBER" in str(shape.placeholder_format.type))
        assert f'<a:t>{place}</a:t>' in ElementTree.tostring(number._element, encoding="unicode").replace("ns1:", "a:").replace("ns0:", "a:")


def test_the_title_is_read_first(deck):
    assert all(page.shapes[0].shape_id == page.shapes.title.shape_id for page in deck.slides)


def test_no_placeholder_is_left_empty(deck):
    assert all(shape.text_frame.text.strip() for page in deck.slides for shape in page.placeholders if "NUMBER" not in str(shape.placeholder_format.type))


def test_the_notes_hold_all_that_is_said_and_where_it_is_from(slides, deck):
    for slide, page in zip(slides, deck.slides):
        notes = page.notes_slide.notes_text_frame.text
        assert all(note in notes for note in slide.notes) and slide.credit in notes


def test_lead_credit_and_points_stand_on_the_slide(slides, deck):
    for slide, page in zip(slides, deck.slides):
        words = "\n".join(shape.text_frame.text for shape in page.placeholders)
        assert slide.lead in words and slide.credit in words
        assert slide.table is not None or all(point in words for point in slide.points)


def test_a_title_too_long_for_its_slide_is_cut_there_and_whole_in_the_notes(slides, coarse):
    long = ("Guovdageaidnu – Kautokeino, Kárášjohka – Karasjok, áčđŋšŧž " * 4).strip()
    own = arranged(Words("nb"), slides, ["title", "growth", f"map-{DATE}"], dict.fromkeys(["title", "growth", f"map-{DATE}"], long), {})
    for page in opened(own, coarse).slides:
        shown = page.shapes.title.text_frame.text
        assert len(long) > 200 and shown.endswith("…") and long.startswith(shown.rstrip("…")) and long in page.notes_slide.notes_text_frame.text


def test_hostile_words_stay_words(slides, coarse):
    hostile = '"><p:sp>&\x07=1+1'
    own = [replace(slide, title=hostile, lead=hostile, notes=(hostile,), credit=hostile) for slide in slides[:3]]
    for page in opened(own, coarse).slides:
        assert page.shapes.title.text_frame.text == hostile.replace("\x07", "")


def test_the_unused_layouts_are_gone(deck):
    assert {layout.name for layout in deck.slide_layouts} == {page.slide_layout.name for page in deck.slides}


# Charts


@pytest.mark.parametrize("name", ["growth", "goal", "empty", "need"])
def test_a_chart_is_native_and_says_what_it_shows(slides, deck, name):
    place, slide = named(slides, name)
    frame = next(shape for shape in deck.slides[place].shapes if shape.has_chart)
    assert descr(frame) == slide.chart.alternative and frame.name


@pytest.mark.parametrize("name", ["goal", "empty", "need"])
def test_the_sheet_behind_a_bar_chart_has_its_numbers_from_top_to_bottom(slides, deck, name):
    place, slide = named(slides, name)
    bars = sorted((mark for mark in slide.chart.marks if isinstance(mark, Bar) and mark.meaning != "range"), key=lambda bar: -bar.at)
    names = dict(slide.chart.y.ticks)
    shown = [(row[0], row[1]) for row in sheet_of(deck.slides[place]).iter_rows(min_row=2, values_only=True)]
    assert [name for name, _ in shown] == [names[bar.at] for bar in bars]
    assert [value for _, value in shown] == pytest.approx([bar.high for bar in bars])


@pytest.mark.parametrize("name", ["growth", "goal", "empty", "need"])
def test_what_a_chart_draws_is_what_its_sheet_has_in_the_cells_it_names(slides, deck, name):
    page = deck.slides[named(slides, name)[0]]
    sheet, seen = sheet_of(page), 0
    for reference in chart_of(page)._chartSpace.iter(f"{C}numRef", f"{C}strRef"):
        cells = reference.find(f"{C}f").text.removeprefix("IPS!").replace("$", "")
        column = [cell.value for (cell,) in sheet[cells]] if ":" in cells else [sheet[cells].value]
        drawn = {int(point.get("idx")): point.find(f"{C}v").text for point in reference.iter(f"{C}pt")}
        for place, cell in enumerate(column):
            shown = drawn.get(place)
            # How far a range reaches is computed in the sheet.
            assert str(cell).startswith("=") or (shown == cell if isinstance(cell, str) or cell is None else float(shown) == pytest.approx(cell)), cells
            seen += 1
    assert seen > 3


def test_a_range_is_a_light_band_of_error_bars_that_reach_to_both_of_its_ends(slides, deck):
    place, slide = named(slides, "need")
    span = next(mark for mark in slide.chart.marks if isinstance(mark, Bar) and mark.meaning == "range")
    need = next(mark for mark in slide.chart.marks if isinstance(mark, Bar) and mark.meaning == "modelled")
    bars = chart_of(deck.slides[place])._chartSpace.find(f".//{C}errBars")
    reach = {side: [float(value.text) for value in bars.find(f"{C}{side}").iter(f"{C}v")] for side in ("plus", "minus")}
    assert reach == {"plus": [pytest.approx(span.high - need.high)], "minus": [pytest.approx(need.high - span.low)]}
    assert bars.find(f".//{A}srgbClr").get("val") == STYLES["projector"].look("range").fill.lstrip("#").upper()
    row = next(row for row in sheet_of(deck.slides[place]).iter_rows(min_row=2, values_only=True) if row[2])
    assert row[2:] == (pytest.approx(span.low), pytest.approx(span.high), "=D4-B4", "=B4-C4")


def test_bars_stand_on_each_other_where_one_begins_above_zero(slides, coarse):
    slide = named(slides, "goal")[1]
    bars = (Bar(1, 0, 4, "modelled", "x"), Bar(1, 4, 6, "post_added", "x", "6 (+2)"), Bar(0, 0, 3, "modelled", "x", "3"))
    axis = replace(slide.chart.y, ticks=((1, "Alta"), (0, "Bodø")))
    chart = replace(slide.chart, marks=bars, y=axis, legend=(("post_added", "Nye stillinger"),))
    plot = chart_of(opened([replace(slide, chart=chart)], coarse).slides[0]).plots[0]
    assert [list(series.values) for series in plot.series] == [[4, 3], [2, None]]
    assert plot.series[1].name == "Nye stillinger" and plot._element.find(f"{C}grouping").get("val") == "stacked"


def test_what_is_modelled_is_hatched_and_what_is_decided_is_dashed(slides, deck):
    space = chart_of(deck.slides[named(slides, "need")[0]])._chartSpace
    looks = {point.find(f"{C}idx").get("val"): point.find(f"{C}spPr") for point in space.iter(f"{C}dPt")}
    assert looks["2"].find(f"{A}pattFill").get("prst") == "wdUpDiag" and looks["0"].find(f"{A}solidFill") is not None
    assert looks["1"].find(f"{A}ln/{A}prstDash").get("val") == "lgDash"


def test_counts_stand_at_their_dates_and_the_way_between_them_is_dashed(slides, deck):
    place, slide = named(slides, "growth")
    dots = [mark for mark in slide.chart.marks if isinstance(mark, Dot) and mark.meaning == "reported"]
    counted = next(series for series in chart_of(deck.slides[place])._chartSpace.iter(f"{C}ser") if len(series.findall(f"{C}dPt")) == len(dots) and "50" not in ElementTree.tostring(series.find(f"{C}yVal"), encoding="unicode"))
    read = [[float(value.text) for value in counted.find(f"{C}{axis}Val").iter(f"{C}v")] for axis in "xy"]
    assert read == [pytest.approx([dot.x for dot in dots]), pytest.approx([dot.y for dot in dots])]
    assert [point.find(f"{C}spPr/{A}ln/{A}prstDash") is not None for point in counted.iter(f"{C}dPt")] == [False, True]
    rows = [row for row in sheet_of(deck.slides[place]).iter_rows(min_row=2, values_only=True)]
    assert [value for row in rows for value in row[1:-1] if value is not None] == [50, 50, 5, 45]


def test_a_label_that_is_a_number_follows_the_sheet_and_words_stay_words(slides, deck):
    need = chart_of(deck.slides[named(slides, "need")[0]])._chartSpace
    assert [label.find(f"{C}tx") is None for label in need.iter(f"{C}dLbl")] == [True, True, False]


@pytest.mark.parametrize(("texts", "lang", "form"), [
    (["12,5"], "nb", "[>=1000000]#\\ ###\\ ##0.0;[>=10000]#\\ ##0.0;0.0"), (["7,852"], "en", "#,##0"), (["12.5"], "en", "#,##0.0"),
    (["0\xa0%", "50\xa0%"], "nb", "0\\ %"), (["50%"], "en", "0%"),
])  # fmt: skip
def test_numbers_are_written_as_their_language_does(texts, lang, form):
    assert number_format(texts, lang) == form


def test_standing_bars_are_refused(slides, coarse):
    slide = named(slides, "goal")[1]
    with pytest.raises(ValueError, match="lying"):
        pptx([replace(slide, chart=replace(slide.chart, marks=(Bar(0, 0, 1, "reported", "y"),)))], Words("nb"), coarse)


# Maps


def test_every_municipality_is_a_named_freeform_with_its_value(slides, deck):
    for place, slide in maps(slides):
        said = {mark.note for mark in slide.chart.marks if isinstance(mark, Area) and mark.key}
        forms = [shape for shape in every(deck.slides[place].shapes) if shape.shape_type == KIND.FREEFORM and descr(shape)]
        assert {descr(shape) for shape in forms} == said and len(forms) == len(said) == 80
        assert all(shape.name == descr(shape).partition(":")[0] for shape in forms)


def test_every_municipality_has_the_fill_of_its_meaning(slides, deck):
    place, slide = named(slides, "need-map")
    hatched = {mark.note for mark in slide.chart.marks if isinstance(mark, Area) and mark.meaning.endswith("_none")}
    found = {descr(shape) for shape in every(deck.slides[place].shapes) if shape.shape_type == KIND.FREEFORM and shape._element.spPr.find(f"{A}pattFill") is not None}
    assert found == hatched and hatched


def test_sites_and_their_names_stand_on_top_in_groups(slides, deck):
    for place, slide in maps(slides):
        dots = [mark for mark in slide.chart.marks if isinstance(mark, Dot)]
        whole = next(shape for shape in deck.slides[place].shapes if shape.shape_type == KIND.GROUP and descr(shape))
        areas, sites, names = (shape for shape in whole.shapes if shape.shape_type == KIND.GROUP)
        assert descr(whole) == slide.chart.alternative
        assert [(shape.name, descr(shape)) for shape in sites.shapes] == [(dot.label, dot.note) for dot in dots]
        written = {shape.text_frame.text for shape in names.shapes if shape.has_text_frame}
        assert written == {dot.label for dot in dots}, "all names have room"


def test_no_name_covers_another(slides, deck):
    for place, _ in maps(slides):
        whole = next(shape for shape in deck.slides[place].shapes if shape.shape_type == KIND.GROUP and descr(shape))
        boxes = [(one.left, one.top, one.left + one.width, one.top + one.height) for one in [*whole.shapes][-1].shapes if one.has_text_frame]
        for at, one in enumerate(boxes):
            for other in boxes[:at]:
                assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]


def test_a_legend_says_all_that_the_chart_has_one_for(slides, deck):
    for place, slide in enumerate(slides):
        words = {shape.text_frame.text for shape in every(deck.slides[place].shapes) if shape.has_text_frame}
        assert {text for _, text in (slide.chart.legend if slide.chart else ())} <= words


def test_what_is_only_ground_is_not_read_out(slides, deck):
    for place, _ in maps(slides):
        forms = [shape for shape in every(deck.slides[place].shapes) if shape.shape_type == KIND.FREEFORM]
        assert all(descr(shape) or "decorative" in ElementTree.tostring(shape._element, encoding="unicode") for shape in forms)


def test_several_dates_stand_side_by_side_without_names(slides, coarse):
    charts = [replace(slide.chart, title=f"1. mai 20{17 + place}") for place, (_, slide) in enumerate(maps(slides)[:3])]
    together = Slide(name="maps", title="Kartet", lead="Tre", small=tuple(charts), notes=("n",), credit="Kilde: x.")
    page = opened([together], coarse).slides[0]
    groups = [shape for shape in page.shapes if shape.shape_type == KIND.GROUP and descr(shape)]
    assert [descr(group) for group in groups] == [chart.alternative for chart in charts]
    assert all(one.left + one.width <= other.left for one, other in zip(groups, groups[1:]))
    assert not [shape for group in groups for shape in every(group.shapes) if shape.has_text_frame and shape.text_frame.text]
    assert {chart.title for chart in charts} <= {shape.text_frame.text for shape in page.shapes if shape.has_text_frame}


SQUARE = np.array([(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)], float)


def area(ring: np.ndarray) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2


def test_a_ring_is_cut_at_the_edges_of_what_is_seen():
    assert area(clipped(SQUARE, (5, -5, 20, 4))) == pytest.approx(5 * 4)
    assert area(clipped(SQUARE, (2, 3, 4, 9))) == pytest.approx(2 * 6)


def test_a_ring_that_is_not_seen_leaves_nothing_and_one_within_stays_as_it_is():
    assert len(clipped(SQUARE, (20, 20, 30, 30))) == 0 and outline((SQUARE,), (20, 20, 30, 30)) is None
    assert clipped(SQUARE, (-1, -1, 11, 11)) is SQUARE


def test_a_ring_too_small_to_draw_is_left_out():
    assert outline((SQUARE * 0.001,), (-1, -1, 11, 11)) is None


# Sites


@pytest.mark.parametrize("sites", [1, 14, 60])
def test_all_sites_stand_in_a_native_table_that_fits(slides, coarse, sites):
    slide = named(slides, "sites")[1]
    rows = pd.concat([slide.table.frame] * 5, ignore_index=True).head(sites)
    rows["site"] = [f"Guovdageaidnu – Kautokeino áčđŋšŧž {place}" if place % 9 == 0 else f"{name} {place}" for place, name in enumerate(rows["site"])]
    own = replace(slide, table=Table(rows, slide.table.columns), points=tuple(rows["site"]))
    made = opened([own], coarse)
    frame = next(shape for shape in made.slides[0].shapes if shape.has_table)
    written = {cell.text for row in frame.table.rows for cell in row.cells}
    assert set(rows["site"]) <= written and slide.title in descr(frame)
    credit = next(shape for shape in made.slides[0].placeholders if shape.text_frame.text == slide.credit)
    assert sum(row.height for row in frame.table.rows) <= credit.top + credit.height - frame.top
    assert sum(column.width for column in frame.table.columns) <= made.slide_width - 2 * 64 * 6350 + 10


def test_without_any_number_at_a_date_there_is_a_deck_of_what_is_known(tables, coarse):
    held = posts(tables, "2016-01-01")
    left = remaining(tables, "2016-01-01", {}, held, None)
    homes = places(tables, "2016-01-01", "population")[["area_id", "catchment", "site_id", "people"]]
    told_early = story(Words("nb"), tables, coarse, Choices("2016-01-01", "evidence", "Scenario", left, None, None, homes))
    made = opened(told_early, coarse)
    assert len(made.slides) == len(told_early) and all(page.shapes.title.text_frame.text for page in made.slides)


# Another program


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_makes_a_page_of_every_slide(slides, file, tmp_path):
    (tmp_path / "deck.pptx").write_bytes(file)
    subprocess.run([OFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "deck.pptx"],
                   check=True, capture_output=True, timeout=120)  # fmt: skip
    pages = re.findall(rb"/Type\s*/Page\b(?!s)", (tmp_path / "deck.pdf").read_bytes())
    assert len(pages) == len(slides)
