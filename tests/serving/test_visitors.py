"""What does a person see: the page under its policy, a full house, the end of an idle session?"""

import pytest
from playwright.sync_api import expect

from tests.serving.conftest import Served

pytestmark = pytest.mark.browser


def test_the_page_works_under_its_policy_without_a_complaint(browser, server):
    context = browser.new_context(locale="en-GB")
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
    page.goto(f"{server.address}/")
    expect(page.locator(".chart canvas").first).to_be_visible()
    slider = page.get_by_role("slider").first
    before = slider.get_attribute("aria-valuetext")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(slider).not_to_have_attribute("aria-valuetext", before or "")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    assert complaints == []
    context.close()


def test_a_script_that_is_smuggled_into_the_page_does_not_run(browser, server):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server.address}/")
    expect(page.locator(".chart canvas").first).to_be_visible()
    page.evaluate("""() => {
      const script = document.createElement('script');
      script.textContent = 'window.smuggled = true';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.smuggled = true">');
    }""")
    page.wait_for_timeout(300)
    assert page.evaluate("window.smuggled") is None
    context.close()


def test_a_page_of_another_site_cannot_frame_ours(browser, server):
    context = browser.new_context()
    page = context.new_page()
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.set_content(f'<iframe src="{server.address}/"></iframe>')
    assert page.frames[1].locator(".alliance").count() == 0
    context.close()


def test_a_full_house_is_said_and_an_idle_session_makes_room(browser, small_server: Served):
    context = browser.new_context()
    first = context.new_page()
    first.goto(f"{small_server.address}/")
    expect(first.locator(".chart canvas").first).to_be_visible()
    other = browser.new_context()
    second = other.new_page()
    answer = second.goto(f"{small_server.address}/")
    assert answer is not None
    assert answer.status == 503
    expect(second.get_by_role("heading", name="The simulator is full")).to_be_visible()
    expect(second.get_by_role("heading", name="当前访问人数已满")).to_be_visible()
    # nothing is moved any more: the session is let go, its page says so, and the second visitor gets in
    expect(first.get_by_text("Your session has ended")).to_be_visible(timeout=60_000)
    expect(first.get_by_role("button", name="重新载入页面")).to_be_visible()
    second.reload()
    expect(second.locator(".chart canvas").first).to_be_visible()
    second.close(run_before_unload=False)
    context.close()
    other.close()


def test_a_page_that_lost_the_race_for_the_last_place_is_sent_back_to_the_door(browser, server):
    context = browser.new_context()
    page, visits = context.new_page(), []
    page.on("request", lambda request: visits.append(request.url) if request.is_navigation_request() else None)
    page.route_web_socket("**/channels*", lambda route: route.close())  # as the server does when all places are taken
    full = '{"ok": true, "place": false}'
    page.route("**/health", lambda route: route.fulfill(body=full, content_type="application/json"))
    page.goto(f"{server.address}/")
    page.wait_for_event("framenavigated")
    assert visits == [f"{server.address}/"] * 2
    context.close()
