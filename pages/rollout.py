"""How far has each site come?"""

from ipsdash.domain import growth, rollout
from ipsdash.domain.provenance import cites, number
from ipsdash.figures import headlines
from ipsdash.figures import rollout as charts
from ipsdash.figures.rollout import MILLION
from ipsdash.figures.rollout_map import rollout_map
from ipsdash.ui import missing, reader, show

me = reader.current()
words, tables = me.words, me.tables
months = float(me.assumed.at["stuck_months", "value"])
found = me.once(rollout.standing, tables, me.area, me.date, months)
numbers = me.once(rollout.summary, found, me.date)
lead = words("rollout.lead", area=me.names[me.area])

if numbers:
    names = me.once(charts.standing_names, words, tables.sites, found)
    going = me.once(rollout.open_sites, found)
    steps = me.once(rollout.steps, tables, going, me.date)
    show.headline(me.once(charts.headline, words, going, steps, months), lead)
    complete = words.bounded(numbers["complete"].value, numbers["complete"].bound)
    keys = [
        show.key_number(me, words("rollout.key_complete"), words("rollout.key_complete_value", sites=complete, all=len(going)),
                        words("rollout.key_complete_note", date=me.date), numbers["complete"]),
        show.key_number(me, words("rollout.key_stuck"), words("rollout.key_stuck_value", sites=numbers["stuck"].value),
                        words("rollout.key_stuck_note", months=months, date=me.date), numbers["stuck"]),
    ]  # fmt: skip
    if "age" in numbers:
        known = words("rollout.key_age_note", known=int(going["age"].notna().sum()), all=len(going), date=me.date)
        keys.append(show.key_number(me, words("rollout.key_age"), words("rollout.key_age_value", age=numbers["age"].value), known, numbers["age"]))
    show.key_numbers(keys)
    show.chart(me, me.once(charts.matrix_chart, words, tables.sources, going, steps, names, me.date, months), top=True)
    show.note(me.once(charts.lacking_sentence, words, going, steps))
    show.note(words("rollout.order_note"))
    show.heading(words("rollout.sites_heading"))
    show.note(words("rollout.waiting_note"))
    show.listing(me, "rollout-sites", me.once(charts.standing_table, words, tables.sources, found, names))
    show.heading(words("rollout.map_heading"))
    show.made_map(me, "rollout-map", rollout_map, found, me.date, me.area, months)
else:
    show.headline(words("rollout.headline_none", area=me.names[me.area]), words("rollout.lead_none"))
    keys = []
    counted = me.once(growth.until, me.once(growth.series, tables.observations, me.area, "sites"), me.date)
    if len(counted):
        place = number(counted.iloc[-1])
        note = headlines.sites_note(words, tables.sites, place.date)
        keys.append(show.key_number(me, words("overview.sites"), words.bounded(place.value, place.bound), note, place))
    for payer, grant in me.once(rollout.grants_by, tables, me.area, me.date).items():
        value = words("rollout.key_grant_value", million=words.bounded(grant.value / MILLION, grant.bound))
        keys.append(show.key_number(me, words("rollout.key_grant", payer=payer), value, words("rollout.key_grant_note", year=grant.date), grant))
    show.key_numbers(keys[:4])
    missing.lacking(me, "rollout")

events = me.once(rollout.events_by, tables, me.area, me.date)
if len(events):
    show.heading(words("rollout.known_heading"))
    if cites(tables.events["source"], headlines.LEADERS):
        show.note(words("rollout.asked"))
    show.listing(me, "rollout-known", me.once(charts.known_table, words, tables.sources, events))
