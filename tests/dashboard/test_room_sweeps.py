"""Does the room of sweeps do in a real browser what it promises?"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert complaints == []


def enter(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}sweeps{query}")
    expect(page.locator(".sweeps-form")).to_be_visible()


def ask(page: Page, *, n_values: int, worlds: str, second: str = "") -> None:
    """Fill the form by its labels."""
    page.get_by_label("values").first.fill(str(n_values))
    if second:
        page.locator("#sweeps-lever-1").select_option(label=second)
        page.get_by_label("values").nth(1).fill("2")
    page.get_by_label("Worlds for each point").select_option(worlds)


def test_a_small_sweep_is_run_and_a_point_opens_in_decide(page: Page, address: str) -> None:
    enter(page, address)
    ask(page, n_values=2, worlds="3", second="Surplus put back into primary care")
    expect(page.get_by_text("12 runs")).to_be_visible()
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".sweeps-points tbody tr")).to_have_count(4)
    expect(page.locator(".plot canvas")).to_have_count(3)
    expect(page.locator(".sweeps-line pre")).to_contain_text("alliance sweep scenarios/huaxi.toml --children 4000")
    page.locator(".sweeps-points tbody tr").last.get_by_role("button").press("Enter")
    expect(page).to_have_url(re.compile(r"hospital\.accredit\.pass_rate=0\.2"))
    expect(page.locator(".headline-sentence")).to_be_visible()


def test_another_figure_is_chosen_and_stands_in_the_address(page: Page, address: str) -> None:
    enter(page, address, "?sweeps_figure=n_accredited_doctors")
    ask(page, n_values=2, worlds="3")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile("Accredited doctors along"))).to_be_visible()
    page.locator(".sweeps-figure select").select_option("own_payment_yuan")
    expect(page).to_have_url(re.compile("sweeps_figure=own_payment_yuan"))
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    assert download.value.suggested_filename == "mine-1.csv"


def test_a_sweep_is_stopped(page: Page, address: str) -> None:
    enter(page, address, "?seed=40")
    ask(page, n_values=20, worlds="10")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped.")).to_be_visible()
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_enabled()


def test_what_is_too_much_or_out_of_range_cannot_be_run(page: Page, address: str) -> None:
    enter(page, address)
    ask(page, n_values=21, worlds="10")
    expect(page.get_by_text("210 runs; allowed are 200 here")).to_be_visible()
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_disabled()
    ask(page, n_values=3, worlds="3")
    page.get_by_label(re.compile("^to")).fill("400")
    expect(page.get_by_text("Allowed is from")).to_be_visible()
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_disabled()


@pytest.mark.parametrize("width", [390, 820])
def test_a_strange_address_is_told_in_words_and_fits(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    enter(page, address, f"?lang=zh&sweeps_open=../../etc&sweeps_figure=%3Cb%3E&sweeps_held={'x~' * 700}")
    expect(page.get_by_role("alert")).to_contain_text("这里没有这个批量模拟")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
