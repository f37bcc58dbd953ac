"""How fast has IPS grown, and is it fast enough for the goal?"""

from ipsdash.domain import growth
from ipsdash.domain.provenance import cites
from ipsdash.figures import growth as charts
from ipsdash.figures import headlines
from ipsdash.ui import controls, needs, reader, show

me = reader.current()
words, tables = me.words, me.tables
area, rows = needs.counted(me)
goals = me.once(growth.goals_at, tables, area, me.date)
way = needs.way_in(me, area)

show.headline(me.once(headlines.standing, words, rows, way, tables.observations))
if area != me.area:
    show.message(words("growth.only_region", area=me.names[me.area]))
if rows.empty:
    show.message(words("growth.none"))
else:
    title = me.once(headlines.growth_title, words, rows, way, me.names[area])
    show.chart(me, me.once(charts.growth_chart, words, tables.sources, rows, goals, tables.events, title), top=True)
if len(rows) == 1:
    show.message(words("growth.one_count"))

if way and way.pace_needed and way.break_even:
    show.heading(words("growth.pace_heading"))
    both = (way.first, way.now)
    show.key_numbers([
        show.key_number(me, words("growth.key_pace"), words("growth.key_pace_value", pace=way.pace),
                        words("growth.key_pace_note", first=way.first.date, now=way.now.date), *both),
        show.key_number(me, words("growth.key_needed"), words("growth.key_needed_value", needed=way.pace_needed),
                        words("growth.key_needed_note", goal=way.goal.value, due=way.due_on), way.now, way.goal),
        show.key_number(me, words("growth.key_part"), words("growth.key_part_value", part=way.break_even),
                        words("growth.key_part_note"), *both, way.goal),
        show.key_number(me, words("growth.key_plan"), words("growth.key_plan_value", plan=way.plan_now),
                        words("growth.key_plan_note", date=way.now.date, now=way.now.value), *both, way.goal),
    ])  # fmt: skip
    show.chart(me, me.once(charts.pace_chart, words, tables.sources, way, me.once(growth.arrivals, way)))
    show.note(words("growth.caveats", now=way.now.date))
    leaving = controls.turnover(words, tables)
    hired = {"turnover": leaving, "recruits": growth.recruits(way, leaving), "now": way.now.date, "due": way.due_on}
    show.note(words("growth.recruits", **hired, **{"from": way.now.value}, goal=way.goal.value))

by_site = me.once(growth.until, me.once(growth.site_series, tables.observations), me.date)
if by_site["date"].nunique() > 1:
    show.heading(words("growth.sites_heading"))
    by = controls.grouping(words)
    series = by_site if by == "site" else me.once(growth.until, me.once(growth.by_kind, tables, by), me.date)
    column = "site_id" if by == "site" else "area_id"
    names = me.site_names if by == "site" else me.names
    show.chart(me, me.once(charts.lines_chart, words, tables.sources, series, names, column))
    span, highest = (series["date"].min(), series["date"].max()), series["value"].max()
    show.small_charts(me, [
        me.once(charts.small_chart, words, tables.sources, series[series[column] == one], names[one], one.replace(":", "-"), highest, span)
        for one in series[column].unique()
    ])  # fmt: skip

show.heading(words("growth.events_heading"))
show.note(words("growth.events_lead"))
show.table(me, me.once(charts.events_table, words, tables.sources, tables.events))
if cites(tables.events["source"], headlines.LEADERS):
    show.heading(words("growth.why_heading"))
    show.long_text(me, "why")

teams = me.once(growth.teams, tables, me.region)
if len(teams):
    show.heading(words("growth.teams_heading"))
    show.chart(me, me.once(charts.teams_chart, words, tables.sources, teams, me.names))
country = me.once(growth.national_availability, tables)
if len(country):
    show.heading(words("growth.national_heading"))
    show.chart(me, me.once(charts.availability_chart, words, tables.sources, country))
