"""One site on a page that prints on one sheet: which one, its key numbers, its parts."""

from collections.abc import Iterable
from html import escape

import pandas as pd

from ipsdash.domain import site as domain
from ipsdash.domain.provenance import Said
from ipsdash.domain.site import Site
from ipsdash.export import tables as files
from ipsdash.figures import facts
from ipsdash.figures import site as figures
from ipsdash.figures.chart import Table
from ipsdash.text.credits import credit
from ipsdash.text.hidden import written
from ipsdash.text.money import posts
from ipsdash.text.words import Words
from ipsdash.ui import controls, link, missing, places, scenario, show
from ipsdash.ui import plain_streamlit as st
from ipsdash.ui.reader import Reader
from ipsdash.ui.show import KeyNumber


def chosen(me: Reader) -> str | None:
    """The site that is looked at: the place of the link, or the site that serves it where it is a municipality. Says what it cannot
    have, and which municipality led here."""
    names = me.once(places.names, me.tables)
    place = link.settle("place", [None, *names], None)
    served = place if place in set(me.tables.sites["site_id"]) else me.once(domain.serving, me.tables, place, me.date) if place else None
    controls.site(me.words, {one: names[one] for one in me.tables.sites["site_id"]}, served)
    scenario.refused(me, "place")
    if place and served != place:
        show.message(me.words("site.led" if served else "site.unserved", municipality=names[place], date=me.date, **({"site": names[served]} if served else {})))
    return served


def found(me: Reader, site_id: str) -> Site:
    """What is known of a site."""
    return me.once(domain.site, me.tables, site_id, me.date, me.assumed["value"])


def listed(me: Reader) -> None:
    """All sites, each leading to its page."""
    names = me.once(places.names, me.tables)
    with st.container(key="places", gap="small"):
        for one in me.tables.sites["site_id"]:
            places.to_page(names[one], one)


def cards(me: Reader, one: Site) -> list[KeyNumber]:
    """At most four: posts filled, the score, people served in the newest quarter, jobs started in the newest year."""
    return me.once(_cards, me.words, me.tables.sources, one)


def _cards(words: Words, register: pd.DataFrame, one: Site) -> list[KeyNumber]:
    made = {"staff": _staff(words, one), "score": _score(words, one), "served": _cell(words, one.quarters, "served"), "job_starts": _cell(words, one.years, "job_starts")}
    return [
        show.sourced(words, register, words(f"site.key.{name}"), value, note, Said(row["quality"], row["source"]))
        for name, (value, note, row) in made.items() if row is not None
    ]  # fmt: skip


# Of a key number: the number as written, a note, and the row it is from; nothing and no row where nobody told.
_Told = tuple[str, str, pd.Series | None]
_UNTOLD: _Told = ("", "", None)


def _staff(words: Words, one: Site) -> _Told:
    known = one.staff.dropna(subset=["fte"])
    if known.empty:
        return _UNTOLD
    row = known.iloc[-1]
    note = words.quarter(row["quarter"]) if pd.isna(row["vacant"]) else words("site.key.staff_note", quarter=row["quarter"], vacant=posts(words, row["vacant"]))
    return words.number(row["fte"], 1), note, row


def _score(words: Words, one: Site) -> _Told:
    known = one.reviews.dropna(subset=["score"])
    if known.empty:
        return _UNTOLD
    row = known.iloc[-1]
    return words.number(row["score"]), words("site.key.score_note", band=words(f"fidelity.band.{row['band']}"), date=row["date"]), row


def _cell(words: Words, cells: pd.DataFrame, measure: str) -> _Told:
    mine = cells[(cells["measure"] == measure) & (cells["source"] != "")]
    if mine.empty:
        return _UNTOLD
    row = mine.iloc[-1]
    return written(words, row["value"], row["state"], row["bound"]), words.quarter(row["period"]) if "Q" in row["period"] else row["period"], row


