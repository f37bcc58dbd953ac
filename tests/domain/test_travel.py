"""Travel times: the estimate by hand, what is unknown, and times that somebody entered."""

import math
from dataclasses import replace

import pandas as pd
import pytest

from ipsdash.domain.assumptions import assumed
from ipsdash.domain.need import places
from ipsdash.domain.sites import catchments_at
from ipsdash.domain.travel import great_circle_km, in_bands, pairs, times
from tests.domain.worlds import drawn

APRIL = "2019-04-12"
NO_TIMES = "origin|destination|minutes|quality|source"


@pytest.fixture(scope="module")
def rows(public):
    return assumed(public.assumptions, APRIL, {})


@pytest.fixture(scope="module")
def wanted(public, rows):
    return pairs(public, rows, APRIL)


def timed(rows, table: str, entered: str = NO_TIMES) -> pd.DataFrame:
    """The times of pairs drawn with their kilometres and shares of sea; every pair is of a site and a municipality it serves."""
    given = drawn(table)
    made = given.drop(columns="sea").assign(own=True, lat=0.0, lon=0.0, to_lat=0.0, to_lon=0.0)
    return times(made, given["sea"], drawn(entered), rows)


# Kilometres and minutes


@pytest.mark.parametrize(("place", "other", "km"), [
    ((67.0, 15.0), (68.0, 15.0), 111.195), ((0.0, 10.0), (0.0, 11.0), 111.195),
    ((60.0, 0.0), (60.0, 180.0), 60 * 111.195), ((0.0, 0.0), (0.0, 180.0), math.pi * 6371.0088), ((69.6, 18.9), (69.6, 18.9), 0),
    # At 60 degrees north a degree of longitude is half as long; the great circle is a little shorter still.
    ((60.0, 10.0), (60.0, 12.0), 111.19),
])  # fmt: skip
def test_kilometres_along_the_globe(place, other, km):
    assert great_circle_km(*place, *other) == pytest.approx(km, abs=0.01)
    assert great_circle_km(*other, *place) == pytest.approx(great_circle_km(*place, *other))


def test_minutes_are_the_detour_at_the_speed_of_the_road(rows):
    found = timed(rows, "origin|destination|km|sea\nbodo|m:1|65|0\nbodo|m:2|0|0\nbodo|m:3|10|0.1")
    assert found["minutes"].tolist() == pytest.approx([65 * 1.4 / 65 * 60, 0, 10 * 1.4 / 65 * 60])
    assert found["minutes"].round(1).tolist() == [84, 0, 12.9]
    assert found["minutes"].equals(found["estimate"])
    assert set(found["how"]) == {"estimated"} and set(found["quality"]) == {"modelled"}


# Sea


def test_more_than_a_quarter_of_sea_is_an_unknown_time_and_exactly_a_quarter_is_a_road(rows):
    found = timed(rows, "origin|destination|km|sea\na|m:1|10|0.24\na|m:2|10|0.25\na|m:3|10|0.2501\na|m:4|10|1")
    assert found["how"].tolist() == ["estimated", "estimated", "unknown", "unknown"]
    assert found["minutes"].notna().tolist() == [True, True, False, False]
    assert found["estimate"].notna().all(), "what it would be by road stays there to check against"


# Entered times

ENTERED = """
origin | destination | minutes | quality  | source
a      | m:1         | 90      | reported | ruter
a      | m:2         | 200     | counted  | ruter
b      | m:3         | 5       | reported | ruter
"""


def test_an_entered_time_wins_over_the_estimate_and_over_sea(rows):
    found = timed(rows, "origin|destination|km|sea\na|m:1|65|0\na|m:2|65|0.9\na|m:3|65|0", ENTERED)
    assert found["minutes"].tolist() == pytest.approx([90, 200, 84])
    assert found["how"].tolist() == ["entered", "entered", "estimated"]
    assert found[["quality", "source"]].values.tolist()[:2] == [["reported", "ruter"], ["counted", "ruter"]]


