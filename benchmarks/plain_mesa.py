"""What does it cost to write the same rules as a plain Mesa model: ordinary agents with ordinary attributes?

First the results: at 2,000 children over the burn-in and one year every weekly count of the plain model
(plain_mesa_model/) and the fund's reserve, to the fen, must equal the engine's. Only the count of potential illnesses
is left out, which the plain model throws for children of the register alone. Then the times, in turns, of running the
same weeks; building the population is left out on both sides.

The plain model is an honest opponent: profiled (`--profile`) and tuned, rules called as plain Python functions, state
in lists and attributes, no numpy number anywhere, nearest providers found once a quarter, prices remembered. It covers
everything but scenarios with dated changes.

    python benchmarks/plain_mesa.py [--weeks 104] [--turns 3] [--seed 1] [--set KEY VALUE] [--profile]
"""

import argparse
import cProfile
import pstats
import statistics
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from plain_mesa_model.world import FINGERPRINT, PlainAlliance  # noqa: E402

from model import calendar, ledger  # noqa: E402
from model.alliance import AllianceModel  # noqa: E402
from model.scenario import Scenario, load_scenario  # noqa: E402
from model.tally import TALLY  # noqa: E402

WEEKS = calendar.BURN_IN_WEEKS + 52
SIZE_OF_FINGERPRINT, SIZES = 2_000, (2_000, 10_000)
OTHERS = tuple(
    field.name for field in TALLY if field.name not in (*FINGERPRINT, "n_potential_illnesses")
)  # what is compared besides


def fingerprint_of_engine(scenario: Scenario, seed: int, n_weeks: int) -> list[dict[str, Any]]:
    """Every weekly count of the engine and the fund's reserve [fen], a row a week."""
    model, rows = AllianceModel(scenario, seed), []
    for week in range(n_weeks):
        model.step()
        tally = model.tallies[week][0]
        row = {name: tally[name].item() for name in (*FINGERPRINT, *OTHERS)}
        rows.append(row | {"reserve_fen": model.world.books.balance[ledger.FUND_RESERVE].item()})
    return rows


def fingerprint_of_plain(scenario: Scenario, seed: int, n_weeks: int) -> list[dict[str, Any]]:
    """The same of the plain model."""
    model = PlainAlliance(scenario, seed).run_until(n_weeks)
    collected = model.collector.get_model_vars_dataframe().to_dict("records")
    return [row | {name: getattr(tally, name) for name in OTHERS} for row, tally in zip(collected, model.tallies, strict=True)]


def first_difference(engine: list[dict[str, Any]], plain: list[dict[str, Any]]) -> str:
    """The first week and count that differ, in words; empty if nothing does."""
    for week, (ours, theirs) in enumerate(zip(engine, plain, strict=True)):
        for name, value in ours.items():
            if value != theirs[name]:
                return f"week {week}: {name} is {value} in the engine and {theirs[name]} in the plain model"
    return ""


def time_of(model: AllianceModel | PlainAlliance, n_weeks: int) -> float:
    """Time of running the weeks [s]."""
    begin = time.perf_counter()
    model.run_until(n_weeks)
    return time.perf_counter() - begin


def compare_times(scenario: Scenario, n_weeks: int, n_turns: int) -> str:
    """Both models in turns, in words."""
    n_illnesses = AllianceModel(scenario).run_until(n_weeks).weekly().n_illnesses.sum()  # warm-up
    engine, plain = [], []
    for _ in range(n_turns):
        engine.append(time_of(AllianceModel(scenario), n_weeks))
        plain.append(time_of(PlainAlliance(scenario), n_weeks))
    ratio = statistics.median(slow / fast for slow, fast in zip(plain, engine, strict=True))
    engine_seconds, plain_seconds = statistics.median(engine), statistics.median(plain)
    return (
        f"{scenario.values['population.n_children']:6d} children, {n_weeks} weeks, {n_illnesses} illnesses: "
        f"engine {engine_seconds:.3f} s, plain Mesa {plain_seconds:.3f} s "
        f"({plain_seconds / n_illnesses * 1e6:.0f} µs per illness), ratio {ratio:.0f}"
    )


def profile(scenario: Scenario, n_weeks: int) -> None:
    """Where the plain model's time goes."""
    model, profiler = PlainAlliance(scenario), cProfile.Profile()
    profiler.runcall(model.run_until, n_weeks)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(30)


def main() -> int:
    """Compare results, then times; 1 if results differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--set", nargs=2, action="append", default=[], metavar=("KEY", "VALUE"))
    parser.add_argument("--profile", action="store_true")
    arguments = parser.parse_args()
    scenario = load_scenario(ROOT / "scenarios" / "huaxi.toml")
    scenario = scenario.with_settings({key: float(value) for key, value in arguments.set})
    small = scenario.with_settings({"population.n_children": SIZE_OF_FINGERPRINT})
    engine = fingerprint_of_engine(small, arguments.seed, arguments.weeks)
    difference = first_difference(engine, fingerprint_of_plain(small, arguments.seed, arguments.weeks))
    print(difference or f"equal fingerprints: {len(engine)} weeks, {len(engine[0])} weekly figures, seed {arguments.seed}")
    if arguments.profile:
        profile(small, arguments.weeks)
        return int(bool(difference))
    for size in arguments.sizes:
        print(compare_times(scenario.with_settings({"population.n_children": size}), arguments.weeks, arguments.turns))
    return int(bool(difference))


if __name__ == "__main__":
    sys.exit(main())
