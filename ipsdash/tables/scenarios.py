"""A reader's own scenarios as a file: TOML with a block `[[scenario]]` for each, its name and what it changes.

    [[scenario]]
    name = "Vårt forslag"
    target_group = "broad"
    served_share = 0.5
"""

import math
import tomllib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import pandas as pd

from ipsdash.tables.assumptions import CURES, refusal
from ipsdash.tables.delimited import decoded
from ipsdash.tables.faults import Fault, nearest
from ipsdash.tables.registers import heading_lines, line_of
from ipsdash.tables.text_normalisation import normalise, normalise_characters

BLOCK, NAME = "scenario", "name"
LONGEST_NAME, MOST = 40, 6
# Six scenarios that change all 38 assumptions are 228 lines of 8 kB. Each unknown name is compared
# with all known ones, in the server's process: 100 kB of them took a minute.
MAX_FILE_BYTES, MAX_KEYS = 20_000, 400
# tomllib takes seconds for a key of ten thousand parts.
MAX_DOTS = 100
# What separates scenarios in a link; a name cannot hold it.
FORBIDDEN = "|~,="
# May be chosen on a page of its own, and is no part of the need.
NOT_OF_NEED = ("turnover",)


@dataclass(frozen=True)
class Own:
    """A reader's scenario: its name and what it changes, assumption -> number or option."""

    name: str
    changed: dict[str, float | str]


def read_scenarios(content: bytes, file: str, assumptions: pd.DataFrame, taken: Collection[str] = ()) -> tuple[list[Own], list[Fault]]:
    """The scenarios of a file, or all its faults: when there is one fault no scenario is read.

    assumptions: the rows that are valid, indexed by assumption: least, most. taken: names that others have.
    """
    if len(content) > MAX_FILE_BYTES:
        return [], [_too_large(file)]
    text, remarks = decoded(content, file)
    if text is None:
        return [], remarks
    if max((line.count(".") for line in text.splitlines()), default=0) > MAX_DOTS:
        return [], [_too_large(file)]
    text = normalise_characters(text)
    try:
        given = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return [], [Fault(file, line_of(error, text), None, None, "broken_toml", "mend_toml")]
    blocks = given.get(BLOCK)
    if not isinstance(blocks, list) or not blocks or not all(isinstance(one, dict) for one in blocks):
        return [], [Fault(file, None, BLOCK, None, "no_scenarios", "write_scenarios")]
    if sum(1 + len(block) for block in blocks) + len(given) > MAX_KEYS:
        return [], [_too_large(file)]
    blocks = [{key: _in_range(value) for key, value in block.items()} for block in blocks]
    faults = [Fault(file, None, name, None, "unknown_block", "write_scenarios") for name in given if name != BLOCK]
    lines = heading_lines(text, [BLOCK] * len(blocks))
    found = [_own(block, file, _Lines(text.splitlines(), line), assumptions, taken, faults) for block, line in zip(blocks, lines)]
    faults += _between(found, file, lines)
    return ([], faults) if faults else (found, [])


def _in_range(value: object) -> object:
    """A value as it stands; infinite where it is a whole number too large for a float."""
    try:
        return value if not isinstance(value, int) or math.isfinite(float(value)) else math.inf
    except OverflowError:
        return math.inf


def _too_large(file: str) -> Fault:
    values = {"most": MAX_FILE_BYTES // 1_000, "keys": MAX_KEYS}
    return Fault(file, None, None, None, "scenario_file_too_large", "write_scenarios", values)


@dataclass(frozen=True)
class _Lines:
    """Where the keys of a block stand. heading: the line of its heading, from 1."""

    text: list[str]
    heading: int

    def __call__(self, key: str) -> int:
        """The line of a key, or of the block where it cannot be found."""
        for number, line in enumerate(self.text[self.heading :], start=self.heading + 1):
            if line.lstrip().startswith("["):
                break
            if line.partition("=")[0].strip().strip("\"'") == key:
                return number
        return self.heading


def _own(block: dict, file: str, line: _Lines, assumptions: pd.DataFrame, taken: Collection[str], faults: list[Fault]) -> Own:
    block = {key: normalise(one) if isinstance(one, str) else one for key, one in block.items()}
    name = block.get(NAME)
    fault = name_fault(name, file, line(NAME), taken)
    faults += [fault] if fault else []
    changed = {key: given for key, given in block.items() if key != NAME}
    faults += changed_faults(changed, file, line, assumptions)
    return Own(str(name).strip(), {key: float(given) if isinstance(given, int) else given for key, given in changed.items()})


def name_fault(name: object, file: str, line: int | None, taken: Collection[str] = ()) -> Fault | None:
    """What is wrong with the name of a scenario, or None. taken: names that others have."""
    if not isinstance(name, str) or not name.strip():
        return Fault(file, line, NAME, None, "scenario_without_name", "write_name", {"longest": LONGEST_NAME})
    if len(name.strip()) > LONGEST_NAME or set(name) & set(FORBIDDEN):
        return Fault(file, line, NAME, name, "scenario_name", "write_name", {"longest": LONGEST_NAME})
    if name.strip().casefold() in {one.casefold() for one in taken}:
        return Fault(file, line, NAME, name, "scenario_name_taken", "another_name")
    return None


def changed_faults(changed: dict[str, object], file: str, line: Callable[[str], int | None], assumptions: pd.DataFrame) -> Iterable[Fault]:
    """What is wrong with the values of a scenario: an assumption there is none of, a value that cannot be chosen. line: of a key."""
    for key, given in changed.items():
        if key not in assumptions.index:
            meant = nearest(key, assumptions.index)
            values = {"unknown": key} | ({"nearest": meant} if meant else {"columns": ", ".join(_settable(assumptions))})
            yield Fault(file, line(key), key, str(given), "unknown_assumption", "did_you_mean" if meant else "pick_assumption", values)
        elif problem := "not_to_be_chosen" if key in NOT_OF_NEED else refusal(assumptions.loc[key], key, given):
            _, cure, values = CURES[problem](assumptions.loc[key], key)
            yield Fault(file, line(key), key, str(given), problem, cure, values)


def _settable(assumptions: pd.DataFrame) -> list[str]:
    return [name for name, row in assumptions.iterrows() if name not in NOT_OF_NEED and (row["unit"] == "option" or pd.notna(row["least"]))]


def _between(found: list[Own], file: str, lines: Iterable[int]) -> Iterable[Fault]:
    """Two scenarios with one name, and more than there is room for."""
    seen: dict[str, int] = {}
    for one, line in zip(found, lines):
        if one.name in seen:
            yield Fault(file, line, NAME, one.name, "scenario_twice", "rename_scenario", {"earlier": seen[one.name]})
        seen.setdefault(one.name, line)
    if len(found) > MOST:
        yield Fault(file, None, BLOCK, None, "too_many_scenarios", "remove_scenarios", {"found": len(found), "most": MOST})
