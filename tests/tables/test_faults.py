"""Each fault of a cell or a row, from its own small change to the public data, with the exact record it gives."""

import tomllib
from pathlib import Path

from ipsdash.tables.faults import Fault

PUBLIC = Path(__file__).parents[2] / "data"
AREAS, POPULATION, SITES = "tables/areas.csv", "tables/population.csv", "tables/sites.csv"
CATCHMENTS, OBSERVATIONS, GOALS = "tables/catchments.csv", "tables/observations.csv", "tables/goals.csv"


# Types


def test_a_word_is_not_a_number(delivery):
    delivery.change("observations", 5, value="fem")
    assert delivery.faults() == [Fault(OBSERVATIONS, 5, "value", "fem", "not_a_number", "write_number")]


def test_nan_is_a_word_and_not_an_empty_number(delivery):
    delivery.change("areas", 30, lat="nan")
    assert delivery.faults() == [Fault(AREAS, 30, "lat", "nan", "not_a_number", "write_number")]


def test_people_are_counted_in_whole_numbers(delivery):
    delivery.change("population", 2, population="51022,5")
    assert delivery.faults() == [Fault(POPULATION, 2, "population", "51022,5", "not_a_whole_number", "write_whole_number")]


def test_a_number_beyond_what_a_computer_counts_exactly_is_no_number(delivery):
    delivery.change("population", 2, population="9" * 30)
    assert delivery.faults() == [Fault(POPULATION, 2, "population", "9" * 30, "not_a_whole_number", "write_whole_number")]


def test_a_word_among_numbers_does_not_hide_a_number_out_of_range(delivery):
    delivery.change("population", 2, population="mange")
    delivery.change("population", 3, population="51558000")
    assert delivery.faults() == [
        Fault(POPULATION, 2, "population", "mange", "not_a_whole_number", "write_whole_number"),
        Fault(POPULATION, 3, "population", "51558000", "out_of_range", "write_within", {"low": 0, "high": 6_000_000}),
    ]


def test_a_needed_cell_may_not_be_empty(delivery):
    delivery.change("sites", 3, name="")
    assert delivery.faults() == [Fault(SITES, 3, "name", "", "empty_cell", "fill_cell")]


def test_an_empty_number_is_an_empty_cell(delivery):
    delivery.change("sites", 3, lat="")
    assert delivery.faults() == [Fault(SITES, 3, "lat", "", "empty_cell", "fill_cell")]


def test_every_row_has_a_source(delivery):
    delivery.change("population", 9, source="")
    assert delivery.faults() == [Fault(POPULATION, 9, "source", "", "empty_cell", "fill_cell")]


# Dates


def test_a_norwegian_date_is_answered_with_its_iso_form(delivery):
    delivery.change("observations", 7, date="12.04.2019")
    cure = {"suggestion": "2019-04-12"}
    assert delivery.faults() == [Fault(OBSERVATIONS, 7, "date", "12.04.2019", "date_format", "write_this_date", cure)]


def test_a_date_with_strokes_is_answered_with_its_iso_form(delivery):
    delivery.change("observations", 7, date="2019/04/12")
    cure = {"suggestion": "2019-04-12"}
    assert delivery.faults() == [Fault(OBSERVATIONS, 7, "date", "2019/04/12", "date_format", "write_this_date", cure)]


def test_a_date_in_words_is_answered_with_the_pattern(delivery):
    delivery.change("observations", 7, date="april 2019")
    assert delivery.faults() == [Fault(OBSERVATIONS, 7, "date", "april 2019", "date_format", "write_iso_date")]


def test_a_date_exists_in_the_calendar(delivery):
    delivery.change("observations", 7, date="2019-02-30")
    assert delivery.faults() == [Fault(OBSERVATIONS, 7, "date", "2019-02-30", "date_impossible", "write_possible_date")]


def test_a_date_is_in_living_memory(delivery):
    delivery.change("observations", 7, date="0219-04-12")
    limits = {"low": 1980, "high": 2100}
    assert delivery.faults() == [Fault(OBSERVATIONS, 7, "date", "0219-04-12", "date_out_of_range", "write_date_within", limits)]


