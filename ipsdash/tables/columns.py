"""What every column means: one name, one meaning, one unit, wherever the name stands.

`COLUMNS` holds the columns, `UNITS` what a number in a unit may be, `INDICATORS` the unit of each indicator.
Codes are for machines; their words in Norwegian and English live in the layer `text`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """The limits within which a number in this unit is believed. Outside them it is taken for a slip of the pen."""

    low: float
    high: float


@dataclass(frozen=True)
class Column:
    """A column. kind: text, id, whole, number, date, period, code or codes (several, with a space between).

    A date is ISO 8601 text whose length is its precision: "2012", "2017-04", "2019-04-12".
    A period is a year or two, "2019" or "2020-2024". `unit` is set for columns with one fixed unit;
    the unit of `value` stands in the column `unit` of the same row.
    """

    kind: str
    unit: str | None = None
    codes: tuple[str, ...] = ()


UNITS = {
    "positions_or_persons": Unit(0, 10_000),
    "positions": Unit(0, 10_000),
    "sites": Unit(0, 1_000),
    "teams": Unit(0, 1_000),
    "share": Unit(0, 1),
    "people": Unit(0, 6_000_000),
    "people_per_year": Unit(0, 6_000_000),
    "people_in_year": Unit(0, 6_000_000),
    "points": Unit(25, 125),
    "nok": Unit(0, 10_000_000_000),
    "year": Unit(1990, 2100),
    "item": Unit(1, 25),
    # Northern Norway with some sea around it: Bindal to Nordkapp, Røst to Vardø.
    "degrees_north": Unit(64.5, 71.5),
    "degrees_east": Unit(10.5, 31.5),
}

INDICATORS = {
    "first_service": "sites",
    "specialists": "positions_or_persons",
    "sites": "sites",
    "nav_teams": "teams",
    "population_share_with_ips": "share",
    "grant_funded_positions": "positions",
    "outpatients_psychosis_18_64": "people_per_year",
    "outpatients_bipolar_18_64": "people_per_year",
    "adult_outpatients_18_64": "people_per_year",
    "patients_severe_mental_illness_18_plus": "people_in_year",
}

KINDS = ("country", "region", "county", "trust", "dps_area", "municipality")
EVIDENCE = ("named", "named_undated", "named_later", "inferred")
QUALITIES = ("reported", "counted", "inferred", "modelled")  # from strongest to weakest
BOUNDS = ("exact", "at_least")
CONFIDENCES = ("high", "medium")
SETTINGS = ("dps", "municipality", "nav", "inpatient", "substance_use")
STATUSES = (
    "primary", "secondary", "headline_only", "abstract_read", "partly_read", "counted",
    "official", "open_data", "judgement", "policy", "to_be_checked",
)
PROCESSINGS = ("as_published", "summed", "modelled", "counted", "reworded", "chosen")
VALUE_UNITS = tuple(dict.fromkeys([*INDICATORS.values(), "people", "points"]))

COLUMNS = {
    "accessed": Column("date"),
    "area_id": Column("id"),
    "benchmark": Column("id"),
    "bound": Column("code", codes=BOUNDS),
    "centre": Column("text"),
    "closed": Column("date"),
    "confidence": Column("code", codes=CONFIDENCES),
    "date": Column("date"),
    "definition_en": Column("text"),
    "definition_nb": Column("text"),
    "documented_by": Column("date"),
    "dps_area": Column("id"),
    "due_on": Column("date"),
    "evidence": Column("code", codes=EVIDENCE),
    "goal_id": Column("id"),
    "indicator": Column("code", codes=tuple(INDICATORS)),
    "item": Column("whole", "item"),
    "kind": Column("code", codes=KINDS),
    "lat": Column("number", "degrees_north"),
    "licence": Column("text"),
    "lon": Column("number", "degrees_east"),
    "municipality": Column("id"),
    "name": Column("text"),
    "name_en": Column("text"),
    "name_nb": Column("text"),
    "nok": Column("number", "nok"),
    "note_en": Column("text"),
    "note_nb": Column("text"),
    "official_name": Column("text"),
    "opened": Column("date"),
    "parallel_name": Column("text"),
    "parent": Column("id"),
    "payer": Column("text"),
    "period": Column("period"),
    "population": Column("whole", "people"),
    "population_18_66": Column("whole", "people"),
    "processing": Column("code", codes=PROCESSINGS),
    "published": Column("date"),
    "publisher": Column("text"),
    "quality": Column("code", codes=QUALITIES),
    "set_on": Column("date"),
    "settings": Column("codes", codes=SETTINGS),
    "site_id": Column("id"),
    "source": Column("id"),
    "status": Column("code", codes=STATUSES),
    "team": Column("text"),
    "title_en": Column("text"),
    "title_nb": Column("text"),
    "unit": Column("code", codes=VALUE_UNITS),
    "url": Column("text"),
    "valid_from": Column("date"),
    "value": Column("number"),
    "year": Column("whole", "year"),
}


def named(*kinds: str) -> tuple[str, ...]:
    """The names of all columns of these kinds."""
    return tuple(name for name, column in COLUMNS.items() if column.kind in kinds)
