"""The key numbers of outcomes, and what is shown of the region over time."""

from dataclasses import dataclass

import pandas as pd

from ipsdash.domain import outcomes
from ipsdash.domain.areas import municipalities_in
from ipsdash.domain.outcomes import DAYS, FLOWS, rate_of
from ipsdash.domain.provenance import Said
from ipsdash.domain.sites import states
from ipsdash.domain.spans import quarter_end
from ipsdash.figures.outcomes import DAYS_DECIMALS
from ipsdash.tables.load import Tables
from ipsdash.text.hidden import written
from ipsdash.text.words import Words
from ipsdash.ui import show
from ipsdash.ui.reader import Reader
from ipsdash.ui.show import KeyNumber


@dataclass(frozen=True, eq=False)
class Seen:
    """What the page shows of one quarter. rates: of the region in every quarter; now: its row of this one; counts: the region's cells; served:
    that of those served; contact: in every quarter; sites: cells of the sites of my area; shares: their rates; every: the rates of all sites."""

    quarter: str
    rates: pd.DataFrame
    now: pd.Series
    counts: pd.DataFrame
    served: pd.Series
    contact: pd.DataFrame
    sites: pd.DataFrame
    shares: pd.DataFrame
    every: pd.DataFrame


def seen(me: Reader, quarters: list[str], quarter: str) -> Seen:
    """What is shown of a quarter. quarters: all there are by the date."""
    return me.once(_seen, me.tables, me.region, me.area, me.assumed.at["chance_inner", "value"], quarters, quarter)


def _seen(tables: Tables, region: str, area: str, share: float, quarters: list[str], quarter: str) -> Seen:
    told, at = tables.outcomes, states(tables.sites, tables.catchments, quarter_end(quarter))
    mine = outcomes.in_quarter(told, at[at["municipality"].isin(municipalities_in(tables.areas, area))], quarter)
    rates, counts = outcomes.of_region(told, region, quarters, share), outcomes.cells(told, "region", [region], [quarter])
    return Seen(
        quarter, rates, rates.set_index("period", drop=False).loc[quarter], counts, counts.set_index("measure").loc["served"],
        outcomes.contact(told, quarters, tuple(tables.sites["site_id"])), mine, outcomes.rates(mine, share),
        outcomes.rates(outcomes.in_quarter(told, at, quarter), share),
    )  # fmt: skip


def series(me: Reader, one: Seen, measure: str) -> pd.DataFrame:
    """A number over quarters: the region's own, or of days the medians of the sites. No rows where nobody has told of it."""
    if measure == DAYS:
        rows = me.once(outcomes.as_series, one.contact)
    else:
        rows = me.once(outcomes.cells, me.tables.outcomes, "region", [me.region], tuple(one.rates["period"]), [measure])
    return rows if any(rows["quality"]) else rows.iloc[:0]


def tells(rows: pd.DataFrame, measure: str) -> bool:
    """Whether any site tells of a number."""
    return any(rows.loc[rows["measure"] == measure, "quality"])


def years(me: Reader) -> pd.DataFrame:
    """The region's cells of every year."""
    told = me.tables.outcomes
    return me.once(outcomes.cells, told, "region", [me.region], me.once(outcomes.years, told, me.date), FLOWS)


def spread(me: Reader, one: Seen) -> pd.DataFrame:
    """Where the sites stand in the funnel; no rows where the region's rate is not shown."""
    widths = (me.assumed.at[name, "value"] for name in ("chance_inner", "chance_outer"))
    return me.once(outcomes.funnel, one.every, one.now["rate"], *widths) if one.now["state"] == "shown" else one.every.iloc[:0]


def cards(me: Reader, one: Seen) -> list[KeyNumber]:
    """Served, in work, new jobs, days to contact, in the quarter."""
    return me.once(_cards, me.words, me.tables.sources, one, me.assumed.at["chance_inner", "value"])


def _cards(words: Words, register: pd.DataFrame, one: Seen, share: float) -> list[KeyNumber]:
    quarter, rate = words.quarter(one.quarter), one.now
    cells, contact = one.counts.set_index("measure"), one.contact.set_index("period", drop=False).loc[one.quarter]
    found = rate_of(rate)
    if found:
        values = {"low": 100 * found.low, "high": found.high, "share": share, "quarter": quarter}
        value, note = words.share(found.value), words("outcomes.key_working_note", working=words.bounded(rate["working"], rate["bound"]), **values)
    else:
        value, note = _written(words, cells.loc["working"]), words("outcomes.key_working_none", quarter=quarter, reason=words(f"outcomes.rate_state.{rate['state']}"))
    made = [
        ("served", _written(words, cells.loc["served"]), words("outcomes.key_served_note", quarter=quarter), cells.loc["served"]),
        ("working", value, note, rate),
        ("jobs", _written(words, cells.loc["job_starts"]), words("outcomes.key_jobs_note", quarter=quarter), cells.loc["job_starts"]),
    ]
    if contact["sites"]:
        days = words.number(contact["median"], DAYS_DECIMALS)
        made.append(("contact", days, words("outcomes.key_contact_note", sites=contact["sites"], quarter=quarter), contact))
    # Where nobody told of it, nobody is its source.
    return [show.sourced(words, register, words(f"outcomes.key_{name}"), told, about, Said(row["quality"], row["source"])) for name, told, about, row in made if row["quality"]]


def _written(words: Words, cell: pd.Series) -> str:
    return written(words, cell["value"], cell["state"], cell["bound"])
