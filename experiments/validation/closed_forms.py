"""Do the model's parts, each set apart, come out as exact mathematics says?

Seven parts, each held against a law that is computed without the code under test: the weekly batch queue, ruin of the
reserve, signal detection, logit shares, the logistic of seeking care, the examination, and luck itself (dice, Poisson illness).
Every random comparison must lie within three standard errors; of some seventy, one in five sets of seeds has one beyond by
luck alone, so a failure is looked at again with more runs before it is called an error.
"""

from experiments.validation.check import Check
from experiments.validation.detection import detection_checks
from experiments.validation.examination import examination_checks
from experiments.validation.luck import luck_checks
from experiments.validation.queue_law import queue_checks
from experiments.validation.ruin import ruin_checks
from experiments.validation.seeking import seeking_checks
from experiments.validation.shares import share_checks

PARTS = (queue_checks, ruin_checks, detection_checks, share_checks, seeking_checks, examination_checks, luck_checks)


def closed_forms(n_runs: int = 20_000, seed: int = 1) -> list[Check]:
    """Every exact check, with `n_runs` weeks, runs, visits, choices or children each."""
    return [check for part in PARTS for check in part(n_runs, seed)]
