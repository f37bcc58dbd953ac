"""Rows beneath a table are one fault for the block, with its rows named."""

import pytest

from ipsdash.store.deliveries import received
from ipsdash.tables.faults import Fault
from tests.conftest import PUBLIC
from tests.store.broken import HEADS, row
from tests.workbooks import workbook

HEADING = list(HEADS["staffing"])
FIRST = row("staffing")
DRAGGED = dict.fromkeys(HEADING) | {"quality": "reported", "source": "programme"}


def faults(*rows: list[object]) -> tuple[Fault, ...]:
    return received("tall.xlsx", workbook(staffing=[HEADING, FIRST, *rows]), None, PUBLIC, True).loaded.faults


def line(**cells: object) -> list[object]:
    """A row of these cells only."""
    return [cells.get(name) for name in HEADING]


@pytest.mark.parametrize("label", ["Sum", "sum:", "Totalt", "TOTAL", "I alt", "Til sammen", "Delsum", "Grand total", "Gjennomsnitt", "Subtotal"])
def test_a_row_that_sums_is_one_fault(label):
    (fault,) = faults(line(site_id=label, fte="=SUM(C2:C2)", headcount=2))
    assert (fault.rule, fault.cure, fault.cell, fault.value) == ("sum_row", "remove_rows", "A3", label)
    assert fault.values["rows"] == "3"


def test_a_sum_in_the_middle_is_one_fault_too_and_the_rows_below_are_checked():
    found = faults(line(site_id="Sum", fte=2), row("staffing", site_id="alta", fte="mange"))
    assert [(one.row, one.rule) for one in found] == [(3, "sum_row"), (4, "not_a_number")]


def test_a_sum_without_a_word_is_one_fault():
    (fault,) = faults(line(fte=2, headcount=2))
    assert (fault.rule, fault.cell) == ("sum_row", "C3")


def test_cells_that_were_dragged_down_too_far_are_one_fault_for_the_block():
    (fault,) = faults(*([list(DRAGGED.values())] * 60))
    assert (fault.rule, fault.cure, fault.cell) == ("dragged_rows", "clear_rows", "H3")
    assert fault.values == {"rows": "3–62", "count": 60, "columns": "quality, source", "key": "site_id, quarter"}


def test_a_site_dragged_along_is_still_one_block():
    (fault,) = faults(*([list((DRAGGED | {"site_id": "kirkenes"}).values())] * 5))
    assert (fault.rule, fault.values["rows"]) == ("dragged_rows", "3–7")


def test_empty_lines_between_do_not_part_a_block():
    (fault,) = faults(list(DRAGGED.values()), [None] * len(HEADING), list(DRAGGED.values()))
    assert fault.values["rows"] == "3–5"


def test_a_remark_beneath_the_table_is_one_fault():
    (fault,) = faults(line(site_id="Kilde: årsrapporten"))
    assert (fault.rule, fault.cell, fault.value) == ("remark_row", "A3", "Kilde: årsrapporten")


def test_two_kinds_of_blocks_are_two_faults():
    found = faults(list(DRAGGED.values()), list(DRAGGED.values()), line(site_id="Sum", fte=4))
    assert [(one.rule, one.values["rows"]) for one in found] == [("dragged_rows", "3–4"), ("sum_row", "5")]


def test_rows_with_numbers_and_without_their_key_are_one_fault():
    (fault,) = faults(*([list((DRAGGED | {"fte": 2}).values())] * 3))
    assert (fault.rule, fault.cure, fault.values["rows"]) == ("rows_without_key", "fill_key_or_remove", "3–5")


def test_a_row_of_the_table_with_an_empty_cell_is_that_fault(delivery):
    found = faults(row("staffing", quarter=None), row("staffing", site_id="alta"))
    assert [(one.row, one.column, one.rule) for one in found] == [(3, "quarter", "empty_cell")]
    delivery.change("goals", 2, goal_id="")
    assert [(one.column, one.rule) for one in delivery.faults()] == [("goal_id", "empty_cell")]
