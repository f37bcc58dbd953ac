"""Names of areas as a reader of the language knows them."""

from collections.abc import Sequence

import pandas as pd

from ipsdash.text.words import Words


def area_names(words: Words, areas: pd.DataFrame) -> pd.Series:
    """The name of each area by area_id: official, in all its languages, but region and country in the reader's own."""
    names = areas.set_index("area_id")["official_name"]
    own = {area: words(key) for area in names.index if (key := f"area.named.{area}") in words.sentences}
    return pd.Series(own).combine_first(names).reindex(names.index)


def site_names(sites: pd.DataFrame) -> pd.Series:
    """The name of each site by site_id."""
    return sites.set_index("site_id")["name"]


def area_labels(words: Words, areas: pd.DataFrame, kinds: Sequence[str]) -> dict[str, str]:
    """What the areas of these kinds are called in a list of choices, "Fylke: Nordland", by area_id, kind by kind."""
    names, of_kind = area_names(words, areas), areas.set_index("area_id")["kind"]
    chosen = [area for kind in kinds for area in of_kind.index[of_kind == kind]]
    return {area: words("area.option", kind=words(f"kind.{of_kind[area]}"), name=names[area]) for area in chosen}
