"""Does the network's room do in a real browser what a planner is promised?"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

POLICY = "hospital.accredit.pass_rate=0.6"
PLACE_OF = """async (id) => {
  const address = `${window.solara.cdn}/echarts@5.4.0/dist/echarts.min.js`;
  const echarts = await new Promise((found) => window.requirejs([address], found));
  const chart = echarts.getInstanceByDom(document.querySelector('.network-canvas'));
  const nodes = chart.getOption().series.find((series) => series.id === 'nodes').data;
  return chart.convertToPixel({ seriesId: 'nodes' }, nodes.find((node) => node.id === id).value);
}"""


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    contexts = []

    def open_room(query: str = "", width: int = 1440) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB")
        contexts.append(context)
        page = context.new_page()
        page.complaints = []  # type: ignore[attr-defined]
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
        page.goto(f"{address}network?lang=en&{query}")
        expect(page.locator(".network-canvas canvas").first).to_be_visible()
        return page

    yield open_room
    for context in contexts:
        context.close()


def test_playing_runs_through_all_quarters_and_stops_at_the_last(opened: Callable[..., Page]) -> None:
    page = opened(POLICY)
    page.get_by_label("Speed").select_option("250")
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".network-quarter")).to_have_text("November to December 2017")
    page.get_by_role("button", name="Pause").click()
    slider = page.get_by_role("slider", name="Quarter")
    slider.press("End")
    slider.press("ArrowLeft")
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".network-quarter")).to_have_text("October to December 2025")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    assert page.complaints == []  # type: ignore[attr-defined]


def test_a_quarter_chosen_by_keyboard_stands_in_the_address_and_opens_again(opened: Callable[..., Page]) -> None:
    page = opened()
    slider = page.get_by_role("slider", name="Quarter")
    slider.press("Home")
    slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "January to March 2018")
    expect(page.locator(".network-quarter")).to_have_text("January to March 2018")
    page.wait_for_url("**network_week=2018-q1**")
    page.reload()
    expect(page.locator(".network-quarter")).to_have_text("January to March 2018")


def test_a_place_is_chosen_on_the_map_and_its_doctors_beside_it(opened: Callable[..., Page]) -> None:
    page = opened(POLICY)
    canvas = page.locator(".network-canvas")
    canvas.scroll_into_view_if_needed()
    x, y = page.evaluate(PLACE_OF, "site-0")
    canvas.click(position={"x": x, "y": y})
    title = page.locator("#network-record-title")
    expect(title).to_have_text("Community centre 1")
    page.get_by_role("button", name="Doctor 2").click()
    expect(title).to_have_text("Doctor 2, Community centre 1")
    page.wait_for_url("**network_node=doctor-1**")
    page.get_by_role("button", name="← Community centre 1").click()
    expect(title).to_have_text("Community centre 1")
    page.get_by_label("Look at").select_option("")
    expect(title).to_have_text("The whole zone")


def test_both_worlds_stand_beside_each_other_where_a_lever_was_moved(opened: Callable[..., Page]) -> None:
    page = opened(POLICY)
    expect(page.locator(".network-lines thead th")).to_have_text(["Figure", "Your policy", "Baseline", "Course"])
    policy = page.locator(".network-value").first.inner_text()
    page.get_by_role("button", name="Baseline", exact=True).click()
    expect(page.locator(".network-lines thead th")).to_have_text(["Figure", "Baseline", "Your policy", "Course"])
    expect(page.locator(".network-lines tbody tr").first.locator("td").nth(1)).to_have_text(policy)


def test_without_a_moved_lever_there_is_one_world(opened: Callable[..., Page]) -> None:
    page = opened()
    expect(page.get_by_text("No lever is moved, so both are the same.")).to_be_visible()
    expect(page.get_by_role("button", name="Baseline", exact=True)).to_be_disabled()


def test_the_table_finds_a_place_and_opens_its_record(opened: Callable[..., Page]) -> None:
    page = opened()
    page.get_by_text("All places of this quarter as a table").click()
    page.get_by_label("Find a place").fill("alliance")
    expect(page.locator(".network-places tbody tr")).to_have_count(1)
    page.get_by_role("button", name="Alliance hospital").press("Enter")
    expect(page.locator("#network-record-title")).to_have_text("Alliance hospital")


def test_colours_and_lines_are_kept_in_the_address(opened: Callable[..., Page]) -> None:
    page = opened()
    page.get_by_role("button", name="Skill").click()
    page.wait_for_url("**network_show=skill.first.referral**")
    page.get_by_label("First visits to family doctors").click()
    page.wait_for_url("**network_show=skill.referral**")
    expect(page.get_by_text("mean skill of the doctors, from 0 to 1")).to_be_visible()


def test_a_hostile_address_opens_the_whole_zone(opened: Callable[..., Page]) -> None:
    page = opened("network_node=site-99999&network_week=%3Cscript%3E&network_show=%22onload&network_world=" + "x" * 3000)
    expect(page.locator("#network-record-title")).to_have_text("The whole zone")
    expect(page.locator(".network-quarter")).to_have_text("October to December 2025")
    assert page.complaints == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [820, 390])
def test_the_room_fits_the_window(opened: Callable[..., Page], width: int) -> None:
    page = opened(f"{POLICY}&network_node=site-0", width=width)
    expect(page.locator(".network-doctors button")).not_to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
