"""Who is in place at the sites, who is lacking, and how many have to be hired.

    posts    = fte + vacant                                      approved, in full-time equivalents
    turnover = leavers of four quarters / mean headcount of those quarters
    net      = goal - fte
    gross    = net + turnover * mean stock * years               growth.recruits

A sum over sites is "at least" as soon as a site that is open, or may be, has not reported or does
not know its number; a site that is closed by the end of a quarter is not in it. Joiners and leavers
that are hidden (METHOD section 7) are in no sum either: it is "at least", and "hidden" where no
site's number is shown. So nothing here is made of a hidden number.

Turnover is of the quarters of sites that have both numbers: where one of them is lacking or hidden,
both are left out, so that those who left are never set against other people. It is not computed
where one of the four quarters has none. Only quarters whose last month is by the date count.
"""

from dataclasses import dataclass
from math import nan

import pandas as pd

from ipsdash.domain.cells import HIDDEN
from ipsdash.domain.growth import SERIES, Progress, goals_at, progress
from ipsdash.domain.provenance import Number, number, united, weakest
from ipsdash.domain.sites import sites_in, states
from ipsdash.domain.spans import is_over, quarter_end
from ipsdash.tables.columns import STAFFING
from ipsdash.tables.dates import quarter_before
from ipsdash.tables.load import Tables

POSTS = "posts"
QUARTERS_A_YEAR = 4
SHOWN = "shown"
TOTALS = [
    "quarter",
    "date",
    "measure",
    "value",
    "state",
    "bound",
    "told",
    "expected",
    "quality",
    "source",
]


@dataclass(frozen=True)
class Turnover:
    """The share of the staff who leave in a year, over the four quarters from first to last.

    leavers: people; headcount: their mean number; used: quarters of sites with both numbers, of `asked` that should have them.
    """

    rate: float
    leavers: float
    headcount: float
    first: str
    last: str
    used: int
    asked: int
    quality: str
    source: str

    @property
    def bound(self) -> str:
        """Of leavers and headcount: at_least where a quarter of a site is lacking or hidden."""
        return "exact" if self.used == self.asked else "at_least"


def staff(tables: Tables, area_id: str, date: str) -> pd.DataFrame:
    """One row is a site of an area in a quarter, by quarter and in the order of the sites: site_id, quarter, STAFFING (NaN: not told), posts,
    unknown (names of what nobody knows), hidden (names of what is hidden), reported (whether there is
    a row at all), quality, source ("" where not).

    Every quarter that some site of the area has a row of, and in it every site that is not closed by its end and is open, may be open or
    has a row.
    """
    inside = sites_in(tables, area_id)
    given = tables.staffing[tables.staffing["site_id"].isin(inside["site_id"])]
    given = given.loc[[is_over(quarter, date) for quarter in given["quarter"]]]
    # Tables that have not been released yet have no column `hidden`.
    given = given.assign(hidden=given.get("hidden", ""))
    frames = [_in_quarter(inside, tables.catchments, quarter, rows) for quarter, rows in given.groupby("quarter")]
    empty = pd.DataFrame(
        columns=[
            "site_id",
            "quarter",
            *STAFFING,
            "unknown",
            "hidden",
            "reported",
            "quality",
            "source",
        ]
    )
    found = pd.concat(frames, ignore_index=True) if frames else empty
    numbers = found[list(STAFFING)].astype(float)
    words = found[["unknown", "hidden", "quality", "source"]].fillna("")
    return found.assign(**numbers, **words, posts=numbers["fte"] + numbers["vacant"])


def _in_quarter(sites: pd.DataFrame, catchments: pd.DataFrame, quarter: str, rows: pd.DataFrame) -> pd.DataFrame:
    state = states(sites, catchments, quarter_end(quarter)).set_index("site_id")["state"]
    told = state.index.isin(rows["site_id"])
    expected = state.index[(state != "closed") & (state.isin(["open", "unknown"]) | told)]
    known = rows.set_index("site_id").reindex(expected)
    return known.assign(quarter=quarter, reported=expected.isin(rows["site_id"])).reset_index(names="site_id")[
        ["site_id", "quarter", *STAFFING, "unknown", "hidden", "reported", "quality", "source"]
    ]


def totals(rows: pd.DataFrame) -> pd.DataFrame:
    """One row is a sum over sites in a quarter: TOTALS; date: the last month of the quarter; measure: one of STAFFING or posts; told,
    expected: sites; state: shown, or hidden (value: NaN) where no number is shown and some are
    hidden. What no site has told has no row. rows: of `staff`."""
    found = [
        _total(quarter, mine, measure)
        for quarter, mine in rows.groupby("quarter")
        for measure in STAFFING
        if mine[measure].notna().any() or any(measure in names.split() for names in mine["hidden"])
    ]
    sums = pd.DataFrame(found, columns=TOTALS)
    # Both sums, so that filled and vacant posts always make the posts.
    parts = sums[sums["measure"].isin(["fte", "vacant"])].groupby("quarter")
    whole = [_posts(quarter, both) for quarter, both in parts if len(both) == 2]
    return pd.concat([sums, pd.DataFrame(whole, columns=TOTALS)], ignore_index=True) if whole else sums


