"""The need pages as a reader uses them: by keyboard alone, with scenarios of their own, from a file."""

import re

import pytest
from walking import settled, tab_to


def test_the_next_posts_are_chosen_looked_at_and_taken_away_by_keyboard_alone(sheet):
    opened = sheet("/next?lang=en")
    page = opened.page
    tab_to(page, "Number of new posts")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**posts=6**")
    settled(page)
    tab_to(page, "Cost per post")
    page.keyboard.type("900000")
    page.keyboard.press("Enter")
    page.get_by_text("5,400,000").first.wait_for()
    tab_to(page, "Map")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.locator(".st-key-next-map .ips-map, [class*=next-map] .ips-map").first.wait_for(state="detached")
    with page.expect_download() as taken:
        tab_to(page, "Download CSV")
        page.keyboard.press("Enter")
    assert taken.value.suggested_filename == "next-order.csv"
    assert opened.outside == [] and opened.errors == []


def test_scenarios_are_compared_named_and_removed_by_keyboard_alone(sheet):
    opened = sheet("/scenarios?lang=en")
    page = opened.page
    tab_to(page, "60% served")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.wait_for_url("**compare=**")
    settled(page)
    tab_to(page, "Name of the scenario")
    page.keyboard.type("By keyboard")
    tab_to(page, "Keep the choices as a scenario")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Remove “By keyboard”").wait_for()
    tab_to(page, "Remove “By keyboard”")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Remove “By keyboard”").wait_for(state="detached")
    assert opened.outside == [] and opened.errors == []


def test_a_choice_is_made_by_keyboard_alone_and_stands_in_the_link(sheet):
    opened = sheet("/coverage?lang=en")
    page = opened.page
    page.get_by_role("radio", name="Severe mental illness").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    page.get_by_role("heading", name=re.compile("about 37 job specialists")).wait_for()
    assert "target_group=narrow" in page.url
    page.get_by_role("slider", name="Share served in a year").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**served_share=0.95**")
    assert opened.outside == [] and opened.errors == []


def test_the_map_of_unmet_need_is_walked_by_keyboard(sheet):
    page = sheet("/coverage?lang=en").page
    page.locator(".names text").first.wait_for()
    page.locator(".keys").first.focus()
    page.keyboard.press("ArrowDown")
    page.locator(".card").first.get_by_text("unmet need").wait_for()


def test_a_scenario_is_named_kept_in_the_link_and_restored_by_it(sheet):
    page = sheet("/scenarios?lang=en&scenario=english&stay=1.2").page
    page.get_by_label("Name of the scenario").fill("Our proposal")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Keep the choices as a scenario").click()
    page.get_by_role("button", name="Remove “Our proposal”").wait_for()
    page.wait_for_url("**Our+proposal**")
    again = sheet(page.url.partition(page.url.split("/scenarios")[0])[2]).page
    again.get_by_role("heading", name=re.compile("“Our proposal” changes the need by −16.0 posts")).wait_for()


@pytest.mark.parametrize("faulty", [False, True])
def test_a_file_of_scenarios_is_loaded_or_its_faults_are_listed(sheet, tmp_path, faulty):
    file = tmp_path / "mine.toml"
    file.write_text('[[scenario]]\nname = "From a file"\n' + ("caseload = 0\n" if faulty else "caseload = 18\n"))
    opened = sheet("/scenarios?lang=en")
    opened.page.locator("input[type=file]").set_input_files(file)
    if faulty:
        opened.page.get_by_role("cell", name="Write a number from 10 to 25.").wait_for()
        assert "mine=" not in opened.page.url
    else:
        opened.page.get_by_role("button", name="Remove “From a file”").wait_for()
        opened.page.wait_for_url("**caseload**")
    assert opened.outside == [] and opened.errors == []
