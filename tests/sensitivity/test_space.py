"""Is every point of the space an allowed world, and does a whole number stay whole?"""

from collections import Counter
from datetime import date

import numpy as np
import pytest

from experiments.sensitivity.space import Axis, space_of
from experiments.sweep.design import contradicts
from model.parameters import declarations
from model.scenario import load_scenario
from tests.sensitivity.conftest import HUAXI, space

pytestmark = pytest.mark.unit


def test_every_assumed_parameter_is_moved():
    found = space_of(load_scenario(HUAXI))
    assumed = {name for name, parameter in declarations().items() if parameter.kind == "assumed"}
    assert set(found.names) | set(found.left_out) == assumed
    assert len(found.names) > 200
    assert "population.n_children" not in found.names


def test_what_a_scenario_dates_is_left_to_it():
    scenario = load_scenario(HUAXI).with_settings({"fund.surplus.reinvested_share": 0.9}, date(2021, 3, 1))
    found = space_of(scenario)
    assert "fund.surplus.reinvested_share" in found.left_out
    assert "fund.surplus.reinvested_share" not in found.names


def test_a_whole_number_takes_every_value_equally_often():
    axis = Axis("whole", 3, 1, 4, is_whole=True)
    shares = (np.arange(400) + 0.5) / 400
    assert Counter(axis.at(share) for share in shares) == {1: 100, 2: 100, 3: 100, 4: 100}
    assert axis.at(0.0) == 1
    assert axis.at(1.0) == 4
    assert isinstance(axis.at(0.3), int)


@pytest.mark.parametrize(("share", "value"), [(0.0, 0), (1 / 3, 0), (2 / 3, 1), (1.0, 1)])
def test_a_flag_is_thrown_by_every_step_of_the_grid(share, value):
    assert Axis("flag", 0, 0, 1, is_whole=True).at(share) == value


def test_a_third_that_no_computer_can_write_does_not_fall_below_its_whole_number():
    assert Axis("whole", 0, 0, 2, is_whole=True).at(0.333333333) == 1


def test_points_that_contradict_other_numbers_are_drawn_in_and_counted():
    found = space(
        Axis("hospital.support.share_for_training", 0.2, 0.0, 1.0, is_whole=False),
        Axis("hospital.support.share_for_review", 0.2, 0.0, 1.0, is_whole=False),
    )
    points = found.points(np.array([[0.25, 0.25], [0.75, 0.75], [0.5, 1.0]]))
    assert points.n_drawn == 2
    assert points.settings[0] == dict.fromkeys(found.names, 0.25)
    assert points.settings[1]["hospital.support.share_for_training"] == 0.75  # the later declared gives way
    assert points.settings[1]["hospital.support.share_for_review"] < 0.25 + 1e-9
    assert not any(contradicts(found.scenario, settings) for settings in points.settings)


def test_no_point_of_the_case_contradicts_itself():
    found = space_of(load_scenario(HUAXI))
    points = found.points(np.random.default_rng(1).random((60, len(found.axes))))
    assert not any(contradicts(found.scenario, settings) for settings in points.settings)
    for axis in found.axes:
        values = [settings[axis.name] for settings in points.settings]
        parameter = declarations()[axis.name]
        assert min(values) >= parameter.low
        assert max(values) <= parameter.high
        assert all(isinstance(value, int) == parameter.is_whole for value in values), axis.name


def test_the_same_shares_are_the_same_point():
    found = space_of(load_scenario(HUAXI))
    shares = np.random.default_rng(2).random((3, len(found.axes)))
    assert found.points(shares).settings == found.points(shares).settings
