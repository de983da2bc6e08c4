"""Do the mechanisms of docs/mechanisms.md come out, with 20 paired seeds?

Protocol, seeds and claims stand in docs/mechanisms.md and experiments/mechanism_list.py; they were written down before the first
run. The whole zone, as there. What was not shown is named here too: should it come out one day, the page is wrong.
"""

import pytest

from experiments.claims import run_experiments
from experiments.mechanism_list import MECHANISMS
from experiments.mechanisms import SEEDS, row_of

pytestmark = pytest.mark.pattern

NOT_SHOWN = {
    ("M1", "missed among all children: a valley between scarcity and dilution"),
    ("M3", "200 - 0", "mean_trust_alliance"),
    ("M6", "many doctors, requests heeded - few doctors, requests heeded"),
    ("M7", "in the year after it", "lapse_share"),
    ("M9", "1 - 0", "n_alliance_visits"),
    ("M9", "the last two years"),
    ("M9", "severe illness covered: worth more"),
}


@pytest.mark.parametrize("experiment", MECHANISMS, ids=lambda experiment: experiment.name)
def test_every_claim_comes_out_as_the_page_says(experiment):
    for verdict in run_experiments([experiment], SEEDS):
        claim = verdict.claim
        short = experiment.name.split()[0]
        is_open_question = {(short, claim.says), (short, claim.says, claim.indicator)} & NOT_SHOWN
        if claim.sign:
            assert (verdict.word == "not shown") == bool(is_open_question), row_of(verdict)
