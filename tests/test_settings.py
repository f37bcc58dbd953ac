"""Settings: every value that is not known is refused, and every list of them is the same list."""

import re
from pathlib import Path

import pytest

from ipsdash import settings
from ipsdash.settings import SETTINGS, WrongSetting, faults, overview, value
from ipsdash.store.passwords import hashed
from ipsdash.text.settings import allowed, fault_sentence
from ipsdash.text.words import Words

OPERATIONS = Path(__file__).parents[1] / "deploy" / "operations.md"
HASH = hashed("nordlys")
ISSUER = "https://login.example.no/v2.0"
RIGHT = {
    settings.STORE: ["/store", "var"],
    settings.DATA: ["numbers.xlsx"],
    settings.CACHE: ["/tmp/packed"],
    settings.READING: ["everybody", "signed-in"],
    settings.PUBLISHERS: ["kari@nord.example", f"Kari@nord.example, {ISSUER}|auth0|12 34,"],
    settings.CLAIM: ["groups=ips-publisher", "https://nord.example/role=a=b"],
    settings.PASSWORD: [HASH],
    settings.CLIENT_ADDRESS: ["connection", "x-real-ip"],
    settings.ANCESTORS: ["https://intranet.example.no 'self'"],
    settings.HSTS: ["0", "300", "off"],
    settings.LOGS: ["text", "json"],
}
WRONG = {
    settings.STORE: ["a\nb"],
    settings.DATA: ["\x1b[31m"],
    settings.CACHE: ["a\x00"],
    settings.READING: ["Signed-In", "signed in", "signed-in ", "true", "nobody"],
    settings.PUBLISHERS: ["kari", ",", "kari@nord.example; ola@nord.example", "|1", f"{ISSUER}|", "nord|1"],
    settings.CLAIM: ["groups", "=x", "groups=", "groups= "],
    settings.PASSWORD: ["nordlys", "scrypt:00:00", HASH[:-1], HASH.upper(), HASH + "\n"],
    settings.CLIENT_ADDRESS: ["X-Real-IP", "x-forwarded-for"],
    settings.ANCESTORS: ["*", "https://a.example; script-src *"],
    settings.HSTS: ["a year", "-1", "1.5", "Off", "9" * 5000, "²"],
    settings.LOGS: ["JSON", "xml"],
}


def cases(table):
    return [(setting, text) for setting, texts in table.items() for text in texts]


def test_every_setting_has_values_that_are_tried():
    assert set(RIGHT) == set(WRONG) == set(SETTINGS)


@pytest.mark.parametrize(("setting", "text"), cases(RIGHT))
def test_a_value_that_is_allowed_is_taken(setting, text):
    assert faults({setting.name: text}) == [] and value(setting, {setting.name: text}) is not False


@pytest.mark.parametrize(("setting", "text"), [*cases(WRONG), *((one, " ") for one in SETTINGS)])
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_any_other_value_is_refused_with_a_sentence_that_names_it(setting, text, lang):
    with pytest.raises(WrongSetting, match=setting.name):
        value(setting, {setting.name: text})
    (fault,) = faults({setting.name: text})
    sentence = fault_sentence(Words(lang), fault)
    assert sentence.startswith(setting.name) and sentence.isprintable()
    assert not setting.secret or text.strip() == "" or text.strip() not in sentence


def test_a_setting_that_is_not_set_has_its_default():
    assert faults({}) == []
    assert value(settings.READING, {}) == settings.EVERYBODY and value(settings.PASSWORD, {}) is None


def test_what_is_read_is_what_the_text_says():
    text = f"Kari@Nord.example, {ISSUER}|auth0|12 34"
    found = value(settings.PUBLISHERS, {settings.PUBLISHERS.name: text})
    assert found == {"kari@nord.example", (ISSUER, "auth0|12 34")}
    assert value(settings.CLAIM, {settings.CLAIM.name: "role=a=b"}) == ("role", "a=b")
    assert value(settings.HSTS, {settings.HSTS.name: "off"}) is None


@pytest.mark.parametrize("name", ["IPSDASH_READINGS", "ipsdash_reading", "IPSDASH-READING", "IPSDASHREADING"])
def test_a_misspelt_name_is_refused_and_the_nearest_is_named(name):
    (fault,) = faults({name: "signed-in"})
    assert settings.READING.name in fault_sentence(Words("en"), fault).removeprefix(name)


def test_a_name_like_no_setting_is_refused():
    (fault,) = faults({"IPSDASH_X\n9": "1"})
    assert "IPSDASH_X\\n9" in fault_sentence(Words("nb"), fault)


def test_names_that_kubernetes_gives_are_no_settings_and_no_faults():
    names = ("SERVICE_HOST", "SERVICE_PORT", "SERVICE_PORT_HTTP", "PORT", "PORT_8501_TCP_ADDR")
    assert faults({f"IPSDASH_{name}": "10.0.0.1" for name in names}) == []


def test_the_list_has_every_setting_and_no_secret():
    given = {settings.PASSWORD.name: HASH, settings.READING.name: "signed-in"}
    found = {setting: (text, source) for setting, text, source in overview(given)}
    assert list(found) == list(SETTINGS)
    assert found[settings.PASSWORD] == (None, "environment")
    assert found[settings.READING] == ("signed-in", "environment")
    assert found[settings.STORE] == ("var/", "default")


def test_the_document_for_operations_has_the_same_table():
    words = Words("en")
    rows = [
        (f"`{one.name}`", one.meaning, allowed(words, one), one.default_text or words("setting.nobody"))
        for one in SETTINGS
    ]
    lines = [line for line in OPERATIONS.read_text("utf-8").splitlines() if line.startswith("| `IPSDASH")]
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines]
    assert [tuple(cell.strip().replace("\\|", "|") for cell in row) for row in cells] == rows
