"""Is the engine compiled, and who compiles it if not?

Compiling takes some twenty seconds once and 400 MB that a process would keep for its life. So it is done by a process of its
own, which runs a tiny world without Mesa and pandas, and whose machine code every later process loads from disk in a second.
Where that is not possible (no cache folder, no second process) the engine compiles itself when it first runs.
"""

import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np

from agents import compiled
from model import calendar, dice, genesis, illness, month, opening, parameters, quarter, week, year
from model.examination import cut_for, sd_of_skill

SMALL = {"population.n_children": 300}
LONGEST_SECONDS = 600


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


def run_everything() -> None:
    """Run every compiled entry point once, with the argument types of a real run."""
    values = parameters.defaults() | SMALL
    seed = dice.seed_key(1)
    with np.errstate(over="ignore"):
        world = genesis.begin(parameters.record(values), values, seed)
        world.hospital[0].cut, sd_skill = cut_for(world.params), sd_of_skill(world.params)
        quarter.reorganise(world)
        stream = illness.draw_season(world.params[0], seed, illness.exposure_of(world.children), 0)
        now = calendar.week(0)
        opening.set_clock(world.clock, 0, now.year, now.month, 1, 1, 1.0, 1.5, 1.0, world.tally)
        week.run_week(world, stream, 0, seed)
        month.end_month(world, seed)
        quarter.end_quarter(world, seed, sd_skill)
        year.end_tariff(world, world.params)
        year.end_year(world)
    (compiled.cache_folder() / compiled.READY).touch()


if __name__ == "__main__":
    run_everything()
