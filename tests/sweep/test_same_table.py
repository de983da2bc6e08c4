"""Is the table the same, whoever did the work and in however many steps?"""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from experiments.request import read_request
from experiments.run import run_world
from experiments.sweep import sweep
from experiments.sweep.carry_out import Listeners, carry_out
from experiments.sweep.executor import processes
from experiments.sweep.means import Means
from tests.patience import SECONDS
from tests.sweep.conftest import HUAXI, SMALL, VARY, WORDS, design_of, ended, start, table_in, timeless

case = pytest.mark.case


@case
@pytest.mark.parametrize("n_workers", [1, 4])
def test_any_number_of_processes_gives_the_same_table(n_workers: int, tmp_path: Path, whole: pd.DataFrame) -> None:
    design, source = design_of()
    carry_out(design, source, tmp_path, Means(n_workers=n_workers), Listeners())
    pd.testing.assert_frame_equal(table_in(tmp_path), whole)


@case
def test_dask_gives_the_same_table(tmp_path: Path, whole: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr("experiments.sweep.executor.DASK_SECONDS", SECONDS)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None, protocol="tcp"
    ) as cluster:
        place = cluster.scheduler_address.removeprefix("tcp://")
        design, source = design_of()
        carry_out(design, source, tmp_path, Means(dask=place), Listeners())
    pd.testing.assert_frame_equal(table_in(tmp_path), whole)


@case
def test_three_shards_give_the_same_table(here, tmp_path: Path, whole: pd.DataFrame) -> None:
    courses = [here(tmp_path, shard=(i, 3)) for i in (3, 1, 2)]
    assert sum(course.n_runs for course in courses) == 12
    assert {course.n_found for course in courses} == {0}
    pd.testing.assert_frame_equal(table_in(tmp_path), whole)


@case
@pytest.mark.parametrize("chunk_size", [1, 4, 5, 12])
def test_the_cut_into_chunks_changes_nothing(here, chunk_size: int, tmp_path: Path, whole: pd.DataFrame) -> None:
    here(tmp_path, chunk_size=chunk_size)
    pd.testing.assert_frame_equal(table_in(tmp_path), whole)


@case
def test_two_sweeps_at_once_in_a_folder_are_harmless(tmp_path: Path, whole: pd.DataFrame) -> None:
    for process in [start(["sweep", *WORDS, "--out", str(tmp_path), "--chunk", str(n)]) for n in (2, 3)]:
        ended(process)
    pd.testing.assert_frame_equal(table_in(tmp_path), whole)
    output, _ = ended(start(["query", str(tmp_path), "select count(*), count(distinct key) from runs", "--csv"]))
    assert output.splitlines()[1] == "12,12"


@case
def test_seeds_and_points_can_be_added_and_only_what_is_missing_is_run(here, tmp_path: Path, whole: pd.DataFrame) -> None:
    assert here(tmp_path, said={"seeds": "1"}, vary=VARY[:1]).n_found == 0
    one_more = [VARY[0], "fund.surplus.reinvested_share=0.5,0"]
    assert here(tmp_path, said={"seeds": "1"}, vary=one_more).n_found == 2  # 0.5 is the scenario's own value
    grown = here(tmp_path)
    assert (grown.n_runs, grown.n_found) == (12, 4)
    assert here(tmp_path).n_found == 12
    rows = grown.rows.to_pandas()
    assert rows["fund.surplus.reinvested_share"].tolist() == [0, 0, 0.5, 0.5, 1, 1] * 2
    assert rows["seed"].tolist() == [1, 2] * 6
    told = ["command"]  # names the values that varied when the run was done
    pd.testing.assert_frame_equal(timeless(rows).drop(columns=told), whole.drop(columns=told))


@case
def test_a_point_that_was_run_before_is_found_by_its_content(here, tmp_path: Path) -> None:
    here(tmp_path, vary=["hospital.accredit.pass_rate=0.1:0.4:4"])
    course = here(tmp_path, vary=["hospital.accredit.pass_rate=0.3,0.25,0.2"])
    assert (course.n_runs, course.n_found) == (6, 4)


@case
@pytest.mark.parametrize("from_date", ["2018-06-04", "start"])
def test_a_run_is_bit_for_bit_that_of_alliance_run(here, from_date: str, tmp_path: Path) -> None:
    course = here(tmp_path, said={"from_date": from_date})
    for row in course.rows.to_pylist()[::5]:
        words = row["command"].split()
        settings = [words[n + 1] for n, word in enumerate(words) if word == "--set"]
        request = read_request(
            words[2], seed=words[words.index("--seed") + 1], settings=settings, children=SMALL["children"], weeks=SMALL["weeks"],
            period=SMALL["period"], from_date=words[words.index("--from") + 1] if from_date != "start" else None,
        )  # fmt: skip
        alone = run_world(request, request.seeds[0], lambda: None)
        assert row["result_hash"] == alone.result_hash
        told = {name: row[name] for name in alone.indicators}
        assert told == {name: None if value != value else value for name, value in alone.indicators.items()}


@case
def test_the_command_of_a_row_repeats_its_run(here, tmp_path: Path) -> None:
    row = here(tmp_path, said={"seeds": "1"}, vary=VARY[:1]).rows.to_pylist()[1]
    output, _ = ended(start([*row["command"].split()[1:], "--json"]))
    assert f'"result_hash": "{row["result_hash"]}"' in output


@case
def test_from_python_it_is_the_same_engine(tmp_path: Path, whole: pd.DataFrame) -> None:
    vary = {"hospital.accredit.pass_rate": [0.1, 0.5], "fund.surplus.reinvested_share": [0, 0.5, 1]}
    with processes(1) as own:
        found = sweep(HUAXI, vary, seeds=2, children=300, weeks=90, from_date="2018-06-04", period="history", workers=1, on=own)
    pd.testing.assert_frame_equal(timeless(found), whole)


@case
def test_a_script_without_a_main_guard_can_sweep(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from experiments.sweep import sweep\n"
        f"found = sweep({HUAXI!r}, seeds=2, children=200, weeks=10, from_date='start', period='history', workers=1)\n"
        "print('rows', len(found))\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=SECONDS)
    assert (done.stdout, done.stderr) == ("rows 2\n", "")
