"""Are Sobol's indices those of a function whose indices are known?"""

import math

import numpy as np
import pytest

from experiments.sensitivity import share
from experiments.sensitivity.analysis import Plan, analyse
from experiments.sensitivity.space import Axis
from tests.sensitivity.conftest import answering, space

pytestmark = pytest.mark.unit
NAMES = ("x1", "x2", "x3")


def ishigami(point):
    return math.sin(point["x1"]) + 7 * math.sin(point["x2"]) ** 2 + 0.1 * point["x3"] ** 4 * math.sin(point["x1"])


def test_the_indices_of_ishigamis_function_are_found():
    numbers = space(*(Axis(name, 1.0, -math.pi, math.pi, is_whole=False) for name in NAMES))
    found = analyse(numbers, answering(ishigami), Plan(10, 1_024, range(1, 2), 3), ("answer",))
    assert found.survivors == list(NAMES)
    last = found.sobol[found.sobol["n_blocks"] == 1_024].set_index("parameter")
    assert last["s1"].to_numpy() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.05)
    assert last["st"].to_numpy() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.05)
    widths = found.sobol.groupby("n_blocks")["st_conf"].max()
    assert list(widths.index) == [256, 512, 1_024]
    assert widths.is_monotonic_decreasing


def test_more_blocks_begin_with_the_same_ones():
    few, many = share.blocks(3, 8, seed=4), share.blocks(3, 32, seed=4)
    assert np.array_equal(few, many[: len(few)])


def test_a_block_with_a_missing_answer_is_left_out_whole():
    design = share.blocks(2, 64, seed=1)
    answers = design @ np.array([3.0, 1.0])
    whole = share.indices(answers, 2)
    answers[5] = np.nan
    assert share.table_of(["a", "b"], "answer", answers)["n_blocks_left_out"].tolist() == [1] * 6
    assert share.indices(answers, 2)["st"] == pytest.approx(whole["st"], abs=0.05)


def test_an_answer_that_is_mostly_missing_has_no_indices():
    answers = share.blocks(2, 64, seed=1).sum(axis=1)
    answers[: 4 * 40] = np.nan
    assert np.isnan(share.indices(answers, 2)["st"]).all()


def test_an_answer_that_never_varies_has_no_indices():
    assert np.isnan(share.indices(np.ones(4 * 16), 2)["s1"]).all()


def test_whole_numbers_and_flags_share_the_variance_too():
    numbers = space(Axis("whole", 1, 0, 3, is_whole=True), Axis("flag", 0, 0, 1, is_whole=True))
    found = analyse(numbers, answering(lambda point: point["whole"] + point["flag"]), Plan(4, 512, range(1, 2), 2), ("answer",))
    last = found.sobol[found.sobol["n_blocks"] == 512].set_index("parameter")
    assert last["s1"].to_dict() == pytest.approx({"whole": 1.25 / 1.5, "flag": 0.25 / 1.5}, abs=0.05)  # variances 15/12 and 1/4