def test_a_period_is_a_year_or_two_in_order(delivery):
    delivery.change("specialist_care", 2, period="2024-2020")
    file = "tables/specialist_care.csv"
    assert delivery.faults() == [Fault(file, 2, "period", "2024-2020", "period_format", "write_period")]


# Limits and codes


def test_people_are_not_negative(delivery):
    delivery.change("population", 2, population_18_66="-33355")
    limits = {"low": 0, "high": 6_000_000}
    fault = Fault(POPULATION, 2, "population_18_66", "-33355", "out_of_range", "write_within", limits)
    assert delivery.faults() == [fault]


def test_a_value_stays_within_the_limits_of_its_unit(delivery):
    delivery.change("observations", 7, value="450000")
    limits = {"low": 0, "high": 10_000}
    assert delivery.faults() == [Fault(OBSERVATIONS, 7, "value", "450000", "out_of_range", "write_within", limits)]


def test_specialists_are_not_negative(delivery):
    delivery.change("goals", 2, value="-50")
    assert delivery.faults() == [Fault(GOALS, 2, "value", "-50", "out_of_range", "write_within", {"low": 0, "high": 10_000})]


def test_a_share_runs_from_0_to_1(delivery):
    delivery.change("observations", 24, value="70")
    assert delivery.faults() == [Fault(OBSERVATIONS, 24, "value", "70", "share_outside", "write_share", {"low": 0, "high": 1})]


def test_evidence_has_its_codes_and_the_nearest_is_named(delivery):
    delivery.change("sites", 2, evidence="namde")
    values = {"unknown": "namde", "allowed": "named, named_undated, named_later, inferred", "nearest": "named"}
    assert delivery.faults() == [Fault(SITES, 2, "evidence", "namde", "unknown_code", "did_you_mean", values)]


def test_a_code_like_no_other_is_answered_with_all_codes(delivery):
    delivery.change("observations", 2, bound="omtrent")
    values = {"unknown": "omtrent", "allowed": "exact, at_least"}
    assert delivery.faults() == [Fault(OBSERVATIONS, 2, "bound", "omtrent", "unknown_code", "pick_code", values)]


def test_each_word_of_settings_is_a_code(delivery):
    delivery.change("sites", 2, settings="dps sykehus")
    values = {"unknown": "sykehus", "allowed": "dps, municipality, nav, inpatient, substance_use"}
    assert delivery.faults() == [Fault(SITES, 2, "settings", "dps sykehus", "unknown_code", "pick_code", values)]


def test_settings_may_name_several(delivery):
    delivery.change("sites", 2, settings="dps municipality nav")
    assert delivery.faults() == []


def test_an_indicator_has_one_unit(delivery):
    delivery.change("observations", 7, unit="positions")
    values = {"indicator": "specialists", "wanted": "positions_or_persons"}
    assert delivery.faults() == [Fault(OBSERVATIONS, 7, "unit", "positions", "wrong_unit", "write_unit", values)]


def test_an_id_can_stand_in_a_link(delivery):
    delivery.change("goals", 2, goal_id="Mål 50")
    assert delivery.faults() == [Fault(GOALS, 2, "goal_id", "Mål 50", "id_format", "write_id")]


# References


def test_an_area_is_known_and_the_nearest_is_named(delivery):
    delivery.change("events", 3, area_id="region:nrod")
    values = {"unknown": "region:nrod", "nearest": "region:nord"}
    assert delivery.faults() == [Fault("tables/events.csv", 3, "area_id", "region:nrod", "unknown_area", "did_you_mean", values)]


def test_an_area_like_no_other_is_to_be_added(delivery):
    delivery.change("events", 3, area_id="mars")
    assert delivery.faults() == [Fault("tables/events.csv", 3, "area_id", "mars", "unknown_area", "add_area", {"unknown": "mars"})]


