"""Is the engine compiled, and who compiles it if not?

Compiling takes some twenty seconds once and 400 MB that a process would keep for its life. So it is done by a process of its
own for each stage of the calendar, which runs a tiny world without Mesa and pandas, and whose machine code every later process
loads from disk in a second.
Where that is not possible (no cache folder, no second process) the engine compiles itself when it first runs.
"""

import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np

from agents import compiled
from model import (
    calendar,
    dice,
    genesis,
    illness,
    ledger,
    membership,
    month,
    opening,
    parameters,
    quarter,
    reorganise,
    week,
    year,
)
from model.examination import cut_for, sd_of_skill

SMALL = {"population.n_children": 300}
LONGEST_SECONDS = 600
STAGES = ("week", "month", "year")


@cache
def compile_apart() -> None:
    """Compile the engine in a process of its own unless it is compiled already; asked and answered once in a process."""
    if compiled.is_engine_warm():
        return
    root = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-m", "model.warm"]
    try:
        subprocess.run(command, cwd=root, check=False, capture_output=True, timeout=LONGEST_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return  # then the engine compiles itself in this process


def run_stage(stage: str) -> None:
    """Run every compiled entry point of a stage once, with the argument types of a real run; earlier stages come from disk."""
    values = parameters.defaults() | SMALL
    seed = dice.seed_key(1)
    with np.errstate(over="ignore"):
        world = genesis.begin(parameters.record(values), values, seed)
        world.hospital[0].cut, sd_skill = cut_for(world.params), sd_of_skill(world.params)
        membership.weigh_security(world.households, world.security, world.params[0])
        reorganise.reorganise(world)
        now = calendar.week(0)
        opening.set_clock(world.clock, 0, now.year, now.month, 1, 1, 1.0, 1.5, 1.0, world.tally, world.fund)
        if stage == "week":
            stream = illness.draw_season(world.params[0], seed, illness.exposure_of(world.children), 0)
            week.run_week(world, stream, 0, seed)
        elif stage == "month":
            month.end_month(world, seed)
            ledger.keep(world.books)
        else:
            quarter.end_quarter(world, seed, sd_skill)
            year.end_tariff(world, world.params)
            year.end_year(world, seed)


def run_stages() -> int:
    """Each stage in a process of its own, so that none holds the compiler's memory of all; returns the first bad exit code."""
    for stage in STAGES:
        done = subprocess.run([sys.executable, "-m", "model.warm", stage], check=False)
        if done.returncode:
            return done.returncode
    (compiled.cache_folder() / compiled.READY).touch()
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run_stage(sys.argv[1])
    else:
        sys.exit(run_stages())
