"""One class per table: the docstring says what one row is, the lines say which columns it has.

A cell says whether it belongs to the key, may be empty, or refers to another table.
"""

from ipsdash.tables.rows import AREA, DPS_AREA, MUNICIPALITY, SITE, SOURCES, Reference, Rows, Text, cell


class Areas(Rows):
    """One row is an area of any kind: country, region, county, health trust, DPS area or municipality (borders of 2024)."""

    area_id: Text = cell(key=True)
    kind: Text = cell()
    name: Text = cell()
    official_name: Text = cell()
    parent: Text = cell(empty=True, refers=AREA)
    dps_area: Text = cell(empty=True, refers=DPS_AREA)
    centre: Text = cell(empty=True)
    lat: float = cell(empty=True)
    lon: float = cell(empty=True)
    confidence: Text = cell(empty=True)
    note_nb: Text = cell(empty=True)
    note_en: Text = cell(empty=True)
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)


class Population(Rows):
    """One row is the inhabitants of a municipality on 1 January of a year, all and aged 18-66, in the borders of 2024."""

    area_id: Text = cell(key=True, refers=MUNICIPALITY)
    year: int = cell(key=True)
    population: int = cell()
    population_18_66: int = cell()
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)


class Sites(Rows):
    """One row is a place with IPS and how well it is supported. Order of rows: from Kirkenes to Brønnøysund."""

    site_id: Text = cell(key=True)
    name: Text = cell()
    parallel_name: Text = cell(empty=True)
    municipality: Text = cell(refers=MUNICIPALITY)
    lat: float = cell()
    lon: float = cell()
    evidence: Text = cell()
    opened: Text = cell(empty=True)
    closed: Text = cell(empty=True)
    documented_by: Text = cell(empty=True)
    settings: Text = cell(empty=True)
    note_nb: Text = cell(empty=True)
    note_en: Text = cell(empty=True)
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)


class Catchments(Rows):
    """One row is the site that serves a municipality from a date on (empty: no known site). The latest date counts.

    The site is part of the key, so that the same row twice and two sites at one date are told apart.
    """

    area_id: Text = cell(key=True, refers=MUNICIPALITY)
    site_id: Text = cell(key=True, empty=True, refers=SITE)
    valid_from: Text = cell(key=True)
    note_nb: Text = cell(empty=True)
    note_en: Text = cell(empty=True)
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)


class Observations(Rows):
    """One row is a number somebody published or counted, about one area or one site at a date (empty: unknown)."""

    date: Text = cell(key=True, empty=True)
    area_id: Text = cell(key=True, empty=True, refers=AREA)
    site_id: Text = cell(key=True, empty=True, refers=SITE)
    indicator: Text = cell(key=True)
    value: float = cell()
    unit: Text = cell()
    bound: Text = cell()
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)
    note_nb: Text = cell(empty=True)
    note_en: Text = cell(empty=True)


class Goals(Rows):
    """One row is a level somebody decided, with the date it was set and the date it is due. A new goal is a new row."""

    goal_id: Text = cell(key=True)
    area_id: Text = cell(refers=AREA)
    indicator: Text = cell()
    value: float = cell()
    unit: Text = cell()
    set_on: Text = cell()
    due_on: Text = cell()
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)
    note_nb: Text = cell(empty=True)
    note_en: Text = cell(empty=True)


class Funding(Rows):
    """One row is money for an area, or for one site in it, in a year: granted, budgeted or spent. posts: what it pays for; ends: its last day."""

    year: int = cell(key=True)
    area_id: Text = cell(key=True, refers=AREA)
    site_id: Text = cell(key=True, empty=True, refers=SITE, later=True)
    entry: Text = cell(key=True, empty=True, later=True)
    nok: float = cell()
    bound: Text = cell()
    payer: Text = cell(key=True)
    posts: float = cell(empty=True, later=True)
    ends: Text = cell(empty=True, later=True)
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)
    note_nb: Text = cell(empty=True)
    note_en: Text = cell(empty=True)


