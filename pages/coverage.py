"""What remains: how many specialists are needed and where, and who lives where there is no IPS?"""

from ipsdash.domain import availability
from ipsdash.figures import coverage as charts
from ipsdash.figures import need as needed
from ipsdash.figures.need_map import UNITS, need_map
from ipsdash.ui import controls, needs, reader, scenario, show

me = reader.current()
words, tables = me.words, me.tables
head = show.later()
changed = needs.possible(me, scenario.chosen(me))
left, way, names = needs.left(me, changed), needs.way(me), needs.names(me)
show.headline_in(head, me.once(needed.headline, words, left), words("need.lead"))
needs.about_area(me, changed)

show.chart(me, me.once(needed.need_chart, words, tables.sources, left, way), top=True)
if left.enough is not None:
    show.note(me.once(needed.enough_sentence, words, left.enough, way.goal.value))
    show.more(me, words("need.enough_heading", goal=way.goal.value), "enough", me.once(needed.enough_table, words, left.enough))
show.note(words("need.not_in_range"))
if way and (fifty := me.once(needed.fifty_sentence, words, tables.specialist_care, me.assumed, way.goal.value)):
    show.note(fifty)
show.note(me.once(needed.flow_sentence, words, left.flow, left.people))

show.heading(words("need.where_heading"))
if left.met is None:
    show.message(words(needed.why_no_coverage(left)))
else:
    show.key_numbers([
        show.key_number(me, words("need.key_coverage"), words.share(left.met.coverage[0]), words("need.key_coverage_note", low=left.met.coverage[1], high=left.met.coverage[2]), left),
        show.key_number(me, words("need.key_unmet"), words.number(left.met.unmet[0]), words("need.key_unmet_note", low=left.met.unmet[1], high=left.met.unmet[2]), left),
        show.key_number(me, words("need.key_posts"), words.number(left.met.posts_needed[0]),
                        words("need.key_posts_note", least=left.assumed.at["team_minimum", "value"], low=left.met.posts_needed[1], high=left.met.posts_needed[2]), left),
    ])  # fmt: skip
    show.note(me.once(needed.split_sentence, words, left.posts, names))
    unit = controls.unit(words, UNITS)
    scenario.refused(me, "unit")
    show.made_map(me, "need-map", need_map, left, needs.catchments(me), names, unit, me.area)
    show.chart(me, me.once(needed.unmet_chart, words, tables.sources, left, names))

show.heading(words("need.why_heading"))
if len(left.tornado):
    show.chart(me, me.once(needed.tornado_chart, words, tables.sources, left))
level = controls.level(words)
scenario.refused(me, "level")
show.more(me, words(f"need.level_heading.{level}"), f"need-{level}", me.once(needed.areas_table, words, needs.by_level(me, changed, level), names))

show.heading(words("coverage.availability_heading"))
empty, sizes = me.once(availability.without_site, tables, me.date), me.once(availability.catchment_sizes, tables, me.date)
reached = me.once(availability.availability, tables, me.area, me.date)
if reached["total"].any():
    show.chart(me, me.once(charts.availability_chart, words, tables.sources, reached, me.names[me.area], me.date))
else:
    show.message(words("need.nobody"))
show.heading(words("coverage.without_heading"))
if len(empty):
    show.chart(me, me.once(charts.without_site_chart, words, tables.sources, empty, me.names, me.date))
else:
    show.message(words("coverage.none_without" if len(sizes) else "coverage.no_catchments"))

show.heading(words("coverage.intensity_heading"))
area, counted = needs.counted(me)
if area != me.area:
    show.message(words("growth.only_region", area=me.names[me.area]))
if len(counted) and left.people:
    show.chart(me, me.once(charts.intensity_chart, words, tables, area, counted, way if area == me.region else None, me.names[area]))
if len(sizes):
    show.heading(words("coverage.catchments_heading"))
    if sizes["per_100000"].notna().any():
        show.chart(me, me.once(charts.catchment_chart, words, tables.sources, sizes, me.site_names, me.date))
    else:
        show.message(words("coverage.no_counts"))
    show.listing(me, "catchments-all", me.once(charts.catchment_table, words, tables.sources, sizes, me.site_names))
