"""What differs between two datasets: rows added, changed and removed, and the numbers that lead the pages before and after."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from ipsdash.domain import growth
from ipsdash.domain.need import NoWeights, model
from ipsdash.domain.sites import states
from ipsdash.tables.load import Tables

ADDED, CHANGED, REMOVED = "added", "changed", "removed"


def changes(before: Tables, after: Tables, keys: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    """One row is a cell that differs, or a filled cell of a row that came or went: table, change (added, changed, removed), key (the
    ids of the row, a space between), column, before, after ("" where there is nothing). keys: the key columns by table."""
    found = [_table(name, getattr(before, name), getattr(after, name), list(key)) for name, key in keys.items()]
    return pd.concat(found, ignore_index=True)


def _table(name: str, before: pd.DataFrame, after: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    old, new = (_by_key(frame, key) for frame in (before, after))
    came, went = new.loc[~new.index.isin(old.index)], old.loc[~old.index.isin(new.index)]
    rows = [(name, ADDED, row, column, "", text) for row, column, text in _cells(came, key)]
    rows += [(name, REMOVED, row, column, text, "") for row, column, text in _cells(went, key)]
    both = [one for one in new.index if one in old.index]
    was, now = old.loc[both], new.loc[both].reindex(columns=old.columns, fill_value="")
    places = np.argwhere((was.to_numpy() != now.to_numpy()))
    rows += [(name, CHANGED, both[row], was.columns[column], was.iat[row, column], now.iat[row, column]) for row, column in places]
    return pd.DataFrame(rows, columns=["table", "change", "key", "column", "before", "after"], dtype="str")


def _cells(frame: pd.DataFrame, key: list[str]) -> Iterable[tuple[str, str, str]]:
    """The filled cells of rows beside their key: row, column, text."""
    names = [name for name in frame if name not in key]
    for row, *texts in frame[names].itertuples(name=None):
        yield from ((row, name, text) for name, text in zip(names, texts) if text)


def _by_key(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """The rows as text, indexed by their ids; rows with the same ids are numbered."""
    texts = frame.apply(_as_text)
    ids = pd.Series([" ".join(filter(None, row)) for row in texts[key].itertuples(index=False)], dtype="str")
    again = ids.groupby(ids).cumcount()
    return texts.set_axis([one if not place else f"{one} ({place + 1})" for one, place in zip(ids, again)], axis=0)


def _as_text(column: pd.Series) -> pd.Series:
    """A column of one type as text. Each value is written once: ids, dates and small numbers stand in thousands of rows."""
    places, values = pd.factorize(column, use_na_sentinel=False)
    return pd.Series(np.array([_written(one) for one in values], dtype=object)[places], column.index, dtype=object)


def _written(value: object) -> str:
    return "" if pd.isna(value) else f"{value:.15g}" if isinstance(value, float) else str(value)


def counted(changed: pd.DataFrame) -> pd.DataFrame:
    """One row is a table that differs: table, added, changed, removed (rows)."""
    rows = changed.drop_duplicates(["table", "change", "key"])
    found = rows.groupby(["table", "change"], sort=False).size().unstack(fill_value=0) if len(rows) else pd.DataFrame()
    return found.reindex(columns=[ADDED, CHANGED, REMOVED], fill_value=0).rename_axis("table").reset_index()


def leading(tables: Tables) -> dict[str, float | None]:
    """The numbers that lead the pages: specialists in the region by the newest full count, a newer part count of them (at
    least so many; None without one), open sites at the newest date, the newest goal, the need with the defaults, rows of
    staff and of service."""
    region = tables.areas.loc[tables.areas["kind"] == "region", "area_id"].iloc[0]
    dates = growth.dates(tables)
    full, part = growth.newest_counts(growth.specialists(tables, region))
    goals = tables.goals.query("area_id == @region and indicator == 'specialists'").sort_values("set_on", kind="stable")
    return {
        "specialists": full.value if full else None,
        "specialists_part": part.value if part else None,
        "sites": float((states(tables.sites, tables.catchments, dates[-1])["state"] == "open").sum()) if dates else None,
        "goal": float(goals["value"].iloc[-1]) if len(goals) else None, "need": _need(tables, dates[-1]) if dates else None,
        "staffing": float(len(tables.staffing)), "service": float(len(tables.service)),
    }  # fmt: skip


def _need(tables: Tables, date: str) -> float | None:
    try:
        return model(tables, date, {}).need
    except NoWeights:
        return None
