"""Does the Library do in a real browser what it promises?"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

FIRST = 120_000  # milliseconds: a cold compile takes up to a minute
NEXT = 30_000
QINGHE = Path(__file__).resolve().parents[2] / "scenarios" / "districts" / "qinghe"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(NEXT)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert complaints == []


def enter(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}library{query}")
    expect(page.locator(".library-card").first).to_be_visible(timeout=FIRST)


def test_a_word_finds_scenarios_and_stands_in_the_address(page: Page, address: str) -> None:
    enter(page, address)
    page.get_by_label("Find a scenario").fill("counterfactual")
    expect(page.locator(".library-card")).to_have_count(1)
    expect(page.get_by_text("One scenario has these words")).to_be_visible()
    expect(page).to_have_url(re.compile("library_find=counterfactual"))
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".library-card").nth(5)).to_be_visible()


def test_a_scenario_opens_in_decide(page: Page, address: str) -> None:
    enter(page, address)
    page.get_by_role("button", name="Open “A loose alliance” in Decide").click()
    expect(page.locator(".toolbar-scenario")).to_contain_text("A loose alliance")
    expect(page).to_have_url(re.compile("scenario=loose_alliance"))


def test_a_scenario_is_kept_for_compare_and_given_up(page: Page, address: str) -> None:
    enter(page, address)
    button = page.get_by_role("button", name="Keep “No alliance” for Compare")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile("keep=No%20alliance"))
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")


def test_a_district_of_ones_own_is_opened_and_listed(page: Page, address: str, tmp_path: Path) -> None:
    enter(page, address)
    county = tmp_path / "county.toml"
    county.write_text('extends = "huaxi.toml"\ntitle = "<b>My</b> county"\n[district]\nfolder = "."\n', encoding="utf-8")
    page.locator("input[type=file]").set_input_files([county, *QINGHE.glob("*.csv")])
    expect(page.locator(".toolbar-scenario")).to_contain_text("<b>My</b> county")
    page.get_by_role("link", name="Library").click()
    expect(page.get_by_role("heading", name="Your own", exact=True)).to_be_visible()
    expect(page.locator(".library-card").first).to_contain_text("13,510 children")


def test_a_mistake_is_told_as_it_is_and_can_be_mended(page: Page, address: str, tmp_path: Path) -> None:
    enter(page, address)
    mine = tmp_path / "mine.toml"
    mine.write_text("hospital.accredit.pass_rate = 7\n", encoding="utf-8")
    page.locator("input[type=file]").set_input_files(mine)
    expect(page.get_by_role("alert")).to_contain_text("mine.toml: hospital.accredit.pass_rate")
    (tmp_path / "mine.xlsx").write_bytes(b"PK")
    page.locator("input[type=file]").set_input_files(tmp_path / "mine.xlsx")
    expect(page.get_by_role("alert")).to_contain_text("Only TOML and CSV files")
    mine.write_text("hospital.accredit.pass_rate = 0.2\n", encoding="utf-8")
    page.locator("input[type=file]").set_input_files(mine)
    expect(page.locator(".toolbar-scenario")).to_contain_text("mine")


@pytest.mark.parametrize("width", [390, 820])
def test_a_strange_address_leaves_a_library_that_fits(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}library?lang=zh&library_find=%3Cscript%3Ealert(1)%3C/script%3E{'x' * 1500}")
    expect(page.get_by_text("没有找到")).to_be_visible(timeout=FIRST)
    page.get_by_role("button", name="显示全部").click()
    expect(page.locator(".library-card").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