def _total(quarter: str, mine: pd.DataFrame, measure: str) -> dict[str, object]:
    told = mine[mine[measure].notna()]
    if told.empty:
        given = mine[mine["reported"].astype(bool)]
        return {
            "quarter": quarter,
            "date": quarter_end(quarter),
            "measure": measure,
            "value": nan,
            "state": HIDDEN,
            "bound": "at_least",
            "told": 0,
            "expected": len(mine),
            "quality": weakest(given["quality"]),
            "source": united(given["source"]),
        }
    return {
        "quarter": quarter, "date": quarter_end(quarter), "measure": measure, "value": told[measure].sum(),
        "state": SHOWN,
        "bound": "exact" if len(told) == len(mine) else "at_least", "told": len(told), "expected": len(mine),
        "quality": weakest(told["quality"]), "source": united(told["source"]),
    }  # fmt: skip


def _posts(quarter: str, both: pd.DataFrame) -> dict[str, object]:
    return {
        "quarter": quarter, "date": quarter_end(quarter), "measure": POSTS, "value": both["value"].sum(),
        "state": SHOWN,
        "bound": "exact" if (both["bound"] == "exact").all() else "at_least", "told": both["told"].min(), "expected": both["expected"].max(),
        "quality": weakest(both["quality"]), "source": united(both["source"]),
    }  # fmt: skip


def latest(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the newest quarter, of `staff` or of `totals`."""
    return rows[rows["quarter"] == rows["quarter"].max()].reset_index(drop=True)


def series(sums: pd.DataFrame, measure: str) -> pd.DataFrame:
    """A measure over time: date, value, bound, quality, source, as `growth.series` has it."""
    return sums.loc[sums["measure"] == measure, SERIES].reset_index(drop=True)


def state(row: pd.Series, measure: str) -> str:
    """What is known of a number of `staff`: shown, hidden, missing (not reported) or unknown."""
    if pd.notna(row[measure]):
        return SHOWN
    names = {"fte", "vacant"} if measure == POSTS else {measure}
    if names & set(row["hidden"].split()):
        return HIDDEN
    return "unknown" if names & set(row["unknown"].split()) else "missing"


def turnover(rows: pd.DataFrame) -> Turnover | None:
    """The turnover of the four quarters that end with the newest; None where it cannot be computed. rows: of `staff`."""
    if rows.empty:
        return None
    quarters = [rows["quarter"].max()]
    while len(quarters) < QUARTERS_A_YEAR:
        quarters.append(quarter_before(quarters[-1]))
    asked = rows[rows["quarter"].isin(quarters)]
    used = asked.dropna(subset=["leavers", "headcount"])
    people = used["headcount"].sum() / QUARTERS_A_YEAR
    if used["quarter"].nunique() < QUARTERS_A_YEAR or people == 0:
        return None
    return Turnover(
        float(used["leavers"].sum() / people), float(used["leavers"].sum()), float(people), quarters[-1], quarters[0], len(used), len(asked),
        weakest(used["quality"]), united(used["source"]),
    )  # fmt: skip


def few(rows: pd.DataFrame, least: float) -> tuple[list[str], list[str]]:
    """The sites with fewer people than a team needs, and those whose people are not known. rows: of `staff` in one quarter."""
    return rows.loc[rows["headcount"] < least, "site_id"].tolist(), rows.loc[rows["headcount"].isna(), "site_id"].tolist()


def way(tables: Tables, area_id: str, date: str, sums: pd.DataFrame, given: pd.DataFrame) -> Progress | None:
    """The way to the area's newest goal for specialists, counted in filled full-time equivalents. None without a goal or a number.

    sums: of `totals`; given: assumptions as `assumed` gives them.
    """
    return progress(series(sums, "fte"), goals_at(tables, area_id, date), given)


def number_of(sums: pd.DataFrame, measure: str) -> Number | None:
    """A sum of the newest quarter; None where no site has told it. sums: of `totals`."""
    found = sums[(sums["quarter"] == sums["quarter"].max()) & (sums["measure"] == measure)]
    return number(found.iloc[0]) if len(found) else None


def mean_position(rows: pd.DataFrame) -> float | None:
    """Full-time equivalents per person, over the sites that have told both; None where nobody is employed. rows: of `staff` in one quarter."""
    both = rows.dropna(subset=["fte", "headcount"])
    people = both["headcount"].sum()
    return float(both["fte"].sum() / people) if people else None
