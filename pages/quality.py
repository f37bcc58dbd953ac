"""How good is IPS, and where is it weak?"""

from ipsdash.domain import quality
from ipsdash.figures import caseload, items
from ipsdash.figures import quality as charts
from ipsdash.ui import missing, reader, reviews, show

me = reader.current()
words, tables, limits = me.words, me.tables, me.assumed["value"]
sites = me.once(quality.running, tables, me.area, me.date)
found = me.once(quality.reviews, tables, sites, me.date, limits)
newest, lacking, benchmarks = me.once(quality.latest, found), me.once(quality.without_total, found), me.once(quality.benchmarks, tables)
names = me.site_names

show.headline(me.once(charts.headline, words, newest, me.date), words("fidelity.lead"))
if tables.fidelity.empty:
    missing.lacking(me, "fidelity")
elif newest.empty:
    show.message(words("fidelity.none_yet"))
due = me.once(quality.due, sites, found, me.date, limits["review_months"])
if len(newest):
    show.key_numbers(reviews.cards(me, newest, due))
    show.chart(me, me.once(charts.sites_chart, words, tables.sources, sites, newest, lacking, benchmarks, limits), top=True)
show.note(charts.bands_sentence(words, limits))
if len(benchmarks):
    show.note(charts.trial_sentence(words, tables.sources, benchmarks))
told = charts.totals_sentence(words, newest, lacking, names)
if told:
    show.note(told)

followed = me.once(quality.followed, found)
if len(followed):
    show.heading(words("fidelity.over_time"))
    show.chart(me, me.once(charts.time_chart, words, tables.sources, followed, sites, limits))

if len(found):
    show.heading(words("fidelity.items_heading"))
    scores = me.once(quality.scores, tables, found)
    means = me.once(quality.weakest_items, scores)
    if len(means):
        show.chart(me, me.once(items.items_chart, words, tables.sources, means, tables.fidelity_items))
        lowest = me.once(quality.lowest_at_sites, scores)
        show.more(me, words("fidelity.items_all"), "items", me.once(items.items_table, words, means, tables.fidelity_items))
        show.more(me, words("fidelity.items_sites"), "lowest", me.once(items.lowest_table, words, lowest, sites, tables.fidelity_items))
    else:
        show.message(words("fidelity.items_missing"))

    show.heading(words("fidelity.due_heading"))
    show.note(charts.due_sentence(words, due, me.date, limits["review_months"]))
    show.listing(me, "reviews-due", me.once(charts.due_table, words, due, sites))

show.heading(words("fidelity.load_heading"))
load = me.once(quality.per_post, tables, sites, me.date)
if load["per_post"].notna().any():
    show.chart(me, me.once(caseload.load_chart, words, tables.sources, load, sites, limits["caseload"]))
elif tables.service.empty or tables.staffing.empty:
    missing.lacking(me, "service" if tables.service.empty else "staffing")
else:
    show.message(words("fidelity.load_missing"))
