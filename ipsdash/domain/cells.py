"""What is counted of the people that sites serve, and what the primary rules hide of it (METHOD section 7).

Numbers are of a site or of a region. What happens in a quarter (FLOWS) adds up over quarters and is also given for years;
what there is in a quarter (STOCKS) is not, for the same people would be counted again. `closed_cases` is never shown, but it
follows from caseload = caseload before + started - closed_cases: so it is among the numbers, where few were closed as hidden.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ipsdash.domain.areas import groups
from ipsdash.domain.assumptions import assumed
from ipsdash.domain.provenance import united
from ipsdash.tables.columns import QUALITIES
from ipsdash.tables.dates import first_day
from ipsdash.tables.load import Tables

FLOWS = ("referred", "started", "job_starts")
STOCKS = ("served", "caseload", "working")
ADDITIVE = (*FLOWS, *STOCKS)
CLOSED = "closed_cases"
# Who came to a site and who left it; the reader knows headcount = headcount before + joiners - leavers.
MOVES = ("joiners", "leavers")
MEAN = "days_to_contact"
MEASURES = ("referred", "started", "served", "caseload", "working", "job_starts", "days_to_contact")
OUTCOMES = ["level", "place", "period", "measure", "value", "state", "bound", "quality", "source"]
# The state of a number that is there and not shown, whatever the reason: a reason would tell of the number.
HIDDEN = "hidden"
# The state of closed cases that need no protection.
NEVER = "never"
CELL = ["level", "place", "period", "measure"]


@dataclass(frozen=True)
class Limits:
    """small: counts from 1 to below it are hidden. possible: how many values a hidden number must be able to have at least.
    alone: a site with so few specialists, or fewer, is one person's work."""

    small: int
    possible: int
    alone: float


def limits(tables: Tables) -> Limits:
    """The thresholds that hold in the newest quarter that is told of. Raises KeyError when an assumption is missing."""
    newest = (tables.staffing if tables.service.empty else tables.service)["quarter"].max()
    rows = assumed(tables.assumptions, f"{newest[:4]}-{3 * int(newest[5]):02d}", {})["value"]
    return Limits(int(rows["small_count"]), int(rows["possible_values"]), float(rows["one_person"]))


def cells(tables: Tables, rules: Limits | None = None) -> pd.DataFrame:
    """One row is a number of a site or a region in a quarter or a year, closed cases of sites included: OUTCOMES with every value as reported (NaN: not
    reported) and the state by the primary rules; and region, year, parts (site-quarters it sums), alone (one person's work),
    least, most (what an earlier edition has told of a hidden number: nothing here).

    rules: the limits that hold, if not those of the tables. `days_to_contact` is called shown here: `means` decides when all
    counts have been decided.
    """
    rules = rules or limits(tables)
    sites = _of_sites(tables, rules)
    told = sites[sites["value"].notna() & sites["measure"].isin(ADDITIVE)]
    flows = told[told["measure"].isin(FLOWS)]
    regional = [rows.dropna(subset=["region"]) for rows in (told, flows)]
    quarters = _summed(regional[0], "region", "region", "period").assign(bound="exact")
    quarters.loc[_lacks_a_site(tables, sites, quarters), "bound"] = "at_least"
    years = _summed(flows, "site", "place", "year")
    years["bound"] = np.where(years["parts"] == 4, "exact", "at_least")
    lone = sites.loc[sites["alone"], ["place", "year"]].drop_duplicates()
    years["alone"] = pd.MultiIndex.from_frame(years[["place", "period"]]).isin(pd.MultiIndex.from_frame(lone))
    whole = _summed(regional[1], "region", "region", "year")
    whole["bound"] = _of_the_year(whole, quarters)
    found = pd.concat([sites, years, quarters, whole], ignore_index=True)
    return found.assign(state=primary(found, rules), least=0.0, most=np.inf)


def primary(found: pd.DataFrame, rules: Limits) -> np.ndarray:
    """The state of each number by itself and beside its denominator: shown, hidden, missing, unknown; or
    never, of closed cases that need not be protected and are not shown for all that."""
    value, measure = found["value"], found["measure"]
    told, closed = value.notna(), measure == CLOSED
    beside = pd.MultiIndex.from_frame(found[["level", "place", "period"]])
    of = pd.Series(value[measure == "served"].to_numpy(), index=beside[measure == "served"]).reindex(beside).to_numpy()
    all_or_none = (measure == "working") & (of > 0) & ((value == 0) | (of - value < rules.small))
    small = (closed | measure.isin(ADDITIVE)) & value.between(1, rules.small - 1)
    return np.select([~told, found["alone"] | small | all_or_none, closed], [found["state"], HIDDEN, NEVER], "shown")


def means(found: pd.DataFrame, rules: Limits) -> pd.Series:
    """The states, with each mean hidden whose number of people is not shown or below the smallest number shown.

    Beside a hidden number of people a mean that nobody reported is hidden too: that there is a mean says that somebody
    started, that there is none suggests that nobody did.
    """
    beside = ["level", "place", "period"]
    people = found[found["measure"] == "started"].set_index(beside)
    enough = people.index[(people["state"] == "shown") & (people["value"] >= rules.small)]
    of = pd.MultiIndex.from_frame(found[beside])
    lacks_people = found["value"].notna() & ~of.isin(enough)
    beside_hidden = of.isin(people.index[people["state"] == HIDDEN])
    return found["state"].mask((found["measure"] == MEAN) & (lacks_people | beside_hidden), HIDDEN)


