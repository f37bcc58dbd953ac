"""The 25 items of fidelity reviews: the weakest of all sites, and of each."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from ipsdash.domain.provenance import united, weakest
from ipsdash.figures.bars import Row, lying
from ipsdash.figures.chart import Axis, Chart, Table
from ipsdash.figures.quality import table
from ipsdash.text.places import site_names
from ipsdash.text.words import Words

# Items in the chart; all are in its table. Most items of a site that are written out with their names.
SHOWN_ITEMS, NAMED_ITEMS = 8, 4
BEST_ITEM = 5


def items_chart(words: Words, register: pd.DataFrame, means: pd.DataFrame, names: pd.DataFrame) -> Chart:
    """The items with the lowest means. means: of `weakest_items`; names: of the items, `Tables.fidelity_items`."""
    called = _item_names(words, names)
    rows = [
        Row(called(one["item"]), one["mean"], one["quality"], words("fidelity.items.label", mean=one["mean"], reviews=one["reviews"]))
        for _, one in means.head(SHOWN_ITEMS).iterrows()
    ]
    first = means.iloc[0]
    title = words("fidelity.items.title", item=called(first["item"]), mean=first["mean"])
    drawn = lying(
        words, register, rows, name="fidelity-items", title=title, subtitle=words("fidelity.items.subtitle", shown=len(rows), all=len(means)),
        alternative=words("fidelity.items.alternative", title=title, rows=words.listed(f"{row.name}: {row.label}" for row in rows)),
        heading=words("fidelity.heading.mean"), axis=_item_axis(words), quality=weakest(means["quality"]), source=united(means["source"]),
    )  # fmt: skip
    return replace(drawn, table=items_table(words, means, names))


def _item_axis(words: Words) -> Axis:
    return Axis(0, BEST_ITEM, tuple((one, words.number(one)) for one in range(BEST_ITEM + 1)), words("axis.item"), True)


def _item_names(words: Words, names: pd.DataFrame) -> Callable[[int], str]:
    """What an item is called: its number and its name, or its number alone where the table does not have it."""
    known = names.set_index("item")[f"name_{words.lang}"].to_dict()
    return lambda item: words("fidelity.item", item=int(item), name=known[item]) if item in known else words("fidelity.item_plain", item=int(item))


def items_table(words: Words, means: pd.DataFrame, names: pd.DataFrame) -> Table:
    """Every item with its mean over the reviews, the lowest first."""
    called = _item_names(words, names)
    frame = pd.DataFrame({
        "item": [called(item) for item in means["item"]], "mean": means["mean"], "reviews": means["reviews"], "lowest": means["lowest"],
        "highest": means["highest"],
    })  # fmt: skip
    return table(words, frame, mean=("number", 1), reviews="whole", lowest="whole", highest="whole")


def lowest_table(words: Words, lowest: pd.DataFrame, sites: pd.DataFrame, names: pd.DataFrame) -> Table:
    """What each site scored lowest on. lowest: of `lowest_at_sites`."""
    called = _item_names(words, names)
    frame = pd.DataFrame({
        "site": lowest["site_id"].map(site_names(sites)), "date": lowest["date"], "lowest": lowest["score"],
        "weakest": [
            words.listed(called(item) for item in one) if len(one) <= NAMED_ITEMS else words("fidelity.many_items", items=len(one), numbers=words.listed(map(str, one)))
            for one in lowest["items"]
        ],
        "items": lowest["given"],
    })  # fmt: skip
    return table(words, frame, date="date", lowest="whole", items="whole")
