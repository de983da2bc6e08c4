"""How is an experiment held against docs/mechanisms.md?

What was not shown is named here too: should it come out one day, the page is wrong.
"""

from collections.abc import Callable

import pytest

from experiments.claims import Experiment, run_experiments
from experiments.mechanisms import SEEDS, row_of

NOT_SHOWN = {
    ("M1", "missed among all children: a valley between scarcity and dilution"),
    ("M3", "200 - 0", "mean_trust_alliance"),
    ("M3", "removing high referrers", "n_missed_serious_per_10000_visits"),  # with 20 seeds; the page tells of 40
    ("M6", "many doctors, requests heeded - few doctors, requests heeded"),
    ("M7", "in the year after it", "n_alliance_visits"),
    ("M7", "in the year after it", "lapse_share"),
}


@pytest.fixture
def comes_out_as_the_page_says() -> Callable[[Experiment], None]:
    """Runs an experiment with the protocol's seeds and compares every claim's verdict with the page's."""

    def check(experiment: Experiment) -> None:
        short = experiment.name.split()[0]
        for verdict in run_experiments([experiment], SEEDS):
            claim = verdict.claim
            is_named = {(short, claim.says), (short, claim.says, claim.indicator)} & NOT_SHOWN
            if claim.sign:
                assert (verdict.word == "not shown") == bool(is_named), row_of(verdict)

    return check