def test_a_site_is_known(delivery):
    delivery.change("catchments", 2, site_id="bodoe")
    values = {"unknown": "bodoe", "nearest": "bodo"}
    assert delivery.faults() == [Fault(CATCHMENTS, 2, "site_id", "bodoe", "unknown_site", "did_you_mean", values)]


def test_each_of_several_sources_is_known(delivery):
    delivery.change("catchments", 2, source="skde-opptak avisen")
    fault = Fault(CATCHMENTS, 2, "source", "skde-opptak avisen", "unknown_source", "add_source", {"unknown": "avisen"})
    assert delivery.faults() == [fault]


def test_a_site_lies_in_a_municipality_and_not_in_a_county(delivery):
    delivery.change("sites", 2, municipality="county:finnmark")
    values = {"kind": "county", "wanted": "municipality"}
    assert delivery.faults() == [Fault(SITES, 2, "municipality", "county:finnmark", "wrong_kind", "pick_area_of_kind", values)]


def test_a_municipality_belongs_to_a_dps_area_and_not_to_a_trust(delivery):
    delivery.change("areas", 30, dps_area="trust:helgeland")
    values = {"kind": "trust", "wanted": "dps_area"}
    assert delivery.faults() == [Fault(AREAS, 30, "dps_area", "trust:helgeland", "wrong_kind", "pick_area_of_kind", values)]


def test_a_municipality_has_a_dps_area(delivery):
    delivery.change("areas", 30, dps_area="")
    assert delivery.faults() == [Fault(AREAS, 30, "dps_area", "", "dps_area_missing", "fill_dps_area")]


def test_only_a_municipality_has_a_dps_area(delivery):
    delivery.change("areas", 4, dps_area="dps:salten")
    assert delivery.faults() == [Fault(AREAS, 4, "dps_area", "dps:salten", "must_be_empty", "clear_cell", {"kind": "county"})]


def test_a_municipality_has_coordinates(delivery):
    delivery.change("areas", 30, lon="")
    assert delivery.faults() == [Fault(AREAS, 30, "lon", "", "empty_cell", "fill_cell")]


def test_a_county_lies_in_a_region(delivery):
    delivery.change("areas", 4, parent="country:no")
    values = {"kind": "country", "wanted": "region"}
    assert delivery.faults() == [Fault(AREAS, 4, "parent", "country:no", "wrong_kind", "pick_area_of_kind", values)]


def test_every_area_but_the_country_lies_in_another(delivery):
    delivery.change("areas", 4, parent="")
    values = {"kind": "county", "wanted": "region"}
    assert delivery.faults() == [Fault(AREAS, 4, "parent", "", "parent_missing", "fill_parent", values)]


def test_the_country_lies_in_no_area(delivery):
    delivery.change("areas", 2, parent="region:nord")
    assert delivery.faults() == [Fault(AREAS, 2, "parent", "region:nord", "must_be_empty", "clear_cell", {"kind": "country"})]


def test_an_area_is_of_a_known_kind(delivery):
    delivery.change("areas", 24, kind="dps-area")
    allowed = "country, region, county, trust, dps_area, municipality"
    values = {"unknown": "dps-area", "allowed": allowed, "nearest": "dps_area"}
    assert delivery.faults() == [Fault(AREAS, 24, "kind", "dps-area", "unknown_code", "did_you_mean", values)]


# Rows


def test_a_key_stands_once(delivery):
    row = delivery.add("population", like=2)
    values = {"key": "area_id, year", "ids": "municipality:1804, 2017", "earlier": 2}
    assert delivery.faults() == [Fault(POPULATION, row, "area_id", "municipality:1804", "duplicate_key", "keep_one_row", values)]


def test_two_observations_of_unknown_date_and_one_area_have_the_same_key(delivery):
    row = delivery.add("observations", like=6)
    values = {"key": "date, area_id, site_id, indicator", "ids": "municipality:1833, specialists", "earlier": 6}
    assert delivery.faults() == [Fault(OBSERVATIONS, row, "date", "", "duplicate_key", "keep_one_row", values)]


