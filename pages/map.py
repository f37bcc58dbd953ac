"""Where is IPS, and where not?"""

from ipsdash.domain import sites
from ipsdash.figures import facts
from ipsdash.figures import map as maps
from ipsdash.figures.layers import OF_ONE_DAY
from ipsdash.ui import borders, controls, map, places, reader, show
from ipsdash.ui import plain_streamlit as st

me = reader.current()
words, tables = me.words, me.tables
with st.container(horizontal=True, vertical_alignment="bottom", key="map-choices"):
    layer = controls.layer(words)
    zoom = controls.zoom(words, tables)
    place = controls.place(words, me.once(places.names, tables))
    view = controls.view(words, "map", words("page.map"), "map")
seen = me.area if zoom == controls.WHOLE else zoom
dates = [me.date] if layer in OF_ONE_DAY else reader.dates(tables)
shown = me.once(maps.region_map, words, tables, borders.load(tables), layer, me.date, seen)

show.headline(shown.title)
show.note(shown.subtitle)
wide, narrow = st.columns([7, 3], gap="medium")
with wide:
    if view == "chart":
        map.show(me, layer, seen, dates, place)
    else:
        show.numbers(me, shown, view)
    show.credit_line(shown)
with narrow:
    show.heading(words("map.facts_heading"))
    if place:
        show.facts(me.once(facts.facts, words, tables, place, me.date))
        places.to_site(me, place)
    else:
        show.note(words("map.facts_none"))
    if layer in OF_ONE_DAY:
        places.teams_listed(me, shown)
    else:
        places.sites_listed(me, me.once(sites.states, tables.sites, tables.catchments, me.date))
