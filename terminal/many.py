"""Many runs: sweep, plan a sweep, query what it wrote.

alliance sweep SCENARIO --vary KEY=low:high:n --seeds 20 --out DIR     run all of it, or what is missing of it
alliance sweep DIR                                                     go on with the sweep of a folder
alliance plan SCENARIO --vary ...                                      time, memory and disk beforehand
alliance query DIR "select ..."                                        ask the results in SQL
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from model.refusal import ScenarioError
from model.typed import typed
from terminal.looking import console
from terminal.stop import stoppable

if TYPE_CHECKING:
    from experiments.sweep.verify import Verified

MOST_ROWS_SHOWN = 1_000

ScenarioOption = Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario, a sweep file, or the folder of a sweep.")]
VaryOption = Annotated[
    list[str] | None, typer.Option("--vary", metavar="KEY=VALUES", help="low:high:n, or a,b,c. All are combined.")
]
SeedsOption = Annotated[str | None, typer.Option(metavar="N", help="How many seeds for each point, or which: 3,7.  [1]")]
SeedOption = Annotated[str | None, typer.Option(metavar="N", help="The first seed.  [1]")]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="When varied values begin; 'start': the first day.  [2020-12-28]")
]
WeeksOption = Annotated[
    str | None, typer.Option(metavar="N", help="Weeks after the burn-in.  [to the end of the scenario's policy years]")
]
ChildrenOption = Annotated[str | None, typer.Option(metavar="N", help="Children in the zone.")]
PeriodOption = Annotated[str | None, typer.Option(metavar="NAME", help="What indicators cover.  [policy]")]
WeeklyOption = Annotated[bool | None, typer.Option("--weekly", help="Keep the weekly curves of the period too.")]
WorkersOption = Annotated[str, typer.Option(metavar="N", help="Processes on this machine.")]
ShardOption = Annotated[str, typer.Option(metavar="I/N", help="Do only this part of the chunks, for job arrays.")]
ChunkOption = Annotated[str | None, typer.Option(metavar="N", help="Runs in a chunk; left out: a second or two of work.")]


def sweep(
    scenario: ScenarioOption,
    vary: VaryOption = None,
    seeds: SeedsOption = None,
    seed: SeedOption = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the runs are kept.")] = None,
    from_date: FromOption = None,
    weeks: WeeksOption = None,
    children: ChildrenOption = None,
    period: PeriodOption = None,
    weekly: WeeklyOption = None,
    workers: WorkersOption = "2",
    on: Annotated[str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler: dask://HOST:PORT")] = None,
    shard: ShardOption = "1/1",
    chunk: ChunkOption = None,
    timeout: Annotated[str, typer.Option(metavar="SECONDS", help="Longest time of a run.")] = "3600",
    memory: Annotated[str | None, typer.Option(metavar="MB", help="Most memory of a worker.  [twice what is usual]")] = None,
    again: Annotated[bool, typer.Option("--again", help="Try runs once more that failed.")] = False,
) -> None:
    """Run every combination of varied values for every seed; what is in DIR already is found, not run."""
    from experiments.sweep.means import read_means
    from experiments.sweep.read import read_design, said_in_options

    means = read_means(workers=workers, on=on, shard=shard, chunk=chunk, timeout=timeout, memory=memory, again=again)
    path, folder = _where(scenario, out)
    if folder is None:
        raise ScenarioError("--out", "is not given", "allowed is --out DIR, the folder in which the runs are kept")
    said = _said(seeds=seeds, seed=seed, from_date=from_date, weeks=weeks, children=children, period=period, weekly=weekly)
    design, source = read_design(path, vary or [], said_in_options(said))
    from experiments.sweep.progress import progress

    place = typed(folder)
    with stoppable(f"finished runs are kept, and this goes on with the rest: alliance sweep {place}"), progress() as listeners:
        listeners.named(0, design.n_runs)  # before what takes a second to load
        from experiments.sweep.carry_out import carry_out
        from experiments.sweep.summary import COLUMNS, summary

        course = carry_out(design, source, folder, means, listeners, COLUMNS)
    console().print(summary(design, course, folder, means.shard))


def plan(
    scenario: ScenarioOption,
    vary: VaryOption = None,
    seeds: SeedsOption = None,
    seed: SeedOption = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the runs would be kept; those there count as done.")
    ] = None,
    from_date: FromOption = None,
    weeks: WeeksOption = None,
    children: ChildrenOption = None,
    period: PeriodOption = None,
    weekly: WeeklyOption = None,
    workers: WorkersOption = "2",
    shard: ShardOption = "1/1",
    chunk: ChunkOption = None,
) -> None:
    """Tell beforehand how long a sweep will take, how much memory and how much disk; nothing is written."""
    from experiments.sweep.means import read_means
    from experiments.sweep.read import read_design, said_in_options

    means = read_means(workers=workers, shard=shard, chunk=chunk)
    path, folder = _where(scenario, out)
    said = _said(seeds=seeds, seed=seed, from_date=from_date, weeks=weeks, children=children, period=period, weekly=weekly)
    design, _ = read_design(path, vary or [], said_in_options(said))
    from experiments.sweep.progress import progress

    with progress() as listeners:
        listeners.named(0, design.n_runs)  # before what takes a second to load
        from experiments.sweep.estimate import estimate
        from experiments.sweep.folder import check_frame
        from experiments.sweep.summary import prospect

        if folder is not None:
            check_frame(folder, design.frame)
        ahead = estimate(design, means, folder, listeners)
    console().print(prospect(design, ahead, means))


def query(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a sweep.")],
    sql: Annotated[str, typer.Argument(metavar="SQL", help="select ... from runs")],
    as_csv: Annotated[bool, typer.Option("--csv", help="Print comma-separated values.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a list of JSON objects, one a row.")] = False,
) -> None:
    """Ask the results of a sweep in SQL: views runs, all_runs, weekly; one SELECT, which changes nothing."""
    if as_csv and as_json:
        raise ScenarioError("--csv", "--json is given too", "allowed is one of the two")
    from experiments.spreadsheet import csv_for
    from experiments.sweep.query import query as ask
    from experiments.sweep.summary import answer, answer_as_json

    rows = ask(folder, sql, _say_of_files)
    if as_csv:
        sys.stdout.write(csv_for(sys.stdout, rows.to_csv(index=False, lineterminator="\n")))
    elif as_json:
        sys.stdout.write(answer_as_json(rows))
    else:
        console().print(answer(rows.head(MOST_ROWS_SHOWN)))
        if len(rows) > MOST_ROWS_SHOWN:
            print(f"alliance: {MOST_ROWS_SHOWN:,} of {len(rows):,} rows are shown; --csv and --json give all", file=sys.stderr)


def _say_of_files(found: "Verified") -> None:
    for line in found.lines():
        print(f"alliance: {line}", file=sys.stderr)


COMMANDS: dict[str, Callable[..., None]] = {"sweep": sweep, "plan": plan, "query": query}


def _where(scenario: str, out: Path | None) -> tuple[str, Path | None]:
    """The file to read and the folder to write; a folder alone is both."""
    if Path(scenario).is_dir():
        from experiments.sweep.folder import SWEEP, read_folder

        read_folder(Path(scenario))  # refuses a folder without a sweep, or a damaged one
        return str(Path(scenario) / SWEEP), out or Path(scenario)
    return scenario, out


def _said(*, from_date: str | None, weekly: bool | None, **options: str | None) -> Mapping[str, str | None]:
    return options | {"from": from_date, "weekly": None if weekly is None else str(weekly).lower()}
