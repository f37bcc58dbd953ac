"""How is each figure made, and what is not known?"""

from ipsdash.ui import reader, show

me = reader.current()
show.headline(me.words("page.method"))
for part in ("method", "unknown", "licences", "accessibility"):
    show.long_text(me, part)
