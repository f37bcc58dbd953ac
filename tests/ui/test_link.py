"""A choice lives in the link, as an id, only where it is not the default."""

import pytest
from streamlit.testing.v1 import AppTest

from ipsdash.ui.link import MAX_SAFE_LENGTH, plain_keys


def _page() -> None:
    import streamlit as st

    from ipsdash.ui import link

    link.settle("area", ["north", "south"], "north")
    st.selectbox("area", ["north", "south"], key="area")
    link.settle("lang", ["nb", "en"], "nb")
    link.settle("share", [0.5, 0.55, 1.0], 1.0)
    st.select_slider("share", [0.5, 0.55, 1.0], key="share")
    st.button("reset", on_click=link.reset, args=("lang",))


@pytest.fixture
def opened():
    def open_page(**asked: str) -> AppTest:
        app = AppTest.from_function(_page)
        for name, value in asked.items():
            app.query_params[name] = value
        return app.run()

    return open_page


def _link(app: AppTest) -> dict[str, str]:
    return {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}


def test_the_default_is_not_written(opened):
    app = opened()
    assert app.selectbox[0].value == "north" and _link(app) == {}


def test_the_link_decides_what_is_chosen(opened):
    app = opened(area="south")
    assert app.selectbox[0].value == "south" and _link(app) == {"area": "south"}


def test_what_is_not_among_the_options_gives_the_default_and_leaves_the_link(opened):
    app = opened(area="atlantis")
    assert app.selectbox[0].value == "north" and _link(app) == {}


@pytest.mark.parametrize(("asked", "value"), [("0.5", 0.5), (".5", 0.5), ("0.50", 0.5), ("0.55", 0.55), ("1", 1.0), ("1.0", 1.0), ("0.6", 1.0), ("half", 1.0)])
def test_a_number_is_read_however_it_is_written(opened, asked, value):
    app = opened(share=asked)
    assert app.select_slider[0].value == value
    assert _link(app) == ({} if value == 1.0 else {"share": f"{value:g}"})


def test_a_choice_is_written_and_its_default_taken_out_again(opened):
    app = opened()
    app.selectbox[0].set_value("south").run()
    assert _link(app) == {"area": "south"}
    app.selectbox[0].set_value("north").run()
    assert _link(app) == {}


def test_the_control_wins_over_the_link_it_wrote_itself(opened):
    app = opened(area="south")
    app.selectbox[0].set_value("north").run()
    assert app.selectbox[0].value == "north" and _link(app) == {}


def test_a_choice_survives_an_emptied_link_as_on_a_change_of_page(opened):
    app = opened(area="south")
    del app.query_params["area"]
    app.run()
    assert app.selectbox[0].value == "south" and _link(app) == {"area": "south"}


def test_a_reset_brings_the_defaults_back_but_keeps_what_it_is_told_to(opened):
    app = opened(area="south", lang="en")
    app.button[0].click().run()
    assert app.selectbox[0].value == "north" and _link(app) == {"lang": "en"}


# A link that was escaped or is long


@pytest.mark.parametrize("key", ["amp;lang", "amp;amp;lang", "AMP;lang"])
def test_an_escaped_ampersand_is_read(mended, key):
    app = mended(**{"area": "south", key: "en"})
    assert _link(app) == {"area": "south", "lang": "en"}


def test_a_plain_key_wins_over_an_escaped_one(mended):
    assert _link(mended(**{"lang": "nb", "amp;lang": "en"})) == {"lang": "nb"}


def test_a_value_keeps_its_ampersand():
    assert plain_keys({"mine": "amp;forslag", "amp;date": "2019"}) == {"mine": "amp;forslag", "date": "2019"}


@pytest.mark.parametrize(("letters", "is_long"), [(1_900, False), (2_001, True)])
def test_a_link_that_mail_programs_may_cut_is_known_as_long(mended, letters, is_long):
    app = mended(mine="x" * letters)
    assert (int(app.text[0].value) > MAX_SAFE_LENGTH) == is_long


@pytest.fixture
def mended():
    def open_page(**asked: str) -> AppTest:
        app = AppTest.from_function(_mended_page)
        for name, value in asked.items():
            app.query_params[name] = value
        return app.run()

    return open_page


def _mended_page() -> None:
    import streamlit as st

    from ipsdash.ui import link

    link.mend()
    st.text(str(link.length()))
