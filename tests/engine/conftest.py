"""What do the engine's tests share? A small zone, and how to ask another process for its bits."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from model.scenario import Scenario, load_scenario

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def small() -> Scenario:
    """The case with 2,000 children."""
    return load_scenario(ROOT / "scenarios/huaxi.toml").with_settings({"population.n_children": 2_000})


@pytest.fixture(scope="session")
def medium() -> Scenario:
    """The case with 8,000 children, a premium that leaves a surplus and many who pass: each lever has something to act on."""
    settings = {"population.n_children": 8_000, "fund.plan.premium_yuan": 110.0, "hospital.accredit.pass_rate": 0.4}
    return load_scenario(ROOT / "scenarios/huaxi.toml").with_settings(settings)


@pytest.fixture(scope="session")
def digest_elsewhere():
    """Run tests/engine/digest.py in another process: (n_children, n_weeks, *words, root=..., **environment) -> digest."""

    def ask(n_children: int, n_weeks: int, *words: str, root: Path = ROOT, **environment: str) -> dict[str, str]:
        env = os.environ | {"PYTHONPATH": str(root)} | environment
        command = [sys.executable, str(ROOT / "tests/engine/digest.py"), str(n_children), str(n_weeks), *words]
        done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    return ask
