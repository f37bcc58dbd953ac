"""How far has IPS in Northern Norway come?"""

from ipsdash.domain import availability, growth, sites
from ipsdash.domain.provenance import number
from ipsdash.figures import growth as charts
from ipsdash.figures import headlines
from ipsdash.figures import map as maps
from ipsdash.ui import borders, controls, map, needs, reader, show
from ipsdash.ui import plain_streamlit as st

me = reader.current()
words, tables = me.words, me.tables
rows, way = needs.counted_in(me, me.region), needs.way(me)
goals = me.once(growth.goals_at, tables, me.region, me.date)
places = me.once(growth.until, me.once(growth.series, tables.observations, me.region, "sites"), me.date)

show.headline(me.once(headlines.standing, words, rows, way, tables.observations, me.names[me.region]), words("overview.lead"))
if partial := needs.part_note(me, me.region):
    show.message(partial)

keys = []
if len(rows):
    now = growth.leading_count(*growth.newest_counts(rows))
    keys.append(show.key_number(me, words("overview.specialists"), words.bounded(now.value, now.bound), words.date(now.date), now))
if way and way.pace is not None:
    gain = words("overview.growth_value", gain=words.signed(way.now.value - way.first.value))
    since = words("overview.growth_note", first=way.first.value, since=way.first.date, now=way.now.value, date=way.now.date)
    keys.append(show.key_number(me, words("overview.growth"), gain, since, way.first, way.now))
if len(places):
    place = number(places.iloc[-1])
    keys.append(show.key_number(me, words("overview.sites"), words.bounded(place.value, place.bound), headlines.sites_note(words, tables.sites, place.date), place))
if way:
    note = words("overview.gap_note", goal=way.goal.value, set=way.set_on, due=way.due_on)
    keys.append(show.key_number(me, words("overview.gap"), words.bounded(max(0, way.gap), way.gap_bound), note, way.leading, way.goal))
show.key_numbers(keys)
if spoken := headlines.higher(words, goals):
    show.note(spoken)

if me.area != me.region:
    inside = me.once(availability.availability, tables, me.area, me.date).set_index("measure")
    mine = me.once(sites.open_in, tables, me.area, me.date)
    widest = inside.iloc[-1]
    key = "overview.area_sentence" if "all_evidence" in inside.index else "overview.area_unknown"
    show.note(words(key, area=me.names[me.area], sites=len(mine), people=widest["total"], share=widest["share"]))

left, right = st.columns(2, gap="large")
with left:
    if len(rows):
        title = me.once(headlines.growth_title, words, rows, way, me.names[me.region])
        # Without the numbered events: what the numbers mean is on the page of growth.
        grown = me.once(charts.growth_chart, words, tables.sources, rows, goals, tables.events.iloc[:0], title)
        show.picture(me, grown, top=True)
        st.page_link("pages/growth.py", label=words("overview.to_growth"), icon=":material/arrow_forward:")
    st.page_link("pages/coverage.py", label=words("overview.to_coverage"), icon=":material/arrow_forward:")
with right:
    lines = borders.load(tables)
    here = me.once(maps.region_map, words, tables, lines, "evidence", me.date, me.region)
    show.caption(here, top=True)
    view = controls.view(words, "map", here.title, "map")
    if view == "chart":
        map.show(me, "evidence", me.region, [me.date], height=420)
    else:
        show.numbers(me, here, view)
    show.credit_line(here)
    st.page_link("pages/map.py", label=words("overview.to_map"), icon=":material/arrow_forward:")

if sites.is_a_reading(tables.sites):
    with st.expander(words("overview.correct_heading", sites=len(tables.sites))):
        show.long_text(me, "correct")
with st.expander(words("overview.owner_heading")):
    show.long_text(me, "owner")
