"""Does a sweep survive its runs, its workers and itself?"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pandas as pd
import psutil
import pytest

from experiments.sweep.carry_out import Listeners, carry_out
from experiments.sweep.means import Means
from tests.patience import SECONDS
from tests.sweep import mishaps
from tests.sweep.conftest import ROOT, WORDS, design_of, ended, start, table_in

case = pytest.mark.case
NOTEBOOK_BYTES = 500_000_000  # what it holds, and what the runs may take


def processes_of(folder: Path, pid: int) -> list[psutil.Process]:
    """Everything that a sweep has started."""
    return psutil.Process(pid).children(recursive=True)


def same_but_for_the_odd_one(found: pd.DataFrame, whole: pd.DataFrame, status: str) -> pd.Series:
    """Check that all other runs are as ever; returns the row of the odd one."""
    fine = found[found["status"] == "ok"].reset_index(drop=True)
    pd.testing.assert_frame_equal(fine, whole[whole["key"].isin(fine["key"])].reset_index(drop=True))
    assert Counter(found["status"]) == {"ok": 11, status: 1}
    odd = found[found["status"] == status].iloc[0]
    assert odd["seed"] == 2
    assert odd["command"].startswith("alliance run ")
    assert "--seed 2 " in odd["command"]
    assert "--set fund.surplus.reinvested_share=0.5 --set hospital.accredit.pass_rate=0.5 --from 2018-06-04" in odd["command"]
    return odd


@case
def test_a_run_that_raises_is_a_row_and_the_others_go_on(here, tmp_path: Path, whole: pd.DataFrame) -> None:
    course = here(tmp_path, work=mishaps.raising)
    odd = same_but_for_the_odd_one(table_in(tmp_path), whole, "raised")
    assert odd["error"].startswith("ValueError: a rule divided\\nby zero (mishaps.py, line ")
    assert course.statuses == {"ok": 11, "raised": 1}


@case
def test_a_run_that_failed_is_left_alone_until_it_is_tried_again(here, tmp_path: Path, whole: pd.DataFrame) -> None:
    here(tmp_path, work=mishaps.raising)
    assert here(tmp_path).n_found == 12
    course = here(tmp_path, is_failed_again=True)
    assert (course.n_found, course.statuses) == (11, {"ok": 12})
    pd.testing.assert_frame_equal(table_in(tmp_path), whole)


@case
@pytest.mark.parametrize(("work", "status", "limits"), [
    (mishaps.hanging, "timeout", {"longest_seconds": 20}),
    (mishaps.outgrowing, "memory", {"most_bytes": 600_000_000}),
    (mishaps.killing, "killed", {}),
])  # fmt: skip
def test_a_run_that_ends_its_worker_is_a_row_and_the_others_go_on(
    work, status, limits, tmp_path: Path, whole: pd.DataFrame
) -> None:
    design, source = design_of()
    course = carry_out(design, source, tmp_path, Means(n_workers=2, **limits), Listeners(), work=work)
    odd = same_but_for_the_odd_one(table_in(tmp_path), whole, status)
    assert odd["error"]
    assert course.statuses == {"ok": 11, status: 1}


@case
def test_a_process_that_holds_much_else_is_not_ended_for_it(tmp_path: Path) -> None:
    script = tmp_path / "notebook.py"
    script.write_text(
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from pathlib import Path\n"
        "from experiments.sweep.carry_out import Listeners, carry_out\n"
        "from experiments.sweep.means import Means\n"
        "from experiments.sweep.work import ready\n"
        "from tests.sweep.conftest import design_of\n"
        "from tests.sweep.mishaps import lingering\n"
        "ready()\n"
        f"held = bytearray({NOTEBOOK_BYTES})\n"
        "held[::4096] = b'x' * len(held[::4096])\n"
        "with ThreadPoolExecutor(1) as mine:\n"
        f"    means = Means(n_workers=1, executor=mine, most_bytes={NOTEBOOK_BYTES})\n"
        f"    course = carry_out(*design_of(), Path({str(tmp_path / 'sweep')!r}), means, Listeners(), work=lingering)\n"
        "print(dict(course.statuses))\n"
    )
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, str(script)], env=env, capture_output=True, text=True, check=False, timeout=SECONDS)
    assert (done.stdout, done.stderr) == ("{'ok': 12}\n", "")


def wait_for(what):
    """The first true answer of `what`."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.01)
    pytest.fail("it did not happen")


def workers_of(pid: int) -> list[psutil.Process]:
    """The processes that a sweep's server has started."""
    servers = [child for child in psutil.Process(pid).children() if "forkserver" in " ".join(child.cmdline())]
    return [worker for server in servers for worker in server.children()]


def chunks_in(folder: Path) -> list[Path]:
    return list(folder.glob("runs/*/chunk-*.parquet"))


@case
def test_a_killed_worker_costs_nothing_but_time(tmp_path: Path, whole: pd.DataFrame) -> None:
    process = start(["sweep", *WORDS, "--out", str(tmp_path), "--chunk", "1"])
    for n in (1, 4):
        wait_for(lambda n=n: len(chunks_in(tmp_path)) >= n or process.poll() is not None)
        for worker in workers_of(process.pid)[:n]:
            worker.kill()
    ended(process)
    pd.testing.assert_frame_equal(table_in(tmp_path), whole)


@case
def test_a_killed_sweep_takes_its_workers_with_it_and_is_gone_on_with(tmp_path: Path, whole: pd.DataFrame) -> None:
    process = start(["sweep", *WORDS, "--out", str(tmp_path), "--chunk", "1"])
    wait_for(lambda: chunks_in(tmp_path))
    started = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.communicate()
    _, alive = psutil.wait_procs(started, timeout=SECONDS)
    assert alive == []
    n_kept = len(chunks_in(tmp_path))
    output, _ = ended(start(["sweep", str(tmp_path)]))
    assert f"{n_kept} were there" in " ".join(output.split())
    pd.testing.assert_frame_equal(table_in(tmp_path), whole)


@case
def test_ctrl_c_is_one_line_that_says_how_to_go_on_and_130(tmp_path: Path) -> None:
    process = start(["sweep", *WORDS, "--seeds", "300", "--out", str(tmp_path), "--chunk", "1"], start_new_session=True)
    wait_for(lambda: chunks_in(tmp_path))
    started = psutil.Process(process.pid).children(recursive=True)
    os.killpg(process.pid, signal.SIGINT)
    output, errors = ended(process, 130)
    assert output == ""
    assert (
        errors.splitlines()[-1]
        == f"alliance: stopped; finished runs are kept, and this goes on with the rest: alliance sweep {tmp_path}"
    )
    assert "Traceback" not in errors
    assert psutil.wait_procs(started, timeout=SECONDS)[1] == []
    assert not [path for path in tmp_path.rglob("*") if path.name.endswith(".part")]
