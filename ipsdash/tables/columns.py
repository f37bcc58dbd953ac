"""What every column means: one name, one meaning, one unit, wherever the name stands.

`COLUMNS` holds the columns, `UNITS` what a number in a unit may be, `INDICATORS` and `ASSUMPTIONS` the unit of each.
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
    """A column. kind: text, id, whole, number, date, quarter, period, spread, code or codes (several, with a space between).

    A quarter is "2024Q3". A date is ISO 8601 text whose length is its precision: "2012", "2017-04", "2019-04-12".
    A period is a year or two, "2019" or "2020-2024". A spread is "lognormal(0.017, 0.177)", median and sigma, or
    "beta(8.8, 20.9)". `unit` is set for columns with one fixed unit;
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
    # Of one item 1 to 5, of a whole review 25 to 125: `rules` tells them apart.
    "score": Unit(1, 125),
    "days": Unit(0, 1_000),
    # A name among several, never a number.
    "option": Unit(0, 0),
    "factor": Unit(0, 100),
    # What work is divided by is never zero.
    "working_share": Unit(0.05, 1),
    "people_per_specialist": Unit(1, 100),
    # What protects a person must not be set so low that it protects nobody.
    "fewest": Unit(3, 100),
    "specialists": Unit(1, 100),
    "years": Unit(0.05, 20),
    "km_per_hour": Unit(1, 200),
    "minutes": Unit(0, 6_000),
    "months": Unit(1, 240),
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

# What the model reads; a value of unit "option" is one of several names.
ASSUMPTIONS = {
    "target_group": "option",
    "served_share": "share",
    "weights": "option",
    "want_base": "option",
    "caseload": "people_per_specialist",
    "team_minimum": "positions",
    "treated_official": "share",
    "treated_narrow": "share",
    "treated_broad": "share",
    "in_work_official": "share",
    "in_work_narrow": "share",
    "in_work_broad": "share",
    "want_work": "share",
    "local_deviation": "factor",
    "fill": "working_share",
    "staffing": "working_share",
    "stay": "years",
    "turnover": "share",
    "stuck_months": "months",
    "interval": "share",
    "rank_certainty": "share",
    "detour": "factor",
    "speed": "km_per_hour",
    "sea_limit": "share",
    "travel_check": "factor",
    "near_tie": "share",
    "pace_on_track": "share",
    "pace_behind": "share",
    "fresh_years": "years",
    "small_count": "fewest",
    "possible_values": "fewest",
    "one_person": "specialists",
    "ending_months": "months",
    "fidelity_exemplary": "points",
    "fidelity_good": "points",
    "fidelity_fair": "points",
    "review_months": "months",
    "chance_inner": "share",
    "chance_outer": "share",
}

KINDS = ("country", "region", "county", "trust", "dps_area", "municipality")
EVIDENCE = ("named", "named_undated", "named_later", "inferred")
QUALITIES = ("reported", "counted", "inferred", "modelled")  # from strongest to weakest
BOUNDS = ("exact", "at_least")
CONFIDENCES = ("high", "medium")
SETTINGS = ("dps", "municipality", "nav", "inpatient", "substance_use")
STATUSES = (
    "primary", "secondary", "headline_only", "abstract_read", "partly_read", "counted",
    "official", "open_data", "judgement", "policy", "to_be_checked", "synthetic",
)
PROCESSINGS = ("as_published", "summed", "modelled", "counted", "reworded", "chosen")
VALUE_UNITS = tuple(dict.fromkeys([*INDICATORS.values(), "people", "points", *ASSUMPTIONS.values()]))
BASES = ("fact", "choice")
OWNERS = ("programme", "developers")
# What an amount of money is; a grant where nothing else is said.
ENTRIES = ("grant", "budget", "spent")
# What is done until a site is in place, in the order it is mostly done.
STEPS = (
    "leadership_agreement", "information_meeting", "joint_training", "cooperation_agreement", "grant", "first_specialist", "full_team", "first_review",
)  # fmt: skip
# Numbers of a site in a quarter: of its staff, and of the people it serves.
STAFFING = ("fte", "headcount", "vacant", "joiners", "leavers")
SERVICE = ("referred", "started", "served", "caseload", "working", "job_starts", "closed_cases", "days_to_contact")
# The names an option may have, by assumption.
OPTIONS = {
    "target_group": ("narrow", "official", "broad"), "weights": ("population", "specialist_care"),
    # A fact with doubt: both readings are drawn unless one is held.
    "want_base": ("both", "all", "out_of_work"),
}  # fmt: skip

