"""What can one ask of the simulator at a terminal?

    alliance run scenarios/huaxi.toml      simulate a scenario, for one seed or many
    alliance scenarios                     what there is, and which question each asks
    alliance explain NAME                  a parameter: meaning, value, range, source, where used
    alliance compare A B --seeds 20        paired differences with 95 % intervals, and the inputs that differ
    alliance trace SCENARIO --child N      one child's, doctor's or place's story, with each rule's numbers
    alliance answer --set KEY=VALUE        a policy under the four readings: what all of them say, what is undetermined
    alliance evidence                      where every number comes from
    alliance odd --check                   does the description (docs/odd.md) still say what the code does?
    alliance calibrate SCENARIO --out DIR  fit the free numbers to what is known
    alliance validate --out DIR            everything that can be checked, in one report
    alliance sensitivity SCENARIO --out D  which assumed numbers move the answers: Morris, then Sobol
    alliance network SCENARIO --out FILE   who is tied to whom in a week, as GraphML or a picture
    alliance dashboard                     the same world in a browser
    alliance serve                         the same for many: hardened, with a limit of sessions

Bad input is answered with one line and exit code 2, Ctrl-C with one line and 130. Nothing heavy is imported before it
is needed: a typing error must not wait for a compiler.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from typer.exceptions import TyperException

from model.refusal import LONGEST_LINE, ScenarioError, cut, printable
from terminal import answer, calibrate, district, evidence, looking, many, odd, sensitivity, serve, validate
from terminal.progress import progress
from terminal.stop import StoppedError
from terminal.warned import warned

ROOT = Path(__file__).resolve().parent
SCENARIOS = ROOT / "scenarios"
BAD_INPUT, STOPPED = 2, 130

app = typer.Typer(
    add_completion=False,
    epilog="Examples: alliance run scenarios/huaxi.toml --seeds 20; alliance explain fund.surplus.reinvested_share",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one command line; returns the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        with warned():
            code = typer.main.get_command(app).main(words, prog_name="alliance", standalone_mode=False)
        sys.stdout.flush()
    except ScenarioError as error:
        return refuse(str(error))
    except TyperException as error:
        return refuse(f"{error.format_message()} See 'alliance --help'.")
    except StoppedError as stopped:
        print(f"alliance: {stopped}", file=sys.stderr)
        return STOPPED
    except MemoryError:
        return refuse("population.n_children: memory ran out; allowed is a smaller population, see --children")
    except BrokenPipeError:  # the reader of the pipe left: nothing more to say, not even on exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    if code == STOPPED:
        print("alliance: stopped; no results were written", file=sys.stderr)
    return code if isinstance(code, int) else 0


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
        Console().print(report.summary(request, runs, out))


@app.command()
def scenarios(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Where to look.", show_default=False)] = SCENARIOS,
) -> None:
    """List the scenarios and the question that each asks."""
    if not folder.is_dir():
        raise ScenarioError(printable(folder.name), "no such folder", "allowed is a folder with scenario files")
    from experiments.report import scenario_list

    Console().print(scenario_list(folder))


@app.command("explain")
def explain_parameter(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Such as fund.surplus.reinvested_share")],
) -> None:
    """Explain a parameter: meaning, value, range, source, where used."""
    from experiments.explain import explain

    found = explain(name)
    from experiments.report import explanation

    Console().print(explanation(found))


@app.command()
def dashboard(port: Annotated[str, typer.Option(metavar="N", help="Where it listens.")] = "8765") -> None:
    """Open the simulator for a browser on this machine."""
    serve.serve(port=port)


for group in (looking, district, many, answer, calibrate, sensitivity, validate, evidence, odd, serve):
    for name, command in group.COMMANDS.items():
        app.command(name)(command)


if __name__ == "__main__":
    sys.exit(main())
