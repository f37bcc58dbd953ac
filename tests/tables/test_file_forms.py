"""Files in forms that cannot be read name themselves and their cure."""

import io
import zipfile

import pytest

from ipsdash.tables.faults import Fault
from ipsdash.tables.load import load
from ipsdash.text.faults import lines
from ipsdash.text.formats import LANGUAGES
from ipsdash.text.words import Words
from tests.workbooks import goals, strict

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def archive(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return file.getvalue()


FORMS = {
    "password": (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "workbook_protected", "remove_password"),
    "xls": (COMPOUND + "Workbook".encode("utf-16-le"), "workbook_old", "save_as_workbook"),
    "xls of 1995": (COMPOUND + "Book\0".encode("utf-16-le"), "workbook_old", "save_as_workbook"),
    "another compound file": (COMPOUND, "not_a_workbook", "save_as_xlsx"),
    "ods": (
        archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": b"<a/>"}),
        "workbook_ods",
        "save_as_workbook",
    ),
    "xlsb": (
        archive(**{"[Content_Types].xml": b"<Types/>", "xl__workbook.bin": b"\x83\x01"}),
        "workbook_binary",
        "save_as_workbook",
    ),
    "numbers": (archive(**{"Index__Document.iwa": b"x"}), "workbook_numbers", "export_workbook"),
    "strict": (strict(goals()), "workbook_strict", "save_as_workbook"),
    "csv": (b"\xef\xbb\xbfsite_id;quarter\r\nalta;2024Q1\r\n", "csv_as_workbook", "import_csv"),
    "csv in utf-16": ("site_id\tquarter\n".encode("utf-16"), "csv_as_workbook", "import_csv"),
    "web page": (b"<html><table><tr><td>1</td></tr></table>", "web_page_as_workbook", "save_as_workbook"),
    "xml of 2003": (b'<?xml version="1.0"?><Workbook/>', "web_page_as_workbook", "save_as_workbook"),
    "nothing": (b"", "not_a_workbook", "save_as_xlsx"),
    "damaged": (b"PK\x03\x04" + bytes(200), "workbook_damaged", "save_workbook_again"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_cannot_be_read_is_one_fault_that_names_its_form(tmp_path, form):
    content, rule, cure = FORMS[form]
    path = tmp_path / "tall.xlsx"
    path.write_bytes(content)
    faults = load(path).faults
    assert faults == (Fault("tall.xlsx", None, None, None, rule, cure),)
    for lang in LANGUAGES:
        ((*_, said, mend),) = lines(Words(lang), faults)
        assert said and mend


def test_a_csv_file_that_is_handed_in_is_told_what_to_do(tmp_path):
    path = tmp_path / "tall.csv"
    path.write_text("site_id,quarter\n", "utf-8")
    assert [fault.rule for fault in load(path).faults] == ["csv_as_workbook"]
