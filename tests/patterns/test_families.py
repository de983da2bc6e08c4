"""Do the mechanisms about families and payment come out, with 20 paired seeds?

Protocol, seeds and claims stand in docs/mechanisms.md and experiments/mechanism_list.py; they were written down before the first
run. The whole zone, as there.
"""

import pytest

from experiments.mechanism_list import M7, M8, M10, M10B

pytestmark = [pytest.mark.pattern, pytest.mark.slow]


@pytest.mark.parametrize("experiment", [M7, M8, M10, M10B], ids=lambda experiment: experiment.name)
def test_every_claim_comes_out_as_the_page_says(experiment, comes_out_as_the_page_says):
    comes_out_as_the_page_says(experiment)
