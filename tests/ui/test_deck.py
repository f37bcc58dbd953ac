"""The slides of a link: what it says is shown, and what it cannot say has its default."""

import weakref
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from ipsdash.ui import deck
from ipsdash.ui.deck import Deck
from ipsdash.ui.once import FEW


def asked(**query):
    return deck.asked(query)


def test_a_query_gives_back_the_slides_it_was_made_of():
    told = {"growth": ("Vår tittel; 50 % & mer", "Husk «kaffen»\nog kjeksen"), "need": ("", "áčđŋšŧž")}
    one = Deck("catchments", 12, "Vårt forslag", {"served_share": 0.55, "target_group": "broad"}, ("need", "growth"), told)
    me, _ = asked(lang="en", date="2017-04")
    found, again = deck.asked(dict(parse_qsl(one.query(me))))
    assert again == one
    assert (found.words.lang, found.date) == ("en", "2017-04")


@pytest.mark.parametrize("query", [
    {}, {"lang": "xx", "date": "1999", "layer": "gold", "posts": "0", "slides": "", "told": "{", "set": "A~gold=1"}, {"posts": "-1"}, {"posts": "41"}, {"posts": "five"},
    {"told": "[1]"}, {"told": '{"need": "text"}'}, {"told": "null"}, {"set": "~~~"},
])  # fmt: skip
def test_what_a_link_cannot_have_has_its_default(query):
    me, one = asked(**query)
    assert (me.words.lang, me.date) == ("nb", "2019-04-12")
    assert (one.layer, one.posts, one.changed, one.order, one.told) == ("evidence", 5, {}, (), {})
    assert len(deck.slides(me, one)) == 12


def test_slides_that_there_are_none_of_are_left_out():
    me, one = asked(slides="need,gold,need-map")
    assert [slide.name for slide in deck.slides(me, one)] == ["need", "need-map"]


def test_own_titles_and_notes_are_cut_at_what_a_link_can_hold():
    title, notes = deck.read(deck.written({"need": ("x" * 500, "y" * 5000)}))["need"]
    assert (len(title), len(notes)) == deck.LONGEST


def test_a_small_picture_is_there_for_each_slide_and_no_other():
    me, one = asked(slides="need,title")
    assert deck.thumbnail(me, one, 2).startswith(b"\x89PNG")
    assert deck.thumbnail(me, one, 0) is deck.thumbnail(me, one, 3) is None


def test_a_small_picture_is_sent_again_only_when_it_is_another(client):
    asking, address = client(), "/slides/1.png?slides=need,title"
    first = asking.get(address)
    assert first.headers["content-type"] == "image/png" and first.headers["cache-control"] == "no-cache" and first.content
    known = {"if-none-match": first.headers["etag"]}
    again = asking.get(address, headers=known)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert asking.get(f"{address}&lang=en", headers=known).status_code == 200


def test_a_flood_of_slides_with_titles_of_their_own_is_not_kept():
    me, plain = asked()
    seen = []
    for number in range(2 * FEW):
        seen += [weakref.ref(slide) for slide in deck.slides(me, replace(plain, told={"need": (f"Title {number}", "")})) if slide.title == f"Title {number}"]
    assert len(seen) == 2 * FEW
    assert sum(one() is not None for one in seen) <= FEW
