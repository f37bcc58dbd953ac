"""Workbooks made to take long are refused in words, before anything that takes long is done with them."""

import time

import openpyxl
import pytest
from openpyxl.xml import functions

from ipsdash.export.untrusted import MAX_FAULT_CHARACTERS, MAX_FAULTS, bounded, check_workbook
from ipsdash.tables.faults import Fault
from ipsdash.tables.readers import read
from ipsdash.tables.size_limits import MAX_ROWS_UNTRUSTED_OF, size_faults
from ipsdash.text.faults import lines
from ipsdash.text.formats import LANGUAGES
from ipsdash.text.words import Words
from tests.store.attacks import REFUSED, many_quarters, stacked_sites
from tests.store.broken import PUBLIC, table

# Seconds of computing. Each took 2 to 22 without the bound that refuses it.
MAX_CPU_SECONDS = 6


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_a_workbook_made_to_take_long_is_refused_in_words(make):
    content = make()
    assert len(content) < 400_000
    began = time.process_time()
    loaded = check_workbook("tall.xlsx", content, None, PUBLIC, False).loaded
    assert time.process_time() - began < MAX_CPU_SECONDS
    assert {fault.rule for fault in loaded.faults} == {REFUSED[make]} and loaded.tables is None
    for lang in LANGUAGES:
        assert all(rule and cure for *_, rule, cure in lines(Words(lang), loaded.faults))


def test_more_is_taken_from_who_may_publish_than_from_strangers():
    rows = MAX_ROWS_UNTRUSTED_OF["sites"]
    for content, trusted in ((stacked_sites(rows), False), (stacked_sites(rows + 1), True), (many_quarters(), True)):
        loaded = check_workbook("tall.xlsx", content, None, PUBLIC, trusted).loaded
        assert loaded.faults == () and loaded.tables is not None


def test_what_is_public_can_be_handed_in_by_anybody():
    for table, sheet in read(PUBLIC)[0].items():
        assert size_faults(table, sheet, False) == []


def test_openpyxl_reads_sheets_with_the_parser_that_refuses_entities():
    assert openpyxl.DEFUSEDXML
    assert functions.iterparse.__module__ == "defusedxml.common"


def test_so_many_faults_come_back_and_the_number_of_the_others():
    faults = [Fault("staffing", row, "fte", "x" * 30_000, "not_a_number", "write_number") for row in range(5_000)]
    kept = bounded(faults)
    assert len(kept) == MAX_FAULTS + 1
    assert kept[-1].values == {"more": 3_000} and kept[-1].level == "fault"
    assert max(len(fault.value or "") for fault in kept) == MAX_FAULT_CHARACTERS + 1
    assert all(line[-1] for line in lines(Words("en"), kept))
    assert bounded(faults[:3])[0].row == 0 and len(bounded(faults[:3])) == 3


def test_faults_below_the_bound_are_all_listed():
    rows = [{"quarter": f"{1990 + number // 4}Q{number % 4 + 1}", "fte": "to"} for number in range(120)]
    loaded = check_workbook("tall.xlsx", table("staffing", *rows), None, PUBLIC, False).loaded
    assert len(loaded.faults) == 120
