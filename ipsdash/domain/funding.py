"""Money for IPS: who pays in which year, for which posts and how long, and what a post and a job start cost.

    per post      = money of a site in a year / (mean full-time equivalents in post over the quarters reported * part of the year it was open)
    per job start = money spent in a year / job starts of that year (outcomes as they may be shown, all quarters reported)
    share         = grants to an area / grants of the same payer to the whole country in the same year

A grant to an area, a grant to one of its sites and the site's budget may be the same money. So money is only ever added
within one entry (grant, budget, spent) and one level (all of it the sites', or all of it areas' of one kind).
"""

import pandas as pd

from ipsdash.domain.areas import ancestors
from ipsdash.domain.provenance import loosest, provenance, united, weakest
from ipsdash.domain.sites import states
from ipsdash.domain.spans import is_by, is_over, month_after, quarter_end
from ipsdash.tables.columns import ENTRIES, KINDS
from ipsdash.tables.load import Tables

GRANT, BUDGET, SPENT = ENTRIES
# What a page leads with where a year has several.
FIRST = (BUDGET, GRANT, SPENT)
SITE, COUNTRY = "site", "country"
# From the smallest part to the largest: where there are several, the first is the one that is added up.
LEVELS = (SITE, *reversed(KINDS))
STATES = ("ended", "ending", "later", "undated")
AT_MOST = "at_most"
_MONEY = ["year", "level", "place", "entry", "payer", "nok", "bound", "posts", "ends", "quality", "source"]


def money(tables: Tables, area_id: str) -> pd.DataFrame:
    """One row is money for an area, for an area or a site inside it: year, level (site or the area's kind), place (site_id or
    area_id), entry, payer, nok, bound, posts, ends, quality, source; by year, then as in the table. Of a country: its own only."""
    rows, kinds, above = tables.funding, tables.areas.set_index("area_id")["kind"], ancestors(tables.areas)
    within = set(above.loc[above["within"] == area_id, "area_id"])
    sites = set(tables.sites.loc[tables.sites["municipality"].isin(within), "site_id"])
    of_site = rows["site_id"].notna()
    found = rows.assign(
        level=rows["area_id"].map(kinds).mask(of_site, SITE), place=rows["area_id"].mask(of_site, rows["site_id"]), entry=rows["entry"].fillna(GRANT),
    )  # fmt: skip
    mine = rows["area_id"] == area_id if kinds[area_id] == COUNTRY else rows["site_id"].isin(sites).where(of_site, rows["area_id"].isin(within))
    return found.loc[mine.astype(bool), _MONEY].sort_values("year", kind="stable", ignore_index=True)


def country(tables: Tables) -> pd.DataFrame:
    """The money for the whole country, as `money` gives it: context, never added to an area's."""
    return money(tables, tables.areas.loc[tables.areas["kind"] == COUNTRY, "area_id"].iloc[0])


def level(rows: pd.DataFrame) -> str:
    """The level that is added up: the sites' where there are any, else the smallest kind of area. "" without rows."""
    there = set(rows["level"])
    return next((one for one in LEVELS if one in there), "")


def by_payer(rows: pd.DataFrame) -> pd.DataFrame:
    """One row is what a payer gives to one level in a year as one entry: year, level, entry, payer, nok, bound, places
    (how many get it), quality, source; by year, entry and level."""
    keys = ["year", "level", "entry", "payer"]
    found = [
        {**dict(zip(keys, key)), "nok": mine["nok"].sum(), "bound": loosest(mine["bound"]), "places": mine["place"].nunique(), **provenance(mine)}
        for key, mine in rows.groupby(keys, sort=False)
    ]  # fmt: skip
    frame = pd.DataFrame(found, columns=[*keys, "nok", "bound", "places", "quality", "source"])
    rank = frame.assign(one=frame["entry"].map(ENTRIES.index), other=frame["level"].map(LEVELS.index)).sort_values(["year", "one", "other"], kind="stable")
    return rank.drop(columns=["one", "other"]).reset_index(drop=True)


