"""Places on the map: from degrees to kilometres, the municipality around a place, where a name stands."""

from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import shapely

from ipsdash.geo.layers import METRES, municipalities

DEGREES = "EPSG:4326"
# Metres; a name is placed no finer.
LABEL_TOLERANCE = 500


def located(sites: pd.DataFrame) -> pd.DataFrame:
    """The rows of `sites` (lat, lon in degrees) with x_km, y_km in kilometres of EPSG:25833; missing stays missing."""
    points = geopandas.GeoSeries.from_xy(sites["lon"], sites["lat"], crs=DEGREES).to_crs(METRES)
    return sites.assign(x_km=(points.x / 1000).round(3), y_km=(points.y / 1000).round(3))


def containing(folder: Path, points: pd.DataFrame, max_km: float = 3) -> pd.DataFrame:
    """The rows of `points` (x_km, y_km) with the municipality there: area_id, and km, how far away it is. Raises GeometryFault.

    km is 0 inside. Outside all, the nearest up to max_km counts: simplified coasts leave some harbours in the sea.
    Beyond that, and where a place is missing, both are missing.
    """
    layer = municipalities(folder)
    known = np.flatnonzero(points[["x_km", "y_km"]].notna().all(axis=1))
    places = shapely.points(points[["x_km", "y_km"]].to_numpy(float)[known] * 1000)
    (place, near), metres = shapely.STRtree(layer.geometry.array).query_nearest(
        places, max_distance=max_km * 1000, return_distance=True, all_matches=False
    )
    area_id, km = np.full(len(points), None, dtype=object), np.full(len(points), np.nan)
    area_id[known[place]] = layer["area_id"].to_numpy()[near]
    km[known[place]] = (metres / 1000).round(3)
    return points.assign(area_id=area_id, km=km)


def label_points(folder: Path) -> pd.DataFrame:
    """One row is a municipality and the point of its largest part farthest from every edge: area_id, x_km, y_km.

    x_km, y_km in kilometres of EPSG:25833. Raises GeometryFault.
    """
    layer = municipalities(folder)
    largest = [max(shapely.get_parts(shape), key=shapely.area) for shape in layer.geometry]
    centres = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=LABEL_TOLERANCE), 0)
    x_km, y_km = (shapely.get_coordinates(centres) / 1000).round(3).T
    return pd.DataFrame({"area_id": layer["area_id"], "x_km": x_km, "y_km": y_km})
