"""Who pays, how long, and what does it cost?"""

from ipsdash.domain import funding
from ipsdash.figures import funding as charts
from ipsdash.ui import controls, money, reader, scenario, show

me = reader.current()
words, tables = me.words, me.tables
own = me.once(funding.money, tables, me.area)
area = me.area if len(own) else me.region
rows = own if len(own) else me.once(funding.money, tables, me.region)
country, names = me.once(funding.country, tables), money.names(me)
months = me.assumed.at["ending_months", "value"]
sums, shares = me.once(funding.totals, tables, rows), me.once(funding.share_of_country, rows, country)
newest, paid = funding.latest(sums, me.date), me.once(funding.posts_paid, tables, rows, me.date, months)
costs = me.once(funding.costs, tables, area, me.date)
post = funding.per_post(costs)
start = me.once(funding.per_start, tables, costs, me.region) if area == me.region else None

show.headline(charts.headline(words, newest, paid, me.names[area], me.date, months), words("funding.lead"))
if area != me.area:
    show.message(words("funding.only_region", area=me.names[me.area]))
cards = money.cards(me, newest, paid, shares, post, start)
if cards:
    show.key_numbers(cards)

if len(rows):
    entry = controls.entry(words, charts.entries(rows), newest["entry"] if newest is not None else None)
    scenario.refused(me, "entry")
    show.chart(me, me.once(charts.money_chart, words, tables.sources, me.once(funding.by_payer, rows), sums, entry, me.names[area]), top=True)
    show.note(words("funding.never_added"))
    show.more(me, words("funding.rows_heading"), "money-rows", me.once(charts.rows_table, words, tables.sources, rows, names))
money.lacking(me, rows)

if len(paid):
    show.heading(words("funding.posts.heading"))
    show.note(words("funding.posts.note_rule", months=months))
    show.chart(me, me.once(charts.ending_chart, words, tables.sources, paid, names, months))

if len(costs):
    show.heading(words("funding.cost.heading"))
    if post:
        show.chart(me, me.once(charts.cost_chart, words, tables.sources, costs, post, names))
    else:
        show.message(words("funding.cost.no_posts"))
    show.note(words("funding.cost.rule"))
    by_start = me.once(charts.start_chart, words, tables.sources, costs, names)
    if by_start:
        show.chart(me, by_start)
        show.note(charts.hidden_meanings(words, costs))
    if not start:
        show.note(words("funding.start.no_region"))
    show.more(me, words("funding.cost.table"), "money-costs", me.once(charts.costs_table, words, tables.sources, costs, names))

if len(country):
    show.heading(words("funding.country.heading"))
    show.chart(me, me.once(charts.country_chart, words, tables.sources, country, rows, shares, me.names[area]))
