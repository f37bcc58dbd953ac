"""Registers in TOML: one block per row, `[napha-2019]` and its lines; several rows of one id as `[[stay]]`, `[[stay]]`."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from ipsdash.tables.delimited import decoded
from ipsdash.tables.faults import Fault
from ipsdash.tables.schemas import columns_of
from ipsdash.tables.sheets import Lines
from ipsdash.tables.text_normalisation import normalise_characters
from ipsdash.tables.workbooks import as_text

HEADING = re.compile(r"""^\s*\[\[?\s*["']?([^\[\]"']+?)["']?\s*\]""")


def read_register(path: Path, file: str) -> tuple[Lines | None, list[Fault]]:
    """The blocks as rows under the heading of the table that the file is called after; the row of a block is the line of
    its heading, and what stands in the heading is the table's first column."""
    text, remarks = decoded(path.read_bytes(), file)
    if text is None:
        return None, remarks
    text = normalise_characters(text)
    try:
        register = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [*remarks, Fault(file, line_of(error, text), None, None, "broken_toml", "mend_toml")]
    key, *known = columns_of(path.stem)
    blocks = [(name, block) for name, given in register.items() for block in _blocks(given)]
    for name in register.keys() - {name for name, _ in blocks}:
        remarks.append(Fault(file, None, name, str(register[name]), "line_without_source", "move_below_source"))
    columns = list(dict.fromkeys([*known, *(name for _, block in blocks for name in block)]))
    rows = [[name, *(as_text(block.get(column)) for column in columns)] for name, block in blocks]
    return Lines(file, [(0, [key, *columns]), *zip(heading_lines(text, [name for name, _ in blocks]), rows)]), remarks


def _blocks(given: object) -> list[dict]:
    """The blocks under one heading: one, or several in double brackets."""
    return [block for block in (given if isinstance(given, list) else [given]) if isinstance(block, dict)]


def heading_lines(text: str, names: Iterable[str]) -> Iterable[int]:
    """The line of each block's heading; a block written another way gets a number of its own behind the last line."""
    lines = text.splitlines()
    found: dict[str, list[int]] = {}
    for number, line in enumerate(lines, start=1):
        if match := HEADING.match(line):
            found.setdefault(match[1], []).append(number)
    return [found[name].pop(0) if found.get(name) else len(lines) + place for place, name in enumerate(names, start=1)]


def line_of(error: Exception, text: str) -> int | None:
    """The line the parser names in its message; the last line when it stopped at the end."""
    found = re.search(r"at line (\d+)", str(error))
    if found:
        return int(found[1])
    return len(text.splitlines()) if "end of document" in str(error) else None
