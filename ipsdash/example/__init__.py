"""An invented programme of 14 places and 12 quarters, the same each time: shows what the pages can do with a programme's own numbers.

`python -m ipsdash.example` writes it to data/example/. What leads (where, how many specialists, which reviews, who pays)
is written out as tables in these modules; what follows from it (cases, jobs, scores of items) is drawn with a fixed seed.
"""
