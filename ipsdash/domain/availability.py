"""How many people live where there is IPS, how much IPS there is, and where there is none (METHOD section 4).

    availability = people aged 18-66 in municipalities with a known site / all people aged 18-66
    intensity    = specialists per 100,000 people aged 18-66

Coverage, the share of the need that is met, is another thing and stands in `coverage`.
"""

import pandas as pd

from ipsdash.domain.areas import municipalities_in
from ipsdash.domain.provenance import Number, provenance
from ipsdash.domain.sites import catchments_at, counts, states
from ipsdash.tables.load import Tables

PER = 100_000
# What is counted as served, from the narrowest to the widest. Each evidence step holds the one before it.
EVIDENCE_STEPS = {
    "named": ("named", "named_undated"),
    "named_or_later": ("named", "named_undated", "named_later"),
    "all_evidence": ("named", "named_undated", "named_later", "inferred"),
}
MEASURES = ("own_municipality", *EVIDENCE_STEPS)


def people(population: pd.DataFrame, date: str) -> pd.DataFrame:
    """The municipalities' inhabitants of the date's year, or of the last year before it there is (else the first after)."""
    years = population["year"].drop_duplicates().sort_values()
    before = years[years <= int(date[:4])]
    return population[population["year"] == (before.iloc[-1] if len(before) else years.iloc[0])]


def availability(tables: Tables, area_id: str, date: str) -> pd.DataFrame:
    """One row is a way to count who lives where there is IPS: measure, people, total, share, quality, source.

    own_municipality: a site in the municipality itself. named, named_or_later, all_evidence: the municipality is assigned
    to a site that well supported. Only own_municipality is there for dates without known catchments.
    """
    inside = people(tables.population, date).query("area_id in @members", local_dict={"members": municipalities_in(tables.areas, area_id)})
    served = catchments_at(tables.catchments, tables.sites, date)
    found = states(tables.sites, tables.catchments, date).query("state == 'open'")
    rows = [_share("own_municipality", inside, inside["area_id"].isin(found["municipality"]), found)]
    if len(served):
        for measure, evidence in EVIDENCE_STEPS.items():
            mine = served[served["evidence"].isin(evidence)]
            rows.append(_share(measure, inside, inside["area_id"].isin(mine["area_id"]), served))
    return pd.DataFrame(rows)


def _share(measure: str, inside: pd.DataFrame, reached: pd.Series, basis: pd.DataFrame) -> dict[str, object]:
    total = int(inside["population_18_66"].sum())
    count = int(inside.loc[reached, "population_18_66"].sum())
    return {
        "measure": measure, "people": count, "total": total, "share": count / total if total else 0.0,
        **provenance(inside, *([basis] if len(basis) else [])),
    }  # fmt: skip


def intensity(count: Number, inside: pd.DataFrame) -> Number:
    """Specialists per 100,000 people aged 18-66 of these municipalities' rows of population."""
    together = provenance(inside, pd.DataFrame([{"quality": count.quality, "source": count.source}]))
    total = inside["population_18_66"].sum()
    return Number(count.value / total * PER if total else float("nan"), count.date, together["quality"], together["source"], count.bound)


def inhabitants(tables: Tables, area_id: str, date: str) -> pd.DataFrame:
    """The rows of population of an area's municipalities, of the year that `people` picks."""
    return people(tables.population, date)[lambda rows: rows["area_id"].isin(municipalities_in(tables.areas, area_id))]


def catchment_sizes(tables: Tables, date: str) -> pd.DataFrame:
    """One row is an open site with municipalities, in the order of the sites: site_id, municipalities, people_18_66, value
    (specialists, where known and fresh), bound, date, per_100000, quality, source."""
    served = catchments_at(tables.catchments, tables.sites, date).query("site_id != ''")
    lived = served.merge(people(tables.population, date), on="area_id", suffixes=("", "_people"))
    lived["quality_both"] = [
        provenance(pd.DataFrame({"quality": pair, "source": ["", ""]}))["quality"]
        for pair in zip(lived["quality"], lived["quality_people"])
    ]
    rows = []
    known = counts(tables, date).query("fresh").set_index("site_id")
    for site_id in [site for site in tables.sites["site_id"] if site in set(lived["site_id"])]:
        mine = lived[lived["site_id"] == site_id]
        count = known.loc[site_id] if site_id in known.index else None
        rows.append(_catchment(site_id, mine, count))
    columns = ["site_id", "municipalities", "people_18_66", "value", "bound", "date", "per_100000", "quality", "source"]
    return pd.DataFrame(rows, columns=columns)


def _catchment(site_id: str, mine: pd.DataFrame, count: pd.Series | None) -> dict[str, object]:
    both = [mine, mine[["quality_people", "source_people"]].set_axis(["quality", "source"], axis=1)]
    both += [count[["quality", "source"]].to_frame().T] if count is not None else []
    total = int(mine["population_18_66"].sum())
    value = float(count["value"]) if count is not None else float("nan")
    return {
        "site_id": site_id, "municipalities": len(mine), "people_18_66": total, "value": value,
        "bound": count["bound"] if count is not None else "", "date": count["date"] if count is not None else "",
        "per_100000": value / total * PER if total else float("nan"), **provenance(*both),
    }  # fmt: skip


def without_site(tables: Tables, date: str) -> pd.DataFrame:
    """One row is a DPS area in which no municipality is assigned to a known site: area_id, municipalities, people_18_66,
    quality, source. No rows for dates without known catchments."""
    served = catchments_at(tables.catchments, tables.sites, date)
    lived = served.merge(people(tables.population, date)[["area_id", "population_18_66"]], on="area_id")
    lived["dps_area"] = lived["area_id"].map(tables.areas.set_index("area_id")["dps_area"])
    empty = lived.groupby("dps_area", sort=False).filter(lambda rows: (rows["site_id"] == "").all())
    rows = [
        {"area_id": dps, "municipalities": len(mine), "people_18_66": int(mine["population_18_66"].sum()),
         **provenance(mine)}
        for dps, mine in empty.groupby("dps_area", sort=False)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["area_id", "municipalities", "people_18_66", "quality", "source"])
