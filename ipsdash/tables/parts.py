"""The parts of a workbook before anything opens it: how much they unpack to is counted, never believed."""

import re
import zipfile
from copy import copy
from pathlib import Path

# The office format knows these two only. Of the others a part of 1 kB may unpack to a gigabyte in one breath.
WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
CONTENT_TYPES = "[Content_Types].xml"
# What a machine can take in a few seconds: 150 sites by 40 quarters are 200 000 cells, and a messy workbook has 100 000 tags of formats.
MOST_PARTS, MOST_CELLS, MOST_TAGS = 5_000, 1_000_000, 500_000
# No program writes these into a workbook. Ten of them, one inside the other, become gigabytes, and one may name a file of this machine.
ENTITIES = tuple("<!ENTITY".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
SHEETS = re.compile(rb'<Override (?=[^>]*spreadsheetml\.worksheet\+xml)[^>]*PartName="/([^"]+)"')
CELLS = re.compile(rb"<((?:\w+:)?)(?:worksheet|sst)[\s>]")
CELL_TAGS = ("row", "c", "v", "f", "is", "si", "t")


class Refused(Exception):
    """A workbook that is not opened. rule, cure, values: of the fault that says so."""

    def __init__(self, rule: str, cure: str, **values: int):
        super().__init__(rule)
        self.rule, self.cure, self.values = rule, cure, values


def look_through(path: Path, largest: float) -> None:
    """Raises Refused for what is no workbook or has more than there is room for, and what zipfile raises for a damaged one.

    largest: megabytes after unpacking.
    """
    with zipfile.ZipFile(path) as parts:
        entries = parts.infolist()
        megabytes = sum(part.file_size for part in entries) / 1_000_000
        if megabytes > largest:
            raise Refused("workbook_too_large", "remove_what_is_not_data", megabytes=round(megabytes), largest=largest)
        names = {part.filename for part in entries}
        if CONTENT_TYPES not in names:
            raise Refused("not_a_workbook", "save_as_xlsx")
        if len(names) < len(entries):
            raise zipfile.BadZipFile("two parts of one name: nobody knows which is meant")
        if not {name.decode() for name in SHEETS.findall(parts.read(CONTENT_TYPES))} <= names:
            raise zipfile.BadZipFile("a sheet is missing, and openpyxl would say nothing")
        cells = tags = 0
        for part in entries if len(entries) <= MOST_PARTS else ():
            more_cells, more_tags = _counted(_content(parts, part))
            cells, tags = cells + more_cells, tags + more_tags
        if len(entries) > MOST_PARTS or cells > MOST_CELLS or tags > MOST_TAGS:
            raise Refused("too_much_around", "paste_into_template")


def _content(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """What a part unpacks to, asked for one byte more than it says: openpyxl would unpack all of a part that lies."""
    if part.compress_type not in WAYS:
        raise zipfile.BadZipFile("packed in a way that workbooks are not")
    asked = copy(part)
    asked.file_size += 1
    with parts.open(asked) as file:
        content = file.read(asked.file_size)
    if len(content) > part.file_size:
        raise zipfile.BadZipFile("larger than it says")
    if any(entity in content for entity in ENTITIES):
        raise zipfile.BadZipFile("has entities")
    return content


def _counted(content: bytes) -> tuple[int, int]:
    """How many cells a part has, and how many tags that are not of cells and their texts: openpyxl makes an object of each."""
    tags = content.count(b"<") if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else 0
    found = CELLS.search(content[:10_000])
    if not found:
        return 0, tags
    opened = {tag: sum(content.count(b"<%s%s%s" % (found[1], tag.encode(), end)) for end in (b">", b" ", b"/")) for tag in CELL_TAGS}
    closed = sum(content.count(b"</%s%s>" % (found[1], tag.encode())) for tag in CELL_TAGS)
    return opened["c"], tags - sum(opened.values()) - closed
