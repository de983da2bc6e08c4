"""What can one ask of the simulator at a terminal?

    alliance run scenarios/huaxi.toml      simulate a scenario, for one seed or many
    alliance scenarios                     what there is, and which question each asks
    alliance explain NAME                  a parameter: meaning, value, range, source, where used
    alliance dashboard                     the same world in a browser

Bad input is answered with one line and exit code 2, Ctrl-C with one line and 130. Nothing heavy is imported before it is
needed: a typing error must not wait for a compiler.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from typer.exceptions import TyperException

from model.refusal import LONGEST_LINE, ScenarioError, cut, printable, shortened

if TYPE_CHECKING:
    from model.scenario import Scenario

ROOT = Path(__file__).resolve().parent
LARGEST_SEED = 2**32 - 1
MOST_SEEDS = 1_000
RESULT_FILES = ("weekly.parquet", "run.json")
BAD_INPUT, STOPPED = 2, 130

app = typer.Typer(
    add_completion=False,
    help="A simulated medical alliance: who refers, who pays, who joins, and what comes of it.",
    epilog="Examples: 'alliance run scenarios/huaxi.toml --seeds 20', 'alliance explain fund.surplus.reinvested_share'",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one command line; returns the exit code."""
    command = typer.main.get_command(app)
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = command.main(words, prog_name="alliance", standalone_mode=False)
        sys.stdout.flush()
    except ScenarioError as error:
        return _refuse(str(error))
    except TyperException as error:
        return _refuse(f"{error.format_message()} See 'alliance --help'.")
    except MemoryError:
        return _refuse("population.n_children: memory ran out; allowed is a smaller population, see --children")
    except BrokenPipeError:  # the reader of a pipe left: nothing more to say, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    if code == STOPPED:
        print("alliance: stopped; no results were written", file=sys.stderr)
    return code if isinstance(code, int) else 0


def _refuse(line: str) -> int:
    print(f"alliance: {cut(printable(' '.join(line.split())), LONGEST_LINE)}", file=sys.stderr)
    return BAD_INPUT


def _whole(option: str, text: str, low: int, high: int) -> int:
    """The whole number given to an option; raises ScenarioError."""
    try:
        value = int(text)
    except ValueError:
        value = low - 1
    if not low <= value <= high:
        raise ScenarioError(option, shortened(text), f"allowed is a whole number from {low:,} to {high:,}")
    return value


@app.callback(invoke_without_command=True)
def alliance(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version of the engine and exit.")] = False,
) -> None:
    """A simulated medical alliance: who refers, who pays, who joins, and what comes of it."""
    if version:
        from experiments.record import engine_version

        print(f"alliance {engine_version()}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())


@app.command()
def run(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario file: scenarios/huaxi.toml")],
    seed: Annotated[str, typer.Option(metavar="N", help="The luck of the world; the first of several.")] = "1",
    seeds: Annotated[str | None, typer.Option(metavar="N", help="Run N seeds: means and 95 % intervals.")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Set a parameter.")] = None,
    from_date: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="When the --set settings begin. [default: at once]")
    ] = None,
    children: Annotated[str | None, typer.Option(metavar="N", help="Children in the zone; places shrink along.")] = None,
    weeks: Annotated[
        str | None, typer.Option(metavar="N", help="Weeks after the burn-in. [default: 422, to the end of 2025]")
    ] = None,
    period: Annotated[
        str, typer.Option(metavar="PERIOD", help="What indicators cover: history, policy, case (both) or burn_in.")
    ] = "history",
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write weekly.parquet and run.json into this folder.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
) -> None:
    """Simulate a scenario: a burn-in year, the case to the end of 2020, then policy years."""
    from experiments import record, report, store
    from experiments.run import MOST_WEEKS, check_period, run_seeds, warm_engine

    n_seeds = _whole("--seeds", seeds or "1", 1, MOST_SEEDS)
    first = _whole("--seed", seed, 0, LARGEST_SEED - n_seeds + 1)
    n_weeks = _whole("--weeks", weeks, 1, MOST_WEEKS) if weeks is not None else MOST_WEEKS
    check_period(period, n_weeks)
    if out is not None:
        store.check_folder(out, RESULT_FILES)
    asked = _asked(scenario, settings or [], from_date, children, n_weeks)
    with _progress(n_seeds * (n_weeks + 52)) as (on_week, on_compile):
        ...
