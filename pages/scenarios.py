"""What do other choices and other facts do to the need?"""

from ipsdash.figures import scenarios as charts
from ipsdash.ui import compare, needs, reader, scenario, show

me = reader.current()
words, tables = me.words, me.tables
head = show.later()
changed = needs.possible(me, scenario.chosen(me))
sides = compare.sides(me, changed)
scenario.refused(me, "compare")
way = needs.way(me)
side, base = compare.explained(me, sides, changed)
chart = me.once(charts.compared_chart, words, tables.sources, sides, base, way)
show.headline_in(head, charts.headline(words, sides), words("scenario.lead"))
needs.about_area(me, changed)

show.chart(me, chart, top=True)
show.heading(words("scenario.numbers_heading"))
show.listing(me, "scenario-numbers", charts.compared_table(words, sides, base))
settings = charts.settings_table(words, sides)
if len(settings.frame):
    show.heading(words("scenario.settings_heading"))
    show.note(words("scenario.settings_lead"))
    show.table(me, settings)

show.heading(words("scenario.effects_heading"))
effects = compare.effects(me, side)
if len(effects) > len(charts.LAST):
    show.chart(me, me.once(charts.effects_chart, words, tables.sources, effects, side, base.name))
else:
    show.message(words("scenario.no_change", name=side.name))

show.heading(words("scenario.own_heading"))
compare.own_scenarios(me, changed)
