"""The public data: loads without fault or note, and adds up to what its sources say."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from ipsdash.tables.columns import COLUMNS, INDICATORS, UNITS, VALUE_UNITS
from ipsdash.tables.load import Tables, load
from ipsdash.tables.schemas import TABLES, columns_of, key_of


PUBLIC = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def loaded():
    return load(PUBLIC)


@pytest.fixture(scope="module")
def tables(loaded) -> Tables:
    return loaded.tables


def of_working_age(tables: Tables, year: int) -> pd.Series:
    """People aged 18-66 by municipality."""
    rows = tables.population[tables.population["year"] == year]
    return rows.set_index("area_id")["population_18_66"]


def test_the_public_data_has_no_fault_and_no_note(loaded):
    assert (loaded.faults, loaded.notes) == ((), ())


def test_there_are_80_municipalities_with_a_centre_and_a_dps_area(tables):
    municipalities = tables.areas[tables.areas["kind"] == "municipality"]
    assert len(municipalities) == 80
    assert municipalities[["dps_area", "centre", "lat", "lon", "confidence"]].notna().all(axis=None)


def test_there_are_14_sites_from_kirkenes_to_bronnoysund(tables):
    assert len(tables.sites) == 14
    assert [tables.sites["name"].iloc[0], tables.sites["name"].iloc[-1]] == ["Kirkenes", "Brønnøysund"]


@pytest.mark.parametrize(("year", "all_ages", "aged_18_66"), [(2019, 486_452, 307_784), (2026, 489_778, 305_806)])
def test_the_region_has_the_inhabitants_its_source_says(tables, year, all_ages, aged_18_66):
    rows = tables.population[tables.population["year"] == year]
    assert (rows["population"].sum(), rows["population_18_66"].sum()) == (all_ages, aged_18_66)


def test_95_percent_lived_in_a_municipality_with_an_assigned_site_in_2019(tables):
    people = of_working_age(tables, 2019)
    served = tables.catchments.dropna(subset=["site_id"])["area_id"]
    assert round(people[served].sum() / 307_784 * 100) == 95


def test_65_percent_lived_in_the_municipality_of_a_site_in_2019(tables):
    assert round(of_working_age(tables, 2019)[tables.sites["municipality"]].sum() / 307_784 * 100) == 65


@pytest.mark.parametrize(("evidence", "percent"), [
    (["named", "named_undated"], 34),
    (["named", "named_undated", "named_later"], 84),
    (["named", "named_undated", "named_later", "inferred"], 95),
])
def test_availability_by_evidence_in_2019(tables, evidence, percent):
    sites = tables.sites[tables.sites["evidence"].isin(evidence)]["site_id"]
    served = tables.catchments[tables.catchments["site_id"].isin(sites)]["area_id"]
    assert round(of_working_age(tables, 2019)[served].sum() / 307_784 * 100) == percent


@pytest.mark.parametrize(("dps_area", "people"), [("dps:nord-troms", 7_852), ("dps:midt-finnmark", 7_752)])
def test_people_without_a_known_site_live_in_nord_troms_and_midt_finnmark(tables, dps_area, people):
    without = tables.catchments[tables.catchments["site_id"].isna()]["area_id"]
    areas = tables.areas.set_index("area_id").loc[without, "dps_area"]
    assert of_working_age(tables, 2019)[areas.index[areas == dps_area]].sum() == people
    assert set(areas) == {"dps:nord-troms", "dps:midt-finnmark"}


def test_the_types_are_text_whole_numbers_and_numbers(tables):
    wanted = {"whole": "int64", "number": "float64"}
    for table, schema in TABLES.items():
        kinds = getattr(tables, table).dtypes
        # What may be missing has no whole number to stand for it.
        missing = {name for name, column in schema.to_schema().columns.items() if column.nullable and COLUMNS[name].kind == "whole"}
        assert {name: str(kind) for name, kind in kinds.items()} == {
            name: "float64" if name in missing else wanted.get(COLUMNS[name].kind, "str") for name in columns_of(table)}


def test_every_row_of_every_table_has_source_and_quality(tables):
    for table in TABLES:
        needed = ["source"] if table == "sources" else ["source", "quality"]
        assert getattr(tables, table)[needed].notna().all(axis=None), table


def test_every_source_that_is_used_is_registered_and_nothing_is_left_empty(tables):
    used = {source for table in TABLES for cell in getattr(tables, table)["source"] for source in cell.split()}
    assert used == set(tables.sources["source"])


def test_every_table_says_what_a_row_is_and_has_a_key():
    for table, schema in TABLES.items():
        assert schema.__doc__.startswith("One row is"), table
        assert key_of(table), table


def test_every_column_of_a_schema_has_a_meaning_and_every_meaning_a_column():
    assert {name for table in TABLES for name in columns_of(table)} == set(COLUMNS)


def test_every_unit_has_limits():
    assert {column.unit for column in COLUMNS.values()} - {None} | set(INDICATORS.values()) | set(VALUE_UNITS) == set(UNITS)


def test_tables_are_those_of_the_schemas_and_cannot_be_changed(tables):
    assert [field.name for field in dataclasses.fields(Tables) if field.name != "outcomes"] == list(TABLES)
    with pytest.raises(dataclasses.FrozenInstanceError):
        tables.areas = tables.sites
