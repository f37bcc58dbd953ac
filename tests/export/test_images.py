"""PNG and PDF look like the SVG: its size, our letters, its hatches, its text as text."""

import json
from io import BytesIO

import pytest
from PIL import Image

import ipsdash.export.images as images
from ipsdash.export.images import pdf, png
from ipsdash.export.svg import svg
from ipsdash.figures.letters import WEIGHTS, width
from ipsdash.figures.style import STYLES
from tests.figures.every_mark import chart

pypdf = pytest.importorskip("pypdf")
ttLib = pytest.importorskip("fontTools.ttLib")
make_fonts = pytest.importorskip("tests.export.make_fonts")
LETTERS = "æøåÆØÅáčđŋšŧžÁČĐŊŠŦŽ"
WIDTHS = json.loads((make_fonts.FIGURES / "widths.json").read_text("utf-8"))
BLACK, WHITE, RED = (0, 0, 0), (255, 255, 255), (255, 0, 0)
HATCH = (
    '<defs><pattern id="hatch" width="10" height="10" patternUnits="userSpaceOnUse"><rect width="10" height="10" fill="white"/>'
    '<rect width="5" height="10" fill="red"/></pattern></defs><rect width="100" height="100" fill="url(#hatch)"/>'
)


def drawing(inside: str = "", wide: float = 100, high: float = 100) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" '
        f'font-family="Inter, Arial, sans-serif"><rect width="{wide}" height="{high}" fill="white"/>{inside}</svg>'
    )


def line(words: str, size: float, weight: int = 400, style: str = "") -> str:
    inside = f'<text x="{size}" y="{size}" font-size="{size}" font-weight="{weight}" style="{style}">{words}</text>'
    return drawing(inside, size * (2 + len(words)), 1.5 * size)


def picture(one: str, scale: float = 1) -> Image.Image:
    return Image.open(BytesIO(png(one, scale))).convert("RGB")


