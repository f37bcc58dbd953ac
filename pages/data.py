"""What are the numbers, and where do they come from?"""

from ipsdash.ui import controls, deliver, reader, register, show

me = reader.current()
words = me.words
show.headline(words("page.data"), words("data.lead"))
show.heading(words("data.validation_heading"))
register.validation(me)
deliver.panel(me)
name = controls.table(words, register.TABLE_NAMES)
show.heading(words(f"table.{name}.title"))
register.meaning(me, name)
register.columns(me, name)
register.rows(me, name)
