"""Fidelity: totals, bands, weakest items, reviews that are due, and people per post, by hand."""

from dataclasses import replace

import pandas as pd
import pytest

from ipsdash.domain import quality
from ipsdash.domain.assumptions import assumed
from tests.domain.worlds import drawn, world

AREAS = """
area_id        | kind         | parent
region:r       | region       |
municipality:1 | municipality | region:r
municipality:2 | municipality | region:r
"""
SITES = """
site_id | municipality   | opened  | closed
north   | municipality:1 | 2018-01 |
middle  | municipality:2 | 2018-01 |
south   | municipality:2 | 2018-01 |
shut    | municipality:2 | 2018-01 | 2024-03
"""
LIMITS = pd.Series({"fidelity_exemplary": 115, "fidelity_good": 100, "fidelity_fair": 74})
JUNE = "2024-06"


def reviewed(text: str, date: str = JUNE, area: str = "region:r"):
    """The tables with these reviews, the sites in operation, and the reviews by a date."""
    tables = world(areas=AREAS, sites=SITES, fidelity=f"site_id | date | item | score | quality | source\n{text}")
    sites = quality.running(tables, area, date)
    return tables, sites, quality.reviews(tables, sites, date, LIMITS)


def items(site: str, date: str, scores: list[int]) -> str:
    return "".join(f"{site} | {date} | {item} | {score} | reported | s1\n" for item, score in enumerate(scores, 1))


# Bands


@pytest.mark.parametrize(("score", "band"), [
    (125, "exemplary"), (115, "exemplary"), (114, "good"), (100, "good"), (99, "fair"), (74, "fair"), (73, "not_ips"), (25, "not_ips"), (float("nan"), ""),
])  # fmt: skip
def test_a_band_begins_at_its_limit(score, band):
    assert quality.band(score, LIMITS) == band


def test_the_limits_are_assumptions_to_be_confirmed(public):
    rows = assumed(public.assumptions, JUNE, {})
    assert rows.loc[list(quality.LIMITS.values()), "value"].tolist() == [115, 100, 74]
    assert rows.loc[list(quality.LIMITS.values()), "source"].eq("judgement").all()
    assert rows.loc[list(quality.LIMITS.values()), "note_nb"].str.contains("må bekreftes").all()
    assert rows.at["review_months", "owner"] == "programme"


# Totals


def test_a_reported_total_counts_as_it_is():
    *_, found = reviewed("north | 2024-01 | | 101 | reported | s1\n")
    assert found[["score", "band", "summed", "items"]].values.tolist() == [[101, "good", False, 0]]


def test_all_25_items_make_a_total():
    # 20 items of 4 and 5 of 3: 80 + 15.
    *_, found = reviewed(items("north", "2024-01", [4] * 20 + [3] * 5))
    assert found[["score", "band", "summed", "items"]].values.tolist() == [[95, "fair", True, 25]]


def test_24_items_make_no_total():
    *_, found = reviewed(items("north", "2024-01", [5] * 24))
    assert found["score"].isna().all() and found["band"].tolist() == [""] and found["items"].tolist() == [24]
    assert quality.latest(found).empty
    assert quality.without_total(found)["site_id"].tolist() == ["north"]


def test_a_newer_review_without_a_total_leaves_the_one_before_and_is_told():
    *_, found = reviewed("north | 2023-01 | | 90 | reported | s1\n" + items("north", "2024-01", [5, 5]))
    assert quality.latest(found)[["date", "score"]].values.tolist() == [["2023-01", 90]]
    assert quality.without_total(found)["date"].tolist() == ["2024-01"]


def test_a_total_of_items_has_the_weakest_quality_and_all_sources():
    text = items("north", "2024-01", [4] * 24) + "north | 2024-01 | 25 | 4 | inferred | s2\n"
    *_, found = reviewed(text)
    assert found[["quality", "source"]].values.tolist() == [["inferred", "s1 s2"]]


# Which reviews count


def test_only_reviews_by_the_date_and_of_sites_in_operation_count():
    text = "shut | 2023-01 | | 120 | reported | s1\nsouth | 2024-07 | | 120 | reported | s1\nnorth | 2024-06-30 | | 80 | reported | s1\n"
    *_, found = reviewed(text)
    assert found["site_id"].tolist() == ["north"]
    assert reviewed(text, "2024-02")[2]["site_id"].tolist() == ["shut"]


def test_reviews_stand_in_the_order_of_the_sites_then_of_dates():
    text = "".join(f"{site} | {date} | | 80 | reported | s1\n" for site, date in (("south", "2021"), ("north", "2023-02"), ("north", "2022-11-05")))
    *_, found = reviewed(text)
    assert found[["site_id", "date"]].values.tolist() == [["north", "2022-11-05"], ["north", "2023-02"], ["south", "2021"]]
    assert quality.followed(found)["site_id"].tolist() == ["north", "north"]


def test_an_area_has_its_own_sites():
    _, sites, _ = reviewed("north | 2024-01 | | 80 | reported | s1\n", area="municipality:2")
    assert sites["site_id"].tolist() == ["middle", "south"]


# Due


