"""Where do the next specialists go, and where would a new site reach most people?"""

from ipsdash.domain.remaining import without_site
from ipsdash.domain.siting import MOST_SITES, WHO
from ipsdash.domain.travel import BANDS
from ipsdash.figures import need as needed
from ipsdash.figures import next as charts
from ipsdash.figures.need_map import next_map
from ipsdash.figures.travel_map import travel_map
from ipsdash.ui import controls, needs, reader, scenario, show, travel

me = reader.current()
words, tables = me.words, me.tables
head = show.later()
changed = needs.possible(me, scenario.chosen(me))
left, names = needs.left(me, changed), needs.names(me)
with show.row("next-choices"):
    asked, cost = controls.posts(words), controls.cost(words)
refusals = show.later()
needs.about_area(me, changed)
following = needs.following(me, changed, asked)

if following is None:
    show.headline_in(head, words("next.headline_unknown"), words("next.lead"))
    show.message(words(needed.why_no_coverage(left)))
else:
    certainty = float(left.assumed.at["rank_certainty", "value"])
    near = travel.near(me)
    least = float(left.assumed.at["team_minimum", "value"])
    table = me.once(charts.placed_table, words, following, names, near, least)
    show.headline_in(head, me.once(charts.headline, words, following, names, certainty), words("next.lead"))
    if following.modelled:
        show.message(words("next.workbook"))
        show.note(me.once(needed.split_sentence, words, left.posts, names))
    if cost:
        show.note(words("next.cost", posts=len(following.placed), cost=cost, sum=cost * len(following.placed)))
    if following.not_placed:
        show.message(words("next.not_placed", asked=asked, placed=len(following.placed), rest=following.not_placed))
        show.note(me.once(charts.without_sentence, words, left, names))
    show.made_map(me, "next-map", next_map, following, needs.catchments(me), names, me.area, me.once(charts.sites_table, words, following, names), top=True)
    show.heading(words("next.order_heading"))
    show.note(words("next.rule", least=least))
    show.listing(me, "next-order", table)
    show.note(me.once(charts.order_sentence, words, following, names))
    show.note(me.once(charts.webster_sentence, words, following, names))
    show.chart(me, me.once(charts.before_and_after, words, tables.sources, following, names))
    show.chart(me, me.once(charts.stability_chart, words, tables.sources, following, names, certainty))

show.heading(words("next.new_heading"))
show.note(words("next.new.lead", least=left.assumed.at["team_minimum", "value"]))
if left.catchments is not None:
    lacking = me.once(without_site, left.catchments)
    if len(lacking):
        show.listing(me, "lacking", me.once(charts.lacking_table, words, lacking, names))
    else:
        show.message(words("coverage.none_without"))
with show.row("new-choices"):
    sites, minutes, who = controls.new_sites(words, MOST_SITES), controls.within(words, BANDS), controls.who(words, WHO)
with refusals:
    scenario.refused(me, "posts", "cost", "new_sites", "within", "who")
found, total = travel.new_sites(me, sites, minutes, who)
show.note(me.once(charts.new_sites_sentence, words, found, total, names, minutes, left.assumed.at["near_tie", "value"]))
places = tuple(found["places"].iloc[0].split()) if len(found) else ()
own = travel.own_site(me)
if len(own):
    show.made_map(me, "travel-map", travel_map, own, needs.catchments(me), places, names, minutes, me.area)
if places:
    show.heading(words("next.tied_heading"))
    show.listing(me, "new-sites", me.once(charts.new_sites_table, words, found, names))
show.note(words("next.new.travel", **{name: left.assumed.at[name, "value"] for name in ("detour", "speed", "sea_limit")}))
show.more(me, words("next.travel_heading"), "travel", me.once(charts.travel_table, words, tables.sources, own, names))
