"""What should a person look at again in the district of a scenario that was asked for?

What breaks no rule and looks odd is said as a Python warning: a notebook shows it, the terminal prints it as a line of its own.
"""

import warnings
from pathlib import Path

from model.district_plausible import warnings_of
from model.refusal import DistrictWarning, printable
from model.scenario import Scenario, load_scenario


def loaded(path: str | Path) -> Scenario:
    """Load a scenario with everything it extends, and warn of what looks odd in its district; raises ScenarioError."""
    scenario = load_scenario(path)
    for said in () if scenario.district is None else warnings_of(scenario.district):
        warnings.warn(printable(str(said)), DistrictWarning, stacklevel=3)
    return scenario