def test_a_review_is_due_so_many_months_after_the_last():
    # June 2023 + 12 = June 2024: due in June; July 2023 + 12 = July 2024: later; never: at once.
    text = "north | 2023-06-20 | | 80 | reported | s1\nmiddle | 2023-07 | | 80 | reported | s1\nnorth | 2021-01 | | 80 | reported | s1\n"
    _, sites, found = reviewed(text)
    rows = quality.due(sites, found, JUNE, 12)
    assert rows[["site_id", "last", "due_on", "state"]].values.tolist() == [
        ["north", "2023-06-20", "2024-06", "due"], ["middle", "2023-07", "2024-07", "later"], ["south", "", "", "never"],
    ]  # fmt: skip
    assert quality.due(sites, found, JUNE, 24)["state"].tolist() == ["later", "later", "never"]


def test_a_review_of_some_items_only_is_a_review():
    _, sites, found = reviewed(items("north", "2024-05", [3, 4]))
    assert quality.due(sites, found, JUNE, 12).set_index("site_id")["state"]["north"] == "later"


# Items


def test_the_weakest_item_has_the_lowest_mean_of_the_newest_reviews():
    # Item 1: (2 + 4) / 2 = 3; item 2: (5 + 1) / 2 = 3; item 3 only at north: 2. The review of 2022 does not count.
    text = items("north", "2022-01", [1, 1, 1]) + items("north", "2024-01", [2, 5, 2]) + items("middle", "2023-01", [4, 1])
    tables, _, found = reviewed(text)
    scores = quality.scores(tables, found)
    means = quality.weakest_items(scores)
    assert means[["item", "mean", "reviews", "lowest", "highest"]].values.tolist() == [[3, 2, 1, 2, 2], [1, 3, 2, 2, 4], [2, 3, 2, 1, 5]]
    lowest = quality.lowest_at_sites(scores)
    assert lowest[["site_id", "date", "score", "items", "given"]].values.tolist() == [
        ["north", "2024-01", 2, (1, 3), 3], ["middle", "2023-01", 1, (2,), 2],
    ]  # fmt: skip


def test_means_agree_with_plain_loops():
    text = items("north", "2024-01", [1 + (7 * n) % 5 for n in range(25)]) + items("middle", "2023-05", [1 + (3 * n) % 4 for n in range(25)])
    tables, _, found = reviewed(text)
    plain: dict[int, list[float]] = {}
    for _, row in tables.fidelity.iterrows():
        plain.setdefault(int(row["item"]), []).append(row["score"])
    means = quality.weakest_items(quality.scores(tables, found))
    assert dict(zip(means["item"], means["mean"])) == {item: sum(all_) / len(all_) for item, all_ in plain.items()}
    assert means["mean"].is_monotonic_increasing


# People per post

OUTCOMES = """
level | place  | period | measure  | value | state     | bound | quality  | source
site  | north  | 2024Q1 | caseload | 30    | shown     | exact | reported | a
site  | middle | 2024Q1 | caseload |       | hidden    | exact | reported | a
site  | shut   | 2024Q1 | caseload | 40    | shown     | exact | reported | a
site  | north  | 2023Q4 | caseload | 10    | shown     | exact | reported | a
site  | north  | 2024Q3 | caseload | 99    | shown     | exact | reported | a
"""
STAFF = "site_id | quarter | fte | source\nnorth | 2024Q1 | 1.5 | b\nmiddle | 2024Q1 | 2 | b\nnorth | 2024Q3 | 1 | b"


def with_people(outcomes: str = OUTCOMES, staff: str = STAFF):
    tables = replace(world(areas=AREAS, sites=SITES, staffing=staff), outcomes=drawn(outcomes))
    return quality.per_post(tables, quality.running(tables, "region:r", JUNE), JUNE)


def test_people_per_post_is_of_the_newest_quarter_by_the_date():
    # 30 / 1.5.
    north = with_people().set_index("site_id").loc["north"]
    assert north[["quarter", "per_post", "state", "source"]].tolist() == ["2024Q1", 20, "shown", "a b"]


def test_a_hidden_caseload_hides_the_number_per_post_and_what_is_not_told_is_missing():
    rows = with_people().set_index("site_id")
    assert rows["state"].to_dict() == {"north": "shown", "middle": "hidden", "south": "missing"}
    assert rows.loc[["middle", "south"], ["caseload", "per_post"]].isna().all(axis=None)
    assert rows["source"]["south"] == ""


def test_a_number_that_slipped_into_a_hidden_cell_is_not_used():
    rows = with_people(OUTCOMES.replace("caseload |       | hidden", "caseload | 4 | hidden")).set_index("site_id")
    assert rows.loc["middle", ["caseload", "per_post"]].isna().all()


@pytest.mark.parametrize("fte", ["", "0"])
def test_without_posts_there_is_no_number_per_post(fte):
    rows = with_people(staff=f"site_id | quarter | fte\nnorth | 2024Q1 | {fte}").set_index("site_id")
    assert rows["state"]["north"] == "no_posts" and pd.isna(rows["per_post"]["north"])


def test_nobody_on_the_list_is_zero_per_post_and_not_missing():
    rows = with_people(OUTCOMES.replace("| 30 ", "| 0 ")).set_index("site_id")
    assert rows.loc["north", ["per_post", "state"]].tolist() == [0, "shown"]


def test_without_numbers_of_people_there_are_no_rows():
    tables = world(areas=AREAS, sites=SITES, staffing=STAFF)
    assert quality.per_post(tables, quality.running(tables, "region:r", JUNE), JUNE).empty


def test_the_trial_centres_are_a_reference(public):
    assert quality.benchmarks(public)["value"].tolist() == [97, 109]
