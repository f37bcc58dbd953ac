"""Recognises files that are no workbook this dashboard reads: each names itself and its cure.

Old Excel (.xls), password, binary workbook (.xlsb), Strict Open XML, OpenDocument (.ods), Numbers,
and CSV or web pages with the name of a workbook.
"""

import re
import zipfile
from pathlib import Path

from ipsdash.tables.parts import WAYS, Refused

COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
# Names of streams in a compound file: a workbook under a password, an old workbook.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OLD_WORKBOOKS = ("Workbook".encode("utf-16-le"), b"B\0o\0o\0k\0\0\0")
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
MIMETYPE = "mimetype"
WORKBOOK_PART = "xl/workbook.xml"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
WEB_PAGE = re.compile(rb"\s*(<!doctype html|<html|<\?xml|<table|<meta)", re.IGNORECASE)
# Bytes at the beginning of a file that show whether it is text with separators.
SAMPLE = 4096
SEPARATORS = re.compile(rb"[,;\t]")
UTF16 = (b"\xff\xfe", b"\xfe\xff")


def form_of_bytes(path: Path) -> None:
    """Raises Refused for a file that does not begin as a workbook does."""
    with path.open("rb") as file:
        begin = file.read(SAMPLE)
    if begin.startswith(COMPOUND_FILE):
        raise Refused(*_compound_form(path.read_bytes()))
    if begin.startswith(b"PK"):
        return
    if WEB_PAGE.match(begin.removeprefix(b"\xef\xbb\xbf")):
        raise Refused("web_page_as_workbook", "save_as_workbook")
    if begin.startswith(UTF16) or (b"\0" not in begin and SEPARATORS.search(begin)):
        raise Refused("csv_as_workbook", "import_csv")
    raise Refused("not_a_workbook", "save_as_xlsx")


def form_of_archive(path: Path) -> None:
    """Raises Refused for an archive of another program. Reads names and a few bytes."""
    with zipfile.ZipFile(path) as parts:
        names, mimetype = set(parts.namelist()), b""
        if MIMETYPE in names and parts.getinfo(MIMETYPE).compress_type in WAYS:
            with parts.open(MIMETYPE) as file:
                mimetype = file.read(len(OPEN_DOCUMENT))
    if mimetype == OPEN_DOCUMENT:
        raise Refused("workbook_ods", "save_as_workbook")
    if "xl/workbook.bin" in names:
        raise Refused("workbook_binary", "save_as_workbook")
    if any(name.endswith(".iwa") for name in names):
        raise Refused("workbook_numbers", "export_workbook")


def form_of_workbook(path: Path) -> None:
    """Raises Refused for a Strict workbook. Unpacks a part: `look_through` comes first."""
    with zipfile.ZipFile(path) as parts:
        if WORKBOOK_PART in parts.namelist() and STRICT in parts.read(WORKBOOK_PART):
            raise Refused("workbook_strict", "save_as_workbook")


def _compound_form(content: bytes) -> tuple[str, str]:
    """Rule and cure for a compound file: a workbook under a password, an old one, or a document."""
    if ENCRYPTED in content:
        return "workbook_protected", "remove_password"
    if any(name in content for name in OLD_WORKBOOKS):
        return "workbook_old", "save_as_workbook"
    return "not_a_workbook", "save_as_xlsx"
