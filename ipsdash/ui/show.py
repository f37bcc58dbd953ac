"""What pages are made of: headlines, key numbers, charts with table and download, notes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

import pandas as pd
import pyarrow as pa
from streamlit.delta_generator import DeltaGenerator

from ipsdash.domain.provenance import Number, Said, united, weakest
from ipsdash.domain.remaining import Remaining
from ipsdash.domain.staffing import Turnover
from ipsdash.export import tables as files
from ipsdash.export.slides import wall
from ipsdash.export.svg import alone, svg
from ipsdash.figures import plotly
from ipsdash.figures.chart import Chart, Table
from ipsdash.figures.style import STYLES
from ipsdash.text.credits import credit
from ipsdash.text.words import Words
from ipsdash.ui import borders, controls, link, map
from ipsdash.ui import plain_streamlit as st
from ipsdash.ui.picture import draw
from ipsdash.ui.reader import Reader

# Of pictures, px: half a page on a wall, on a laptop and a phone, a third of a page and a phone.
HALF, SMALL = (820, 560, 340), (400, 300)
# Of a table on a page.
MOST_ROWS = 200
# The width of a picture that is taken away, px.
PICTURE = 1200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class KeyNumber:
    """A number that leads a page: what it is, the number as written, a note, and where it is from."""

    label: str
    value: str
    note: str
    credit: str
    quality: str


def long_link(words: Words) -> None:
    """Says that the link of this page may be cut on its way, where it is long."""
    if link.length() > link.MAX_SAFE_LENGTH:
        message(words("link.long", most=link.MAX_SAFE_LENGTH, length=link.length()))


def headline(text: str, lead: str = "") -> None:
    """The page's finding, and a sentence or two below it."""
    st.title(text, anchor=False)
    if lead:
        st.html(f'<p class="ips-lead">{escape(lead)}</p>')


def later() -> DeltaGenerator:
    """A place on top of the page for its finding, which is known only when its choices have been drawn."""
    return st.container()


def headline_in(place: DeltaGenerator, text: str, lead: str = "") -> None:
    """The page's finding, in a place kept by `later`."""
    with place:
        headline(text, lead)


def row(key: str) -> DeltaGenerator:
    """Choices side by side."""
    return st.container(horizontal=True, vertical_alignment="bottom", key=key)


def heading(text: str) -> None:
    """The heading of a part of a page."""
    st.header(text, anchor=False)


def note(text: str) -> None:
    """A plain paragraph."""
    st.html(f'<p class="ips-note">{escape(text)}</p>')


def message(text: str) -> None:
    """What is missing and how to supply it."""
    st.info(text)


def key_number(reader: Reader, label: str, value: str, text: str, *parts: Number | Said | Remaining | Turnover) -> KeyNumber:
    """A key number made of these: united sources, weakest quality."""
    return reader.once(sourced, reader.words, reader.tables.sources, label, value, text, *parts)


def sourced(words: Words, register: pd.DataFrame, label: str, value: str, text: str, *parts: Number | Said | Remaining | Turnover) -> KeyNumber:
    """As `key_number`, for a function whose result is made once. register: of the sources."""
    source, quality = united(one.source for one in parts), weakest(one.quality for one in parts)
    return KeyNumber(label, value, text, credit(words, register, source, quality), quality)


def key_numbers(cards: list[KeyNumber]) -> None:
    """At most four key numbers side by side."""
    drawn = "".join(
        f'<div class="ips-key ips-{one.quality}"><dt>{escape(one.label)}</dt><dd><span class="ips-value">{escape(one.value)}</span>'
        f'<span class="ips-about">{escape(one.note)}</span><span class="ips-credit">{escape(one.credit)}</span></dd></div>'
        for one in cards
    )
    st.html(f'<dl class="ips-keys">{drawn}</dl>')


def chart(reader: Reader, one: Chart, top: bool = False) -> None:
    """A chart with its title, its source line, its table and its files. top: it stands below no heading but the page's."""
    with st.container(key=f"chart-{one.name}"):
        caption(one, top)
        view = controls.view(reader.words, one.name, one.title)
        if view == "chart":
            figure = reader.once(plotly.figure, one, reader.style)
            st.plotly_chart(figure, theme=None, config=plotly.CONFIG, alt=one.alternative, key=f"{one.name}-plot")
        else:
            numbers(reader, one, view)
        credit_line(one)


def caption(one: Chart, top: bool = False) -> None:
    """A chart's finding as heading, and what it shows below. top: it stands below no heading but the page's."""
    (st.header if top else st.subheader)(one.title, anchor=False)
    if one.subtitle:
        st.html(f'<p class="ips-note">{escape(one.subtitle)}</p>')


def picture(reader: Reader, one: Chart, top: bool = False) -> None:
    """A chart as a still picture on half a page, with its title, its source line, its table and its files."""
    caption(one, top)
    view = controls.view(reader.words, one.name, one.title)
    if view == "chart":
        _drawn(reader, one, HALF)
    else:
        numbers(reader, one, view)
    credit_line(one)


def preview(address: str, alternative: str) -> None:
    """A small picture that the server draws when it comes into sight."""
    st.html(f'<img class="ips-preview" loading="lazy" width="480" height="270" src="{escape(address, quote=True)}" alt="{escape(alternative, quote=True)}">')


