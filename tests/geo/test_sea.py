"""How much of a line lies over the sea: squares whose shares are counted by hand, and places everybody knows."""

from pathlib import Path

import geopandas
import pandas as pd
import pytest
import shapely

from ipsdash.geo.faults import GeometryFault
from ipsdash.geo.sea import sea_shares

DATA = Path(__file__).parents[2] / "data"
NORTH = 7_605_000


def box(west_km: float, east_km: float) -> shapely.Polygon:
    """A piece of land from one kilometre to another, wide enough for all lines of these tests."""
    return shapely.box(west_km * 1000, 7_600_000, east_km * 1000, 7_610_000)


@pytest.fixture(scope="module")
def islands(tmp_path_factory) -> Path:
    """Two municipalities from km 500 to 520, a neighbour that overlaps one of them from 515 to 525, another from 540 to 550."""
    folder = tmp_path_factory.mktemp("islands")
    ours = geopandas.GeoDataFrame({"kommunenummer": [1804, 5501]}, geometry=[box(500, 510), box(510, 520)], crs="EPSG:25833")
    others = geopandas.GeoDataFrame({"name": ["a", "b"]}, geometry=[box(515, 525), box(540, 550)], crs="EPSG:25833")
    ours.to_file(folder / "municipalities-1000m.gpkg")
    others.to_file(folder / "neighbours.gpkg")
    return folder


def lines(*ends: tuple[float, float]) -> pd.DataFrame:
    """Pairs of places on one line from west to east, in kilometres of EPSG:25833, as degrees."""
    places = [
        geopandas.GeoSeries([shapely.Point(end[side] * 1000, NORTH) for end in ends], crs="EPSG:25833").to_crs("EPSG:4326") for side in (0, 1)
    ]
    return pd.DataFrame({"lat": places[0].y, "lon": places[0].x, "to_lat": places[1].y, "to_lon": places[1].x})


@pytest.mark.parametrize(("west", "east", "sea"), [
    (505, 515, 0), (505, 525, 0), (505, 535, 10 / 30), (505, 545, 15 / 40), (526, 538, 1), (525, 550, 15 / 25), (490, 500, 1), (490, 510, 10 / 20),
])  # fmt: skip
def test_the_share_of_sea_is_what_no_land_covers(islands, west, east, sea):
    # Land both municipality and neighbour, from 515 to 520, counts once.
    assert sea_shares(islands, lines((west, east))).tolist() == pytest.approx([sea], abs=0.001)
    assert sea_shares(islands, lines((east, west))).tolist() == pytest.approx([sea], abs=0.001), "direction does not matter"


def test_a_place_has_no_sea_to_itself_not_even_at_sea(islands):
    assert sea_shares(islands, lines((505, 505), (530, 530))).tolist() == [0, 0]


def test_shares_come_in_the_order_and_under_the_index_of_the_pairs(islands):
    pairs = lines((526, 538), (505, 515), (530, 530), (505, 535)).set_axis([7, 3, 9, 1])
    found = sea_shares(islands, pairs)
    assert found.round(3).to_dict() == {7: 1, 3: 0, 9: 0, 1: 0.333}
    assert sea_shares(islands, pairs.iloc[:0]).empty


def test_without_the_layers_of_land_there_is_no_answer(tmp_path):
    with pytest.raises(GeometryFault):
        sea_shares(tmp_path, lines((505, 515)))


def test_places_of_the_north():
    sites = pd.read_csv(DATA / "tables" / "sites.csv").set_index("site_id")[["lat", "lon"]]
    towns = pd.read_csv(DATA / "tables" / "areas.csv").set_index("name")[["lat", "lon"]]
    ends = [(sites.loc["leknes"], towns.loc["Værøy"]), (sites.loc["mo-i-rana"], towns.loc["Hemnes"]), (sites.loc["alta"], sites.loc["alta"])]
    there = pd.DataFrame([[*a, *b] for a, b in ends], columns=["lat", "lon", "to_lat", "to_lon"])
    back = there.set_axis(["to_lat", "to_lon", "lat", "lon"], axis=1)
    island, valley, nowhere = sea_shares(DATA / "geo", there)
    assert island > 0.5 and valley == pytest.approx(0, abs=0.01) and nowhere == 0
    assert sea_shares(DATA / "geo", back).tolist() == pytest.approx([island, valley, nowhere])
