"""What do the tests of sweeps share? A small sweep, its table without what the clock says, and the process that runs it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from experiments.sweep.carry_out import Course, Listeners, carry_out
from experiments.sweep.key import engine_of_this_process
from experiments.sweep.ledger import Ledger
from experiments.sweep.means import Means
from experiments.sweep.read import read_design, said_in_options
from experiments.sweep.work import run_chunk
from tests.patience import SECONDS

ROOT = Path(__file__).resolve().parents[2]
HUAXI = str(ROOT / "scenarios" / "huaxi.toml")
VARY = ["hospital.accredit.pass_rate=0.1,0.5", "fund.surplus.reinvested_share=0:1:3"]
SMALL = {"seeds": "2", "children": "300", "weeks": "90", "from": "2018-06-04", "period": "history"}
WORDS = [HUAXI, "--vary", VARY[0], "--vary", VARY[1], *(word for name, text in SMALL.items() for word in (f"--{name}", text))]


def design_of(vary: list[str] | None = None, path: str = HUAXI, **said: str | None) -> Any:
    """The design of a small sweep, and its scenario's name."""
    return read_design(
        path, VARY if vary is None else vary, said_in_options(SMALL | {"from": said.pop("from_date", SMALL["from"])} | said)
    )


def timeless(frame: pd.DataFrame) -> pd.DataFrame:
    """A table without what differs from time to time, in an order of its own."""
    return frame.drop(columns=["seconds"]).sort_values("key").reset_index(drop=True)


def table_in(folder: Path, engine: str | None = None) -> pd.DataFrame:
    """All rows of a folder."""
    rows = Ledger(folder, engine or engine_of_this_process()).rows()
    assert rows is not None
    return timeless(rows.to_pandas())


Sweep = Callable[..., Course]


@pytest.fixture
def here() -> Iterator[Sweep]:
    """Carry out a small sweep with one worker in this process: (folder, vary=..., work=..., said=..., means...) -> course."""
    with ThreadPoolExecutor(1) as executor:

        def sweep(folder: Path, vary=None, work=run_chunk, said=None, listeners=None, columns=None, **means) -> Course:
            design, source = design_of(vary, **(said or {}))
            wanted = Means(**({"n_workers": 1, "executor": executor} | means))
            return carry_out(design, source, folder, wanted, listeners or Listeners(), columns, work)

        yield sweep


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The table of the small sweep, done in one go by this process."""
    folder = tmp_path_factory.mktemp("whole")
    design, source = design_of()
    with ThreadPoolExecutor(1) as executor:
        carry_out(design, source, folder, Means(n_workers=1, executor=executor), Listeners())
    return table_in(folder)


def start(words: list[str], **options: Any) -> subprocess.Popen[str]:
    """Start `alliance` in a process of its own, which hears Ctrl-C even if these tests run in the background of a shell."""
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cli", *words]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hear_ctrl_c,  # noqa: PLW1509
        **options,
    )


def hear_ctrl_c() -> None:
    """A shell starts what it puts into the background deaf to it, and children inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def ended(process: subprocess.Popen[str], code: int = 0) -> tuple[str, str]:
    """What it said, once it has ended with that exit code."""
    output, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == code, errors
    return output, errors
