"""The invented example: made anew it is the same, it loads, nothing in it can be taken for real, and it is as imperfect as a programme."""

from pathlib import Path

import pandas as pd
import pytest

from ipsdash.domain.growth import dates, specialists
from ipsdash.example.basis import QUARTERS, last_day
from ipsdash.example.files import tables as made
from ipsdash.example.files import write
from ipsdash.tables.load import Loaded, Tables, load, load_over

DATA = Path(__file__).parents[1] / "data"
EXAMPLE = DATA / "example"
NAMES = [f"Eksempelsted {letter}" for letter in "ABCDEFGHIJKLMN"]


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_over(EXAMPLE, DATA)


@pytest.fixture(scope="module")
def example(loaded: Loaded) -> Tables:
    assert loaded.faults == ()
    return loaded.tables


@pytest.fixture(scope="module")
def real() -> Tables:
    return load(DATA).tables


def test_made_anew_it_is_what_is_kept(tmp_path: Path):
    write(tmp_path)
    kept = {file.name: file.read_bytes() for file in EXAMPLE.iterdir() if file.is_file() and file.name != "README.md"}
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == kept


def test_it_loads_without_a_fault_or_a_change(loaded: Loaded):
    assert loaded.faults == loaded.notes == ()


def test_its_warnings_are_those_of_mergers_openings_endings_and_of_who_had_left(loaded: Loaded):
    assert {warning.rule for warning in loaded.warnings} == {"jump", "caseload_high"}
    assert len(loaded.warnings) <= 30


def test_every_row_cites_the_example_and_nothing_else(example: Tables):
    for table in made():
        assert set(getattr(example, table)["source"]) <= {"example"}, table


def test_the_example_is_one_source_beside_the_public_ones(example: Tables, real: Tables):
    assert set(example.sources["source"]) == {*real.sources["source"], "example"}
    titles = example.sources.set_index("source").loc["example", ["title_nb", "title_en"]]
    assert titles.tolist() == ["Eksempeldata (oppdiktet)", "Example data (invented)"]


def test_no_real_place_is_among_its_places(example: Tables, real: Tables):
    for column in ("site_id", "name", "municipality"):
        assert not set(example.sites[column]) & set(real.sites[column])
    towns = {*real.areas["name"], *real.sites["name"]}
    shown = " ".join(example.sites[["name", "note_nb", "note_en"]].fillna("").to_numpy().ravel())
    assert not [town for town in towns if town in shown.split()]


def test_what_is_not_of_the_programme_stays_public(example: Tables, real: Tables):
    for table in ("areas", "population", "benchmarks", "fidelity_items", "assumptions", "scenarios", "specialist_care"):
        pd.testing.assert_frame_equal(getattr(example, table), getattr(real, table))


def test_fourteen_places_from_the_north_east_to_the_south(example: Tables, real: Tables):
    assert [*example.sites["name"]] == NAMES
    assert example.sites["municipality"].is_unique
    assert example.sites["parallel_name"].isna().all()
    county = example.sites["municipality"].map(real.areas.set_index("area_id")["parent"])
    assert [*dict.fromkeys(county)] == ["county:finnmark", "county:troms", "county:nordland"]


def test_twelve_quarters(example: Tables):
    assert len(QUARTERS) == 12
    assert sorted(set(example.staffing["quarter"])) == sorted(set(example.service["quarter"])) == [*QUARTERS]


def test_the_dates_to_look_back_at_are_the_ends_of_the_quarters(example: Tables):
    assert dates(example) == [last_day(quarter) for quarter in QUARTERS]


def test_specialists_grow_from_24_to_41_with_setbacks(example: Tables):
    counts = specialists(example, "region:nord")
    assert (counts["value"].iloc[0], counts["value"].iloc[-1]) == (24, 41)
    assert (counts["value"].diff() < 0).sum() >= 2


def test_the_specialists_of_a_place_are_the_people_of_its_staff(example: Tables):
    told = example.observations.dropna(subset=["site_id"]).set_index(["site_id", "date"])["value"]
    staff = example.staffing.assign(date=example.staffing["quarter"].map(last_day))
    people = staff[staff["headcount"] > 0].set_index(["site_id", "date"])["headcount"]
    pd.testing.assert_series_equal(told.sort_index(), people.sort_index(), check_names=False, check_dtype=False)


def test_people_are_those_before_and_who_came_without_who_left(example: Tables):
    staff = example.staffing.assign(place=example.staffing["quarter"].map(QUARTERS.index))
    before = staff.assign(place=staff["place"] + 1)[["site_id", "place", "headcount"]]
    both = staff.merge(before, on=["site_id", "place"], suffixes=("", "_before")).dropna(subset=["joiners", "leavers"])
    assert len(both) > 100
    assert (both["headcount"] == both["headcount_before"] + both["joiners"] - both["leavers"]).all()


def test_served_are_at_least_those_in_work_and_those_still_there(example: Tables):
    full = example.service.dropna(subset=["served", "caseload", "working"])
    assert (full["served"] >= full["caseload"]).all()
    assert (full["served"] >= full["working"]).all()


def test_every_municipality_is_told_of_from_the_first_day(example: Tables):
    first = example.catchments[example.catchments["valid_from"] == last_day(QUARTERS[0])]
    assert len(first) == 80 and first["area_id"].is_unique
    assert first["site_id"].isna().any()


def test_a_merged_team_and_a_closed_place_stop(example: Tables):
    closed = example.sites.dropna(subset=["closed"]).set_index("site_id")["closed"]
    assert dict(closed) == {"eksempel-b": "2024-12-31", "eksempel-n": "2025-09-30"}
    for rows in (example.staffing, example.service):
        gone = rows[rows["site_id"].isin(closed.index)]
        assert (gone["quarter"].map(last_day) <= gone["site_id"].map(closed)).all()


