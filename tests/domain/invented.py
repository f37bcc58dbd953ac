"""Random numbers of people at sites, plausible and imperfect: gaps, unknown numbers, closed sites, one-person sites, revisions."""

from dataclasses import replace

import numpy as np
import pandas as pd

from ipsdash.tables.columns import SERVICE
from ipsdash.tables.load import Tables
from tests.domain.worlds import world

THRESHOLDS = "assumption|valid_from|value\nsmall_count|2017|5\npossible_values|2017|3\none_person|2017|1"
AREAS = "area_id|kind|parent\nregion:n|region|\ncounty:c|county|region:n\nm:1|municipality|county:c"


def quarters(count: int, first: int = 2022) -> list[str]:
    return [f"{first + place // 4}Q{place % 4 + 1}" for place in range(count)]


def invented(seed: int, sites: int = 8, count: int = 6, people: float = 1.0) -> Tables:
    """Tables with staffing and service of some sites in some quarters. people: how large the sites are."""
    chance = np.random.default_rng(seed)
    names, every = [f"s{place}" for place in range(sites)], quarters(count)
    service, staffing, closed = [], [], {}
    for site in names:
        posts, size = int(chance.choice([1, 2, 3, 4])), people * chance.uniform(0.5, 2)
        first = int(chance.choice([0, 0, 0, 1, 3]))
        last = int(chance.choice([count, count, count, count, count - 2]))
        if last < count:
            closed[site] = f"{every[last][:4]}-{3 * int(every[last][5]) - 2:02d}-01"
        caseload = int(chance.poisson(6 * posts * size))
        for quarter in every[min(first, count - 1) : last]:
            posts = max(1, posts + int(chance.choice([0, 0, 0, 0, 1, -1])))
            if chance.random() < 0.9:
                staffing.append({"site_id": site, "quarter": quarter, "fte": posts - 0.2, "headcount": posts if chance.random() < 0.8 else np.nan})
            row, caseload = _quarter(chance, site, quarter, posts * size, caseload)
            if chance.random() < 0.95:
                service.append(row)
    drawn = world(areas=AREAS, assumptions=THRESHOLDS, sites="site_id|municipality\n" + "\n".join(f"{site}|m:1" for site in names))
    shut = drawn.sites.assign(closed=pd.Series([closed.get(site) for site in names], dtype="str"))
    return replace(drawn, sites=shut, service=_framed(service, drawn.service), staffing=_framed(staffing, drawn.staffing))


def _quarter(chance: np.random.Generator, site: str, quarter: str, size: float, before: int) -> tuple[dict, int]:
    """A row of service, and the caseload at its end."""
    started = int(chance.poisson(2.5 * size))
    served = before + started
    closed = int(chance.binomial(served, 0.25))
    row = {
        "site_id": site, "quarter": quarter, "referred": started + int(chance.poisson(1)), "started": started, "served": served,
        "caseload": served - closed, "working": int(chance.binomial(served, 0.3)), "job_starts": int(chance.poisson(0.12 * served)),
        "closed_cases": closed, "days_to_contact": float(round(chance.uniform(5, 40), 1)),
    }  # fmt: skip
    for name in SERVICE:
        if chance.random() < 0.03:
            row[name] = np.nan
            row["unknown"] = " ".join(filter(None, [row.get("unknown"), name])) if chance.random() < 0.4 else row.get("unknown")
    return row, served - closed


def _framed(rows: list[dict], like: pd.DataFrame) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=like.columns).assign(quality="reported", source="s1")
    texts = ["unknown", "note_nb", "note_en"]
    return frame.astype({name: "str" for name in [*texts, "site_id", "quarter", "quality", "source"]})


def revised(tables: Tables, seed: int) -> Tables:
    """A later edition: some numbers reported late, some corrected."""
    chance = np.random.default_rng([seed, 1])
    service = tables.service.copy()
    for name in [one for one in SERVICE if one != "days_to_contact"]:
        late = service[name].isna() & (chance.random(len(service)) < 0.5)
        mended = service[name].notna() & (chance.random(len(service)) < 0.02)
        service[name] = service[name].where(~late, chance.integers(0, 9, len(service)))
        service[name] = service[name].where(~mended, np.maximum(0, service[name] + chance.integers(-2, 3, len(service))))
    return replace(tables, service=service)


def without_newest(tables: Tables) -> Tables:
    """The edition before the newest quarter came."""
    newest = tables.service["quarter"].max()
    return replace(tables, service=tables.service[tables.service["quarter"] < newest].reset_index(drop=True))


def two_editions(seed: int) -> tuple[Tables, Tables]:
    """A dataset of a random kind, and what became of it."""
    whole = invented(seed, sites=3 + seed % 6, count=3 + seed % 4, people=(1, 0.6, 2, 1)[seed % 4])
    return without_newest(whole) if seed % 2 else whole, revised(whole, seed)
