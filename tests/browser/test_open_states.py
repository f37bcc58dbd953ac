"""What opens on a page, looked through by axe while it is open: menus, lists, facts, the map on a wall, a chart's table."""

from known import ours


def test_axe_finds_nothing_in_an_open_menu_and_an_open_list(sheet):
    opened = sheet("/map")
    opened.page.get_by_test_id("stTopNavSection").first.click()
    opened.page.get_by_role("menuitem").first.wait_for()
    assert ours(opened) == []
    opened.page.keyboard.press("Escape")
    opened.page.get_by_role("combobox", name="Kartet viser").click()
    opened.page.get_by_role("option").first.wait_for()
    assert ours(opened) == []


def test_axe_finds_nothing_in_the_facts_of_a_place_and_the_map_on_a_wall(sheet):
    opened = sheet("/map?place=bodo")
    opened.page.locator(".ips-map .names text").first.wait_for()
    opened.page.locator(".ips-facts").first.wait_for()
    assert ours(opened) == []
    opened.page.get_by_role("button", name="Full skjerm").click()
    opened.page.locator(".ips-map.wall").wait_for()
    assert ours(opened) == []


def test_axe_finds_nothing_in_open_parts_and_in_a_chart_s_table(sheet):
    opened = sheet("/growth")
    opened.page.get_by_role("radio", name="Tabell").first.click()
    opened.page.locator("[data-testid='stTable']").first.wait_for()
    for part in opened.page.locator("[data-testid='stExpander'] summary").all():
        part.click()
    assert ours(opened) == []


def test_axe_finds_nothing_in_the_menu_of_a_narrow_page(sheet):
    opened = sheet("/next", size="phone")
    opened.page.get_by_test_id("stExpandSidebarButton").click()
    opened.page.get_by_test_id("stSidebarNav").get_by_text("Vekst").wait_for()
    for part in opened.page.locator("[data-testid='stExpander'] summary").all()[:1]:
        part.focus()
        opened.page.keyboard.press("Enter")
    assert ours(opened) == []
