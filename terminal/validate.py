"""Can it be believed? Everything that can be checked, in one command and one report.

alliance validate scenarios/huaxi.toml --out results/validation            everything
alliance validate --out results/validation --quick                         less of everything
alliance validate --out results/validation --without mechanisms            and says that they were left out
"""

import shlex
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from model.refusal import ScenarioError, printable, shortened
from terminal.looking import console
from terminal.stop import stoppable

if TYPE_CHECKING:
    from experiments.validation.course import Asked
    from experiments.validation.report import Report

HUAXI = Path(__file__).resolve().parent.parent / "scenarios" / "huaxi.toml"
DECIDED_OTHERWISE = 1
LONGEST_LIST = 5


def validate(
    scenario: Annotated[
        Path, typer.Argument(metavar="[SCENARIO]", help="A scenario file; left out: the case.", show_default=False)
    ] = HUAXI,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the report is written, and what is done is kept.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer runs of everything, some minutes.")] = False,
    workers: Annotated[str, typer.Option(metavar="N", help="Processes on this machine.")] = "2",
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="NAME", help="Leave out: mechanisms, fit, twin, extremes, ...")
    ] = None,
    today: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The day that the report bears.  [today]")
    ] = None,
) -> None:
    """Check everything that can be checked, and write one report as HTML and Markdown; exit code 1 if a failure is new."""
    from experiments.request import whole_number
    from experiments.store import check_folder
    from experiments.sweep.means import MOST_WORKERS

    if out is None:
        raise ScenarioError("--out", "is not given", "allowed is --out DIR, where the report is written")
    day = read_day(today)
    n_workers = whole_number("--workers", workers, 1, MOST_WORKERS)
    check_folder(out)
    from experiments.validation.course import FULL, QUICK, read_asked

    asked = read_asked(scenario, QUICK if quick else FULL, n_workers, without or [])
    report = carry_out(asked, out, day, command_of(scenario, out, quick=quick, without=asked.left_out))
    console().print(
        f"{report.conclusion()}. {printable(str(out / 'validation.html'))}", markup=False, highlight=False, soft_wrap=True
    )
    unexpected = report.unexpected()
    if unexpected:
        names = "; ".join(check.name for check in unexpected[:LONGEST_LIST])
        more = f" and {len(unexpected) - LONGEST_LIST} more" if len(unexpected) > LONGEST_LIST else ""
        print(f"alliance: {len(unexpected)} checks fail that nobody expected: {printable(names)}{more}", file=sys.stderr)
        raise typer.Exit(DECIDED_OTHERWISE)


def carry_out(asked: "Asked", out: Path, day: str, command: str) -> "Report":
    """Do what is not kept yet and write the report; raises ScenarioError, and StoppedError on Ctrl-C."""
    from experiments.record import engine_version
    from experiments.run import warm_engine
    from experiments.store import write_files
    from experiments.validation import report_html, report_md
    from experiments.validation.course import run
    from experiments.validation.course_report import assemble
    from experiments.validation.keep import Keeper

    engine = engine_version()
    with stoppable(f"finished parts are kept, and this goes on with the rest: {command}"), bars() as on_step:
        warm_engine()
        done = list(run(asked, Keeper(out, engine, day), on_step))
    report = assemble(asked, done, command, engine, day)
    pictures = [picture for part in report.parts for picture in part.pictures]
    write_files(out / report_md.PICTURES, {report_md.file_of(picture): picture.svg for picture in pictures})
    pages = {report_md.PAGE: report_md.page(report), report_html.PAGE: report_html.page(report)}
    write_files(out, {name: text.encode() for name, text in pages.items()})
    return report


def read_day(text: str | None) -> str:
    """The day of the report; raises ScenarioError."""
    if text is None:
        return datetime.now(tz=None).astimezone().date().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ScenarioError("--date", shortened(text), "allowed is a date such as 2026-01-31") from error


def command_of(scenario: Path, out: Path, *, quick: bool, without: tuple[str, ...]) -> str:
    """The command that makes this report, and goes on where it was stopped."""
    named = [] if scenario == HUAXI else [str(scenario)]
    words = ["alliance", "validate", *named, "--out", str(out), *(["--quick"] if quick else [])]
    return printable(shlex.join([*words, *(word for name in without for word in ("--without", name))]))


@contextmanager
def bars() -> Iterator[Callable[[Any, int, int], Callable[[int, int], None]]]:
    """A bar for the course and one for the part under way, on the error stream; where that is no terminal, a line for each part."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:.0f} %"), TimeElapsedColumn())
    began = time.monotonic()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        course = bar.add_task("validation", total=None)
        part = bar.add_task("loading the engine", total=None)

        def on_step(step: Any, n_before: int, n_steps: int) -> Callable[[int, int], None]:
            bar.update(course, completed=n_before, total=n_steps)
            bar.reset(part, description=printable(step.name), total=None)
            if not console.is_terminal:
                print(
                    f"alliance: {n_before + 1} of {n_steps}, {printable(step.name)} ({time.monotonic() - began:.0f} s)",
                    file=sys.stderr,
                )
            return lambda n, total: bar.update(part, completed=n, total=total if total > 1 else None)

        yield on_step


COMMANDS: dict[str, Callable[..., None]] = {"validate": validate}
