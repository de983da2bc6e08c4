"""How is each step of a validation done?

A step gives what JSON can hold: checks and pictures, or for the fit the bare figures of every world, so that scenarios can be drawn
side by side.
"""

from collections.abc import Callable, Iterable
from typing import Any

from experiments.claims import Experiment
from experiments.mechanisms import SEEDS
from experiments.sweep.executor import as_they_come
from experiments.validation import keep
from experiments.validation.check import Check, Heading, Picture, asked, still_open
from experiments.validation.course_mechanisms import run_experiment
from experiments.validation.fit import FIRST_SEED, Figures, figures_of
from model import calendar
from model.refusal import ScenarioError
from model.scenario import Scenario

FEWEST_VISITS = 1_000  # of which a scatter of doctors can be drawn

Tick = Callable[[int, int], None]
"""Told how many of how many parts of a step are done."""


def closed_form_step(n_runs: int, tick: Tick) -> dict[str, Any]:
    """Parts set apart, against exact laws."""
    from experiments.validation.closed_forms import closed_forms

    tick(0, 1)
    return keep.packed(*sorted_out(closed_forms(n_runs=n_runs, seed=1)))


def extremes_step(scenario: Scenario, n_children: int, n_seeds: int, tick: Tick) -> dict[str, Any]:
    """Null and extreme tests of whole worlds."""
    from experiments.validation.extremes import extremes

    tick(0, 1)
    return keep.packed(*sorted_out(extremes(scenario, n_children, range(1, n_seeds + 1))))


def twin_step(scenario: Scenario, n_children: int | None, n_seeds: int, tick: Tick) -> dict[str, Any]:
    """The mean-field twin against the ensemble."""
    from experiments.validation.mean_field import cross_check

    tick(0, 1)
    return keep.packed(*sorted_out(cross_check(scenario, seeds=n_seeds, n_children=n_children)))


def fit_step(scenario: Scenario, n_seeds: int, workers: int, tick: Tick) -> dict[str, Any]:
    """The figures of every world of one scenario, and the first once more, in another process where there is one."""
    seeds = [*range(FIRST_SEED, FIRST_SEED + n_seeds), FIRST_SEED]
    found: dict[int, Figures] = {}
    for number, world in as_they_come(figures_of, [(scenario, seed) for seed in seeds], workers):
        found[number] = world
        tick(len(found), len(seeds))
    worlds = [found[number] for number in range(len(seeds))]
    return {"worlds": worlds[:-1], "again": worlds[-1]}


def funnel_step(scenario: Scenario, n_seeds: int, tick: Tick) -> dict[str, Any]:
    """One world's doctors at the end of history as a picture, and what of their scatter is luck."""
    from experiments.validation.funnel import funnel, funnel_checks
    from model.alliance import AllianceModel

    tick(0, 1)
    model = AllianceModel(scenario, FIRST_SEED).run_until(calendar.FIRST_POLICY_WEEK)
    if model.indicators("history")["n_alliance_visits"] < FEWEST_VISITS:
        allowed = f"allowed is a scenario with {FEWEST_VISITS:,} visits to accredited doctors in history"
        raise ScenarioError("funnel", "the alliance has too few visits", allowed)
    return keep.packed(*sorted_out([funnel_checks(scenario, seeds=range(1, n_seeds + 1)), funnel(model)]))


def mechanism_step(experiment: Experiment, n_seeds: int, n_children: int | None, workers: int, tick: Tick) -> dict[str, Any]:
    """One experiment of the protocol."""
    seeds = range(SEEDS.start, SEEDS.start + n_seeds)
    return keep.packed(run_experiment(experiment, seeds, n_children, workers, tick), [])


def evidence_step(tick: Tick) -> dict[str, Any]:
    """How well each number is known, against how much it moves."""
    from experiments.evidence.influence_table import read_influence
    from experiments.evidence.picture import evidence_picture

    tick(0, 1)
    title = "Evidence against influence"
    says = "Each dot is a parameter: to the right the less is known, upward the more it moves its indicator. What is badly known "
    says += "and influential is named: what the model says rests on it, and a study of it would be worth most."
    return keep.packed([], [Picture("evidence", title, evidence_picture(read_influence(), title), says)])


def sorted_out(found: Any) -> tuple[list[Check], list[Picture]]:
    """Checks and pictures of what a part returned: one of them, a list, or a tuple of such."""
    if isinstance(found, Check):
        return [found], []
    if isinstance(found, Picture):
        return [], [found]
    checks, pictures = [], []
    for one in found if isinstance(found, Iterable) else ():
        more, drawn = sorted_out(one)
        checks += more
        pictures += drawn
    return checks, pictures


def packed_refusal(name: str, heading: Heading, line: str) -> dict[str, Any]:
    """A step that this scenario does not allow: open, with the reason."""
    return keep.packed([still_open(f"{name}: not for this scenario", "Could it be run?", "a run", line, heading)], [])


def packed_breakdown(name: str, heading: Heading, error: Exception) -> dict[str, Any]:
    """A step that broke: it fails."""
    found = f"{type(error).__name__}: {error}"
    return keep.packed(
        [asked(f"{name}: broke", "Does it run to its end?", holds=False, expected="results", found=found, heading=heading)], []
    )