def test_the_municipalities_of_a_merged_place_go_to_the_other_and_of_a_closed_one_to_nobody(example: Tables):
    rows = example.catchments
    for left, date, come in (("eksempel-b", "2024-12-31", {"eksempel-a"}), ("eksempel-n", "2025-09-30", {""})):
        served = set(rows.loc[rows["site_id"] == left, "area_id"])
        moved = rows[(rows["valid_from"] == date) & rows["area_id"].isin(served)]
        assert set(moved["area_id"]) == served and set(moved["site_id"].fillna("")) == come


def test_it_has_the_gaps_of_a_programme(example: Tables):
    staffing, service = example.staffing, example.service
    quarters = staffing[staffing["site_id"] == "eksempel-g"]["quarter"]
    assert "2024Q2" not in set(quarters) and {"2024Q1", "2024Q3"} <= set(quarters), "a quarter without a row"
    empty = service["days_to_contact"].isna() & service["unknown"].isna()
    assert empty.any() and service["unknown"].notna().any() and staffing["unknown"].notna().any()
    assert set(staffing["site_id"]) == {*example.sites["site_id"]}


def test_it_has_vacancies_one_person_places_and_small_counts(example: Tables):
    alone = example.staffing[example.staffing["headcount"] == 1]
    assert alone["site_id"].nunique() >= 2
    assert (example.staffing["vacant"] > 0).sum() >= 10
    assert example.service["job_starts"].between(1, 4).any() and (example.service["working"] == 0).any()


def test_its_reviews_are_rising_and_one_has_no_items_one_place_has_none_one_is_long_ago(example: Tables):
    rows = example.fidelity
    whole = rows[rows["item"].isna()].sort_values("date")
    assert all(scores.is_monotonic_increasing for _, scores in whole.groupby("site_id")["score"])
    given = rows.dropna(subset=["item"]).groupby(["site_id", "date"])["item"].count()
    assert set(given) == {25} and len(given) == len(whole) - 1
    assert {*example.sites["site_id"]} - {*whole["site_id"]} == {"eksempel-k"}
    assert whole.groupby("site_id")["date"].max()["eksempel-j"] < "2023-12-31"
    weakest = rows.dropna(subset=["item"]).groupby("item")["score"].mean().nsmallest(4)
    assert sorted(weakest.index) == [4, 5, 6, 11]


def test_a_full_team_and_a_first_review_are_dated_as_staff_and_reviews_say(example: Tables):
    steps = example.rollout.pivot(index="site_id", columns="stage", values="date")
    whole = example.fidelity[example.fidelity["item"].isna()].groupby("site_id")["date"].min()
    assert dict(steps["first_review"].dropna()) == dict(whole)
    staff = example.staffing.assign(date=example.staffing["quarter"].map(last_day))
    two = staff[staff["headcount"] >= 2].groupby("site_id")["date"].min()
    late = two[two > "2023-12-31"]
    assert (steps.loc[late.index, "full_team"] <= late).all() and (steps.loc[late.index, "full_team"] > "2023-12-31").all()


def test_two_open_places_wait_for_an_agreement(example: Tables):
    steps = example.rollout[example.rollout["stage"] == "cooperation_agreement"]
    assert [*steps.loc[steps["date"].isna(), "site_id"]] == ["eksempel-c", "eksempel-j"]


def test_its_money_has_all_kinds_ends_soon_and_is_not_known_everywhere(example: Tables):
    rows = example.funding
    assert set(rows["entry"]) == {"grant", "budget", "spent"}
    assert {"Helsedirektoratet", "Statsforvalteren", "Nav", "Kommunen"} <= set(rows["payer"])
    soon = rows[rows["ends"].between("2026-10-01", "2027-09-30")].dropna(subset=["site_id"])
    assert soon["site_id"].nunique() >= 3
    assert {*example.sites["site_id"]} - {*rows["site_id"].dropna()} == {"eksempel-e", "eksempel-j"}
    assert rows.groupby("year").size().index.tolist() == [2023, 2024, 2025, 2026]


def test_what_a_filled_post_costs_is_about_a_million(example: Tables):
    year = example.staffing["quarter"].str[:4].astype(int)
    spent = example.funding.query("entry == 'spent' and year == 2025").groupby("site_id")["nok"].sum()
    for site in ("eksempel-a", "eksempel-d", "eksempel-f", "eksempel-l"):
        posts = example.staffing[(example.staffing["site_id"] == site) & (year == 2025)]["fte"].mean()
        assert 850_000 < spent[site] / posts < 1_150_000


def test_its_titles_say_that_they_are_an_example(example: Tables):
    assert example.events["title_nb"].str.startswith("Eksempel: ").all()
    assert example.events["title_en"].str.startswith("Example: ").all()


def test_what_is_hidden_of_the_example_is_what_is_found_anew():
    from ipsdash.domain.disclosure import pattern, release
    from ipsdash.export.release import found_in, released

    loaded = load_over(EXAMPLE, DATA)
    kept = found_in(EXAMPLE, loaded.tables)
    assert kept.exists(), "run `python -m ipsdash example`"
    fresh, again = release(loaded.tables), released(loaded, EXAMPLE).tables
    found = pattern(fresh.outcomes, fresh.staffing).astype("str")
    assert found.equals(pd.read_csv(kept, dtype="str"))
    assert pattern(again.outcomes, again.staffing).astype("str").equals(found)
