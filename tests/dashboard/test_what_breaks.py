"""Does a real browser show what a policy breaks, and no word of it before all worlds are there?"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.rooms.decide.first_figures import HEADLINE
from dashboard.texts import Texts
from experiments.subjects import MAY_BREAK

pytestmark = pytest.mark.browser

POLICY = "hospital.accredit.pass_rate=0.3&fund.surplus.reinvested_share=1&fund.pay.yuan_per_avoided_referral=100"
HEARD = """() => {
  window.heard = [];
  new MutationObserver(() => {
    const text = document.querySelector('.headline-change')?.innerText;
    if (text && text !== window.heard.at(-1)) window.heard.push(text);
  }).observe(document, { subtree: true, childList: true, characterData: true });
}"""
LOCALES = {"en": "en-GB", "zh": "zh-CN"}


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    contexts = []

    def open_page(language: str, query: str, room: str = "") -> Page:
        contexts.append(browser.new_context(viewport={"width": 1366, "height": 768}, locale=LOCALES[language]))
        page = contexts[-1].new_page()
        page.add_init_script(f"({HEARD})()")
        page.goto(f"{address}{room}?{query}")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", LOCALES)
def test_the_loss_is_told_once_all_worlds_are_there_and_no_word_before(
    opened: Callable[..., Page], language: str, tmp_path: Path
) -> None:
    texts, page = Texts(language), opened(language, f"{POLICY}&worlds=5")
    worse = texts("headline.worse", changes="").rstrip(".。 ")
    said = page.locator(".headline-change")
    expect(said).to_contain_text(re.compile("^" + re.escape(worse)))
    *before, last = page.evaluate("window.heard")
    waiting = [texts("headline.still", done=done, wanted=5) for done in range(1, 5)] + [texts("headline.simulating")]
    assert set(before) <= {*waiting, texts("headline.nothing_moved")}
    assert last.startswith(worse)
    assert all(texts(f"headline_name.{name}") in last for name in HEADLINE)
    for name in MAY_BREAK:
        expect(page.locator(f".is-of-all [data-indicator={name}] .tile-value")).to_contain_text(re.compile(r"\d"))
    short = page.locator("[data-indicator=n_weeks_solvency_short] .tile-value").inner_text()
    assert short in [texts("tile.n_short", n=n, all=5) for n in range(6)]
    with page.expect_download() as taken:
        page.get_by_role("button", name=texts("page.report")).click()
    taken.value.save_as(tmp_path / "report.html")
    report = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert all(f"<p>{line}</p>" in report for line in last.splitlines())
    assert all(texts(f"tile.{name}") in report for name in MAY_BREAK)


def test_a_list_of_levers_stands_in_the_order_of_the_language(opened: Callable[..., Page]) -> None:
    page = opened("zh", "", "sweeps")
    options = page.locator("#sweeps-lever-1 optgroup").last.locator("option")
    expect(options.first).to_be_attached()
    names = options.all_inner_texts()
    assert len(names) > 40
    assert names == Texts("zh").sorted_by_name(names, str)