def ink(one: str) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is dark."""
    return picture(one).convert("L").point(lambda light: 255 * (light < 128)).getbbox()


def shipped(weight: int, family: str = "Inter"):
    return ttLib.TTFont(make_fonts.MADE / f"{family}-{make_fonts.WEIGHTS[weight]}.ttf")


# PNG


@pytest.mark.parametrize("scale,size", [(1, (1920, 1080)), (2, (3840, 2160)), (0.5, (960, 540))])
def test_a_png_has_the_size_of_the_svg_times_the_scale(scale, size):
    assert picture(drawing(wide=1920, high=1080), scale).size == size


@pytest.mark.parametrize("style", STYLES.values(), ids=lambda style: style.name)
def test_a_chart_is_drawn_in_its_colours(style):
    drawn = picture(svg(chart(), style, 800))
    colours = {colour for _, colour in drawn.getcolors(drawn.width * drawn.height)}
    wanted = (style.background, style.ink, style.look("reported").fill, style.look("no_data").hatch)
    assert {tuple(bytes.fromhex(colour[1:])) for colour in wanted} <= colours


def test_the_same_picture_is_the_same_bytes():
    one = svg(chart(), STYLES["light"], 800)
    assert png(one) == png(one)
    assert pdf([one, one]) == pdf([one, one])


@pytest.mark.parametrize("broken", ["", "no picture", "<svg", "<table/>", drawing("<g>"), drawing(wide=0)])
def test_what_is_not_an_svg_is_named_as_such(broken):
    with pytest.raises(ValueError, match="the picture"):
        png(broken)
    with pytest.raises(ValueError, match="the picture"):
        pdf([drawing(), broken])


@pytest.mark.parametrize("scale", [0, -1, float("nan")])
def test_a_scale_is_above_zero(scale):
    with pytest.raises(ValueError, match="above zero"):
        png(drawing(), scale)


# What an SVG may hold


def test_a_hatch_is_drawn():
    drawn = picture(drawing(HATCH))
    assert drawn.getpixel((2, 50)) == drawn.getpixel((52, 50)) == RED
    assert drawn.getpixel((7, 50)) == drawn.getpixel((57, 50)) == WHITE


def test_a_picture_in_a_picture_has_its_own_scale_and_is_cut_at_its_edge():
    drawn = picture(drawing('<svg x="20" y="40" width="50" height="50" viewBox="0 0 10 10"><rect x="5" width="10" height="5"/></svg>'))
    assert drawn.convert("L").point(lambda light: 255 * (light < 128)).getbbox() == (45, 40, 70, 65)


def test_what_lies_outside_a_clip_path_is_not_drawn():
    clip = '<defs><clipPath id="clip"><rect x="10" y="10" width="30" height="20"/></clipPath></defs>'
    assert ink(drawing(f'{clip}<g clip-path="url(#clip)"><rect width="100" height="100"/></g>')) == (10, 10, 40, 30)


def test_a_ring_in_a_ring_is_a_hole():
    drawn = picture(drawing('<path fill-rule="evenodd" d="M0 0h100v100h-100zM20 20h60v60h-60z"/>'))
    assert (drawn.getpixel((10, 50)), drawn.getpixel((50, 50))) == (BLACK, WHITE)


def test_a_dash_has_gaps():
    drawn = picture(drawing('<path d="M0 50h100" stroke="black" stroke-width="10" stroke-dasharray="20 10"/>'))
    assert [drawn.getpixel((x, 50)) for x in (10, 25, 40, 55)] == [BLACK, WHITE, BLACK, WHITE]


def test_a_halo_lies_under_its_letters():
    halo = '<text x="20" y="80" font-size="80" {}>l</text>'
    plain, under = drawing(halo.format("")), drawing(halo.format('stroke="red" stroke-width="20" paint-order="stroke"'))
    left, _, right, _ = ink(plain)
    drawn = picture(under)
    assert drawn.getpixel(((left + right) // 2, 50)) == BLACK
    assert drawn.getpixel((left - 4, 50)) == drawn.getpixel((right + 4, 50)) == RED


# Letters


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_has_the_outline_of_inter(letter, weight):
    face = next(face for face in map(lambda part: make_fonts.woff2(weight, part), ("latin", "latin-ext")) if ord(letter) in face.getBestCmap())
    glyph = face["glyf"][face.getBestCmap()[ord(letter)]]
    size = 400
    own = [size * end / face["head"].unitsPerEm for end in (glyph.xMin, -glyph.yMax, glyph.xMax, -glyph.yMin)]
    assert ink(line(letter, size, weight)) == pytest.approx([size + end for end in own], abs=1)


@pytest.mark.parametrize("weight", WEIGHTS)
def test_a_line_is_as_wide_as_it_was_measured(weight):
    left, _, right, _ = ink(line("Kárášjohka, Ŧáŋŋi og Bodø", 100, weight))
    assert right - left == pytest.approx(width("Kárášjohka, Ŧáŋŋi og Bodø", 100, weight), rel=0.02)


@pytest.mark.parametrize("weight", WEIGHTS)
def test_tabular_figures_are_equally_wide(weight):
    ends = [ink(line(f"{figures}|", 100, weight, "font-variant-numeric:tabular-nums"))[2] for figures in ("111,1", "888,8", "404,0")]
    assert max(ends) - min(ends) <= 1
    assert ink(line("111,1|", 100, weight))[2] < ends[0] - 20


def test_no_font_of_the_machine_is_known():
    assert set(images.FONTS.families()) == {
        "Inter", "Inter Tabular", "DejaVu Sans Mono", "Libertinus Serif", "New Computer Modern", "New Computer Modern Math",
    }  # fmt: skip


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("part", ["latin", "latin-ext"])
def test_the_renderer_s_letters_are_those_of_the_screen(part, weight):
    screen, ours = make_fonts.woff2(weight, part), shipped(weight)
    shown, drawn = screen.getBestCmap(), ours.getBestCmap()
    assert not set(shown) - set(drawn)
    differing = [
        chr(code)
        for code in shown
        if screen["hmtx"][shown[code]] != ours["hmtx"][drawn[code]]
        or screen["glyf"][shown[code]].getCoordinates(screen["glyf"])[0] != ours["glyf"][drawn[code]].getCoordinates(ours["glyf"])[0]
    ]
    assert not differing


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_measured_letter_is_in_the_renderer_s_font_and_as_wide(weight):
    face = shipped(weight)
    own = {chr(code): face["hmtx"][glyph][0] * 1000 / face["head"].unitsPerEm for code, glyph in face.getBestCmap().items()}
    assert {letter: own.get(letter) for letter in WIDTHS[str(weight)]} == pytest.approx(WIDTHS[str(weight)], abs=0.5)


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("file,family", [("Inter", "Inter"), ("InterTabular", "Inter Tabular")])
def test_a_font_is_named_by_family_and_weight(file, family, weight):
    face = shipped(weight, file)
    assert (face["name"].getBestFamilyName(), face["OS/2"].usWeightClass) == (family, weight)


# PDF


def read(pages: list[str]) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf(pages)))


def test_each_svg_is_a_page_of_its_own_size():
    sizes = [[float(page.mediabox.width), float(page.mediabox.height)] for page in read([drawing(wide=1920, high=1080), drawing()]).pages]
    # Points are 72 an inch, pixels 144.
    assert sizes == [pytest.approx([40 / 3 * 72, 7.5 * 72], abs=0.01), pytest.approx([50, 50], abs=0.01)]


def test_more_than_nine_pages_keep_their_order():
    said = [page.extract_text().strip() for page in read([line(f"side{at}", 20) for at in range(12)]).pages]
    assert said == [f"side{at}" for at in range(12)]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_text_stays_text(weight):
    assert f"Bodø og Kárášjohka {LETTERS}" in read([line(f"Bodø og Kárášjohka {LETTERS}", 20, weight)]).pages[0].extract_text()


def test_tabular_figures_can_be_read_again():
    assert "1 111,5 %" in read([line("1 111,5 %", 20, style="font-variant-numeric:tabular-nums")]).pages[0].extract_text()


def test_all_letters_of_a_chart_are_inter_in_its_pdf():
    fonts = names(read([svg(chart(), STYLES["projector"], 1920)]).pages[0])
    assert {name.split("-")[0] for name in fonts} == {"Inter", "InterTabular"}


def names(page) -> set[str]:
    """The fonts that a page or the drawings in it use, without the mark of a subset."""
    resources = page.get("/Resources", {})
    own = {font.get_object()["/BaseFont"].split("+")[-1] for font in resources.get("/Font", {}).values()}
    return own.union(*(names(inner.get_object()) for inner in resources.get("/XObject", {}).values()))


def alternatives(part) -> list[str]:
    """The texts in the tree of a PDF's parts."""
    inner = part.get("/K", [])
    nodes = (node.get_object() for node in (inner if isinstance(inner, list) else [inner]))
    own = [part["/Alt"]] if "/Alt" in part else []
    return own + [text for node in nodes if isinstance(node, dict) for text in alternatives(node)]


def test_title_and_description_are_the_text_for_those_who_do_not_see():
    inner = "<svg><title>Veien &amp; målet</title><desc>Fra 5 til 45.</desc></svg>"
    reader = read([drawing(f"<title>Lysbilde</title>{inner}<rect><title>Bodø</title></rect>")])
    assert alternatives(reader.trailer["/Root"]["/StructTreeRoot"]) == ["Lysbilde Veien & målet Fra 5 til 45."]


def test_a_pdf_has_a_page():
    with pytest.raises(ValueError, match="at least one page"):
        pdf([])
