"""The link keeps what a reader chose, through a change of language, page and server."""

import shutil

from conftest import ROOT
from walking import go_to


def chosen(page, label: str) -> str:
    return page.get_by_role("combobox", name=label).first.input_value()


def test_a_link_shows_what_it_says(sheet):
    page = sheet("/map?lang=en&layer=population&zoom=county:troms&place=bodo&date=2017-04&area=trust:unn").page
    page.get_by_role("heading", name="Where they live: people aged 18 to 66").wait_for()
    page.locator(".ips-facts").get_by_text("Bodø – Bådåddjo").wait_for()
    for value in ("lang=en", "layer=population", "zoom=county", "place=bodo", "date=2017-04", "area=trust"):
        assert value in page.url


def test_choices_survive_a_change_of_page_and_language(sheet):
    page = sheet("/?lang=en").page
    go_to(page, "Map")
    page.get_by_role("combobox", name="The map shows").click()
    page.get_by_role("option", name="Catchments").click()
    page.wait_for_url("**layer=catchments**")
    go_to(page, "Growth")
    page.get_by_role("heading", name="From 5 to 45 job specialists in two years; the goal is 50").wait_for()
    assert "lang=en" in page.url
    go_to(page, "Map")
    page.get_by_role("heading", name="live without a known IPS site").wait_for()
    page.wait_for_url("**layer=catchments**")
    page.get_by_role("radio", name="Norsk").click()
    page.get_by_role("heading", name="bor uten kjent IPS-sted").wait_for()
    assert "layer=catchments" in page.url
    assert "lang=" not in page.url


def test_back_shows_what_was_chosen_before(sheet):
    page = sheet("/map?layer=population").page
    page.get_by_role("combobox", name="Kartet viser").click()
    page.get_by_role("option", name="Opptaksområder").click()
    page.wait_for_url("**layer=catchments**")
    page.go_back()
    page.get_by_role("heading", name="Hvor de bor").wait_for()


def test_the_first_reader_of_a_new_server_may_come_by_any_link(sheet, server_with):
    opened = sheet("/growth?lang=en", on=server_with())
    opened.page.get_by_role("heading", name="From 5 to 45 job specialists in two years; the goal is 50").wait_for()


def test_faulty_numbers_give_the_list_of_faults_and_no_traceback(sheet, server_with, delivery):
    delivery.change("observations", 4, value="fem")
    opened = sheet("/map?lang=en", on=server_with(IPSDASH_DATA=str(delivery.folder)))
    opened.page.get_by_role("heading", name="The numbers have faults and are not shown").wait_for()
    assert opened.page.get_by_role("cell", name="This is not a number.").count() == 1
    assert opened.page.locator("[data-testid='stException']").count() == 0
    assert opened.errors == []


def test_a_reset_gives_every_choice_its_default_and_keeps_the_language(sheet):
    page = sheet("/map?lang=en&layer=population&date=2017-04&area=trust:unn").page
    page.get_by_role("button", name="Reset the choices").click()
    page.get_by_role("heading", name="14 IPS sites from Kirkenes to Brønnøysund").wait_for()
    page.wait_for_url("**/map?lang=en")
    assert chosen(page, "The map shows") == "IPS sites and evidence"


def test_a_page_that_fails_says_so_in_the_readers_language_without_a_traceback(sheet, server_with, tmp_path):
    shutil.copy(ROOT / "dashboard.py", tmp_path)
    shutil.copytree(ROOT / "pages", tmp_path / "pages")
    (tmp_path / "pages" / "overview.py").write_text("1 / 0\n")
    page = sheet("/?lang=en", on=server_with(str(tmp_path / "dashboard.py"), PYTHONPATH=str(ROOT))).page
    page.get_by_text("The page could not be shown").wait_for()
    assert "ZeroDivision" not in page.content()
    go_to(page, "Growth")
    page.get_by_role("heading", name="From 5 to 45 job specialists in two years; the goal is 50").wait_for()
