"""Names of areas as a reader of the language knows them."""

import pandas as pd

from ipsdash.text.words import Words


def area_names(words: Words, areas: pd.DataFrame) -> pd.Series:
    """The name of each area by area_id: official, in all its languages, but region and country in the reader's own."""
    names = areas.set_index("area_id")["official_name"]
    own = {area: words(key) for area in names.index if (key := f"area.named.{area}") in words.sentences}
    return pd.Series(own).combine_first(names).reindex(names.index)
