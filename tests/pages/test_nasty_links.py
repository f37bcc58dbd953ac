"""A link may say anything: no page fails, none runs what stands in it, none takes long."""

import time

import pytest

from ipsdash.ui.controls import KEYS, VIEW

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>"
NASTY = {
    "empty": "", "long": "x" * 20_000, "millions": "9" * 5_000, "a number": "-1e309", "no number": "nan", "markup": MARKUP, "a path": "../../../etc/passwd%00", "a query": "'; DROP TABLE editions; --",
    "letters": "\u202e\u0000\ud7ff\U0001f9e8e\u0301\ufeff", "digits": "\u0663\u00b2\u2165", "braces": '{"a": [[[[{}]]]]}', "a list": "1,,2,,,half," * 500, "toml": '[[own]]\nname = "' + MARKUP + '"\n',
    "deep": "[" * 100_000, "deep braces": '{"a":' * 20_000, "half signs": '{"need":["\\ud800","\\udfff"]}', "long digits": '{"need":[' + "9" * 10_000 + ',"a"]}', "no numbers": '{"need":[NaN,-Infinity]}',
    "many scenarios": "|".join(f"n{number}~k{number}=1" for number in range(20_000)), "many changes": "A~" + "~".join(f"k{number}=1" for number in range(20_000)),
    "the same again": "|".join(["A~served_share=0.5"] * 5_000), "commas": "," * 100_000, "many slides": "need," * 50_000, "signs": "\u2066\u2069\u200e\u061c~|,=\x1b[31m",
}  # fmt: skip
# Pages that draw most controls; the others have none that is not among them.
VISITED = ("map", "coverage", "next", "scenarios", "presentation", "data", "growth")
# Seconds of the processor for a page of its own choices, several times what one takes when its numbers are not made yet.
LONGEST = 15


def _fine(visit) -> None:
    assert not visit.app.exception, visit.app.exception
    assert visit.app.title, "a page without its title"
    drawn = [block.proto.body for block in visit.app.get("html")]
    assert not [body for body in drawn if MARKUP in body]


@pytest.mark.parametrize("name", NASTY)
def test_a_page_with_every_choice_gone_wrong_is_drawn_as_if_none_had_been_made(visit, name):
    link = dict.fromkeys((*KEYS, f"posts{VIEW}", "nothing"), NASTY[name])
    begun = time.process_time()
    one = visit(**link)
    _fine(one)
    assert time.process_time() - begun < LONGEST


@pytest.mark.parametrize("place", range(len(VISITED)))
def test_every_page_takes_nasty_choices(visit, place):
    values = list(NASTY.values())
    # Each key has another value, and on each page another one.
    link = {key: values[(number + 3 * place) % len(values)] for number, key in enumerate(KEYS)}
    _fine(visit(VISITED[place], **link))


@pytest.mark.parametrize("key", ["posts", "cost", "edition", "served_share", "mine", "told", "compare"])
def test_a_choice_that_is_read_takes_any_text(visit, key):
    one = visit("presentation" if key == "told" else "next")
    for value in NASTY.values():
        one.app.query_params[key] = value
        one.app.run()
        _fine(one)


def test_a_link_of_very_many_keys_is_said_in_a_few_sentences(visit):
    one = visit(lang="en", **{f"key{number}": "1" for number in range(900)})
    _fine(one)
    said = [block.value for block in one.app.warning if "no choice here" in block.value or "no choices here" in block.value]
    assert len(said) == 6 and "895" in said[-1]


def test_slides_whose_titles_cannot_be_read_are_said(visit):
    one = visit("presentation", lang="en", told="[" * 5_000)
    _fine(one)
    assert any("told" in block.value for block in one.app.warning)
