"""What do the tests of answers share? Four stand-ins for the calibrated readings, with small samples, and their runs."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.answers.page_files import ask_page
from experiments.answers.readings import four_readings

CHILDREN, SEEDS, POINTS = "3000", "2", "2"
STAND_INS = {
    "mild_cases": ("resident.choose_provider", "utils_per_severity_at_primary", -1.7, (-2.0, -1.4)),
    "skilled_doctors": ("doctor.refer", "discriminability_per_skill", 3.4, (3.1, 3.6)),
    "penalised_referral": ("doctor.refer", "caution", 5.0, (1.0, 5.5)),
    "unrecorded_advice": ("doctor.record_referral", "p_recorded", 0.6, (0.5, 0.7)),
}


def write_stand_ins(folder: Path, n_points: int = 4, policy_years: int = 1) -> Path:
    """Four scenarios and a sample of each, in folders as the calibration writes them."""
    readings, posterior = folder / "readings", folder / "posterior"
    readings.mkdir(parents=True)
    posterior.mkdir()
    for name, (table, key, value, (low, high)) in STAND_INS.items():
        text = f'title = "{name}"\npolicy_years = {policy_years}\n\n[{table}]\n{key} = {value}\n'
        (readings / f"{name}.toml").write_text(text, encoding="utf-8")
        points = {
            f"{table}.{key}": np.linspace(low, high, n_points).round(6),
            "population.n_candidates": 240 + 5 * np.arange(n_points),
            "implausibility": np.linspace(0.5, 2.0, n_points),
        }
        pd.DataFrame(points).to_csv(posterior / f"{name}.csv", index=False)
    return readings


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """The stand-ins, one policy year each."""
    return write_stand_ins(tmp_path_factory.mktemp("calibrated"))


@pytest.fixture(scope="session")
def readings(folder):
    return four_readings(folder)


@pytest.fixture(scope="session")
def runs(folder):
    """The runs of the page in small worlds, done by this process."""
    return ask_page(folder, POINTS, seeds=SEEDS, children=CHILDREN, workers="1").answered()
