"""Do browser, terminal and Python give the same numbers, to the last digit shown?

    python -m tests.dashboard.same_numbers --states 20 --children 90000

Each state is a random choice of levers, world and number of worlds. Its address is opened in a real browser; then the very
lines that the page offers under "reproduce" are run: the one for the terminal as it stands, the one in Python as it stands.
Every figure of the table of all figures must be the same text as the terminal's and Python's number written that way, and
the marks of the results must be equal to the last bit.
"""

import argparse
import contextlib
import hashlib
import io
import json
import random
import shlex
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

import cli
from dashboard import address, worlds
from dashboard.address import Visit
from dashboard.choice import Choice
from dashboard.rooms.decide.figures_table import written
from dashboard.texts import Texts
from model.indicators import INDICATORS
from model.parameters import declarations
from model.settings import is_of_the_beginning
from tests.patience import MILLISECONDS

READ_TABLE = """() => Object.fromEntries([...document.querySelectorAll('.all-figures tr[data-indicator]')].map(
  (row) => [row.dataset.indicator, row.querySelector('td').innerText.trim()]))"""


@dataclass(frozen=True)
class State:
    """A random choice and the address that opens it."""

    choice: Choice
    language: str

    @property
    def address(self) -> str:
        """Path and query."""
        return address.written(Visit(language=self.language, choice=self.choice))


def states(number: int, seed: int) -> list[State]:
    """Random states that a visitor could have chosen."""
    luck, scenario, found = random.Random(seed), worlds.base().scenario, []
    keys = sorted(key for key, one in declarations().items() if one.role == "lever" and not is_of_the_beginning(key))
    while len(found) < number:
        choice = Choice(seed=luck.randint(1, 999), n_worlds=luck.choice([1, 3]))
        for key in luck.sample(keys, luck.randint(0, 4)):
            declared = scenario.parameter(key)
            value = luck.uniform(declared.low, declared.high)
            choice = choice.with_setting(key, round(value) if declared.is_whole else float(f"{value:.4g}"), scenario)
        state = State(choice, luck.choice(["en", "zh"]))
        path, _, query = state.address.partition("?")
        if not address.read(path, query, lambda name: worlds.base(name).scenario).notices:
            found.append(state)
    return found


def check(page: Page, root: str, state: State) -> list[str]:
    """Return what differs between the three doors; an empty list if nothing does."""
    page.goto(root.rstrip("/") + state.address)
    page.locator(".headline-sentence").wait_for()
    page.wait_for_function("() => !document.querySelector('.worlds-done')")
    page.locator(".all-figures button").first.click()
    page.locator(".all-figures tr[data-indicator]").first.wait_for()
    shown = page.evaluate(READ_TABLE)
    page.locator("[aria-controls=share]").click()
    page.locator("#share pre").first.wait_for()
    line, _, python = page.locator("#share pre").all_inner_texts()
    link = page.locator("#share-link").input_value()
    terminal, hashes = run_line(line)
    called = run_python(python)
    texts, wrong = Texts(state.language), []
    for name, indicator in INDICATORS.items():
        told = terminal[name] if terminal[name] is not None else float("nan")
        if shown.get(name) != written(texts, indicator, told):
            wrong.append(f"{name}: page {shown.get(name)}, terminal {written(texts, indicator, told)}")
        if written(texts, indicator, called["mean"][name]) != written(texts, indicator, told):
            wrong.append(f"{name}: Python {called['mean'][name]}, terminal {told}")
    mark = hashlib.sha256("".join(hashes).encode()).hexdigest()[:16]
    return [*wrong, *([] if f"result={mark}" in link else [f"the link's mark is not {mark}: {link}"])]


def run_line(line: str) -> tuple[dict[str, float | None], list[str]]:
    """Run the terminal's line; returns the mean of each figure and each world's hash."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
        code = cli.main([*shlex.split(line)[1:], "--json"])
    assert code == 0, line
    found = json.loads(said.getvalue())
    if "runs" not in found:
        return found["indicators"], [found["result_hash"]]
    return found["mean"], [run["result_hash"] for run in found["runs"]]


def run_python(lines: str) -> Any:
    """Run the Python lines; returns the frame that the last of them is."""
    *body, last = lines.splitlines()
    names: dict[str, Any] = {}
    exec("\n".join(body), names)  # noqa: S102  the lines that the page offers
    return eval(last, names)  # noqa: S307


def main() -> int:
    """Check random states at the full population; 1 if any number differs."""
    import os
    import shutil

    from playwright.sync_api import sync_playwright

    from benchmarks.visitor import served

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--states", type=int, default=20)
    parser.add_argument("--children", type=int, default=90_000)
    asked = parser.parse_args()
    os.environ["ALLIANCE_CHILDREN"] = str(asked.children)
    n_wrong = 0
    with served() as (root, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(locale="en-GB")
        page.set_default_timeout(MILLISECONDS)
        for state in states(asked.states, seed=5):
            wrong = check(page, root, state)
            n_wrong += bool(wrong)
            print(f"{'differs' if wrong else 'same':8s} {state.address}", *wrong[:5], sep="\n    " if wrong else " ", flush=True)
        browser.close()
    print(f"{asked.states - n_wrong} of {asked.states} states: the same numbers in the browser, at the terminal and in Python")
    return int(n_wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
