"""Is the engine compiled, and who compiles it if not?

Compiling takes some twenty seconds once and 400 MB that a process would keep for its life. So it is done by a process of its
own for each stage of the calendar, which runs a tiny world without Mesa and pandas, and whose machine code every later process
loads from disk in a second. It takes as long as it takes: on a slow machine a line says now and then that it goes on.
Where that is not possible (no folder to write to, no second process) the engine compiles itself when it first runs.

    python -m model.warm    compile now: for a cache that others will only read (ALLIANCE_CACHE=DIR)
"""

import os
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path

import numpy as np

from agents import compiled
from agents.cache import MachineCode, say_once
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
ROOT = Path(__file__).resolve().parent.parent
SIGN_OF_LIFE_SECONDS = 300
NOT_KEPT = 3  # exit code of a stage whose machine code could not be written
STAGES = ("week", "month", "year")


@cache
def compile_apart() -> None:
    """Compile the engine in processes of its own unless it is compiled already; asked and answered once in a process."""
    place = compiled.PLACE
    if compiled.is_engine_warm() or place is None or place.problem:
        return
    try:
        code = run_stages(output=subprocess.DEVNULL)
    except OSError as error:  # no second process
        code = error.errno or 1
    if code and code != NOT_KEPT:  # what cannot be kept, this process finds out and says itself
        say_once(f"the engine could not be compiled by a process of its own (exit code {code}) and compiles in each")


def run_stages(output: int | None = None) -> int:
    """Each stage in a process of its own, so that none holds the compiler's memory of all; returns the first bad exit code.

    Raises OSError.
    """
    for stage in STAGES:
        code = _run_apart(stage, output)
        if code:
            return code
    if compiled.PLACE is not None:
        compiled.PLACE.mark_ready()
    return 0


def _run_apart(stage: str, output: int | None) -> int:
    """Wait for the process of a stage, however long it takes; it never outlives this one. Returns its exit code."""
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    command, surroundings = [sys.executable, "-m", "model.warm", stage], os.environ | {"PYTHONPATH": paths}
    with subprocess.Popen(
        command, cwd=ROOT, env=surroundings, stdin=subprocess.PIPE, stdout=output, stderr=output
    ) as process:  # fmt: skip
        try:
            return _waited(process)
        except BaseException:
            process.kill()
            raise


def _waited(process: subprocess.Popen[bytes]) -> int:
    n_minutes = 0
    while True:
        try:
            return process.wait(SIGN_OF_LIFE_SECONDS)
        except subprocess.TimeoutExpired:
            n_minutes += SIGN_OF_LIFE_SECONDS // 60
            sys.stderr.write(f"alliance: still compiling the engine, once ({n_minutes} minutes)\n")


def _end_with_parent() -> None:
    """The process that asked holds the other end of standard input: its end closes it, however it came."""

    def wait_for_end() -> None:
        os.read(0, 1)
        os._exit(1)

    threading.Thread(target=wait_for_end, name="parent", daemon=True).start()


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


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _end_with_parent()
        run_stage(sys.argv[1])
        sys.exit(NOT_KEPT if MachineCode.lost else 0)
    else:
        sys.exit(run_stages())
