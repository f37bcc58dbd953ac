"""One function per choice. A choice's key is its name in the link and a public interface; its options are ids."""

from collections.abc import Callable, Sequence

from ipsdash.figures.layers import LAYERS
from ipsdash.tables.columns import ASSUMPTIONS
from ipsdash.tables.load import Tables
from ipsdash.tables.plain_text import plain_text
from ipsdash.text.formats import LANGUAGES
from ipsdash.text.places import area_labels, area_names
from ipsdash.text.words import Words
from ipsdash.ui import link
from ipsdash.ui import plain_streamlit as st
from ipsdash.ui.once import once

AREA_KINDS = ("region", "county", "trust", "dps_area")
GROUPINGS = ("site", "dps_area", "trust", "county", "region")
VIEWS = ("chart", "table", "download")
WHOLE = "whole"
SITE_SHOWN = "site_shown"
# Scenarios side by side.
MOST_SIDES = 4
LEVELS = ("catchment", "municipality", "dps_area", "trust", "county", "region")
# METHOD section 5: the next 1 to 40 posts.
POSTS, POSTS_DEFAULT = range(1, 41), 5
MOST_KRONER, LONGEST_KRONER = 10_000_000, 14
# Every key of the link but those of charts, which end in VIEW.
KEYS = (
    "lang", "area", "date", "layer", "zoom", "place", "by", "turnover", "scenario", "mine", "unit", "level", "posts", "cost", "new_sites", "within", "who",
    "compare", "entry", "quarter", "measure", "site", "table", "dataset", "edition", "slides", "told", *ASSUMPTIONS,
)  # fmt: skip
# Keys of a link that are no choice, each with a sentence of its own.
MOST_UNKNOWN = 5
VIEW, STREAMLITS = "-view", "embed"


def strange(words: Words) -> None:
    """Says which keys of the link are no choice of any page: a choice that is misspelt would else be lost without a word."""
    unknown = [key for key in st.query_params if key not in KEYS and not key.endswith(VIEW) and not key.startswith(STREAMLITS)]
    for key in unknown[:MOST_UNKNOWN]:
        st.warning(words("scenario.unknown_key", key=plain_text(key, link.LONGEST_SHOWN)))
    if len(unknown) > MOST_UNKNOWN:
        st.warning(words("scenario.unknown_keys", keys=len(unknown) - MOST_UNKNOWN))


def edition() -> str:
    """The edition that the link asks for; "" for the newest."""
    return link.settle_text("edition", lambda text: text if text.isdecimal() else None, "")


def settled_dataset(datasets: dict[str, str]) -> str:
    """Whose numbers this run shows, before the control is drawn: every other choice depends on it. datasets: what each of them is now."""
    default = next(iter(datasets))
    # Where nothing is published, the public facts are the default and need no name.
    if st.query_params.get("dataset") == datasets[default]:
        del st.query_params["dataset"]
    return link.settle("dataset", list(datasets), default)


def dataset(words: Words, datasets: dict[str, str]) -> str:
    """Whose numbers: a programme's published ones, the public facts, or the invented example."""
    return _box(words("control.dataset"), "dataset", list(datasets), next(iter(datasets)), lambda one: words(f"dataset.{datasets[one]}"))


def settled_language() -> str:
    """The language of this run, before the control is drawn: titles of pages need it."""
    return link.settle("lang", LANGUAGES, LANGUAGES[0])


def language(words: Words) -> str:
    """Norwegian or English."""
    return _buttons(words("control.lang"), "lang", LANGUAGES, lambda lang: words(f"lang.{lang}"), "visible")


def area(words: Words, tables: Tables) -> str:
    """My area: the region, a county, a health trust or a DPS area."""
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


def site(words: Words, names: dict[str, str], chosen: str | None) -> None:
    """One of the sites, which then is the place of the link. chosen: the one that is shown, the place itself or the site that serves it."""
    # Not "site": that is the site which another page names (`picked`), and it would be lost here.
    st.session_state[SITE_SHOWN] = chosen
    st.selectbox(
        words("control.site"), list(names), index=None, format_func=names.get, key=SITE_SHOWN, placeholder=words("control.place_none"),
        on_change=lambda: link.keep("place", st.session_state[SITE_SHOWN]),
    )  # fmt: skip


def grouping(words: Words) -> str:
    """Whose development is shown: the sites', the DPS areas', the trusts', the counties' or the region's."""
    return _box(words("control.by"), "by", GROUPINGS, GROUPINGS[0], lambda one: words(f"by.{one}"))


def turnover(words: Words, tables: Tables) -> float:
    """Share of the staff who leave in a year, in whole per cent in the link."""
    row = tables.assumptions.set_index("assumption").loc["turnover"]
    least, most, step, start = (round(100 * row[name]) for name in ("least", "most", "step", "value"))
    return slider(words("control.turnover"), "turnover", range(least, most + 1, step), start, lambda one: words.share(one / 100)) / 100


def scenario(words: Words, names: dict[str, str], default: str) -> str:
    """A ready-made scenario or one of the reader's own."""
    return _box(words("control.scenario"), "scenario", list(names), default, names.get)