class Events(Rows):
    """One row is something that happened in an area."""

    date: Text = cell(key=True)
    area_id: Text = cell(key=True, refers=AREA)
    title_nb: Text = cell(key=True)
    title_en: Text = cell()
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)


class NavTeams(Rows):
    """One row is an IPS team of Nav at a date, by the municipality of its town: another series than the specialists."""

    team: Text = cell(key=True)
    area_id: Text = cell(refers=MUNICIPALITY)
    date: Text = cell(key=True)
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)
    note_nb: Text = cell(empty=True)
    note_en: Text = cell(empty=True)


class SpecialistCare(Rows):
    """One row is a number of adults in specialist mental health care, by area and period: weights and context."""

    area_id: Text = cell(key=True, refers=AREA)
    indicator: Text = cell(key=True)
    value: float = cell()
    unit: Text = cell()
    period: Text = cell(key=True)
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)
    note_nb: Text = cell(empty=True)
    note_en: Text = cell(empty=True)


class Benchmarks(Rows):
    """One row is a published result to compare with."""

    benchmark: Text = cell(key=True)
    value: float = cell()
    unit: Text = cell()
    definition_nb: Text = cell()
    definition_en: Text = cell()
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)


class FidelityItems(Rows):
    """One row is one of the 25 items of the IPS fidelity scale, each scored 1 to 5."""

    item: int = cell(key=True)
    name_nb: Text = cell()
    name_en: Text = cell()
    note_nb: Text = cell(empty=True)
    note_en: Text = cell(empty=True)
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)


class Assumptions(Rows):
    """One row is a value of the model from a date on, with its doubt, its source and who decides it; the latest date counts.

    low, high: 95 % range. least, most, step: what a reader may choose between (empty: not to be chosen). option, options:
    of a choice among names.
    """

    assumption: Text = cell(key=True)
    valid_from: Text = cell(key=True)
    basis: Text = cell()
    symbol: Text = cell(empty=True)
    title_nb: Text = cell()
    title_en: Text = cell()
    meaning_nb: Text = cell()
    meaning_en: Text = cell()
    unit: Text = cell()
    value: float = cell(empty=True)
    option: Text = cell(empty=True)
    options: Text = cell(empty=True)
    low: float = cell(empty=True)
    high: float = cell(empty=True)
    spread: Text = cell(empty=True)
    least: float = cell(empty=True)
    most: float = cell(empty=True)
    step: float = cell(empty=True)
    owner: Text = cell()
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)
    note_nb: Text = cell(empty=True)
    note_en: Text = cell(empty=True)


class Scenarios(Rows):
    """One row is a value that a ready-made scenario sets; what it does not name is as in the assumptions."""

    scenario: Text = cell(key=True)
    name_nb: Text = cell()
    name_en: Text = cell()
    assumption: Text = cell(key=True)
    value: float = cell(empty=True)
    option: Text = cell(empty=True)
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)


class Travel(Rows):
    """One row is a travel time that somebody measured or knows; it wins over the estimate. origin: a site or a municipality."""

    origin: Text = cell(key=True)
    destination: Text = cell(key=True, refers=MUNICIPALITY)
    minutes: float = cell()
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)
    note_nb: Text = cell(empty=True)
    note_en: Text = cell(empty=True)


class Staffing(Rows):
    """One row is a site's staff in a quarter, at its end. Empty: not reported yet. unknown: what nobody knows."""

    site_id: Text = cell(key=True, refers=SITE)
    quarter: Text = cell(key=True)
    fte: float = cell(empty=True)
    headcount: float = cell(empty=True)
    vacant: float = cell(empty=True)
    joiners: float = cell(empty=True)
    leavers: float = cell(empty=True)
    unknown: Text = cell(empty=True)
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)
    note_nb: Text = cell(empty=True)
    note_en: Text = cell(empty=True)


