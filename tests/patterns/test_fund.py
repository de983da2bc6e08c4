"""Do the ten-year mechanisms of the fund come out, with 20 paired seeds?

Protocol, seeds and claims stand in docs/mechanisms.md and experiments/mechanism_list.py; they were written down before the first
run. The whole zone, as there.
"""

import pytest

from experiments.mechanism_list import LOOSE, M9

pytestmark = [pytest.mark.pattern, pytest.mark.slow]


@pytest.mark.parametrize("experiment", [M9, LOOSE], ids=lambda experiment: experiment.name)
def test_every_claim_comes_out_as_the_page_says(experiment, comes_out_as_the_page_says):
    comes_out_as_the_page_says(experiment)
