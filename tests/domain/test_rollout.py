"""The roll-out: what is done, what a site waits for, and for how long."""

import pytest

from ipsdash.domain import rollout
from tests.domain.worlds import world

AREAS = """
area_id        | kind         | parent   | dps_area
region:r       | region       |          |
dps:d          | dps_area     | region:r |
dps:e          | dps_area     | region:r |
municipality:1 | municipality | region:r | dps:d
municipality:2 | municipality | region:r | dps:e
"""
SITES = """
site_id | municipality   | opened  | closed
one     | municipality:1 | 2020-01 |
two     | municipality:1 | 2021    |
three   | municipality:2 | 2019-05 | 2023-06
four    | municipality:2 |         |
"""
STEPS = """
site_id | stage                 | date       | source
one     | leadership_agreement  | 2019-03    | a
one     | information_meeting   | 2019-05-04 | b
one     | joint_training        |            | a
one     | grant                 | 2023-09    | a
one     | first_specialist      | 2020-06    | a
two     | leadership_agreement  | 2023-10    | a
two     | joint_training        |            | a
three   | leadership_agreement  | 2019-01    | a
three   | information_meeting   |            | a
"""
DATE = "2024-09-30"


def found(date: str = DATE, months: float = 12, area: str = "region:r", steps: str = STEPS):
    tables = world(areas=AREAS, sites=SITES, rollout=steps, catchments="area_id|site_id|valid_from")
    return tables, rollout.standing(tables, area, date, months).set_index("site_id")


def test_steps_with_a_date_by_the_date_looked_at_are_done():
    assert found()[1]["done"].to_dict() == {"one": 4, "two": 1, "three": 1, "four": 0}
    # The grant of September 2023 is not done in August.
    assert found("2023-08-31")[1]["done"]["one"] == 3


def test_the_next_step_is_the_first_that_is_reported_and_not_done():
    # At two, the information meeting has no row: it may be done. A closed site waits for nothing.
    assert found()[1]["next"].to_dict() == {"one": "joint_training", "two": "joint_training", "three": "", "four": ""}


def test_a_site_waits_from_its_latest_step_in_whole_months_where_only_the_month_is_known():
    _, rows = found()
    assert rows["since"].to_dict() == {"one": "2023-09", "two": "2023-10", "three": "2019-01", "four": ""}
    assert rows["waited"]["one"] == 12 * 1 + 0
    assert rows["waited"]["two"] == 12 * 1 - 1
    assert rows["waited"].isna()[["three", "four"]].all()


@pytest.mark.parametrize(("months", "stuck"), [(12, []), (11.9, ["one"]), (10, ["one", "two"])])
def test_a_site_is_stuck_when_it_has_waited_longer_than_the_assumption(months, stuck):
    _, rows = found(months=months)
    assert rows.index[rows["stuck"]].tolist() == stuck


def test_a_team_is_as_old_as_its_first_specialist_else_as_the_site():
    _, rows = found()
    assert rows["started_by"].to_dict() == {"one": "first_specialist", "two": "opened", "three": "opened", "four": ""}
    # June 2020 to September 2024; 2021 to 2024; closed; unknown.
    assert rows["age"]["one"] == pytest.approx(4 + 3 / 12)
    assert rows["age"]["two"] == 2024 - 2021
    assert rows["age"].isna()[["three", "four"]].all()


def test_each_step_of_each_site_has_one_state():
    tables, rows = found(months=11.5)
    steps = rollout.steps(tables, rows.reset_index(), DATE)
    assert len(steps) == 4 * 8
    states = steps.set_index(["site_id", "stage"])["state"]
    assert states["one"].tolist() == ["done", "done", "stuck", "unreported", "done", "done", "unreported", "unreported"]
    assert states["two"].tolist() == ["done", "unreported", "not_yet", *["unreported"] * 5]
    assert set(states["four"]) == {"unreported"}


def test_the_step_most_often_lacking_is_that_of_most_sites_that_report_it_as_not_done():
    tables, rows = found(months=11.5)
    counted = rollout.by_step(rollout.steps(tables, rollout.open_sites(rows.reset_index()), DATE))
    training = counted.set_index("stage").loc["joint_training"]
    assert training.to_dict() == {"done": 0, "not_yet": 2, "unreported": 1}
    assert rollout.most_lacking(counted) == ["joint_training"]
    assert rollout.most_lacking(counted.assign(not_yet=0)) == []


def test_closed_sites_are_not_counted_and_unreported_steps_make_a_number_a_lower_bound():
    _, rows = found(months=11.5)
    numbers = rollout.summary(rows.reset_index(), DATE)
    assert (numbers["complete"].value, numbers["complete"].bound) == (0, "at_least")
    assert numbers["stuck"].value == 1
    # The teams of one and two: 4.25 and 3 years.
    assert numbers["age"].value == pytest.approx((4.25 + 3) / 2)
    assert set(numbers["age"].source.split()) == {"a", "b"}
    assert rollout.summary(rows.loc[["four"]].reset_index(), DATE) == {}


def test_an_area_has_only_its_own_sites():
    assert found(area="dps:d")[1].index.tolist() == ["one", "two"]


def test_the_public_facts_have_no_steps_but_a_tour_and_a_grant(public):
    assert rollout.summary(rollout.standing(public, "region:nord", "2019-04-12", 12), "2019-04-12") == {}
    assert "2018-03" in rollout.events_by(public, "region:nord", "2019-04-12")["date"].tolist()
    assert {name: (one.value, one.date) for name, one in rollout.grants_by(public, "region:nord", "2019-04-12").items()} == {"Helsedirektoratet": (13_000_000, "2018")}
    assert rollout.grants_by(public, "region:nord", "2017-04") == {}
    assert rollout.events_by(public, "region:nord", "2017-04")["date"].max() == "2017-04"
