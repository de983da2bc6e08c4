"""What is claimed of the model, and does it come out?

An experiment is a world and several arms: settings that act from a week of the policy years, or from the start. A claim is a
weighted sum of one indicator over arms, over some weeks, with the sign it must have: two arms with weights 1 and -1 are a
contrast, five with the weights of a second difference are a curvature, four with weights 1, -1, -1, 1 an interaction. It is
shown if the 95 % interval over paired seeds excludes zero on the claimed side.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from experiments.paired import Difference, difference_of
from experiments.sweep.executor import as_they_come
from model import calendar, indicators
from model.alliance import AllianceModel
from model.scenario import Scenario, load_scenario

Settings = Mapping[str, float | int]
Weeks = tuple[int, int] | None  # of the policy years; all of them if None
Outcomes = dict[str, dict[Weeks, dict[str, float]]]  # by arm, weeks and indicator
CURVATURE = (2.0, -1.0, -2.0, -1.0, 2.0)  # orthogonal to the mean and to a straight line over five equal steps


@dataclass(frozen=True)
class Claim:
    """What must come out: the weighted sum of an indicator over arms has this sign (0: open, only reported)."""

    indicator: str
    sign: int
    weights: Mapping[str, float]
    says: str = ""
    weeks: Weeks = None

    @classmethod
    def between(cls, low: str, high: str, indicator: str, sign: int, says: str = "", weeks: Weeks = None) -> "Claim":
        """High minus low."""
        return cls(indicator, sign, {high: 1.0, low: -1.0}, says or f"{high} - {low}", weeks)

    @classmethod
    def curve(cls, arms: Iterable[str], indicator: str, sign: int, says: str) -> "Claim":
        """Curvature over five arms in order; positive is a valley, negative a hill."""
        return cls(indicator, sign, dict(zip(arms, CURVATURE, strict=True)), says)

    @classmethod
    def interaction(cls, arms: tuple[str, str, str, str], indicator: str, sign: int, says: str) -> "Claim":
        """(fourth - third) - (second - first)."""
        return cls(indicator, sign, dict(zip(arms, (1.0, -1.0, -1.0, 1.0), strict=True)), says)


@dataclass(frozen=True)
class Experiment:
    """A world, its arms and what is claimed of them. An arm is a list of (policy week, settings); week None: from the start."""

    name: str
    question: str
    arms: Mapping[str, tuple[tuple[int | None, Settings], ...]]
    claims: tuple[Claim, ...]
    scenario: str = "scenarios/huaxi.toml"
    world: Settings = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """One claim and what came of it."""

    experiment: str
    claim: Claim
    found: Difference

    @property
    def word(self) -> str:
        """'shown', 'not shown', or for an open sign 'up', 'down' or 'not distinguishable'."""
        if self.claim.sign:
            return "shown" if self.found.sign == self.claim.sign else "not shown"
        return {1: "up", -1: "down", 0: "not distinguishable"}[self.found.sign]


def arm_scenario(base: Scenario, arm: Iterable[tuple[int | None, Settings]]) -> Scenario:
    """The base under an arm's settings."""
    for week, settings in arm:
        day = None if week is None else calendar.POLICY_START + timedelta(weeks=week)
        base = base.with_settings(settings, day)
    return base


def run_seed(experiment: Experiment, seed: int, n_children: int | None = None) -> Outcomes:
    """Indicators of each arm and window for one seed; arms that share the past continue from its checkpoint."""
    base = load_scenario(experiment.scenario).with_settings(experiment.world)
    if n_children is not None:
        base = base.with_settings({"population.n_children": n_children})
    end = calendar.end_of_policy(base.policy_years)
    past = None
    found = {}
    for name, arm in experiment.arms.items():
        scenario = arm_scenario(base, arm)
        if all(week is not None for week, _ in arm):
            past = past or AllianceModel(base, seed).run_until(calendar.FIRST_POLICY_WEEK).checkpoint()
            model = AllianceModel.from_checkpoint(past, scenario)
        else:
            model = AllianceModel(scenario, seed)
        weekly = model.run_until(end).weekly().iloc[calendar.FIRST_POLICY_WEEK :]
        windows = {claim.weeks for claim in experiment.claims}
        found[name] = {weeks: indicators.over(weekly if weeks is None else weekly.iloc[slice(*weeks)]) for weeks in windows}
    return found


def judge(experiment: Experiment, outcomes: list[Outcomes]) -> list[Verdict]:
    """Every claim of an experiment, from the outcomes of its seeds."""
    verdicts = []
    for claim in experiment.claims:
        sums = [sum(w * outcome[arm][claim.weeks][claim.indicator] for arm, w in claim.weights.items()) for outcome in outcomes]
        verdicts.append(Verdict(experiment.name, claim, difference_of(claim.indicator, sums)))
    return verdicts


def outcomes_of(
    experiment: Experiment,
    seeds: Sequence[int],
    n_children: int | None = None,
    workers: int = 1,
    on_seed: Callable[[int, int], None] = lambda *_: None,
) -> list[Outcomes]:
    """The outcomes of an experiment's seeds, in order, shared out among processes; `on_seed` hears how many of all are done."""
    tasks = [(experiment, seed, n_children) for seed in seeds]
    results = ((n, run_seed(*task)) for n, task in enumerate(tasks)) if workers == 1 else as_they_come(run_seed, tasks, workers)
    found: dict[int, Outcomes] = {}
    for number, outcome in results:
        found[number] = outcome
        on_seed(len(found), len(tasks))
    return [found[number] for number in range(len(tasks))]


def run_experiments(
    experiments: Iterable[Experiment], seeds: Iterable[int], n_children: int | None = None, workers: int = 1
) -> list[Verdict]:
    """Every claim of all experiments; the seeds of an experiment are shared out among `workers` processes."""
    seeds = list(seeds)
    return [v for experiment in experiments for v in judge(experiment, outcomes_of(experiment, seeds, n_children, workers))]