def hint(me: Reader) -> None:
    """How the page is printed; not on the print itself."""
    with st.container(key="sheet-print"):
        show.note(me.words("site.print"))


def about(me: Reader, one: Site) -> None:
    """What it is, whom it serves, its neighbours."""
    words = me.words
    show.heading(words("site.about_heading"))
    show.facts(me.once(facts.facts, words, me.tables, one.row["site_id"], me.date))
    show.heading(words("site.catchment_heading"))
    show.note(me.once(figures.catchment_sentence, words, one))
    grid(me, me.once(figures.catchment_table, words, one, me.names), words("site.catchment_heading"))
    show.note(me.once(figures.near_sentence, words, one, me.tables.sites))


def steps(me: Reader, one: Site) -> None:
    """How far the roll-out has come."""
    part(me, "rollout", me.once(figures.steps_table, me.words, one))


def staff(me: Reader, one: Site) -> None:
    """Posts by quarter."""
    if one.staff.empty:
        nothing(me, "staffing")
    else:
        show.picture(me, me.once(figures.staff_chart, me.words, me.tables.sources, one), top=True)


def quality(me: Reader, one: Site) -> None:
    """The score, its band, the weakest items, the next review."""
    drawn = me.once(figures.quality_chart, me.words, me.tables.sources, one, me.assumed["value"])
    if drawn is None:
        nothing(me, "fidelity")
    else:
        show.picture(me, drawn, top=True)
    sentences(me.once(figures.quality_sentences, me.words, one, me.tables.fidelity_items, me.date))


def people(me: Reader, one: Site) -> None:
    """What came of it for those who took part, hidden where it must be."""
    part(me, "service", me.once(figures.people_table, me.words, one), me.once(figures.hidden_sentences, me.words, one) if len(one.quarters) else [])


def money(me: Reader, one: Site) -> None:
    """Who pays, how long, and what a post costs."""
    part(me, "funding", me.once(figures.money_table, me.words, one), me.once(figures.money_sentences, me.words, one))


def part(me: Reader, name: str, table: Table | None, said: Iterable[str] = ()) -> None:
    """A part of the page that is a table, or says that it is not told."""
    if table is None:
        nothing(me, name)
        return
    show.heading(me.words(f"site.part_heading.{name}"))
    grid(me, table, me.words(f"site.part_heading.{name}"))
    sentences(said)
    with st.container(key=f"site-files-{name}"):
        show.downloads(me, f"site-{name}", table, [])


def nothing(me: Reader, name: str) -> None:
    """A part that nothing is told of."""
    show.heading(me.words(f"site.part_heading.{name}"))
    show.note(me.words(f"site.nothing.{name}"))


def sentences(said: Iterable[str]) -> None:
    """Sentences as one paragraph."""
    text = " ".join(said)
    if text:
        show.note(text)


def grid(me: Reader, table: Table | None, name: str) -> None:
    """A small table in plain HTML, so that it prints as it stands."""
    if table is None:
        return
    st.html(me.once(_grid, table, me.words, name))


def _grid(table: Table, words: Words, name: str) -> str:
    shown = files.shown(table, words)
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in shown.columns)
    rows = "".join(
        "<tr>" + "".join(f"<th scope='row'>{escape(cell)}</th>" if not place else f"<td>{escape(cell)}</td>" for place, cell in enumerate(row)) + "</tr>"
        for row in shown.itertuples(index=False, name=None)
    )
    return f'<div class="ips-scroll" tabindex="0" role="region" aria-label="{escape(name, quote=True)}"><table class="ips-table ips-grid"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'


def end(me: Reader, one: Site) -> None:
    """Where all of it is from, and how it is printed; what is lacking where nothing of the site is told."""
    said = me.words("site.as_of", date=me.date)
    st.html(f'<p class="ips-credit">{escape(said)} {escape(me.once(credit, me.words, me.tables.sources, one.source, one.quality))}</p>')
    if one.empty and me.tables.staffing.empty:
        missing.lacking(me, "staffing")
