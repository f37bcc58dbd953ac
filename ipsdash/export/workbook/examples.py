"""The example row of each sheet of the template: plausible, obeys every rule, and is never read in."""

from ipsdash.tables.load import Tables
from ipsdash.text.formats import LANGUAGES
from ipsdash.text.words import Words

DAY, QUARTER = "2024-05", "2024Q3"
OWN_SOURCE = "programme"


def example(words: Words, tables: Tables, table: str) -> dict[str, object]:
    """Column -> value of the example row; columns that stay empty are left out."""
    sources = list(tables.sources["source"])
    common = {"quality": "reported", "source": OWN_SOURCE if OWN_SOURCE in sources else sources[0]}
    said = {f"note_{lang}": Words(lang)("template.example_row") for lang in LANGUAGES}
    return EXAMPLES[table](words, tables) | common | said


def _site(words: Words, tables: Tables) -> dict:
    # Beside a site that there is, so that place and municipality agree.
    near, name = tables.sites.iloc[0], words("template.example")
    where = {one: near[one] for one in ("municipality", "lat", "lon")}
    return {"site_id": f"{name}-1", "name": name.capitalize(), **where, "evidence": "named", "opened": DAY, "settings": "dps nav"}


def _catchment(words: Words, tables: Tables) -> dict:
    site = tables.sites.iloc[0]
    return {"area_id": site["municipality"], "site_id": site["site_id"], "valid_from": DAY}


def _staffing(words: Words, tables: Tables) -> dict:
    numbers = {"fte": 3.5, "headcount": 4, "vacant": 0.5, "joiners": 1, "leavers": 0}
    return {"site_id": tables.sites["site_id"].iloc[0], "quarter": QUARTER, **numbers}


def _service(words: Words, tables: Tables) -> dict:
    people = {"referred": 14, "started": 10, "served": 46, "caseload": 40, "working": 12, "job_starts": 6, "closed_cases": 6}
    return {"site_id": tables.sites["site_id"].iloc[0], "quarter": QUARTER, **people, "days_to_contact": 9.5}


def _fidelity(words: Words, tables: Tables) -> dict:
    return {"site_id": tables.sites["site_id"].iloc[0], "date": DAY, "item": 1, "score": 4}


def _rollout(words: Words, tables: Tables) -> dict:
    return {"site_id": tables.sites["site_id"].iloc[0], "stage": "cooperation_agreement", "date": DAY}


def _goal(words: Words, tables: Tables) -> dict:
    what = {"indicator": "specialists", "value": 60, "unit": "positions_or_persons"}
    return {"goal_id": f"{words('template.example')}-1", "area_id": _region(tables), **what, "set_on": DAY, "due_on": "2027-12"}


def _grant(words: Words, tables: Tables) -> dict:
    return {"year": 2024, "area_id": _region(tables), "entry": "grant", "nok": 1_500_000, "bound": "exact", "payer": "Helsedirektoratet"}


def _assumption(words: Words, tables: Tables) -> dict:
    # As it is, from another date on: its text, range and choices belong together.
    known = tables.assumptions[tables.assumptions["assumption"] == "caseload"].iloc[-1]
    return known.dropna().to_dict() | {"valid_from": DAY}


def _region(tables: Tables) -> str:
    return tables.areas.loc[tables.areas["kind"] == "region", "area_id"].iloc[0]


EXAMPLES = {
    "sites": _site, "catchments": _catchment, "staffing": _staffing, "service": _service, "fidelity": _fidelity,
    "rollout": _rollout, "goals": _goal, "funding": _grant, "assumptions": _assumption,
}  # fmt: skip
