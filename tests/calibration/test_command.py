"""Does `alliance calibrate` give the same for any number of workers, go on where it was stopped, and refuse what it cannot do?"""

from pathlib import Path

import pandas as pd
import pytest

import cli
from experiments.calibration.found import found_in
from experiments.calibration.page import page_of, write
from model.refusal import ScenarioError
from model.scenario import load_scenario

ROOT = Path(__file__).resolve().parents[2]
HUAXI = str(ROOT / "scenarios/huaxi.toml")
SMALL = ["--children", "3000", "--generations", "1", "--size", "4", "--wave", "8", "--polish", "2"]
RESULTS = ("calibration.json", "posterior.csv", "figures.csv", "check.csv", "penalised_referral.toml")


def calibrated(folder: Path, *words: str) -> Path:
    """The folder of a small calibration of reading C."""
    assert cli.main(["calibrate", HUAXI, "--out", str(folder), "--reading", "C", *SMALL, *words]) == 0
    return folder / "penalised_referral"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return calibrated(tmp_path_factory.mktemp("one"), "--workers", "1")


@pytest.mark.case
def test_two_workers_and_a_second_call_give_the_same_files(whole: Path, tmp_path: Path, capfd):
    again = calibrated(tmp_path, "--workers", "2")
    assert {name: (again / name).read_bytes() for name in RESULTS} == {name: (whole / name).read_bytes() for name in RESULTS}
    n_files = len(list((again / "history").rglob("*.parquet")))
    calibrated(tmp_path, "--workers", "2")
    assert len(list((again / "history").rglob("*.parquet"))) == n_files  # every run was found
    assert "not used in fitting" in capfd.readouterr().out


@pytest.mark.case
def test_what_it_writes_is_a_scenario_in_its_reading(whole: Path):
    world = load_scenario(whole / "penalised_referral.toml")
    assert 1.0 <= world.values["doctor.refer.caution"] <= 5.5
    assert world.values["doctor.record_referral.p_recorded"] >= 0.85
    assert world.group == "readings"
    check = pd.read_csv(whole / "check.csv")
    assert check["seed"].tolist() == list(range(4001, 4021))


@pytest.mark.case
def test_the_page_is_made_from_the_files(whole: Path, tmp_path: Path):
    found = found_in(whole.parent)
    text = page_of(found)
    assert "C: penalised referral" in text
    assert "doctor.refer.caution" in text
    write(found, tmp_path)
    assert (tmp_path / "scenarios/readings/penalised_referral.toml").read_text() == found[0].scenario
    assert b"<svg" in (tmp_path / "docs/calibration.svg").read_bytes()


@pytest.mark.case
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([HUAXI], "--out: is not given; allowed is --out DIR"),
        ([HUAXI, "--out", "x", "--reading", "lucky"], "--reading: 'lucky'; allowed are all, mild_cases (A), "),
        ([HUAXI, "--out", "x", "--share-in-zone", "2"], "--share-in-zone: '2'; allowed is a number from 0.3 to 1"),
        ([HUAXI, "--out", "x", "--size", "1"], "--size: '1'; allowed is a whole number from 4 to 10,000"),
        (["none.toml", "--out", "x"], "none.toml: no such scenario file"),
    ],
)
def test_bad_input_is_one_line(words: list[str], said: str, capfd, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["calibrate", *words]) == 2
    error = capfd.readouterr().err
    assert error.startswith(f"alliance: {said}")
    assert error.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.case
def test_a_folder_without_a_calibration_is_refused(tmp_path: Path):
    with pytest.raises(ScenarioError, match="holds no calibration"):
        found_in(tmp_path)