def unit(words: Words, units: Sequence[str]) -> str:
    """What unmet need is counted in on the map."""
    return _buttons(words("control.unit"), "unit", units, lambda one: words(f"need.unit.{one}"), "visible")


def level(words: Words) -> str:
    """The kind of areas the need is listed by."""
    return _box(words("control.level"), "level", LEVELS, LEVELS[0], lambda one: words(f"need.level.{one}"))


def posts(words: Words) -> int:
    """How many more posts."""
    return slider(words("control.posts"), "posts", POSTS, POSTS_DEFAULT, words.number)


def within(words: Words, bands: Sequence[int]) -> int:
    """The longest way to a site, minutes."""
    return buttons(words("control.within"), "within", bands, bands[1], lambda one: words("value.minutes", minutes=one))


def new_sites(words: Words, most: int) -> int:
    """How many new sites."""
    return buttons(words("control.new_sites"), "new_sites", range(1, most + 1), 1, words.number)


def who(words: Words, options: Sequence[str]) -> str:
    """Who new sites are to reach."""
    return _buttons(words("control.who"), "who", options, lambda one: words(f"next.who.{one}"), "visible")


def cost(words: Words) -> float | None:
    """Kroner a year for a post; None until somebody enters it, for none is known."""
    kept = link.settle_text("cost", lambda text: text if kroner(text) else None, "")
    written = st.text_input(words("control.cost"), key="cost", placeholder=words("control.cost_none"), max_chars=LONGEST_KRONER)
    if written.strip() and kroner(written) is None:
        st.warning(words("next.cost_refused", asked=written, most=MOST_KRONER))
    return kroner(written or kept)


def kroner(text: str) -> float | None:
    """Kroner as people write them, "900 000" or "900000"; None for what is not a number from 1 to MOST_KRONER."""
    digits = "".join(text.split())
    return float(digits) if digits.isdecimal() and digits.isascii() and len(digits) <= LONGEST_KRONER and 1 <= int(digits) <= MOST_KRONER else None


def compared(words: Words, names: dict[str, str], default: Sequence[str], most: int) -> list[str]:
    """Up to so many scenarios side by side: those that were chosen first."""

    def fit(asked: Sequence[str]) -> list[str]:
        return [one for one in asked if one in names][:most] or list(default)

    st.session_state["compare"] = fit(link.chosen("compare") or default)
    link.settle_text("compare", lambda text: fit(text.split(",")) if set(text.split(",")) <= set(names) else None, list(default), ",".join)
    return st.pills(words("control.compare", most=most), list(names), selection_mode="multi", key="compare", format_func=names.get)


def entry(words: Words, entries: Sequence[str], default: str | None) -> str:
    """Which kind of money is shown: budget, grant or spent, of those there are. default: None is the first."""
    return buttons(words("control.entry"), "entry", entries, default or entries[0], lambda one: words(f"entry.{one}"))


def quarter(words: Words, quarters: Sequence[str]) -> str:
    """A quarter, the newest by default. quarters: the oldest first."""
    return _box(words("control.quarter"), "quarter", quarters[::-1], quarters[-1], words.quarter)


def measure(words: Words, measures: Sequence[str]) -> str:
    """What is counted of the people that sites serve."""
    return _box(words("control.measure"), "measure", measures, measures[0], lambda one: words(f"outcomes.measure.{one}"))


def picked(words: Words, names: dict[str, str]) -> str | None:
    """A site that is named where others are not; None when none is chosen. names: by site_id."""
    link.settle("site", [None, *names], None)
    return st.selectbox(words("control.picked"), list(names), index=None, format_func=names.get, key="site", placeholder=words("control.picked_none"))


def table(words: Words, names: Sequence[str]) -> str:
    """One of the tables."""
    return _box(words("control.table"), "table", names, names[0], lambda name: words(f"table.{name}.title"))


def view(words: Words, name: str, title: str, picture: str = "chart") -> str:
    """A chart as picture, table or files. name: of the chart; picture: what the picture is called, chart or map."""
    label = f"{words('control.view')}: {title}"
    return _buttons(label, f"{name}{VIEW}", VIEWS, lambda one: words(f"control.view_{picture if one == 'chart' else one}"), "collapsed")


def slider(label: str, key: str, options: Sequence, default: object, name: Callable[[object], str]) -> object:
    """One of many numbers in order."""
    link.settle(key, options, default)
    return st.select_slider(label, options, key=key, format_func=name)


def buttons(label: str, key: str, options: Sequence, default: object, name: Callable[[object], str]) -> object:
    """One of a few, with a default of its own."""
    link.settle(key, options, default)
    return st.segmented_control(label, options, format_func=name, key=key, required=True, wrap=True)


def _box(label: str, key: str, options: Sequence[str], default: str, name: Callable[[str], str]) -> str:
    link.settle(key, options, default)
    return st.selectbox(label, options, format_func=name, key=key)


def _buttons(label: str, key: str, options: Sequence[str], name: Callable[[str], str], shown: str) -> str:
    link.settle(key, options, options[0])
    return st.segmented_control(label, options, format_func=name, key=key, required=True, label_visibility=shown, wrap=True)
