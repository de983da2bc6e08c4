"""What can be asked at a terminal? Every command with its options; the longer ones stand in files of their own.

Nothing heavy is imported before it is needed: a typing error must not wait for a compiler.
"""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from model.refusal import LONGEST_LINE, ScenarioError, cut, printable
from terminal import answer, calibrate, district, evidence, looking, many, odd, sensitivity, serve, validate
from terminal.looking import console
from terminal.progress import progress
from terminal.warned import warned

ROOT = Path(__file__).resolve().parent.parent
SCENARIOS = ROOT / "scenarios"
BAD_INPUT = 2

app = typer.Typer(
    add_completion=False,
    epilog="Examples: alliance run scenarios/huaxi.toml --seeds 20; alliance explain fund.surplus.reinvested_share",
)


def answered(words: Sequence[str]) -> int:
    """Answer one command line; returns the exit code. Raises StoppedError."""
    # Without a home it draws all the same, and would say so in three lines.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    try:
        check_here()
        with warned():
            code = typer.main.get_command(app).main(list(words), prog_name="alliance", standalone_mode=False)
    except ScenarioError as error:
        return refuse(str(error))
    except TyperException as error:
        return refuse(f"{error.format_message()} See 'alliance --help'.")
    except MemoryError:
        return refuse("population.n_children: memory ran out; allowed is a smaller population, see --children")
    return code if isinstance(code, int) else 0


def check_here() -> None:
    """Refuse to work in a folder that is gone, in which libraries do not even load; raises ScenarioError."""
    try:
        Path.cwd()
    except OSError:
        raise ScenarioError("the folder in which this was started", "is gone", "allowed is to start in one that is there") from None


def refuse(line: str) -> int:
    """Say in one line what is wrong; returns the exit code."""
    print(f"alliance: {cut(printable(' '.join(line.split())), LONGEST_LINE)}", file=sys.stderr)
    return BAD_INPUT


@app.callback(invoke_without_command=True)
def alliance(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version of the engine.")] = False,
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
    seeds: Annotated[str, typer.Option(metavar="N", help="How many seeds; several give 95 % intervals.")] = "1",
    settings: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Set a parameter.")] = None,
    from_date: Annotated[str | None, typer.Option("--from", metavar="DATE", help="When --set begins, if dated.")] = None,
    children: Annotated[str | None, typer.Option(metavar="N", help="Children in the zone; places in proportion.")] = None,
    weeks: Annotated[
        str | None, typer.Option(metavar="N", help="Weeks after the burn-in; 161 are history, 422 with five policy years.")
    ] = None,
    period: Annotated[
        str, typer.Option(metavar="NAME", help="What indicators cover: history, policy, case (both), burn_in.")
    ] = "history",
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write weekly.parquet and run.json there.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
) -> None:
    """Simulate a scenario: a burn-in year, the case to the end of 2020, then policy years."""
    from experiments.request import read_request
    from experiments.store import check_folder, write_files

    request = read_request(
        scenario, seed=seed, seeds=seeds, settings=settings or [], from_date=from_date, children=children, weeks=weeks,
        period=period,
    )  # fmt: skip
    if out is not None:
        check_folder(out)
    if request.says_nothing:
        note = f"{printable(Path(scenario).name)} says nothing: every parameter has its declared value"
        print(f"alliance: {note}, unless it is set here", file=sys.stderr)
    if request.hides_its_changes:
        print(f"alliance: every dated change lies after {request.period}; to see what follows: --period policy", file=sys.stderr)
    from experiments import record, report
    from experiments.run import run_seeds

    with progress(len(request.seeds) * request.n_weeks_in_all) as on_week:
        runs = run_seeds(request, on_week)
    if out is not None:
        write_files(out, record.result_files(request, runs))
    if as_json:
        sys.stdout.write(record.strict_json(record.outcome(request, runs)))
    else:
        console().print(report.summary(request, runs, out))


@app.command()
def scenarios(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Where to look.", show_default=False)] = SCENARIOS,
) -> None:
    """List the scenarios and the question that each asks."""
    if not folder.is_dir():
        raise ScenarioError(printable(folder.name), "no such folder", "allowed is a folder with scenario files")
    from experiments.report import scenario_list

    console().print(scenario_list(folder))


@app.command("explain")
def explain_parameter(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Such as fund.surplus.reinvested_share")],
) -> None:
    """Explain a parameter: meaning, value, range, source, where used."""
    from experiments.explain import explain

    found = explain(name)
    from experiments.report import explanation

    console().print(explanation(found))


@app.command()
def dashboard(port: Annotated[str, typer.Option(metavar="N", help="Where it listens.")] = "8765") -> None:
    """Open the simulator for a browser on this machine."""
    serve.serve(port=port)


for group in (looking, district, many, answer, calibrate, sensitivity, validate, evidence, odd, serve):
    for name, command in group.COMMANDS.items():
        app.command(name)(command)