def _drawn(reader: Reader, one: Chart, widths: tuple[int, ...]) -> None:
    draw({width: reader.once(svg, one, reader.style, width, heading=False) for width in widths}, f"{one.name}-picture")


def small_charts(reader: Reader, charts: list[Chart]) -> None:
    """Small charts with the same axes, side by side, below the chart that has all their numbers in its table."""
    columns = st.columns(3, gap="medium")
    for place, one in enumerate(charts):
        with columns[place % len(columns)]:
            caption(one)
            _drawn(reader, one, SMALL)
            credit_line(one)


def made_map(reader: Reader, key: str, maker: Callable[..., Chart], *given: object, top: bool = False) -> None:
    """A map that a function makes (`map.show_made`), with its finding, its table, its files and its source line.
    top: it stands below no heading but the page's."""
    one = reader.once(maker, reader.words, reader.tables, borders.load(reader.tables), *given)
    caption(one, top)
    view = controls.view(reader.words, key, one.title, "map")
    if view == "chart":
        map.show_made(reader, key, maker, *given)
    else:
        numbers(reader, one, view)
    credit_line(one)


def more(reader: Reader, title: str, name: str, one: Table) -> None:
    """A table with its files that opens when it is asked for."""
    with st.expander(title, key=f"more-{name}", on_change="rerun") as opened:
        if opened.open:
            listing(reader, name, one)


def listing(reader: Reader, name: str, one: Table) -> None:
    """A table with its files. Of a long one the page has the beginning: a browser takes 14 s to draw the changes of a large programme."""
    rows = len(one.frame)
    table(reader, one if rows <= MOST_ROWS else replace(one, frame=one.frame.head(MOST_ROWS)))
    if rows > MOST_ROWS:
        note(reader.words("download.beginning", shown=MOST_ROWS, rows=rows))
    downloads(reader, name, one, [])


def numbers(reader: Reader, one: Chart, view: str) -> None:
    """The numbers of a chart: as a table, or as files."""
    if view == "table":
        table(reader, one.table)
    else:
        downloads(reader, one.name, one.table, about(reader, one))
        pictures(reader, one)


def credit_line(one: Chart) -> None:
    """Where a chart's numbers are from and how sure they are."""
    st.html(f'<p class="ips-credit">{escape(one.credit)}</p>')


def facts(lines: list[tuple[str, str]]) -> None:
    """Facts of one place, by what they are called."""
    st.html('<dl class="ips-facts">' + "".join(f"<dt>{escape(name)}</dt><dd>{escape(said)}</dd>" for name, said in lines) + "</dl>")


def table(reader: Reader, one: Table) -> None:
    """A table written the reader's way."""
    st.table(reader.once(_sent, one, reader.words), hide_index=True)


def _sent(one: Table, words: Words) -> pa.Table:
    """A table as it goes to the browser, where its cells and headings are read as Markdown: Streamlit
    would make it of a frame with every run."""
    shown = files.shown(one, words).map(st.escaped).rename(columns=st.escaped)
    return pa.Table.from_pandas(shown, preserve_index=False)


def downloads(reader: Reader, name: str, one: Table, about_rows: list[tuple[str, str]]) -> None:
    """The files of a table, made when they are asked for."""
    words = reader.words
    name = words.file(name)
    about_rows = about_rows or [(words("download.source"), words.mark)] * bool(words.mark)
    with st.container(horizontal=True):
        st.download_button(
            words("download.csv"), lambda: files.csv(one, words), f"{name}.csv", "text/csv", key=f"{name}-csv", on_click="ignore"
        )
        st.download_button(
            words("download.xlsx"), lambda: files.xlsx(one, about_rows), f"{name}.xlsx", XLSX, key=f"{name}-xlsx", on_click="ignore"
        )


def pictures(reader: Reader, one: Chart) -> None:
    """The pictures of a chart, made when they are asked for: lines and text, points as on the screen and twice as many, and for a wall."""
    words, name = reader.words, reader.words.file(one.name)
    made = {
        "svg": (lambda: alone(one, reader.style, PICTURE).encode(), "image/svg+xml", f"{name}.svg"),
        "png": (lambda: _png(alone(one, reader.style, PICTURE), 1), "image/png", f"{name}.png"),
        "png_large": (lambda: _png(alone(one, reader.style, PICTURE), 2), "image/png", f"{name}-2x.png"),
        "png_wall": (lambda: _png(wall(one, STYLES["projector"]), 2), "image/png", f"{name}-3840x2160.png"),
    }
    with st.container(horizontal=True):
        for form, (make, kind, file) in made.items():
            st.download_button(words(f"download.{form}"), make, file, kind, key=f"{one.name}-{form}", on_click="ignore")


def _png(drawing: str, scale: float) -> bytes:
    # The renderer takes 0.03 s to import, and most readers never ask for a picture.
    from ipsdash.export.images import png

    return png(drawing, scale)


def about(reader: Reader, one: Chart) -> list[tuple[str, str]]:
    """What a downloaded file says about its numbers."""
    told = {"title": one.title, "subtitle": one.subtitle, "alternative": one.alternative, "source": one.credit}
    return [(reader.words(f"download.{name}"), text) for name, text in told.items()]


def long_text(reader: Reader, name: str) -> None:
    """A long text in the reader's language."""
    st.markdown(reader.words.long(name))
