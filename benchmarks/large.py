"""A programme far larger than ours: 150 sites by 40 quarters, made up, checked and published into a store."""

import time
from dataclasses import dataclass
from pathlib import Path

from ipsdash.export.release import delivered, to_publish
from ipsdash.store.deliveries import received
from ipsdash.store.editions import open_store
from ipsdash.store.places import public_path
from ipsdash.tables.load import Tables, load
from ipsdash.tables.schemas import FILLED, columns_of
from tests.workbooks import workbook

SITES, QUARTERS = 150, [f"{2015 + number // 4}Q{number % 4 + 1}" for number in range(40)]
PLAIN = {"quality": "reported", "source": "programme"}


@dataclass(frozen=True)
class Made:
    """What the way in took, seconds."""

    checked: float
    published: float


def content() -> bytes:
    """The workbook as it is handed in."""
    return workbook(**_sheets(load(public_path()).tables))


def publish(folder: Path) -> Made:
    """Checks the workbook and publishes it into a store in this folder. Raises ValueError when it has a fault."""
    given = content()
    began = time.perf_counter()
    one = received("large.xlsx", given, None, public_path(), trusted=True)
    checked = time.perf_counter() - began
    if one.loaded.faults:
        raise ValueError(one.loaded.faults[0])
    began = time.perf_counter()
    store = open_store(folder)
    store.publish(to_publish(delivered(one, store)), "benchmark", "150 sites by 40 quarters", None, counts_people=True)
    return Made(checked, time.perf_counter() - began)


def _sheets(public: Tables) -> dict[str, list[list[object]]]:
    towns = public.areas[public.areas["kind"] == "municipality"].reset_index(drop=True)
    homes = [towns.iloc[number % len(towns)] for number in range(SITES)]
    every = [(f"site-{site}", quarter) for site in range(SITES) for quarter in QUARTERS]
    region = public.observations[public.observations["site_id"].isna()].astype(object)
    return {
        "sites": _rows("sites", ({"site_id": f"site-{number}", "name": f"Site {number}", "municipality": home["area_id"], "lat": float(home["lat"]), "lon": float(home["lon"]),
                                  "evidence": "named", "opened": "2019"} for number, home in enumerate(homes))),
        "catchments": _rows("catchments", ({"area_id": area, "site_id": f"site-{number}", "valid_from": "2019"} for number, area in enumerate(towns["area_id"]))),
        "observations": _rows("observations", region.where(region.notna(), None).to_dict("records")),
        "staffing": _rows("staffing", ({"site_id": site, "quarter": quarter, "fte": 2.5, "headcount": 3, "vacant": 0.5} for site, quarter in every)),
        "service": _rows("service", ({"site_id": site, "quarter": quarter, "started": 5, "served": 45, "caseload": 40, "closed_cases": 5} for site, quarter in every)),
    }  # fmt: skip


def _rows(table: str, given) -> list[list[object]]:
    names = [name for name in columns_of(table) if name not in FILLED]
    return [names, *([(PLAIN | row).get(name) for name in names] for row in given)]
