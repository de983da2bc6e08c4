"""What does it cost that every die is keyed by who, when and what for, instead of drawn from a generator?

The engine's week loop as it is, against the same loop in a temporary copy of the sources whose `die` and `hashed` draw
from numba's own generator (Mersenne Twister). Each runs in a process of its own with a compile cache of its own, and
they take turns. Luck differs between the two (a generator throws anew what one keyed die settles for a whole illness), so
times are taken per illness and per visit. Printed twice: the week loop alone, and together with drawing the seasons'
potential illnesses, whose instants stay keyed in both.

    python benchmarks/dice.py [--children 90000] [--turns 21] [--weeks 474]
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[1]
GREATEST_RATIO = 1.05

GENERATOR = """

_keyed_hashed = hashed


@compiled
def keyed_die(seed, purpose, who, which, n):
    return np.float64(_keyed_hashed(seed, purpose, who, which, n) >> _SHIFT_11) * _UNIT


@compiled
def hashed(seed, purpose, who, which, n):
    return np.uint64(np.random.random() / _UNIT) << _SHIFT_11


@compiled
def die(seed, purpose, who, which, n):
    return np.random.random()


@compiled
def seed_generator(seed):
    np.random.seed(seed)
"""

# The engine looks twice at the instant of each potential illness, which a generator cannot do: instants stay keyed.
INSTANTS = """

@compiled
def minute_of_season(seed, child, number):
    return int(dice.keyed_die(seed, dice.ILLNESS_TIME, child, number, 0) * MINUTES_PER_SEASON)
"""


def timed(function: Callable[..., Any], times: list[float]) -> Callable[..., Any]:
    """The function, with the time of each call put into `times` [s]."""

    def call(*arguments: Any) -> Any:
        begin = time.perf_counter()
        found = function(*arguments)
        times.append(time.perf_counter() - begin)
        return found

    return call


def work(folder: Path, n_children: int, n_weeks: int) -> None:
    """In a process of its own: run one world for each line that comes in and answer with its figures."""
    sys.path.insert(0, str(folder))
    from model import dice, illness, week
    from model.alliance import AllianceModel
    from model.scenario import load_scenario

    scenario = load_scenario(ROOT / "scenarios" / "huaxi.toml").with_settings({"population.n_children": n_children})
    in_weeks: list[float] = []
    in_seasons: list[float] = []
    week.run_week, illness.draw_season = timed(week.run_week, in_weeks), timed(illness.draw_season, in_seasons)
    for _ in sys.stdin:
        in_weeks.clear()
        in_seasons.clear()
        if hasattr(dice, "seed_generator"):
            dice.seed_generator(1)
        weekly = AllianceModel(scenario, 1).run_until(n_weeks).weekly()
        counts = {name: int(weekly[name].sum()) for name in ("n_potential_illnesses", "n_illnesses", "n_visits")}
        print(json.dumps({"weeks": sum(in_weeks), "seasons": sum(in_seasons), **counts}), flush=True)


class Worker:
    """One engine in a process of its own, with its sources and its compile cache in `folder`."""

    def __init__(self, folder: Path, arguments: argparse.Namespace) -> None:
        command = [sys.executable, __file__, "--children", str(arguments.children), "--weeks", str(arguments.weeks)]
        self.process = subprocess.Popen(  # noqa: S603
            [*command, "--folder", str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | {"ALLIANCE_CACHE": str(folder / "cache")},
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def ask(self) -> None:
        """Let it run one world."""
        self.process.stdin.write("run\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, float]:
        """The figures of that world."""
        return json.loads(self.process.stdout.readline())

    def run(self) -> dict[str, float]:
        """One world's figures."""
        self.ask()
        return self.answer()


def copy_sources(folder: Path, is_keyed: bool) -> Path:
    """A copy of the engine's sources, with keyed dice or with those of the generator."""
    for name in ("agents", "model"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    if not is_keyed:
        for name, replacement in (("dice.py", GENERATOR), ("illness.py", INSTANTS)):
            with (folder / "model" / name).open("a", encoding="utf-8") as file:
                file.write(replacement)
    return folder


def compare(arguments: argparse.Namespace) -> int:
    """Run both in turns and print the ratios; 1 if keyed dice cost more than the bar allows."""
    with ExitStack() as stack:
        at = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        keyed = stack.enter_context(Worker(copy_sources(at / "keyed", is_keyed=True), arguments))
        drawn = stack.enter_context(Worker(copy_sources(at / "drawn", is_keyed=False), arguments))
        for worker in (keyed, drawn):  # both compile at once
            worker.ask()
        for worker in (keyed, drawn):
            worker.answer()
        turns = [(keyed.run(), drawn.run()) for _ in range(arguments.turns)]
    return report(turns)


def per_unit(world: dict[str, float], parts: tuple[str, ...], unit: str) -> float:
    """Time of these parts of a world per illness or visit [ns]."""
    return sum(world[part] for part in parts) / world[unit] * 1e9


def report(turns: list[tuple[dict[str, float], dict[str, float]]]) -> int:
    """Print the figures of all turns; 1 if the bar is missed, per illness or per visit."""
    for name in ("n_potential_illnesses", "n_illnesses", "n_visits"):
        print(f"{name:40s} keyed {turns[0][0][name]:10.0f}   generator {turns[0][1][name]:10.0f}")
    ratios = {}
    for name, parts in (("week loop", ("weeks",)), ("week loop and seasons", ("weeks", "seasons"))):
        for unit in ("n_illnesses", "n_visits"):
            pairs = [(per_unit(keyed, parts, unit), per_unit(drawn, parts, unit)) for keyed, drawn in turns]
            keyed_ns, drawn_ns = (statistics.median(side) for side in zip(*pairs, strict=True))
            ratios[name, unit] = ratio = statistics.median(keyed / drawn for keyed, drawn in pairs)
            what = f"{name}, ns / {unit}"
            print(f"{what:40s} keyed {keyed_ns:10.0f}   generator {drawn_ns:10.0f}   ratio {ratio:.3f}")
    ratio = max(ratios["week loop", "n_illnesses"], ratios["week loop", "n_visits"])
    print(f"week loop, keyed / generator at most {GREATEST_RATIO:g}: {'kept' if ratio <= GREATEST_RATIO else 'MISSED'}")
    return int(ratio > GREATEST_RATIO)


def main() -> int:
    """Compare, or work for a comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--children", type=int, default=90_000)
    parser.add_argument("--weeks", type=int, default=474)
    parser.add_argument("--turns", type=int, default=21)
    parser.add_argument("--folder", type=Path, help="work with the engine in this folder")
    arguments = parser.parse_args()
    if arguments.folder:
        work(arguments.folder, arguments.children, arguments.weeks)
        return 0
    return compare(arguments)


if __name__ == "__main__":
    sys.exit(main())
