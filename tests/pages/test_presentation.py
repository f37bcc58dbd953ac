"""The page of a presenter: slides are chosen, moved and told in own words, and the link keeps it."""

import pytest


def button(seen, key):
    return next(one for one in seen.app.button if one.key == key)


def order(seen):
    return seen.app.query_params["slides"].split(",")


@pytest.mark.parametrize(("lang", "headline"), [("nb", "12 lysbilder er klare til å vises"), ("en", "12 slides are ready to be shown")])
def test_all_slides_are_ready_at_once(visit, lang, headline):
    seen = visit("presentation", lang=lang)
    assert seen.headline == headline
    assert not seen.app.exception


def test_a_slide_is_taken_out_and_put_back_last(visit):
    seen = visit("presentation")
    box = next(one for one in seen.app.checkbox if one.key == "on-goal")
    box.uncheck().run()
    assert seen.headline.startswith("11 ") and "goal" not in order(seen)
    next(one for one in seen.app.checkbox if one.key == "on-goal").check().run()
    assert seen.headline.startswith("12 ") and order(seen)[-1] == "goal"


def test_a_slide_is_moved(visit):
    seen = visit("presentation")
    button(seen, "move-growth-1").click().run()
    assert order(seen)[:3] == ["title", "map-2017-04", "growth"]
    button(seen, "move-growth--1").click().run()
    assert "slides" not in seen.app.query_params


def test_the_first_cannot_be_moved_earlier_nor_the_last_later(visit):
    seen = visit("presentation")
    assert button(seen, "move-title--1").disabled and button(seen, "move-sources-1").disabled


def test_the_last_slide_cannot_be_taken_out(visit):
    seen = visit("presentation", slides="need")
    next(one for one in seen.app.checkbox if one.key == "on-need").uncheck().run()
    assert seen.headline.startswith("1 ")


def opened(seen):
    """The page where the field of a slide's own title and notes has been opened."""
    seen.app.session_state["own-need"] = True
    seen.app.run()
    return seen


def test_own_titles_and_notes_are_drawn_when_they_are_asked_for(visit):
    seen = visit("presentation")
    assert not seen.app.text_input and not seen.app.text_area
    assert [one.key for one in opened(seen).app.text_area] == ["notes-need"]


def test_own_titles_and_notes_stand_in_the_link(visit):
    seen = opened(visit("presentation"))
    next(one for one in seen.app.text_input if one.key == "title-need").input("Vår tittel").run()
    next(one for one in seen.app.text_area if one.key == "notes-need").input("Husk kaffen").run()
    assert seen.app.query_params["told"] == '{"need":["Vår tittel","Husk kaffen"]}'
    again = opened(visit("presentation", told=seen.app.query_params["told"]))
    assert next(one for one in again.app.text_area if one.key == "notes-need").value == "Husk kaffen"


@pytest.mark.parametrize("link", [{"slides": "gold"}, {"told": "{"}, {"layer": "gold"}, {"posts": "99"}])
def test_what_a_link_cannot_have_is_said_and_the_rest_stands(visit, link):
    seen = visit("presentation", **link)
    assert seen.headline.startswith("12 ")
    assert len(seen.app.warning) == 1


def test_a_date_with_fewer_numbers_has_fewer_slides(visit):
    seen = visit("presentation", date="2017-04", slides="title,need-map,need")
    assert seen.headline.startswith("2 ")


def test_numbers_that_are_not_published_are_marked_on_every_page_chart_and_slide(visit):
    from ipsdash.store.deliveries import received
    from ipsdash.ui.reader import PREVIEW
    from tests.conftest import PUBLIC
    from tests.workbooks import goals

    seen = visit("growth")
    seen.app.session_state[PREVIEW] = received("tall.xlsx", goals(), None, PUBLIC)
    for page in ("growth", "coverage", "presentation"):
        seen.go(page)
        assert any("bare du ser disse tallene" in one.value for one in seen.app.warning), page
        if page != "presentation":
            assert "FORHÅNDSVISNING, ikke publiserte tall. Kilde" in seen.words, page
    assert "Live og småbilder" in " ".join(one.value for one in seen.app.info)
    assert not [one for one in seen.app.get("link_button")]
