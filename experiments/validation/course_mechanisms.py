"""Do the mechanisms come out that were written down before the first run?

The claims are those of docs/mechanisms.md; a claim holds if its 95 % interval over paired seeds excludes zero on the claimed side.
A claim that the page itself reports as not shown is a known failure. With few seeds an interval that holds zero decides nothing,
so it is open. What has no claimed sign is no check.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from experiments.claims import Experiment, Verdict, judge, outcomes_of
from experiments.interval import student_t
from experiments.mechanisms import SEEDS
from experiments.validation import check
from experiments.validation.check import Check, still_open

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "mechanisms.md"
STILL_TO_COME = {
    "M5 payment method": (
        "Do fees, capitation and budgets move visits, referral and cost apart?",
        "payment methods other than those of S1",
    ),
    "M11 squeezing one margin": (
        "Does what is squeezed in one place come out in another?",
        "mark-ups, prices and a prescribing that evades",
    ),
    "M12 budgets, audits and free care over time": (
        "Does a yearly cap make a saw-tooth?",
        "annual budgets and points that are reset",
    ),
}


def run_experiment(
    experiment: Experiment, seeds: Sequence[int], n_children: int | None, workers: int, tick: Callable[[int, int], None]
) -> list[Check]:
    """Every claim of one experiment as a check; its seeds are shared out among processes."""
    here = replace(experiment, scenario=str(ROOT / experiment.scenario))
    outcomes = outcomes_of(here, seeds, n_children, workers, tick)
    is_full = n_children is None and len(seeds) >= len(SEEDS)
    return [check_of(verdict, is_full=is_full) for verdict in judge(here, outcomes) if verdict.claim.sign]


def check_of(verdict: Verdict, *, is_full: bool) -> Check:
    """A claim's verdict as a check."""
    claim, found = verdict.claim, verdict.found
    half = found.high - found.mean
    distance = found.mean / (half / student_t(found.n_seeds - 1)) if half > 0 else None
    word: check.Verdict = "holds" if verdict.word == "shown" else "fails"
    because = ""
    if word == "fails" and not is_full and found.sign == 0:
        word, because = "open", "Too few seeds or children to tell; the full course decides."
    name = name_of(verdict.experiment, contrast_of(verdict), claim.indicator)
    return Check(
        "face", name, f"Does it go {'up' if claim.sign > 0 else 'down'}?",
        "above zero" if claim.sign > 0 else "below zero", f"{found.mean:.4g} (95 % {found.low:.4g} to {found.high:.4g})",
        distance, word, because,
    )  # fmt: skip


def contrast_of(verdict: Verdict) -> str:
    """The contrast as the page writes it."""
    weeks = verdict.claim.weeks
    return verdict.claim.says + ("" if weeks is None else f", weeks {weeks[0]} to {weeks[1]}")


def name_of(experiment: str, contrast: str, indicator: str) -> str:
    """The name of a claim's check."""
    return f"{experiment}: {contrast}, {indicator}"


def still_to_come() -> list[Check]:
    """Mechanisms that need systems which are not there yet."""
    return [
        still_open(name, question, "as in the literature", f"Needs what is still to come: {needs}.", "face")
        for name, (question, needs) in STILL_TO_COME.items()
    ]


def known_not_shown(page: Path = PAGE) -> dict[str, str]:
    """Claims that docs/mechanisms.md reports as not shown, by the name of their check."""
    try:
        lines = page.read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    found = {}
    for line in lines:
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        if cells[-1] == "not shown" and len(cells) == 6:
            found[name_of(cells[0], cells[1], cells[2].strip("`"))] = "Not shown; docs/mechanisms.md gives the reason."
    return found
