"""Does a sweep survive a disk that fails anywhere, and workers that come back as they like? Samples of the whole matrices."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.store import PART, is_left_behind, write_files
from experiments.sweep.folder import SCENARIO, SWEEP, read_folder
from model.refusal import ScenarioError
from tests.sweep import schedules, situations
from tests.sweep.conftest import ROOT

case = pytest.mark.case
ZEROS = "0 lost, 0 doubled, 0 stuck, 0 traceback, 0 unclear, 0 left over, 0 changed by reading, 0 another table"


def tried(*words: str) -> str:
    """The last line of the matrix, tried in a process that has no threads."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.sweep.faults", *words]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()[-1]


@case
def test_a_few_faults_lose_double_and_leave_nothing() -> None:
    assert tried("--every", "40", "--from", "31", "--situation", "first start", "--situation", "plan").endswith(ZEROS)


@case
@pytest.mark.slow
def test_a_sample_of_all_faults_loses_doubles_and_leaves_nothing() -> None:
    assert tried("--every", "9").endswith(ZEROS)


@case
def test_some_schedules_of_a_fickle_executor_end_with_every_run_once() -> None:
    befell = schedules.play(150, 2)
    assert all(befell[name] for name in schedules.MISHAPS)


@case
@pytest.mark.slow
def test_two_thousand_schedules_of_a_fickle_executor_end_with_every_run_once() -> None:
    assert schedules.play(2_000, 40, first=1_000).total() > 2_000


@pytest.fixture
def made_up():
    """Runs are not simulated."""
    with situations.without_simulation():
        yield


@case
@pytest.mark.parametrize("left", [SCENARIO, SWEEP])
def test_a_claim_of_which_one_file_was_written_is_written_anew(left: str, made_up, tmp_path: Path) -> None:
    situations.sweep(tmp_path / "whole")
    folder = tmp_path / "half"
    folder.mkdir()
    (folder / left).write_bytes((tmp_path / "whole" / left).read_bytes())
    with pytest.raises(ScenarioError, match="holds no sweep"):
        read_folder(folder)
    situations.sweep(folder, seeds="2")
    assert read_folder(folder).n_runs == 4


@case
@pytest.mark.parametrize("name", [SCENARIO, "district/communities.csv"])
def test_files_of_somebody_are_not_written_over(name: str, made_up, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text('title = "mine"')
    with pytest.raises(ScenarioError, match=f"holds a {name} of another kind"):
        situations.sweep(tmp_path, scenario=situations.OWN_DISTRICT)
    assert situations.bytes_of(tmp_path).keys() == {str(tmp_path / part) for part in {name, *name.split("/")[:-1]}}


@pytest.mark.unit
def test_a_living_process_is_known_by_when_it_began(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    replace = Path.replace
    monkeypatch.setattr(Path, "replace", lambda path, to: (names.append(path.name), replace(path, to))[1])
    write_files(tmp_path, {"a": b"1"})
    (name,) = names
    before, _, token = name.removesuffix(PART).rpartition(".")
    start, _, code = token.partition("-")
    assert not is_left_behind(name)
    assert is_left_behind(f"{before}.{int(start) - 100}-{code}{PART}")  # the same pid, of a machine that was started anew
    assert not is_left_behind(f"{before}.{code}{PART}")  # as version 0.1 wrote it: nobody knows
    assert not is_left_behind("notes.part")
