"""One function per choice. A choice's key is its name in the link and a public interface; its options are ids."""

from collections.abc import Callable, Sequence

import streamlit as st

from ipsdash.figures.layers import LAYERS
from ipsdash.tables.load import Tables
from ipsdash.text.formats import LANGUAGES
from ipsdash.text.places import area_labels, area_names
from ipsdash.text.words import Words
from ipsdash.ui import link
from ipsdash.ui.once import once

AREA_KINDS = ("region", "county", "trust", "dps_area")
GROUPINGS = ("site", "dps_area", "trust", "county", "region")
VIEWS = ("chart", "table", "download")
WHOLE = "whole"
# METHOD section 2: the share of the staff who leave in a year, in per cent, is our judgement.
TURNOVER = range(15, 50, 5)
TURNOVER_DEFAULT = 25


def settled_language() -> str:
    """The language of this run, before the control is drawn: titles of pages need it."""
    return link.settle("lang", LANGUAGES, LANGUAGES[0])


def language(words: Words) -> str:
    """Norwegian or English."""
    return _buttons(words("control.lang"), "lang", LANGUAGES, lambda lang: words(f"lang.{lang}"), "visible")


def area(words: Words, tables: Tables) -> str:
    """My area: the region, a county, a health trust or a DPS area."""
    kinds = tables.areas.set_index("area_id")["kind"]
    labels = once(tables, area_labels, words, tables.areas, AREA_KINDS)
    options = list(labels)
    return _box(words("control.area"), "area", options, options[0], labels.get)


def date(words: Words, dates: Sequence[str]) -> str:
    """The point in time that is looked at; the newest by default."""
    return _box(words("control.date"), "date", dates, dates[-1], words.date)


def reset(words: Words) -> None:
    """Back to the defaults, in the language that is read."""
    st.button(words("control.reset"), on_click=link.reset, args=("lang",), key="reset", type="tertiary", icon=":material/restart_alt:")


def layer(words: Words) -> str:
    """What the map shows."""
    return _box(words("control.layer"), "layer", LAYERS, LAYERS[0], lambda name: words(f"layer.{name}"))


def zoom(words: Words, tables: Tables) -> str:
    """The part of the map that is seen: my area ("whole") or a county."""
    counties = tables.areas.loc[tables.areas["kind"] == "county", "area_id"].tolist()
    names = once(tables, area_names, words, tables.areas)[counties]
    return _box(words("control.zoom"), "zoom", [WHOLE, *counties], WHOLE, lambda one: names.get(one, words("zoom.whole")))


def place(words: Words, names: dict[str, str]) -> str | None:
    """A site or municipality, found by typing its name; None when none is chosen."""
    link.settle("place", [None, *names], None)
    return st.selectbox(
        words("control.place"), list(names), index=None, format_func=names.get, key="place", placeholder=words("control.place_none")
    )


def grouping(words: Words) -> str:
    """Whose development is shown: the sites', the DPS areas', the trusts', the counties' or the region's."""
    return _box(words("control.by"), "by", GROUPINGS, GROUPINGS[0], lambda one: words(f"by.{one}"))


def turnover(words: Words) -> float:
    """Share of the staff who leave in a year."""
    link.settle("turnover", TURNOVER, TURNOVER_DEFAULT)
    percent = st.select_slider(words("control.turnover"), TURNOVER, key="turnover", format_func=lambda one: words.share(one / 100))
    return percent / 100


def table(words: Words, names: Sequence[str]) -> str:
    """One of the tables."""
    return _box(words("control.table"), "table", names, names[0], lambda name: words(f"table.{name}.title"))


def view(words: Words, name: str, title: str, picture: str = "chart") -> str:
    """A chart as picture, table or files. name: of the chart; picture: what the picture is called, chart or map."""
    label = f"{words('control.view')}: {title}"
    return _buttons(label, f"{name}-view", VIEWS, lambda one: words(f"control.view_{picture if one == 'chart' else one}"), "collapsed")


def _box(label: str, key: str, options: Sequence[str], default: str, name: Callable[[str], str]) -> str:
    link.settle(key, options, default)
    return st.selectbox(label, options, format_func=name, key=key)


def _buttons(label: str, key: str, options: Sequence[str], name: Callable[[str], str], shown: str) -> str:
    link.settle(key, options, options[0])
    return st.segmented_control(label, options, format_func=name, key=key, required=True, label_visibility=shown)