def totals(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """One row is what an entry comes to in a year, of all payers and one level: year, entry, level, nok, bound, places, payers,
    quality, source. at_least where a part is, or where a site that was open at the end of the year lacks: it has money in other
    years and none in this one, or, of what was spent, is not among those who told."""
    found = []
    for (year, entry), every in rows.groupby(["year", "entry"], sort=False):
        mine = every[every["level"] == level(every)]
        told = set(mine["place"]) if entry == SPENT else set(rows.loc[(rows["year"] == year) & (rows["entry"] != SPENT), "place"])
        lacks = mine["level"].iloc[0] == SITE and bool(_open_sites(tables, rows, year) - told)
        found.append({
            "year": year, "entry": entry, "level": mine["level"].iloc[0], "nok": mine["nok"].sum(),
            "bound": loosest([*mine["bound"], "at_least" if lacks else "exact"]), "places": mine["place"].nunique(),
            "payers": tuple(mine["payer"].drop_duplicates()), **provenance(mine),
        })  # fmt: skip
    columns = ["year", "entry", "level", "nok", "bound", "places", "payers", "quality", "source"]
    return pd.DataFrame(found, columns=columns)


def _open_sites(tables: Tables, rows: pd.DataFrame, year: int) -> set[str]:
    """The sites open at the end of a year that have money in any year: those that never had any are no part of the table."""
    found = states(tables.sites, tables.catchments, f"{year}-12-31")
    return set(found.loc[found["state"] == "open", "site_id"]) & set(rows.loc[rows["level"] == SITE, "place"])


def latest(sums: pd.DataFrame, date: str) -> pd.Series | None:
    """The sum a page leads with: of the newest year that has begun by the date, a budget before a grant before what was spent.
    sums: as `totals` gives them. None where no year has."""
    begun = sums[sums["year"] <= int(date[:4])]
    if begun.empty:
        return None
    newest = begun[begun["year"] == begun["year"].max()]
    return newest.set_index("entry", drop=False).loc[next(one for one in FIRST if one in set(newest["entry"]))]


def share_of_country(own: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """One row is a year and a payer with a grant to the area as such and one to the country: year, payer, nok, nok_bound, of,
    of_bound, share, bound (exact, at_least, at_most), quality, source.

    own, whole: as `money` gives them. Where both amounts are lower bounds the share is unknown and there is no row.
    """
    grants = [by_payer(rows.query("entry == @GRANT and level != @SITE", local_dict={"GRANT": GRANT, "SITE": SITE})) for rows in (own, whole)]
    if grants[0].empty or grants[1].empty:
        return pd.DataFrame(columns=["year", "payer", "nok", "nok_bound", "of", "of_bound", "share", "bound", "quality", "source"])
    one_level = grants[0][grants[0]["level"] == max(grants[0]["level"], key=LEVELS.index)]
    both = one_level.merge(grants[1], on=["year", "payer"], suffixes=("", "_of"))
    both["share_bound"] = [ratio_bound(one, other) for one, other in zip(both["bound"], both["bound_of"])]
    both = both[(both["share_bound"] != "") & (both["nok_of"] > 0)]
    return pd.DataFrame({
        "year": both["year"], "payer": both["payer"], "nok": both["nok"], "nok_bound": both["bound"], "of": both["nok_of"], "of_bound": both["bound_of"],
        "share": both["nok"] / both["nok_of"], "bound": both["share_bound"],
        "quality": [weakest(pair) for pair in zip(both["quality"], both["quality_of"])], "source": [united(pair) for pair in zip(both["source"], both["source_of"])],
    }).reset_index(drop=True)  # fmt: skip


def ratio_bound(part: str, whole: str) -> str:
    """What is known of a number divided by another by their bounds: exact, at_least, at_most, "" for nothing."""
    return {("exact", "exact"): "exact", ("at_least", "exact"): "at_least", ("exact", "at_least"): AT_MOST}.get((part, whole), "")


def posts_paid(tables: Tables, rows: pd.DataFrame, date: str, months: float) -> pd.DataFrame:
    """One row is the posts that a payer pays for at a place, at a date: level, place, payer, posts, ends, state, quality, source;
    in the order of the table.

    The newest year that has begun counts; of a grant and a budget of one payer, which pay for the same posts, the budget.
    ends: the latest last day that the payer has given for the place, a later year's too: then the money goes on.
    state: ended, ending (within so many months of the date), later, undated. Money without a last day is for its year: of an
    earlier year it has ended, or what follows is not entered. Sites that are closed at the date are left out. Only one level:
    see `level`.
    """
    found = states(tables.sites, tables.catchments, date)
    closed = set(found.loc[found["state"] == "closed", "site_id"])
    promised = rows[rows["posts"].notna() & (rows["entry"] != SPENT) & (rows["year"] <= int(date[:4])) & ~rows["place"].isin(closed)]
    promised = promised[promised["level"] == level(promised)]
    rank = promised.assign(rank=promised["entry"].map(FIRST[::-1].index)).sort_values(["year", "rank"], kind="stable")
    now = rank.drop_duplicates(["place", "payer"], keep="last").sort_index()
    until = rows.dropna(subset=["ends"]).groupby(["place", "payer"])["ends"].max()
    ends = [until.get((place, payer)) for place, payer in zip(now["place"], now["payer"])]
    state = [_ending(one, year, date, months) for one, year in zip(ends, now["year"])]
    found = now.assign(ends=pd.Series(ends, index=now.index, dtype="str"), state=state)
    return found[["level", "place", "payer", "posts", "ends", "state", "quality", "source"]].reset_index(drop=True)


def _ending(ends: object, year: int, date: str, months: float) -> str:
    if not isinstance(ends, str):
        return "undated" if year == int(date[:4]) else "ended"
    if not is_by(date, ends):
        return "ended"
    return "ending" if is_by(ends, month_after(date, months / 12) + date[len("2017-04") :]) else "later"


def costs(tables: Tables, area_id: str, date: str) -> pd.DataFrame:
    """One row is a site of the area in a year with money, in the order of the sites, then by year: site_id, year, basis (spent, else
    budget), nok, bound; fte (mean in post), quarters (reported of the year), of_quarters (that the site was open by the date),
    per_post; starts (NaN unless shown), starts_state, starts_bound, per_start; quality, source.

    A budget is at_least where somebody who has none gives a grant: that may come on top. per_post: NaN without a quarter or with
    nobody in post. per_start: only of what was spent in a year that is over, by job starts that are shown, of all quarters, and
    not zero; its bound is the money's. starts_state is "" where there is no cell or no spent money.
    """
    rows = money(tables, area_id).query("level == 'site'")
    rows = rows[rows["year"] <= int(date[:4])]
    reported = tables.staffing[tables.staffing["fte"].notna() & tables.staffing["quarter"].map(lambda quarter: is_over(quarter, date)).astype(bool)]
    staff = dict(iter(reported.groupby([reported["site_id"], reported["quarter"].str[:4].astype(int)])))
    starts = {place: cell for (kind, place), cell in _starts(tables).items() if kind == SITE}
    spans = {site: (opened, closed) for site, opened, closed in tables.sites[["site_id", "opened", "closed"]].itertuples(index=False)}
    found = [
        _cost(mine, staff.get((site, year), reported.iloc[:0]), starts.get((site, year)), spans[site], date)
        for (site, year), mine in rows.groupby(["place", "year"], sort=False)
    ]
    columns = [
        "site_id", "year", "basis", "nok", "bound", "fte", "quarters", "of_quarters", "per_post", "starts", "starts_state", "starts_bound", "per_start",
        "quality", "source",
    ]  # fmt: skip
    order = {site: place for place, site in enumerate(tables.sites["site_id"])}
    frame = pd.DataFrame([one for one in found if one], columns=columns)
    return frame.assign(order=frame["site_id"].map(order)).sort_values(["order", "year"], kind="stable", ignore_index=True).drop(columns="order")


def _cost(mine: pd.DataFrame, staff: pd.DataFrame, starts: pd.Series | None, span: tuple[object, object], date: str) -> dict[str, object] | None:
    """The cost of one site in one year. mine: its money; staff: its quarters reported; span: when it opened and closed."""
    site, year = mine["place"].iloc[0], int(mine["year"].iloc[0])
    over = is_by(f"{year}-12", date)
    # What is spent of a year that runs is a part of it.
    basis = SPENT if over and (mine["entry"] == SPENT).any() else BUDGET
    paid = mine[mine["entry"] == basis]
    if paid.empty:
        return None
    on_top = basis == BUDGET and bool(set(mine.loc[mine["entry"] == GRANT, "payer"]) - set(paid["payer"]))
    nok, bound = paid["nok"].sum(), loosest([*paid["bound"], "at_least" if on_top else "exact"])
    quarters = [one for one in (f"{year}Q{number}" for number in range(1, 5)) if _is_open(span, one)]
    fte = float(staff["fte"].astype(float).mean()) if len(staff) else float("nan")
    cell = starts if over and basis == SPENT else None
    known = cell is not None and cell["value"] > 0 and cell["bound"] == "exact"
    return {
        "site_id": site, "year": year, "basis": basis, "nok": nok, "bound": bound, "fte": fte, "quarters": len(staff),
        "of_quarters": sum(is_over(one, date) for one in quarters), "per_post": nok / (fte * len(quarters) / 4) if fte > 0 and quarters else float("nan"),
        "starts": float(cell["value"]) if cell is not None else float("nan"), "starts_state": cell["state"] if cell is not None else "",
        "starts_bound": cell["bound"] if cell is not None else "", "per_start": nok / cell["value"] if known else float("nan"),
        **provenance(paid, staff, *([cell[["quality", "source"]].to_frame().T] if known else [])),
    }  # fmt: skip


def _is_open(span: tuple[object, object], quarter: str) -> bool:
    """Whether a site was open at some time in a quarter, as far as is known."""
    opened, closed = span
    begins = f"{quarter[:4]}-{3 * int(quarter[5]) - 2:02d}"
    return (not isinstance(opened, str) or is_by(opened, quarter_end(quarter))) and (not isinstance(closed, str) or is_by(begins, closed))


def _starts(tables: Tables) -> dict[tuple[str, tuple[str, int]], pd.Series]:
    """The cells of job starts in years, by level and (place, year)."""
    if tables.outcomes.empty:
        return {}
    cells = tables.outcomes[(tables.outcomes["measure"] == "job_starts") & (tables.outcomes["period"].str.len() == len("2024"))]
    return {(row["level"], (row["place"], int(row["period"]))): row for _, row in cells.iterrows()}


def per_post(found: pd.DataFrame) -> dict[str, object] | None:
    """What a filled post costs at all sites where it is known, together: year, basis, value, bound, sites (that are known), of_sites
    (with money that year), quality, source. found: as `costs` gives them. Of the newest year with something spent; where nothing
    is known to be spent, of the newest with a budget. Only one basis is added up."""
    known = found[found["per_post"].notna()]
    if known.empty:
        return None
    basis = SPENT if (known["basis"] == SPENT).any() else BUDGET
    year = known.loc[known["basis"] == basis, "year"].max()
    mine = known[(known["year"] == year) & (known["basis"] == basis)]
    return {
        "year": int(year), "basis": basis, "value": mine["nok"].sum() / (mine["nok"] / mine["per_post"]).sum(), "bound": loosest(mine["bound"]), "sites": len(mine),
        "of_sites": int((found["year"] == year).sum()), **provenance(mine),
    }  # fmt: skip


def per_start(tables: Tables, found: pd.DataFrame, region: str) -> dict[str, object] | None:
    """What a job start costs in the region in the newest year for which every site of the sum is known on both sides: year, value,
    sites, quality, source; None where there is no such year. found: the region's `costs`.

    The job starts are the region's own cell, shown and exact; its sites are those that reported them, and each of them, and
    no other, has an exact sum spent.
    """
    spent, cells = found[(found["basis"] == SPENT) & (found["bound"] == "exact")], _starts(tables)
    for year in sorted(set(spent["year"]), reverse=True):
        mine, cell = spent[spent["year"] == year], cells.get(("region", (region, year)))
        if cell is None or cell["state"] != "shown" or cell["bound"] != "exact" or not cell["value"]:
            continue
        told = {place for (kind, (place, when)), one in cells.items() if kind == SITE and when == year and one["state"] not in ("missing", "unknown")}
        if told == set(mine["site_id"]):
            both = provenance(mine, cell[["quality", "source"]].to_frame().T)
            return {"year": int(year), "value": mine["nok"].sum() / cell["value"], "sites": len(mine), **both}
    return None
