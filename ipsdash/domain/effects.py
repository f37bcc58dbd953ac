"""What changed assumptions do to the need: one at a time, together, and what remains between the two.

    alone      = need with this one change - need without any
    together   = need with all changes - need without any
    remainder  = together - sum of alone          the interaction: effects multiply, so they do not add up
"""

import numpy as np
import pandas as pd

from ipsdash.domain.assumptions import (
    BASE_ALL, BASE_OUT_OF_WORK, CHOICES, FLOW, WANT_BASE, Changed, id_of,
)
from ipsdash.domain.need import Model, flow_of, median_and_range, quantiles, region_median, values
from ipsdash.tables.columns import OPTIONS
from ipsdash.tables.load import Tables

# The one fact whose doubt differs between catchments: alone it is drawn, not set to its ends.
LOCAL = "local_deviation"
# The ranges of the facts in the table hold 95 %.
RANGE = 0.95
# Posts; less is how a machine rounds.
LITTLE = 1e-9
TORNADO = ["assumption", "basis", "low", "high", "at_low", "at_high"]


def effects(tables: Tables, date: str, base: Changed, changed: Changed) -> pd.DataFrame:
    """One row is a change from one scenario to another, in the order of the table: assumption, alone (posts); then
    `interaction`, the remainder, and `together`. Only the two last rows when nothing differs. Each is a difference of two medians of the region's need; the draws
    of what is not changed are the same in both. Raises as `need.model`."""
    names = [name for name in tables.assumptions["assumption"].drop_duplicates() if base.get(name) != changed.get(name)]
    before = region_median(tables, date, base)
    # What only one of the two names is as in the table in the other.
    steps = {name: {key: one for key, one in {**base, name: changed.get(name)}.items() if one is not None} for name in names}
    alone = [region_median(tables, date, step) - before for step in steps.values()]
    together = region_median(tables, date, changed) - before
    return pd.DataFrame({"assumption": [*names, "interaction", "together"], "posts": [*alone, together - sum(alone), together]})


def tornado(made: Model) -> pd.DataFrame:
    """One row is a fact at the ends of its 95 % range, or a choice at the ends of what may be chosen, all else drawn as in
    the scenario, by the median of the draws: assumption, basis, low, high (posts needed), at_low, at_high (its values; names for a choice among names).

    Facts before choices, each widest first. A fact that a reader holds is not doubted and has no row; neither has a choice
    that does not change the region's need.
    """
    point, found = values(made.assumed, made.draws.shape[1]), []
    for name in (*FLOW, *CHOICES):
        row = made.assumed.loc[id_of(made.assumed, name)]
        if name == LOCAL:
            found.append(_local(made, row))
        elif row["basis"] == "choice" or not row["held"]:
            found.append(_ends(made, name, row, point))
    rows = pd.DataFrame([one for one in found if one and one["high"] - one["low"] > LITTLE], columns=TORNADO)
    order = rows.assign(width=rows["low"] - rows["high"]).sort_values(["basis", "width"], ascending=[False, True], kind="stable")
    return order.drop(columns="width").reset_index(drop=True)


def _ends(made: Model, name: str, row: pd.Series, point: dict[str, float | np.ndarray]) -> dict[str, object] | None:
    """The needs at both ends of an assumption, the lower first."""
    if name == WANT_BASE:
        ends = {BASE_ALL: {"base_all": 1.0}, BASE_OUT_OF_WORK: {"base_all": 0.0}}
    elif name in OPTIONS:
        ends = {one: _of_option(made, name, one) for one in OPTIONS[name]}
    else:
        limits = (row["low"], row["high"]) if row["basis"] == "fact" else (row["least"], row["most"])
        ends = {one: {name: one} for one in limits if pd.notna(one)}
    if not ends:
        return None
    people = made.people_weight
    needs = sorted(((float(np.median(flow_of(people, point | one).need)), at) for at, one in ends.items()), key=lambda pair: pair[0])
    (low, at_low), (high, at_high) = needs[0], needs[-1]
    return {"assumption": id_of(made.assumed, name), "basis": row["basis"], "low": low, "high": high, "at_low": at_low, "at_high": at_high}


def _of_option(made: Model, name: str, option: str) -> dict[str, float | np.ndarray]:
    """What the flow is made of when another option is chosen; weights only move the need about."""
    return {} if name == "weights" else values(of_group(made, option), made.draws.shape[1])


def of_group(made: Model, group: str) -> pd.DataFrame:
    """The assumptions of the model with another target group."""
    there = made.assumed.copy()
    there.loc["target_group", "option"] = group
    return there


def _local(made: Model, row: pd.Series) -> dict[str, object]:
    """The middle 95 % of draws in which only the catchments' own deviations differ."""
    # The region's median, moved only by how the catchments deviate together.
    people = made.people_weight
    low, high = quantiles(made.need * people / np.median(people), RANGE)
    return {"assumption": LOCAL, "basis": row["basis"], "low": float(low), "high": float(high), "at_low": row["low"], "at_high": row["high"]}


def enough(made: Model, posts: float, shares: tuple[float, ...]) -> pd.DataFrame:
    """One row is a target group and a share of it to be served: target_group, served_share, need, low, high (posts),
    enough (whether these posts meet the median need), likely (share of draws in which they do); all else as in the
    scenario."""
    people, interval, rows = made.people_weight, float(made.assumed.at["interval", "value"]), []
    for name in OPTIONS["target_group"]:
        there, all_served = of_group(made, name), {"served_share": 1.0}
        drawn_need = np.sort(flow_of(1.0, values(there, made.deviation.shape[1]) | all_served).need * people)
        whole, *ends = median_and_range(drawn_need, interval)
        for share in shares:
            likely = np.searchsorted(drawn_need, posts / share, side="right") / len(drawn_need)
            rows.append((name, share, whole * share, ends[0] * share, ends[1] * share, whole * share <= posts, float(likely)))
    return pd.DataFrame(rows, columns=["target_group", "served_share", "need", "low", "high", "enough", "likely"])
