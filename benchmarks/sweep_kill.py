"""Does a sweep survive `kill -9`, of a worker and of itself, at forty random instants?

A sweep in a folder is started, and after a random while (from a seeded die) a worker or the sweep itself is killed; a killed sweep
is started again in its folder, a finished one is checked and another begun. After the last blow what is left is finished. Then
every folder must hold every run once, bit for bit (all columns but seconds) as a sweep that nobody disturbed. After each kill of
a sweep it is measured how long any of its processes lived on.

    python benchmarks/sweep_kill.py [--instants 40] [--die 1] [--runs 400]
"""

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from experiments.sweep.key import engine_of_this_process  # noqa: E402
from experiments.sweep.ledger import Ledger  # noqa: E402

MOST_SECONDS_OUTLIVED = 5.0
LONGEST_WAIT = 6.0
TEN_SHARES = "fund.surplus.reinvested_share=0:1:10"


def start(folder: Path, n_runs: int) -> subprocess.Popen[bytes]:
    """Start the sweep of a folder, or go on with it."""
    words = [
        "scenarios/huaxi.toml",
        "--vary",
        TEN_SHARES,
        "--seeds",
        str(n_runs // 10),
        "--children",
        "200",
        "--chunk",
        "10",
        "--out",
        str(folder),
    ]
    command = [sys.executable, "-m", "cli", "sweep", *words]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603


def digest_of(folder: Path) -> tuple[int, int, str]:
    """Runs in the folder, files they stand in, and a hash of everything but seconds."""
    rows = Ledger(folder, engine_of_this_process()).rows()
    assert rows is not None
    table = rows.drop_columns(["seconds"]).sort_by("key")
    content = repr(table.to_pylist()).encode()
    return len(table), len(list(folder.glob("runs/*/chunk-*"))), hashlib.sha256(content).hexdigest()[:16]


def workers_of(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The worker processes of a sweep, which its server has started."""
    try:
        servers = [child for child in psutil.Process(process.pid).children() if "forkserver" in " ".join(child.cmdline())]
        return [worker for server in servers for worker in server.children()]
    except psutil.NoSuchProcess:
        return []


def outlived(process: subprocess.Popen[bytes]) -> float:
    """Kill the sweep and tell how long the last process that it had started lived on [s]."""
    started = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    began = time.monotonic()
    _, alive = psutil.wait_procs(started, timeout=3 * MOST_SECONDS_OUTLIVED)
    return float("inf") if alive else time.monotonic() - began


def main() -> int:
    """Deal the blows and print what came of it; 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--instants", type=int, default=40)
    parser.add_argument("--die", type=int, default=1)
    parser.add_argument("--runs", type=int, default=400)
    asked = parser.parse_args()
    dice, dealt, longest = Random(asked.die), Counter[str](), 0.0  # noqa: S311
    with tempfile.TemporaryDirectory() as scratch:
        undisturbed = Path(scratch) / "undisturbed"
        assert start(undisturbed, asked.runs).wait() == 0
        expected = digest_of(undisturbed)
        print(f"undisturbed: {expected[0]} runs in {expected[1]} files, hash {expected[2]}", flush=True)
        folders, process = [Path(scratch) / "0"], None
        while sum(dealt.values()) < asked.instants:
            if process is not None and process.poll() is not None:  # it ended by itself
                assert process.returncode == 0
                folders, process = [*folders, Path(scratch) / str(len(folders))], None
            process = process or start(folders[-1], asked.runs)
            victim = dice.choice(["worker", "sweep"])
            time.sleep(dice.uniform(0.05, LONGEST_WAIT))
            if process.poll() is not None:
                continue
            if victim == "sweep":
                longest, process = max(longest, outlived(process)), None
            elif workers := workers_of(process):
                dice.choice(workers).kill()
            else:
                continue  # none has come up yet
            dealt[victim] += 1
        assert (process or start(folders[-1], asked.runs)).wait() == 0
        assert start(folders[-1], asked.runs).wait() == 0
        found = [digest_of(folder) for folder in folders]
    print(f"dealt: {dealt['worker']} workers and {dealt['sweep']} sweeps killed, in {len(folders)} folders")
    for number, (n_runs, n_files, digest) in enumerate(found):
        print(f"folder {number}: {n_runs} runs in {n_files} files, hash {digest}")
    is_same = all((n_runs, digest) == (expected[0], expected[2]) for n_runs, _, digest in found)
    print(f"every run once, bit for bit as undisturbed: {'yes' if is_same else 'NO'}")
    kept = "kept" if longest <= MOST_SECONDS_OUTLIVED else "MISSED"
    print(f"a process outlived its killed sweep by at most {longest:.2f} s; at most {MOST_SECONDS_OUTLIVED:g}: {kept}")
    return int(not is_same or longest > MOST_SECONDS_OUTLIVED)


if __name__ == "__main__":
    sys.exit(main())
