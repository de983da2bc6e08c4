"""Can a planner keep policies, compare them and ask why, in a real browser?"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

REWARD, EXAMINATION = "fund.pay.yuan_per_avoided_referral", "hospital.accredit.pass_rate"
HOSTILE = "<img src=x onerror=alert(1)>"
THREE = f"worlds=3&keep=Reward|huaxi|{REWARD}~200&keep=Pass|huaxi|{EXAMINATION}~0.6&keep=Both|huaxi|{REWARD}~200|{EXAMINATION}~0.6"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    complaints: list[str] = []
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en")
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    yield page
    page.close()
    assert complaints == []


def wait_until_done(page: Page) -> None:
    expect(page.locator(".compare-figures")).to_contain_text("3 pairs")


def test_a_newcomer_begins_with_examples_renames_removes_and_undoes(page: Page, address: str) -> None:
    page.goto(f"{address}compare?worlds=3")
    page.get_by_role("button", name="Begin with three examples").click()
    wait_until_done(page)
    page.get_by_role("button", name="Rename “Both together”").click()
    page.keyboard.type(HOSTILE)
    page.keyboard.press("Enter")
    table = page.locator(".compare-inputs thead")
    expect(table).to_contain_text(HOSTILE)
    page.get_by_role("button", name="Remove “Pass more doctors”").click()
    expect(table).not_to_contain_text("Pass more doctors")
    page.get_by_role("button", name="Undo").click()
    expect(table).to_contain_text("Pass more doctors")
    assert page.locator(".alliance img").count() == 0
    assert "keep=Pass%20more%20doctors" in page.url


def test_another_reference_changes_the_differences_and_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}compare?{THREE}")
    wait_until_done(page)
    row = page.locator('[data-indicator="share_referred"] td')
    expect(row).to_have_count(4)
    expect(row.nth(0).locator(".compare-difference")).to_have_count(0)
    page.get_by_label("Compare with").select_option("Both")
    expect(row.nth(0).locator(".compare-difference")).to_have_count(1)
    expect(row.nth(3).locator(".compare-difference")).to_have_count(0)
    page.wait_for_url(re.compile("compare_reference=Both"))
    expect(page.locator(".compare-differences .chart")).to_have_count(4)  # three figures, and what a policy breaks


def test_a_policy_is_taken_apart_and_opens_in_decide(page: Page, address: str) -> None:
    page.goto(f"{address}compare?{THREE}")
    wait_until_done(page)
    page.get_by_role("button", name="Take this policy apart").click()
    words = page.locator(".compare-words")
    expect(words).to_contain_text("The effects of each lever alone add up to")
    expect(words).to_contain_text("only together")
    page.locator(".compare-why").get_by_label("Figure").select_option("n_missed_serious_per_1000_serious")
    expect(words).to_contain_text("Missed, of 1,000 serious illnesses")
    page.get_by_role("button", name="Open in Decide: “Reward”").click()
    expect(page.get_by_role("slider", name="Pay for each avoided referral")).to_have_value("200")


@pytest.mark.parametrize(("width", "language"), [(390, "zh"), (820, "en")])
def test_the_page_never_scrolls_sideways(page: Page, address: str, width: int, language: str) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    long = f"&keep={'very ' * 10}long|huaxi|{REWARD}~50&keep={'x' * 60}|huaxi"
    invented = "&compare_reference=nobody&compare_why=<b>&compare_figure=__doc__"
    page.goto(f"{address}compare?lang={language}&{THREE}{long}{invented}")
    expect(page.locator(".compare-curves canvas").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