def test_a_catchment_may_not_give_a_municipality_two_sites_at_one_date(delivery):
    row = delivery.add("catchments", like=2, site_id="fauske")
    values = {"area_id": "municipality:1804", "date": "2019-04-12", "earlier": 2}
    assert delivery.faults() == [Fault(CATCHMENTS, row, "site_id", "fauske", "two_sites_at_one_date", "keep_one_site", values)]


def test_a_year_and_its_first_day_are_one_date_for_a_catchment(delivery):
    delivery.add("catchments", like=2, valid_from="2021")
    row = delivery.add("catchments", like=2, valid_from="2021-01-01", site_id="")
    values = {"area_id": "municipality:1804", "date": "2021-01-01", "earlier": row - 1}
    assert delivery.faults() == [Fault(CATCHMENTS, row, "site_id", "", "two_sites_at_one_date", "keep_one_site", values)]


def test_a_municipality_may_change_its_site_at_a_later_date(delivery):
    delivery.add("catchments", like=2, valid_from="2021", site_id="fauske")
    assert delivery.faults() == []


def test_a_goal_is_due_after_it_was_set(delivery):
    delivery.change("goals", 2, due_on="2017-03")
    assert delivery.faults() == [Fault(GOALS, 2, "due_on", "2017-03", "due_before_set", "mend_goal_dates", {"set_on": "2017-04"})]


def test_a_goal_due_the_day_it_was_set_has_no_pace(delivery):
    delivery.change("goals", 2, due_on="2017-04")
    assert delivery.faults() == [Fault(GOALS, 2, "due_on", "2017-04", "due_before_set", "mend_goal_dates", {"set_on": "2017-04"})]


def test_a_site_closes_after_it_opened(delivery):
    delivery.change("sites", 10, closed="2011-12")
    fault = Fault(SITES, 10, "closed", "2011-12", "closed_before_opened", "mend_site_dates", {"opened": "2012"})
    assert delivery.faults() == [fault]


def test_a_site_may_close_in_the_year_it_opened(delivery):
    delivery.change("sites", 10, closed="2012-06")
    assert delivery.faults() == []


def test_a_site_opened_in_june_may_close_in_a_month_nobody_knows_of_that_year(delivery):
    delivery.change("sites", 10, opened="2012-06", closed="2012")
    assert delivery.faults() == []


def test_an_observation_is_not_about_an_area_and_a_site(delivery):
    delivery.change("observations", 2, site_id="bodo")
    fault = Fault(OBSERVATIONS, 2, "area_id", "municipality:1804", "both_area_and_site", "clear_one")
    assert delivery.faults() == [fault]


def test_an_observation_is_about_an_area_or_a_site(delivery):
    delivery.change("observations", 2, area_id="")
    assert delivery.faults() == [Fault(OBSERVATIONS, 2, "area_id", "", "neither_area_nor_site", "fill_one")]


def test_an_observation_may_be_about_a_site(delivery):
    delivery.change("observations", 2, area_id="", site_id="bodo")
    assert delivery.faults() == []


def test_a_site_lies_in_northern_norway(delivery):
    delivery.change("sites", 2, lat="59.91", lon="10.75")  # Oslo: far enough east for the north, not far enough north
    values = {"low": 64.5, "high": 71.5}
    assert delivery.faults() == [Fault(SITES, 2, "lat", "59.91", "coordinates_outside", "write_coordinates", values)]


def test_a_site_in_greenland_is_too_far_west(delivery):
    delivery.change("sites", 2, lon="-51.7")
    values = {"low": 10.5, "high": 31.5}
    assert delivery.faults() == [Fault(SITES, 2, "lon", "-51.7", "coordinates_outside", "write_coordinates", values)]


def test_north_and_east_swapped_is_one_fault_with_its_own_cure(delivery):
    delivery.change("sites", 2, lat="30.04578", lon="69.72706")
    values = {"lat": 69.72706, "lon": 30.04578}
    assert delivery.faults() == [Fault(SITES, 2, "lat", "30.04578", "coordinates_swapped", "swap_coordinates", values)]


