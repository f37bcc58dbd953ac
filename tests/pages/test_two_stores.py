"""Nothing that somebody who is no publisher sees, hands in or compares tells more than the release: the rule of two stores."""

import pytest

from ipsdash.store.passwords import hashed
from tests.pages.conftest import PAGES
from tests.two_stores import (
    Answers,
    guesses,
    log,
    of_addresses,
    of_page,
    of_previews,
    of_workbooks,
    two_stores,
)

# Choices of a page that show more of it.
LINKS = {
    "data": ({"table": "service"}, {"table": "staffing"}, {"edition": "1"}, {"edition": "77"}),
    "site": ({"place": "leknes"}, {"place": "narvik"}),
    "outcomes": ({"measure": "started"}, {"quarter": "2024Q3", "site": "narvik"}),
}
# Pictures in points are made of the same lines as the SVG beside them: here of one page, in the soak of all.
WITH_PICTURES = ("outcomes",)


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    found = two_stores(tmp_path_factory.mktemp("stores"), seed=1)
    assert found.cells >= 6, "the two stores hide the same"
    return found


@pytest.fixture
def of_both(pair, monkeypatch):
    """What both stores answer, with what they log meanwhile, on a machine where a password is set."""
    monkeypatch.setenv("IPSDASH_PUBLISH_PASSWORD_HASH", hashed("nordlys"))

    def asked(ask) -> list[Answers]:
        found = []
        for store in (pair.left, pair.right):
            monkeypatch.setenv("IPSDASH_STORE", str(store))
            with log() as lines:
                answers = ask(store)
            answers.add("log", lines)
            found.append(answers)
        return found

    return asked


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_both_stores_show_the_same_page_and_give_the_same_files(of_both, visit, page, lang):
    def ask(_):
        answers = Answers({})
        for link in ({}, *LINKS.get(page, ())):
            answers.found |= of_page(visit, page, lang, page in WITH_PICTURES and not link, **link).found
        return answers

    one, other = of_both(ask)
    assert len(one.found) > 3 and one.differing(other) == []


def test_both_stores_answer_the_same_without_a_page(of_both):
    one, other = of_both(lambda _: of_addresses(PAGES))
    assert one.found["/readyz"][2] == b"ok" and one.found["/slides"][0] == 200
    assert one.differing(other) == []


def test_both_stores_find_the_same_in_guesses_of_what_they_hide(of_both, pair):
    workbooks = guesses(pair)
    one, other = of_both(lambda store: of_workbooks(store, workbooks))
    assert one.found["right for the first: hidden"] > 0 and one.found["faulty: remarks"][0]
    assert one.differing(other) == []


def test_both_stores_show_the_same_of_guesses_that_are_previewed(of_both, visit, pair):
    workbooks = {name: content for name, content in guesses(pair).items() if "for the" in name}
    one, other = of_both(lambda store: of_previews(visit, store, workbooks, ("data", "outcomes", "people")))
    assert len(one.found) > 6 and one.differing(other) == []
