"""What is run in a validation, in which order, and how much of it?

From the smallest to the largest: formulas, extremes, the twin, the fit, then the mechanisms, and what only a reader can judge. A
step is the least that is kept: one scenario's fit, one mechanism's experiment. What is left out is said to be left out.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from experiments.mechanism_list import MECHANISMS
from experiments.mechanisms import SEEDS
from experiments.request import CHILDREN
from experiments.validation import course_steps as do
from experiments.validation.check import Heading
from experiments.validation.course_mechanisms import known_not_shown
from experiments.validation.course_steps import Tick
from experiments.validation.fit import FIRST_SEED, N_SEEDS
from experiments.validation.keep import Keeper, Kept
from model.refusal import ScenarioError, shortened
from model.scenario import Scenario, load_scenario

READINGS = "readings"
KNOWN_FAILURES = Path(__file__).parent / "known_failures.toml"
MECHANISM, FIT = "mechanisms", "fit"
GROUPS: dict[str, tuple[str, Heading]] = {
    "closed-forms": ("Parts held against exact mathematics", "verification"),
    "extremes": ("Null and extreme tests", "verification"),
    "twin": ("The mean-field twin", "cross"),
    FIT: ("What is known, and forecasts", "external"),
    MECHANISM: ("Mechanisms that were claimed beforehand", "face"),
    "funnel": ("Scatter of the doctors", "external"),
    "evidence": ("Evidence against influence", "external"),
    "eye": ("What to look at", "face"),
}


@dataclass(frozen=True)
class Effort:
    """How much is run. None: as many children as the scenario has."""

    name: str = "full"
    closed_form_runs: int = 20_000
    extreme_children: int = 20_000
    extreme_seeds: int = 5
    twin_seeds: int = 20
    twin_children: int | None = None
    fit_seeds: int = N_SEEDS
    fit_children: int | None = None
    funnel_seeds: int = 10
    mechanism_seeds: int = len(SEEDS)
    mechanism_children: int | None = None

    def said(self) -> str:
        """In one sentence."""
        children = "as many children as there are" if self.mechanism_children is None else f"{self.mechanism_children:,} children"
        return (
            f"{self.name}: {self.closed_form_runs:,} runs of each closed form; extremes with {self.extreme_seeds} seeds of "
            f"{self.extreme_children:,} children; twin with {self.twin_seeds} seeds, funnel with {self.funnel_seeds}; fit with "
            f"{self.fit_seeds} seeds from {FIRST_SEED:,} on, which calibration never uses; mechanisms with {self.mechanism_seeds} "
            f"paired seeds and {children}"
        )


FULL = Effort()
QUICK = Effort("quick", 2_000, 20_000, 2, 20, 20_000, 5, None, 10, 4, 20_000)


@dataclass(frozen=True)
class Asked:
    """What is to be validated, and with what; `readings` are other calibrations of the same case, by name."""

    scenario: Scenario
    readings: Mapping[str, Scenario]
    effort: Effort
    workers: int = 2
    left_out: tuple[str, ...] = ()

    @property
    def worlds(self) -> dict[str, Scenario]:
        """Every scenario whose fit is looked at, in its size of the fit."""
        found = {self.scenario.name: self.scenario} | dict(self.readings)
        n = self.effort.fit_children
        return found if n is None else {name: one.with_settings({CHILDREN: n}) for name, one in found.items()}


@dataclass(frozen=True)
class Step:
    """The least that is kept: its group, its name, what decides it, and how it is done."""

    group: str
    name: str
    asked: Any
    make: Callable[[Tick], Any]


def read_asked(path: Path, effort: Effort, workers: int, left_out: Sequence[str]) -> Asked:
    """A scenario file, and the readings in the folder beside it; raises ScenarioError."""
    for name in left_out:
        if name not in GROUPS:
            raise ScenarioError("--without", shortened(name), f"allowed are {', '.join(GROUPS)}")
    scenario = load_scenario(path)
    readings = {file.stem: load_scenario(file) for file in sorted((path.parent / READINGS).glob("*.toml"))}
    return Asked(scenario, readings, effort, workers, tuple(name for name in GROUPS if name in left_out))


def steps(asked: Asked) -> list[Step]:
    """Every step of the course that is not left out."""
    effort, scenario = asked.effort, asked.scenario
    said = scenario.record()
    found = [
        Step("closed-forms", "closed forms", effort.closed_form_runs, partial(do.closed_form_step, effort.closed_form_runs)),
        Step(
            "extremes", "extremes", [said, effort.extreme_children, effort.extreme_seeds],
            partial(do.extremes_step, scenario, effort.extreme_children, effort.extreme_seeds),
        ),
        Step(
            "twin", "twin", [said, effort.twin_children, effort.twin_seeds],
            partial(do.twin_step, scenario, effort.twin_children, effort.twin_seeds),
        ),
        *(
            Step(FIT, f"fit of {name}", [one.record(), n], partial(do.fit_step, one, n, asked.workers))
            for name, one in asked.worlds.items()
            for n in [effort.fit_seeds]
        ),
        Step(
            "funnel", "funnel", [asked.worlds[scenario.name].record(), effort.funnel_seeds],
            partial(do.funnel_step, asked.worlds[scenario.name], effort.funnel_seeds),
        ),
        *(
            Step(
                MECHANISM, experiment.name, [asdict(experiment), effort.mechanism_seeds, effort.mechanism_children],
                partial(do.mechanism_step, experiment, effort.mechanism_seeds, effort.mechanism_children, asked.workers),
            )
            for experiment in MECHANISMS
        ),
        Step("evidence", "evidence", None, do.evidence_step),
    ]  # fmt: skip
    return [step for step in found if step.group not in asked.left_out]


def run(asked: Asked, keeper: Keeper, on_step: Callable[[Step, int, int], Tick]) -> Iterator[tuple[Step, Kept]]:
    """Do every step that is not kept yet; `on_step` hears of each (which, how many before it, of how many) and gives its tick."""
    course = steps(asked)
    for n, step in enumerate(course):
        tick = on_step(step, n, len(course))
        try:
            kept = keeper.get(step.name, step.asked, partial(step.make, tick))
        except ScenarioError as error:
            kept = Kept(do.packed_refusal(step.name, GROUPS[step.group][1], str(error)), keeper.today)
        except Exception as error:  # noqa: BLE001  (a part that breaks is a failure of the model, to be read beside all others)
            kept = Kept(do.packed_breakdown(step.name, GROUPS[step.group][1], error), keeper.today)
        yield step, kept


def known_failures() -> dict[str, str]:
    """Failures that somebody explained beforehand, by the name of their check."""
    written = tomllib.loads(KNOWN_FAILURES.read_text(encoding="utf-8"))
    return known_not_shown() | {name: str(entry["because"]) for name, entry in written.items()}
