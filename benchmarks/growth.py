"""Do time and memory grow in proportion to the illnesses, up to two million children?

Each size runs in a process of its own (after one that fills the compile cache), so that peak memory is its own. Time is
that of the weeks, without building the population, which is printed beside it. The exponent is the slope of log time
against log illnesses over all sizes: 1 is linear, 2 would be quadratic. A little above 1 is the processor's cache, which
holds the children of a zone but not those of twenty.

    python benchmarks/growth.py [--weeks 78] [--turns 3] [--sizes 10000 30000 ...]
"""

import argparse
import json
import math
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from model import calendar  # noqa: E402
from model.alliance import AllianceModel  # noqa: E402
from model.scenario import load_scenario  # noqa: E402

SIZES = (10_000, 30_000, 90_000, 300_000, 1_000_000, 2_000_000)
SMALLEST = 1_000
WEEKS = calendar.BURN_IN_WEEKS + 26
GREATEST_EXPONENT = 1.15
BYTES_PER_KILOBYTE = 1024  # ru_maxrss on Linux


def measure(n_children: int, n_weeks: int) -> dict[str, float]:
    """One world of this size in this process: times to build and to run it [s], illnesses, peak memory [bytes]."""
    scenario = load_scenario(ROOT / "scenarios" / "huaxi.toml")
    AllianceModel(scenario.with_settings({"population.n_children": SMALLEST})).run_until(n_weeks)  # loads machine code
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.perf_counter()
    model = AllianceModel(scenario.with_settings({"population.n_children": n_children}))
    built = time.perf_counter()
    model.run_until(n_weeks)
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "n_children": n_children,
        "build_seconds": built - begin,
        "run_seconds": done - built,
        "n_illnesses": int(model.weekly().n_illnesses.sum()),
        "engine_bytes": before * BYTES_PER_KILOBYTE,
        "peak_bytes": peak * BYTES_PER_KILOBYTE,
    }


def measure_apart(n_children: int, n_weeks: int) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, __file__, "--weeks", str(n_weeks), "--one", str(n_children)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return json.loads(done.stdout)


def median_of_turns(sizes: list[int], n_weeks: int, n_turns: int) -> list[dict[str, float]]:
    """Each size's figures, medians over processes; sizes take turns, so that a noisy hour hits all alike."""
    turns = [[measure_apart(size, n_weeks) for size in sizes] for _ in range(n_turns)]
    return [
        {name: statistics.median(found[name] for found in of_size) for name in of_size[0]} for of_size in zip(*turns, strict=True)
    ]


def slope(x: list[float], y: list[float]) -> float:
    """Slope of log y against log x by least squares [1]."""
    return statistics.linear_regression([math.log(value) for value in x], [math.log(value) for value in y]).slope


def line(found: dict[str, float]) -> str:
    """One size in words."""
    own_bytes = found["peak_bytes"] - found["engine_bytes"]
    return (
        f"{found['n_children']:10.0f} {found['n_illnesses']:11.0f} {found['build_seconds']:8.2f} "
        f"{found['run_seconds']:8.2f} {found['run_seconds'] / found['n_illnesses'] * 1e9:11.0f} "
        f"{found['peak_bytes'] / 1e6:9.0f} {own_bytes / found['n_children']:12.0f}"
    )


def main() -> int:
    """Print time and memory of each size and the fitted exponent; 1 if time grows faster than in proportion."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--one", type=int, help="measure this size in this process and print it as JSON")
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure(arguments.one, arguments.weeks)))
        return 0
    measure_apart(SMALLEST, arguments.weeks)
    results = median_of_turns(arguments.sizes, arguments.weeks, arguments.turns)
    print("  children   illnesses  build s    run s  ns/illness  peak MB  bytes/child")
    for found in results:
        print(line(found))
    illnesses = [found["n_illnesses"] for found in results]
    exponent = slope(illnesses, [found["run_seconds"] for found in results])
    with_building = slope(illnesses, [found["run_seconds"] + found["build_seconds"] for found in results])
    print(f"time against illnesses: exponent {exponent:.3f} (with building the population {with_building:.3f})")
    print(f"at most {GREATEST_EXPONENT:g}: {'kept' if exponent <= GREATEST_EXPONENT else 'MISSED'}")
    return int(exponent > GREATEST_EXPONENT)


if __name__ == "__main__":
    sys.exit(main())
