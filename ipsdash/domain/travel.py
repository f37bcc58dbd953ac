"""Travel times between places (METHOD section 4).

    minutes = great circle (R = 6371.0088 km) * detour / speed * 60        all judgement, marked "estimated"

Where more than `sea_limit` of the straight line crosses sea the time is unknown: ferry or plane. A time that somebody
entered wins; one that is more than `travel_check` times the estimate, sea or not, is flagged for a person to check.
"""

import numpy as np
import pandas as pd

from ipsdash.domain.sites import catchments_at, states
from ipsdash.tables.load import Tables

EARTH_KM = 6371.0088
# Minutes to the own site. METHOD section 4.
BANDS = (30, 60, 90, 120)
HOW = ("estimated", "entered", "unknown")
# Of bands: minutes up to, further than the last, at an unknown time, without a site.
ORDER = [*map(str, BANDS), "further", "unknown", "no_site"]


def great_circle_km(lat: np.ndarray, lon: np.ndarray, to_lat: np.ndarray, to_lon: np.ndarray) -> np.ndarray:
    """Kilometres along the globe between places in degrees (haversine)."""
    north, east, to_north, to_east = (np.radians(np.asarray(one, float)) for one in (lat, lon, to_lat, to_lon))
    part = np.sin((to_north - north) / 2) ** 2 + np.cos(north) * np.cos(to_north) * np.sin((to_east - east) / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(part))


def pairs(tables: Tables, rows: pd.DataFrame, date: str) -> pd.DataFrame:
    """One row is a pair whose travel matters: origin (a site or a municipality), destination (a municipality), lat, lon,
    to_lat, to_lon, km (straight), own (the origin is the site that serves the destination).

    Every municipality from its own site, however far; and from every site and municipality within the longest band.
    rows: assumptions as `assumed` gives them.
    """
    towns = tables.areas.loc[tables.areas["kind"] == "municipality", ["area_id", "lat", "lon"]]
    found = states(tables.sites, tables.catchments, date)
    sites = found.loc[found["state"] == "open", ["site_id", "lat", "lon"]].set_axis(["area_id", "lat", "lon"], axis=1)
    every = pd.concat([sites, towns]).set_axis(["origin", "lat", "lon"], axis=1).merge(towns.set_axis(["destination", "to_lat", "to_lon"], axis=1), how="cross")
    served = catchments_at(tables.catchments, tables.sites, date)
    own = pd.MultiIndex.from_frame(served[["site_id", "area_id"]])
    km = great_circle_km(every["lat"], every["lon"], every["to_lat"], every["to_lon"])
    every = every.assign(km=km, own=pd.MultiIndex.from_frame(every[["origin", "destination"]]).isin(own))
    entered = pd.MultiIndex.from_frame(every[["origin", "destination"]]).isin(pd.MultiIndex.from_frame(tables.travel[["origin", "destination"]]))
    return every[every["own"] | entered | (_minutes(km, rows) <= BANDS[-1])].reset_index(drop=True)


def _minutes(km: np.ndarray | pd.Series, rows: pd.DataFrame) -> np.ndarray | pd.Series:
    return km * float(rows.at["detour", "value"]) / float(rows.at["speed", "value"]) * 60


def times(wanted: pd.DataFrame, sea: pd.Series, travel: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The pairs with their times: origin, destination, own, km (straight), sea (share of the line), estimate (minutes as if
    there were a road all the way), minutes (NaN: unknown), how (one of HOW), check (an entered time to look at), quality,
    source.

    wanted: as `pairs` gives them; sea: its shares of sea; travel: the entered times.
    """
    joined = wanted.assign(sea=sea).merge(travel[["origin", "destination", "minutes", "quality", "source"]], on=["origin", "destination"], how="left")
    estimate, entered = _minutes(joined["km"], rows), joined["minutes"].notna()
    by_road = joined["sea"] <= float(rows.at["sea_limit", "value"])
    how = np.select([entered, by_road], ["entered", "estimated"], "unknown")
    return joined.assign(
        estimate=estimate, minutes=joined["minutes"].where(entered, estimate.where(by_road)), how=how,
        check=entered & (joined["minutes"] > float(rows.at["travel_check", "value"]) * estimate),
        quality=joined["quality"].fillna("modelled"), source=joined["source"].fillna("geonames judgement"),
    ).drop(columns=["lat", "lon", "to_lat", "to_lon"])  # fmt: skip


def in_bands(known: pd.DataFrame, homes: pd.DataFrame) -> pd.DataFrame:
    """One row is a band of minutes to the own site: band (30, 60, 90, 120, "further", "unknown", "no_site"), people.

    known: as `times` gives them. homes: area_id, site_id, people of municipalities.
    """
    own = known[known["own"]].set_index("destination")["minutes"]
    band = band_of(homes["site_id"], homes["area_id"].map(own))
    return homes.groupby(band)["people"].sum().reindex(ORDER, fill_value=0.0).rename_axis("band").reset_index()


def band_of(site_id: pd.Series, minutes: pd.Series) -> pd.Series:
    """The band of each municipality: of its site ("" for none) and the minutes to it (NaN: unknown)."""
    bands = np.select([site_id == "", minutes.isna(), *(minutes <= limit for limit in BANDS)], ["no_site", "unknown", *map(str, BANDS)], "further")
    return pd.Series(bands, index=site_id.index)
