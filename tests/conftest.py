"""Which tier does each test belong to, and what does a tier need to run?"""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.patience import MILLISECONDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["tests.memory"]

TIERS = {"unit", "case", "property", "pattern", "golden", "convention", "browser"}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")

# Solara reads this when it is first imported; without it the server calls outside.
os.environ.setdefault("SOLARA_TELEMETRY_MIXPANEL_ENABLE", "false")
# Those who share out the tests tell their workers how wide the terminal is; what is read here is what a pipe gets.
os.environ.pop("COLUMNS", None)

settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def chromium_path() -> str | None:
    """Where the installed browser is, or None."""
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fail the collection of a file in which a test names no tier (here, so that it also works with many workers)."""
    report = yield
    items = [node for node in report.result if isinstance(node, pytest.Item)]
    without_tier = [item.name for item in items if not TIERS.intersection(mark.name for mark in item.iter_markers())]
    if without_tier:
        report.outcome = "failed"
        report.result = []
        report.longrepr = (
            f"{collector.nodeid}: no tier on {', '.join(without_tier)}. "
            f"Mark each, or the file with `pytestmark = pytest.mark.unit`, as one of: {', '.join(sorted(TIERS))}."
        )
    return report


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip browser tests where there is no browser; in CI that is a failure."""
    if item.get_closest_marker("browser") and chromium_path() is None:
        reason = f"no browser found: install one that answers to {', '.join(CHROMIUM_NAMES)}"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser to give to Playwright as `executable_path`; it also wants `--no-sandbox` when run as root."""
    path = chromium_path()
    assert path is not None, "a test that asks for chromium is marked browser"
    return path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests of a process: Playwright runs but once in a thread."""
    from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

    def patiently(browser: Browser, **options: Any) -> BrowserContext:
        context = new_context(browser, **options)
        context.set_default_timeout(MILLISECONDS)
        return context

    new_context = Browser.new_context
    expect.set_options(timeout=MILLISECONDS)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setattr(Browser, "new_context", patiently)
        running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"], timeout=MILLISECONDS)
        yield running
        running.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long tests first, so that two workers finish at about the same time."""
    items.sort(key=lambda item: item.get_closest_marker("pattern") is None)
