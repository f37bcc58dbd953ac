"""A programme's own tables: empty, zero and unknown are three things; sums hold; what is odd is a warning and stops nothing."""

import pandas as pd
import pytest

from ipsdash.tables.load import load
from ipsdash.text.faults import lines
from ipsdash.text.words import Words

SITE = "kirkenes"
STAFF = ["site_id", "quarter", "fte", "headcount", "vacant", "joiners", "leavers", "quality", "source", "note_nb", "note_en"]
SERVED = ["site_id", "quarter", "referred", "started", "served", "caseload", "working", "job_starts", "closed_cases", "days_to_contact",
          "quality", "source", "note_nb", "note_en"]  # fmt: skip


def rows(names, *given):
    """Rows with these cells; quality and source are filled."""
    plain = dict.fromkeys(names, "") | {"site_id": SITE, "quality": "reported", "source": "programme"}
    return [names, *([str((plain | one)[name]) for name in names] for one in given)]


def loaded(delivery, **tables):
    for table, given in tables.items():
        delivery.write(table, rows(STAFF if table == "staffing" else SERVED, *given))
    found = load(delivery.folder)
    for lang in ("nb", "en"):
        assert all(rule and cure for *_, rule, cure in lines(Words(lang), (*found.faults, *found.warnings)))
    return found


def faults(delivery, **tables):
    return [(one.file, one.row, one.column, one.rule, one.cure) for one in loaded(delivery, **tables).faults]


def warnings(delivery, **tables):
    found = loaded(delivery, **tables)
    assert found.tables is not None, found.faults
    return [(one.file, one.row, one.column, one.rule) for one in found.warnings]


def test_a_delivery_without_a_programmes_tables_has_them_empty(delivery):
    for table in ("staffing", "service", "fidelity", "rollout"):
        delivery.file(table).unlink()
    tables = load(delivery.folder).tables
    assert all(len(getattr(tables, table)) == 0 for table in ("staffing", "service", "fidelity", "rollout"))
    assert str(tables.service["served"].dtype) == "float64"


@pytest.mark.parametrize("word", ["ukjent", "Unknown", "UKJENT"])
def test_empty_zero_and_unknown_are_three_things(delivery, word):
    row = loaded(delivery, staffing=[{"quarter": "2024Q1", "fte": "2", "headcount": "2", "vacant": word, "joiners": "0", "leavers": ""}]).tables.staffing.iloc[0]
    assert row["joiners"] == 0
    assert pd.isna(row["vacant"]) and pd.isna(row["leavers"])
    assert row["unknown"] == "vacant"


def test_another_word_among_numbers_is_a_fault(delivery):
    assert faults(delivery, staffing=[{"quarter": "2024Q1", "fte": "to"}]) == [("tables/staffing.csv", 2, "fte", "not_a_number", "write_number")]


@pytest.mark.parametrize("word", ["skjermet", "Hidden"])
def test_the_word_for_a_hidden_number_does_not_come_back_as_an_empty_cell(delivery, word):
    found = faults(delivery, staffing=[{"quarter": "2024Q1", "fte": "2", "leavers": word}])
    assert found == [("tables/staffing.csv", 2, "leavers", "hidden_number", "write_hidden_number")]


@pytest.mark.parametrize("quarter", ["2024", "2024Q5", "2024q1", "Q1 2024", "1. kvartal 2024", "1850Q1"])
def test_a_quarter_is_written_in_one_way(delivery, quarter):
    assert faults(delivery, staffing=[{"quarter": quarter, "fte": "2"}]) == [("tables/staffing.csv", 2, "quarter", "quarter_format", "write_quarter")]


def test_a_site_has_one_row_in_a_quarter(delivery):
    assert faults(delivery, staffing=[{"quarter": "2024Q1", "fte": "2"}, {"quarter": "2024Q1", "fte": "3"}])[0][3] == "duplicate_key"


def test_the_caseload_is_that_of_the_quarter_before_with_those_who_came_and_without_those_who_left(delivery):
    first = {"quarter": "2023Q4", "started": 5, "served": 20, "caseload": 20, "closed_cases": 1}
    right = {"quarter": "2024Q1", "started": 6, "served": 26, "caseload": 20 + 6 - 3, "closed_cases": 3}
    assert faults(delivery, service=[first, right]) == []
    assert faults(delivery, service=[first, right | {"caseload": 24}]) == [("tables/service.csv", 3, "caseload", "caseload_balance", "mend_caseload")]


def test_where_a_part_of_the_sum_is_missing_nothing_is_held_against_it(delivery):
    first = {"quarter": "2023Q4", "caseload": 20}
    assert faults(delivery, service=[first, {"quarter": "2024Q1", "started": "ukjent", "caseload": 40, "closed_cases": 3, "served": 50}]) == []


@pytest.mark.parametrize(("item", "score", "rule"), [("1", "6", "score_outside"), ("1", "0.5", "out_of_range"), ("", "24", "score_outside"), ("", "126", "out_of_range"), ("26", "3", "out_of_range")])
def test_an_item_is_scored_1_to_5_and_a_review_25_to_125(delivery, item, score, rule):
    names = ["site_id", "date", "item", "score", "quality", "source", "note_nb", "note_en"]
    delivery.write("fidelity", [names, [SITE, "2024-05", item, score, "reported", "programme", "", ""]])
    assert [one.rule for one in load(delivery.folder).faults] == [rule]


def test_a_review_is_the_sum_of_its_25_items(delivery):
    names = ["site_id", "date", "item", "score", "quality", "source", "note_nb", "note_en"]
    items = [[SITE, "2024-05", str(item), "4", "reported", "programme", "", ""] for item in range(1, 26)]
    for total, rules in (("100", []), ("99", ["score_sum"])):
        delivery.write("fidelity", [names, *items, [SITE, "2024-05", "", total, "reported", "programme", "", ""]])
        assert [one.rule for one in load(delivery.folder).faults] == rules


def test_more_than_twenty_clients_for_a_full_time_post_is_a_warning(delivery):
    staff = [{"quarter": "2024Q1", "fte": 2, "headcount": 2}]
    assert warnings(delivery, staffing=staff, service=[{"quarter": "2024Q1", "served": 40, "caseload": 40}]) == []
    assert warnings(delivery, staffing=staff, service=[{"quarter": "2024Q1", "served": 41, "caseload": 41}]) == [("tables/service.csv", 2, "caseload", "caseload_high")]


def test_fewer_served_than_in_the_caseload_is_a_warning(delivery):
    assert warnings(delivery, service=[{"quarter": "2024Q1", "served": 19, "caseload": 20}]) == [("tables/service.csv", 2, "served", "fewer_served_than_caseload")]


@pytest.mark.parametrize(("before", "now", "warned"), [(10, 15, False), (10, 16, True), (10, 5, False), (10, 4, True), (2, 4, False), (0, 5, True)])
def test_a_jump_of_more_than_half_from_a_quarter_to_the_next_is_a_warning(delivery, before, now, warned):
    found = warnings(delivery, service=[{"quarter": "2023Q4", "referred": before}, {"quarter": "2024Q1", "referred": now}])
    assert found == ([("tables/service.csv", 3, "referred", "jump")] if warned else [])


def test_a_quarter_that_is_left_out_is_no_jump(delivery):
    assert warnings(delivery, service=[{"quarter": "2023Q3", "referred": 10}, {"quarter": "2024Q1", "referred": 30}]) == []
