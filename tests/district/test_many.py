"""Do the questions over many runs take a district as they take the case?"""

from pathlib import Path

import pytest

import cli
from model.scenario import load_scenario
from tests.district.conftest import PROVIDERS, Write

pytestmark = pytest.mark.case

SWEEP = ["--vary", "hospital.accredit.pass_rate=0.05,0.5", "--seeds", "2", "--weeks", "165", "--workers", "1", "--out"]
OTHER_FEE = PROVIDERS.replace("4,142.60", "4,150.00")


def n_chunks(folder: Path) -> int:
    return len(list(folder.rglob("chunk-*.parquet")))


def test_a_sweep_goes_on_from_its_own_folder_in_the_same_district(written: Write, tmp_path: Path) -> None:
    scenario, out = written() / "district.toml", tmp_path / "sweep"
    assert cli.main(["sweep", str(scenario), *SWEEP, str(out)]) == 0
    there, here = load_scenario(out / "scenario.toml"), load_scenario(scenario)
    assert there.district == here.district
    assert there.segments() == here.segments()
    n = n_chunks(out)
    assert n > 0
    assert cli.main(["sweep", str(out)]) == 0
    assert n_chunks(out) == n, "every run was found"


def test_a_sweep_of_another_district_does_not_go_into_the_folder(
    written: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sweep"
    assert cli.main(["sweep", str(written() / "district.toml"), *SWEEP, str(out)]) == 0
    capsys.readouterr()
    assert cli.main(["sweep", str(written("other", providers=OTHER_FEE) / "district.toml"), *SWEEP, str(out)]) == 2
    assert "its scenario has another district" in capsys.readouterr().err


def test_what_the_files_say_does_not_vary(written: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--vary", "population.n_centres=4,5", "--from", "start", "--out", str(tmp_path / "sweep")]
    assert cli.main(["sweep", str(written() / "district.toml"), *words]) == 2
    assert "population.n_centres follows from the files of the district" in capsys.readouterr().err


def test_two_districts_are_compared(written: Write, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = (folder / "district.toml" for folder in (written(), written("other", providers=OTHER_FEE)))
    assert cli.main(["compare", str(one), str(other), "--seeds", "2", "--weeks", "165"]) == 0
    told = capsys.readouterr().out
    assert "The two districts differ" in " ".join(told.split())
    assert "prices.centre_yuan" in told
