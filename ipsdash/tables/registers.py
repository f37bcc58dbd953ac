"""The register of sources as TOML: one table per source, `[napha-2019]` and its lines."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from ipsdash.tables.delimited import decoded
from ipsdash.tables.faults import Fault
from ipsdash.tables.schemas import columns_of
from ipsdash.tables.sheets import Lines
from ipsdash.tables.workbooks import as_text

HEADING = re.compile(r"""^\s*\[\s*["']?([^\[\]"']+?)["']?\s*\]""")


def read_register(path: Path, file: str) -> tuple[Lines | None, list[Fault]]:
    """The sources as rows under the heading of the table `sources`; the row of a source is the line of its heading."""
    text, remarks = decoded(path.read_bytes(), file)
    if text is None:
        return None, remarks
    try:
        register = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [*remarks, Fault(file, _line_of(error, text), None, None, "broken_toml", "mend_toml")]
    records = {source: record for source, record in register.items() if isinstance(record, dict)}
    for name in register.keys() - records.keys():
        remarks.append(Fault(file, None, name, str(register[name]), "line_without_source", "move_below_source"))
    columns = list(dict.fromkeys([*columns_of("sources"), *(name for record in records.values() for name in record)]))
    rows = [[source, *(as_text(record.get(name)) for name in columns[1:])] for source, record in records.items()]
    return Lines(file, [(0, columns), *zip(_line_numbers(text, records), rows)]), remarks


def _line_numbers(text: str, sources: Iterable[str]) -> Iterable[int]:
    """The line of each source's heading; a source written another way gets a number of its own behind the last line."""
    lines = text.splitlines()
    found = {match[1]: number for number, line in enumerate(lines, start=1) if (match := HEADING.match(line))}
    return [found.get(source, len(lines) + place) for place, source in enumerate(sources, start=1)]


def _line_of(error: tomllib.TOMLDecodeError, text: str) -> int | None:
    """The line the parser names in its message; the last line when it stopped at the end."""
    found = re.search(r"at line (\d+)", str(error))
    if found:
        return int(found[1])
    return len(text.splitlines()) if "end of document" in str(error) else None