@pytest.mark.parametrize(("minutes", "flagged"), [(84 * 1.5 + 0.1, True), (84 * 1.5 - 0.1, False), (84, False), (1, False)])
def test_an_entered_time_of_more_than_one_and_a_half_estimates_is_flagged(rows, minutes, flagged):
    for sea in (0, 0.9):
        found = timed(rows, f"origin|destination|km|sea\na|m:1|65|{sea}\na|m:2|65|0", f"{NO_TIMES}\na|m:1|{minutes}|reported|ruter")
        assert found["check"].tolist() == [flagged, False]
        assert found["minutes"][0] == minutes, "flagged, not dropped"


def test_an_entered_time_far_away_is_a_pair_too(public, rows, wanted):
    far = drawn(f"{NO_TIMES}\nkirkenes|municipality:1804|900|reported|ruter")
    more = pairs(replace(public, travel=far), rows, APRIL)
    assert len(more) == len(wanted) + 1
    found = times(more, pd.Series(0.0, index=more.index), far, rows).query("origin == 'kirkenes' and destination == 'municipality:1804'")
    assert found[["minutes", "how", "own"]].values.tolist() == [[900, "entered", False]]


# Pairs of the public facts


def test_every_municipality_with_a_site_is_paired_with_its_own(public, wanted):
    served = catchments_at(public.catchments, public.sites, APRIL).query("site_id != ''")
    own = wanted[wanted["own"]]
    assert set(zip(own["origin"], own["destination"])) == set(zip(served["site_id"], served["area_id"]))
    assert len(own) == 80 - 10 and own["destination"].is_unique


def test_pairs_agree_with_plain_loops(public, wanted):
    def km(a, b):
        (north, east), (to_north, to_east) = ([math.radians(one) for one in place] for place in (a, b))
        over = math.sin(north) * math.sin(to_north) + math.cos(north) * math.cos(to_north) * math.cos(to_east - east)
        return 6371.0088 * math.acos(min(1.0, over))

    towns = {row["area_id"]: (row["lat"], row["lon"]) for _, row in public.areas.iterrows() if row["kind"] == "municipality"}
    sites = {row["site_id"]: (row["lat"], row["lon"]) for _, row in public.sites.iterrows()}
    site = dict(zip(public.catchments["area_id"], public.catchments["site_id"]))
    plain = {
        (origin, town): km(a, b)
        for origin, a in {**sites, **towns}.items() for town, b in towns.items() if site[town] == origin or km(a, b) * 1.4 / 65 * 60 <= 120
    }  # fmt: skip
    assert dict(zip(zip(wanted["origin"], wanted["destination"]), wanted["km"])) == pytest.approx(plain, abs=0.001)


def test_before_catchments_are_known_no_pair_is_a_sites_own(public, rows):
    assert not pairs(public, rows, "2017-04")["own"].any()


# Bands


def test_bands_hold_their_upper_end_and_the_unknown_has_its_own():
    known = drawn("destination|minutes\n1|30\n2|30.1\n3|60\n4|119\n5|121\n6|\n7|10").assign(own=[True] * 6 + [False])
    homes = drawn("area_id|site_id|people\n1|a|1\n2|a|2\n3|a|4\n4|a|8\n5|a|16\n6|a|32\n7|a|64\n8||128").fillna({"site_id": ""})
    found = in_bands(known, homes).set_index("band")["people"].to_dict()
    # The time of 7 is from a site that is not its own.
    assert found == {"30": 1, "60": 2 + 4, "90": 0, "120": 8, "further": 16, "unknown": 32 + 64, "no_site": 128}


@pytest.mark.parametrize("sea", [0.0, 0.25, 0.3])
def test_bands_add_up_to_all_people(public, rows, wanted, sea):
    known = times(wanted, pd.Series(sea, index=wanted.index), public.travel, rows)
    found = in_bands(known, places(public, APRIL, "population")).set_index("band")["people"]
    assert found.sum() == 307_784
    assert found["no_site"] == 15_604
    assert (found["unknown"] == 307_784 - 15_604) == (sea > 0.25)
