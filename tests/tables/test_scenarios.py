"""A reader's own scenarios as a file: what is written is read again exactly, and a faulty file gives all its faults."""

import pytest

from ipsdash.domain.assumptions import assumed
from ipsdash.export.scenarios import toml
from ipsdash.tables.faults import Fault
from ipsdash.tables.load import load
from ipsdash.tables.scenarios import read_scenarios
from ipsdash.text.faults import lines
from ipsdash.text.words import Words
from tests.conftest import PUBLIC

FILE = "mine.toml"


@pytest.fixture(scope="module")
def plain():
    return assumed(load(PUBLIC).tables.assumptions, "2019-04-12", {})


def faults(text: str, plain) -> list[tuple]:
    found, problems = read_scenarios(text.encode(), FILE, plain)
    assert problems and not found, "a file with a fault is not half read"
    assert all(rule and cure for lang in ("nb", "en") for *_, rule, cure in lines(Words(lang), problems))
    return [(fault.row, fault.column, fault.value, fault.rule, fault.cure) for fault in problems]


def test_what_is_taken_away_is_loaded_again_exactly(plain):
    mine = {"Vårt forslag": {"served_share": 0.55, "stay": 1.25, "caseload": 18.0}, "Bred «gruppe»": {"target_group": "broad"}, "Som nå": {}}
    found, problems = read_scenarios(toml(mine, "Om filen\nlinje to"), FILE, plain)
    assert problems == []
    assert {one.name: one.changed for one in found} == mine


def test_all_faults_of_a_file_are_told_at_once_with_their_lines(plain):
    text = '[[scenario]]\nname = "A"\nserved_shar = 0.5\ncaseload = 0\n\n[[scenario]]\ntarget_group = "everybody"\nstay = "long"\ndetour = 2\n'
    assert faults(text, plain) == [
        (3, "served_shar", "0.5", "unknown_assumption", "did_you_mean"), (4, "caseload", "0", "out_of_range", "write_within"),
        (6, "name", None, "scenario_without_name", "write_name"), (7, "target_group", "everybody", "unknown_option", "pick_code"),
        (8, "stay", "long", "not_a_number", "write_number"), (9, "detour", "2", "not_to_be_chosen", "remove_row"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", (None, "scenario", None, "no_scenarios", "write_scenarios")),
        ("scenario = 3", (None, "scenario", None, "no_scenarios", "write_scenarios")),
        ('[[scenario]]\nname = "A"\nstay = \n', (3, None, None, "broken_toml", "mend_toml")),
        ('[[scenario]]\nname = "A|B"\n', (2, "name", "A|B", "scenario_name", "write_name")),
        (f'[[scenario]]\nname = "{"x" * 41}"\n', (2, "name", "x" * 41, "scenario_name", "write_name")),
        ('[[scenario]]\nname = "A"\n[[scenario]]\nname = "A"\n', (3, "name", "A", "scenario_twice", "rename_scenario")),
        ('[[scenario]]\nname = "A"\n[other]\nx = 1\n', (None, "other", None, "unknown_block", "write_scenarios")),
        ('[[scenario]]\nname = "A"\nstay = nan\n', (3, "stay", "nan", "not_a_number", "write_number")),
        ('[[scenario]]\nname = "A"\nstay = true\n', (3, "stay", "True", "not_a_number", "write_number")),
        ("".join(f'[[scenario]]\nname = "{n}"\n' for n in range(7)), (None, "scenario", None, "too_many_scenarios", "remove_scenarios")),
    ],
)
def test_each_fault_has_its_rule_and_cure(plain, text, fault):
    assert faults(text, plain) == [fault]


@pytest.mark.parametrize("name", ["Halvparten", "half served", " HALF SERVED "])
def test_a_scenario_cannot_be_called_as_a_ready_made_one(plain, name):
    found, problems = read_scenarios(f'[[scenario]]\nname = "{name}"\n'.encode(), FILE, plain, ("Halvparten", "Half served"))
    assert not found and [(fault.row, fault.rule, fault.cure) for fault in problems] == [(2, "scenario_name_taken", "another_name")]


def test_what_is_no_part_of_the_need_cannot_be_set_in_a_scenario(plain):
    assert faults('[[scenario]]\nname = "A"\nturnover = 0.3\n', plain) == [(3, "turnover", "0.3", "not_to_be_chosen", "remove_row")]


def test_a_file_that_is_no_text_is_a_fault(plain):
    assert read_scenarios(b"\xff\xfeA\x00", FILE, plain) == ([], [Fault(FILE, None, None, None, "utf16", "save_as_utf8")])
