"""How far each site has come in the roll-out: what is done, what it waits for, and for how long.

    done    = a step with a date that is not later than the date looked at
    next    = the first of STEPS that is reported and not done
    since   = the date of the latest step that is done
    waited  = months from since to the date looked at
    stuck   = waited > stuck_months (assumption, owned by the programme)
    age     = years from first_specialist, else from the day the site opened

A step without a row is not reported: it may be done or not, so it is never what a site waits for.
"""

import pandas as pd

from ipsdash.domain.areas import ancestors
from ipsdash.domain.funding import GRANT, money
from ipsdash.domain.provenance import Number, provenance, united, weakest
from ipsdash.domain.sites import states_in
from ipsdash.domain.spans import is_by, years_between
from ipsdash.tables.columns import STEPS
from ipsdash.tables.load import Tables

STATES = ("done", "not_yet", "stuck", "unreported")
# How long a team has been there is counted from the first of these that is known.
TEAM_STEP, OPENED = "first_specialist", "opened"
STANDING = ["site_id", "closed", "done", "reported", "next", "since", "waited", "stuck", "started", "started_by", "age", "quality", "source"]
STEP_COLUMNS = ["site_id", "stage", "state", "date", "quality", "source"]


def standing(tables: Tables, area_id: str, date: str, stuck_months: float) -> pd.DataFrame:
    """One row is a site of an area, in the order of the sites: STANDING.

    closed: by the date; done, reported: numbers of steps; next: a step, "" when all reported are done; since: ISO, "" when nothing is
    done; waited: months, NaN when there is no next step or nothing to count from; started: ISO or "", and by what (a step, "opened", "");
    age: years, NaN when unknown; quality and source of its steps, "" without any.
    """
    given = {site: rows.set_index("stage") for site, rows in tables.rollout.groupby("site_id")}
    rows = [_standing(site, given.get(site["site_id"]), date, stuck_months) for _, site in states_in(tables, area_id, date).iterrows()]
    return pd.DataFrame(rows, columns=STANDING)


def _standing(site: pd.Series, given: pd.DataFrame | None, date: str, stuck_months: float) -> dict[str, object]:
    when = {} if given is None else _done(given["date"], date)
    reported = [] if given is None else [stage for stage in STEPS if stage in given.index]
    closed = site["state"] == "closed"
    following = "" if closed else next((stage for stage in reported if stage not in when), "")
    # A date that is known more closely comes after the same date known less closely.
    since = max(when.values(), default="")
    waited = 12 * years_between(since, date) if following and since else float("nan")
    opened = site["opened"] if isinstance(site["opened"], str) and is_by(site["opened"], date) else ""
    started = when.get(TEAM_STEP, opened)
    return {
        "site_id": site["site_id"], "closed": closed, "done": len(when), "reported": len(reported), "next": following, "since": since,
        "waited": waited, "stuck": waited > stuck_months, "started": started,
        "started_by": TEAM_STEP if TEAM_STEP in when else OPENED if opened else "",
        "age": years_between(started, date) if started and not closed else float("nan"),
        "quality": weakest(given["quality"]) if reported else "", "source": united(given["source"]) if reported else "",
    }  # fmt: skip


def _done(dates: pd.Series, date: str) -> dict[str, str]:
    """The steps that are done by a date, and when."""
    return {stage: on for stage, on in dates.items() if isinstance(on, str) and is_by(on, date)}


def steps(tables: Tables, found: pd.DataFrame, date: str) -> pd.DataFrame:
    """One row is a step of a site of `standing`, in the order of sites and STEPS: site_id, stage, state (one of STATES: stuck is the next
    step of a site that is stuck), date (ISO where done, else ""), quality and source ("" where not reported)."""
    given = tables.rollout.set_index(["site_id", "stage"])[["date", "quality", "source"]].to_dict("index")
    rows = []
    for site in found.itertuples():
        for stage in STEPS:
            row = given.get((site.site_id, stage))
            on = row["date"] if row and isinstance(row["date"], str) and is_by(row["date"], date) else ""
            state = "unreported" if row is None else "done" if on else "stuck" if site.stuck and stage == site.next else "not_yet"
            rows.append((site.site_id, stage, state, on, *((row["quality"], row["source"]) if row else ("", ""))))
    return pd.DataFrame(rows, columns=STEP_COLUMNS)


def by_step(rows: pd.DataFrame) -> pd.DataFrame:
    """One row is a step, in the order of STEPS: stage, and how many sites have it done, not_yet (stuck ones too) and unreported.

    rows: of `steps`, of the sites that are to count.
    """
    state = rows["state"].replace("stuck", "not_yet")
    counted = pd.crosstab(rows["stage"], state).reindex(index=list(STEPS), columns=["done", "not_yet", "unreported"], fill_value=0)
    return counted.rename_axis(index="stage", columns=None).reset_index()


def most_lacking(counted: pd.DataFrame) -> list[str]:
    """The steps that most sites have not done, of those that are reported; none where every reported step is done."""
    most = counted["not_yet"].max()
    return counted.loc[counted["not_yet"] == most, "stage"].tolist() if most > 0 else []


def open_sites(found: pd.DataFrame) -> pd.DataFrame:
    """The sites of `standing` that are not closed."""
    return found[~found["closed"].astype(bool)]


def summary(found: pd.DataFrame, date: str) -> dict[str, Number]:
    """complete: open sites with every step done, at least where a step is not reported; stuck: those that are stuck, by what is reported;
    age: median of their teams in years, where one is known.

    found: of `standing`. Empty when no open site has reported a step.
    """
    going = open_sites(found)
    told = going[going["reported"] > 0]
    if told.empty:
        return {}
    bound = "exact" if (going["reported"] == len(STEPS)).all() else "at_least"
    made = provenance(told)
    numbers = {
        "complete": Number(float((going["done"] == len(STEPS)).sum()), date, **made, bound=bound),
        "stuck": Number(float(going["stuck"].sum()), date, **made),
    }
    ages = told["age"].dropna()
    return numbers | ({"age": Number(float(ages.median()), date, **made)} if len(ages) else {})


def events_by(tables: Tables, area_id: str, date: str) -> pd.DataFrame:
    """The events in an area, or in an area within it, by a date, as far as known: rows of `events`."""
    inside = {area_id, *ancestors(tables.areas).query("within == @area_id")["area_id"]}
    events = tables.events[tables.events["area_id"].isin(inside)]
    return events.loc[[is_by(on, date) for on in events["date"]]]


def grants_by(tables: Tables, area_id: str, date: str) -> dict[str, Number]:
    """The grants to an area itself in the newest year up to that of a date, in kroner, by who pays."""
    rows = money(tables, area_id)
    granted = rows[(rows["place"] == area_id) & (rows["entry"] == GRANT) & (rows["year"] <= int(date[:4]))]
    newest = granted[granted["year"] == granted["year"].max()]
    return {row.payer: Number(float(row.nok), str(row.year), row.quality, row.source, row.bound) for row in newest.itertuples()}
