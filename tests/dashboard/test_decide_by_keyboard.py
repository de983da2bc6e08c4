"""Can everything in Decide be done without a mouse?"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

MOST_STEPS = 250
CONTROLS = """() => [...document.querySelectorAll(
  '.alliance :is(a[href], button, input, select, summary, [tabindex="0"])')]
  .filter((one) => one.checkVisibility() && !one.disabled && !one.classList.contains('skip')).length"""
FOCUSED = """async () => {
  const is_away = () => {
    const box = document.activeElement.getBoundingClientRect();
    return box.bottom <= 0 || box.top >= innerHeight;
  };
  for (let frame = 0; frame < 60 && is_away(); frame += 1) await new Promise(requestAnimationFrame);
  const one = document.activeElement;
  if (!one || !one.closest('.alliance')) return null;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return {
    mark: [...document.querySelectorAll('.alliance *')].indexOf(one),
    is_seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    is_on_screen: box.bottom > 0 && box.top < innerHeight,
    html: one.outerHTML.slice(0, 120),
  };
}"""


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    opened = context.new_page()
    opened.goto(f"{address}?worlds=3")
    expect(opened.locator(".headline-sentence")).to_be_visible()
    expect(opened.locator(".worlds-done")).to_have_count(0)
    yield opened
    context.close()


def tab_to(page: Page, name: str, role: str) -> None:
    """Press Tab until a control has the focus."""
    wanted = page.get_by_role(role, name=name, exact=True).first  # pyright: ignore[reportArgumentType]
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"Tab never comes to {role} {name!r}")


def test_tab_comes_to_every_control_and_shows_where_it_is(page: Page) -> None:
    for group in page.locator("details").all():
        group.evaluate("(one) => { one.open = true; }")
    expected, seen = page.evaluate(CONTROLS), []
    for _ in range(expected + 5):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if found and found["mark"] not in [one["mark"] for one in seen]:
            seen.append(found)
    assert [one["html"] for one in seen if not one["is_seen"]] == []
    assert [one["html"] for one in seen if not one["is_on_screen"]] == []
    assert len(seen) >= expected


def test_a_policy_is_made_typed_undone_and_shared_by_keyboard(page: Page) -> None:
    change = page.locator(".headline-change")
    tab_to(page, "Doctors who pass the examination", "slider")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".toolbar-policy")).to_contain_text("one lever moved")
    tab_to(page, "Pay for each avoided referral: type a value", "spinbutton")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("150")
    page.keyboard.press("Enter")
    expect(page.locator(".toolbar-policy")).to_contain_text("2 levers moved")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+z")
    expect(page.locator(".toolbar-policy")).to_contain_text("one lever moved")
    expect(change).not_to_contain_text("No lever is moved")
    tab_to(page, "Find any other lever", "searchbox")
    page.keyboard.type("antibiotic")
    expect(page.locator(".lever-group").last).to_contain_text("Found")
    page.evaluate("() => document.activeElement.blur()")
    tab_to(page, "Share and reproduce", "button")
    page.keyboard.press("Enter")
    expect(page.locator("#share pre").first).to_contain_text("alliance run scenarios/huaxi.toml")
    tab_to(page, "中文", "button")
    page.keyboard.press("Space")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
