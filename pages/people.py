"""Who is in place, and whom do we lack?"""

from ipsdash.domain import staffing
from ipsdash.domain.provenance import number
from ipsdash.figures import staffing as charts
from ipsdash.figures import staffing_time as times
from ipsdash.ui import controls, missing, needs, reader, show

me = reader.current()
words, tables = me.words, me.tables
least = float(me.assumed.at["team_minimum", "value"])
rows = me.once(staffing.staff, tables, me.area, me.date)
sums = me.once(staffing.totals, rows)
lead = words("staffing.lead", area=me.names[me.area])

if len(sums):
    now, names = me.once(staffing.latest, rows), me.site_names
    quarter, leaving = now["quarter"].iloc[0], me.once(staffing.turnover, rows)
    filled, posts, vacant, people = (staffing.number_of(sums, measure) for measure in ("fte", "posts", "vacant", "headcount"))
    show.headline(charts.headline(words, filled, posts, now, least), lead)
    keys = []
    if filled:
        value = words("staffing.key_filled_value", value=words.bounded(filled.value, filled.bound, 1))
        keys.append(show.key_number(me, words("staffing.key_filled"), value, words("staffing.key_filled_note", quarter=quarter), filled))
    if posts:
        value = words("staffing.key_filled_value", value=words.bounded(vacant.value, vacant.bound, 1))
        note = words("staffing.key_vacant_note", posts=words.bounded(posts.value, posts.bound, 1), quarter=quarter)
        keys.append(show.key_number(me, words("staffing.key_vacant"), value, note, vacant))
    if people:
        value = words.bounded(people.value, people.bound)
        keys.append(show.key_number(me, words("staffing.key_people"), value, words("staffing.key_people_note", quarter=quarter), people))
    if leaving:
        note = words(
            "staffing.key_turnover_note",
            left=words.bounded(leaving.leavers, leaving.bound),
            first=leaving.first,
            last=leaving.last,
        )
        keys.append(show.key_number(me, words("staffing.key_turnover"), words.share(leaving.rate), note, leaving))
    show.key_numbers(keys)
    show.chart(me, me.once(charts.sites_chart, words, tables.sources, now, names), top=True)
    if (sums["bound"] == "at_least").any():
        show.note(words("staffing.at_least_note"))
    part = me.once(staffing.mean_position, now)
    if part and filled and people:
        told = {"people": words.bounded(people.value, people.bound), "filled": words.bounded(filled.value, filled.bound, 1), "part": part}
        show.note(words("staffing.people_note", **told))
    show.heading(words("staffing.few_heading"))
    show.note(charts.few_sentence(words, now, names, least))

    if filled:
        show.heading(words("staffing.time_heading"))
        show.chart(me, me.once(times.quarters_chart, words, tables.sources, sums))
    show.heading(words("staffing.moves_heading"))
    if leaving:
        show.note(words("staffing.turnover_note", **times.turnover_values(words, leaving)))
    else:
        show.message(words("staffing.no_turnover"))
    if sums["measure"].isin(["joiners", "leavers"]).any():
        show.chart(me, me.once(times.moves_chart, words, tables.sources, sums))
    show.heading(words("staffing.recruits_heading"))
    way = me.once(staffing.way, tables, me.area, me.date, sums, me.assumed)
    if way:
        assumed = controls.turnover(words, tables)
        show.chart(me, me.once(times.recruits_chart, words, tables.sources, way, leaving, assumed))
        show.note(words("staffing.goal_note"))
    else:
        show.message(words("staffing.no_goal", area=me.names[me.area]))
else:
    counted = needs.counted_in(me, me.region)
    if len(counted):
        last = number(counted.iloc[-1])
        value = words.bounded(last.value, last.bound)
        show.headline(words("staffing.headline_none", area=me.names[me.area]), words("staffing.public_note", value=value, date=last.date))
        show.key_numbers([show.key_number(me, words("overview.specialists"), value, words.date(last.date), last)])
    else:
        show.headline(words("staffing.headline_none", area=me.names[me.area]), lead)
    missing.lacking(me, "staffing")