class Service(Rows):
    """One row is what a site did for people in a quarter; caseload: at its end. Empty: not reported yet. unknown: what nobody knows."""

    site_id: Text = cell(key=True, refers=SITE)
    quarter: Text = cell(key=True)
    referred: float = cell(empty=True)
    started: float = cell(empty=True)
    served: float = cell(empty=True)
    caseload: float = cell(empty=True)
    working: float = cell(empty=True)
    job_starts: float = cell(empty=True)
    closed_cases: float = cell(empty=True)
    days_to_contact: float = cell(empty=True)
    unknown: Text = cell(empty=True)
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)
    note_nb: Text = cell(empty=True)
    note_en: Text = cell(empty=True)


class Fidelity(Rows):
    """One row is a score of a fidelity review at a site: of one of the 25 items (1 to 5), or, without an item, of the whole (25 to 125)."""

    site_id: Text = cell(key=True, refers=SITE)
    date: Text = cell(key=True)
    item: float = cell(key=True, empty=True)
    score: float = cell()
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)
    note_nb: Text = cell(empty=True)
    note_en: Text = cell(empty=True)


class Rollout(Rows):
    """One row is a step of the way to a site in place, with the date it was done (empty: not yet)."""

    site_id: Text = cell(key=True, refers=SITE)
    stage: Text = cell(key=True)
    date: Text = cell(empty=True)
    quality: Text = cell()
    source: Text = cell(refers=SOURCES)
    note_nb: Text = cell(empty=True)
    note_en: Text = cell(empty=True)


class Sources(Rows):
    """One row is a source that other rows refer to: who published it, when, under which licence, how it was read."""

    source: Text = cell(key=True)
    title_nb: Text = cell()
    title_en: Text = cell()
    publisher: Text = cell(empty=True)
    published: Text = cell(empty=True)
    accessed: Text = cell(empty=True)
    licence: Text = cell(empty=True)
    url: Text = cell(empty=True)
    status: Text = cell()
    processing: Text = cell()
    note_nb: Text = cell(empty=True)
    note_en: Text = cell(empty=True)


TABLES: dict[str, type[Rows]] = {
    "areas": Areas, "population": Population, "sites": Sites, "catchments": Catchments,
    "observations": Observations, "goals": Goals, "funding": Funding, "events": Events,
    "nav_teams": NavTeams, "specialist_care": SpecialistCare, "benchmarks": Benchmarks,
    "fidelity_items": FidelityItems, "assumptions": Assumptions, "scenarios": Scenarios, "travel": Travel,
    "staffing": Staffing, "service": Service, "fidelity": Fidelity, "rollout": Rollout, "sources": Sources,
}

MAY_BE_EMPTY = ("funding", "events", "nav_teams", "benchmarks", "fidelity_items", "specialist_care", "scenarios", "travel", "staffing", "service", "fidelity", "rollout")
# What a programme knows and the public does not: a delivery may lack these.
OPTIONAL = ("staffing", "service", "fidelity", "rollout")
# What the reader fills in: no file has to have it.
FILLED = ("unknown",)
# Tables that are registers in TOML where a delivery is a folder.
REGISTERS = ("sources", "assumptions")


def columns_of(table: str) -> tuple[str, ...]:
    """The columns of a table in the order they stand in the file."""
    return tuple(TABLES[table].to_schema().columns)


def key_of(table: str) -> tuple[str, ...]:
    """The columns that together tell one row of a table from another."""
    return tuple(name for name, column in TABLES[table].to_schema().columns.items() if column.metadata["key"])


def may_lack(table: str) -> frozenset[str]:
    """The columns that a file of this table need not have: those the reader fills in, and those that came later."""
    return frozenset(name for name, column in TABLES[table].to_schema().columns.items() if column.metadata["later"] or name in FILLED)


def references_of(table: str) -> dict[str, Reference]:
    """The columns of a table that hold ids of another table, and where those ids must be found."""
    columns = TABLES[table].to_schema().columns.items()
    return {name: column.metadata["refers"] for name, column in columns if column.metadata["refers"]}
