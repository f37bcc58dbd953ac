"""Where new sites would reach most people (METHOD section 5): every set of candidates is tried, so the best is the best."""

from itertools import combinations

import numpy as np
import pandas as pd

# Who is to be reached: those in areas without a known site, or also those for whom their own site is too far away.
WHO = ("without", "far")
MOST_SITES = 3


def to_reach(homes: pd.DataFrame, known: pd.DataFrame, minutes: float, who: str) -> pd.Series:
    """People aged 18-66 to be reached, by municipality (area_id); those who are not to be counted have 0.

    without: municipalities without a known site. far: also those whose own site is more than `minutes` away, or at an
    unknown time. known: as `travel.times` gives them. Raises KeyError for another `who`.
    """
    own = known[known["own"]].set_index("destination")["minutes"]
    lacking = homes["site_id"] == ""
    counted = {"without": lacking, "far": lacking | ~(homes["area_id"].map(own) <= minutes)}[who]
    return homes["people"].where(counted, 0.0).set_axis(homes["area_id"])


def best_places(people: pd.Series, known: pd.DataFrame, candidates: list[str], sites: int, minutes: float, near: float) -> pd.DataFrame:
    """One row is a set of new sites, best first: places (area_ids, a space between), people (reached within `minutes`),
    left_out (people to be reached who are not), mean_minutes (of those reached), best (as many as the best).

    The best set and all that reach at most `near`, a share, fewer. Most people first, then the shorter mean way, then the
    order of candidates. No rows when no candidate reaches anybody. people: as `to_reach` gives them.
    """
    times = known.pivot_table(index="origin", columns="destination", values="minutes", dropna=False)
    rows = [one for one in candidates if one in times.index]
    if not rows or people.sum() <= 0:
        return _none()
    way = times.reindex(index=rows, columns=people.index).to_numpy(float)
    way = np.where(way <= minutes, way, np.inf)
    useful = np.flatnonzero((np.isfinite(way) & (people.to_numpy() > 0)).any(axis=1))
    if not len(useful):
        return _none()
    size = min(sites, len(useful))
    sets = np.array(list(combinations(useful, size)))
    reached = np.isfinite(way)[sets].any(axis=1) @ people.to_numpy()
    most = reached.max()
    kept = np.flatnonzero(reached >= most * (1 - near))
    nearest = way[sets[kept]].min(axis=1)
    weight = np.where(np.isfinite(nearest), people.to_numpy(), 0.0)
    mean = (np.where(np.isfinite(nearest), nearest, 0.0) * weight).sum(axis=1) / weight.sum(axis=1)
    order = np.lexsort((kept, mean.round(6), -reached[kept]))
    names = [" ".join(rows[one] for one in sets[kept[place]]) for place in order]
    found = reached[kept[order]]
    return pd.DataFrame({"places": names, "people": found, "left_out": people.sum() - found, "mean_minutes": mean[order], "best": found == most})


def _none() -> pd.DataFrame:
    return pd.DataFrame(columns=["places", "people", "left_out", "mean_minutes", "best"])
