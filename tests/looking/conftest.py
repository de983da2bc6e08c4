"""What do the tests of looking share? A small zone with a lively alliance, and one that knows another policy."""

from datetime import date
from pathlib import Path

import pytest

from model.scenario import Scenario, load_scenario

ROOT = Path(__file__).resolve().parents[2]
SMALL = {"population.n_children": 2_000, "hospital.accredit.pass_rate": 0.5}
POLICY = date(2019, 9, 2)


@pytest.fixture(scope="session")
def small() -> Scenario:
    """The case with 2,000 children, half of the doctors passing."""
    return load_scenario(ROOT / "scenarios/huaxi.toml").with_settings(SMALL)


@pytest.fixture(scope="session")
def strict(small: Scenario) -> Scenario:
    """The same until September 2019; then hardly anybody passes."""
    return small.with_settings({"hospital.accredit.pass_rate": 0.05}, POLICY)


@pytest.fixture(scope="session")
def huaxi() -> str:
    """The file of the case."""
    return str(ROOT / "scenarios/huaxi.toml")
