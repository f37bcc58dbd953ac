"""How is it shown to others: live on a wall, as PowerPoint, as one file, as PDF?"""

from ipsdash.ui import controls, needs, present, reader, scenario, show

me = reader.current()
words = me.words
head, forms = show.later(), show.later()
show.heading(words("present.choices_heading"))
changed = needs.possible(me, scenario.chosen(me))
with show.row("deck-choices"):
    layer, posts = controls.layer(words), controls.posts(words)
chosen = present.chosen(me, layer, posts, changed)
scenario.refused(me, "layer", "posts", "slides", "told")
show.headline_in(head, words("present.headline", slides=present.number(me, chosen)), words("present.lead"))
with forms:
    present.forms(me, chosen)
show.heading(words("present.slides_heading"))
show.note(words("present.slides_lead"))
present.slides(me, chosen)
