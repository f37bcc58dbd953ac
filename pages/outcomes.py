"""What came of it for those who took part?"""

from ipsdash.domain import outcomes
from ipsdash.figures import funnel, rates
from ipsdash.figures import outcomes as charts
from ipsdash.ui import controls, missing, reader, results, scenario, show

me = reader.current()
words, tables, told = me.words, me.tables, me.tables.outcomes
inner, outer = (me.assumed.at[name, "value"] for name in ("chance_inner", "chance_outer"))
same, other = (me.once(outcomes.benchmarks, tables, kind) for kind in (outcomes.SAME, outcomes.OTHER))
quarters, names = me.once(outcomes.quarters, told, me.date), me.site_names

if not quarters:
    show.headline(charts.headline(words, None, None), words("outcomes.lead"))
    missing.lacking(me, "service")
    published = me.once(outcomes.benchmarks, tables, outcomes.SAME + outcomes.OTHER)
    if len(published):
        show.heading(words("outcomes.compared_heading"))
        show.note(words("outcomes.compared_public"))
        show.listing(me, "benchmarks", me.once(rates.benchmarks_table, words, tables.sources, published))
else:
    head = show.later()
    with show.row("outcomes-choices"):
        quarter = controls.quarter(words, quarters)
    one = results.seen(me, quarters, quarter)
    show.headline_in(head, me.once(charts.headline, words, one.now, one.served), words("outcomes.lead"))
    show.key_numbers(results.cards(me, one))
    if me.area != me.region:
        show.message(words("outcomes.only_region", area=me.names[me.area]))
    if one.rates["rate"].notna().any():
        show.chart(me, me.once(rates.rate_chart, words, tables.sources, one.rates, same, other, inner), top=True)
    else:
        show.message(words("outcomes.no_rate"))
    if one.now["state"] == "shown":
        show.heading(words("outcomes.compared_heading"))
        show.chart(me, me.once(rates.compared_chart, words, tables.sources, one.now, same, other, inner))

    show.heading(words("outcomes.numbers_heading"))
    with show.row("outcomes-numbers"):
        measure = controls.measure(words, outcomes.MEASURES)
    rows = results.series(me, one, measure)
    if len(rows):
        show.chart(me, me.once(charts.series_chart, words, tables.sources, rows, measure))
    if results.tells(one.sites, measure):
        show.chart(me, me.once(charts.sites_chart, words, tables.sources, one.sites, names, measure))
    show.more(me, words("outcomes.sites_all"), "sites", me.once(charts.sites_table, words, one.sites, one.shares, names))

    show.heading(words("outcomes.funnel_heading"))
    show.note(words("outcomes.funnel_lead"))
    spread = results.spread(me, one)
    if len(spread):
        with show.row("outcomes-funnel"):
            site = controls.picked(words, names.to_dict())
        show.chart(me, me.once(funnel.funnel_chart, words, tables.sources, spread, one.now, names, (inner, outer), site))
        if absent := me.once(funnel.not_shown, words, one.every, names, site):
            show.note(absent)
    else:
        show.message(words("outcomes.funnel_missing"))
    scenario.refused(me, "quarter", "measure", "site")

    years = results.years(me)
    if any(years["quality"]):
        show.heading(words("outcomes.years_heading"))
        show.note(words("outcomes.years_lead"))
        show.listing(me, "years", me.once(charts.years_table, words, tables.sources, years))

    show.heading(words("outcomes.hidden_heading"))
    tally = me.once(outcomes.tally, told, me.date)
    show.note(me.once(charts.hidden_sentence, words, tally))
    show.facts(me.once(charts.hidden_meanings, words, tally))