def moves(tables: Tables, rules: Limits) -> pd.DataFrame:
    """One row is a number of people who came to a site or left it in a quarter: CELL, value, state; in the order of `staffing`,
    first all of those who came. Of one person they are hidden: who left is then known by name."""
    staff = tables.staffing
    alone = one_person(tables, staff, rules)
    shared = pd.DataFrame({"level": "site", "place": staff["site_id"], "period": staff["quarter"]})
    found = pd.concat([shared.assign(measure=name, value=staff[name].astype(float)) for name in MOVES], ignore_index=True)
    unknown = np.array([name in names.split() for name in MOVES for names in staff["unknown"].fillna("")], bool)
    state = np.select([found["value"].notna() & np.tile(alone, len(MOVES)), found["value"].notna(), unknown], [HIDDEN, "shown", "unknown"], "missing")
    return found.assign(state=state)


def one_person(tables: Tables, rows: pd.DataFrame, rules: Limits) -> np.ndarray:
    """Whether each row with a site_id and quarter is of one person's work: by the site's staff in that quarter, or the latest told before it;
    headcount, else full-time equivalents. Where nobody has told, it is."""
    staff = tables.staffing
    people = staff["headcount"].astype(float).fillna(staff["fte"].astype(float))
    told = pd.DataFrame({"site_id": staff["site_id"].astype(object), "on": _ordinal(staff["quarter"]), "people": people}).dropna()
    asked = pd.DataFrame({"site_id": rows["site_id"].astype(object), "on": _ordinal(rows["quarter"])}).reset_index(names="row")
    found = pd.merge_asof(asked.sort_values("on"), told.sort_values("on"), on="on", by="site_id").set_index("row")["people"]
    return ~(found.reindex(range(len(asked))) > rules.alone).to_numpy()


def _ordinal(quarters: pd.Series) -> np.ndarray:
    """Quarters as numbers, one more for each quarter."""
    return np.array([4 * int(quarter[:4]) + int(quarter[5]) for quarter in quarters], dtype="int64")


def _of_sites(tables: Tables, rules: Limits) -> pd.DataFrame:
    """The cells of sites in quarters; state: missing or unknown, for those without a number."""
    service = tables.service
    region_of = dict(groups(tables.areas, "region").itertuples(index=False))
    region = tables.sites.set_index("site_id")["municipality"].map(region_of)
    shared = pd.DataFrame({
        "level": "site", "place": service["site_id"], "period": service["quarter"], "bound": "exact", "quality": service["quality"],
        "source": service["source"], "region": service["site_id"].map(region), "year": service["quarter"].str[:4], "alone": one_person(tables, service, rules),
        "parts": 1,
    })  # fmt: skip
    unknown = [set(names.split()) for names in service["unknown"].fillna("")]
    return pd.concat([
        shared.assign(measure=name, value=service[name].astype(float), state=["unknown" if name in names else "missing" for names in unknown])
        for name in (*MEASURES, CLOSED)
    ], ignore_index=True)  # fmt: skip


def _summed(told: pd.DataFrame, level: str, place: str, period: str) -> pd.DataFrame:
    """The sums of what was reported, by place, period and measure, with the weakest quality and all sources."""
    keys = ["place", "period", "measure"]
    rank = told["quality"].map({quality: weakness for weakness, quality in enumerate(QUALITIES)})
    told = told.assign(place=told[place], period=told[period], rank=rank)
    sums = told.groupby(keys, sort=False).agg(
        value=("value", "sum"), parts=("parts", "sum"), rank=("rank", "max"), source=("source", "first"), region=("region", "first"), year=("year", "first")
    )  # fmt: skip
    named = told[[*keys, "source"]].drop_duplicates()
    several = named[named.duplicated(keys, keep=False)].groupby(keys)["source"].agg(united)
    sums.loc[several.index, "source"] = several
    quality = sums.pop("rank").map(dict(enumerate(QUALITIES)))
    return sums.assign(quality=quality, level=level, state="", alone=False).reset_index()


def _lacks_a_site(tables: Tables, sites: pd.DataFrame, quarters: pd.DataFrame) -> np.ndarray:
    """Whether a sum over sites lacks one that has a row in the quarter, or that reported before and is not closed."""
    shut = {site: first_day(date) for site, date in zip(tables.sites["site_id"], tables.sites["closed"]) if isinstance(date, str)}
    every = sorted(sites["period"].unique())
    begins = np.array([f"{quarter[:4]}-{3 * int(quarter[5]) - 2:02d}-01" for quarter in every])
    lacking = {}
    for (region, measure), rows in sites[sites["measure"].isin(ADDITIVE)].groupby(["region", "measure"], sort=False):
        told = rows.assign(told=rows["value"].notna()).pivot_table(index="place", columns="period", values="told", aggfunc="max").reindex(columns=every)
        has = (told == True).to_numpy()  # noqa: E712  (NaN: no row)
        open_yet = np.array([begins < shut.get(site, "9999") for site in told.index]).reshape(has.shape)
        expected = told.notna().to_numpy() | (np.logical_or.accumulate(has, axis=1) & open_yet)
        lacking |= {(region, quarter, measure): bool(one) for quarter, one in zip(every, (expected & ~has).any(axis=0))}
    return np.array([lacking[key] for key in zip(quarters["place"], quarters["period"], quarters["measure"])], dtype=bool)


def _of_the_year(whole: pd.DataFrame, quarters: pd.DataFrame) -> np.ndarray:
    """The bound of a region's year: exact where each of its four quarters is."""
    exact = quarters[quarters["bound"] == "exact"].groupby(["place", "year", "measure"]).size()
    found = exact.reindex(pd.MultiIndex.from_frame(whole[["place", "period", "measure"]]), fill_value=0)
    return np.where(found.to_numpy() == 4, "exact", "at_least")
