"""Does anything break in a scenario that nobody thought of?

Values are drawn from the declared ranges of a few parameters, some of them from a date on. Sixty scenarios by default;
`ALLIANCE_SCENARIOS=500 python -m pytest tests/engine/test_any_scenario.py` runs five hundred.
"""

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from model import calendar
from model.alliance import AllianceModel
from model.audit import Auditor
from model.parameters import declarations
from model.scenario import Scenario, ScenarioError
from model.settings import is_of_the_beginning
from tests.engine.invariants import broken, outside_their_range

pytestmark = pytest.mark.property

N_SCENARIOS = int(os.environ.get("ALLIANCE_SCENARIOS", "60"))
MOST_SET, MOST_CHANGED = 25, 6
FREE = [key for key in declarations() if key != "population.n_children"]
DATABLE = [key for key in FREE if not is_of_the_beginning(key)]


def values_of(key: str) -> st.SearchStrategy[float]:
    """Any value of the declared range; its ends as often as its inside."""
    parameter = declarations()[key]
    kind = st.integers if parameter.is_whole else st.floats
    return st.one_of(st.sampled_from([parameter.low, parameter.high]), kind(parameter.low, parameter.high))


def some_of(keys: list[str], most: int) -> st.SearchStrategy[dict[str, float]]:
    """Values for a few of these parameters."""
    chosen = st.lists(st.sampled_from(keys), max_size=most, unique=True)
    return chosen.flatmap(lambda names: st.fixed_dictionaries({name: values_of(name) for name in names}))


WEEKS_OF_CHANGE = st.integers(calendar.FIRST_HISTORY_WEEK, 130)
CHANGES = st.lists(st.tuples(WEEKS_OF_CHANGE, some_of(DATABLE, MOST_CHANGED)), max_size=2)


@settings(max_examples=N_SCENARIOS, suppress_health_check=list(HealthCheck))
@given(
    n_children=st.integers(200, 600), seed=st.integers(0, 2**31), n_weeks=st.integers(90, 140), values=some_of(FREE, MOST_SET),
    changes=CHANGES,
)  # fmt: skip
def test_no_legal_scenario_breaks_an_invariant(n_children, seed, n_weeks, values, changes, small: Scenario):
    try:
        scenario = small.with_settings(values | {"population.n_children": n_children})
        for week, changed in changes:
            scenario = scenario.with_settings(changed, calendar.FIRST_DAY + timedelta(weeks=week))
    except ScenarioError:
        reject()  # numbers that cannot all be true at once
    model = AllianceModel(scenario, seed)
    auditor = Auditor(model)
    while model.week < n_weeks:
        model.step()
        assert auditor.check_week() == [], f"week {model.week - 1}"
        if calendar.week(model.week - 1).ends_month or model.week == n_weeks:
            assert broken(model) == [], f"week {model.week - 1}"
    assert outside_their_range(model) == []
