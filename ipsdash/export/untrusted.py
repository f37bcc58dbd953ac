"""What is done with a workbook that a reader handed in: run in a process of its own (`ui.process_pool`).

What comes back is bounded, because the server's process draws it.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ipsdash.domain.growth import all_dates
from ipsdash.export.release import put_in
from ipsdash.store.deliveries import Delivery
from ipsdash.tables.faults import Fault
from ipsdash.tables.load import Loaded
from ipsdash.text.words import Words

# Faults of one level that are listed, and characters of a text in one of them.
MAX_FAULTS, MAX_FAULT_CHARACTERS = 2_000, 1_000
# Dates that the map of a stranger's workbook can be looked at: each takes 0.05 s. Forty quarters and
# what is public are fewer.
MAX_DATES = 50


def check_workbook(
    name: str, content: bytes, store: Path | None, public: Path, trusted: bool
) -> Delivery:
    """The delivery as `put_in` gives it, with at most MAX_FAULTS faults, warnings and notes each. Of
    somebody who does not publish with at most MAX_DATES dates."""
    delivery = put_in(name, content, store, public, trusted)
    loaded = delivery.loaded if trusted else _within_dates(delivery.loaded)
    levels = {level: bounded(getattr(loaded, level)) for level in ("faults", "warnings", "notes")}
    return replace(delivery, loaded=replace(loaded, **levels))


def _within_dates(loaded: Loaded) -> Loaded:
    """The same, or a fault instead of tables of more dates than a page can draw."""
    found = len(all_dates(loaded.tables)) if loaded.tables is not None else 0
    if found <= MAX_DATES:
        return loaded
    values = {"found": found, "most": MAX_DATES}
    fault = Fault("", None, None, None, "too_many_dates", "remove_quarters", values)
    return replace(loaded, tables=None, faults=(*loaded.faults, fault))


def mark_workbook(content: bytes, faults: Iterable[Fault], lang: str, about: str) -> bytes:
    """The workbook with its faulty cells marked. Raises ValueError when it cannot be opened."""
    # openpyxl's styles take 0.02 s to import, and a check does not need them.
    from ipsdash.export.workbook.marked import marked

    return marked(content, faults, Words(lang, about))


def bounded(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The first MAX_FAULTS with texts cut, and one that says how many more there are."""
    faults = tuple(faults)
    kept = [_cut(fault) for fault in faults[:MAX_FAULTS]]
    more = len(faults) - len(kept)
    if more:
        level = kept[-1].level
        kept.append(Fault("", None, None, None, "more_faults", "mend_first", {"more": more}, level))
    return tuple(kept)


def _cut(fault: Fault) -> Fault:
    values = {name: _short(value) for name, value in fault.values.items()}
    texts = {name: _short(getattr(fault, name)) for name in ("file", "column", "value")}
    return replace(fault, values=values, **texts)


def _short(value: object) -> object:
    if isinstance(value, str) and len(value) > MAX_FAULT_CHARACTERS:
        return f"{value[:MAX_FAULT_CHARACTERS]}…"
    return value
