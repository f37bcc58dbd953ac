"""The parts of a workbook before anything opens it: how much they unpack to is counted, never believed."""

import re
import zipfile
from copy import copy
from pathlib import Path
from xml.parsers import expat

# The office format knows these two only. Of the others a part of 1 kB may unpack to a gigabyte in one breath.
WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
CONTENT_TYPES = "[Content_Types].xml"
# What a machine can take in a few seconds: 150 sites by 40 quarters are 200 000 cells, and a messy workbook has 100 000 tags of formats.
MOST_PARTS, MOST_CELLS, MOST_TAGS = 5_000, 1_000_000, 500_000
# Expat before 2.6 reads an unfinished tag or comment again from its beginning with every piece it is
# given: one of 30 MB, 34 kB when packed, took 20 s. The longest tag of an office program has a few kB.
# A text of 30 million line ends becomes as many objects; a cell has at most 32,767 characters.
MAX_TOKEN_BYTES, PIECE_BYTES = 400_000, 65_536
LONG_TEXT = re.compile(rb"<[^<]{%d}" % MAX_TOKEN_BYTES)
MAX_DEPTH = 200
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
            content = _content(parts, part)
            more_cells, more_tags = _counted(content)
            cells, tags = cells + more_cells, tags + more_tags
            if cells > MOST_CELLS or tags > MOST_TAGS:
                break
            _check_markup(content)
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


def _is_markup(content: bytes) -> bool:
    """Whether a part is XML, as far as its beginning tells, in any encoding that expat reads."""
    return content[:100].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<")


def _counted(content: bytes) -> tuple[int, int]:
    """How many cells a part has, and how many tags that are not of cells and their texts: openpyxl makes an object of each.

    Texts that cells share and rows count as cells: a million of them take as long, whether a cell names them or not.
    """
    if not _is_markup(content):
        return 0, 0
    if b"\0" in content[:100]:
        # UTF-16: without the zeros its tags are those of ASCII.
        content = content.replace(b"\0", b"")
    tags = content.count(b"<")
    found = CELLS.search(content[:10_000])
    if not found:
        return 0, tags
    opened = {tag: sum(content.count(b"<%s%s%s" % (found[1], tag.encode(), end)) for end in (b">", b" ", b"/")) for tag in CELL_TAGS}
    closed = sum(content.count(b"</%s%s>" % (found[1], tag.encode())) for tag in CELL_TAGS)
    return max(opened.values()), tags - sum(opened.values()) - closed


class _Depth:
    """Counts the elements that are open."""

    def __init__(self):
        self.open = 0

    def enter(self, *_: object) -> None:
        """Raises Refused for one element too many."""
        self.open += 1
        if self.open > MAX_DEPTH:
            raise Refused("too_much_around", "paste_into_template")

    def leave(self, _: str) -> None:
        self.open -= 1


def _check_markup(content: bytes) -> None:
    """Raises Refused for a tag, comment or text that is too long or elements nested too deeply.

    What is no XML from some place on is left to its reader, which stops at the same place.
    """
    if not _is_markup(content):
        return
    if LONG_TEXT.search(content):
        raise Refused("too_much_around", "paste_into_template")
    depth, parser = _Depth(), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = depth.enter, depth.leave
    try:
        for begin in range(0, len(content), PIECE_BYTES):
            parser.Parse(content[begin : begin + PIECE_BYTES], False)
            if begin + PIECE_BYTES - parser.CurrentByteIndex > MAX_TOKEN_BYTES:
                raise Refused("too_much_around", "paste_into_template")
    except (expat.ExpatError, ValueError):
        return
