"""The key numbers of money, and what is lacking of them."""

import pandas as pd

from ipsdash.domain.funding import SITE
from ipsdash.domain.provenance import Said, united, weakest
from ipsdash.text import money
from ipsdash.ui import missing, show
from ipsdash.ui.reader import Reader
from ipsdash.ui.show import KeyNumber


def names(me: Reader) -> dict[str, str]:
    """The names of all areas and sites, by id."""
    return {**me.names.to_dict(), **me.site_names.to_dict()}


def cards(me: Reader, newest: pd.Series | None, paid: pd.DataFrame, shares: pd.DataFrame, post: dict | None, start: dict | None) -> list[KeyNumber]:
    """At most four: the newest sum, the posts that are paid for, what a post and a job start cost; the share of the country's
    money where there is room."""
    made = [_sum(me, newest) if newest is not None else None, _paid(me, paid), _post(me, post), _start(me, start), _share(me, shares)]
    return [one for one in made if one is not None][:4]


def _card(me: Reader, name: str, value: str, note: str, row: dict | pd.Series) -> KeyNumber:
    return show.key_number(me, me.words(f"funding.key.{name}"), value, note, Said(row["quality"], row["source"]))


def _sum(me: Reader, newest: pd.Series) -> KeyNumber:
    words = me.words
    note = words(f"funding.key.to_{'sites' if newest['level'] == SITE else 'area'}", year=str(newest["year"]), payers=words.listed(newest["payers"]), places=newest["places"])
    return _card(me, newest["entry"], money.short(words, newest["nok"], newest["bound"]), note, newest)


def _paid(me: Reader, paid: pd.DataFrame) -> KeyNumber | None:
    running = paid[paid["state"] != "ended"]
    if running.empty:
        return None
    ending = running.loc[running["state"] == "ending", "posts"].sum()
    undated = running.loc[running["state"] == "undated", "posts"].sum()
    note = me.words("funding.key.posts_note", ending=money.posts(me.words, ending), undated=money.posts(me.words, undated), months=me.assumed.at["ending_months", "value"])
    both = {"quality": weakest(running["quality"]), "source": united(running["source"])}
    return _card(me, "posts", money.posts(me.words, running["posts"].sum()), note, both)


def _post(me: Reader, post: dict | None) -> KeyNumber | None:
    if post is None:
        return None
    note = me.words(f"funding.key.post_{post['basis']}", year=str(post["year"]), sites=post["sites"], all=post["of_sites"])
    return _card(me, "post", money.whole(me.words, post["value"], post["bound"]), note, post)


def _start(me: Reader, start: dict | None) -> KeyNumber | None:
    if start is None:
        return None
    return _card(me, "start", money.whole(me.words, start["value"]), me.words("funding.key.start_note", year=str(start["year"]), sites=start["sites"]), start)


def _share(me: Reader, shares: pd.DataFrame) -> KeyNumber | None:
    begun = shares[shares["year"] <= int(me.date[:4])]
    if begun.empty:
        return None
    row = begun.iloc[-1]
    note = me.words("funding.key.share_note", year=str(row["year"]), of=money.amount(me.words, row["of"], row["of_bound"]), payer=row["payer"])
    return _card(me, "share", money.share(me.words, row["share"], row["bound"]), note, row)


def lacking(me: Reader, rows: pd.DataFrame) -> None:
    """What a cost cannot be computed without: money of the sites, their staff, their job starts."""
    tables = me.tables
    if not (rows["level"] == SITE).any():
        missing.lacking(me, "funding")
    elif tables.staffing.empty:
        missing.lacking(me, "staffing")
    elif tables.service.empty:
        missing.lacking(me, "service")
