"""Does the room of the children do in a real browser what it promises?"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

POLICY = "hospital.accredit.pass_rate=0.6&worlds=3"
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
ROOM_TEXTS = """() => [...document.querySelectorAll('.alliance-room .card, .alliance-room .chart, .alliance-room .lead')]
  .map((one) => one.innerText).join('\\n')"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert complaints == []


def open_room(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}children?{query}")
    expect(page.locator(".children-picker")).to_be_visible()


def test_a_story_opens_two_lives_and_the_address_keeps_it(page: Page, address: str) -> None:
    open_room(page, address, f"{POLICY}&lang=en")
    story = page.locator(".children-child").first
    number = re.findall(r"\d+", story.inner_text())[0]
    story.click()
    expect(page.get_by_role("heading", name=f"Child {number}: two lives")).to_be_visible()
    expect(page.get_by_role("heading", name="Two lives on one timeline")).to_be_visible()
    expect(story).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile(f"children_id={number}"))


def test_a_child_is_found_by_what_it_is_like_and_opened_by_keyboard(page: Page, address: str) -> None:
    open_room(page, address, f"{POLICY}&lang=en")
    page.get_by_text("Search for a child").click()
    page.get_by_label("Income of the household").select_option("1")
    page.get_by_role("button", name="Search", exact=True).click()
    found = page.locator(".children-found .children-child").first
    expect(found).to_contain_text("poorest fifth")
    found.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".children-life").first).to_contain_text("poorest fifth")


def test_another_figure_of_gains_is_chosen_and_its_table_opens(page: Page, address: str) -> None:
    open_room(page, address, f"{POLICY}&lang=en")
    page.get_by_role("button", name="Hospital visits").click()
    chart = page.locator(".chart", has=page.get_by_role("heading", name="Hospital visits"))
    chart.locator("summary").click()
    expect(chart.locator("tbody tr")).to_have_count(18)
    expect(page.locator(".children-gains")).to_contain_text("All children")
    expect(page).to_have_url(re.compile("children_by=hospital"))


def test_hostile_places_are_answered_in_plain_words(page: Page, address: str) -> None:
    query = "children_id=%3Cimg%20src=x%20onerror=alert(1)%3E&children_world=%27;&children_by=%00__class__&worlds=1&lang=en"
    open_room(page, address, query)
    expect(page.locator(".children-place")).to_contain_text("There is no child")
    assert page.locator(".children-place img").count() == 0
    assert "Traceback" not in page.locator("body").inner_text()


@pytest.mark.parametrize("width", [390, 820])
def test_the_room_speaks_chinese_and_fits_a_narrow_window(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_room(page, address, f"{POLICY}&lang=zh&children_id=5")
    expect(page.locator(".children-life").first).to_be_visible()
    said = re.sub(r"PNG|SVG|CSV|Parquet", "", page.evaluate(ROOM_TEXTS))
    assert LATIN_WORD.findall(said) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
