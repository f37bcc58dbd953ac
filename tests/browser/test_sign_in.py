"""Sign-in through a provider: who may read, who may publish, and who is told that they may not."""

import re
import time

import pytest
from provider import CLIENT, Provider
from tests.workbooks import goals
from walking import as_shown

GROUP = "ips-publisher"


@pytest.fixture
def signs_in(tmp_path, server_with, newcomer):
    """Opens the page Data of a dashboard with a provider, as a person with these claims; gives the page, the dashboard's address and the provider."""
    opened = []

    def start(person, **environment):
        provider, home = Provider(**person), tmp_path / "home"
        (home / ".streamlit").mkdir(parents=True)
        place = server_with(HOME=str(home), IPSDASH_STORE=str(tmp_path / "store"), **environment)
        (home / ".streamlit" / "secrets.toml").write_text(provider.secrets(place.url), "utf-8")
        opened.append(provider)
        page = newcomer().new_page()
        page.goto(f"{place.url}/data?lang=en")
        return page, place.url, provider

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
    ({"email": "kari@nord.example", "email_verified": True}, {"IPSDASH_PUBLISHERS": "ola@nord.example, Kari@nord.example"}),
    ({"email": "kari@nord.example", "email_verified": True, "groups": ["ips-reader", GROUP]}, {"IPSDASH_PUBLISH_CLAIM": f"groups={GROUP}"}),
])  # fmt: skip
def test_one_who_is_listed_or_has_the_claim_may_publish_under_their_own_address(signs_in, person, environment):
    page, address, _ = signs_in(person, **environment)
    signed_in(page, address)
    page.locator("input[type=file]").set_input_files({"name": "tall.xlsx", "mimeType": "x/y", "buffer": goals()})
    page.get_by_role("button", name=as_shown("Publish for everybody, as kari@nord.example")).wait_for()


def test_one_who_is_neither_may_not_and_is_told(signs_in):
    page, address, _ = signs_in({"email": "per@nord.example", "email_verified": True, "groups": ["ips-reader"]}, IPSDASH_PUBLISHERS="kari@nord.example", IPSDASH_PUBLISH_CLAIM=f"groups={GROUP}")
    signed_in(page, address)
    page.get_by_text("per@nord.example is not among those who may publish").wait_for()
    assert page.get_by_role("button", name=re.compile("Publish for")).count() == 0


def test_where_only_those_who_are_signed_in_may_read_they_may(signs_in):
    page, address, _ = signs_in({"email": "per@nord.example"}, IPSDASH_READING="signed-in")
    page.get_by_role("button", name="Sign in").wait_for()
    assert page.get_by_role("heading", name="Editions").count() == 0
    page.get_by_role("button", name="Sign in").click()
    page.locator(".ips-footer").wait_for(timeout=20_000)
    page.goto(f"{address}/?lang=en")
    page.get_by_role("heading", level=1, name=re.compile("45 of 50")).wait_for(timeout=20_000)


def test_one_whose_address_is_not_verified_may_publish_by_issuer_and_subject(signs_in):
    page, address, provider = signs_in({"email": "kari@nord.example"}, IPSDASH_PUBLISHERS="kari@nord.example")
    signed_in(page, address)
    page.get_by_text(f"{provider.address}|1").wait_for()
    assert page.get_by_role("button", name="Bring back").count() == 0


def test_signing_out_ends_it_at_the_provider_too(signs_in):
    page, address, provider = signs_in({"email": "kari@nord.example", "email_verified": True}, IPSDASH_PUBLISHERS="kari@nord.example")
    signed_in(page, address)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{address}/")
    page.locator(".ips-footer").wait_for(timeout=20_000)
    (ended,) = provider.ended
    assert ended["client_id"] == CLIENT and ended["id_token_hint"].count(".") == 2
    assert ended["post_logout_redirect_uri"] == f"{address}/oauth2callback"
    page.goto(f"{address}/data?lang=en")
    page.get_by_role("button", name="Sign in").wait_for(timeout=20_000)


def test_one_whose_sign_in_is_old_signs_in_again_and_may_publish(signs_in):
    nine_hours = 9 * 3600
    page, address, provider = signs_in(
        {"email": "kari@nord.example", "email_verified": True, "auth_time": int(time.time()) - nine_hours},
        IPSDASH_PUBLISHERS="kari@nord.example",
    )
    signed_in(page, address)
    page.get_by_text("more than 8 hours old").wait_for()
    page.locator("input[type=file]").set_input_files({"name": "tall.xlsx", "mimeType": "x/y", "buffer": goals()})
    page.get_by_text("Checked: tall.xlsx").wait_for()
    assert page.get_by_role("button", name=re.compile("Publish for")).count() == 0
    provider.person["auth_time"] = int(time.time())
    page.get_by_role("button", name="Sign in again").click()
    page.wait_for_url(f"{address}/")
    # The provider was told to ask who it is, both times.
    assert [asked["prompt"] for asked in provider.asked] == ["login"] * 2
    page.goto(f"{address}/data?lang=en")
    page.locator("input[type=file]").set_input_files({"name": "tall.xlsx", "mimeType": "x/y", "buffer": goals()})
    page.get_by_role("button", name=as_shown("Publish for everybody, as kari@nord.example")).wait_for()
