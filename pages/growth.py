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

show.headline(me.once(headlines.standing, words, rows, way, tables.observations, me.names[area]))
if partial := needs.part_note(me, area):
    show.message(partial)
if area != me.area:
    show.message(words("growth.only_region", area=me.names[me.area]))
if rows.empty:
    show.message(words("growth.none"))
else:
    title = me.once(headlines.growth_title, words, rows, way, me.names[area])
    show.chart(me, me.once(charts.growth_chart, words, tables.sources, rows, goals, tables.events, title), top=True)
full = growth.full_counts(rows)
if len(rows) and len(full) < 2:
    show.message(words("growth.one_count" if len(full) else "growth.no_full_count"))

if way and way.pace_needed and way.pace is not None:
    show.heading(words("growth.pace_heading"))
    both = (way.first, way.now)
    keys = [
        show.key_number(me, words("growth.key_pace"), words("growth.key_pace_value", pace=way.pace),
                        words("growth.key_pace_note", first=way.first.date, now=way.now.date), *both),
        show.key_number(me, words("growth.key_needed"), words("growth.key_needed_value", needed=way.pace_needed),
                        words("growth.key_needed_note", goal=way.goal.value, due=way.due_on), way.now, way.goal),
    ]  # fmt: skip
    # Above the whole of the pace the goal fails already.
    if way.break_even and way.break_even < 1:
        value = words("growth.key_part_value", part=way.break_even)
        keys.append(show.key_number(me, words("growth.key_part"), value, words("growth.key_part_note"), *both, way.goal))
    if way.plan_now is not None:
        value = words("growth.key_plan_value", plan=way.plan_now)
        keys.append(show.key_number(me, words("growth.key_plan"), value, charts.plan_note(words, way), *both, way.goal))
    show.key_numbers(keys)
    if turned := charts.turned_sentence(words, way):
        show.note(turned)
    show.chart(me, me.once(charts.pace_chart, words, tables.sources, way, me.once(growth.arrivals, way)))
    show.note(me.once(charts.caveats, words, rows, way, tables.observations))
    leaving = controls.turnover(words, tables)
    hired = {"turnover": leaving, "recruits": growth.recruits(way, leaving), "now": way.leading.date, "due": way.due_on}
    show.note(words("growth.recruits", **hired, **{"from": way.leading.value}, goal=way.goal.value))

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
