"""The key numbers of quality."""

import pandas as pd

from ipsdash.domain.provenance import Said, provenance
from ipsdash.domain.quality import AT_LEAST_GOOD, LIMITS
from ipsdash.ui import show
from ipsdash.ui.reader import Reader
from ipsdash.ui.show import KeyNumber


def cards(me: Reader, newest: pd.DataFrame, due: pd.DataFrame) -> list[KeyNumber]:
    """How many are at least good, the middle score, how many reviews are due, how many sites were never reviewed. newest: of `latest`,
    with rows; due: of `due`."""
    words, scores, count = me.words, newest["score"], due["state"].value_counts()
    part = Said(**provenance(newest))
    good = words("fidelity.key_good_value", good=int(newest["band"].isin(AT_LEAST_GOOD).sum()), sites=len(newest))
    span = {"lowest": scores.min(), "highest": scores.max(), "first": newest["date"].min(), "last": newest["date"].max()}
    return [
        show.key_number(me, words("fidelity.key_good"), good, words("fidelity.key_good_note", limit=me.assumed.at[LIMITS["good"], "value"]), part),
        show.key_number(me, words("fidelity.key_middle"), words.number(scores.median()), words("fidelity.key_middle_note", sites=len(newest), **span), part),
        show.key_number(me, words("fidelity.key_due"), words.number(count.get("due", 0)),
                        words("fidelity.key_due_note", months=me.assumed.at["review_months", "value"]), part),
        show.key_number(me, words("fidelity.key_never"), words.number(count.get("never", 0)), words("fidelity.key_never_note", sites=len(due), date=me.date), part),
    ]  # fmt: skip
