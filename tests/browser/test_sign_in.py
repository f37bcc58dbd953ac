"""Sign-in through a provider: who may read, who may publish, and who is told that they may not."""

import re

import pytest
from provider import Provider
from tests.workbooks import goals

GROUP = "ips-publisher"


@pytest.fixture
def signs_in(tmp_path, server_with, newcomer):
    """Opens the page Data of a dashboard with a provider, as a person with these claims; gives the page and the dashboard's address."""
    opened = []

    def start(person, **environment):
        provider, home = Provider(**person), tmp_path / "home"
        (home / ".streamlit").mkdir(parents=True)
        place = server_with(HOME=str(home), IPSDASH_STORE=str(tmp_path / "store"), **environment)
        (home / ".streamlit" / "secrets.toml").write_text(provider.secrets(place.url), "utf-8")
        opened.append(provider)
        page = newcomer().new_page()
        page.goto(f"{place.url}/data?lang=en")
        return page, place.url

    yield start
    for provider in opened:
        provider.close()


def signed_in(page, address):
    """Signs in, which leads to the first page, and goes back to the page Data."""
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/")
    page.locator(".ips-footer").wait_for(timeout=20_000)
    page.goto(f"{address}/data?lang=en")
    page.get_by_role("button", name="Sign out").wait_for(timeout=20_000)


@pytest.mark.parametrize(("person", "environment"), [
    ({"email": "kari@nord.example"}, {"IPSDASH_PUBLISHERS": "ola@nord.example, Kari@nord.example"}),
    ({"email": "kari@nord.example", "groups": ["ips-reader", GROUP]}, {"IPSDASH_PUBLISH_CLAIM": f"groups={GROUP}"}),
])  # fmt: skip
def test_one_who_is_listed_or_has_the_claim_may_publish_under_their_own_address(signs_in, person, environment):
    page, address = signs_in(person, **environment)
    signed_in(page, address)
    page.locator("input[type=file]").set_input_files({"name": "tall.xlsx", "mimeType": "x/y", "buffer": goals()})
    page.get_by_role("button", name=re.compile("Publish for everybody, as kari@nord.example")).wait_for()


def test_one_who_is_neither_may_not_and_is_told(signs_in):
    page, address = signs_in({"email": "per@nord.example", "groups": ["ips-reader"]}, IPSDASH_PUBLISHERS="kari@nord.example", IPSDASH_PUBLISH_CLAIM=f"groups={GROUP}")
    signed_in(page, address)
    page.get_by_text("per@nord.example is not among those who may publish").wait_for()
    assert page.get_by_role("button", name=re.compile("Publish for")).count() == 0


def test_where_only_those_who_are_signed_in_may_read_they_may(signs_in):
    page, address = signs_in({"email": "per@nord.example"}, IPSDASH_READING="signed-in")
    page.get_by_role("button", name="Sign in").wait_for()
    assert page.get_by_role("heading", name="Editions").count() == 0
    page.get_by_role("button", name="Sign in").click()
    page.locator(".ips-footer").wait_for(timeout=20_000)
    page.goto(f"{address}/?lang=en")
    page.get_by_role("heading", level=1, name=re.compile("45 of 50")).wait_for(timeout=20_000)
