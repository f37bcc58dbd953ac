"""What remains: how many posts to the goal, and who lives where there is no IPS?"""

from ipsdash.domain import availability, growth
from ipsdash.domain.provenance import number
from ipsdash.figures import coverage as charts
from ipsdash.figures import headlines
from ipsdash.ui import reader, show

me = reader.current()
words, tables = me.words, me.tables
rows = growth.until(me.once(growth.specialists, tables, me.region), me.date)
goals = growth.goals_at(tables, me.region, me.date)
way = growth.progress(rows, goals)
empty = me.once(availability.without_site, tables, me.date)
sizes = me.once(availability.catchment_sizes, tables, me.date)

show.headline(headlines.remaining(words, way, empty, len(sizes) > 0), words("coverage.lead"))
if way:
    show.heading(words("coverage.goal_heading"))
    show.chart(me, me.once(charts.remaining_chart, words, tables.sources, way))

show.heading(words("coverage.availability_heading"))
reached = me.once(availability.availability, tables, me.area, me.date)
show.chart(me, me.once(charts.availability_chart, words, tables.sources, reached, me.names[me.area], me.date))
if sizes.empty:
    show.message(words("coverage.no_catchments"))

show.heading(words("coverage.without_heading"))
if len(empty):
    names = me.names
    show.chart(me, me.once(charts.without_site_chart, words, tables.sources, empty, names, me.date))
elif len(sizes):
    show.note(words("coverage.none_without"))
else:
    show.message(words("coverage.no_catchments"))

show.heading(words("coverage.intensity_heading"))
own = growth.until(me.once(growth.specialists, tables, me.area), me.date)
area, counted = (me.area, own) if len(own) else (me.region, rows)
if area != me.area:
    show.message(words("growth.only_region", area=me.names[me.area]))
if len(counted):
    inside = {one: me.once(availability.inhabitants, tables, area, one) for one in counted["date"]}
    rates = {words.date(row["date"]): availability.intensity(number(row), inside[row["date"]]) for _, row in counted.iterrows()}
    aim = {}
    if way and area == me.region:
        aim[words("coverage.intensity.goal", goal=way.goal.value)] = availability.intensity(way.goal, inside[way.now.date])
    show.chart(me, me.once(charts.intensity_chart, words, tables.sources, rates, aim, me.names[area]))

if len(sizes):
    show.heading(words("coverage.catchments_heading"))
    sites = tables.sites.set_index("site_id")["name"]
    if sizes["per_100000"].notna().any():
        show.chart(me, me.once(charts.catchment_chart, words, tables.sources, sizes, sites, me.date))
    else:
        show.message(words("coverage.no_counts"))
    show.listing(me, "catchments-all", me.once(charts.catchment_table, words, tables.sources, sizes, sites))