COLUMNS = {
    "accessed": Column("date"),
    "area_id": Column("id"),
    "assumption": Column("code", codes=tuple(ASSUMPTIONS)),
    "basis": Column("code", codes=BASES),
    "benchmark": Column("id"),
    "bound": Column("code", codes=BOUNDS),
    "caseload": Column("whole", "people"),
    "centre": Column("text"),
    "closed": Column("date"),
    "closed_cases": Column("whole", "people"),
    "confidence": Column("code", codes=CONFIDENCES),
    "date": Column("date"),
    "days_to_contact": Column("number", "days"),
    "definition_en": Column("text"),
    "definition_nb": Column("text"),
    "destination": Column("id"),
    "documented_by": Column("date"),
    "dps_area": Column("id"),
    "due_on": Column("date"),
    "ends": Column("date"),
    "entry": Column("code", codes=ENTRIES),
    "evidence": Column("code", codes=EVIDENCE),
    "fte": Column("number", "positions"),
    "goal_id": Column("id"),
    "headcount": Column("whole", "people"),
    "high": Column("number"),
    "indicator": Column("code", codes=tuple(INDICATORS)),
    "item": Column("whole", "item"),
    "job_starts": Column("whole", "people"),
    "joiners": Column("whole", "people"),
    "kind": Column("code", codes=KINDS),
    "lat": Column("number", "degrees_north"),
    "least": Column("number"),
    "leavers": Column("whole", "people"),
    "licence": Column("text"),
    "lon": Column("number", "degrees_east"),
    "low": Column("number"),
    "meaning_en": Column("text"),
    "meaning_nb": Column("text"),
    "minutes": Column("number", "minutes"),
    "most": Column("number"),
    "municipality": Column("id"),
    "name": Column("text"),
    "name_en": Column("text"),
    "name_nb": Column("text"),
    "nok": Column("number", "nok"),
    "note_en": Column("text"),
    "note_nb": Column("text"),
    "official_name": Column("text"),
    "opened": Column("date"),
    "option": Column("id"),
    "options": Column("text"),
    "origin": Column("id"),
    "owner": Column("code", codes=OWNERS),
    "parallel_name": Column("text"),
    "parent": Column("id"),
    "payer": Column("text"),
    "period": Column("period"),
    "population": Column("whole", "people"),
    "population_18_66": Column("whole", "people"),
    "processing": Column("code", codes=PROCESSINGS),
    "posts": Column("number", "positions"),
    "published": Column("date"),
    "publisher": Column("text"),
    "quality": Column("code", codes=QUALITIES),
    "quarter": Column("quarter"),
    "referred": Column("whole", "people"),
    "scenario": Column("id"),
    "score": Column("number", "score"),
    "served": Column("whole", "people"),
    "set_on": Column("date"),
    "settings": Column("codes", codes=SETTINGS),
    "site_id": Column("id"),
    "source": Column("id"),
    "spread": Column("spread"),
    "stage": Column("code", codes=STEPS),
    "started": Column("whole", "people"),
    "status": Column("code", codes=STATUSES),
    "step": Column("number"),
    "symbol": Column("text"),
    "team": Column("text"),
    "title_en": Column("text"),
    "title_nb": Column("text"),
    "unit": Column("code", codes=VALUE_UNITS),
    "unknown": Column("codes", codes=(*STAFFING, *SERVICE)),
    "url": Column("text"),
    "valid_from": Column("date"),
    "vacant": Column("number", "positions"),
    "value": Column("number"),
    "working": Column("whole", "people"),
    "year": Column("whole", "year"),
}


def named(*kinds: str) -> tuple[str, ...]:
    """The names of all columns of these kinds."""
    return tuple(name for name, column in COLUMNS.items() if column.kind in kinds)
