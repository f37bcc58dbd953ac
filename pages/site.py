"""What is known of one site?"""

from ipsdash.figures import site as figures
from ipsdash.ui import reader, show, site
from ipsdash.ui import plain_streamlit as st

me = reader.current()
head = show.later()
chosen = site.chosen(me)

if chosen is None:
    show.headline_in(head, me.words("site.headline.none"), me.words("site.lead_none"))
    site.listed(me)
else:
    one = site.found(me, chosen)
    show.headline_in(head, me.once(figures.headline, me.words, one, me.date))
    cards = site.cards(me, one)
    if cards:
        show.key_numbers(cards)
    site.hint(me)
    with st.container(key="sheet"):
        left, right = st.columns(2, gap="medium")
        with left:
            site.about(me, one)
            site.steps(me, one)
        with right:
            site.staff(me, one)
            site.quality(me, one)
        site.people(me, one)
        site.money(me, one)
        site.end(me, one)
