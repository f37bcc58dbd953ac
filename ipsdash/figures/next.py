"""The next posts: their order with reasons, before and after, stability, and places for new sites."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from ipsdash.domain.remaining import Next, Remaining
from ipsdash.figures.axes import shares, zero_based
from ipsdash.figures.bars import Row, lying
from ipsdash.figures.chart import Bar, Chart, Column, Table
from ipsdash.text.credits import references
from ipsdash.text.words import Words


def headline(words: Words, following: Next, names: Mapping[str, str], certainty: float) -> str:
    """What leads the page: that the order cannot be settled without numbers per site, or where the posts go."""
    firm = following.sites[following.sites["stability"] >= certainty]
    values = {"posts": len(following.placed), "firm": words.listed(names[one] for one in firm["site_id"])}
    if following.placed.empty:
        return words("next.headline_full")
    if following.modelled:
        return words("next.headline_modelled" if len(firm) else "next.headline_unsettled", **values)
    got = following.sites[following.sites["added"] > 0].sort_values("added", ascending=False, kind="stable")
    values["sites"] = words.listed(words("next.got", name=names[row["site_id"]], added=int(row["added"])) for _, row in got.iterrows())
    return words("next.headline", **values)


def reason(words: Words, row: pd.Series, known: Mapping[str, tuple[float, float]], least: float) -> str:
    """Why a post goes where it goes. known: by site, the share of people within an hour and the share whose way is unknown; least: the
    smallest team."""
    parts = [words(f"next.reason.{row['reason']}" if row["in_post"] else "next.reason.first", load=row["load"], posts=row["in_post"], least=least)]
    parts.append(words("next.reason.people", people=row["people_without"]))
    near, unknown = known.get(row["site_id"], (1.0, 0.0))
    if near < 1:
        parts.append(words("next.reason.distance_unknown" if unknown > 0 else "next.reason.distance", near=near, unknown=unknown))
    return " ".join(parts)


def placed_table(words: Words, following: Next, names: Mapping[str, str], known: Mapping[str, tuple[float, float]], least: float) -> Table:
    """The posts in order: number, site, people a year per post before it, people without a place, stability, reason."""
    rows, stability = following.placed, following.sites.set_index("site_id")["stability"]
    frame = pd.DataFrame({
        "number": rows["number"], "site": [names[one] for one in rows["site_id"]],
        "load": rows["load"], "people_without": rows["people_without"], "stability": rows["site_id"].map(stability),
        "reason": [reason(words, row, known, least) for _, row in rows.iterrows()],
    })  # fmt: skip
    kinds = {"number": ("whole", 0), "load": ("number", 1), "people_without": ("whole", 0), "stability": ("share", 0)}
    return Table(frame, tuple(Column(name, words(f"heading.{name}"), *kinds.get(name, ("text", 0))) for name in frame))


def sites_table(words: Words, following: Next, names: Mapping[str, str]) -> Table:
    """Every site before and after, with Webster's rule beside Adams'."""
    rows = following.sites
    frame = pd.DataFrame({
        "site": [names[one] for one in rows["site_id"]], "need": rows["need"], "in_post": rows["in_post"], "added": rows["added"], "webster": rows["webster"],
        "after": rows["after"], "load_before": rows["load_before"], "load_after": rows["load_after"], "coverage_before": rows["coverage_before"],
        "coverage_after": rows["coverage_after"], "stability": rows["stability"],
    })  # fmt: skip
    tenths = {name: ("number", 1) for name in ("need", "in_post", "after", "load_before", "load_after")}
    parts = {name: ("share", 0) for name in ("coverage_before", "coverage_after", "stability")}
    kinds = tenths | parts | {"added": ("whole", 0), "webster": ("whole", 0)}
    return Table(frame, tuple(Column(name, words(f"heading.{name}"), *kinds.get(name, ("text", 0))) for name in frame))


def before_and_after(words: Words, register: pd.DataFrame, following: Next, names: Mapping[str, str]) -> Chart:
    """Posts of every site now, and what the next posts add."""
    rows = following.sites
    last, look = len(rows) - 1, "modelled" if following.modelled else "reported"
    bars = [
        Row(names[row["site_id"]], row["in_post"], look, "" if row["added"] else words.number(row["in_post"], _tenths(row["in_post"])),
            words("next.bars.note", name=names[row["site_id"]], before=row["in_post"], added=int(row["added"]), need=row["need"]))
        for _, row in rows.iterrows()
    ]  # fmt: skip
    added = [
        Bar(last - place, row["in_post"], row["after"], "post_added", "x", words("next.bars.label", added=int(row["added"]), after=row["after"]),
            words("next.bars.note", name=names[row["site_id"]], before=row["in_post"], added=int(row["added"]), need=row["need"]))
        for place, (_, row) in enumerate(rows.iterrows()) if row["added"]
    ]  # fmt: skip
    title = words("next.bars.title", before=rows["load_before"].max(), after=rows["load_after"].max())
    chart = lying(
        words, register, bars, name="before-after", title=title, subtitle=words("next.bars.subtitle"), quality=following.quality, source=following.source,
        alternative=words("next.bars.alternative", title=title, rows=words.listed(bar.note for bar in bars)), heading=words("heading.in_post"),
        axis=zero_based(words, max(rows["after"].max(), 1), words("axis.posts"), 1.25), further=tuple(added),
    )  # fmt: skip
    legend = ((look, words("next.legend.modelled" if following.modelled else "next.legend.known")), ("post_added", words("next.legend.added")))
    return replace(chart, table=sites_table(words, following, names), legend=legend)


def _tenths(number: float) -> int:
    return 0 if number == round(number) else 1


def stability_chart(words: Words, register: pd.DataFrame, following: Next, names: Mapping[str, str], certainty: float) -> Chart:
    """In how many draws each site is among the next posts."""
    rows = following.sites
    bars = [Row(names[row["site_id"]], row["stability"], "modelled", words.share(row["stability"])) for _, row in rows.iterrows()]
    firm = rows[rows["stability"] >= certainty]
    values = {"certainty": certainty, "sites": words.listed(names[one] for one in firm["site_id"]), "posts": int(rows["added"].sum())}
    title = words("next.stability.title" if len(firm) else "next.stability.title_none", **values)
    chart = lying(
        words, register, bars, name="stability", title=title, kind="share", quality=following.quality, source=following.source,
        subtitle=words("next.stability.subtitle_modelled" if following.modelled else "next.stability.subtitle"),
        alternative=words("next.stability.alternative", title=title, rows=words.listed(f"{bar.name}: {bar.label}" for bar in bars)),
        heading=words("heading.stability"), axis=shares(words, words("axis.stability")),
    )  # fmt: skip
    return replace(chart, x=replace(chart.x, high=1.12))


def without_sentence(words: Words, left: Remaining, names: Mapping[str, str]) -> str:
    """What areas without a site still lack when no site lacks anything."""
    rows = left.catchments[left.catchments["site_id"] == ""]
    if rows.empty:
        return words("next.doubt_stays")
    return words("next.without_stays", posts=rows["unmet"].sum(), areas=words.listed(names[one] for one in rows["catchment"]))


def order_sentence(words: Words, following: Next, names: Mapping[str, str]) -> str:
    """Why sites that are more often among the next than some that get a post get none here."""
    rows = following.sites
    least = rows.loc[rows["added"] > 0, "stability"].min()
    often = rows[(rows["added"] == 0) & (rows["stability"] > least)].sort_values("stability", ascending=False, kind="stable")
    if often.empty:
        return words("next.order_plain")
    return words("next.order_often", names=words.listed(words("next.order_site", name=names[row["site_id"]], share=row["stability"]) for _, row in often.iterrows()))


def webster_sentence(words: Words, following: Next, names: Mapping[str, str]) -> str:
    """Where Webster's rule places other than Adams', in one sentence."""
    rows = following.sites
    more, fewer = rows[rows["webster"] > rows["added"]], rows[rows["webster"] < rows["added"]]
    if more.empty:
        return words("next.webster_same")
    return words("next.webster", more=words.listed(names[one] for one in more["site_id"]), fewer=words.listed(names[one] for one in fewer["site_id"]))


def lacking_table(words: Words, rows: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """Areas without a known site: people, need and its range."""
    frame = pd.DataFrame({
        "area": [names[one] for one in rows["catchment"]], "people_18_66": rows["people"], "need": rows["need"], "need_low": rows["need_low"],
        "need_high": rows["need_high"], "posts_needed": rows["posts_needed"],
    })  # fmt: skip
    kinds = {"people_18_66": ("whole", 0), "posts_needed": ("whole", 0)}
    return Table(frame, tuple(Column(name, words(f"heading.{name}"), *kinds.get(name, ("text", 0) if name == "area" else ("number", 1))) for name in frame))


def new_sites_sentence(words: Words, found: pd.DataFrame, total: float, names: Mapping[str, str], minutes: int, near: float) -> str:
    """The best places for new sites in one sentence, with how many reach at most `near`, a share, fewer."""
    if total <= 0:
        return words("next.new.nobody", minutes=minutes)
    if found.empty:
        return words("next.new.none", minutes=minutes)
    best = found.iloc[0]
    places = words.listed(names[one] for one in best["places"].split())
    return words("next.new.best" if len(found) == 1 else "next.new.best_tied", places=places, people=round(best["people"]), share=best["people"] / total,
                 left=round(best["left_out"]), minutes=minutes, others=len(found) - 1, near=near)  # fmt: skip


def new_sites_table(words: Words, found: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """The best set of new sites, and those that reach nearly as many."""
    frame = pd.DataFrame({
        "places": [words.listed(names[one] for one in places.split()) for places in found["places"]], "people_reached": found["people"],
        "left_out": found["left_out"], "mean_minutes": found["mean_minutes"],
    })  # fmt: skip
    return Table(frame, tuple(Column(name, words(f"heading.{name}"), "text" if name == "places" else "whole") for name in frame))


def travel_table(words: Words, register: pd.DataFrame, times: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """Every municipality's way from its own site: straight line, sea on it, minutes, how they are known."""
    frame = pd.DataFrame({
        "municipality": [names[one] for one in times["destination"]], "site": [names[one] for one in times["origin"]], "km": times["km"], "sea": times["sea"],
        "minutes": times["minutes"], "how": [words(f"travel.{how}") for how in times["how"]],
        "check": [words("travel.check", times=one / estimate) if flagged else "" for one, estimate, flagged in zip(times["minutes"], times["estimate"], times["check"])],
        "source": [references(words, register, source) for source in times["source"]],
    })  # fmt: skip
    kinds = {"km": ("number", 1), "sea": ("share", 0), "minutes": ("whole", 0)}
    return Table(frame, tuple(Column(name, words(f"heading.{name}"), *kinds.get(name, ("text", 0))) for name in frame))