def test_those_aged_18_to_66_are_not_more_than_all(delivery):
    delivery.change("population", 2, population_18_66="51023")
    fault = Fault(POPULATION, 2, "population_18_66", "51023", "part_above_whole", "mend_population", {"whole": 51022})
    assert delivery.faults() == [fault]


def test_every_municipality_has_inhabitants_in_every_year(delivery):
    delivery.write("population", [row for place, row in enumerate(delivery.rows("population")) if place not in (1, 6)])
    values = {"count": 2, "area_id": "municipality:1804", "name": "Bodø", "year": 2017}
    assert delivery.faults() == [Fault(POPULATION, None, "area_id", None, "population_missing", "add_row", values)]


def test_an_unknown_municipality_is_one_fault_and_not_also_a_gap(delivery):
    delivery.change("population", 2, area_id="municipality:184")
    assert [(fault.row, fault.rule) for fault in delivery.faults()] == [(2, "unknown_area")]


# The register of sources


def test_a_source_has_a_status_and_the_row_is_the_line_of_its_heading(delivery):
    register = delivery.folder / "sources.toml"
    text = register.read_text(encoding="utf-8")
    line = text[: text.index("[napha-2019]")].count("\n") + 1
    register.write_text(text.replace('status = "primary"\n', "", 1), encoding="utf-8")
    assert delivery.faults() == [Fault("sources.toml", line, "status", "", "empty_cell", "fill_cell")]


def test_a_register_that_names_a_source_twice_is_broken_at_that_line(delivery):
    register = delivery.folder / "sources.toml"
    text = register.read_text(encoding="utf-8")
    register.write_text(text + '\n[napha-2019]\ntitle_nb = "En gang til"\n', encoding="utf-8")
    line = text.count("\n") + 2
    assert delivery.faults() == [Fault("sources.toml", line, None, None, "broken_toml", "mend_toml")]


def test_a_line_before_the_first_source_belongs_to_none(delivery):
    register = delivery.folder / "sources.toml"
    register.write_text('updated = "2026"\n' + register.read_text(encoding="utf-8"), encoding="utf-8")
    assert delivery.faults() == [Fault("sources.toml", None, "updated", "2026", "line_without_source", "move_below_source")]


def test_an_unknown_line_of_a_source_is_an_unknown_column(delivery):
    register = delivery.folder / "sources.toml"
    register.write_text(register.read_text(encoding="utf-8").replace("licence =", "license =", 1), encoding="utf-8")
    assert len(tomllib.loads(register.read_text(encoding="utf-8"))) == len(tomllib.loads((PUBLIC / "sources.toml").read_text(encoding="utf-8")))
    faults = delivery.faults()
    assert [(fault.file, fault.row, fault.column, fault.rule) for fault in faults] == [("sources.toml", None, "license", "unknown_column")]


# All at once


def test_ten_faults_in_ten_tables_are_all_told_at_once_in_the_order_of_tables(delivery):
    delivery.change("areas", 30, dps_area="")
    delivery.change("population", 2, population="mange")
    delivery.change("sites", 2, lat="30.04578", lon="69.72706")
    delivery.add("catchments", like=2, site_id="fauske")
    delivery.change("observations", 7, date="12.04.2019")
    delivery.change("goals", 2, due_on="2017-03")
    delivery.change("funding", 2, nok="-1")
    delivery.change("events", 3, area_id="mars")
    delivery.change("nav_teams", 2, source="")
    delivery.change("benchmarks", 2, value="36.6")
    assert [fault.rule for fault in delivery.faults()] == [
        "dps_area_missing", "not_a_whole_number", "coordinates_swapped", "two_sites_at_one_date", "date_format",
        "due_before_set", "out_of_range", "unknown_area", "empty_cell", "share_outside",
    ]


def test_three_faults_in_one_row_are_told_from_left_to_right(delivery):
    delivery.change("observations", 7, date="12.04.2019", value="mange", source="avisen")
    assert [fault.column for fault in delivery.faults()] == ["date", "value", "source"]
