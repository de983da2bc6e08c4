"""A policy under the four readings of the known figures: what all four say, and what stays undetermined.

alliance answer --set KEY=VALUE            one policy, a verdict for each figure
alliance answer --page docs/answers.md     the planner's questions, as a page with pictures
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from model.refusal import ScenarioError
from terminal.district import check_file
from terminal.looking import AsJson, Children, console, print_json
from terminal.progress import progress


def answer(
    settings: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="What the policy changes.")] = None,
    from_date: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="When the policy begins.  [first policy week]")
    ] = None,
    seeds: Annotated[str, typer.Option(metavar="N", help="How many seeds in each reading, from 2.")] = "20",
    seed: Annotated[str, typer.Option(metavar="N", help="The first of them.")] = "301",
    children: Children = None,
    workers: Annotated[str, typer.Option(metavar="N", help="Processes on this machine.")] = "2",
    indicator: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Show another indicator too.")] = None,
    readings: Annotated[Path | None, typer.Option(metavar="DIR", help="Four readings of your own.  [scenarios/readings]")] = None,
    page: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the page of the planner's questions, a .md file.")
    ] = None,
    points: Annotated[str, typer.Option(metavar="N", help="With --page: points of each posterior sample.")] = "24",
    runs: Annotated[
        Path | None, typer.Option(metavar="FILE", help="With --page: take the runs of an earlier page, simulate nothing.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Run a policy under all four readings of what is known: what all of them say, and what is undetermined."""
    from experiments.answers.readings import FOLDER

    folder = readings or FOLDER
    options = {"seeds": seeds, "seed": seed, "children": children, "workers": workers}
    if page is not None:
        for option, is_given in (("--set", settings), ("--from", from_date), ("--indicator", indicator), ("--json", as_json)):
            if is_given:
                raise ScenarioError(option, "--page is given too", "allowed is one of the two")
        write_page(page, folder, points, runs, options)
        return
    if runs is not None:
        raise ScenarioError("--runs", "is given without --page", "allowed is --runs with --page")
    answer_one(settings or [], from_date, indicator or [], folder, options, as_json=as_json)


Options = dict[str, str | None]


def answer_one(
    settings: list[str], from_date: str | None, indicators: list[str], folder: Path, options: Options, *, as_json: bool
) -> None:
    """Print what becomes of one policy."""
    from experiments.answers.policy import check_indicator
    from experiments.answers.under_all import ask, outcome
    from model.settings import read_settings

    others = [check_indicator(name) for name in indicators]
    asked = ask(read_settings(settings, "--set"), from_date, readings=folder, **options)  # pyright: ignore[reportArgumentType]
    with progress(len(asked.tasks)) as on_task:
        frame = asked.answered(on_task)
    if as_json:
        print_json(outcome(asked, frame))
        return
    from experiments.answers.table import answer_table

    console().print(answer_table(asked, frame, others), highlight=False)


def write_page(page: Path, folder: Path, points: str, runs: Path | None, options: Options) -> None:
    """Write the page, its pictures and its runs."""
    check_file("--page", page, (".md",))
    from experiments.answers.page_files import ask_page, page_files, read_runs
    from experiments.answers.readings import four_readings
    from experiments.store import write_files

    if runs is not None:
        four = four_readings(folder)
        table = read_runs(runs, four)
    else:
        asked = ask_page(folder, points, **options)  # pyright: ignore[reportArgumentType]
        four = asked.readings
        with progress(len(asked.tasks)) as on_task:
            table = asked.answered(on_task)
    files = page_files(page.stem, table, four)
    write_files(page.parent, files)
    print(f"Written: {', '.join(files)}.")


COMMANDS: dict[str, Callable[..., None]] = {"answer": answer}
