"""The land around the north, for `build.py`: from a world atlas, fitted to the Norwegian municipalities.

Two makers drew the same border differently. Where they overlap the Norwegian file wins; where they leave a gap
the neighbour grows into it, or the map would show white slivers along the border.
"""

import itertools

import geopandas
import shapely

METRES = "EPSG:25833"
NAMES = ("Sweden", "Finland", "Russia")
# Metres. Wide enough for a 16:9 screen that the north fills from top to bottom, with room to pan.
WINDOW = shapely.box(-500_000, 6_900_000, 1_700_000, 8_250_000)
# Degrees, well outside WINDOW: the projection is only sound this side of the globe.
HALF_GLOBE = shapely.box(-20, 55, 80, 80)
REACH = 10_000
# Overlays snap to whole metres: without it two makers' borders leave hairline holes where they cross.
GRID = 1
BESIDE = 60_000
FAR_TOLERANCE = 1_200
FAR_ISLAND = 5_000_000
ISLET = 5_000_000
# Two shapes that only touch show a hairline of background between them on most screens.
UNDERLAP = 1_000


def polygonal(geometry):
    """The polygons of `geometry` as one valid polygon or multipolygon; stray lines and points are left out."""
    sound = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    parts = shapely.get_parts(shapely.get_parts(sound))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 2])


def decoded_arcs(topology):
    """The arcs of a quantised TopoJSON `topology` as lists of (longitude, latitude), in degrees."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        steps = itertools.accumulate(arc, lambda here, step: (here[0] + step[0], here[1] + step[1]))
        yield [(x * scale_x + move_x, y * scale_y + move_y) for x, y in steps]


def unwrapped(points):
    """The ring `points` without its jumps at 180 degrees: longitudes run on past 180, never below -180 (Russia)."""
    turns = 0
    ring = [points[0]]
    for (before, _), (longitude, latitude) in itertools.pairwise(points):
        turns += (before - longitude > 180) - (longitude - before > 180)
        ring.append((longitude + 360 * turns, latitude))
    back = 360 if min(longitude for longitude, _ in ring) < -180 else 0
    return [(longitude + back, latitude) for longitude, latitude in ring]


def joined(indices, arcs):
    """One ring from arc `indices`; a negative index is an arc read backwards (~index)."""
    ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return unwrapped(ring)


def country(name, topology, arcs):
    """The country called `name` as a valid geometry in degrees, cut to HALF_GLOBE; KeyError if there is none."""
    shapes = {shape["properties"]["name"]: shape for shape in topology["objects"]["countries"]["geometries"]}
    shape = shapes[name]
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    parts = [shapely.Polygon(joined(outer, arcs), [joined(hole, arcs) for hole in holes]) for outer, *holes in polygons]
    return shapely.intersection(shapely.union_all([polygonal(part) for part in parts]), HALF_GLOBE)


def countries(topology, tolerance):
    """Norway, Sweden, Finland and Russia of a world atlas: name -> geometry in EPSG:25833 metres, inside WINDOW.

    `topology` is the atlas as read from JSON; lines move by up to about `tolerance` metres, shared borders alike.
    """
    arcs = list(decoded_arcs(topology))
    names = ("Norway", *NAMES)
    degrees = geopandas.GeoSeries([country(name, topology, arcs) for name in names], crs="EPSG:4326")
    inside = [polygonal(shapely.intersection(metres, WINDOW)) for metres in degrees.to_crs(METRES)]
    return dict(zip(names, map(polygonal, shapely.coverage_simplify(inside, tolerance)), strict=True))


def less(land, other):
    """The polygons of `land` outside `other`."""
    return polygonal(shapely.difference(land, other, grid_size=GRID))


def within(land, other, metres):
    """The polygons of `land` up to `metres` from `other`."""
    return polygonal(shapely.intersection(land, shapely.buffer(other, metres, quad_segs=2), grid_size=GRID))


def whole(parts):
    """The union of `parts` without islands and holes under ISLET square metres."""
    islands = shapely.get_parts(polygonal(shapely.union_all(parts, grid_size=GRID)))
    kept = [shapely.Polygon(island.exterior, [hole for hole in island.interiors if shapely.Polygon(hole).area > ISLET])
            for island in islands if island.area > ISLET]  # fmt: skip
    return shapely.MultiPolygon(kept)


def fitted(atlas, norway, north):
    """The land around `north`: name -> geometry in EPSG:25833 metres, to be drawn beneath the municipalities.

    `atlas` is the answer of `countries`, `norway` the union of all Norwegian municipalities, `north` of those the
    dashboard is about. A neighbour gives up what is Norwegian and takes, up to REACH metres away, the pieces of
    disputed ground it touches. Pieces it does not touch stay sea: they are fjords that the atlas draws too small.
    """
    around = {"Norway": rest(norway, north)}
    taken = whole([north, around["Norway"]])
    disputed = less(atlas["Norway"], taken)
    for name in NAMES:
        own = less(atlas[name], taken)
        near = shapely.get_parts(within(disputed, own, REACH))
        around[name] = whole([own, *near[shapely.dwithin(near, own, GRID)]])
        disputed = less(disputed, around[name])
    return dict(beneath(around, north))


def rest(norway, north):
    """Norway without `north`: as it is beside `north`, coarse farther off, where only its outline is seen."""
    south = less(norway, north)
    coarse = shapely.coverage_simplify([south], FAR_TOLERANCE)[0]
    beside = within(south, shapely.convex_hull(north), BESIDE)
    parts = shapely.get_parts([coarse, beside])
    return whole(parts[shapely.area(parts) > FAR_ISLAND])


def beneath(around, north):
    """Name and land of each neighbour, with what lies up to UNDERLAP metres from it in `north`; no two overlap."""
    free = north
    for name, land in around.items():
        under = within(free, land, UNDERLAP)
        free = less(free, under)
        yield name, whole([land, under])
