"""The tables themselves: what a row is, what the columns mean, every row with its source, and the result of validation."""

from datetime import timedelta
from html import escape

import pandas as pd

from ipsdash.domain.cells import HIDDEN
from ipsdash.figures.chart import Column, Table
from ipsdash.store.places import public_path
from ipsdash.tables.columns import COLUMNS, UNITS
from ipsdash.tables.schemas import TABLES, columns_of, key_of
from ipsdash.text.hidden import blanks_in_words
from ipsdash.ui import editions, faults, reader, show
from ipsdash.ui import plain_streamlit as st
from ipsdash.ui.reader import PREVIEW, Reader, loaded

TABLE_NAMES = tuple(TABLES)
# Where a row stands in its file or sheet.
_ROW = "row_there"
KINDS = {"number": "number", "whole": "whole", "date": "date"}


def validation(me: Reader) -> None:
    """What the check of all tables found: no faults, or no page would be shown; and what was read with a change."""
    rows = sum(len(getattr(me.tables, name)) for name in TABLE_NAMES)
    st.success(me.words("data.valid", tables=len(TABLE_NAMES), rows=rows, sources=len(me.tables.sources)))
    notes = loaded().notes
    if notes:
        show.note(me.words("data.notes", notes=len(notes)))
        faults.listed(me.words, notes)
    plain = reader.shown().dataset == reader.PUBLIC and not reader.about()
    show.note(me.words("data.folder", path=public_path().name) if plain else me.words("data.from_edition", where=where(me)))


def meaning(me: Reader, name: str) -> None:
    """What one row of a table is, and what is known to be missing."""
    show.note(me.words(f"table.{name}.row"))
    st.subheader(me.words("data.gaps_heading"), anchor=False)
    show.note(me.words(f"table.{name}.gaps"))


def columns(me: Reader, name: str) -> None:
    """The columns of a table: name in the file, heading, meaning, unit or values."""
    words = me.words
    st.subheader(words("data.columns_heading"), anchor=False)
    rows = pd.DataFrame({
        "column": columns_of(name), "heading": [words(f"column.{one}") for one in columns_of(name)],
        "meaning": [words(f"column_meaning.{one}") for one in columns_of(name)],
        "unit": [_unit(me, one) for one in columns_of(name)],
        "rule": [words("data.key") if one in key_of(name) else "" for one in columns_of(name)],
    })  # fmt: skip
    show.table(me, Table(rows, tuple(Column(one, words(f"data.heading.{one}")) for one in rows)))


def _unit(me: Reader, column: str) -> str:
    """The unit of a column, or the values it may have."""
    known = COLUMNS[column]
    if known.unit in UNITS:
        return me.words(f"unit.{known.unit}")
    return ", ".join(known.codes)


def rows(me: Reader, name: str) -> None:
    """All rows of a table as they were read, and its files."""
    frame = _frame(me, name)
    frame = me.once(_on_screen, frame) if _has_hidden(me, name) else frame
    st.subheader(me.words("data.rows_heading", rows=len(frame)), anchor=False)
    came = loaded().origins.get(name)
    if came and len(came.rows) == len(frame) and len(frame):
        show.note(me.words("data.origin_cells" if came.letters else "data.origin", where=where(me), file=came.file))
        frame = frame.assign(**{_ROW: came.rows})[[_ROW, *frame.columns]]
    shown = as_table(me, name)
    show.downloads(me, name, shown, [(me.words("download.about"), me.words(f"table.{name}.row"))])
    st.dataframe(frame, hide_index=True, column_config=_headings(me, name, came.letters if came else {}), alt=me.words(f"table.{name}.row"), key=f"rows-{name}", placeholder="–")


def as_table(me: Reader, name: str) -> Table:
    """A table of the data as the files carry it: columns by their names in the schema."""
    kinds = {one: KINDS.get(COLUMNS[one].kind, "text") for one in columns_of(name)}
    return Table(_frame(me, name), tuple(Column(one, one, kinds[one]) for one in columns_of(name)))


def _frame(me: Reader, name: str) -> pd.DataFrame:
    frame = getattr(me.tables, name)
    return me.once(blanks_in_words, me.words, frame) if _has_hidden(me, name) else frame


def _has_hidden(me: Reader, name: str) -> bool:
    """Whether some numbers of a table may be hidden."""
    return HIDDEN in getattr(me.tables, name)


def _on_screen(frame: pd.DataFrame) -> pd.DataFrame:
    """Columns of numbers and words as text: Streamlit shows a column of one kind only."""
    mixed = [name for name in frame if frame[name].map(type).nunique() > 1]
    return frame.assign(**{name: [None if pd.isna(one) else f"{one:g}" if isinstance(one, float) else one for one in frame[name]] for name in mixed})


def _headings(me: Reader, name: str, letters: dict[str, str]) -> dict:
    """The headings of the columns, with the letter each has in its spreadsheet."""
    return {_ROW: st.column_config.Column(me.words("data.row_there"))} | {one: st.column_config.Column(me.words(f"column.{one}") + (f" ({letters[one]})" if one in letters else "")) for one in columns_of(name)}


def footer(me: Reader) -> None:
    """The last lines of every page: whose numbers they are, which edition, where each of its cells can be looked up, and since when the
    store does not answer."""
    said = f' {escape(me.words("footer.edition", where=where(me)))}' if reader.shown().dataset != reader.PUBLIC and PREVIEW not in st.session_state else ""
    st.html(f'<footer class="ips-footer">{_trouble(me)}{escape(me.words("footer.line"))}{said}</footer>')


def _trouble(me: Reader) -> str:
    """Since when the store does not answer, or was found damaged, by the reader's own clock; "" while nothing is the matter."""
    found = editions.trouble(st.session_state.get(reader.EDITION, ""))
    if found is None:
        return ""
    at = found.since - timedelta(minutes=st.context.timezone_offset or 0)
    said = {"day": f"{at:%Y-%m-%d}", "hour": at.hour, "minute": at.minute}
    return f"<p><strong>{escape(me.words('footer.silent' if found.code in editions.SILENT else 'footer.damaged', **said))}</strong></p>"


def where(me: Reader) -> str:
    """What the tables were read from: a workbook that is previewed, an edition, the example, or the public files."""
    previewed, one = st.session_state.get(PREVIEW), reader.shown()
    if previewed is not None:
        return previewed.name
    return me.words("deliver.edition", number=one.number) if one.number else me.words(f"deliver.{one.dataset}")
